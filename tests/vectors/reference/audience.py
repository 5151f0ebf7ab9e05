"""Where an item may show: routes, places, labels and share, all of which must agree."""

import hashlib
from fractions import Fraction

from .campaign import Item


def admits(item: Item, display, context) -> bool:
    return (
        on_route(item, context)
        and is_near(item, context)
        and is_labelled(item, display)
        and in_share(item, display)
    )


def on_route(item: Item, context) -> bool:
    """An unknown route is on no list."""
    return "routes" not in item.keys or context.route in item.keys["routes"]


def is_near(item: Item, context) -> bool:
    """Inside any one of the places; a place belongs to its campaign."""
    if "near" not in item.keys:
        return True
    return any((item.campaign.id, place) in context.inside for place in item.keys["near"])


def is_labelled(item: Item, display) -> bool:
    """Of each prefix that the item names, the display has one of the labels named."""
    labels = item.keys.get("labels", [])
    prefixes = {label.split(":")[0] for label in labels}
    return all(
        any(label in display.labels for label in labels if label.split(":")[0] == prefix)
        for prefix in prefixes
    )


def in_share(item: Item, display) -> bool:
    if "share" not in item.keys:
        return True
    salt = item.keys.get("salt", item.campaign.id)
    return Fraction(bucket(salt, display.id), 10_000) < item.keys["share"]


def bucket(salt: str, display_id: str) -> int:
    """0 to 9999, the same for a salt and a display for ever."""
    digest = hashlib.sha256(f"{salt}:{display_id}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % 10_000
