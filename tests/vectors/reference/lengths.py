"""How long a turn is, in milliseconds: as written, 8 s for a poster, reading time for a text."""

import unicodedata

from .campaign import Item


def turn_length(item: Item, languages: list[str]) -> int:
    if "seconds" in item.keys:
        return item.keys["seconds"] * 1000
    if "poster" in item.keys:
        return 8000
    return reading_time(item.keys["text"], languages)


def reading_time(texts: dict[str, str], languages: list[str]) -> int:
    """clamp(2 s + W/6, 5 s, 60 s), up to whole seconds; W over all the display's languages."""
    present = [texts[language] for language in languages if language in texts]
    read = present or list(texts.values())[:1]
    halves = sum(half_characters(text) for text in read)
    seconds = 2 + -(-halves // 12)  # W / 6 = halves / 12, rounded up
    return min(max(seconds, 5), 60) * 1000


def half_characters(text: str) -> int:
    """In halves of a character: Latin letters, digits and spaces are 1, other clusters 2."""
    return sum(1 if is_half(cluster) else 2 for cluster in clusters(text))


def is_half(cluster: str) -> bool:
    base = cluster[0]
    return base == " " or base in "0123456789" or unicodedata.name(base, "").startswith("LATIN ")


def clusters(text: str) -> list[str]:
    """Grapheme clusters of the NFC text, as far as the vectors need: marks and joined emoji."""
    result: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        joins = result and (extends(character) or result[-1].endswith("\u200d"))
        if joins:
            result[-1] += character
        else:
            result.append(character)
    return result


def extends(character: str) -> bool:
    is_mark = unicodedata.category(character) in ("Mn", "Mc", "Me")
    is_skin_tone = 0x1F3FB <= ord(character) <= 0x1F3FF
    return is_mark or is_skin_tone or character == "\u200d"
