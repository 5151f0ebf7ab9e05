#!/usr/bin/python3
"""Holds Noseon's typesetting against an oracle's.

main.py ORACLE NOSEON           ORACLE: hb-shape, chromium, pango or invariants; NOSEON: the program
main.py ORACLE NOSEON --spoil WHAT
                                with one answer of Noseon's changed (WHAT: advance, glyph or break);
                                succeeds where the oracle notices
Exit code 0: nothing differs but what README.md expects; 1: something does; 77: the oracle or a font
is not installed.
"""

import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import chromium  # noqa: E402
import hb_shape  # noqa: E402
import invariants  # noqa: E402
import pango  # noqa: E402
from noseon import Noseon  # noqa: E402
from texts import Skip, read_texts  # noqa: E402
from verdict import Verdict  # noqa: E402

ORACLES = {"hb-shape": hb_shape, "chromium": chromium, "pango": pango, "invariants": invariants}
EXIT_SKIPPED = 77


def main(arguments: list[str]) -> int:
    is_spoiled = arguments[2:3] == ["--spoil"]
    if len(arguments) != (4 if is_spoiled else 2) or arguments[0] not in ORACLES:
        print(__doc__)
        return 2
    name, program = arguments[:2]
    spoiled = arguments[3] if is_spoiled else None
    verdict = Verdict(name)
    since = time.monotonic()
    try:
        texts = read_texts()
        print(f"{name}: {len(texts)} texts")
        with Noseon(program, spoiled) as noseon:
            ORACLES[name].hold(noseon, texts, verdict)
    except Skip as reason:
        print(f"SKIPPED: {reason}")
        return EXIT_SKIPPED
    is_good = verdict.report()
    print(f"{time.monotonic() - since:.1f} s")
    return int(is_good if is_spoiled else not is_good)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
