"""What an oracle and Noseon differ in, and which of it README.md expects."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from noseon import Line
from texts import Case

README = Path(__file__).resolve().parent / "README.md"
TOLERANCE = 0.05  # pixels
SHOWN = 10  # differences
KINDS = ("they break", "we break", "other shape")


@dataclass(frozen=True)
class Expected:
    """A row of README.md's table: at a place between `before` and `after`, the oracle differs."""

    oracle: str
    mode: str
    kind: str
    before: str
    after: str

    def covers(self, case: Case, kind: str, place: int) -> bool:
        text = case.text.text
        return (
            self.kind == kind
            and self.mode in (case.mode, "both")
            and re.search(f"(?:{self.before})\\Z", text[:place]) is not None
            and re.match(self.after, text[place:]) is not None
        )

    def __str__(self) -> str:
        return f"{self.mode}, {self.kind} between `{self.before}` and `{self.after}`"


def read_exceptions(oracle: str) -> list[Expected]:
    found = []
    for line in README.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 6 and cells[0] == oracle:
            if cells[1] not in ("syllable", "eojeol", "both") or cells[2] not in KINDS:
                raise ValueError(f"README.md: {line}")
            found.append(Expected(*cells[:3], cells[3].strip("`"), cells[4].strip("`")))
    return found


def visible_end_of(case: Case, start: int, end: int) -> int:
    """Without trailing space."""
    return start + len(case.text.text[start:end].rstrip())


class Verdict:
    """Collects what one oracle said of all cases."""

    def __init__(self, oracle: str):
        self.counts: Counter[str] = Counter()
        self._exceptions = read_exceptions(oracle)
        self._met: Counter[Expected] = Counter()
        self._failures: list[str] = []

    def fail(self, what: str) -> None:
        self._failures.append(what)

    def hold(self, case: Case, ours: list[Line], theirs: list[Line]) -> None:
        """Compares the lines that start at the same place in both."""
        by_start = {line.start: line for line in theirs}
        for our in ours:
            their = by_start.get(our.start)
            if their is None:
                self.counts["lines after a difference"] += 1
                continue
            self.counts["lines"] += 1
            self._hold_line(case, our, their)

    def _hold_line(self, case: Case, our: Line, their: Line) -> None:
        met_other_shape = self._hold_boxes(case, our, their)
        if our.end != their.end:
            self._hold_ends(case, our, their, met_other_shape)

    def _hold_ends(self, case: Case, our: Line, their: Line, met_other_shape: bool) -> None:
        kind, longer = ("we break", our) if our.end > their.end else ("they break", their)
        visible_end = visible_end_of(case, longer.start, longer.end)
        edge = max(box.right for start, box in longer.boxes.items() if start < visible_end)
        if abs(edge - case.width) <= TOLERANCE:
            self.counts["lines as wide as the box to a hair"] += 1
            return
        if self._is_expected(case, kind, longer.end):
            return
        # What has another shape is of another width, too.
        rest = range(min(our.end, their.end), longer.end)
        if met_other_shape or any(self._is_expected(case, "other shape", at) for at in rest):
            self.counts["ends moved by another shape"] += 1
        else:
            self._differ(case, our, their, f"{kind} there, and the other does not")

    def _hold_boxes(self, case: Case, our: Line, their: Line) -> bool:
        """Of the clusters that both have on the line, the coarser where they see others.

        Whether any is of another shape, as expected.
        """
        starts = sorted(our.boxes.keys() & their.boxes.keys())
        if not starts:  # an empty line
            return False
        end = visible_end_of(case, our.start, min(our.end, their.end))
        our_boxes, their_boxes = our.merged(starts, end), their.merged(starts, end)
        shift = 0.0  # by those of another shape
        met_other_shape = False
        for start, box in sorted(our_boxes.items(), key=lambda entry: entry[1].left):
            other = their_boxes[start]
            self.counts["positions"] += 1
            self.counts["glyphs"] += len(other.glyphs or [])
            is_there = abs(box.left - other.left - shift) <= TOLERANCE
            is_as_wide = abs(box.right - other.right - shift) <= TOLERANCE
            if is_there and is_as_wide and other.glyphs in (None, box.glyphs):
                continue
            if not is_there or not self._is_expected(case, "other shape", start):
                what = f"{case.text.text[start]!r}: {box}\n    not  {other}, moved by {shift}"
                self._differ(case, our, their, what)
                break
            shift = box.right - other.right
            met_other_shape = True
        return met_other_shape

    def _is_expected(self, case: Case, kind: str, place: int) -> bool:
        for known in self._exceptions:
            if known.covers(case, kind, place):
                self._met[known] += 1
                return True
        return False

    def _differ(self, case: Case, our: Line, their: Line, what: str) -> None:
        text = case.text.text
        our_text, their_text = text[our.start : our.end], text[their.start : their.end]
        self.fail(f"{case}\n    ours   {our_text!r}\n    theirs {their_text!r}\n    {what}")

    def report(self) -> bool:
        """Prints it all; whether nothing was wrong."""
        counts = (f"{count:,} {what}" for what, count in self.counts.items() if count)
        print("compared:", ", ".join(counts))
        for known in self._exceptions:
            print(f"{self._met[known]:5} times, as README.md expects: {known}")
            if not self._met[known]:
                self.fail(f"never met, so its row in README.md has to go: {known}")
        for failure in self._failures[:SHOWN]:
            print(f"DIFFERENCE {failure}")
        if len(self._failures) > SHOWN:
            print(f"and {len(self._failures) - SHOWN} more")
        return not self._failures
