"""A few plain helpers that write SVG as text.

Every helper returns a string, so a picture is strings joined together. Numbers are rounded to two
decimals: the same program gives the same file on every machine.
"""

from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

FULL = (1920, 1080)
BAR = (1920, 540)

SANS = "'Noto Sans CJK KR', 'Noto Sans', sans-serif"
SERIF = "'Noto Serif CJK KR', 'Noto Serif', serif"
LATIN_SANS = "'Noto Sans', sans-serif"
LATIN_SERIF = "'Noto Serif', serif"


@dataclass(frozen=True)
class Poster:
    """One poster: the same idea composed twice, once for each shape of display."""

    name: str
    full: str
    bar: str


@dataclass(frozen=True)
class Type:
    """How a line of words is set."""

    size: float
    fill: str
    family: str = SANS
    weight: int = 400
    lang: str = "ko"
    anchor: str = "start"
    tracking: float = 0.0  # in em; headlines in Hangul like a little less than nothing

    def but(self, **changes):
        return replace(self, **changes)


def number(value):
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
    return str(value)


def tag(name, *children, **attributes):
    """tag("circle", r=3, stroke_width=2) -> <circle r="3" stroke-width="2"/>"""
    written = "".join(
        f" {key.strip('_').replace('__', ':').replace('_', '-')}={quoteattr(number(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    if not children:
        return f"<{name}{written}/>"
    return f"<{name}{written}>{''.join(children)}</{name}>"


def document(size, background, *children):
    width, height = size
    ground = rect(0, 0, width, height, background)
    body = "\n".join((ground, *children))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">\n{body}\n</svg>\n'
    )


def group(*children, **attributes):
    return tag("g", *children, **attributes)


def place(shape, x, y, scale=1.0, turn=0.0, flip=False):
    """Moves a shape drawn around the origin to where it belongs."""
    across = -scale if flip else scale
    move = f"translate({number(float(x))} {number(float(y))})"
    spin = f" rotate({number(float(turn))})" if turn else ""
    size = "" if scale == 1.0 and not flip else f" scale({number(float(across))} {number(float(scale))})"
    return group(shape, transform=move + spin + size)


def rect(x, y, width, height, fill, radius=None):
    return tag("rect", x=x, y=y, width=width, height=height, rx=radius, fill=fill)


def circle(x, y, radius, fill):
    return tag("circle", cx=x, cy=y, r=radius, fill=fill)


def ellipse(x, y, across, down, fill):
    return tag("ellipse", cx=x, cy=y, rx=across, ry=down, fill=fill)


def path(steps, fill):
    return tag("path", d=steps, fill=fill)


def polygon(points, fill):
    return tag("polygon", points=" ".join(f"{number(x)},{number(y)}" for x, y in points), fill=fill)


def stroke(steps, colour, width):
    """An open line with round ends: arms, legs, stems, smiles."""
    return tag(
        "path", d=steps, fill="none", stroke=colour, stroke_width=width,
        stroke_linecap="round", stroke_linejoin="round",
    )


def inside(name, outline, *children):
    """Shows the children only within the outline; names must be unique in a document."""
    clip = tag("clipPath", outline, id=name)
    return clip + group(*children, clip_path=f"url(#{name})")


def words(x, y, text, style):
    return tag(
        "text", escape(text), x=x, y=y, fill=style.fill, font_family=style.family,
        font_size=style.size, font_weight=style.weight, text_anchor=style.anchor,
        letter_spacing=style.tracking * style.size if style.tracking else None,
        xml__lang=style.lang,
    )


def column(x, baseline, *runs):
    """Lines under each other. A run is (text, style) or (text, style, drop from the line before)."""
    lines = []
    for run in runs:
        text, style, *drop = run
        baseline += drop[0] if drop else 0
        lines.append(words(x, baseline, text, style))
    return "\n".join(lines)


def mix(first, second, part):
    """The colour `part` of the way from the first to the second; both are #rrggbb."""
    channels = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]))
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in channels)
