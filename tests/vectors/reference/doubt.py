"""A clock that nothing confirms: all that is certain is that some earlier instant, the floor, is past.

The clock goes as fast as time does, so it stays as far ahead of the floor as it is: by `doubt`.
"""

from datetime import date

from .campaign import Item
from .spans import chosen, edges
from .zones import DAY

REACH = 72 * 3_600_000  # how far the floor may lag behind the truth
HOURS_KEYS = {"days", "hours", "dayparts"}
WINDOW_KEYS = {"from", "until", "yearly"}


def is_certain(item: Item, t: int, doubt: int | None) -> bool:
    """May it show at t: with a window, only inside it from the floor to REACH later, both included."""
    if doubt is None:
        return True
    if item.role == "urgent" or HOURS_KEYS & item.keys.keys():
        return False
    if not WINDOW_KEYS & (item.keys.keys() | item.campaign.window.keys()):
        return True
    return all(chosen(item, day) for day in days_between(item, t - doubt, t - doubt + REACH))


def days_between(item: Item, first: int, last: int) -> list[date]:
    """The civil days of both instants and those between, but for days that the zone left out."""
    zone = item.campaign.zone
    day, days = zone.day_of(first), []
    while day <= zone.day_of(last):
        if zone.has_instants(day):
            days.append(day)
        day += DAY
    return days


def doubt_edges(item: Item, from_: int, until: int, doubt: int | None) -> set[int]:
    """Instants in [from, until) at which the floor, or the end of its reach, passes a window's edge."""
    if doubt is None or item.role == "urgent":
        return set()
    return {
        edge + ahead
        for ahead in (doubt, doubt - REACH)
        for edge in edges(item, from_ - ahead, until - ahead)
    }
