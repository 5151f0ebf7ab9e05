"""The campaign language a second time: slow, plain, and written from the language's page alone.

Integers and fractions only; an instant is a number of milliseconds since 1970-01-01T00:00Z. Start
reading at answer.py. It promises the right answer, never a fast one.
"""

from .answer import Context, Display, Turn, showing_at
from .campaign import Campaign
from .zones import Zone

__all__ = ["Campaign", "Context", "Display", "Turn", "Zone", "showing_at"]
