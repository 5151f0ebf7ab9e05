"""The context's `since`: a segment starts no earlier than the last change of the context.

All on 1970-01-01 in Seoul, day 0, where the loop starts at midnight: "a" alone has turns that start
at every ten seconds, "a" and "b" take turns from midnight on.
"""

from book import EVER, FALLBACK, Book, item

DAY = "1970-01-01"


def book() -> Book:
    book = Book("since", "A segment starts no earlier than the context's since, the instant of its last change; the loop's phase does not move.")
    alone = book.bus(book.campaign("alone", "Asia/Seoul", item("a")))
    pair = book.bus(book.campaign("pair", "Asia/Seoul", item("a"), item("b")))
    short = book.bus(book.campaign("short", "Asia/Seoul", item("a", seconds=2), item("b", seconds=2)))
    hours = book.bus(book.campaign("hours", "Asia/Seoul", item("a", 'hours = "08:00-18:00"')))

    def case(bus, since: str, at: str, shows: str, from_: str | None, until: str | None, why: str):
        def of_day(time):
            return f"{DAY} {time}" if time and time != EVER and "-" not in time else time

        book.case(f"{why} (since {since}, at {at})", bus.but(since=of_day(since)), of_day(at), shows, of_day(from_), of_day(until))

    case(alone, "00:00:04", "00:00:04", "a", "00:00:04", "00:00:10", "since cuts a turn at its start")
    case(alone, "00:00:04", "00:00:09.999", "a", "00:00:04", "00:00:10", "a cut turn ends where it would have")
    case(alone, "00:00:04", "00:00:10", "a", "00:00:10", "00:00:20", "the phase does not move")
    case(alone, "00:00:07", "00:00:07", "a", "00:00:07", "00:00:10", "three seconds left are a turn")
    case(alone, "00:00:07.001", "00:00:07.001", "a", "00:00:07.001", "00:00:20", "1 ms less than three seconds is a sliver, the next covers it")
    case(alone, "00:00:10", "00:00:10", "a", "00:00:10", "00:00:20", "since at a turn's start cuts nothing")
    case(alone, "00:00:09.999", "00:00:10", "a", "00:00:09.999", "00:00:20", "a sliver of a millisecond belongs to the next turn")
    case(pair, "00:00:04", "00:00:04", "a", "00:00:04", "00:00:10", "of two items the one whose turn it is goes on")
    case(pair, "00:00:07", "00:00:07", "a", "00:00:07", "00:00:10", "three seconds left of a turn are kept")
    case(pair, "00:00:07.001", "00:00:07.001", "b", "00:00:07.001", "00:00:20", "less than three seconds left: the next item comes at once")
    case(pair, "00:00:17.001", "00:00:17.001", "a", "00:00:17.001", "00:00:30", "less than three seconds left of the second turn: the first item again")
    case(pair, "00:00:19.999", "00:00:20", "a", "00:00:19.999", "00:00:30", "a sliver of a millisecond before the loop starts anew")
    case(short, "00:00:00.001", "00:00:00.001", "b", "00:00:00.001", "00:00:04", "a turn of two seconds has them as its threshold: 1 ms less is a sliver")
    case(short, "00:00:02", "00:00:02", "b", "00:00:02", "00:00:04", "a turn of two seconds that is whole is no sliver")
    case(pair, "1969-12-31 23:59:58", "00:00:00", "a", "00:00:00", "00:00:10", "since on the day before cuts nothing today")
    case(pair, "00:00:00", "00:00:00", "a", "00:00:00", "00:00:10", "since at midnight is where the segment starts anyway")
    case(pair, "00:00:14", "00:00:45", "a", "00:00:40", "00:00:50", "since changes nothing but the turn it falls in")
    case(pair, "23:59:58", "23:59:58", "b", "23:59:58", "1970-01-02 00:00", "what is left of the day is shorter than the threshold: the turn at its first instant, throughout")
    case(pair, "23:59:57", "23:59:57", "b", "23:59:57", "1970-01-02 00:00", "three seconds left of the day are a turn")
    case(pair, "23:59:48", "23:59:48", "b", "23:59:48", "1970-01-02 00:00", "a sliver at since goes to the last turn of the day")
    case(hours, "07:59:59", "08:00:00", "a", "08:00:00", "08:00:10", "since before the segment changes nothing")
    case(hours, "08:00:00", "08:00:00", "a", "08:00:00", "08:00:10", "since at the segment's start changes nothing")
    case(hours, "08:00:05", "08:00:05", "a", "08:00:05", "08:00:10", "since within the segment starts it")
    case(hours, "17:59:58", "17:59:58", "a", "17:59:58", "18:00:00", "two seconds before the end since leaves a segment shorter than the threshold")
    case(hours, "03:00:00", "04:00:00", FALLBACK, "03:00:00", "08:00:00", "since starts the fallback card's slot as well")
    case(hours, "03:00:00", "03:00:00", FALLBACK, "03:00:00", "08:00:00", "since starts the fallback card's slot on its instant")
    case(hours, "1969-12-31 17:30", "04:00:00", FALLBACK, "1969-12-31 18:00", "08:00:00", "since before the fallback card's stretch leaves it whole")
    case(hours, "1969-12-31 20:00", "04:00:00", FALLBACK, "1969-12-31 20:00", "08:00:00", "the fallback card starts at since and runs on across midnight")
    case(hours, "18:00:00", "18:00:00", FALLBACK, "18:00:00", "1970-01-02 08:00", "since at the edge itself")
    case(hours, "1969-12-31 23:59:59.999", "00:00:00", FALLBACK, "1969-12-31 23:59:59.999", "08:00:00", "since 1 ms before midnight starts the fallback card there")
    urgent = item("u", 'role = "urgent"', f"from = {DAY}T00:00:12", f"until = {DAY}T00:00:33", seconds=60)
    under = book.bus(book.campaign("urgent above", "Asia/Seoul", urgent, item("a")))
    case(under, "00:00:05", "00:00:12", "u", "00:00:12", "00:00:33", "since before the urgent item's segment changes nothing in it")
    case(under, "00:00:20", "00:00:25", "u", "00:00:20", "00:00:33", "since within the urgent item's segment starts it")
    case(under, "00:00:20", "00:00:33", "a", "00:00:33", "00:00:40", "since before the urgent item left changes nothing after it")
    case(under, "00:00:31", "00:00:31", "u", "00:00:31", "00:00:33", "since leaves two seconds of the urgent item: shorter than the threshold, shown throughout")
    return book
