"""A clock that nothing confirms: what may show where only a floor is certain.

The clock says what it says; the floor was certain when the context began (`since`) and passes as time
does. "w" has the campaign's window, 1 February to 31 March 2027; "always" is a filler without any.
"""

from book import FALLBACK, Book, item

WINDOW = "[window]\nfrom = 2027-02-01\nuntil = 2027-03-31"
YEARLY = '[window]\nyearly = "02-01/03-31"'
FILLER = item("always", 'role = "filler"')


def book() -> Book:
    book = Book("doubt", "A clock in doubt: an item with a window shows only if it holds from the floor to 72 h later, and on the display's own clock; days, hours and dayparts wait.")

    def bus(key: str, zone: str, *parts: str, fillers: bool = True, **more):
        keys = [book.campaign(f"{zone} {key}", zone, *parts)]
        if fillers:
            keys.append(book.campaign(f"{zone} always", zone, FILLER, id="always"))
        return book.bus(*keys, zone=zone, **more)

    def case(of, since: str, floor: str, at: str, shows: str, why: str):
        book.case(f"{why} (floor {floor}, clock {at})", of.but(since=since, clock_floor=floor), at, shows)

    for zone in ("Asia/Seoul", "UTC", "America/New_York", "Asia/Baku", "Australia/Lord_Howe"):
        of = bus("window", zone, WINDOW, item("w"))
        at_once = [
            ("2027-02-01 00:00", "w", "the floor is the window's first instant"),
            ("2027-01-31 23:59:59.999", "always", "1 ms before the window nothing of it is certain"),
            ("2027-03-28 23:59:59.999", "w", "72 h after the floor the window still has 1 ms"),
            ("2027-03-29 00:00", "always", "72 h after the floor the window is over"),
            ("2027-02-25 12:00", "w", "the midst of the window"),
            ("2027-03-31 12:00", "always", "inside, but not for 72 h"),
            ("2027-06-01 00:00", "always", "outside"),
        ]
        for floor, shows, why in at_once:
            case(of, floor, floor, floor, shows, f"{zone}: {why}")

    seoul = bus("window", "Asia/Seoul", WINDOW, item("w"))
    start = seoul.but(since="2027-02-10 12:00", clock_floor="2027-02-01 00:00")
    book.case("the clock is nine days ahead of a floor inside the window", start, "2027-02-10 12:00", "w")
    late = seoul.but(since="2027-04-02 12:00", clock_floor="2027-03-20 12:00")
    book.case("a floor inside does not show what the display's own clock says is over", late, "2027-04-02 12:00", "always")
    early = seoul.but(since="2027-02-02 12:00", clock_floor="2027-01-20 12:00")
    book.case("the display's own clock alone opens no window", early, "2027-02-02 12:00", "always")

    # The floor passes as the clock does: 3 d 12 h behind it.
    moving = seoul.but(since="2027-01-31 12:00", clock_floor="2027-01-28 00:00")
    book.edges(moving, "always", ("2027-02-04 12:00", "w", "the floor comes to the window's start while the clock is in it"))
    leaving = seoul.but(since="2027-03-20 12:00", clock_floor="2027-03-20 00:00")
    book.edges(leaving, "w", ("2027-03-29 12:00", "always", "the floor's reach comes to the window's end"))
    ahead = seoul.but(since="2027-03-20 00:00", clock_floor="2027-03-10 00:00")
    book.edges(ahead, "w", ("2027-04-01 00:00", "always", "the clock comes to the window's end before the floor's reach does"))
    stands = bus("only window", "Asia/Seoul", WINDOW, item("w"), fillers=False, since="2027-03-20 12:00", clock_floor="2027-03-20 00:00")
    book.edges(stands, "w", ("2027-03-29 12:00", FALLBACK, "with nothing else the fallback card stands"))

    gap = bus("two windows", "Asia/Seoul", '[window]\nfrom = 2027-02-01\nuntil = 2028-03-31', item("w", 'yearly = "02-01/03-31"'))
    for floor, shows, why in (
        ("2027-03-28 23:59:59.999", "w", "the first year's window up to its last three days"),
        ("2027-03-29 00:00", "always", "a gap within the 72 h"),
        ("2028-01-31 23:59:59.999", "always", "1 ms before the second year's"),
        ("2028-02-01 00:00", "w", "the second year's"),
    ):
        case(gap, floor, floor, floor, shows, why)
    leap = bus("leap day", "Asia/Seoul", '[window]\nyearly = "02-27/02-29"', item("w"))
    for floor, shows, why in (
        ("2028-02-27 00:00", "always", "three days of a leap year are over when 72 h are"),
        ("2028-02-26 23:59:59.999", "always", "1 ms before them"),
    ):
        case(leap, floor, floor, floor, shows, why)
    longer = bus("over the leap day", "Asia/Seoul", '[window]\nyearly = "02-26/03-01"', item("w"))
    case(longer, "2028-02-26 23:59:59.999", "2028-02-26 23:59:59.999", "2028-02-26 23:59:59.999", "w", "29 February is a day of it in a leap year")
    case(longer, "2028-02-27 00:00", "2028-02-27 00:00", "2028-02-27 00:00", "w", "the last day of the window is the fourth")
    case(longer, "2028-02-28 00:00", "2028-02-28 00:00", "2028-02-28 00:00", "always", "in a leap year 28 February is three days before its end")
    case(longer, "2027-02-26 00:00", "2027-02-26 00:00", "2027-02-26 00:00", "w", "in a common year four days are just enough for their first instant")
    case(longer, "2027-02-27 00:00", "2027-02-27 00:00", "2027-02-27 00:00", "always", "in a common year there is no 29 February to count on")
    wrap = bus("new year", "Asia/Seoul", '[window]\nyearly = "12-20/01-10"', item("w"))
    case(wrap, "2027-12-31 12:00", "2027-12-31 12:00", "2027-12-31 12:00", "w", "a window across the year's end holds across it")

    # 72 h are 72 h: a day of a change of clocks has 23 or 25.
    york = bus("dst", "America/New_York", '[window]\nfrom = 2027-03-12\nuntil = 2027-03-15', item("w"))
    case(york, "2027-03-12 22:59:59.999", "2027-03-12 22:59:59.999", "2027-03-12 22:59:59.999", "w", "clocks go forward: three days are 71 h long")
    case(york, "2027-03-12 23:00", "2027-03-12 23:00", "2027-03-12 23:00", "always", "clocks go forward: 72 h reach an hour further into the day")
    autumn = bus("dst back", "America/New_York", '[window]\nfrom = 2027-11-05\nuntil = 2027-11-08', item("w"))
    case(autumn, "2027-11-06 00:59:59.999", "2027-11-06 00:59:59.999", "2027-11-06 00:59:59.999", "w", "clocks go back: three days are 73 h long")
    case(autumn, "2027-11-06 01:00", "2027-11-06 01:00", "2027-11-06 01:00", "always", "clocks go back: 72 h fall an hour short of the day's end")
    apia = bus("apia", "Pacific/Apia", '[window]\nfrom = 2011-12-28\nuntil = 2012-01-01', item("w"))
    case(apia, "2011-12-28 23:59:59.999", "2011-12-28 23:59:59.999", "2011-12-28 23:59:59.999", "w", "a day that the zone left out does not take from the 72 h")
    case(apia, "2011-12-29 00:00", "2011-12-29 00:00", "2011-12-29 00:00", "always", "four days as written are three as lived")

    floor = "2027-02-25 12:00"
    for key, why in (
        ('hours = "00:00-24:00"', "hours wait, even those of a whole day"),
        ('days = "daily"', "days wait, even all of them"),
        ('dayparts = ["all"]', "dayparts wait"),
    ):
        of = bus(f"asks {key}", "Asia/Seoul", '[dayparts]\nall = [{ hours = "00:00-24:00" }]', item("w", key))
        case(of, floor, floor, floor, "always", why)
    urgent = bus("urgent", "Asia/Seoul", item("u", 'role = "urgent"', "from = 2027-02-25T00:00:00", "until = 2027-02-26T00:00:00"), item("n"))
    case(urgent, floor, floor, floor, "n", "an urgent item waits")
    takeover = bus("takeover", "Asia/Seoul", YEARLY, item("t", 'role = "takeover"', 'yearly = "02-20/02-28"'), item("n"))
    case(takeover, "2027-02-25 12:00", "2027-02-25 12:00", "2027-02-25 12:00", "t", "a takeover that is certain takes over")
    case(takeover, "2027-02-26 00:00", "2027-02-26 00:00", "2027-02-26 00:00", "n", "a takeover that is not certain leaves the loop to the rest")
    routes = bus("routes", "Asia/Seoul", WINDOW, item("w", 'routes = ["421"]'))
    case(routes.but(route="421"), floor, floor, floor, "w", "a route is known without a clock")
    case(routes, floor, floor, floor, "always", "and asked for besides")
    free = bus("free", "Asia/Seoul", item("n"))
    for at in ("1970-01-01 09:00", "2027-06-01 12:00", "2038-01-19 12:14:08"):
        case(free, at, "1969-12-31 12:00" if at < "1971" else floor, at, "n", "an item without a window plays whatever the clock says")
    return book
