"""What shows at an instant: the question that every vector asks."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .audience import admits
from .doubt import doubt_edges, is_certain
from .campaign import Campaign, Item
from .lengths import turn_length
from .rotation import turns
from .spans import edges, inside_window, may_show_near
from .zones import DAY, Zone

ROLES = ["urgent", "takeover", "normal", "filler"]
FOR_EVER = 3653  # days without a change


@dataclass(frozen=True)
class Display:
    id: str
    timezone: str
    languages: tuple[str, ...] = ("ko", "en")
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    route: str | None = None
    inside: tuple[tuple[str, str], ...] = ()  # (campaign, place)
    doubt: int | None = None  # ms that the clock is ahead of what is certain; None: it is trusted


@dataclass(frozen=True)
class Turn:
    """item None: the fallback card; from None: ever since; until None: for ever."""

    item: Item | None
    from_: int | None
    until: int | None


def showing_at(
    campaigns: list[Campaign], display: Display, context: Context, since: int | None, t: int
) -> Turn:
    """`since` is the instant of the context's last change, not after t."""
    items = tuple(item for c in sorted(campaigns, key=lambda c: (c.agency, c.id)) for item in c.items)
    show = Show(tuple(item for item in items if admits(item, display, context)), display, context.doubt)
    day = show.zone.day_of(t)
    segment = next(s for s in show.segments(day) if s[1] <= t < s[2])
    if not segment[0]:
        return show.fallback(day, segment, since)
    members, begin, end = segment
    begin = begin if since is None else max(begin, since)
    return show.turn(members, day, begin, end, t)


@dataclass(frozen=True)
class Show:
    """The items that this display and context admit, in order."""

    items: tuple[Item, ...]
    display: Display
    doubt: int | None = None

    @property
    def zone(self) -> Zone:
        return Zone.named(self.display.timezone)

    def eligible(self, t: int) -> tuple[Item, ...]:
        """Of the items inside their window, as far as the clock can say, those of the highest tier."""
        inside = [item for item in self.items if inside_window(item, t) and is_certain(item, t, self.doubt)]
        for role in ROLES:
            tier = tuple(item for item in inside if item.role == role)
            if tier:
                return tier
        return ()

    @lru_cache(maxsize=None)
    def segments(self, day: date) -> list[tuple[tuple[Item, ...], int, int]]:
        """Maximal stretches of a civil day with the same eligible items: (items, from, until)."""
        begin, end = self.zone.start(day), self.zone.start(day + DAY)
        cuts = {begin}
        for item in self.items:
            cuts |= edges(item, begin, end) | doubt_edges(item, begin, end, self.doubt)
        result: list[tuple[tuple[Item, ...], int, int]] = []
        for a, b in zip(sorted(cuts), sorted(cuts)[1:] + [end]):
            items = self.eligible(a)
            if result and result[-1][0] == items:
                result[-1] = (items, result[-1][1], b)
            elif a < b:
                result.append((items, a, b))
        return result

    def turn(self, items: tuple[Item, ...], day: date, begin: int, end: int, t: int) -> Turn:
        found = [(who, a, b) for who, a, b in self.turns(items, day, begin, end) if a <= t < b]
        ((who, a, b),) = found  # turns cover their segment and do not overlap
        return Turn(items[who], a, b)

    @lru_cache(maxsize=100)
    def turns(self, items: tuple[Item, ...], day: date, begin: int, end: int):
        members = [(item.weight, turn_length(item, self.display.languages)) for item in items]
        return turns(members, day, self.zone.start(day), (begin, end))

    def fallback(self, day: date, segment, since: int | None) -> Turn:
        """One slot for the whole stretch, joined across midnights."""
        begin = self._fallback_begin(day, segment[1])
        if since is not None:
            begin = since if begin is None else max(begin, since)
        return Turn(None, begin, self._fallback_end(day, segment[2]))

    @lru_cache(maxsize=None)
    def _fallback_begin(self, day: date, begin: int) -> int | None:
        for _ in range(FOR_EVER):
            if begin > self.zone.start(day):
                return begin
            day -= DAY
            for items, a, b in reversed(self._segments_or_skip(day)):
                if items:
                    return b
                begin = a
        return None

    @lru_cache(maxsize=None)
    def _fallback_end(self, day: date, end: int) -> int | None:
        for _ in range(FOR_EVER):
            if end < self.zone.start(day + DAY):
                return end
            day += DAY
            for items, a, b in self._segments_or_skip(day):
                if items:
                    return a
                end = b
        return None

    def _segments_or_skip(self, day: date):
        begin, end = self.zone.start(day), self.zone.start(day + DAY)
        if any(may_show_near(item, begin, end) for item in self.items):
            return self.segments(day)
        return [((), begin, end)]
