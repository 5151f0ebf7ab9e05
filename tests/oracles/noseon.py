"""Noseon's own answers, from `noseon layout --json`."""

import json
import subprocess
from bisect import bisect_right
from dataclasses import dataclass

from texts import Case, Text


def request(text: Text, size: int, width: int, **more) -> dict:
    """From the left, so that places mean the same to every oracle."""
    fonts = [{"file": font.file, "index": font.index} for font in text.fonts]
    asked = {"text": text.text, "fonts": fonts, "lang": text.language, "size": size, "width": width}
    return {**asked, "align": "left", **more}


@dataclass
class Box:
    """A cluster on its line."""

    left: float
    right: float
    glyphs: list[int] | None  # ids in visual order, where the oracle tells


@dataclass
class Line:
    """As Noseon or an oracle has it; places are indexes into the NFC text."""

    start: int
    end: int  # the break's space included
    boxes: dict[int, Box]  # by where the cluster starts

    def add(self, cluster: int, left: float, right: float, glyph: int) -> None:
        box = self.boxes.setdefault(cluster, Box(left, right, []))
        box.left = min(left, box.left)
        box.right = max(right, box.right)
        box.glyphs.append(glyph)


    def merged(self, starts: list[int], end: int) -> dict[int, Box]:
        """The boxes before `end`, as if clusters started at these places only.

        REQUIRES: the first cluster before `end` starts at the first of `starts`.
        """
        out: dict[int, Box] = {}
        inside = [(cluster, box) for cluster, box in self.boxes.items() if cluster < end]
        for cluster, box in sorted(inside, key=lambda entry: entry[1].left):
            start = starts[bisect_right(starts, cluster) - 1]
            into = out.setdefault(start, Box(box.left, box.right, []))
            into.left = min(into.left, box.left)
            into.right = max(into.right, box.right)
            into.glyphs = None if box.glyphs is None else into.glyphs + box.glyphs
        return out


class Noseon:
    """The program, answering for as long as the context lasts."""

    def __init__(self, program: str, spoiled: str | None = None):
        self._command = [program, "layout", "--json"]
        self._spoiled = spoiled

    def __enter__(self) -> "Noseon":
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, encoding="utf-8")
        return self

    def __exit__(self, *_) -> None:
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def ask(self, requests: list[dict]) -> list[dict]:
        """The answers, one for each request."""
        answers = [self._ask(one) for one in requests]
        if self._spoiled:
            spoil(self._spoiled, answers)
        return answers

    def _ask(self, one: dict) -> dict:
        self._process.stdin.write(json.dumps(one) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._command} went away, with exit code {self._process.wait()}")
        answer = json.loads(line)
        if "error" in answer:
            raise RuntimeError(f"{self._command}: {answer['error']}: {one}")
        return answer

    def lines(self, cases: list[Case]) -> list[list[Line]]:
        asked = [request(case.text, case.size, case.width, mode=case.mode) for case in cases]
        return [lines_of(case.text.text, answer) for case, answer in zip(cases, self.ask(asked))]

    def advances(self, texts: list[Text]) -> list[list[float]]:
        """Of the characters of each text, in em; of a cluster with its first."""
        answers = self.ask([request(text, 40, 65535) for text in texts])
        out = []
        for text, answer in zip(texts, answers):
            advances = [0.0] * len(text.text)
            for line in lines_of(text.text, answer):
                for start, box in line.boxes.items():
                    advances[start] = (box.right - box.left) / 40
            out.append(advances)
        return out


def spoil(what: str, answers: list[dict]) -> None:
    """Makes one of them wrong, so that one sees whether the oracle notices."""
    wrong = max(answers, key=lambda answer: len(answer["lines"]))
    if len(wrong["lines"]) == 1:
        return
    line, following = wrong["lines"][:2]
    if what == "advance":
        line["glyphs"][0]["adv"] += 1
    elif what == "glyph":
        line["glyphs"][0]["gid"] += 1
    elif what == "break":
        moved = line["glyphs"].pop()
        following["glyphs"].insert(0, moved)
        line["end"] = following["start"] = moved["cluster"]
    else:
        raise ValueError(what)


def index_of_byte(text: str) -> dict[int, int]:
    """From byte offsets to indexes into Python's str."""
    indexes = {}
    byte = 0
    for index, character in enumerate(text):
        indexes[byte] = index
        byte += len(character.encode("utf-8"))
    indexes[byte] = len(text)
    return indexes


def lines_of(text: str, answer: dict) -> list[Line]:
    indexes = index_of_byte(text)
    lines = []
    for one in answer["lines"]:
        line = Line(indexes[one["start"]], indexes[one["end"]], {})
        pen = one["x"]
        for glyph in one["glyphs"]:
            line.add(indexes[glyph["cluster"]], pen, pen + glyph["adv"], glyph["gid"])
            pen += glyph["adv"]
        lines.append(line)
    return lines
