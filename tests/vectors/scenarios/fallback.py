"""The fallback card: one slot for a whole stretch in which nothing is eligible."""

from book import EVER, FALLBACK, Book, item


def book() -> Book:
    book = Book("fallback", "Where nothing is eligible the fallback card is one slot for the whole stretch, joined across midnights; no turns, no slivers.")

    def bus(key: str, *parts: str, zone: str = "Asia/Seoul"):
        return book.bus(book.campaign(key, "Asia/Seoul", *parts), zone=zone)

    def stretch(bus, why: str, from_: str, until: str, *within: str):
        """The whole stretch, asked for on its first and last instant and wherever else."""
        first, last = bus.instant(from_), bus.instant(until) - 1
        for name, t in [("first instant", first), ("last millisecond", last), *((at, bus.instant(at)) for at in within)]:
            book.case(f"{why}: {name}", bus, t, FALLBACK, first, last + 1)

    night = bus("office hours", item("a", 'hours = "08:00-18:00"'))
    stretch(night, "a night is one slot, joined across midnight", "2027-02-24 18:00", "2027-02-25 08:00", "2027-02-24 23:59:59.999", "2027-02-25 00:00")
    week = bus("saturdays", item("a", 'days = "sat"'))
    stretch(week, "six days are one slot, joined across six midnights", "2027-02-21 00:00", "2027-02-27 00:00", "2027-02-22 00:00", "2027-02-24 12:00")
    year = bus("a day a year", item("a", 'yearly = "02-25/02-25"'))
    stretch(year, "a year but a day is one slot", "2027-02-26 00:00", "2028-02-25 00:00", "2027-12-31 23:59:59.999", "2028-01-01 00:00")
    leap = bus("a day in four years", item("a", 'yearly = "02-29/02-29"'))
    stretch(leap, "four years but a day are one slot", "2024-03-01 00:00", "2028-02-29 00:00", "2026-06-01 12:00")
    short = bus("a minute's gap", item("a", 'hours = "00:00-12:00"'), item("b", 'hours = "12:01-24:00"'))
    stretch(short, "a gap of one minute", "2027-02-24 12:00", "2027-02-24 12:01", "2027-02-24 12:00:30")

    # Between two urgent items a gap of one second: less than any turn's threshold, and the card's own.
    first = item("u1", 'role = "urgent"', "from = 2027-02-24T11:00:00", "until = 2027-02-24T12:00:00")
    second = item("u2", 'role = "urgent"', "from = 2027-02-24T12:00:01", "until = 2027-02-24T13:00:00")
    tiny = bus("a second's gap", first, second)
    stretch(tiny, "the fallback card is no sliver, however short its stretch: a second", "2027-02-24 12:00:00", "2027-02-24 12:00:01")
    second = item("u2", 'role = "urgent"', "from = 2027-02-24T12:00:00.001", "until = 2027-02-24T13:00:00")
    least = bus("a millisecond's gap", first, second)
    book.case("the fallback card is no sliver, however short its stretch: a millisecond", least, "2027-02-24 12:00", FALLBACK, "2027-02-24 12:00", "2027-02-24 12:00:00.001")
    book.case("before the first of two urgent items there was nothing, ever since", least, "2027-02-24 10:00", FALLBACK, EVER, "2027-02-24 11:00")
    book.case("after the last of two urgent items there is nothing, for ever", least, "2027-02-24 13:00", FALLBACK, "2027-02-24 13:00", EVER)

    routes = bus("another route's", item("a", 'routes = ["421"]'), item("b", 'labels = ["depot:a"]'))
    book.case("items for others are as good as none: ever since and for ever", routes, "2027-02-24 12:00", FALLBACK, EVER, EVER)
    since = routes.but(since="2027-02-24 11:30", route="422")
    book.case("items for others, on a route since half an hour: from then on, for ever", since, "2027-02-24 12:00", FALLBACK, "2027-02-24 11:30", EVER)
    book.case("the start of that half hour", since, "2027-02-24 11:30", FALLBACK, "2027-02-24 11:30", EVER)

    mixed = bus("edges of another route's", item("a", 'hours = "08:00-18:00"'), item("b", 'hours = "20:00-21:00"', 'routes = ["421"]'))
    stretch(mixed, "an item for another route does not interrupt the card", "2027-02-24 18:00", "2027-02-25 08:00", "2027-02-24 20:00", "2027-02-24 21:00")
    book.case("on its own route it does", mixed.but(route="421"), "2027-02-24 20:00", "b", "2027-02-24 20:00")
    book.case("on its own route the card comes back after it", mixed.but(route="421"), "2027-02-24 21:00", FALLBACK, "2027-02-24 21:00", "2027-02-25 08:00")

    away = bus("office hours", item("a", 'hours = "08:00-18:00"'), zone="America/New_York")
    # 18:00 to 08:00 in Seoul is 09:00Z to 23:00Z: New York's midnight, 05:00Z, lies in Seoul's day.
    stretch(away, "on a display in New York Seoul's night is a day, without a midnight", "2027-02-24T09:00Z", "2027-02-24T23:00Z", "2027-02-24T15:00Z")
    london = bus("office hours", item("a", 'hours = "08:00-18:00"'), zone="Europe/London")
    stretch(london, "on a display in London Seoul's night ends at eleven in the evening", "2027-02-24T09:00Z", "2027-02-24T23:00Z")
    lord_howe = book.bus(book.campaign("Lord Howe's night", "Australia/Lord_Howe", item("a", 'hours = "08:00-18:00"')), zone="Australia/Lord_Howe")
    stretch(lord_howe, "across half an hour put forward", "2026-10-03T07:30Z", "2026-10-03T21:00Z", "2026-10-03T15:30Z")
    stretch(lord_howe, "across half an hour put back", "2026-04-04T07:00Z", "2026-04-04T21:30Z", "2026-04-04T15:00Z")

    window = bus("one spring", "[window]\nfrom = 2027-02-01\nuntil = 2027-03-31", item("a", 'hours = "08:00-18:00"'))
    book.case("a whole winter before the window, ever since", window, "2027-01-01 00:00", FALLBACK, EVER, "2027-02-01 08:00")
    stretch(window, "the first night within the window", "2027-02-01 18:00", "2027-02-02 08:00")
    book.case("after the window's last evening, for ever", window, "2027-03-31 18:00", FALLBACK, "2027-03-31 18:00", EVER)
    book.case("1 ms before the window's last evening the item still shows", window, "2027-03-31 17:59:59.999", "a", until="2027-03-31 18:00")
    none = book.bus()
    book.case("a display without campaigns shows the fallback card, ever since and for ever", none, "2027-02-24 12:00", FALLBACK, EVER, EVER)
    return book
