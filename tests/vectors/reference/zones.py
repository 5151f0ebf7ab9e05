"""Civil time of a zone: which instant a clock reading means, and which day an instant belongs to."""

from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

MILLISECOND = timedelta(milliseconds=1)
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1)


def millis(civil: datetime) -> int:
    """Milliseconds from 1970-01-01 00:00, both read on the same clock."""
    return (civil - EPOCH) // MILLISECOND


class Zone:
    """A time zone of the system's tzdata. Zones of the same name are the same object."""

    @staticmethod
    @lru_cache(maxsize=None)
    def named(name: str) -> "Zone":
        return Zone(name)

    def __init__(self, name: str):
        self.name = name
        self.info = ZoneInfo(name)

    @lru_cache(maxsize=None)
    def civil(self, t: int) -> datetime:
        """What a clock in this zone shows at an instant."""
        utc = (EPOCH + t * MILLISECOND).replace(tzinfo=timezone.utc)
        return utc.astimezone(self.info).replace(tzinfo=None, fold=0)

    @lru_cache(maxsize=None)
    def instant(self, civil: datetime) -> int:
        """The first instant at which a clock shows `civil`; in a gap, the first after the gap."""
        guesses = sorted(millis(civil) - self._offset(civil, fold) for fold in (0, 1))
        for t in guesses:
            if self.civil(t) == civil:
                return t
        return self._end_of_gap(civil, guesses[0], guesses[1])

    def _offset(self, civil: datetime, fold: int) -> int:
        return civil.replace(tzinfo=self.info, fold=fold).utcoffset() // MILLISECOND

    def _end_of_gap(self, civil: datetime, before: int, after: int) -> int:
        # Clocks show less than `civil` at `before` and more at `after`: halve until they meet.
        while after - before > 1:
            middle = (before + after) // 2
            if self.civil(middle) < civil:
                before = middle
            else:
                after = middle
        return after

    def start(self, day: date) -> int:
        """The first instant of a civil day: the rule above, applied to its 00:00."""
        return self.instant(datetime.combine(day, time()))

    @lru_cache(maxsize=None)
    def day_of(self, t: int) -> date:
        """The greatest day that has started by then."""
        day = self.civil(t).date() + DAY
        while self.start(day) > t:
            day -= DAY
        return day

    def has_instants(self, day: date) -> bool:
        """False for a day that was left out: Samoa had no 30 December 2011."""
        return self.start(day) < self.start(day + DAY)
