"""Pango: another itemiser, and UAX #14 in code of its own. Lines, positions and glyph ids.

Only in syllable mode: Pango has no eojeol.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import libpango
from fontconfig import only_these
from noseon import Line, Noseon, index_of_byte
from texts import ALL_FONTS, Case, Skip, Text, cases
from verdict import Verdict


class Pango:
    def __init__(self, folder: Path):
        # Before fontconfig is first asked, which then stays with it.
        os.environ.update(only_these(ALL_FONTS, folder))
        try:
            self._lib = libpango.load()
        except OSError as error:
            raise Skip(f"libpangoft2-1.0-0 is not installed: {error}") from error
        fonts = self._lib.pango_ft2_font_map_new()
        self._lib.pango_ft2_font_map_set_resolution(fonts, 72, 72)
        self._context = self._lib.pango_font_map_create_context(fonts)
        self._lib.pango_context_set_round_glyph_positions(self._context, 0)
        self.version = "Pango " + self._lib.pango_version_string().decode()

    def lines(self, case: Case) -> list[Line]:
        lib = self._lib
        language = lib.pango_language_from_string(case.text.language.encode())
        lib.pango_context_set_language(self._context, language)
        layout = lib.pango_layout_new(self._context)
        self._set_font(layout, case)
        self._set_features(layout, case)
        lib.pango_layout_set_wrap(layout, libpango.WRAP_WORD)
        lib.pango_layout_set_width(layout, case.width * libpango.SCALE)
        lib.pango_layout_set_text(layout, case.text.given().encode(), -1)
        count = lib.pango_layout_get_line_count(layout)
        lines = [lib.pango_layout_get_line_readonly(layout, i).contents for i in range(count)]
        out = lines_of(case.text, lines)
        lib.g_object_unref(layout)
        return out

    def _set_font(self, layout: int, case: Case) -> None:
        families = ",".join(font.family for font in case.text.fonts)
        named = f"{families} {case.size}px".encode()
        font = self._lib.pango_font_description_from_string(named)
        self._lib.pango_layout_set_font_description(layout, font)
        self._lib.pango_font_description_free(font)

    def _set_features(self, layout: int, case: Case) -> None:
        features = ", ".join(f"{tag}={value}" for tag, value in case.text.features().items())
        attributes = self._lib.pango_attr_list_new()
        attribute = self._lib.pango_attr_font_features_new(features.encode())
        self._lib.pango_attr_list_insert(attributes, attribute)  # and owns it
        self._lib.pango_layout_set_attributes(layout, attributes)
        self._lib.pango_attr_list_unref(attributes)


def glyphs_of(line: libpango.LayoutLine) -> Iterator[tuple[int, int, float]]:
    """The byte that each glyph's cluster starts at, its id, its advance in pixels; from the left."""
    link = line.runs
    while link:
        run = libpango.GlyphItem.from_address(link.contents.data)
        glyphs = run.glyphs.contents
        for i in range(glyphs.num_glyphs):
            info = glyphs.glyphs[i]
            byte = run.item.contents.offset + glyphs.log_clusters[i]
            yield byte, info.glyph, info.width / libpango.SCALE
        link = link.contents.next


def lines_of(text: Text, lines: list[libpango.LayoutLine]) -> list[Line]:
    given = index_of_byte(text.given())
    nfc = {len(text.given(i)): i for i in range(len(text.text) + 1)}
    starts = [nfc[given[line.start_index]] for line in lines]
    out = []
    for line, start, end in zip(lines, starts, starts[1:] + [len(text.text)]):
        found = Line(start, end, {})
        pen = 0.0
        for byte, glyph, advance in glyphs_of(line):
            cluster = nfc[given[byte]]
            found.add(cluster, pen, pen + advance, glyph)
            pen += advance
        out.append(found)
    return out


def hold(noseon: Noseon, texts: list[Text], verdict: Verdict) -> None:
    with TemporaryDirectory(prefix="noseon-pango-") as folder:
        pango = Pango(Path(folder))
        print(pango.version)
        single = [text for text in texts if len(text.fonts) == 1]
        asked = [
            case
            for text, advances in zip(single, noseon.advances(single))
            for case in cases(text, "syllable", advances)
        ]
        for case, lines in zip(asked, noseon.lines(asked)):
            verdict.hold(case, lines, pango.lines(case))
