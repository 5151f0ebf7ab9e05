#!/usr/bin/env python3
"""Writes the vectors: every scenario asked of the reference and held against what it says by hand.

make.py           writes tests/vectors/*.json
make.py --check   writes nothing; fails where a committed file is not what would be written
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))

from book import ScenarioError  # noqa: E402
from scenarios import THEMES  # noqa: E402


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 2
    try:
        books = [theme.book() for theme in THEMES]
        files = {f"{book.name}.json": book.text() for book in books}
    except ScenarioError as error:
        print(error, file=sys.stderr)
        return 1
    bad = differing(files)
    if not arguments:
        for name, text in files.items():
            (HERE / name).write_text(text, encoding="utf-8")
    for book in books:
        print(f"{len(book.cases):5} {book.name}.json")
    print(f"{sum(len(book.cases) for book in books):5} cases")
    if arguments and bad:
        print("not as make.py writes them:", ", ".join(sorted(bad)), file=sys.stderr)
        return 1
    return 0


def differing(files: dict[str, str]) -> set[str]:
    """Committed files that are missing, differ, or that no theme writes."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in HERE.glob("*.json")}
    return {name for name in files.keys() | committed.keys() if files.get(name) != committed.get(name)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
