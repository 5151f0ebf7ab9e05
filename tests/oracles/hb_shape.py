"""hb-shape, HarfBuzz's own program: glyph ids, clusters, advances and offsets of single lines.

Noseon is asked for lines at as many pixels per em as the font has units, so that both answers are
whole units. hb-shape is given each line alone: what Noseon cuts out of a longer text has to look as
if it had been shaped by itself. It is told script, language, direction and the features that Noseon
turns on or off by itself (Text.features).
"""

import json
import shutil
import subprocess

from noseon import Noseon, request
from texts import Skip, Text
from verdict import Verdict

UNITS = 1000  # per em, of every font here
WIDTHS = (60_000, 17_000, 9_000)
SCRIPTS = {"ko": "Hang", "ar": "Arab", "ru": "Cyrl", "el": "Grek"}  # and Latn


def shaped(text: Text, lines: list[str]) -> list[list[dict]]:
    """The glyphs of each line, in visual order."""
    script = SCRIPTS.get(text.language, "Latn")
    features = ",".join(f"{tag}={value}" for tag, value in text.features().items())
    font = text.fonts[0]
    command = ["hb-shape", f"--font-file={font.file}", f"--face-index={font.index}"]
    command += [f"--language={text.language}", f"--script={script}", f"--features={features}"]
    command += [f"--direction={'rtl' if script == 'Arab' else 'ltr'}", "--utf8-clusters"]
    command += ["--no-glyph-names", "--output-format=json"]
    given = "".join(line + "\n" for line in lines)
    done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def theirs(glyph: dict) -> tuple:
    return glyph["g"], glyph["cl"], glyph["ax"], glyph["dx"], glyph["dy"]


def ours(line: dict) -> list[tuple]:
    out = []
    pen = line["x"]
    for glyph in line["glyphs"]:
        offsets = glyph["x"] - pen, line["y"] - glyph["y"]
        out.append((glyph["gid"], glyph["cluster"] - line["start"], glyph["adv"], *offsets))
        pen += glyph["adv"]
    return out


def by_cluster(glyphs: list[tuple]) -> list[tuple]:
    """Numbers in Arabic run the other way, which is not for hb-shape to know."""
    return sorted(glyphs, key=lambda glyph: glyph[1])


def hold(noseon: Noseon, texts: list[Text], verdict: Verdict) -> None:
    if shutil.which("hb-shape") is None:
        raise Skip("hb-shape is not installed")
    single = [text for text in texts if len(text.fonts) == 1]
    for text in single:
        asked = [request(text, UNITS, width, mode="syllable") for width in WIDTHS]
        lines = [line for answer in noseon.ask(asked) for line in answer["lines"] if line["glyphs"]]
        for line, glyphs in zip(lines, shaped(text, [line["text"].rstrip() for line in lines])):
            verdict.counts["lines"] += 1
            verdict.counts["glyphs"] += len(glyphs)
            we, they = by_cluster(ours(line)), by_cluster([theirs(glyph) for glyph in glyphs])
            if we != they:
                differing = [pair for pair in zip(we, they) if pair[0] != pair[1]]
                verdict.fail(f"{line['text']!r}\n    ours, theirs {differing[:3] or (we, they)}")
