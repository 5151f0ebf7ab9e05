"""Which civil days are chosen: windows, yearly windows, patterns of weekdays, holidays."""

import calendar
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
CALENDARS = Path(__file__).resolve().parents[3] / "playlist" / "holidays"


@lru_cache(maxsize=None)
def holidays(calendar_id: str) -> frozenset[date]:
    """All days of a calendar; a year that it lacks has none."""
    data = tomllib.loads((CALENDARS / f"{calendar_id}.toml").read_text(encoding="utf-8"))
    return frozenset(day["on"] for year in data["year"] for day in year["days"])


def in_window(window: dict, day: date) -> bool:
    """The keys from, until and yearly of one level, all of them, both ends included."""
    if "from" in window and day < window["from"]:
        return False
    if "until" in window and day > window["until"]:
        return False
    return "yearly" not in window or in_yearly(window["yearly"], day)


def in_yearly(yearly: str, day: date) -> bool:
    """"12-20/01-10" wraps the year's end, because 12-20 as written comes after 01-10 as written."""
    first, last = [tuple(int(n) for n in end.split("-")) for end in yearly.split("/")]
    has_begun = day >= starts_on(first, day.year)
    has_not_ended = day <= ends_on(last, day.year)
    if first > last:
        return has_begun or has_not_ended
    return has_begun and has_not_ended


def starts_on(month_day: tuple[int, int], year: int) -> date:
    """29 February as a start is 1 March in common years."""
    if month_day == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return date(year, *month_day)


def ends_on(month_day: tuple[int, int], year: int) -> date:
    """29 February as an end is 28 February in common years."""
    if month_day == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return date(year, *month_day)


def in_pattern(pattern: str, day: date, calendar_id: str | None) -> bool:
    """"mon-fri,-holiday": the weekdays and "holiday" add days, "-holiday" takes them away."""
    words = [word.strip() for word in pattern.split(",")]
    is_holiday = calendar_id is not None and day in holidays(calendar_id)
    if "-holiday" in words:
        if is_holiday:
            return False
        words.remove("-holiday")
        if not words:
            return True
    return any(is_holiday if word == "holiday" else in_weekdays(word, day) for word in words)


def in_weekdays(word: str, day: date) -> bool:
    """"daily", "sat", "mon-fri", or across the end of the week, "fri-mon"."""
    if word == "daily":
        return True
    ends = [WEEKDAYS.index(name) for name in word.split("-")]
    first, last = ends[0], ends[-1]
    return (day.weekday() - first) % 7 <= (last - first) % 7
