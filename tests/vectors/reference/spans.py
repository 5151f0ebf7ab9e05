"""When an item is inside its window: spans of instants that start on chosen days."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from .campaign import Item
from .days import in_pattern, in_window
from .zones import DAY, Zone

Span = tuple[int, int]  # half-open
WHOLE_DAY = "00:00-24:00"
NO_TIME = (0, 0)


@lru_cache(maxsize=None)
def chosen(item: Item, day: date) -> bool:
    """The campaign's window, the item's and its `days`; a day without instants chooses nothing."""
    campaign = item.campaign
    return (
        campaign.zone.has_instants(day)
        and in_window(campaign.window, day)
        and in_window({} if item.role == "urgent" else item.keys, day)
        and in_pattern(item.keys.get("days", "daily"), day, campaign.holidays)
    )


def span_on(zone: Zone, day: date, hours: str) -> Span:
    """The hours that start on a day. An end that is not after the start lies on the next day."""
    start, end = [minutes(text) for text in hours.split("-")]
    if end <= start:
        end += 24 * 60
    midnight = datetime.combine(day, time())
    return tuple(zone.instant(midnight + timedelta(minutes=m)) for m in (start, end))


def minutes(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


@lru_cache(maxsize=None)
def hours_on(item: Item, day: date) -> Span:
    """The item's `hours` that start on that day, or no time."""
    if not chosen(item, day):
        return NO_TIME
    return span_on(item.campaign.zone, day, item.keys.get("hours", WHOLE_DAY))


@lru_cache(maxsize=None)
def dayparts_on(item: Item, day: date) -> list[Span]:
    """The entries of the item's dayparts that start on that day, each on its own `days`."""
    campaign = item.campaign
    return [
        span_on(campaign.zone, day, entry.get("hours", WHOLE_DAY))
        for entry in item.dayparts
        if chosen(item, day) and in_pattern(entry.get("days", "daily"), day, campaign.holidays)
    ]


@lru_cache(maxsize=None)
def urgent_span(item: Item) -> Span:
    """Date-times, with an offset or civil in the campaign's zone."""
    return tuple(instant_of(item.campaign.zone, item.keys[end]) for end in ("from", "until"))


def instant_of(zone: Zone, written: datetime) -> int:
    if written.tzinfo is None:
        return zone.instant(written)
    return (written - datetime(1970, 1, 1, tzinfo=written.tzinfo)) // timedelta(milliseconds=1) - (
        written.utcoffset() // timedelta(milliseconds=1)
    )


def days_near(zone: Zone, t: int) -> list[date]:
    """Start days whose spans can hold t: no span is longer than a civil day."""
    today = zone.day_of(t)
    return [today + n * DAY for n in range(-3, 2)]


def holds(span: Span, t: int) -> bool:
    return span[0] <= t < span[1]


def inside_window(item: Item, t: int) -> bool:
    """Dayparts are OR-ed; then they and `hours` are intersected as instants."""
    if item.role == "urgent":
        return holds(urgent_span(item), t)
    days = days_near(item.campaign.zone, t)
    if "dayparts" not in item.keys:
        return any(holds(hours_on(item, day), t) for day in days)
    in_part = any(holds(span, t) for day in days for span in dayparts_on(item, day))
    return in_part and ("hours" not in item.keys or any(holds(hours_on(item, day), t) for day in days))


def edges(item: Item, from_: int, until: int) -> set[int]:
    """Instants in [from, until) at which inside_window() may change: every end of every span."""
    if item.role == "urgent":
        spans = [urgent_span(item)]
    else:
        zone = item.campaign.zone
        days = set(days_near(zone, from_) + days_near(zone, until))
        spans = [hours_on(item, day) for day in days]
        spans += [span for day in days for span in dayparts_on(item, day)]
    return {t for span in spans for t in span if from_ <= t < until}


def may_show_near(item: Item, from_: int, until: int) -> bool:
    """False where inside_window() is surely false throughout, so that years can be skipped."""
    if item.role == "urgent":
        return urgent_span(item)[0] < until and from_ < urgent_span(item)[1]
    zone = item.campaign.zone
    return any(chosen(item, day) for t in (from_, until) for day in days_near(zone, t))
