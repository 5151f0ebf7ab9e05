"""Weights: the order of turns that Tijdeman's assignment gives, ties, divisors, halving.

On 1970-01-01 in Seoul, day 0, the loop starts at midnight with its first slot, so that a loop worked
out on paper can be read off the clock. All turns here last ten seconds, unless said otherwise.
"""

from book import Book, item

MIDNIGHT = "1970-01-01 00:00"

# weights in the order of items a, b, c ..., the loop, why
LOOPS = [
    ("1", "a a a", "one item alone takes every slot"),
    ("7", "a a", "one item alone takes every slot, whatever its weight"),
    ("1 1", "a b a b", "equal weights take turns, ties going to the first in order"),
    ("1 1 1", "a b c a", "equal weights take turns in order"),
    ("1 1 1 1 1", "a b c d e a", "five equal weights take turns in order"),
    ("2 1", "a b a a b", "2 to 1: the second slot is b's, for a would be ahead"),
    ("1 2", "b a b", "1 to 2: the earliest deadline goes first, not the first in order"),
    ("3 1", "a a b a a a b a", "3 to 1: in the second slot both deadlines are the same, and a comes first in order"),
    ("1 3", "b a b b", "1 to 3: in the second slot both deadlines are the same, and a comes first in order"),
    ("4 1", "a a b a a", "4 to 1: b's turn is in the middle"),
    ("3 2", "a b a b a", "3 to 2"),
    ("2 2 1", "a b c a b", "2 to 2 to 1"),
    ("1 1 2", "c a b c", "1 to 1 to 2"),
    ("3 2 1", "a b a c b a", "3 to 2 to 1"),
    ("5 1 1", "a a b a a c a", "5 to 1 to 1: a and c have the same deadline in the fifth slot, and a comes first"),
    ("10 1", "a a a a a b a a a a a", "10 to 1: b's turn is in the middle"),
    ("6 4", "a b a b a a", "6 to 4 is 3 to 2: the common divisor is taken out"),
    ("1000 1000", "a b a", "1000 to 1000 is 1 to 1"),
    ("500 1000", "b a b b", "500 to 1000 is 1 to 2"),
    ("9 3 3", "a b a c a a", "9 to 3 to 3 is 3 to 1 to 1, five slots"),
    ("4 2 2", "a b c a a", "4 to 2 to 2 is 2 to 1 to 1"),
    ("1 1 1 1 1 1 1 1", "a b c d e f g h a", "eight equal weights take turns in order"),
]


def book() -> Book:
    book = Book("loops", "The loop has W slots, W the sum of the weights freed of their common divisor, laid out by Tijdeman's chairman assignment.")
    by_hand(book)
    other_lengths(book)
    tiers_apart(book)
    divisors_of_segments(book)
    on_any_day(book)
    halving(book)
    return book


def bus_of(book: Book, weights: str):
    items = [item(chr(ord("a") + n), f"weight = {weight}") for n, weight in enumerate(weights.split())]
    return book.bus(book.campaign(f"weights {weights}", "Asia/Seoul", *items))


def by_hand(book: Book) -> None:
    for weights, loop, why in LOOPS:
        book.turns(bus_of(book, weights), MIDNIGHT, loop, why, [10_000] * len(loop.split()))


def other_lengths(book: Book) -> None:
    """A share is of turns, not of time."""
    key = book.campaign("long and short", "Asia/Seoul", item("a", "weight = 2", seconds=5), item("b", seconds=60))
    book.turns(book.bus(key), MIDNIGHT, "a b a a b a", "2 to 1 counts turns, however long they are", [5000, 60_000, 5000] * 2)
    key = book.campaign("limits of length", "Asia/Seoul", item("a", seconds=1), item("b", seconds=3600))
    book.turns(book.bus(key), MIDNIGHT, "a b a b", "a slot lasts from one second to one hour", [1000, 3_600_000] * 2)


def tiers_apart(book: Book) -> None:
    parts = [item("f", 'role = "filler"', "weight = 50"), item("a", "weight = 2"), item("t", 'role = "takeover"', "weight = 3", 'hours = "12:00-13:00"'), item("b")]
    bus = book.bus(book.campaign("tiers apart", "Asia/Seoul", *parts))
    book.turns(bus, MIDNIGHT, "a b a a b a", "weights of other tiers count for nothing", [10_000] * 6)


def divisors_of_segments(book: Book) -> None:
    """The loop is that of the items of the segment, and so is the divisor."""
    parts = [item("a", "weight = 4"), item("b", "weight = 2"), item("c", 'hours = "00:01-24:00"')]
    bus = book.bus(book.campaign("c comes later", "Asia/Seoul", *parts))
    book.turns(bus, MIDNIGHT, "a b a a b a", "4 to 2 is 2 to 1 while a third item is away", [10_000] * 6)
    # From 00:01 the weights are 4, 2, 1: seven slots, a b a a c b a, 60 s into a loop of 70 s.
    book.turns(bus, "1970-01-01 00:01", "a a b a a c b a", "4 to 2 to 1 once it is there; the loop has begun at midnight, so the seventh slot is the first to show", [10_000] * 8)


def on_any_day(book: Book) -> None:
    """Wherever the loop stands, its turns follow one another in the same ring."""
    for at in ("2027-02-24 08:00", "2026-07-01 12:34:56.789"):
        book.cycle(bus_of(book, "3 2 1"), at, "a b a c b a", "3 to 2 to 1 on any day")
        book.cycle(bus_of(book, "5 1 1"), at, "a a b a a c a", "5 to 1 to 1 on any day")


def crowd(book: Book, key: str, weights: list[int]):
    """Items i000, i001 ... of one second each."""
    items = [item(f"i{n:03}", f"weight = {weight}", seconds=1) for n, weight in enumerate(weights)]
    return book.bus(book.campaign(key, "Asia/Seoul", *items))


def halving(book: Book) -> None:
    over = crowd(book, "100,999 slots", [1000] * 100 + [999])
    # Halved and rounded up all are 500, so each has one turn in a loop of 101 s. Day 1 begins at
    # floor(101,000 * 0.61803) = 62,421 ms: 421 ms into i062, of which 579 ms are left: a sliver.
    why = "100,999 slots are too many: halved and rounded up, 1000 and 999 are both 500, and the loop has 101 slots"
    for second, shows in [(0, "i000"), (1, "i001"), (99, "i099"), (100, "i100"), (101, "i000"), (50 * 101 + 7, "i007")]:
        t = over.instant(MIDNIGHT) + second * 1000
        book.case(f"{why}: second {second} of day 0", over, t, shows, t, t + 1000)
    t = over.instant("1970-01-02 00:00")
    book.case(f"{why}: day 1 begins 421 ms into i062, and the rest of it, 579 ms, is a sliver", over, t, "i063", t, t + 1579)
    many = crowd(book, "200 of 1000", [1000] * 200)
    # The divisor comes first in the question whether there are too many: 200 slots are not.
    why = "200 items of weight 1000 are a loop of 200 slots, nothing to halve"
    for second, shows in [(0, "i000"), (199, "i199"), (200, "i000"), (399, "i199")]:
        t = many.instant(MIDNIGHT) + second * 1000
        book.case(f"{why}: second {second} of day 0", many, t, shows, t, t + 1000)
    full = crowd(book, "100,000 slots", [1000] * 99 + [999, 1])
    # i100 has one turn in the whole loop. W/2 = 50,000: it is due when t/W >= 1/200, in slot 500, and
    # its deadline is (1 - 1/200) * 100,000 = 99,500: it waits while others' deadlines come first.
    why = "100,000 slots are not too many: the loop is as long as a day and more"
    for second in (0, 1, 100, 499, 99_000 % 86_400, 50_000, 86_399):
        t = full.instant(MIDNIGHT) + second * 1000
        shows = book.turn_at(full, t).item.id
        book.case(f"{why}: second {second} of day 0", full, t, shows, t, t + 1000)
    t = full.instant("1970-01-02 00:00")
    book.case(f"{why}: day 1 begins at floor(100,000,000 * 0.6180339887) = 61,803,398 ms, 398 ms into a turn, the rest a sliver", full, t, book.turn_at(full, t).item.id, t, t + 1602)
    over2 = crowd(book, "100,001 slots", [1000] * 99 + [999, 2])
    # Halved: 99 of 500, then 500 and 1. The loop has 50,001 slots, so it starts anew at 13:53:21.
    why = "100,001 slots are too many: halved they are 100 of 500 and one of 1, 50,001 slots"
    for second, shows in [(0, "i000"), (50_001, "i000"), (50_002, "i001"), (50_003, "i002")]:
        t = over2.instant(MIDNIGHT) + second * 1000
        book.case(f"{why}: second {second} of day 0", over2, t, shows, t, t + 1000)
