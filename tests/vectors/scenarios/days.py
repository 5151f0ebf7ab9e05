"""Patterns of days: weekdays, ranges across the weekend, holidays of Korea."""

from book import FALLBACK, Book, item

CALENDAR = 'holidays = "kr"'
REST = item("rest", 'role = "filler"')


def book() -> Book:
    book = Book("days", "Which civil days a pattern of days chooses; holidays are those of playlist/holidays/kr.toml.")
    weekdays(book)
    holidays(book)
    missing_years(book)
    with_windows(book)
    return book


def on(book: Book, pattern: str):
    """A bus on which "a" has the days of a pattern, and "rest" all others."""
    key = book.campaign(pattern, "Asia/Seoul", CALENDAR, item("a", f'days = "{pattern}"'), REST)
    return book.bus(key)


def weekdays(book: Book) -> None:
    # 2027-02-22 is a Monday; no holiday is near.
    book.edges(
        on(book, "mon-fri"),
        "rest",
        ("2027-02-22 00:00", "a", "mon-fri begins on Monday"),
        ("2027-02-27 00:00", "rest", "mon-fri ends after Friday"),
    )
    book.edges(
        on(book, "fri-mon"),
        "rest",
        ("2027-02-19 00:00", "a", "fri-mon wraps the week and begins on Friday"),
        ("2027-02-23 00:00", "rest", "fri-mon wraps the week and ends after Monday"),
    )
    book.edges(
        on(book, "sat,sun"),
        "rest",
        ("2027-02-20 00:00", "a", "sat,sun begins on Saturday"),
        ("2027-02-22 00:00", "rest", "sat,sun ends after Sunday"),
    )
    book.edges(
        on(book, "sun-tue"),
        "rest",
        ("2027-02-21 00:00", "a", "sun-tue begins on Sunday"),
        ("2027-02-24 00:00", "rest", "sun-tue ends after Tuesday"),
    )
    book.edges(
        on(book, "tue,thu"),
        "rest",
        ("2027-02-23 00:00", "a", "tue,thu: Tuesday"),
        ("2027-02-24 00:00", "rest", "tue,thu: not Wednesday"),
        ("2027-02-25 00:00", "a", "tue,thu: Thursday"),
        ("2027-02-26 00:00", "rest", "tue,thu: not Friday"),
    )
    book.edges(
        on(book, "wed"),
        "rest",
        ("2027-02-24 00:00", "a", "a single weekday begins at its midnight"),
        ("2027-02-25 00:00", "rest", "a single weekday ends at the next"),
    )
    book.edges(
        on(book, "mon-wed,sat"),
        "a",
        ("2027-02-25 00:00", "rest", "mon-wed,sat: a range and a day, Wednesday ends"),
        ("2027-02-27 00:00", "a", "mon-wed,sat: a range and a day, Saturday begins"),
        ("2027-02-28 00:00", "rest", "mon-wed,sat: a range and a day, Saturday ends"),
        ("2027-03-01 00:00", "a", "mon-wed,sat: Monday, and that it is a holiday is nothing to a pattern without the word"),
    )
    book.case("daily is every weekday: Sunday", on(book, "daily"), "2027-02-28 12:00", "a")
    book.case("daily is every weekday: Monday, a holiday", on(book, "daily"), "2027-03-01 12:00", "a")


def holidays(book: Book) -> None:
    # 2027: Seollal is Sat 6 to Mon 8 February, Tue 9 its substitute; Mon 1 March; Wed 5 May.
    book.edges(
        on(book, "holiday"),
        "rest",
        ("2027-02-06 00:00", "a", "holiday alone: Seollal's first day, a Saturday"),
        ("2027-02-10 00:00", "rest", "holiday alone: the substitute day is the last"),
        ("2027-03-01 00:00", "a", "holiday alone: 1 March"),
        ("2027-03-02 00:00", "rest", "holiday alone: the day after it is none"),
    )
    book.case("holiday alone: an ordinary Sunday is no public holiday", on(book, "holiday"), "2027-02-21 12:00", "rest")
    book.edges(
        on(book, "-holiday"),
        "a",
        ("2027-02-06 00:00", "rest", "-holiday alone is every day but holidays: not Seollal"),
        ("2027-02-10 00:00", "a", "-holiday alone is every day but holidays: the day after"),
    )
    book.case("-holiday alone is every day but holidays: an ordinary Sunday", on(book, "-holiday"), "2027-02-21 12:00", "a")
    book.edges(
        on(book, "mon-fri,-holiday"),
        "a",
        ("2027-02-06 00:00", "rest", "mon-fri,-holiday: Saturday"),
        ("2027-02-10 00:00", "a", "mon-fri,-holiday: Monday and Tuesday are holidays, Wednesday is the first day of work"),
    )
    book.edges(
        on(book, "mon-fri,-holiday"),
        "a",
        ("2027-05-05 00:00", "rest", "mon-fri,-holiday: Children's Day, a Wednesday"),
        ("2027-05-06 00:00", "a", "mon-fri,-holiday: the Thursday after"),
    )
    book.edges(
        on(book, "sat,holiday"),
        "rest",
        ("2027-02-06 00:00", "a", "sat,holiday: a Saturday that is a holiday"),
        ("2027-02-10 00:00", "rest", "sat,holiday: holidays on other weekdays are added"),
        ("2027-02-13 00:00", "a", "sat,holiday: an ordinary Saturday"),
        ("2027-02-14 00:00", "rest", "sat,holiday: an ordinary Sunday is neither"),
    )
    book.edges(
        on(book, "sat,-holiday"),
        "rest",
        ("2027-02-13 00:00", "a", "sat,-holiday: an ordinary Saturday"),
        ("2027-02-14 00:00", "rest", "sat,-holiday: and no other day"),
    )
    book.case("sat,-holiday: not the Saturday of Seollal", on(book, "sat,-holiday"), "2027-02-06 12:00", "rest")
    book.edges(
        on(book, "daily,-holiday"),
        "a",
        ("2027-03-01 00:00", "rest", "daily,-holiday: 1 March"),
        ("2027-03-02 00:00", "a", "daily,-holiday: every other day"),
    )
    book.edges(
        on(book, "mon-fri,holiday"),
        "a",
        ("2027-02-13 00:00", "rest", "mon-fri,holiday: an ordinary Saturday is out"),
    )
    book.case("mon-fri,holiday: Seollal's Sunday is in", on(book, "mon-fri,holiday"), "2027-02-07 12:00", "a")
    book.edges(
        on(book, "sun,-holiday"),
        "rest",
        ("2027-02-14 00:00", "a", "sun,-holiday: an ordinary Sunday"),
        ("2027-02-15 00:00", "rest", "sun,-holiday: ends with it"),
    )
    book.case("sun,-holiday: Seollal's Sunday is taken away", on(book, "sun,-holiday"), "2027-02-07 12:00", "rest")


def missing_years(book: Book) -> None:
    # The calendar covers 2024 to 2028. 25 December 2023 was a Monday, 1 January 2029 is one too.
    book.edges(
        on(book, "mon-fri,-holiday"),
        "rest",
        ("2023-12-25 00:00", "a", "a year that the calendar lacks has no holiday: Christmas 2023"),
    )
    book.case("the last day of a year that the calendar lacks, a Sunday", on(book, "mon-fri,-holiday"), "2023-12-31 23:59:59.999", "rest")
    book.edges(
        on(book, "holiday"),
        "rest",
        ("2024-01-01 00:00", "a", "the calendar's first year: New Year's Day 2024"),
        ("2024-01-02 00:00", "rest", "the calendar's first year: the day after"),
    )
    book.edges(
        on(book, "holiday"),
        "rest",
        ("2028-12-25 00:00", "a", "the calendar's last year: Christmas 2028"),
        ("2028-12-26 00:00", "rest", "the calendar's last year: the day after"),
    )
    book.case("a year that the calendar lacks: New Year's Day 2029 is no holiday", on(book, "holiday"), "2029-01-01 12:00", "rest")
    book.case("a year that the calendar lacks: New Year's Day 2029 is a Monday like any", on(book, "mon-fri,-holiday"), "2029-01-01 12:00", "a")
    book.case("a year that the calendar lacks: -holiday alone is then every day", on(book, "-holiday"), "2023-12-25 12:00", "a")


def with_windows(book: Book) -> None:
    key = book.campaign("weekdays in a window", "Asia/Seoul", CALENDAR, "[window]\nfrom = 2027-02-27\nuntil = 2027-03-02", item("a", 'days = "mon-fri"'))
    book.edges(
        book.bus(key),
        FALLBACK,
        ("2027-03-01 00:00", "a", "the window opens on a Saturday, the days on Monday"),
        ("2027-03-03 00:00", FALLBACK, "the window ends on a Tuesday, in the middle of mon-fri"),
    )
    key = book.campaign("New York knows no Seollal", "America/New_York", CALENDAR, item("a", 'days = "holiday"'), REST)
    book.edges(
        book.bus(key, zone="America/New_York"),
        "rest",
        ("2027-03-01 00:00", "a", "a holiday is a civil day of the campaign's zone, wherever its calendar is from"),
        ("2027-03-02 00:00", "rest", "a holiday ends with the civil day of the campaign's zone"),
    )
    key = book.campaign("a holiday's night", "Asia/Seoul", CALENDAR, item("a", 'days = "holiday"', 'hours = "22:00-02:00"'), REST)
    book.edges(
        book.bus(key),
        "rest",
        ("2027-03-01 22:00", "a", "a span belongs to the holiday it starts on"),
        ("2027-03-02 02:00", "rest", "and reaches into the day after"),
    )
    book.case("the night into a holiday belongs to the day before and is not chosen", book.bus(key), "2027-03-01 00:30", "rest")
    key = book.campaign("not a holiday's night", "Asia/Seoul", CALENDAR, item("a", 'days = "-holiday"', 'hours = "22:00-02:00"'), REST)
    book.edges(
        book.bus(key),
        "rest",
        ("2027-02-28 22:00", "a", "the night into a holiday belongs to the day before"),
        ("2027-03-01 02:00", "rest", "and ends within the holiday"),
    )
    book.case("the holiday's own night is taken away", book.bus(key), "2027-03-01 22:00", "rest")
    book.case("even where it lies on the day after", book.bus(key), "2027-03-02 01:59:59.999", "rest")
