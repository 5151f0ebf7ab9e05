"""What is true of every layout without asking anybody: the cheap half, over all texts and widths.

tests/fonts holds the rest, on random texts.
"""

import json
import unicodedata

from noseon import Noseon, request
from texts import Case, Text, cases
from verdict import Verdict

NEVER_FIRST = tuple("·ㆍ‧～~—―〃")
NARROW = (1.5, 2.5)  # em: wider than any cluster, narrower than most words
TOLERANCE = 1 / 64  # pixels


def requests(case: Case) -> dict[str, dict]:
    """The same case in several ways."""
    text, size, width = case.text, case.size, case.width
    plain = request(text, size, width, mode=case.mode)
    return {
        "plain": plain,
        "decomposed": {**plain, "text": unicodedata.normalize("NFD", text.text)},
        "balanced": {**plain, "balance": True},
        "twice": request(text, 2 * size, 2 * width, mode=case.mode),
    }


def narrow_cases(text: Text) -> list[Case]:
    """Where words have to be split."""
    modes = ("syllable", "eojeol")
    return [Case(text, mode, 40, int(40 * ems)) for mode in modes for ems in NARROW]


def glyphs_width(line: dict) -> float:
    return sum(glyph["adv"] for glyph in line["glyphs"])


def broken_off(lines: list[dict]) -> list[str]:
    """What starts a line, but no paragraph: that one may well start with a dash."""
    pairs = zip(lines[1:], lines)
    return [line["text"] for line, before in pairs if not before["text"].endswith("\n")]


def ends(answer: dict) -> list[int]:
    return [line["end"] for line in answer["lines"]]


def faults(case: Case, answers: dict[str, dict], is_narrow: bool) -> list[str]:
    """What is not as it should be, in words."""
    plain, balanced = answers["plain"], answers["balanced"]
    text = case.text.text.encode()
    found = []
    for name, answer in answers.items():
        width = case.width * (2 if name == "twice" else 1)
        lines = answer["lines"]
        joined = b"".join(text[line["start"] : line["end"]] for line in lines)
        if joined != text or lines[-1]["end"] != len(text):
            found.append(f"{name}: the lines are not the text")
        if any(line["w"] > width for line in lines):
            found.append(f"{name}: a line is wider than the box")
        if any(abs(line["w"] - glyphs_width(line)) > TOLERANCE for line in lines):
            found.append(f"{name}: a line is not as wide as its glyphs")
        if answer["missing"] or any(g["gid"] == 0 for line in lines for g in line["glyphs"]):
            found.append(f"{name}: a font lacks something")
        if not is_narrow and any(line.startswith(NEVER_FIRST) for line in broken_off(lines)):
            found.append(f"{name}: a line starts with one of {''.join(NEVER_FIRST)}")
    if json.dumps(plain) != json.dumps(answers["decomposed"]):
        found.append("NFD is set in another way than NFC")
    if len(balanced["lines"]) != len(plain["lines"]):
        found.append("balanced lines are more or fewer")
    if ends(plain) != ends(answers["twice"]):
        found.append("twice the size in twice the width has other lines")
    return found


def hold(noseon: Noseon, texts: list[Text], verdict: Verdict) -> None:
    for text, advances in zip(texts, noseon.advances(texts)):
        wide = [case for mode in ("syllable", "eojeol") for case in cases(text, mode, advances)]
        both = [(case, False) for case in wide] + [(case, True) for case in narrow_cases(text)]
        asked = [requests(case) for case, _ in both]
        answers = iter(noseon.ask([one for several in asked for one in several.values()]))
        for (case, is_narrow), several in zip(both, asked):
            named = {name: next(answers) for name in several}
            verdict.counts["layouts"] += len(named)
            verdict.counts["lines"] += sum(len(answer["lines"]) for answer in named.values())
            for fault in faults(case, named, is_narrow):
                verdict.fail(f"{case}\n    {fault}")
