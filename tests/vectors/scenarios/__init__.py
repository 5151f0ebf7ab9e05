"""One module a theme; each has book(), which tells its scenarios."""

from . import apia, audience, days, doubt, elsewhere, fallback, hours, lengths, loops, order, phase, roles
from . import since, slivers, windows, zones

THEMES = [
    windows,
    days,
    hours,
    zones,
    apia,
    elsewhere,
    roles,
    audience,
    lengths,
    order,
    loops,
    phase,
    slivers,
    since,
    fallback,
    doubt,
]
