"""Clocks that are put forward and back, in each zone's own way."""

from book import FALLBACK, Book, item

# zone, the same hours every day, then what becomes of one day's span: its two ends in UTC, by hand.
GAPS = [
    # 2026-03-08 02:00 EST (-5) is 03:00 EDT (-4): 07:00Z.
    ("America/New_York", "01:30-02:30", "2026-03-08T06:30Z", "2026-03-08T07:00Z", "02:30 is in the gap and means its end, so the span lasts half an hour"),
    ("America/New_York", "02:30-04:00", "2026-03-08T07:00Z", "2026-03-08T08:00Z", "02:30 is in the gap and means 03:00, so the span lasts one hour"),
    ("America/New_York", "01:00-04:00", "2026-03-08T06:00Z", "2026-03-08T08:00Z", "a span across the gap lasts an hour less"),
    ("America/New_York", "22:00-02:30", "2026-03-08T03:00Z", "2026-03-08T07:00Z", "a span from the evening before ends with the gap, not at 02:30"),
    ("America/New_York", "00:00-02:00", "2026-03-08T05:00Z", "2026-03-08T07:00Z", "02:00 is the first civil time that does not exist: the same instant as 03:00"),
    ("America/New_York", "03:00-04:00", "2026-03-08T07:00Z", "2026-03-08T08:00Z", "03:00 exists, once, as the first instant after the gap"),
    # 2026-03-29 01:00 GMT is 02:00 BST: 01:00Z.
    ("Europe/London", "00:30-01:30", "2026-03-29T00:30Z", "2026-03-29T01:00Z", "01:30 is in the gap and means its end"),
    ("Europe/London", "01:30-03:00", "2026-03-29T01:00Z", "2026-03-29T02:00Z", "01:30 is in the gap and means 02:00"),
    ("Europe/London", "23:00-05:00", "2026-03-28T23:00Z", "2026-03-29T04:00Z", "a night across the gap lasts an hour less"),
    # 2026-10-04 02:00 (+10:30) is 02:30 (+11): 15:30Z on the 3rd.
    ("Australia/Lord_Howe", "01:45-02:15", "2026-10-03T15:15Z", "2026-10-03T15:30Z", "02:15 is in a gap of half an hour and means its end"),
    ("Australia/Lord_Howe", "02:15-03:00", "2026-10-03T15:30Z", "2026-10-03T16:00Z", "02:15 is in a gap of half an hour and means 02:30"),
    ("Australia/Lord_Howe", "01:30-03:00", "2026-10-03T15:00Z", "2026-10-03T16:00Z", "a span across the gap lasts half an hour less"),
    # 1988-05-08 02:00 KST (+9) was 03:00 KDT (+10): 17:00Z on the 7th.
    ("Asia/Seoul", "01:30-02:30", "1988-05-07T16:30Z", "1988-05-07T17:00Z", "Seoul had summer time in 1988: 02:30 was in the gap and means its end"),
    ("Asia/Seoul", "02:30-03:30", "1988-05-07T17:00Z", "1988-05-07T17:30Z", "Seoul had summer time in 1988: 02:30 was in the gap and means 03:00"),
    # 1986-01-01 00:00 (+5:30) was 00:15 (+5:45): 18:30Z on 1985-12-31.
    ("Asia/Kathmandu", "00:05-00:30", "1985-12-31T18:30Z", "1985-12-31T18:45Z", "Nepal left out the first quarter of 1986: 00:05 means 00:15"),
    ("Asia/Kathmandu", "22:00-00:10", "1985-12-31T16:30Z", "1985-12-31T18:30Z", "Nepal left out the first quarter of 1986: 00:10 means 00:15, the end of the gap"),
    ("Asia/Kathmandu", "00:00-01:00", "1985-12-31T18:30Z", "1985-12-31T19:15Z", "a day whose midnight does not exist starts at the end of the gap"),
    # 2011-09-24 03:00 (-11) was 04:00 (-10): 14:00Z.
    ("Pacific/Apia", "02:30-03:30", "2011-09-24T13:30Z", "2011-09-24T14:00Z", "03:30 is in the gap and means its end"),
    ("Pacific/Apia", "03:30-05:00", "2011-09-24T14:00Z", "2011-09-24T15:00Z", "03:30 is in the gap and means 04:00"),
]

OVERLAPS = [
    # 2026-11-01 02:00 EDT (-4) is 01:00 EST (-5): 06:00Z.
    ("America/New_York", "01:15-01:45", "2026-11-01T05:15Z", "2026-11-01T05:45Z", "both ends are ambiguous and mean the first of the two"),
    ("America/New_York", "00:30-01:30", "2026-11-01T04:30Z", "2026-11-01T05:30Z", "01:30 comes twice and the first one ends the span"),
    ("America/New_York", "01:30-02:30", "2026-11-01T05:30Z", "2026-11-01T07:30Z", "01:30 comes twice and the first one starts the span, which lasts two hours"),
    ("America/New_York", "01:00-02:00", "2026-11-01T05:00Z", "2026-11-01T07:00Z", "02:00 comes once, after both hours of one"),
    ("America/New_York", "22:00-01:00", "2026-11-01T02:00Z", "2026-11-01T05:00Z", "01:00 comes twice, the second time as clocks go back: the first one ends the night"),
    ("America/New_York", "21:00-06:00", "2026-11-01T01:00Z", "2026-11-01T11:00Z", "a night across the overlap lasts an hour more"),
    # 2026-10-25 02:00 BST is 01:00 GMT: 01:00Z.
    ("Europe/London", "01:15-01:45", "2026-10-25T00:15Z", "2026-10-25T00:45Z", "both ends are ambiguous and mean the first of the two"),
    ("Europe/London", "01:30-02:30", "2026-10-25T00:30Z", "2026-10-25T02:30Z", "the first 01:30 starts a span that lasts two hours"),
    ("Europe/London", "00:30-01:00", "2026-10-24T23:30Z", "2026-10-25T00:00Z", "the first 01:00 ends the span, an hour before clocks go back to it"),
    # 2026-04-05 02:00 (+11) is 01:30 (+10:30): 15:00Z on the 4th.
    ("Australia/Lord_Howe", "01:00-01:45", "2026-04-04T14:00Z", "2026-04-04T14:45Z", "01:45 comes twice, half an hour apart, and the first one ends the span"),
    ("Australia/Lord_Howe", "01:45-02:15", "2026-04-04T14:45Z", "2026-04-04T15:45Z", "the first 01:45 starts a span that lasts an hour"),
    ("Australia/Lord_Howe", "01:30-02:00", "2026-04-04T14:30Z", "2026-04-04T15:30Z", "02:00 comes once, after both half hours"),
    # 1988-10-09 03:00 KDT (+10) was 02:00 KST (+9): 17:00Z on the 8th.
    ("Asia/Seoul", "02:15-02:45", "1988-10-08T16:15Z", "1988-10-08T16:45Z", "in 1988 both ends came twice in Seoul and mean the first of the two"),
    ("Asia/Seoul", "02:30-03:30", "1988-10-08T16:30Z", "1988-10-08T18:30Z", "in 1988 the first 02:30 starts a span that lasts two hours"),
    # 2012-04-01 04:00 (+14) was 03:00 (+13): 14:00Z on 2012-03-31.
    ("Pacific/Apia", "03:15-03:45", "2012-03-31T13:15Z", "2012-03-31T13:45Z", "both ends are ambiguous and mean the first of the two"),
    ("Pacific/Apia", "03:30-04:30", "2012-03-31T13:30Z", "2012-03-31T15:30Z", "the first 03:30 starts a span that lasts two hours"),
]

# zone, hours that lie within the gap, the gap's end.
VANISHING = [
    ("America/New_York", "02:15-02:45", "2026-03-08T07:00Z"),
    ("America/New_York", "02:00-03:00", "2026-03-08T07:00Z"),
    ("Europe/London", "01:00-02:00", "2026-03-29T01:00Z"),
    ("Australia/Lord_Howe", "02:00-02:30", "2026-10-03T15:30Z"),
    ("Asia/Seoul", "02:10-02:50", "1988-05-07T17:00Z"),
    ("Asia/Kathmandu", "00:00-00:15", "1985-12-31T18:30Z"),
    ("Pacific/Apia", "03:00-04:00", "2011-09-24T14:00Z"),
]


def book() -> Book:
    book = Book("zones", "Civil times that do not exist mean the first valid instant after the gap, ambiguous ones the first of the two; spans that become empty vanish.")
    for zone, hours, from_, until, why in GAPS + OVERLAPS:
        bus = daily(book, zone, hours)
        book.edges(bus, FALLBACK, (from_, "a", f"{zone} {hours} starts: {why}"), (until, FALLBACK, f"{zone} {hours} ends: {why}"))
    for zone, hours, end in VANISHING:
        book.no_edge(daily(book, zone, hours), end, FALLBACK, f"{zone} {hours}: both ends mean the end of the gap, so the span is empty and vanishes")
    second_times(book)
    odd_midnights(book)
    return book


def daily(book: Book, zone: str, hours: str):
    key = book.campaign(f"{zone} {hours}", zone, item("a", f'hours = "{hours}"'))
    return book.bus(key, zone=zone)


def second_times(book: Book) -> None:
    """Once a span has ended at the first of two times, the second brings nothing back."""
    for zone, hours, at in [
        ("America/New_York", "01:15-01:45", "2026-11-01T06:15Z"),
        ("America/New_York", "01:15-01:45", "2026-11-01T06:45Z"),
        ("Europe/London", "01:15-01:45", "2026-10-25T01:15Z"),
        ("Asia/Seoul", "02:15-02:45", "1988-10-08T17:15Z"),
        ("Pacific/Apia", "03:15-03:45", "2012-03-31T14:15Z"),
    ]:
        book.no_edge(daily(book, zone, hours), at, FALLBACK, f"{zone} {hours}, {at}: the clock shows this hour again, and it means nothing the second time")


def odd_midnights(book: Book) -> None:
    """Days that start late, or that start and are then left again by the clock."""
    for zone, day, start, end, why in [
        ("Asia/Beirut", "2022-03-27", "2022-03-26T22:00Z", "2022-03-27T21:00Z", "00:00 does not exist and the day starts at 01:00"),
        ("Asia/Beirut", "2022-10-29", "2022-10-28T21:00Z", "2022-10-29T22:00Z", "at 24:00 clocks go back to 23:00, so the day lasts 25 hours"),
        ("America/St_Johns", "2010-11-07", "2010-11-07T02:30Z", "2010-11-08T03:30Z", "00:00 comes twice, a minute after it clocks go back to the day before, and the day has begun all the same"),
        ("America/St_Johns", "2010-03-14", "2010-03-14T03:30Z", "2010-03-15T02:30Z", "clocks go forward at 00:01, so the day has its 00:00 and lasts 23 hours"),
        ("Asia/Kathmandu", "1986-01-01", "1985-12-31T18:30Z", "1986-01-01T18:15Z", "the day starts at 00:15"),
        ("America/New_York", "2026-03-08", "2026-03-08T05:00Z", "2026-03-09T04:00Z", "a day of 23 hours"),
        ("America/New_York", "2026-11-01", "2026-11-01T04:00Z", "2026-11-02T05:00Z", "a day of 25 hours"),
        ("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30Z", "2026-10-04T13:00Z", "a day of 23 hours and a half"),
        ("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00Z", "2026-04-05T13:30Z", "a day of 24 hours and a half"),
    ]:
        rest = item("rest", 'role = "filler"')
        campaign = book.campaign(f"{zone} {day}", zone, item("a", f"from = {day}", f"until = {day}"), rest)
        book.edges(book.bus(campaign, zone=zone), "rest", (start, "a", f"{zone}, {day} starts: {why}"), (end, "rest", f"{zone}, {day} ends: {why}"))
    st_johns = book.bus("America/St_Johns 2010-11-07", zone="America/St_Johns")
    book.case("St. John's: the clock shows 23:01 of the 6th again, and the civil day is the 7th, the greatest that has started", st_johns, "2010-11-07T02:31Z", "a")
    book.case("St. John's: 1 ms before midnight for the second time, still the 7th", st_johns, "2010-11-07T03:29:59.999Z", "a")
    book.case("St. John's: midnight for the second time starts nothing new", st_johns, "2010-11-07T03:30Z", "a")
