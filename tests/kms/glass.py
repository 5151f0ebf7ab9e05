"""What should be on the glass, and whether it is."""

import datetime
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

from guest import TOP
from machine import Broken, Size

Time = datetime.datetime


class Difference:
    """Of two pictures: the pixels that are not the same, and by how much at most in any channel.
    Pictures of two sizes have nothing in common."""

    def __init__(self, seen: Path, wanted: Path):
        with Image.open(seen) as first, Image.open(wanted) as second:
            ours, theirs = first.convert("RGB"), second.convert("RGB")
        self.sizes = (ours.size, theirs.size)
        self.all = theirs.width * theirs.height
        self.pixels, self.most = self.all, 255
        if ours.size == theirs.size:
            red, green, blue = ImageChops.difference(ours, theirs).split()
            most = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
            self.pixels = self.all - most[0]
            self.most = max(value for value, count in enumerate(most) if count)

    def __str__(self) -> str:
        if self.sizes[0] != self.sizes[1]:
            return "it is {0[0]}x{0[1]}, not {1[0]}x{1[1]}".format(*self.sizes)
        if self.pixels == 0:
            return f"all {self.all} pixels are equal"
        return f"{self.pixels} of {self.all} pixels differ, by {self.most} of 255 at most"


class WrongPicture(Broken):
    """What is on the glass is not what is wanted there."""

    def __init__(self, message: str, difference: Difference):
        super().__init__(message)
        self.difference = difference


@dataclass
class Drawing:
    picture: Path
    what: str
    since: Time
    until: Time


class Wanted:
    """What `noseon render` draws of the demonstration, for a display of that size. `spoils`: with one
    pixel changed by one."""

    def __init__(self, noseon: Path, size: Size, folder: Path, spoils: bool = False):
        self._noseon = noseon
        self._size = size
        self._folder = folder
        self._spoils = spoils
        self._drawings: list[Drawing] = []

    def at(self, time: Time) -> tuple[Path, str]:
        """The picture, and the name of what it shows."""
        for drawing in self._drawings:
            if drawing.since <= time < drawing.until:
                return drawing.picture, drawing.what
        drawing = self._draw(time)
        self._drawings.append(drawing)
        return drawing.picture, drawing.what

    def _draw(self, time: Time) -> Drawing:
        picture = self._folder / f"wanted-{time:%H%M%S}-{len(self._drawings)}.png"
        said = subprocess.run(
            [self._noseon, "render", TOP / "media/demo", "--at", time.isoformat(" ", "milliseconds"),
             "--json", "--size", f"{self._size[0]}x{self._size[1]}", "-o", picture],
            capture_output=True, text=True)
        if said.returncode != 0:
            raise Broken(f"noseon render: {said.stderr.strip()}")
        if self._spoils:
            spoil(picture)
        facts = json.loads(said.stdout)
        what = f"{facts['campaign']}/{facts['item']}"
        since, until = (Time.fromisoformat(facts[edge]).replace(tzinfo=None)
                        for edge in ("from", "until"))
        if facts["pages"] > 1:  # when they turn is not said
            what += f", page {facts['page']} of {facts['pages']}"
            since, until = time, time + datetime.timedelta(milliseconds=500)
        return Drawing(picture, what, since, until)


def spoil(picture: Path) -> None:
    """Changes one pixel by one."""
    with Image.open(picture) as image:
        changed = image.convert("RGB")
    place = (changed.width // 2, changed.height // 2)
    red, green, blue = changed.getpixel(place)
    changed.putpixel(place, (red, green, blue ^ 1))
    changed.save(picture)
