#!/usr/bin/env python3
"""Draws the posters of the demonstration campaigns.

    python3 media/demo/draw.py                    everything
    python3 media/demo/draw.py khojaly            one campaign
    python3 media/demo/draw.py khojaly/remember   one poster, both shapes

Needs rsvg-convert, optipng and the Noto fonts (see README.md beside this file). For each poster it
writes posters/source/NAME.svg and NAME.bar.svg, and from these posters/NAME.png and NAME.bar.png.
"""

import argparse
from pathlib import Path

from drawing import khojaly, on_board
from drawing.raster import rasterise

HERE = Path(__file__).resolve().parent
CAMPAIGNS = {"khojaly": khojaly.posters, "on-board": on_board.posters}


def draw(campaign, poster):
    folder = HERE / campaign / "posters"
    (folder / "source").mkdir(parents=True, exist_ok=True)
    for name, picture in ((poster.name, poster.full), (f"{poster.name}.bar", poster.bar)):
        source = folder / "source" / f"{name}.svg"
        target = folder / f"{name}.png"
        source.write_text(picture, encoding="utf-8")
        rasterise(source, target)
        print(f"{target.relative_to(HERE)}  {target.stat().st_size / 1000:.0f} kB")


def main():
    parser = argparse.ArgumentParser(description="Draws the posters of the demonstration campaigns.")
    parser.add_argument("only", nargs="*", help="campaign, or campaign/poster; everything if left out")
    only = parser.parse_args().only
    every = [(campaign, poster) for campaign, make in CAMPAIGNS.items() for poster in make()]
    known = {campaign for campaign, _ in every} | {f"{c}/{p.name}" for c, p in every}
    for name in only:
        if name not in known:
            parser.error(f"no such campaign or poster: {name}; there are: {', '.join(sorted(known))}")
    for campaign, poster in every:
        if not only or campaign in only or f"{campaign}/{poster.name}" in only:
            draw(campaign, poster)


if __name__ == "__main__":
    main()
