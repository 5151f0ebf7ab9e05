"""Remember Khojaly: night, one warm light, and rings of light cut as if from paper.

No gradients: each glow is a few flat rings, which cannot band on a cheap panel.
"""

import math

from .svg import (
    BAR, FULL, LATIN_SERIF, SANS, SERIF, Poster, Type, circle, column, document, ellipse, group, mix,
    path, place, polygon, rect, stroke, tag,
)

NIGHT = "#0b1420"
DEEP = "#111e2e"
DUSK = "#1b2d43"
MIST = "#b3c0cc"
SNOW = "#f1efe8"
FLAME = "#fff0cf"
CANDLE = "#f4bd68"
EMBER = "#d98245"
WAX = "#ead8b6"
WAX_SHADE = "#c9ac80"
BLUSH = "#d9a0a8"
MOONLIGHT = "#587089"
WINE = "#8b3f58"
PLUM = "#41202f"
LEAF = "#5f7468"
INK = "#14202e"

HEAD = Type(160, SNOW, SERIF, 700, tracking=-0.02)
LEAD = Type(60, SNOW, SERIF, 400, tracking=-0.01)
ENGLISH = Type(56, MIST, LATIN_SERIF, 400, "en")
AZERI = Type(56, MIST, LATIN_SERIF, 400, "az")
SMALL = Type(31, MIST, SANS, 400)

LEFT = 110
FOOT = 944  # first line of the source, on the full poster
BAR_FOOT = 450
SOURCE = (
    "출처: The Seoul Times, 주한 아제르바이잔 대사관 기고문",
    "Embassy of the Republic of Azerbaijan in Seoul",
)


def source(y, fill=MIST):
    """Where the facts come from: two lines at the foot of every poster."""
    style = SMALL.but(fill=fill)
    return column(LEFT, y, (SOURCE[0], style), (SOURCE[1], style.but(lang="en"), 44))


def rings(x, y, radii, inner, outer):
    """A glow of flat rings, the widest first, from the outer colour to the inner one."""
    last = max(len(radii) - 1, 1)
    return group(*(
        circle(x, y, radius, mix(outer, inner, i / last))
        for i, radius in enumerate(sorted(radii, reverse=True))
    ))


# Remember: one candle ------------------------------------------------------------------------------

FLAME_SHAPE = (
    "M0 -270 C20 -196 92 -140 92 -56 C92 -2 50 34 0 34 C-50 34 -92 -2 -92 -56 C-92 -140 -20 -196 0 -270 Z"
)


def flame():
    return (
        path(FLAME_SHAPE, CANDLE)
        + place(path(FLAME_SHAPE, FLAME), 0, 8, 0.62)
        + stroke("M0 104 C0 66 5 36 0 4", PLUM, 11)
    )


def candle(height):
    """The middle of the flame's foot is the origin; the wax reaches down by height."""
    body = (
        rect(-105, 104, 210, height, WAX)
        + rect(25, 104, 80, height, WAX_SHADE)
        + ellipse(0, 104, 105, 30, mix(WAX, FLAME, 0.75))
        + ellipse(0, 106, 60, 14, WAX)
    )
    drip = (
        path("M-105 106 C-105 170 -100 250 -80 250 C-60 250 -62 190 -52 160 C-46 142 -60 128 -105 106 Z",
             mix(WAX, FLAME, 0.75))
    )
    return body + drip + flame()


def candle_glow(x, y, radii):
    return rings(x, y, radii, "#7a4a2a", DEEP)


def remember():
    head = HEAD.but(size=170)
    bar_head = HEAD.but(size=118)
    full = document(
        FULL, NIGHT,
        candle_glow(1490, 470, (230, 330, 435, 545)),
        place(candle(700), 1490, 545, 1.22),
        column(LEFT, 320, ("호잘리를", head), ("기억합니다", head, 220),
               ("Remember Khojaly", ENGLISH.but(size=62), 150),
               ("Xocalını xatırlayırıq", AZERI.but(size=62), 88)),
        source(FOOT),
    )
    bar = document(
        BAR, NIGHT,
        candle_glow(1550, 245, (145, 225, 310, 410)),
        place(candle(700), 1550, 285, 0.82),
        column(LEFT, 146, ("호잘리를", bar_head), ("기억합니다", bar_head, 144),
               ("Remember Khojaly  ·  Xocalını xatırlayırıq", ENGLISH.but(size=44), 80)),
        source(BAR_FOOT),
    )
    return Poster("remember", full, bar)


# 613: one mark for each person ---------------------------------------------------------------------

# 613 is a prime: every full grid leaves some lights alone on the last line.
PEOPLE = 613
KINDS = ((63, FLAME), (106, CANDLE), (70, BLUSH))
OTHERS = "#b57448"


def colours_of_people():
    counted = [colour for count, colour in KINDS for _ in range(count)]
    return counted + [OTHERS] * (PEOPLE - len(counted))


def small_candle(colour):
    """A candle of 30 by 70, so small that only the flame and the wax are left."""
    return (
        rect(-9, -20, 18, 22, mix(colour, NIGHT, 0.5))
        + place(path(FLAME_SHAPE, colour), 0, -30, 0.15)
    )


def field(x, y, columns, across, down, scale):
    """All 613 candles, line by line, the foot of the first at x, y."""
    colours = [colour for _, colour in KINDS] + [OTHERS]
    shapes = tag("defs", *(
        tag("g", small_candle(colour), id=f"candle{i}", transform=f"scale({scale})")
        for i, colour in enumerate(colours)
    ))
    lit = "\n".join(
        tag("use", href=f"#candle{colours.index(colour)}",
            x=x + across * (i % columns), y=y + down * (i // columns))
        for i, colour in enumerate(colours_of_people())
    )
    return shapes + lit


def legend(places, korean):
    """What the colours mean, and how many there are of each; one place for each kind."""
    return "\n".join(
        place(small_candle(colour), x + 12, y - 2, korean.size / 100)
        + column(x + korean.size * 0.96, y, (f"{name} {count}명", korean))
        for (x, y), name, (count, colour) in zip(places, ("어린이", "여성", "어르신"), KINDS)
    )


def lights():
    counted = ENGLISH.but(size=46)
    figure = HEAD.but(size=320, fill=CANDLE, tracking=-0.03)
    full = document(
        FULL, NIGHT,
        field(1024, 140, 25, 32.5, 35, 0.36),
        column(LEFT - 12, 350, ("613", figure)),
        column(LEFT + 530, 350, ("명", HEAD.but(size=140, fill=CANDLE))),
        column(LEFT, 478, ("한 사람, 한 사람을 기억합니다", LEAD.but(size=64, weight=700))),
        column(LEFT, 556, ("Each one remembered", ENGLISH.but(size=46))),
        column(LEFT, 618, ("Hər birini xatırlayırıq", AZERI.but(size=46))),
        legend(((LEFT, 722), (LEFT, 788), (LEFT, 854)), LEAD.but(size=50)),
        column(LEFT + 400, 722, ("63 children", counted), ("106 women", counted, 66), ("70 elderly", counted, 66)),
        source(FOOT),
    )
    bar = document(
        BAR, NIGHT,
        field(1010, 82, 51, 16, 33, 0.36),
        legend(((1112, 490), (1365, 490), (1603, 490)), LEAD.but(size=34)),
        column(LEFT - 7, 220, ("613", figure.but(size=210))),
        column(LEFT + 350, 220, ("명", HEAD.but(size=94, fill=CANDLE))),
        column(LEFT, 310, ("한 사람, 한 사람을 기억합니다", LEAD.but(size=58, weight=700))),
        column(LEFT, 376, ("Each one remembered", ENGLISH.but(size=42))),
        source(BAR_FOOT),
    )
    return Poster("lights", full, bar)


# The night: a town, one window lit -----------------------------------------------------------------

# width, height of the wall, height of the roof, windows
HOUSES = (
    (190, 150, 90, 2), (150, 205, 70, 1), (230, 140, 110, 3), (170, 180, 95, 2), (210, 150, 80, 2),
    (150, 220, 85, 1), (240, 145, 115, 3), (180, 190, 80, 2), (200, 150, 100, 2), (160, 205, 90, 1),
)


def house(width, wall, roof, windows, dark, lit):
    front = mix(DUSK, NIGHT, dark)
    eaves = f"M-14 {-wall} L{width / 2} {-wall - roof} L{width + 14} {-wall}"
    parts = [
        rect(width * 0.68, -wall - roof * 0.85, 24, roof, mix(DUSK, NIGHT, dark * 0.5)),
        rect(0, -wall, width, wall + 2, front),
        path(eaves + " Z", mix(DUSK, NIGHT, dark * 0.4)),
        stroke(eaves, mix(MOONLIGHT, NIGHT, dark * 0.6), 5),
    ]
    step = width / windows
    for i in range(windows):
        glow = CANDLE if lit and i == windows // 2 else mix(front, NIGHT, 0.75)
        left = step * i + step / 2 - 22
        parts.append(rect(left, -wall + 38, 44, 58, glow))
        if glow == CANDLE:
            parts.append(rect(left + 19, -wall + 38, 6, 58, EMBER) + rect(left, -wall + 64, 44, 6, EMBER))
    return group(*parts)


def town(x, y, scale, order, lit):
    """A street of houses: every second one stands further back and darker."""
    rows = ([], [])
    for i, which in enumerate(order):
        width, wall, roof, windows = HOUSES[which]
        back = i % 2
        shape = house(width, wall, roof, windows, 0.25 + 0.35 * back, i == lit)
        rows[back].append(place(shape, x, y, scale))
        x += (width + 4) * scale
    return "\n".join(rows[1] + rows[0])


def half_moon(x, y, radius):
    """The last quarter, as the moon stood that night."""
    left_half = f"M{x} {y - radius} A{radius} {radius} 0 0 0 {x} {y + radius} Z"
    glow = tuple(radius * wide for wide in (2.1, 3.4, 4.8, 6.3))
    return rings(x, y, glow, "#2c425a", "#14243a") + circle(x, y, radius, "#3a526b") + path(left_half, SNOW)


def that_night(y):
    """The date in English and Azerbaijani, across from the source."""
    english = ENGLISH.but(size=36, anchor="end")
    return column(1920 - LEFT, y, ("Khojaly, the night of 25–26 February 1992", english),
                  ("Xocalı, fevralın 25-dən 26-na keçən gecə", english.but(lang="az"), 44))


def night():
    ground = "#0a111b"
    full = document(
        FULL, NIGHT,
        half_moon(1560, 270, 96),
        path("M0 800 C320 640 560 690 860 750 C1180 812 1420 620 1920 700 V1080 H0 Z", "#12202f"),
        town(-30, 902, 1.0, (*range(10), 4), 6),
        rect(0, 902, 1920, 178, ground),
        column(LEFT, 212, ("1992년 2월", HEAD.but(size=152)), ("25일 밤", HEAD.but(size=152), 184),
               ("26일로 넘어가는 사이,", LEAD, 110), ("호잘리가 공격을 받았습니다", LEAD, 80)),
        source(FOOT + 34), that_night(FOOT + 34),
    )
    bar = document(
        BAR, NIGHT,
        half_moon(1660, 112, 56),
        path("M820 416 C1040 300 1320 330 1500 350 C1680 370 1800 310 1920 320 V540 H820 Z", "#12202f"),
        town(1050, 412, 0.72, (1, 2, 3, 4, 5, 6, 7), 5),
        rect(0, 412, 1920, 128, ground),
        column(LEFT, 142, ("1992년 2월 25일 밤", HEAD.but(size=104)),
               ("26일로 넘어가는 사이,", LEAD.but(size=58), 106),
               ("호잘리가 공격을 받았습니다", LEAD.but(size=58), 78)),
        source(464), that_night(464),
    )
    return Poster("night", full, bar)


# Sixty-three children: a kite with sixty-three bows ------------------------------------------------

CHILDREN = 63


def bezier(points, t):
    a, b, c, d = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3)
    return tuple(a * p + b * q + c * r + d * s for p, q, r, s in zip(*points))


def walk(curves, steps=400):
    """The points of joined curves, with the length walked so far."""
    points, length = [], 0.0
    for curve in curves:
        for i in range(steps + 1):
            here = bezier(curve, i / steps)
            if points:
                length += math.dist(here, points[-1][1])
            points.append((length, here))
    return points


def bows(curves, count, size):
    """Bows at equal distances along the curves, each lying across the cord."""
    points = walk(curves)
    total = points[-1][0]
    shape = polygon(((0, 0), (-0.55, -1), (0.55, -1)), CANDLE) + polygon(((0, 0), (-0.55, 1), (0.55, 1)), EMBER)
    out = []
    for i in range(count):
        wanted = total * (i + 1.5) / (count + 0.5)
        at = next(k for k, (length, _) in enumerate(points) if length >= wanted - 1e-6)
        (x, y), (ax, ay) = points[at][1], points[max(at - 4, 0)][1]
        out.append(place(shape, x, y, size, math.degrees(math.atan2(y - ay, x - ax))))
    return "\n".join(out)


def cord(curves):
    steps = "".join(
        f"M{a[0]} {a[1]} C{b[0]} {b[1]} {c[0]} {c[1]} {d[0]} {d[1]}" for a, b, c, d in curves)
    return stroke(steps, MIST, 3)


def kite():
    """The tail hangs from (0, 250)."""
    return (
        polygon(((0, -210), (150, -40), (0, -40)), CANDLE)
        + polygon(((0, -210), (-150, -40), (0, -40)), FLAME)
        + polygon(((0, 250), (150, -40), (0, -40)), EMBER)
        + polygon(((0, 250), (-150, -40), (0, -40)), CANDLE)
    )


def children():
    head = HEAD.but(size=124)
    full_tail = (
        ((1496, 478), (1416, 640), (1190, 560), (1150, 720)),
        ((1150, 720), (1120, 880), (1350, 960), (1520, 880)),
        ((1520, 880), (1650, 815), (1690, 680), (1810, 650)),
    )
    bar_tail = (
        ((1566, 250), (1510, 330), (1380, 240), (1270, 230)),
        ((1270, 230), (1140, 220), (1080, 330), (1170, 400)),
        ((1170, 400), (1300, 490), (1590, 330), (1810, 420)),
    )
    sky = ("#2f4a66", DEEP)
    full = document(
        FULL, DEEP,
        rings(1580, 300, (250, 390, 540), *sky),
        cord(full_tail), bows(full_tail, CHILDREN, 17),
        place(kite(), 1582, 280, 0.88, 23),
        column(LEFT, 300, ("아이들이", head), ("예순셋이었습니다", head, 172),
               ("희생자 613명 가운데 63명이 아이였습니다", LEAD.but(size=52), 122),
               ("Sixty-three of them were children", ENGLISH.but(size=50), 100),
               ("Onlardan altmış üçü uşaq idi", AZERI.but(size=50), 74)),
        source(FOOT),
    )
    bar = document(
        BAR, DEEP,
        rings(1625, 150, (150, 250, 360), *sky),
        cord(bar_tail), bows(bar_tail, CHILDREN, 12),
        place(kite(), 1632, 143, 0.5, 32),
        column(LEFT, 146, ("아이들이", head.but(size=112)), ("예순셋이었습니다", head.but(size=112), 138),
               ("Sixty-three of them were children", ENGLISH.but(size=48), 84)),
        source(BAR_FOOT),
    )
    return Poster("children", full, bar)


# Memory blooms again: a flower of the mountains ----------------------------------------------------

SEPAL = "M0 30 C80 -40 96 -190 0 -310 C-96 -190 -80 -40 0 30 Z"
HALF_SEPAL = "M0 30 C80 -40 96 -190 0 -310 Z"
LIP = "M0 -50 C56 -40 78 10 104 84 C132 166 74 226 0 282 C-74 226 -132 166 -104 84 C-78 10 -56 -40 0 -50 Z"
HALF_LIP = "M0 -50 C56 -40 78 10 104 84 C132 166 74 226 0 282 Z"


def sepal(turn, scale=1.0):
    return place(path(SEPAL, BLUSH) + path(HALF_SEPAL, mix(BLUSH, WINE, 0.28)), 0, 0, scale, turn)


def blossom():
    """An orchid in the manner of the kharibulbul; its dark lip holds the candle's flame."""
    return (
        sepal(-112, 0.94) + sepal(112, 0.94) + sepal(0)
        + place(path(SEPAL, WINE), 0, 0, 0.46, -54) + place(path(SEPAL, WINE), 0, 0, 0.46, 54)
        + path(LIP, "#5a2a3d") + path(HALF_LIP, PLUM)
        + place(path(FLAME_SHAPE, CANDLE), 0, 152, 0.56)
        + place(path(FLAME_SHAPE, FLAME), 0, 156, 0.32)
    )


def leaf():
    shape = "M0 0 C110 -80 150 -260 60 -430 C-40 -330 -70 -130 0 0 Z"
    return path(shape, LEAF) + path("M0 0 C110 -80 150 -260 60 -430 C60 -280 40 -130 0 0 Z", mix(LEAF, INK, 0.18))


PAPER = "#efebe2"


def bloom():
    dark = HEAD.but(size=170, fill=INK)
    bar_dark = HEAD.but(size=118, fill=INK)
    quiet = mix(INK, PAPER, 0.22)
    latin = ENGLISH.but(fill=quiet)
    glow = ("#dfd3c8", "#e9e3d9")
    full = document(
        FULL, PAPER,
        rings(1450, 420, (310, 430, 560), *glow),
        stroke("M1450 430 C1480 640 1430 860 1458 1100", LEAF, 22),
        place(leaf(), 1450, 1130, 1.0, -38), place(leaf(), 1460, 1130, 0.9, 34),
        place(blossom(), 1450, 410, 1.12),
        column(LEFT, 320, ("기억은", dark), ("다시 핍니다", dark, 220),
               ("2008년에 시작된 캠페인 ‘호잘리에 정의를’", LEAD.but(size=52, fill=INK), 140),
               ("Justice for Khojaly, since 2008", latin.but(size=50), 86),
               ("Xocalıya ədalət", latin.but(size=50, lang="az"), 72)),
        source(FOOT, quiet),
    )
    bar = document(
        BAR, PAPER,
        rings(1550, 245, (190, 280, 380), *glow),
        stroke("M1550 240 C1570 340 1540 440 1555 560", LEAF, 14),
        place(leaf(), 1555, 580, 0.56, -52), place(leaf(), 1555, 580, 0.5, 50),
        place(blossom(), 1550, 240, 0.66),
        column(LEFT, 146, ("기억은", bar_dark), ("다시 핍니다", bar_dark, 144),
               ("Justice for Khojaly, since 2008", latin.but(size=46), 82)),
        source(BAR_FOOT, quiet),
    )
    return Poster("bloom", full, bar)


def posters():
    return (remember(), lights(), night(), children(), bloom())
