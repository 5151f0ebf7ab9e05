"""Samoa, which had no 30 December 2011: at the end of Thursday the 29th it was Saturday the 31st."""

from book import FALLBACK, Book, item

ZONE = "Pacific/Apia"
JUMP = "2011-12-30T10:00Z"  # 2011-12-30 00:00 at -10, which was 2011-12-31 00:00 at +14
REST = item("rest", 'role = "filler"')


def book() -> Book:
    book = Book("apia", "A civil day without instants chooses nothing: Samoa left out Friday, 30 December 2011.")

    def bus(key: str, *keys: str):
        return book.bus(book.campaign(key, ZONE, item("a", *keys), REST), zone=ZONE)

    book.edges(bus("until Friday", "until = 2011-12-30"), "a", (JUMP, "rest", "an until of the missing day is over with the day before"))
    book.edges(bus("from Friday", "from = 2011-12-30"), "rest", (JUMP, "a", "a from of the missing day begins with the day after"))
    book.edges(bus("until Thursday", "until = 2011-12-29"), "a", (JUMP, "rest", "Thursday ends where Saturday starts"))
    book.edges(bus("from Saturday", "from = 2011-12-31"), "rest", (JUMP, "a", "Saturday starts where Thursday ends"))
    book.edges(bus("thu and sat", 'days = "thu,sat"'), "a", ("2011-12-31T10:00Z", "rest", "Saturday lasts a day of its own"))
    book.edges(bus("thu and sat", 'days = "thu,sat"'), "a", (JUMP, "a", "the missing midnight ends a segment, for it starts a civil day"))
    friday = bus("fri", 'days = "fri"')
    book.case("no instant is Friday: 1 ms before the jump it is Thursday", friday, "2011-12-30T09:59:59.999Z", "rest")
    book.case("no instant is Friday: at the jump it is Saturday", friday, JUMP, "rest")
    book.edges(friday, "rest", ("2012-01-05T10:00Z", "a", "the next Friday starts"), ("2012-01-06T10:00Z", "rest", "the next Friday ends"))

    night = bus("nights", 'hours = "22:00-02:00"')
    book.edges(
        night,
        "rest",
        ("2011-12-29T08:00Z", "a", "Wednesday's night starts"),
        ("2011-12-29T12:00Z", "rest", "Wednesday's night ends on Thursday at two"),
        ("2011-12-30T08:00Z", "a", "Thursday's night starts"),
        (JUMP, "rest", "Thursday's night ends with the day: Friday 02:00 does not exist and means Saturday 00:00"),
        ("2011-12-31T08:00Z", "a", "Saturday's night starts"),
        ("2011-12-31T12:00Z", "rest", "Saturday's night ends"),
    )
    book.case("Friday's night would reach into Saturday, but a day without instants chooses nothing", night, "2011-12-30T11:00Z", "rest")
    friday_night = bus("friday nights", 'days = "fri"', 'hours = "22:00-02:00"')
    book.case("nor is it brought by asking for Fridays alone", friday_night, "2011-12-30T11:59:59.999Z", "rest")
    noon = bus("noons", 'hours = "11:00-13:00"')
    book.edges(
        noon,
        "rest",
        ("2011-12-29T21:00Z", "a", "Thursday's noon starts"),
        ("2011-12-29T23:00Z", "rest", "Thursday's noon ends"),
        ("2011-12-30T21:00Z", "a", "Saturday's noon is 24 hours later: Friday's is missing"),
        ("2011-12-30T23:00Z", "rest", "Saturday's noon ends"),
    )
    yearly = bus("yearly", 'yearly = "12-30/12-30"')
    book.case("a yearly day that is missing: not shown before the jump", yearly, "2011-12-30T09:59:59.999Z", "rest")
    book.case("a yearly day that is missing: not shown after the jump", yearly, JUMP, "rest")
    book.edges(yearly, "rest", ("2012-12-29T10:00Z", "a", "a yearly day that is missing in 2011 comes in 2012"), ("2012-12-30T10:00Z", "rest", "a yearly day ends in 2012"))
    book.edges(bus("yearly to the 30th", 'yearly = "12-20/12-30"'), "a", (JUMP, "rest", "a yearly end on the missing day is over with the day before"))
    book.edges(bus("yearly from the 30th", 'yearly = "12-30/12-31"'), "rest", (JUMP, "a", "a yearly start on the missing day begins with the day after"))
    other_displays(book)
    fallbacks(book)
    return book


def other_displays(book: Book) -> None:
    auckland = book.bus("nights", zone="Pacific/Auckland")
    book.edges(auckland, "a", (JUMP, "rest", "a display in Auckland, which had its Friday: Apia's Thursday night ends with Apia's gap"))
    book.campaign("auckland", "Pacific/Auckland", item("a", "from = 2011-12-30", "until = 2011-12-30", seconds=3600), REST)
    away = book.bus("auckland", zone=ZONE)
    # Auckland was at +13: its 30 December is 2011-12-29T11:00Z to 2011-12-30T11:00Z.
    book.edges(
        away,
        "rest",
        ("2011-12-29T11:00Z", "a", "a campaign of Auckland's Friday starts on a display in Apia, where it is Thursday"),
        (JUMP, "a", "Apia's jump starts a civil day of the display and so ends a segment, though Auckland's Friday goes on"),
        ("2011-12-30T11:00Z", "rest", "Auckland's Friday ends on a display in Apia, where it is Saturday"),
    )


def fallbacks(book: Book) -> None:
    key = book.campaign("noons alone", ZONE, item("a", 'hours = "11:00-13:00"'))
    bus = book.bus(key, zone=ZONE)
    book.case("the fallback card is one slot across the missing day", bus, "2011-12-30T09:59:59.999Z", FALLBACK, "2011-12-29T23:00Z", "2011-12-30T21:00Z")
    book.case("the fallback card is one slot across the missing day: after the jump", bus, JUMP, FALLBACK, "2011-12-29T23:00Z", "2011-12-30T21:00Z")
