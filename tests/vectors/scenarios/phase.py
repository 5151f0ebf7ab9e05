"""The loop's phase: it moves evenly from day to day, by the golden ratio, and holds within a day."""

from book import Book, item

# The day's number, and the fraction of the loop at which it begins: that number times
# 0.6180339887..., less its whole part. To four digits, cut off, by hand.
FRACTIONS = {
    -2: 7639,
    -1: 3819,
    0: 0,
    1: 6180,
    2: 2360,
    3: 8541,
    4: 4721,
    5: 901,
    6: 7082,
    7: 3262,
    8: 9442,
    13: 344,
    21: 9787,
}
DATES = {-2: "1969-12-30", -1: "1969-12-31"} | {d: f"1970-01-{d + 1:02}" for d in FRACTIONS if d >= 0}


def book() -> Book:
    book = Book("phase", "The loop begins a day at offset(D, L) = floor(L * ((d * 11400714819323198485) mod 2^64) / 2^64), d the days since 1970-01-01.")
    alone(book)
    pairs(book)
    clocks(book)
    a_real_week(book)
    return book


def alone(book: Book) -> None:
    """One item of ten seconds: L is 10,000 ms, so a day begins that fraction into a turn."""
    bus = book.bus(book.campaign("alone", "Asia/Seoul", item("a")))
    for day, fraction in FRACTIONS.items():
        midnight = bus.instant(f"{DATES[day]} 00:00")
        left = 10_000 - fraction
        first = left if left >= 3000 else left + 10_000
        why = f"day {day} begins {fraction} ms into a turn of 10 s"
        if left < 3000:
            why += ", and what is left of it is a sliver"
        book.case(f"{why}: its first slot", bus, midnight, "a", midnight, midnight + first)
        book.case(f"{why}: 1 ms before the first slot ends", bus, midnight + first - 1, "a", midnight, midnight + first)
        book.case(f"{why}: its second slot", bus, midnight + first, "a", midnight + first, midnight + first + 10_000)
    # A day is 8,640 turns, so it ends at the fraction of a turn at which it began.
    for day, fraction in FRACTIONS.items():
        end = bus.instant(f"{DATES[day]} 00:00") + 86_400_000
        last = fraction if fraction >= 3000 or fraction == 0 else fraction + 10_000
        last = last or 10_000
        book.case(f"day {day} ends {fraction} ms into a turn of 10 s, less than 3 s going to the turn before", bus, end - 1, "a", end - last, end)


def pairs(book: Book) -> None:
    """Two items of ten seconds: L is 20,000 ms, the loop a b."""
    bus = book.bus(book.campaign("pair", "Asia/Seoul", item("a"), item("b")))
    for day, offset, shows, length in [
        (0, 0, "a", 10_000),
        (1, 12_360, "b", 7_640),
        (2, 4_721, "a", 5_279),
        (3, 17_082, "a", 12_918),  # b has 2,918 ms left: a sliver, which a covers
        (4, 9_442, "b", 10_558),  # a has 558 ms left: a sliver, which b covers
        (5, 1_803, "a", 8_197),
        (6, 14_164, "b", 5_836),
        (7, 6_524, "a", 3_476),
        (8, 18_885, "a", 11_115),  # b has 1,115 ms left
        (-1, 7_639, "b", 12_361),  # a has 2,361 ms left
    ]:
        midnight = bus.instant(f"{DATES[day]} 00:00")
        why = f"day {day} begins {offset} ms into a loop of 20 s"
        book.case(f"{why}: its first slot", bus, midnight, shows, midnight, midnight + length)
        other = "b" if shows == "a" else "a"
        book.case(f"{why}: the other item's turn is next", bus, midnight + length, other, midnight + length, midnight + length + 10_000)


def clocks(book: Book) -> None:
    """Within a day the phase counts elapsed milliseconds: changes of the clock do not move it."""
    key = book.campaign("half hours", "America/New_York", item("a", seconds=1800), item("b", seconds=1800))
    bus = book.bus(key, zone="America/New_York")
    for day, gap, hours in [("2026-03-08", "2026-03-08T07:00Z", 23), ("2026-11-01", "2026-11-01T06:00Z", 25), ("2026-06-01", "2026-06-01T06:00Z", 24)]:
        t = bus.instant(gap)
        turn = book.case(f"New York on {day}, a day of {hours} hours: the turn that holds the instant of the clocks' change", bus, t, book.turn_at(bus, t).item.id)
        other = {"a": "b", "b": "a"}[turn.item.id]
        book.case(f"New York on {day}, a day of {hours} hours: half an hour later the other has its turn", bus, t + 1_800_000, other, turn.until, turn.until + 1_800_000)
        book.case(f"New York on {day}, a day of {hours} hours: an hour later the same again", bus, t + 3_600_000, turn.item.id, turn.until + 1_800_000, turn.until + 3_600_000)


def a_real_week(book: Book) -> None:
    """Turns of different lengths on the days of a week. Here no hand did the sums: the formula did."""
    items = [item(name, f"weight = {weight}", seconds=seconds) for name, weight, seconds in [("a", 3, 8), ("b", 2, 10), ("c", 1, 7), ("d", 1, 5)]]
    bus = book.bus(book.campaign("week", "Asia/Seoul", *items, id="week"))
    for day in range(22, 29):
        t = bus.instant(f"2027-02-{day} 00:00")
        first = book.turn_at(bus, t)
        book.case(f"2027-02-{day}: the day's first slot, as the formula for the offset gives it", bus, t, first.item.id, t)
        noon = bus.instant(f"2027-02-{day} 12:00")
        book.case(f"2027-02-{day}: at noon, as the formula for the offset gives it", bus, noon, book.turn_at(bus, noon).item.id)
