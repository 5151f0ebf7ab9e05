"""A display in another zone than its campaign."""

from book import FALLBACK, Book, item

REST = item("rest", 'role = "filler"')
NEW_YORK = "America/New_York"  # -5 in winter, -4 in summer; Seoul is +9 throughout


def book() -> Book:
    book = Book("elsewhere", "Windows, days and hours are the campaign's; the days that cut segments and set the phase are the display's.")

    def away(key: str, *parts: str, zone: str = NEW_YORK):
        return book.bus(book.campaign(key, "Asia/Seoul", *parts), zone=zone)

    window = away("window", "[window]\nfrom = 2027-02-01\nuntil = 2027-02-02", item("a"))
    book.edges(
        window,
        FALLBACK,
        ("2027-01-31T15:00Z", "a", "Seoul's 1 February starts on a display in New York on 31 January at ten"),
        ("2027-02-02T15:00Z", FALLBACK, "Seoul's 2 February ends on a display in New York at ten in the morning"),
    )
    hours = away("hours", item("a", 'hours = "08:00-10:00"'), REST)
    book.edges(
        hours,
        "rest",
        ("2027-02-23T23:00Z", "a", "eight in Seoul is six in the evening in New York"),
        ("2027-02-24T01:00Z", "rest", "ten in Seoul is eight in the evening in New York"),
    )
    days = away("days", item("a", 'days = "mon-fri"'), REST)
    book.edges(
        days,
        "rest",
        ("2027-02-21T15:00Z", "a", "Seoul's Monday starts on New York's Sunday"),
        ("2027-02-26T15:00Z", "rest", "Seoul's Friday ends on New York's Friday morning"),
    )
    night = away("night", item("a", 'days = "fri"', 'hours = "22:00-02:00"'), REST)
    book.edges(
        night,
        "rest",
        ("2027-02-26T13:00Z", "a", "Seoul's Friday night starts on New York's Friday morning"),
        ("2027-02-26T17:00Z", "rest", "Seoul's Friday night ends on New York's Friday at noon"),
    )
    midnights(book, away)
    zones_together(book)
    urgent(book)
    phase(book)
    return book


def midnights(book: Book, away) -> None:
    whole = away("whole days", item("a", seconds=3600))
    book.no_edge(whole, "2027-02-10T15:00Z", "a", "midnight in Seoul ends nothing on a display in New York")
    book.edges(whole, "a", ("2027-02-10T05:00Z", "a", "midnight in New York ends a turn there, though the item goes on"))
    book.edges(whole, "a", ("2027-07-10T04:00Z", "a", "midnight in New York's summer is an hour earlier"))
    book.edges(whole, "a", ("2026-03-09T04:00Z", "a", "New York's day of 23 hours ends a turn after 23 hours"))
    book.no_edge(whole, "2026-03-09T05:00Z", "a", "24 hours after the start of New York's day of 23 nothing ends")
    book.edges(whole, "a", ("2026-11-02T05:00Z", "a", "New York's day of 25 hours ends a turn after 25 hours"))
    book.no_edge(whole, "2026-11-02T04:00Z", "a", "24 hours after the start of New York's day of 25 nothing ends")
    # New York's clocks change within a segment: no civil day starts there.
    book.no_edge(whole, "2026-03-08T07:00Z", "a", "clocks put forward on the display end nothing")
    book.no_edge(whole, "2026-11-01T06:00Z", "a", "clocks put back on the display end nothing")
    span = away("across", item("a", 'hours = "12:00-18:00"', seconds=3600), REST)
    book.edges(
        span,
        "rest",
        ("2027-02-10T03:00Z", "a", "noon in Seoul starts a span across New York's midnight"),
        ("2027-02-10T05:00Z", "a", "New York's midnight divides Seoul's span into two segments"),
        ("2027-02-10T09:00Z", "rest", "six in Seoul ends it"),
    )
    kathmandu = away("across", item("a", 'hours = "12:00-18:00"', seconds=3600), REST, zone="Asia/Kathmandu")
    book.edges(kathmandu, "rest", ("2027-02-10T03:00Z", "a", "a display at +05:45 keeps Seoul's hours"), ("2027-02-10T09:00Z", "rest", "a display at +05:45 keeps Seoul's ends"))
    nepal = book.bus("whole days", zone="Asia/Kathmandu")
    book.edges(nepal, "a", ("2027-02-10T18:15Z", "a", "midnight at +05:45 is a quarter past six in the evening, UTC"))
    howe = book.bus("whole days", zone="Australia/Lord_Howe")
    book.edges(howe, "a", ("2027-07-10T13:30Z", "a", "midnight at +10:30 in Lord Howe's winter"), ("2027-12-10T13:00Z", "a", "midnight at +11 in Lord Howe's summer"))


def zones_together(book: Book) -> None:
    seoul = book.campaign("evening in Seoul", "Asia/Seoul", item("s", 'hours = "18:00-20:00"'), id="seoul")
    london = book.campaign("morning in London", "Europe/London", item("l", 'role = "takeover"', 'hours = "09:30-10:30"'), id="london")
    bus = book.bus(seoul, london)
    book.edges(
        bus,
        FALLBACK,
        ("2027-02-10 18:00", "s", "in winter London's half past nine is half past six in Seoul: Seoul's item has begun"),
        ("2027-02-10 18:30", "l", "in winter London's takeover comes half an hour later"),
        ("2027-02-10 19:30", "s", "in winter London's takeover leaves half an hour"),
        ("2027-02-10 20:00", FALLBACK, "Seoul's evening ends in winter"),
        ("2027-07-10 17:30", "l", "in summer London's half past nine is half past five in Seoul"),
        ("2027-07-10 18:30", "s", "in summer London's takeover covers the start of Seoul's evening"),
        ("2027-07-10 20:00", FALLBACK, "Seoul's evening ends in summer"),
    )


def urgent(book: Book) -> None:
    item_ = item("u", 'role = "urgent"', "from = 2027-02-10T08:00:00", "until = 2027-02-10T09:00:00")
    bus = book.bus(book.campaign("urgent civil", "Asia/Seoul", item_, REST), zone=NEW_YORK)
    book.edges(
        bus,
        "rest",
        ("2027-02-09T23:00Z", "u", "an urgent civil time is of the campaign's zone, not of the display's"),
        ("2027-02-10T00:00Z", "rest", "an urgent civil end is of the campaign's zone, not of the display's"),
    )
    item_ = item("u", 'role = "urgent"', "from = 2027-02-10T08:00:00-05:00", "until = 2027-02-10T22:30:00+09:00")
    bus = book.bus(book.campaign("urgent offset", "Asia/Seoul", item_, REST))
    book.edges(
        bus,
        "rest",
        ("2027-02-10T13:00Z", "u", "an urgent time with an offset is that instant, whatever the zones"),
        ("2027-02-10T13:30Z", "rest", "an urgent end may have another offset"),
    )


def phase(book: Book) -> None:
    pair = book.campaign("pair", "Asia/Seoul", item("a", seconds=1000), item("b", seconds=1000))
    # 1970-01-01 is day 0, its offset 0: the loop starts with the display's day, wherever that is.
    for zone, start in [
        ("Asia/Seoul", "1969-12-31T15:00Z"),
        (NEW_YORK, "1970-01-01T05:00Z"),
        ("Asia/Kathmandu", "1969-12-31T18:30Z"),
        ("Europe/London", "1969-12-31T23:00Z"),
    ]:
        book.turns(book.bus(pair, zone=zone), start, "a b a", f"{zone}: on day 0 the loop starts with the display's day", [1_000_000] * 3)
