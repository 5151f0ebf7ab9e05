"""The texts of texts.txt, the fonts they are set in, and the widths they are set at."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Skip(Exception):
    """A tool or a font that the oracle needs is not installed."""


@dataclass(frozen=True)
class Font:
    file: str
    index: int
    family: str
    postscript_name: str


# Of the faces that fonts/fonts.toml names.
HANGUL = Font(
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    1,
    "Noto Sans CJK KR",
    "NotoSansCJKkr-Regular",
)
LATIN = Font(
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", 0, "Noto Sans", "NotoSans-Regular"
)
ARABIC = Font(
    "/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf",
    0,
    "Noto Sans Arabic",
    "NotoSansArabic-Regular",
)
# By the word that names them in texts.txt.
FONTS = {"hangul": (HANGUL,), "latin": (LATIN,), "arabic": (ARABIC,), "chain": (LATIN, HANGUL)}
ALL_FONTS = (HANGUL, LATIN, ARABIC)


@dataclass(frozen=True)
class Text:
    language: str
    fonts: tuple[Font, ...]
    is_decomposed: bool  # as the oracle is given it
    text: str  # NFC

    def given(self, end: int | None = None) -> str:
        """The text, or the part before an index, in the form that the oracle is given."""
        part = self.text[:end]
        return unicodedata.normalize("NFD", part) if self.is_decomposed else part

    def features(self) -> dict[str, int]:
        """What Noseon turns on and off by itself: see fonts/README.md."""
        if HANGUL in self.fonts:
            return {"halt": 1}
        return {"liga": 0} if self.language in ("az", "tr") else {}


def read_texts() -> list[Text]:
    for font in ALL_FONTS:
        if not Path(font.file).exists():
            raise Skip(f"{font.file} is not installed")
    texts = []
    section = None
    for line in (HERE / "texts.txt").read_text(encoding="utf-8").splitlines():
        head = re.match(r"\[([a-z]+) ([a-z]+)( decomposed)?\]", line)
        if head:
            section = head
        elif line and line != "#" and not line.startswith("# "):
            text = unicodedata.normalize("NFC", line.replace("\\n", "\n"))
            texts.append(Text(section[1], FONTS[section[2]], section[3] is not None, text))
    return texts


@dataclass(frozen=True)
class Case:
    """A text to be set."""

    text: Text
    mode: str  # syllable or eojeol
    size: int
    width: int

    def __str__(self) -> str:
        return f"{self.mode}, {self.size} px in {self.width} px: {self.text.text!r}"


SIZES = (24, 40, 61, 96)
WIDTHS = 12
CJK = r"\u1100-\u11ff\u3041-\u30ff\u3131-\u318c\u4e00-\u9fff\ua960-\ud7ff"
# What has no place inside where a line may end, or somewhat more than that: nothing is set narrower,
# since what to do with a word that is wider than its line is a matter of taste. No line starts with
# a dash, so it goes with the word before it.
UNBREAKABLE = {
    "eojeol": re.compile(r"\S+(?:\s+[—―]\S*)*"),
    "syllable": re.compile(
        rf"(?=([{CJK}]?[^\s{CJK}]*[{CJK}]?[^\s{CJK}]*[{CJK}]?(?:\s+[—―]\S*)*))"
    ),
}


def cases(text: Text, mode: str, advances: list[float]) -> list[Case]:
    """At several sizes, from the narrowest width to the whole text on one line or 30 em.

    `advances`, in em, are those of the text's characters.
    """

    def ems(start: int, end: int) -> float:
        return sum(advances[start:end])

    pieces = [match.span(match.lastindex or 0) for match in UNBREAKABLE[mode].finditer(text.text)]
    narrowest = max(ems(*span) for span in pieces) + 0.1
    widest = max(narrowest + 4, min(ems(0, len(text.text)), 30))
    out = []
    for i in range(WIDTHS):
        size = SIZES[i % len(SIZES)]
        width = narrowest + (widest - narrowest) * i / (WIDTHS - 1)
        out.append(Case(text, mode, size, int(width * size) + 1))
    return out
