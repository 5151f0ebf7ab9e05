"""Hours and dayparts: half-open, past midnight, touching, overlapping, intersected."""

from book import FALLBACK, Book, item

REST = item("rest", 'role = "filler"')
NIGHT = '[dayparts]\nnight = [{ days = "fri", hours = "22:00-02:00" }]'
COMMUTE = """[dayparts]
commute = [{ days = "mon-fri", hours = "06:30-09:30" },
           { days = "mon-fri", hours = "17:00-20:30" }]"""


def book() -> Book:
    book = Book("hours", "Spans of a day: half-open, past midnight they belong to the day they start on; dayparts' entries are OR-ed, then intersected with hours.")
    hours(book)
    past_midnight(book)
    at_window_edges(book)
    dayparts(book)
    intersections(book)
    touching(book)
    return book


def bus_of(book: Book, key: str, *parts: str):
    return book.bus(book.campaign(key, "Asia/Seoul", *parts, REST))


def hours(book: Book) -> None:
    book.edges(
        bus_of(book, "office", item("a", 'hours = "08:00-18:00"')),
        "rest",
        ("2027-02-24 08:00", "a", "hours include their start"),
        ("2027-02-24 18:00", "rest", "hours leave out their end"),
    )
    whole = bus_of(book, "whole day", item("a", 'hours = "00:00-24:00"', 'days = "wed"'))
    book.edges(
        whole,
        "rest",
        ("2027-02-24 00:00", "a", "00:00-24:00 is a day, from its midnight"),
        ("2027-02-25 00:00", "rest", "00:00-24:00 is a day, to the next midnight"),
    )
    minute = bus_of(book, "a minute", item("a", 'hours = "12:00-12:01"'))
    book.edges(
        minute,
        "rest",
        ("2027-02-24 12:00", "a", "a span of one minute starts"),
        ("2027-02-24 12:01", "rest", "a span of one minute ends"),
    )
    late = bus_of(book, "to midnight", item("a", 'hours = "23:00-24:00"', 'days = "wed"'))
    book.edges(
        late,
        "rest",
        ("2027-02-24 23:00", "a", "a span may end at 24:00: it starts"),
        ("2027-02-25 00:00", "rest", "24:00 is the midnight after"),
    )
    zero = bus_of(book, "to 00:00", item("a", 'hours = "23:00-00:00"', 'days = "wed"'))
    book.edges(
        zero,
        "rest",
        ("2027-02-24 23:00", "a", "an end of 00:00 lies on the next day: it starts"),
        ("2027-02-25 00:00", "rest", "an end of 00:00 lies on the next day: it ends"),
    )


def past_midnight(book: Book) -> None:
    night = bus_of(book, "night", item("a", 'hours = "22:00-02:00"'))
    book.edges(
        night,
        "rest",
        ("2027-02-24 22:00", "a", "22:00-02:00 starts in the evening"),
        ("2027-02-25 02:00", "rest", "22:00-02:00 ends on the next day"),
        ("2027-02-25 22:00", "a", "22:00-02:00 comes every evening"),
    )
    book.case("the night's last turn before midnight ends there: a segment lies within a day", night, "2027-02-24 23:59:59.999", "a", until="2027-02-25 00:00")
    book.case("the night goes on after midnight", night, "2027-02-25 00:00", "a", from_="2027-02-25 00:00")
    friday = bus_of(book, "friday night", item("a", 'days = "fri"', 'hours = "22:00-02:00"'))
    book.edges(
        friday,
        "rest",
        ("2027-02-26 22:00", "a", "Friday's night starts on Friday"),
        ("2027-02-27 02:00", "rest", "Friday's night ends on Saturday, which is not among its days and need not be"),
    )
    book.case("the first hours of Friday belong to Thursday's night", friday, "2027-02-26 00:00", "rest")
    book.case("the last evening of the weekend is not Friday's", friday, "2027-02-27 22:00", "rest")
    round_clock = bus_of(book, "noon to noon", item("a", 'days = "wed"', 'hours = "12:00-11:59"'))
    book.edges(
        round_clock,
        "rest",
        ("2027-02-24 12:00", "a", "the longest span that wraps, a minute short of a day, starts"),
        ("2027-02-25 11:59", "rest", "the longest span that wraps ends on the next day"),
    )


def at_window_edges(book: Book) -> None:
    key = book.campaign("night in a window", "Asia/Seoul", "[window]\nfrom = 2027-02-24\nuntil = 2027-02-25", item("a", 'hours = "22:00-02:00"'))
    book.edges(
        book.bus(key),
        FALLBACK,
        ("2027-02-24 22:00", "a", "the first night starts on the window's first day"),
        ("2027-02-25 02:00", FALLBACK, "the first night ends on the window's second day"),
        ("2027-02-25 22:00", "a", "the last night starts on the window's last day"),
        ("2027-02-26 02:00", FALLBACK, "the last night ends after the window, to which its start day belongs"),
    )
    book.case("the hours after midnight of the window's first day belong to the day before it", book.bus(key), "2027-02-24 01:00", FALLBACK)
    key = book.campaign("night of an item", "Asia/Seoul", '[dayparts]\nnight = [{ hours = "22:00-02:00" }]', item("a", "until = 2027-02-25", 'dayparts = ["night"]'), REST)
    book.edges(book.bus(key), "a", ("2027-02-26 02:00", "rest", "a daypart of the item's last day ends on the day after"))
    key = book.campaign("new year's eve", "Asia/Seoul", item("a", 'yearly = "12-31/12-31"', 'hours = "23:30-00:30"'), REST)
    book.edges(
        book.bus(key),
        "rest",
        ("2026-12-31 23:30", "a", "New Year's Eve starts in the old year"),
        ("2027-01-01 00:30", "rest", "New Year's Eve ends in the new one"),
    )
    key = book.campaign("leap night", "Asia/Seoul", item("a", 'yearly = "02-29/02-29"', 'hours = "22:00-02:00"'), REST)
    book.edges(
        book.bus(key),
        "rest",
        ("2028-02-29 22:00", "a", "a leap day's night starts on it"),
        ("2028-03-01 02:00", "rest", "a leap day's night ends in March"),
    )


def dayparts(book: Book) -> None:
    commute = bus_of(book, "commute", COMMUTE, item("a", 'dayparts = ["commute"]'))
    book.edges(
        commute,
        "rest",
        ("2027-02-24 06:30", "a", "a daypart's first entry starts"),
        ("2027-02-24 09:30", "rest", "a daypart's first entry ends exactly at half past nine"),
        ("2027-02-24 17:00", "a", "a daypart's second entry starts: entries are OR-ed"),
        ("2027-02-24 20:30", "rest", "a daypart's second entry ends"),
    )
    book.case("no commute on Saturday", commute, "2027-02-27 08:00", "rest")
    half = bus_of(book, "entry defaults", '[dayparts]\nwed = [{ days = "wed" }]\nnoon = [{ hours = "12:00-13:00" }]', item("a", 'dayparts = ["wed"]'), item("b", 'dayparts = ["noon"]', 'days = "thu"'))
    book.edges(
        half,
        "rest",
        ("2027-02-24 00:00", "a", "an entry without hours has the whole day"),
        ("2027-02-25 00:00", "rest", "an entry without hours ends with its day"),
        ("2027-02-25 12:00", "b", "an entry without days has every day that the item has"),
        ("2027-02-25 13:00", "rest", "an entry without days ends with its hours"),
    )
    friday = bus_of(book, "friday's daypart", NIGHT, item("a", 'dayparts = ["night"]'))
    book.edges(
        friday,
        "rest",
        ("2027-02-26 22:00", "a", "a daypart of Friday's night starts"),
        ("2027-02-27 02:00", "rest", "a daypart of Friday's night ends on Saturday"),
    )
    both = bus_of(book, "days twice", NIGHT, item("a", 'dayparts = ["night"]', 'days = "sat"'), item("b", 'dayparts = ["night"]', 'days = "fri-sat"'))
    book.edges(
        both,
        "rest",
        ("2027-02-26 22:00", "b", "the entry's days and the item's both judge the start day: Friday is not among sat"),
        ("2027-02-27 02:00", "rest", "the start day is Friday for the item's days as well"),
    )
    book.case("Saturday's evening is not the entry's", both, "2027-02-27 22:00", "rest")
    two = bus_of(book, "two dayparts", '[dayparts]\nmorning = [{ hours = "07:00-08:00" }]\nevening = [{ hours = "18:00-19:00" }]', item("a", 'dayparts = ["morning", "evening"]'))
    book.edges(
        two,
        "rest",
        ("2027-02-24 07:00", "a", "two dayparts are OR-ed: the first starts"),
        ("2027-02-24 08:00", "rest", "two dayparts are OR-ed: the first ends"),
        ("2027-02-24 18:00", "a", "two dayparts are OR-ed: the second starts"),
        ("2027-02-24 19:00", "rest", "two dayparts are OR-ed: the second ends"),
    )


def intersections(book: Book) -> None:
    early = bus_of(book, "commute after eight", COMMUTE, item("a", 'dayparts = ["commute"]', 'hours = "08:00-18:00"'))
    book.edges(
        early,
        "rest",
        ("2027-02-24 08:00", "a", "dayparts and hours are intersected: hours start later"),
        ("2027-02-24 09:30", "rest", "dayparts and hours are intersected: the entry ends first"),
        ("2027-02-24 17:00", "a", "dayparts and hours are intersected: the second entry starts within hours"),
        ("2027-02-24 18:00", "rest", "dayparts and hours are intersected: hours end first"),
    )
    night = bus_of(book, "as instants", NIGHT, item("a", 'dayparts = ["night"]', 'hours = "00:00-01:00"'))
    book.edges(
        night,
        "rest",
        ("2027-02-27 00:00", "a", "intersected as instants: Saturday's hours meet Friday's daypart"),
        ("2027-02-27 01:00", "rest", "intersected as instants: Saturday's hours end within Friday's daypart"),
    )
    days = bus_of(book, "as instants on days", NIGHT, item("a", 'dayparts = ["night"]', 'hours = "21:00-23:00"', 'days = "fri"'), item("b", 'dayparts = ["night"]', 'hours = "00:00-01:00"', 'days = "fri"'))
    book.edges(
        days,
        "rest",
        ("2027-02-26 22:00", "a", "hours and daypart both start on Friday"),
        ("2027-02-26 23:00", "rest", "hours end before the daypart"),
    )
    book.case("Friday's hours after midnight are over before Friday's daypart; Saturday's are not chosen", days, "2027-02-27 00:30", "rest")
    none = bus_of(book, "nothing in common", COMMUTE, item("a", 'dayparts = ["commute"]', 'hours = "09:30-17:00"'))
    for at in ("09:29:59.999", "09:30", "16:59:59.999", "17:00"):
        book.case(f"spans that only touch have no instant in common: {at}", none, f"2027-02-24 {at}", "rest")


def touching(book: Book) -> None:
    touch = bus_of(book, "touching", '[dayparts]\nday = [{ hours = "08:00-12:00" }, { hours = "12:00-16:00" }]', item("a", 'dayparts = ["day"]', seconds=3600))
    book.edges(
        touch,
        "rest",
        ("2027-02-24 08:00", "a", "the first of two touching spans starts"),
        ("2027-02-24 16:00", "rest", "the second of two touching spans ends"),
    )
    book.no_edge(touch, "2027-02-24 12:00", "a", "where two spans touch nothing ends")
    over = bus_of(book, "overlapping", '[dayparts]\nday = [{ hours = "08:00-12:00" }, { hours = "11:00-16:00" }]', item("a", 'dayparts = ["day"]', seconds=3600))
    book.edges(
        over,
        "rest",
        ("2027-02-24 08:00", "a", "the first of two overlapping spans starts"),
        ("2027-02-24 16:00", "rest", "the second of two overlapping spans ends"),
    )
    book.no_edge(over, "2027-02-24 11:00", "a", "the second of two overlapping spans starts within the first")
    book.no_edge(over, "2027-02-24 12:00", "a", "the first of two overlapping spans ends within the second")
    inner = bus_of(book, "one in the other", '[dayparts]\nday = [{ hours = "08:00-16:00" }, { hours = "11:00-12:00" }]', item("a", 'dayparts = ["day"]', seconds=3600))
    book.no_edge(inner, "2027-02-24 12:00", "a", "a span within another adds nothing and ends nothing")
    midnight = bus_of(book, "touching at midnight", item("a", 'hours = "18:00-24:00"', 'days = "wed"'), item("b", 'hours = "00:00-06:00"', 'days = "thu"'))
    book.edges(
        midnight,
        "rest",
        ("2027-02-24 18:00", "a", "an evening that touches the morning after starts"),
        ("2027-02-25 00:00", "b", "spans of two items touch at midnight"),
        ("2027-02-25 06:00", "rest", "the morning ends"),
    )
    nights = bus_of(book, "nights that overlap", '[dayparts]\nlong = [{ hours = "20:00-19:00" }]', item("a", 'dayparts = ["long"]', seconds=3600))
    book.edges(
        nights,
        "a",
        ("2027-02-24 19:00", "rest", "a span of 23 hours ends on the next day"),
        ("2027-02-24 20:00", "a", "and starts again an hour later"),
    )
    # A daypart whose entry of yesterday overlaps that of today.
    twice = bus_of(book, "yesterday's and today's", '[dayparts]\nx = [{ hours = "20:00-06:00" }, { hours = "05:00-08:00" }]', item("a", 'dayparts = ["x"]', seconds=3600))
    book.no_edge(twice, "2027-02-24 05:00", "a", "today's span starts within yesterday's")
    book.no_edge(twice, "2027-02-24 06:00", "a", "yesterday's span ends within today's")
    book.edges(twice, "a", ("2027-02-24 08:00", "rest", "today's span ends"))
