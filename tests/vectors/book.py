"""The vocabulary of the scenarios: campaigns, buses, and expectations written by hand.

Every expectation names what shows; where a reason gives the edges as well, it names those too. The
reference must agree with each (ScenarioError else), and fills in the ends that no hand wrote.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from reference import Campaign, Context, Display, Turn, Zone, showing_at

EVER = "ever"  # as an end: never a change on that side
FALLBACK = "fallback"
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)


class ScenarioError(Exception):
    """The reference disagrees with what was written by hand: one of them is wrong."""


@dataclass(frozen=True)
class Bus:
    """A display with its campaigns (keys of the book) and its context."""

    campaigns: tuple[str, ...]
    timezone: str
    id: str = "bus-1"
    languages: tuple[str, ...] = ("ko", "en")
    labels: tuple[str, ...] = ()
    route: str | None = None
    inside: tuple[tuple[str, str], ...] = ()
    since: str | None = None
    clock_floor: str | None = None  # at `since`; None: its clock is trusted

    def but(self, **changes) -> "Bus":
        return replace(self, **changes)

    def instant(self, text: str) -> int:
        """"2027-02-25 08:00", civil for the display; with Z or an offset wherever clocks change."""
        written = datetime.fromisoformat(text)
        if written.tzinfo is None:
            return Zone.named(self.timezone).instant(written)
        return (written - EPOCH) // MILLISECOND

    def context(self) -> dict:
        """As it is written; without a doubt there is no word of the clock."""
        context = {
            "route": self.route,
            "inside": [list(place) for place in self.inside],
            "since": None if self.since is None else self.rfc3339(self.instant(self.since)),
        }
        if self.clock_floor is not None:
            context["clock_floor"] = self.rfc3339(self.instant(self.clock_floor))
        return context

    def rfc3339(self, t: int) -> str:
        utc = EPOCH + t * MILLISECOND
        return utc.astimezone(Zone.named(self.timezone).info).isoformat(timespec="milliseconds")


def item(id: str, *keys: str, seconds: int | None = 10) -> str:
    """An item that shows a text for so many seconds; None: for its reading time."""
    lines = ["[[item]]", f'id = "{id}"']
    if not any(key.startswith(("text", "poster")) for key in keys):
        lines.append('text = { ko = "가" }')
    if seconds is not None:
        lines.append(f"seconds = {seconds}")
    return "\n".join([*lines, *keys])


class Book:
    """One file of vectors."""

    def __init__(self, name: str, about: str):
        self.name = name
        self.about = about
        self.campaigns: dict[str, dict] = {}
        self.cases: list[dict] = []

    def campaign(self, key: str, zone: str, *parts: str, id: str = "spring", agency: str = "") -> str:
        """A campaign of these parts, and the key that buses name it by."""
        head = f'format = "noseon.campaign/1"\nid = "{id}"\ntimezone = "{zone}"'
        toml = "\n".join([head, *parts]) + "\n"
        if self.campaigns.setdefault(key, {"agency": agency, "toml": toml})["toml"] != toml:
            raise ScenarioError(f"two campaigns are called {key}")
        return key

    def bus(self, *keys: str, zone: str = "Asia/Seoul", **more) -> Bus:
        return Bus(keys, zone, **more)

    def turn_at(self, bus: Bus, t: int) -> Turn:
        campaigns = [Campaign.read(c["toml"], c["agency"]) for c in map(self.campaigns.get, bus.campaigns)]
        display = Display(bus.id, bus.timezone, bus.languages, bus.labels)
        since = None if bus.since is None else bus.instant(bus.since)
        doubt = None if bus.clock_floor is None else since - bus.instant(bus.clock_floor)
        return showing_at(campaigns, display, Context(bus.route, bus.inside, doubt), since, t)

    def case(self, name: str, bus: Bus, at: str | int, shows: str, from_=None, until=None) -> Turn:
        """`shows` is "item", "campaign/item" or FALLBACK; ends left out are the reference's."""
        t = bus.instant(at) if isinstance(at, str) else at
        turn = self.turn_at(bus, t)
        self._hold(name, bus, t, turn, shows, from_, until)
        self.cases.append(
            {
                "name": name,
                "campaigns": list(bus.campaigns),
                "display": {
                    "id": bus.id,
                    "timezone": bus.timezone,
                    "languages": list(bus.languages),
                    "labels": list(bus.labels),
                },
                "context": bus.context(),
                "at": bus.rfc3339(t),
                "shows": {
                    "campaign": turn.item and turn.item.campaign.id,
                    "item": turn.item and turn.item.id,
                    "from": None if turn.from_ is None else bus.rfc3339(turn.from_),
                    "until": None if turn.until is None else bus.rfc3339(turn.until),
                },
            }
        )
        return turn

    def _hold(self, name, bus, t, turn, shows, from_, until) -> None:
        said = FALLBACK if turn.item is None else turn.item.id
        if "/" in shows:
            said = str(turn.item)
        found = [said]
        expected = [shows]
        for end, written in ((turn.from_, from_), (turn.until, until)):
            if written is not None:
                found.append(EVER if end is None else bus.rfc3339(end))
                instant = bus.instant(written) if isinstance(written, str) and written != EVER else written
                expected.append(EVER if written == EVER else bus.rfc3339(instant))
        if found != expected:
            at = bus.rfc3339(t)
            raise ScenarioError(f"{self.name}: {name}\n  at {at}\n  by hand   {expected}\n  reference {found}")

    def edges(self, bus: Bus, shows: str, *steps: tuple[str, str, str]) -> None:
        """Steps (instant, what shows from then on, why): one case 1 ms before each, one on it."""
        for at, after, why in steps:
            t = bus.instant(at)
            self.case(f"{why} (1 ms before)", bus, t - 1, shows, until=t)
            self.case(f"{why} (on the edge)", bus, t, after, from_=t)
            shows = after

    def no_edge(self, bus: Bus, at: str, shows: str, why: str) -> None:
        """An instant that ends nothing, though it might seem to: the slot runs across it."""
        t = bus.instant(at)
        before = self.case(f"{why} (1 ms before)", bus, t - 1, shows)
        self.case(f"{why} (on the instant)", bus, t, shows, before.from_ or EVER, before.until or EVER)
        if before.until is not None and before.until <= t:
            raise ScenarioError(f"{self.name}: {why}: something ends at {at}")

    def turns(self, bus: Bus, start: str, sequence: str, why: str, lengths: list[int] | None = None) -> None:
        """Turns one after the other from an instant on which one begins: "a b a c". Lengths in ms."""
        t = bus.instant(start)
        names = sequence.split()
        for n, name in enumerate(names, 1):
            until = None if lengths is None else t + lengths[n - 1]
            turn = self.case(f"{why}: turn {n} of {len(names)}", bus, t, name, t, until)
            t = turn.until

    def cycle(self, bus: Bus, at: str, sequence: str, why: str) -> None:
        """From the turn at an instant on, a whole loop: `sequence`, begun at any place."""
        names, t, seen = sequence.split(), bus.instant(at), []
        for n in range(len(names)):
            turn = self.turn_at(bus, t)
            self.case(f"{why}: turn {n + 1} from {at}", bus, t, turn.item.id)
            seen.append(turn.item.id)
            t = turn.until
        if seen not in [names[n:] + names[:n] for n in range(len(names))]:
            raise ScenarioError(f"{self.name}: {why}: {seen} is not a rotation of {names}")

    def text(self) -> str:
        """The file: pretty, one line for each part of a case."""
        names = [case["name"] for case in self.cases]
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ScenarioError(f"{self.name}: the same name twice: {sorted(twice)}")
        lines = ['{', '  "format": "noseon.vectors/1",', f'  "about": {dump(self.about)},', '  "campaigns": {']
        lines.append(",\n".join(self._campaign_text(key) for key in self.campaigns))
        lines += ["  },", '  "cases": [']
        lines.append(",\n".join(case_text(case) for case in self.cases))
        lines += ["  ]", "}"]
        return "\n".join(lines) + "\n"

    def _campaign_text(self, key: str) -> str:
        campaign = self.campaigns[key]
        toml = ",\n".join(f"        {dump(line)}" for line in campaign["toml"].splitlines())
        agency = f'"agency": {dump(campaign["agency"])},'
        return f'    {dump(key)}: {{\n      {agency}\n      "toml": [\n{toml}\n      ]\n    }}'


def case_text(case: dict) -> str:
    parts = ",\n".join(f"      {dump(key)}: {dump(value)}" for key, value in case.items())
    return "    {\n" + parts + "\n    }"


def dump(value) -> str:
    return json.dumps(value, ensure_ascii=False)
