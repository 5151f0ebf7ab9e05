"""Who has the turn: the loop, its phase, and what becomes of turns that a segment cuts short.

A "member" is (weight, length in ms); members are named by their place in the order. A turn is
(member, from, until).
"""

from datetime import date
from functools import lru_cache
from math import gcd, lcm

LOOP_SLOTS_MAX = 100_000
SLIVER = 3000
GOLDEN = 11400714819323198485  # 2^64 divided by the golden ratio

Member = tuple[int, int]
Turn = tuple[int, int, int]


def loop_weights(weights: list[int]) -> list[int]:
    """Halved as written, rounded up, until the loop is short enough; then freed of the divisor."""
    while sum(weights) // gcd(*weights) > LOOP_SLOTS_MAX:
        weights = [(weight + 1) // 2 for weight in weights]
    return [weight // gcd(*weights) for weight in weights]


@lru_cache(maxsize=None)
def assignment(weights: tuple[int, ...]) -> list[int]:
    """Tijdeman's chairman assignment: which member has each slot of the loop."""
    n, total, multiple = len(weights), sum(weights), lcm(*weights)
    if n == 1:
        return [0]
    given = [0] * n
    # The deadline (x + 1 - 1/(2n-2)) * W/w, with what all deadlines share left out: a whole number.
    deadlines = [(2 * n - 3) * multiple // weight for weight in weights]
    slots = []
    for t in range(1, total + 1):
        # w*t/W - x >= 1/(2n-2), both sides times W * (2n-2)
        due = [i for i in range(n) if (weights[i] * t - given[i] * total) * (2 * n - 2) >= total]
        first = min(due, key=deadlines.__getitem__)  # of equals the first in order
        given[first] += 1
        deadlines[first] += (2 * n - 2) * multiple // weights[first]
        slots.append(first)
    return slots


def phase_offset(day: date, length: int) -> int:
    """How far into the loop a day begins."""
    days = (day - date(1970, 1, 1)).days
    return length * (days * GOLDEN % 2**64) // 2**64


def turns(members: list[Member], day: date, day_start: int, segment: tuple[int, int]) -> list[Turn]:
    """The turns of a segment, in order, from its first instant to its last."""
    begin, end = segment
    result = uncut_turns(members, day, day_start, segment)
    if end - begin < threshold(members, result[0]):
        return [(result[0][0], begin, end)]
    is_cut_at_start, is_cut_at_end = result[0][1] < begin, result[-1][2] > end
    result[0] = (result[0][0], begin, result[0][2])
    result[-1] = (result[-1][0], result[-1][1], end)
    if is_cut_at_start and is_sliver(members, result[0]):
        result[:2] = [(result[1][0], begin, result[1][2])]
    if is_cut_at_end and len(result) > 1 and is_sliver(members, result[-1]):
        result[-2:] = [(result[-2][0], result[-2][1], end)]
    return result


def threshold(members: list[Member], turn: Turn) -> int:
    return min(SLIVER, members[turn[0]][1])


def is_sliver(members: list[Member], turn: Turn) -> bool:
    return turn[2] - turn[1] < threshold(members, turn)


def uncut_turns(members: list[Member], day: date, day_start: int, segment: tuple[int, int]) -> list[Turn]:
    """All turns that touch the segment, as long as they are."""
    slots = assignment(tuple(loop_weights([weight for weight, _ in members])))
    length = sum(members[who][1] for who in slots)
    phase = (segment[0] - day_start + phase_offset(day, length)) % length
    at, k, result = segment[0] - phase, 0, []
    while at < segment[1]:
        who = slots[k % len(slots)]
        if at + members[who][1] > segment[0]:
            result.append((who, at, at + members[who][1]))
        at += members[who][1]
        k += 1
    return result
