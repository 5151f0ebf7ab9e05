"""How long a turn is: as written, 8 s for a poster, reading time for a text.

One item alone on 1970-01-01 in Seoul, day 0: its first turn is [midnight, midnight + its length).
"""

from book import Book, item

MIDNIGHT = "1970-01-01 00:00"

# text, display's languages, seconds, why. Halves: Latin letters, digits, spaces 1, all others 2;
# seconds = 2 + halves / 12, at least 5 and at most 60, rounded up.
TEXTS = [
    ('ko = "가"', "ko en", 5, "one character: 2 halves, no less than five seconds"),
    ('ko = "가나다라마바사아자차카타파하거너더러"', "ko", 5, "18 characters, 36 halves: five seconds exactly"),
    ('ko = "가나다라마바사아자차카타파하거너더러 "', "ko", 6, "18 characters and a space, 37 halves: a twelfth above five is rounded up"),
    ('ko = "가나다라마바사아자차카타파하거너더러머"', "ko", 6, "19 characters, 38 halves: rounded up"),
    ('ko = "가나다라마바사아자차카타파하거너더러머버서어저처"', "ko", 6, "24 characters, 48 halves: six seconds exactly"),
    ('ko = "가나다라마바사아자차카타파하거너더러머버서어저처 "', "ko", 7, "49 halves: rounded up to seven"),
    (f'en = "{"a" * 36}"', "en", 5, "36 Latin letters count half"),
    (f'en = "{"a" * 37}"', "en", 6, "37 Latin letters are a half above"),
    (f'en = "{"7" * 36}"', "en", 5, "36 digits count half"),
    (f'en = "{"7" * 37}"', "en", 6, "37 digits are a half above"),
    (f'en = "{"a b " * 9}"', "en", 5, "36 letters and spaces, the last of them a space, count half"),
    (f'en = "{"a" * 34}."', "en", 5, "a full stop is a whole character: 36 halves"),
    (f'en = "{"a" * 35}."', "en", 6, "a full stop is a whole character: 37 halves"),
    (f'az = "{"ə" * 36}"', "az", 5, "36 letters of Azerbaijani are Latin"),
    (f'az = "{"ğ" * 37}"', "az", 6, "37 letters of Azerbaijani are Latin"),
    (f'fr = "{"é" * 36}"', "fr", 5, "36 letters with an accent, composed"),
    (f'fr = "{"e" + chr(0x301)}{"é" * 35}"', "fr", 5, "a letter and its combining accent are one letter once composed (NFC)"),
    (f'fr = "{("e" + chr(0x301)) * 37}"', "fr", 6, "37 letters with combining accents, composed, not 74 characters"),
    (f'ko = "{chr(0x1100) + chr(0x1161)}{"가" * 17}"', "ko", 5, "two jamo are one syllable once composed: 18 characters"),
    (f'ko = "{(chr(0x1112) + chr(0x1161) + chr(0x11AB)) * 18}"', "ko", 5, "three jamo are one syllable once composed: 18 characters"),
    (f'ru = "{"ж" * 18}"', "ru", 5, "Cyrillic letters are whole characters: 36 halves"),
    (f'ru = "{"ж" * 18} "', "ru", 6, "Cyrillic letters and a space: 37 halves"),
    (f'ja = "{"字" * 24}"', "ja", 6, "24 ideographs: 48 halves"),
    (f'en = "{"a" * 695}"', "en", 60, "695 halves: 59 seconds and eleven twelfths, rounded up"),
    (f'en = "{"a" * 684}"', "en", 59, "684 halves: 59 seconds exactly"),
    (f'en = "{"a" * 685}"', "en", 60, "685 halves: rounded up to sixty"),
    (f'en = "{"a" * 696}"', "en", 60, "696 halves: sixty seconds exactly"),
    (f'en = "{"a" * 720}"', "en", 60, "no more than sixty seconds"),
    (f'ko = "{"가" * 18}", en = "a"', "ko en", 6, "over all the display's languages: 36 halves and 1"),
    (f'ko = "{"가" * 18}", en = "a"', "ko", 5, "a language that the display lacks does not count"),
    (f'ko = "{"가" * 18}", en = "a"', "en", 5, "the display's one language: a single letter"),
    (f'en = "{"a" * 48}", ko = "{"가" * 6}"', "ko en", 7, "over both: 48 halves and 12 are five seconds of reading"),
    (f'az = "{"a" * 48}", ru = "ж"', "ko en", 6, "none of the display's languages: the first written"),
    (f'ru = "ж", az = "{"a" * 48}"', "ko en", 5, "none of the display's languages: the first written, not the longest"),
    (f'az = "{"a" * 48}", ru = "ж", ko = "가"', "ko en", 5, "one of the display's languages: the first written does not count"),
]


def book() -> Book:
    book = Book("lengths", "A turn lasts its seconds; a poster without them 8 s; a text without them its reading time, clamp(2 + W/6, 5, 60), rounded up.")
    for text, languages, seconds, why in TEXTS:
        key = book.campaign(f"text {text[:60]} {len(text)}", "Asia/Seoul", item("a", f"text = {{ {text} }}", seconds=None))
        bus = book.bus(key, languages=tuple(languages.split()))
        first(book, bus, seconds, f"text: {why}")
    poster = 'poster = "posters/a.png"'
    first(book, book.bus(book.campaign("poster", "Asia/Seoul", item("a", poster, seconds=None))), 8, "a poster without seconds")
    first(book, book.bus(book.campaign("poster 12", "Asia/Seoul", item("a", poster, seconds=12))), 12, "a poster with seconds")
    first(book, book.bus(book.campaign("text 3", "Asia/Seoul", item("a", seconds=3))), 3, "a text with seconds, fewer than its reading time would be")
    first(book, book.bus(book.campaign("text 100", "Asia/Seoul", item("a", seconds=100))), 100, "a text with seconds, more than reading time ever is")
    mixed(book, poster)
    return book


def first(book: Book, bus, seconds: int, why: str) -> None:
    midnight = bus.instant(MIDNIGHT)
    end = midnight + seconds * 1000
    languages = " ".join(bus.languages)
    book.case(f"{why}: {seconds} s ({languages}), its last millisecond", bus, end - 1, "a", midnight, end)


def mixed(book: Book, poster: str) -> None:
    parts = [item("a", poster, seconds=None), item("b", 'text = { ko = "가" }', seconds=None), item("c", seconds=2)]
    bus = book.bus(book.campaign("mixed", "Asia/Seoul", *parts))
    book.turns(bus, MIDNIGHT, "a b c a b c", "a poster, a text and an item of two seconds take turns", [8000, 5000, 2000] * 2)
    text = f'text = {{ ko = "가", en = "{"a" * 48}" }}'
    key = book.campaign("by language", "Asia/Seoul", item("a", text, seconds=None), item("b"))
    book.turns(book.bus(key, languages=("ko",)), MIDNIGHT, "a b a", "a display in Korean alone", [5000, 10_000, 5000])
    book.turns(book.bus(key), MIDNIGHT, "a b a", "a display in both languages reads longer", [7000, 10_000, 7000])
