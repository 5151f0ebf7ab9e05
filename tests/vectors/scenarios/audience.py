"""Routes, places, labels and share: where an item may show."""

from book import FALLBACK, Book, item

NOON = "2027-02-24 12:00"
REST = item("rest", 'role = "filler"')
PLACES = """[places]
station = { lat = 37.5547, lon = 126.9707, radius_m = 600 }
market = { lat = 37.5592, lon = 126.9774, radius_m = 300 }"""


def book() -> Book:
    book = Book("audience", "Routes, near, labels and share are AND-ed with the rest; an item that asks for what is unknown is out.")
    routes(book)
    near(book)
    labels(book)
    share(book)
    salt(book)
    all_together(book)
    return book


def bus_of(book: Book, key: str, *keys: str, parts: tuple[str, ...] = ()):
    return book.bus(book.campaign(key, "Asia/Seoul", *parts, item("a", *keys), REST))


def routes(book: Book) -> None:
    bus = bus_of(book, "routes", 'routes = ["421", "N16"]')
    for route, shows, why in [
        ("421", "a", "the first route of the list"),
        ("N16", "a", "another route of the list"),
        ("422", "rest", "a route that is not on the list"),
        ("42", "rest", "a part of a route's name is another route"),
        ("4211", "rest", "a longer name is another route"),
        ("n16", "rest", "routes are the same byte for byte, n16 is not N16"),
        (None, "rest", "an unknown route is on no list"),
        ("", "rest", "an empty route is on no list"),
    ]:
        book.case(f"routes: {why}", bus.but(route=route), NOON, shows)
    bus = bus_of(book, "a route in Korean", 'routes = ["마포07"]')
    book.case("routes: any UTF-8", bus.but(route="마포07"), NOON, "a")
    book.case("routes: another number of the same name", bus.but(route="마포08"), NOON, "rest")
    free = bus_of(book, "no routes")
    book.case("an item that asks for no route plays on any", free.but(route="421"), NOON, "a")
    book.case("an item that asks for no route plays where none is known", free, NOON, "a")


def near(book: Book) -> None:
    bus = bus_of(book, "near", 'near = ["station"]', parts=(PLACES,))
    for inside, shows, why in [
        ((("spring", "station"),), "a", "inside its place"),
        ((("spring", "market"),), "rest", "inside another place"),
        ((("spring", "market"), ("spring", "station")), "a", "inside two places, one of them its own"),
        ((), "rest", "inside of none, or the position is unknown"),
        ((("summer", "station"),), "rest", "a place of the same name in another campaign is another place"),
    ]:
        book.case(f"near: {why}", bus.but(inside=inside), NOON, shows)
    both = bus_of(book, "near two", 'near = ["station", "market"]', parts=(PLACES,))
    for inside, shows, why in [
        ((("spring", "station"),), "a", "places of a list are OR-ed, the first"),
        ((("spring", "market"),), "a", "places of a list are OR-ed, the second"),
        ((), "rest", "inside of neither"),
    ]:
        book.case(f"near: {why}", both.but(inside=inside), NOON, shows)


def labels(book: Book) -> None:
    bus = bus_of(book, "labels", 'labels = ["depot:a", "depot:b", "type:interior"]')
    for held, shows, why in [
        (("depot:a", "type:interior"), "a", "one of each prefix"),
        (("depot:b", "type:interior"), "a", "labels of the same prefix are OR-ed"),
        (("type:interior", "depot:b", "depot:a"), "a", "all of them, in any order"),
        (("depot:a",), "rest", "different prefixes are AND-ed: no type"),
        (("type:interior",), "rest", "different prefixes are AND-ed: no depot"),
        (("depot:c", "type:interior"), "rest", "a depot that is not named"),
        (("depot:a", "type:exterior"), "rest", "a type that is not named"),
        ((), "rest", "a display without labels"),
        (("depot:a", "type:interior", "line:9"), "a", "labels that the item does not name are no matter"),
    ]:
        book.case(f"labels: {why}", bus.but(labels=held), NOON, shows)
    one = bus_of(book, "one label", 'labels = ["depot:gangnam"]')
    book.case("labels: the only one", one.but(labels=("depot:gangnam",)), NOON, "a")
    book.case("labels: the same name under another prefix", one.but(labels=("line:gangnam",)), NOON, "rest")
    book.case("labels: only a beginning in common", one.but(labels=("depot:gangnam-2",)), NOON, "rest")


def share(book: Book) -> None:
    # id, bucket (sha256sum of "spring:<id>", first eight digits, mod 10000)
    for display, bucket in [("bus-1", 781), ("bus-2", 462), ("bus-3", 5636), ("bus-1234-front", 5285)]:
        out = bus_of(book, f"share {bucket}", f"share = {bucket / 10_000:.4f}")
        in_ = bus_of(book, f"share {bucket + 1}", f"share = {(bucket + 1) / 10_000:.4f}")
        book.case(f"share: {display} has bucket {bucket} under spring, which is not below {bucket}", out.but(id=display), NOON, "rest")
        book.case(f"share: {display} has bucket {bucket} under spring, which is below {bucket + 1}", in_.but(id=display), NOON, "a")
    least = bus_of(book, "share 1", "share = 0.0001")
    book.case("share: bus-10116 has bucket 0, which the least share admits", least.but(id="bus-10116"), NOON, "a")
    book.case("share: bus-1 is not in the least share", least, NOON, "rest")
    most = bus_of(book, "share 9999", "share = 0.9999")
    book.case("share: bus-53694 has bucket 9999, which the greatest share below 1 leaves out", most.but(id="bus-53694"), NOON, "rest")
    book.case("share: bus-1 is in the greatest share below 1", most, NOON, "a")
    full = bus_of(book, "share 10000", "share = 1.0")
    book.case("share: a share of 1 admits bucket 9999", full.but(id="bus-53694"), NOON, "a")
    for n, tenths in enumerate(range(1, 10), 1):
        # bus-3 has bucket 5636: in from six tenths on.
        bus = bus_of(book, f"share {tenths} tenths", f"share = 0.{tenths}")
        book.case(f"share: a share that grows keeps whom it has: {n} tenths, bus-3 with bucket 5636", bus.but(id="bus-3"), NOON, "a" if tenths >= 6 else "rest")


def salt(book: Book) -> None:
    # bus-1: 781 under spring, 5780 under names, 9247 under summer. bus-2: 462 under spring, 4485 under names.
    half = bus_of(book, "salt names", "share = 0.5", 'salt = "names"')
    book.case("salt: bus-1 has bucket 5780 under names, which is not below 5000", half, NOON, "rest")
    book.case("salt: bus-2 has bucket 4485 under names, which is below 5000", half.but(id="bus-2"), NOON, "a")
    edge = bus_of(book, "salt names 4485", "share = 0.4485", 'salt = "names"')
    past = bus_of(book, "salt names 4486", "share = 0.4486", 'salt = "names"')
    book.case("salt: bucket 4485 under names is not below 4485", edge.but(id="bus-2"), NOON, "rest")
    book.case("salt: bucket 4485 under names is below 4486", past.but(id="bus-2"), NOON, "a")
    written = bus_of(book, "salt spring", "share = 0.0782", 'salt = "spring"')
    book.case("salt: the campaign's id written out is the same as none", written, NOON, "a")
    summer = book.bus(book.campaign("summer's share", "Asia/Seoul", item("a", "share = 0.5"), REST, id="summer"))
    book.case("salt: without one it is the campaign's id: bus-1 has bucket 9247 under summer", summer, NOON, "rest")
    key = book.campaign("two salts", "Asia/Seoul", item("a", "share = 0.5"), item("b", "share = 0.5", 'salt = "names"'), REST)
    book.case("salt: bus-1 is in the half of spring and not in that of names", book.bus(key), NOON, "a")
    # bus-1234-front: bucket 5285 under spring, so not a; bus-3: 5636.
    book.case("salt: bus-3 is not in the half of spring", book.bus("salt spring", id="bus-3"), NOON, "rest")


def all_together(book: Book) -> None:
    parts = (PLACES,)
    keys = ('routes = ["421"]', 'near = ["station"]', 'labels = ["depot:a"]', "share = 0.1", 'hours = "08:00-18:00"')
    bus = bus_of(book, "all", *keys, parts=parts).but(route="421", inside=(("spring", "station"),), labels=("depot:a",))
    book.edges(
        bus,
        "rest",
        ("2027-02-24 08:00", "a", "with route, place, label and share in agreement its hours decide: start"),
        ("2027-02-24 18:00", "rest", "with route, place, label and share in agreement its hours decide: end"),
    )
    for changes, why in [
        ({"route": "422"}, "another route"),
        ({"route": None}, "an unknown route"),
        ({"inside": ()}, "no place"),
        ({"labels": ("depot:b",)}, "another label"),
        ({"id": "bus-3"}, "a display outside the share"),
    ]:
        book.case(f"all are AND-ed: {why} is enough to be out", bus.but(**changes), NOON, "rest")
    key = book.campaign("alone on its route", "Asia/Seoul", item("a", 'routes = ["421"]', 'hours = "08:00-18:00"'))
    book.case("off its route nothing is left, ever since and for ever", book.bus(key, route="422"), NOON, FALLBACK, "ever", "ever")
    book.case("on its route it plays", book.bus(key, route="421"), NOON, "a")
