"""On board: small courtesies, drawn as flat round shapes seen through the window of a bus."""

from dataclasses import dataclass

from .figures import (
    BLUE, CORAL, CREAM, DARK_SKIN, INK, LEAF, LIGHT_SKIN, ROSE, STEEL, SUN, TEAL, VIOLET, WARM_SKIN, Person,
    arm_to_bar, bust, caller, expecting, fingers_on_bar, heart, hugging, pointing_hand, seat, small_bus,
    stop_button, strap,
)
from .svg import (
    BAR, FULL, LATIN_SANS, SANS, Poster, Type, column, document, group, inside, mix, place, rect, stroke,
    words,
)

HEAD = Type(152, INK, SANS, 700, tracking=-0.03)
LEAD = Type(58, INK, SANS, 400, tracking=-0.02)
ENGLISH = Type(50, INK, LATIN_SANS, 400, "en")

LEFT = 110


@dataclass(frozen=True)
class Colours:
    ground: str
    glass: str


@dataclass(frozen=True)
class Words:
    """The headline is broken by hand, between words: three lines on the poster, two on the bar."""

    headline: tuple
    bar_headline: tuple
    lead: str
    english: str


@dataclass(frozen=True)
class Pane:
    """The bus window that holds the picture; pictures are drawn from its upper left corner."""

    x: int
    y: int
    width: int
    height: int
    radius: int

    def around(self, name, glass, picture):
        outline = rect(0, 0, self.width, self.height, glass, self.radius)
        return place(outline + inside(name, outline, picture), self.x, self.y)


FULL_PANE = Pane(960, 90, 850, 900, 120)
BAR_PANE = Pane(1010, 42, 800, 456, 76)


def badge(x, y, ground):
    """Who speaks: the friendly bus itself."""
    label = Type(40, INK, SANS, 700, tracking=-0.02)
    return place(small_bus(INK, ground), x, y) + words(x + 120, y - 16, "함께 타는 버스", label)


def compose(name, colours, text, picture, bar_picture):
    full = document(
        FULL, colours.ground,
        FULL_PANE.around("pane", colours.glass, picture),
        badge(LEFT, 162, colours.ground),
        column(LEFT - 6, 382, *((line, HEAD, 188 * (i > 0)) for i, line in enumerate(text.headline))),
        column(LEFT, 894, (text.lead, LEAD), (text.english, ENGLISH, 82)),
    )
    head = HEAD.but(size=122)
    bar = document(
        BAR, colours.ground,
        BAR_PANE.around("pane", colours.glass, bar_picture),
        column(LEFT - 5, 164, *((line, head, 146 * (i > 0)) for i, line in enumerate(text.bar_headline))),
        column(LEFT, 410, (text.lead, LEAD.but(size=54)), (text.english, ENGLISH.but(size=44), 70)),
    )
    return Poster(name, full, bar)


# The pictures --------------------------------------------------------------------------------------


def rail(y, width, thick):
    return rect(-40, y - thick / 2, width + 80, thick, STEEL)


def held_strap(x, y, scale, skin, sleeve):
    """A strap with a hand on it: the arm behind, the strap, then the fingers."""
    at_bar = 330
    return place(
        place(arm_to_bar(skin, sleeve), 0, at_bar) + strap(CORAL) + place(fingers_on_bar(skin), 0, at_bar),
        x, y, scale)


def handrail():
    colours = Colours("#ffd363", "#fff5d8")
    idle = mix(SUN, CORAL, 0.25)
    picture = group(
        rail(120, 850, 40),
        place(strap(idle), 170, 120, 0.84, 9), place(strap(idle), 748, 120, 0.84, 9),
        held_strap(425, 120, 1.3, WARM_SKIN, BLUE),
    )
    bar_picture = group(
        rail(54, 800, 24),
        place(strap(idle), 136, 54, 0.58, 9), place(strap(idle), 316, 54, 0.58, 9),
        place(strap(idle), 706, 54, 0.58, 9),
        held_strap(500, 54, 0.66, WARM_SKIN, BLUE),
    )
    text = Words(("손잡이를", "꼭 잡아", "주세요"), ("손잡이를", "꼭 잡아 주세요"),
                 "출발할 때도, 멈출 때도", "Hold on when we start and stop")
    return compose("handrail", colours, text, picture, bar_picture)


def expectant():
    colours = Colours("#ffc3cd", "#fff0f0")
    mother = Person(LIGHT_SKIN, "#4a2d35", TEAL)
    picture = group(
        rect(0, 800, 850, 100, "#ffdce0"),
        place(seat(ROSE) + expecting(mother), -20, -6, 0.97),
        place(heart(ROSE), 190, 330, 0.9, -10), place(heart(CORAL), 300, 190, 0.5, 12),
    )
    bar_picture = group(
        rect(0, 416, 800, 40, "#ffdce0"),
        place(seat(ROSE) + expecting(mother), 236, -14, 0.52),
        place(heart(ROSE), 240, 222, 0.74, -10), place(heart(CORAL), 360, 118, 0.40, 12),
    )
    text = Words(("이 자리는", "두 사람", "자리예요"), ("이 자리는", "두 사람 자리예요"),
                 "임산부 배려석을 비워 주세요", "A seat for expectant mothers")
    return compose("expectant", colours, text, picture, bar_picture)


def ringing(x, y, scale):
    """Sound to the left and the right of the button."""
    arcs = "".join(
        stroke(f"M{s * r} -{r * 0.42:.0f} C{s * r * 1.16:.0f} -{r * 0.16:.0f} {s * r * 1.16:.0f} {r * 0.16:.0f} "
               f"{s * r} {r * 0.42:.0f}", CORAL, 26)
        for s in (-1, 1) for r in (270, 340))
    return place(arcs, x, y, scale)


def stop_bell():
    colours = Colours("#a9d8f0", "#ecf8fd")
    picture = group(
        ringing(425, 350, 1.0),
        place(stop_button(), 425, 350),
        place(pointing_hand(LIGHT_SKIN, SUN), 484, 442, 0.74, -28),
    )
    bar_picture = group(
        ringing(330, 218, 0.72),
        place(stop_button(), 330, 218, 0.72),
        place(pointing_hand(LIGHT_SKIN, SUN), 402, 266, 0.56, -62),
    )
    text = Words(("내리기 전에", "벨을 눌러", "주세요"), ("내리기 전에", "벨을 눌러 주세요"),
                 "멈춘 뒤 천천히 일어나요", "Press the bell before your stop")
    return compose("stop-bell", colours, text, picture, bar_picture)


def bubble(x, y, scale):
    """A very small talk: sogon-sogon is how Korean whispers."""
    tail = place(rect(-22, -22, 44, 44, CREAM, 8), -96, 62, 1.0, 45)
    whisper = Type(62, INK, SANS, 700, anchor="middle", tracking=-0.02)
    return place(tail + rect(-160, -68, 320, 136, CREAM, 68) + words(0, 22, "소곤소곤", whisper), x, y, scale)


def dozing(x, y, scale):
    big = Type(110, VIOLET, LATIN_SANS, 700, "en")
    return place(words(0, 0, "Z", big) + words(76, -74, "z", big) + words(136, -130, "z", big.but(size=84)), x, y, scale)


def quiet():
    colours = Colours("#d3c8f2", "#f3effd")
    speaker = Person(WARM_SKIN, "#2e2433", CORAL)
    sleeper = Person(LIGHT_SKIN, "#6d4636", TEAL, long_hair=True, asleep=True)
    glass = "#e2d9f8"
    picture = group(
        rect(0, 620, 850, 280, glass),
        place(bust(sleeper, -14), 626, 568, 1.05),
        place(caller(speaker), 286, 506, 1.1),
        bubble(386, 240, 1.1),
        dozing(640, 400, 0.9),
    )
    bar_picture = group(
        rect(0, 330, 800, 140, glass),
        place(bust(sleeper, -14), 600, 285, 0.82),
        place(caller(speaker), 230, 270, 0.82),
        bubble(400, 90, 0.8),
        dozing(640, 170, 0.62),
    )
    text = Words(("통화는", "작은", "목소리로"), ("통화는", "작은 목소리로"),
                 "옆자리의 단잠을 지켜 주세요", "Short calls, soft voices")
    return compose("quiet", colours, text, picture, bar_picture)


def backpack():
    colours = Colours("#aee0c0", "#ecf9ef")
    wearer = Person(LIGHT_SKIN, "#2e2433", BLUE)
    friend = Person(DARK_SKIN, "#2b1d22", CORAL, long_hair=True)
    elder = Person(WARM_SKIN, "#d9d5dd", LEAF)
    picture = group(
        place(bust(friend), 132, 420, 0.92), place(bust(elder), 732, 390, 0.92),
        place(hugging(wearer), 428, 290, 1.12),
    )
    bar_picture = group(
        place(bust(friend), 130, 240, 0.72), place(bust(elder), 680, 225, 0.72),
        place(hugging(wearer), 405, 140, 0.72),
    )
    text = Words(("백팩은", "앞으로", "메 주세요"), ("백팩은", "앞으로 메 주세요"),
                 "뒤에 선 사람이 편해져요", "Wear your backpack in front")
    return compose("backpack", colours, text, picture, bar_picture)


def posters():
    return (handrail(), expectant(), stop_bell(), quiet(), backpack())
