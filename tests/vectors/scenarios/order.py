"""Several campaigns on one display: by agency, then id, then items as written."""

from book import FALLBACK, Book, item

MIDNIGHT = "1970-01-01 00:00"  # day 0: the loop starts with its first slot


def book() -> Book:
    book = Book("order", "Campaigns stand in order of agency and id, items as written; all eligible items of the tier share one loop.")

    def campaign(id: str, *items: str, agency: str = "", key: str = ""):
        return book.campaign(key or f"{agency}{id}", "Asia/Seoul", *items, id=id, agency=agency)

    spring = campaign("spring", item("s2"), item("s1"))
    autumn = campaign("autumn", item("a1"))
    winter = campaign("winter", item("w1", "weight = 2"))
    book.turns(book.bus(spring), MIDNIGHT, "s2 s1 s2", "items as written, not by id", [10_000] * 3)
    for keys in [(spring, autumn), (autumn, spring)]:
        given = " then ".join(keys)
        book.turns(book.bus(*keys), MIDNIGHT, "autumn/a1 spring/s2 spring/s1 autumn/a1", f"by id, whatever the order they come in ({given})", [10_000] * 4)
    # Weights 1, 1, 1, 2: w1 has the earliest deadline, (1 - 1/6) * 5/2, before the others' (1 - 1/6) * 5.
    book.turns(book.bus(spring, autumn, winter), MIDNIGHT, "winter/w1 autumn/a1 spring/s2 spring/s1 winter/w1", "weights count across campaigns", [10_000] * 5)
    prefix = campaign("spring-2", item("p"))
    book.turns(book.bus(prefix, spring), MIDNIGHT, "spring/s2 spring/s1 spring-2/p", "an id that begins with another comes after it", [10_000] * 3)
    digits = campaign("2027", item("d"))
    book.turns(book.bus(autumn, digits), MIDNIGHT, "2027/d autumn/a1", "digits come before letters", [10_000] * 2)
    ten, nine = campaign("bus-10", item("ten")), campaign("bus-9", item("nine"))
    book.turns(book.bus(nine, ten), MIDNIGHT, "bus-10/ten bus-9/nine", "ids are compared byte by byte: bus-10 before bus-9", [10_000] * 2)
    agencies(book, campaign, autumn)
    same_items(book, campaign)
    coming_and_going(book, campaign)
    return book


def agencies(book: Book, campaign, autumn: str) -> None:
    zoo = campaign("alpha", item("z"), agency="zoo")
    city = campaign("zeta", item("c"), agency="city")
    book.turns(book.bus(zoo, city), MIDNIGHT, "zeta/c alpha/z", "by agency before id: city's zeta before zoo's alpha", [10_000] * 2)
    book.turns(book.bus(zoo, city, autumn), MIDNIGHT, "autumn/a1 zeta/c alpha/z", "a campaign without agency comes first", [10_000] * 3)
    city2 = campaign("beta", item("b"), agency="city")
    book.turns(book.bus(city, city2, zoo), MIDNIGHT, "beta/b zeta/c alpha/z", "of one agency, by id", [10_000] * 3)


def same_items(book: Book, campaign) -> None:
    one = campaign("one", item("same", seconds=5))
    two = campaign("two", item("same", seconds=7))
    book.turns(book.bus(one, two), MIDNIGHT, "one/same two/same one/same two/same", "items of the same id in two campaigns are two items", [5000, 7000] * 2)


def coming_and_going(book: Book, campaign) -> None:
    day = campaign("day", item("d", 'hours = "08:00-18:00"', seconds=60))
    noon = campaign("noon", item("n", 'hours = "12:00-13:00"', seconds=60))
    bus = book.bus(day, noon)
    book.edges(bus, FALLBACK, ("2027-02-24 08:00", "d", "one of two campaigns begins"))
    book.cycle(bus, "2027-02-24 12:30", "d n", "two campaigns share the noon")
    book.case("after noon the first has the display to itself", bus, "2027-02-24 13:00", "d", "2027-02-24 13:00")
    book.edges(bus, "d", ("2027-02-24 18:00", FALLBACK, "both campaigns are over for the day"))
    far = book.campaign("far", "America/New_York", item("f", 'hours = "22:00-23:00"', seconds=60), id="far")
    # 22:00 in New York's winter is noon in Seoul.
    both = book.bus(noon, far)
    book.cycle(both, "2027-02-24 12:30", "f n", "campaigns of two zones meet at noon in Seoul")
    book.case("campaigns of two zones end together", both, "2027-02-24 13:00", FALLBACK, "2027-02-24 13:00", "2027-02-25 12:00")
