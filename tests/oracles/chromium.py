"""Headless Chromium: its line breaking (CSS Text, a newer ICU) and its shaping, in both modes.

`word-break: normal` is held against the syllable mode, `keep-all` against the eojeol mode. Its page
finds the fonts by name, in a fontconfig that has no others (fontconfig.py), and is then asked which
it took.
"""

import json
from pathlib import Path

from browser import Browser
from noseon import Box, Line, Noseon
from texts import ALL_FONTS, Case, Text, cases
from verdict import Verdict

SCRIPT = Path(__file__).resolve().parent / "measure.js"


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cluster_starts(text: Text, advances: list[float]) -> list[int]:
    """Line feeds stand alone, so that each is on one line."""
    return [
        i
        for i, character in enumerate(text.text)
        if i == 0 or advances[i] or "\n" in (character, text.text[i - 1])
    ]


def measure(browser: Browser, asked: list[Case], starts: list[int]) -> list[list[list[float]]]:
    """For one text in one mode."""
    text = asked[0].text
    features = ", ".join(f'"{tag}" {value}' for tag, value in text.features().items())
    described = {
        "text": text.given(),
        "language": text.language,
        "families": ", ".join(f'"{font.family}"' for font in text.fonts),
        "features": features or "normal",
        "mode": asked[0].mode,
        "starts": [utf16_length(text.given(start)) for start in starts],
    }
    settings = [[case.size, case.width] for case in asked]
    return browser.evaluate(f"measure({json.dumps(described)}, {json.dumps(settings)})")


def lines_of(text: str, starts: list[int], places: list[list[float]]) -> list[Line]:
    lines: list[Line] = []
    number = None
    for start, (line, left, right) in zip(starts, places):
        if line != number:
            number = line
            lines.append(Line(start, len(text), {}))
            if len(lines) > 1:
                lines[-2].end = start
        lines[-1].boxes[start] = Box(left, right, None)
    return lines


def hold(noseon: Noseon, texts: list[Text], verdict: Verdict) -> None:
    with Browser(ALL_FONTS) as browser:
        print(browser.version())
        browser.evaluate(SCRIPT.read_text(encoding="utf-8"))
        for text, advances in zip(texts, noseon.advances(texts)):
            starts = cluster_starts(text, advances)
            asked = {mode: cases(text, mode, advances) for mode in ("syllable", "eojeol")}
            answers = [measure(browser, some, starts) for some in asked.values()]
            hold_fonts(browser, text, verdict)
            for some, places in zip(asked.values(), answers):
                for case, ours, theirs in zip(some, noseon.lines(some), places):
                    verdict.hold(case, ours, lines_of(text.text, starts, theirs))


def hold_fonts(browser: Browser, text: Text, verdict: Verdict) -> None:
    """That it was set in the fonts it should be."""
    strange = browser.fonts_of("#text") - {font.postscript_name for font in text.fonts}
    if strange:
        verdict.fail(f"{text.text!r} was set in {strange}")
