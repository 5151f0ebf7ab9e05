"""People and things for the on-board posters: round, flat, without outlines.

Every figure is drawn around its own origin; `place` in svg.py puts it into a picture.
"""

from dataclasses import dataclass

from .svg import circle, ellipse, group, mix, path, place, rect, stroke

INK = "#2a2148"
CREAM = "#fffaf0"
STEEL = "#8792b8"
CORAL = "#ff7358"
RED = "#ec4a4f"
SUN = "#ffc53d"
TEAL = "#1f9a94"
LEAF = "#3fa66b"
BLUE = "#4a7fd0"
VIOLET = "#7a62c4"
ROSE = "#f2628c"

LIGHT_SKIN = "#f7caa6"
WARM_SKIN = "#e5aa82"
DARK_SKIN = "#b57a58"


@dataclass(frozen=True)
class Person:
    skin: str = LIGHT_SKIN
    hair: str = "#3b2735"
    shirt: str = TEAL
    long_hair: bool = False
    asleep: bool = False


# People --------------------------------------------------------------------------------------------


def eyes(asleep, left=-38, right=38):
    if asleep:
        return "".join(stroke(f"M{x - 17} 12 C{x - 8} 24 {x + 8} 24 {x + 17} 12", INK, 8) for x in (left, right))
    return circle(left, 12, 10, INK) + circle(right, 12, 10, INK)


def head(person):
    """A head of radius 100, seen from the front."""
    cheek = mix(person.skin, CORAL, 0.45)
    return group(
        circle(0, -24, 110, person.hair),
        circle(-98, 20, 20, person.skin), circle(98, 20, 20, person.skin),
        circle(0, 0, 100, person.skin),
        path("M-106 0 C-112 -84 -62 -123 0 -123 C62 -123 112 -84 106 0 C84 -14 66 -40 54 -62 "
             "C14 -28 -52 -10 -106 0 Z", person.hair),
        circle(-62, 42, 16, cheek), circle(62, 42, 16, cheek),
        eyes(person.asleep),
        stroke("M-22 50 C-10 64 10 64 22 50", INK, 8),
    )


def shoulders(person, depth=640):
    """Neck and trunk below a head at the origin."""
    return (
        rect(-36, 60, 72, 90, mix(person.skin, CORAL, 0.22), 20)
        + path(f"M-200 {depth} V300 C-200 190 -120 140 -37 126 C-24 152 24 152 37 126 "
               f"C120 140 200 190 200 300 V{depth} Z", person.shirt)
    )


def bust(person, tilt=0):
    long_hair = place(rect(-113, -30, 226, 220, person.hair, 80), 0, 0, 1.0, tilt) if person.long_hair else ""
    return long_hair + shoulders(person) + place(head(person), 0, 0, 1.0, tilt)


def caller(person):
    """Someone on the telephone, the hand at the ear and the elbow down."""
    sleeve = mix(person.shirt, INK, 0.18)
    return group(
        bust(person),
        place(rect(-28, -72, 56, 144, INK, 16), -112, 26, 1.0, -10),
        stroke("M-180 440 L-204 350 L-144 110", sleeve, 76),
        place(rect(-40, -44, 80, 96, person.skin, 38), -126, 60, 1.0, 24),
    )


def hugging(person):
    """Someone with the bag in front, both arms around it."""
    sleeve = mix(person.shirt, INK, 0.18)
    return group(
        bust(person),
        stroke("M-112 150 C-126 190 -126 230 -120 280", INK, 34),
        stroke("M112 150 C126 190 126 230 120 280", INK, 34),
        place(backpack(), 0, 390, 1.0),
        stroke("M-176 280 C-240 380 -220 470 -120 500", sleeve, 78),
        stroke("M176 280 C240 380 220 470 120 500", sleeve, 78),
        circle(-92, 506, 42, person.skin), circle(92, 506, 42, person.skin),
    )


def expecting(person):
    """An expectant mother on her seat, looking to the left; about 480 by 700, her hip near (560, 620)."""
    sleeve = mix(person.shirt, INK, 0.18)
    face = group(
        circle(88, -78, 52, person.hair),
        circle(16, -26, 110, person.hair),
        circle(0, 0, 100, person.skin),
        path("M-98 -16 C-100 -92 -56 -123 6 -123 C76 -123 126 -80 124 0 C124 44 110 76 92 92 "
             "C84 40 70 -30 26 -70 C-8 -40 -52 -22 -98 -16 Z", person.hair),
        circle(-74, 42, 15, mix(person.skin, CORAL, 0.45)), circle(14, 44, 16, mix(person.skin, CORAL, 0.45)),
        eyes(False, -62, -4),
        stroke("M-50 52 C-40 64 -24 64 -14 52", INK, 8),
    )
    return group(
        stroke("M330 640 C318 690 312 730 310 790", person.skin, 58),
        path("M350 836 H256 C250 796 276 776 310 776 C340 776 350 800 350 836 Z", CORAL),
        rect(510, 300, 72, 90, mix(person.skin, CORAL, 0.22), 20),
        stroke("M566 606 C500 600 420 604 338 612", person.shirt, 124),
        path("M512 362 C596 350 640 392 644 460 L650 620 C650 654 640 668 612 668 H410 C336 650 322 540 392 486 "
             "C432 456 462 440 468 404 C472 380 488 366 512 362 Z", person.shirt),
        place(face, 540, 236),
        stroke("M572 440 C600 520 560 570 452 580", sleeve, 66),
        circle(428, 580, 38, person.skin),
    )


# Hands ---------------------------------------------------------------------------------------------


def arm_to_bar(skin, sleeve):
    """Behind the bar: the palm at the origin and the arm below it."""
    palm = mix(skin, "#b8633c", 0.22)
    return group(
        stroke("M0 120 C4 220 20 300 40 400", palm, 124),
        stroke("M34 350 C46 440 60 540 80 700", sleeve, 188),
        place(rect(-106, -34, 212, 76, mix(sleeve, INK, 0.2), 38), 22, 250, 1.0, -7),
        rect(-122, -36, 244, 190, palm, 84),
    )


def fingers_on_bar(skin):
    """Before the bar: four fingers close around it."""
    shade = mix(skin, "#b8633c", 0.5)
    parts = []
    for x, length in ((-92, 118), (-31, 134), (30, 130), (91, 108)):
        parts.append(rect(x - 32, -50, 64, length + 7, shade, 32))
        parts.append(rect(x - 28, -50, 56, length, skin, 28))
    return group(*parts)


def pointing_hand(skin, sleeve):
    """The back of a hand. The tip of the forefinger is the origin; the arm comes from below."""
    shade = mix(skin, "#b8633c", 0.35)
    folded = "".join(
        rect(x - 5, y, 82, 240, shade, 40) + rect(x, y, 76, 240, skin, 38)
        for x, y in ((184, 292), (114, 262), (44, 246))
    )
    return group(
        rect(-62, 650, 340, 900, sleeve, 40),
        rect(-8, 480, 230, 200, skin, 40),
        rect(-78, 616, 372, 90, mix(sleeve, INK, 0.18), 45),
        folded,
        rect(-42, 340, 302, 250, skin, 100),
        rect(-42, 0, 84, 460, skin, 42),
        rect(-24, 14, 48, 54, CREAM, 24),
        place(rect(-43, -230, 86, 290, skin, 43), 6, 520, 1.0, -36),
    )


# Things --------------------------------------------------------------------------------------------


def strap(colour):
    """A hand strap that hangs from a rail at the origin; the bar to hold is at (0, 330)."""
    return group(
        rect(-24, -10, 48, 170, INK, 12),
        rect(-46, -34, 92, 68, INK, 24),
        stroke("M-46 172 H46 L112 330 H-112 Z", colour, 42),
    )


def seat(colour):
    """A bus seat from the side, its floor at y = 840."""
    dark = mix(colour, INK, 0.22)
    return group(
        rect(490, 740, 64, 100, STEEL), rect(420, 812, 210, 28, STEEL, 14),
        place(rect(-64, -270, 128, 560, dark, 62), 690, 470, 1.0, 5),
        rect(330, 660, 390, 112, colour, 56),
    )


def bell():
    """A white bell of about 150 by 170 around the origin."""
    return (
        circle(0, 74, 24, CREAM)
        + path("M-84 56 C-60 36 -60 6 -56 -28 C-50 -70 -26 -88 0 -88 C26 -88 50 -70 56 -28 C60 6 60 36 84 56 Z", CREAM)
        + circle(0, -92, 15, CREAM)
    )


def stop_button():
    return group(
        rect(-220, -250, 440, 500, INK, 96),
        circle(0, 0, 182, CREAM),
        circle(0, 8, 160, mix(RED, INK, 0.3)),
        circle(0, -4, 156, RED),
        bell(),
    )


def backpack():
    return group(
        stroke("M-40 -150 C-40 -210 40 -210 40 -150", INK, 22),
        rect(-160, -160, 320, 350, SUN, 96),
        path("M-160 -20 V-64 C-160 -117 -117 -160 -64 -160 H64 C117 -160 160 -117 160 -64 V-20 Z", "#ffd56e"),
        rect(-112, 20, 224, 140, mix(SUN, CORAL, 0.4), 44),
        stroke("M-70 62 H70", INK, 12),
        rect(-14, -70, 28, 64, INK, 12),
    )


def heart(colour):
    """A heart of about 200 by 180 around the origin."""
    return path("M0 92 C-60 46 -104 8 -104 -38 C-104 -74 -78 -94 -52 -94 C-28 -94 -10 -80 0 -58 "
                "C10 -80 28 -94 52 -94 C78 -94 104 -74 104 -38 C104 8 60 46 0 92 Z", colour)


def small_bus(colour, glass):
    """A bus of 96 by 60; the ground is y = 0."""
    panes = "".join(rect(x, -52, 18, 18, glass, 5) for x in (8, 31, 54))
    return (
        rect(0, -62, 96, 52, colour, 14) + panes + rect(77, -52, 13, 22, glass, 4)
        + circle(25, -10, 11, colour) + circle(70, -10, 11, colour)
        + circle(25, -10, 5, glass) + circle(70, -10, 5, glass)
    )
