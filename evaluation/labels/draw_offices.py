"""Draw terms of office to check from ``people.toml``, by seed: as printed, one JSON object a line.

    python evaluation/labels/draw_offices.py --seed 51 --count 100 > offices.jsonl

Each row: ``code``, ``office``, ``row`` (the line as it stood when drawn: from, to, names). The parties in ``--without``, whose terms come
from open data, are left out. What was found goes beside it by hand: ``verdict`` (right, wrong, unverifiable),
``source`` (the address that was opened, or null), ``note``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tomllib
from collections.abc import Iterator
from importlib import resources


def terms(without: frozenset[str]) -> Iterator[dict[str, str]]:
    """All terms of the file, in its order."""
    text = (resources.files("dragoman.codebook") / "actors" / "people.toml").read_text(encoding="utf-8")
    for code, posts in tomllib.loads(text).items():
        for office, lines in posts.items():
            for line in lines.strip().splitlines():
                if code not in without:
                    yield {"code": code, "office": office, "row": line.partition(" @")[0].strip()}


def main() -> None:
    """Print the sample."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--seed", type=int, required=True)
    ask.add_argument("--count", type=int, default=100)
    ask.add_argument("--without", nargs="*", default=["USA"])
    asked = ask.parse_args()
    rows = list(terms(frozenset(asked.without)))
    for row in random.Random(asked.seed).sample(rows, asked.count):
        json.dump(row, sys.stdout, ensure_ascii=False)
        sys.stdout.write("\n")


if __name__ == "__main__":
    main()
