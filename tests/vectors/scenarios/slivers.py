"""Slivers: turns that a segment cuts to less than min(3 s, their own length).

All on 1970-01-01 in Seoul, day 0, where the loop starts at midnight, so that every turn's ends are
known without arithmetic. Urgent items before and after cut a segment out of the day.
"""

from book import Book, item

DAY = "1970-01-01"
TEN = (item("a"), item("b"))  # a 0-10, b 10-20, a 20-30, b 30-40 ...
MIXED = (item("a"), item("c", seconds=2))  # a 0-10, c 10-12, a 12-22, c 22-24 ...
SHORT = (item("c", seconds=2), item("d", seconds=1))  # c 0-2, d 2-3, c 3-5, d 5-6 ...
FOUR = (item("e", seconds=4), item("f", seconds=4), item("g", seconds=4))  # e 0-4, f 4-8, g 8-12 ...
THREE = (item("h", seconds=3), item("i", seconds=3))  # h 0-3, i 3-6 ...

# items, the segment, its turns (item, from, until) in seconds, why
STRETCHES = [
    (TEN, 20, 40, "a 20 30, b 30 40", "whole turns are left alone"),
    (TEN, 26, 34, "a 26 30, b 30 34", "four seconds at either end are turns"),
    (TEN, 27, 33, "a 27 30, b 30 33", "three seconds at either end are still turns"),
    (TEN, 27.001, 33, "b 27.001 33", "1 ms less at the start is a sliver, and the next slot covers it"),
    (TEN, 27, 32.999, "a 27 32.999", "1 ms less at the end is a sliver, and the one before covers it"),
    (TEN, 28, 42, "b 28 42", "slivers at both ends go to the one turn between"),
    (TEN, 28, 52, "b 28 40, a 40 52", "slivers at both ends go to the turns beside them"),
    (TEN, 28, 32, "b 28 32", "first at the start: the last slot has covered it and is alone, though clipped at its end to less"),
    (TEN, 28, 31, "b 28 31", "a segment of three seconds is not shorter than the threshold: the next slot covers the first"),
    (TEN, 28, 30.999, "a 28 30.999", "a segment shorter than the threshold of the turn at its first instant shows that turn throughout"),
    (TEN, 29.999, 32.998, "a 29.999 32.998", "even if that turn had but 1 ms left"),
    (TEN, 29.999, 32.999, "b 29.999 32.999", "three seconds are not less than three: the sliver goes to the next"),
    (TEN, 22, 24, "a 22 24", "a short segment within one turn"),
    (TEN, 22, 26, "a 22 26", "a segment within one turn, not shorter than the threshold"),
    (TEN, 20, 30, "a 20 30", "a segment of exactly one turn"),
    (TEN, 20, 32, "a 20 32", "a sliver at the end alone"),
    (TEN, 20, 33, "a 20 30, b 30 33", "three seconds at the end alone"),
    (TEN, 18, 30, "a 18 30", "a sliver at the start alone"),
    (TEN, 17, 30, "b 17 20, a 20 30", "three seconds at the start alone"),
    (TEN, 30, 32.5, "b 30 32.5", "a segment that starts with a turn and is shorter than its threshold"),
    (TEN, 25, 61.5, "a 25 30, b 30 40, a 40 50, b 50 61.5", "a sliver at the end goes to the one before it alone"),
    (TEN, 29, 60, "b 29 40, a 40 50, b 50 60", "a sliver at the start goes to the next one alone"),
    (MIXED, 11, 34, "a 11 22, c 22 24, a 24 34", "the threshold of a turn of two seconds is two: one second is a sliver at the start"),
    (MIXED, 10, 34, "c 10 12, a 12 22, c 22 24, a 24 34", "a turn of two seconds that is whole is no sliver at the start"),
    (MIXED, 8, 22, "c 8 12, a 12 22", "a sliver of a longer turn may go to a turn of two seconds"),
    (MIXED, 0, 11, "a 0 11", "a turn of two seconds cut to one at the end is a sliver"),
    (MIXED, 0, 11.999, "a 0 11.999", "a turn of two seconds that lacks 1 ms at the end is a sliver"),
    (MIXED, 0, 12, "a 0 10, c 10 12", "a turn of two seconds that is whole is no sliver at the end"),
    (MIXED, 0, 14, "a 0 10, c 10 14", "a sliver at the end may go to a turn of two seconds"),
    (MIXED, 0, 15, "a 0 10, c 10 12, a 12 15", "three seconds after a turn of two are a turn"),
    (MIXED, 9, 10.5, "a 9 10.5", "shorter than the three seconds of the turn at its first instant"),
    (MIXED, 9, 12, "c 9 12", "three seconds: the first second is a sliver, the two after it a whole turn"),
    (MIXED, 9, 11.999, "a 9 11.999", "1 ms less than three seconds, and the first turn has it all"),
    (MIXED, 10, 11.5, "c 10 11.5", "shorter than the two seconds of the turn at its first instant"),
    (MIXED, 10, 12.5, "c 10 12.5", "two seconds and a half are not shorter than a threshold of two; the rest is a sliver at the end"),
    (MIXED, 11, 12.5, "c 11 12.5", "one second and a half are shorter than the threshold of the turn at its first instant"),
    (MIXED, 11, 13.5, "a 11 13.5", "two seconds and a half: the first is a sliver, the next is then alone and stays, though less than three"),
    (SHORT, 1, 9, "d 1 3, c 3 5, d 5 6, c 6 8, d 8 9", "among short turns: one second of two is a sliver"),
    (SHORT, 2.5, 8, "c 2.5 5, d 5 6, c 6 8", "among short turns: half a second of one is a sliver"),
    (SHORT, 2, 8, "d 2 3, c 3 5, d 5 6, c 6 8", "a turn of one second that is whole is no sliver"),
    (SHORT, 0, 5.5, "c 0 2, d 2 3, c 3 5.5", "half a second of a turn of one, at the end"),
    (SHORT, 0, 4, "c 0 2, d 2 4", "one second of a turn of two, at the end"),
    (SHORT, 2.25, 3, "d 2.25 3", "shorter than a threshold of one second"),
    (SHORT, 2.25, 3.25, "c 2.25 3.25", "exactly a threshold of one second: the sliver goes to the next, which is alone"),
    (SHORT, 2.25, 3.249, "d 2.25 3.249", "1 ms less than a threshold of one second"),
    (FOUR, 1, 11, "e 1 4, f 4 8, g 8 11", "three of four seconds are turns"),
    (FOUR, 1.001, 10.999, "f 1.001 10.999", "1 ms less at both ends: the turn between covers both"),
    (FOUR, 2, 7, "f 2 7", "the next slot covers the first and is the last"),
    (FOUR, 2, 6, "f 2 6", "the next slot covers the first and is alone, clipped to two seconds or not"),
    (THREE, 0, 6, "h 0 3, i 3 6", "turns of three seconds that are whole"),
    (THREE, 0.001, 6, "i 0.001 6", "a turn of three seconds that lacks 1 ms at the start"),
    (THREE, 0, 5.999, "h 0 5.999", "a turn of three seconds that lacks 1 ms at the end"),
]


def book() -> Book:
    book = Book("slivers", "A segment shorter than the threshold of the turn at its first instant shows that turn; then a sliver at the start goes to the next; then one at the end to the one before. The threshold is min(3 s, the turn's own length).")
    for items, begin, end, turns, why in STRETCHES:
        bus = book.bus(book.campaign(f"{begin} to {end} of {names(items)}", "Asia/Seoul", *around(begin, end), *items))
        for n, turn in enumerate(turns.split(", "), 1):
            name, from_, until = turn.split()
            from_, until = instant(bus, float(from_)), instant(bus, float(until))
            said = f"{names(items)} from {begin} s to {end} s: {why}: turn {n}"
            book.case(f"{said}, at its start", bus, from_, name, from_, until)
            book.case(f"{said}, 1 ms before its end", bus, until - 1, name, from_, until)
    return book


def names(items: tuple[str, ...]) -> str:
    return "-".join(text.split('"')[1] for text in items)


def around(begin: float, end: float) -> list[str]:
    """Urgent items that leave [begin, end) of the day's first minutes to others."""
    before = item("before", 'role = "urgent"', f"from = {DAY}T00:00:00", f"until = {clock(begin)}")
    after = item("after", 'role = "urgent"', f"from = {clock(end)}", f"until = {DAY}T00:05:00")
    return [before, after] if begin else [after]


def clock(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{DAY}T00:{millis // 60_000:02}:{millis // 1000 % 60:02}.{millis % 1000:03}"


def instant(bus, seconds: float) -> int:
    return bus.instant(f"{DAY} 00:00") + round(seconds * 1000)
