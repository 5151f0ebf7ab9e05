"""Roles: only the highest tier that has an eligible item plays; urgent has instants of its own."""

from book import FALLBACK, Book, item

TIERS = [
    item("u", 'role = "urgent"', "from = 2027-02-24T11:00:00", "until = 2027-02-24T13:00:00"),
    item("t", 'role = "takeover"', 'hours = "10:00-14:00"'),
    item("n", 'hours = "09:00-15:00"'),
    item("f", 'role = "filler"', 'hours = "08:00-16:00"'),
]


def book() -> Book:
    book = Book("roles", "urgent > takeover > normal > filler > the fallback card: only the highest tier that has an eligible item plays.")
    for order, name in [(1, "as ranked"), (-1, "in the opposite order")]:
        bus = book.bus(book.campaign(name, "Asia/Seoul", *TIERS[::order]))
        book.edges(
            bus,
            FALLBACK,
            ("2027-02-24 08:00", "f", f"written {name}: filler plays where nothing else does"),
            ("2027-02-24 09:00", "n", f"written {name}: a normal item puts filler aside"),
            ("2027-02-24 10:00", "t", f"written {name}: a takeover has the display to itself"),
            ("2027-02-24 11:00", "u", f"written {name}: urgent is above all"),
            ("2027-02-24 13:00", "t", f"written {name}: urgent has left, the takeover is back"),
            ("2027-02-24 14:00", "n", f"written {name}: the takeover has left"),
            ("2027-02-24 15:00", "f", f"written {name}: the normal item has left"),
            ("2027-02-24 16:00", FALLBACK, f"written {name}: nothing is left but the fallback card"),
        )
    lower_edges(book)
    by_context(book)
    across_campaigns(book)
    urgent(book)
    urgent_clocks(book)
    together(book)
    return book


def lower_edges(book: Book) -> None:
    parts = [item("t", 'role = "takeover"', 'hours = "10:00-14:00"', seconds=3600), item("n", 'hours = "11:00-12:00"'), item("f", 'role = "filler"', 'hours = "12:30-13:00"'), item("rest")]
    bus = book.bus(book.campaign("below a takeover", "Asia/Seoul", *parts))
    for at, what in [("11:00", "normal item comes"), ("12:00", "normal item leaves"), ("12:30", "filler comes"), ("13:00", "filler leaves")]:
        book.no_edge(bus, f"2027-02-24 {at}", "t", f"below a takeover a {what}: an edge that leaves the highest tier as it is ends nothing")


def by_context(book: Book) -> None:
    parts = [item("t", 'role = "takeover"', 'routes = ["421"]'), item("n")]
    bus = book.bus(book.campaign("takeover of a route", "Asia/Seoul", *parts))
    book.case("a takeover for route 421 plays on it", bus.but(route="421"), "2027-02-24 12:00", "t")
    book.case("a takeover for route 421 leaves other routes to normal items", bus.but(route="N16"), "2027-02-24 12:00", "n")
    book.case("a takeover that asks for a route is out where it is unknown", bus, "2027-02-24 12:00", "n")


def across_campaigns(book: Book) -> None:
    a = book.campaign("only filler", "Asia/Seoul", item("f", 'role = "filler"'), id="a")
    b = book.campaign("normal at noon", "Asia/Seoul", item("n", 'hours = "12:00-13:00"'), id="b")
    c = book.campaign("takeover at half past", "Asia/Seoul", item("t", 'role = "takeover"', 'hours = "12:30-13:30"'), id="c")
    book.edges(
        book.bus(a, b, c),
        "a/f",
        ("2027-02-24 12:00", "b/n", "a normal item of one campaign puts another's filler aside"),
        ("2027-02-24 12:30", "c/t", "a takeover of a third has the display to itself"),
        ("2027-02-24 13:30", "a/f", "only filler is left of the three"),
    )


def urgent(book: Book) -> None:
    def bus(key: str, from_: str, until: str, *keys: str, zone: str = "Asia/Seoul"):
        u = item("u", 'role = "urgent"', f"from = {from_}", f"until = {until}", *keys)
        return book.bus(book.campaign(key, zone, u, item("rest")), zone=zone)

    day = bus("a day", "2027-02-24T12:00:00", "2027-02-25T12:00:00")
    book.edges(
        day,
        "rest",
        ("2027-02-24 12:00", "u", "urgent may last 24 hours and starts on its instant"),
        ("2027-02-25 00:00", "u", "urgent goes on after midnight, in another segment"),
        ("2027-02-25 12:00", "rest", "urgent ends on its instant, half-open"),
    )
    brief = bus("a second", "2027-02-24T12:00:00.250", "2027-02-24T12:00:01.750")
    book.edges(
        brief,
        "rest",
        ("2027-02-24 12:00:00.250", "u", "urgent keeps milliseconds at its start"),
        ("2027-02-24 12:00:01.750", "rest", "urgent keeps milliseconds at its end"),
    )
    offset = bus("offsets", "2027-02-24T03:00:00Z", "2027-02-24T12:30:00+09:00")
    book.edges(
        offset,
        "rest",
        ("2027-02-24 12:00", "u", "urgent from 03:00Z is from noon in Seoul"),
        ("2027-02-24 12:30", "rest", "urgent until 12:30 at Seoul's offset"),
    )
    routed = bus("urgent for a route", "2027-02-24T12:00:00", "2027-02-24T13:00:00", 'routes = ["421"]')
    book.edges(
        routed.but(route="421"),
        "rest",
        ("2027-02-24 12:00", "u", "urgent for a route starts on it"),
        ("2027-02-24 13:00", "rest", "urgent for a route ends on it"),
    )
    book.case("urgent for a route is out on another", routed.but(route="N16"), "2027-02-24 12:30", "rest")


def urgent_clocks(book: Book) -> None:
    zone = "America/New_York"

    def bus(key: str, from_: str, until: str):
        u = item("u", 'role = "urgent"', f"from = {from_}", f"until = {until}")
        return book.bus(book.campaign(key, zone, u, item("rest")), zone=zone)

    book.edges(
        bus("gap", "2026-03-08T01:30:00", "2026-03-08T02:30:00"),
        "rest",
        ("2026-03-08T06:30Z", "u", "urgent until a civil time in a gap: starts at 01:30"),
        ("2026-03-08T07:00Z", "rest", "urgent until a civil time in a gap ends with the gap"),
    )
    book.edges(
        bus("from a gap", "2026-03-08T02:30:00", "2026-03-08T03:30:00"),
        "rest",
        ("2026-03-08T07:00Z", "u", "urgent from a civil time in a gap starts after it"),
        ("2026-03-08T07:30Z", "rest", "urgent from a civil time in a gap ends as written"),
    )
    book.edges(
        bus("overlap", "2026-11-01T00:30:00", "2026-11-01T01:30:00"),
        "rest",
        ("2026-11-01T04:30Z", "u", "urgent until an ambiguous civil time: starts at 00:30"),
        ("2026-11-01T05:30Z", "rest", "urgent until an ambiguous civil time ends at the first of the two"),
    )
    book.edges(
        bus("overlap, by offset", "2026-11-01T00:30:00-04:00", "2026-11-01T01:30:00-05:00"),
        "rest",
        ("2026-11-01T04:30Z", "u", "an offset tells the two apart: starts at 00:30"),
        ("2026-11-01T06:30Z", "rest", "an offset tells the two apart: ends at the second 01:30"),
    )


def together(book: Book) -> None:
    parts = [item("t1", 'role = "takeover"', 'hours = "12:00-13:00"', seconds=60), item("t2", 'role = "takeover"', 'hours = "12:30-13:30"', seconds=60), item("n", seconds=60)]
    bus = book.bus(book.campaign("two takeovers", "Asia/Seoul", *parts))
    book.edges(bus, "n", ("2027-02-24 12:00", "t1", "the first of two takeovers comes alone"))
    book.edges(bus, "t2", ("2027-02-24 13:30", "n", "the second of two takeovers leaves alone"))
    # Both play from 12:30 to 13:00: one after the other, wherever the loop stands.
    book.cycle(bus, "2027-02-24 12:40", "t1 t2", "two takeovers take turns while both are eligible")
