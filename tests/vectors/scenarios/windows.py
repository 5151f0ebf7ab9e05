"""Windows: from and until, yearly, 29 February, the year's end, on both levels."""

from book import EVER, FALLBACK, Book, item

REST = item("rest", 'role = "filler"')  # so that the fallback's ends need no search


def book() -> Book:
    book = Book("windows", "Which civil days a campaign's window and an item's choose. Both ends are included; 29 February is 28 February as an end and 1 March as a start in common years.")
    from_until(book)
    half_bounded(book)
    yearly(book)
    leap_days(book)
    year_wraps(book)
    both_levels(book)
    return book


def from_until(book: Book) -> None:
    key = book.campaign("from-until", "Asia/Seoul", "[window]\nfrom = 2027-02-01\nuntil = 2027-03-31", item("a"))
    bus = book.bus(key)
    book.edges(
        bus,
        FALLBACK,
        ("2027-02-01 00:00", "a", "from 2027-02-01 is included, from its first instant"),
        ("2027-04-01 00:00", FALLBACK, "until 2027-03-31 is included, to its last millisecond"),
    )
    book.case("before the only window there is nothing, ever since", bus, "2027-01-15 12:00", FALLBACK, EVER, "2027-02-01 00:00")
    book.case("after the only window there is nothing, for ever", bus, "2027-05-15 12:00", FALLBACK, "2027-04-01 00:00", EVER)
    one = book.bus(book.campaign("one-day", "Asia/Seoul", "[window]\nfrom = 2027-03-01\nuntil = 2027-03-01", item("a"), REST))
    book.edges(
        one,
        FALLBACK,
        ("2027-03-01 00:00", "a", "a window may be a single day, and the filler has its campaign's window too"),
        ("2027-03-02 00:00", FALLBACK, "a window of a single day ends with it, filler and all"),
    )


def half_bounded(book: Book) -> None:
    only_from = book.bus(book.campaign("only-from", "Asia/Seoul", "[window]\nfrom = 2027-02-01", item("a")))
    book.edges(only_from, FALLBACK, ("2027-02-01 00:00", "a", "a window with from alone has no other end"))
    book.case("a window with from alone still holds years later", only_from, "2034-07-01 12:00", "a")
    only_until = book.bus(book.campaign("only-until", "Asia/Seoul", "[window]\nuntil = 2027-02-01", item("a")))
    book.edges(only_until, "a", ("2027-02-02 00:00", FALLBACK, "a window with until alone has no beginning"))
    always = book.bus(book.campaign("always", "Asia/Seoul", item("a")))
    book.case("no window means always", always, "2001-02-03 04:05", "a")
    item_from = book.bus(book.campaign("item-from", "Asia/Seoul", item("a", "from = 2027-02-01"), REST))
    book.edges(item_from, "rest", ("2027-02-01 00:00", "a", "an item's from is a civil day, included"))
    item_until = book.bus(book.campaign("item-until", "Asia/Seoul", item("a", "until = 2027-02-01"), REST))
    book.edges(item_until, "a", ("2027-02-02 00:00", "rest", "an item's until is a civil day, included"))


def yearly(book: Book) -> None:
    bus = book.bus(book.campaign("yearly", "Asia/Seoul", '[window]\nyearly = "02-01/03-31"', item("a")))
    for year in (1999, 2026, 2027):
        book.edges(
            bus,
            FALLBACK,
            (f"{year}-02-01 00:00", "a", f"yearly 02-01/03-31 begins in {year} as in every year"),
            (f"{year}-04-01 00:00", FALLBACK, f"yearly 02-01/03-31 ends in {year} after 31 March"),
        )
    book.case("between two years of a yearly window the fallback card is one slot", bus, "2026-10-10 10:10", FALLBACK, "2026-04-01 00:00", "2027-02-01 00:00")
    day = book.bus(book.campaign("yearly-day", "Asia/Seoul", item("a", 'yearly = "03-01/03-01"'), REST))
    book.edges(day, "rest", ("2027-03-01 00:00", "a", "yearly may be a single day"), ("2027-03-02 00:00", "rest", "a single yearly day ends with it"))
    year = book.bus(book.campaign("yearly-all", "Asia/Seoul", item("a", 'yearly = "01-01/12-31"'), REST))
    book.case("yearly 01-01/12-31 is every day: its last millisecond of a year", year, "2026-12-31 23:59:59.999", "a", until="2027-01-01 00:00")
    book.case("yearly 01-01/12-31 is every day: its first of the next", year, "2027-01-01 00:00", "a", from_="2027-01-01 00:00")


def of_february(book: Book, key: str, yearly: str):
    return book.bus(book.campaign(key, "Asia/Seoul", item("a", f'yearly = "{yearly}"'), REST))


def leap_days(book: Book) -> None:
    end = of_february(book, "leap-end", "02-20/02-29")
    book.edges(end, "a", ("2028-03-01 00:00", "rest", "29 February as an end is itself in a leap year"))
    book.edges(end, "a", ("2027-03-01 00:00", "rest", "29 February as an end is 28 February in a common year"))
    book.case("an end of 29 February includes it in a leap year", end, "2028-02-29 12:00", "a")
    short = of_february(book, "feb-28", "02-20/02-28")
    book.edges(short, "a", ("2028-02-29 00:00", "rest", "28 February as an end leaves 29 February out"))
    start = of_february(book, "leap-start", "02-29/03-10")
    book.edges(start, "rest", ("2028-02-29 00:00", "a", "29 February as a start is itself in a leap year"))
    book.edges(start, "rest", ("2027-03-01 00:00", "a", "29 February as a start is 1 March in a common year"))
    book.case("a start of 29 February leaves 28 February out in a common year", start, "2027-02-28 12:00", "rest")
    both = of_february(book, "leap-both", "02-29/02-29")
    book.edges(both, "rest", ("2028-02-29 00:00", "a", "02-29/02-29 is one day in a leap year"), ("2028-03-01 00:00", "rest", "02-29/02-29 ends with its day"))
    for at in ("2027-02-28 12:00", "2027-03-01 12:00", "2027-02-28 23:59:59.999", "2027-03-01 00:00"):
        book.case(f"02-29/02-29 selects no day in a common year: {at}", both, at, "rest")
    century = of_february(book, "leap-century", "02-29/02-29")
    book.case("2000 was a leap year", century, "2000-02-29 12:00", "a")
    but = of_february(book, "all-but-leap", "03-01/02-28")
    book.edges(but, "a", ("2028-02-29 00:00", "rest", "03-01/02-28 wraps and leaves out 29 February alone"), ("2028-03-01 00:00", "a", "03-01/02-28 begins anew on 1 March"))
    book.case("03-01/02-28 leaves out nothing of a common year: the end of February", but, "2027-02-28 23:59:59.999", "a", until="2027-03-01 00:00")
    book.case("03-01/02-28 leaves out nothing of a common year: the start of March", but, "2027-03-01 00:00", "a", from_="2027-03-01 00:00")
    full = of_february(book, "all-to-leap", "03-01/02-29")
    book.case("03-01/02-29 is every day: 29 February of a leap year", full, "2028-02-29 12:00", "a")
    book.case("03-01/02-29 is every day: 28 February of a common year", full, "2027-02-28 23:59:59.999", "a")
    wraps = of_february(book, "leap-wraps", "02-29/02-28")
    book.case("02-29/02-28 wraps, judged on the days as written, and is every day: a common year's 28 February", wraps, "2027-02-28 12:00", "a")
    book.case("02-29/02-28 wraps, judged on the days as written, and is every day: a common year's 1 March", wraps, "2027-03-01 00:00", "a")
    book.case("02-29/02-28 wraps, judged on the days as written, and is every day: a leap year's 29 February", wraps, "2028-02-29 12:00", "a")
    winter = of_february(book, "leap-winter", "12-01/02-29")
    book.edges(winter, "a", ("2027-03-01 00:00", "rest", "a winter to 29 February ends after 28 February of a common year"))
    book.edges(winter, "a", ("2028-03-01 00:00", "rest", "a winter to 29 February ends after it in a leap year"))
    late = of_february(book, "leap-to-january", "02-29/01-15")
    book.edges(late, "rest", ("2027-03-01 00:00", "a", "a wrap from 29 February starts on 1 March of a common year"))
    book.edges(late, "rest", ("2028-02-29 00:00", "a", "a wrap from 29 February starts on it in a leap year"))


def year_wraps(book: Book) -> None:
    bus = book.bus(book.campaign("new-year", "Asia/Seoul", '[window]\nyearly = "12-20/01-10"', item("a")))
    book.edges(
        bus,
        FALLBACK,
        ("2026-12-20 00:00", "a", "yearly 12-20/01-10 begins in December"),
        ("2027-01-11 00:00", FALLBACK, "yearly 12-20/01-10 ends after 10 January of the next year"),
    )
    book.case("a window that wraps the year goes on at its end", bus, "2026-12-31 23:59:59.999", "a", until="2027-01-01 00:00")
    book.case("a window that wraps the year goes on at its start", bus, "2027-01-01 00:00", "a", from_="2027-01-01 00:00")
    book.case("a window that wraps the year is closed in summer", bus, "2027-07-01 12:00", FALLBACK, "2027-01-11 00:00", "2027-12-20 00:00")
    inner = book.bus(book.campaign("new-year-in-winter", "Asia/Seoul", '[window]\nyearly = "12-01/01-31"', item("a", 'yearly = "12-20/01-10"'), item("b", 'yearly = "01-05/01-20"', "weight = 1"), REST))
    book.edges(
        inner,
        "rest",
        ("2026-12-20 00:00", "a", "an item's wrap inside a campaign's wrap"),
    )
    book.edges(inner, "b", ("2027-01-21 00:00", "rest", "an item's days after the wrap, inside a campaign that wraps"))
    book.edges(inner, "rest", ("2027-02-01 00:00", FALLBACK, "the campaign's wrap ends for filler, too"))


def both_levels(book: Book) -> None:
    key = book.campaign(
        "years-of-spring",
        "Asia/Seoul",
        '[window]\nyearly = "02-01/03-31"\nfrom = 2026-02-15\nuntil = 2027-03-10',
        item("a"),
    )
    book.edges(
        book.bus(key),
        FALLBACK,
        ("2026-02-15 00:00", "a", "yearly and from on one level are AND-ed: from comes later in 2026"),
        ("2026-04-01 00:00", FALLBACK, "yearly and until on one level are AND-ed: yearly ends first in 2026"),
        ("2027-02-01 00:00", "a", "yearly and from on one level are AND-ed: yearly begins later in 2027"),
        ("2027-03-11 00:00", FALLBACK, "yearly and until on one level are AND-ed: until comes first in 2027"),
    )
    key = book.campaign(
        "spring-of-2027",
        "Asia/Seoul",
        '[window]\nyearly = "02-01/03-31"',
        item("a", "from = 2027-02-20", "until = 2028-02-10"),
        REST,
    )
    book.edges(
        book.bus(key),
        "rest",
        ("2027-02-20 00:00", "a", "an item's from narrows a yearly campaign"),
        ("2027-04-01 00:00", FALLBACK, "a yearly campaign closes the item in between its from and until"),
        ("2028-02-01 00:00", "a", "a yearly campaign opens the item again, still before its until"),
        ("2028-02-11 00:00", "rest", "an item's until narrows a yearly campaign"),
    )
    key = book.campaign(
        "two-years",
        "Asia/Seoul",
        "[window]\nfrom = 2026-06-01\nuntil = 2028-05-31",
        item("a", 'yearly = "03-01/03-05"'),
        item("b", "until = 2026-06-10"),
        item("c", "from = 2028-05-30"),
        REST,
    )
    book.edges(
        book.bus(key),
        FALLBACK,
        ("2026-06-01 00:00", "b", "a missing from is the campaign's"),
        ("2026-06-11 00:00", "rest", "an item's until is inside the campaign's days"),
        ("2027-03-01 00:00", "a", "an item's yearly in its first year in a campaign of two years"),
        ("2027-03-06 00:00", "rest", "an item's yearly ends in its first year"),
        ("2028-03-01 00:00", "a", "an item's yearly in its second year"),
        ("2028-03-06 00:00", "rest", "an item's yearly ends in its second year"),
        ("2028-05-30 00:00", "c", "an item's from near the campaign's end"),
        ("2028-06-01 00:00", FALLBACK, "a missing until is the campaign's"),
    )
    key = book.campaign("both-on-item", "Asia/Seoul", item("a", 'yearly = "03-01/03-31"', "from = 2026-03-10", "until = 2027-03-20"), REST)
    book.edges(
        book.bus(key),
        "rest",
        ("2026-03-10 00:00", "a", "an item's yearly and from are AND-ed"),
        ("2026-04-01 00:00", "rest", "an item's yearly ends before its until"),
        ("2027-03-01 00:00", "a", "an item's yearly comes again before its until"),
        ("2027-03-21 00:00", "rest", "an item's until ends it before its yearly does"),
    )
