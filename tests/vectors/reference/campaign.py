"""A campaign file as values. It is taken to be free of errors: `noseon check` is not this."""

import tomllib
from fractions import Fraction
from functools import lru_cache

from .zones import Zone


class Item:
    """One item of a campaign, its keys as written."""

    def __init__(self, campaign: "Campaign", keys: dict):
        self.campaign = campaign
        self.keys = keys
        self.id = keys["id"]
        self.role = keys.get("role", "normal")
        self.weight = keys.get("weight", 1)
        self.dayparts = [entry for name in keys.get("dayparts", []) for entry in campaign.dayparts[name]]

    def __repr__(self) -> str:
        return f"{self.campaign.id}/{self.id}"


class Campaign:
    """One campaign file; `agency` is who signed it, "" for a folder."""

    def __init__(self, toml: str, agency: str = ""):
        keys = tomllib.loads(toml, parse_float=Fraction)  # share = 0.1 is one tenth, exactly
        self.agency = agency
        self.id = keys["id"]
        self.zone = Zone.named(keys["timezone"])
        self.holidays = keys.get("holidays")
        self.window = keys.get("window", {})
        self.dayparts = keys.get("dayparts", {})
        self.items = [Item(self, item) for item in keys["item"]]

    @staticmethod
    @lru_cache(maxsize=None)
    def read(toml: str, agency: str = "") -> "Campaign":
        """The same object for the same text, so that what is known of it need not be found again."""
        return Campaign(toml, agency)
