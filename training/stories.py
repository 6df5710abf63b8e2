"""Makes ``ledger/story_words.tsv``, and shows how the threshold of one story was chosen.

    python -m training.stories --shared DIR              # counts the words
    python -m training.stories --shared DIR --ecb DIR    # and prints B-cubed on ECB+ by threshold

In how many documents a word stands is counted over the State Department's releases (public domain) and Wikinews (CC BY 2.5); a word of fewer than
``RARE`` is left out. ECB+ (Cybulska and Vossen 2014, CC BY 3.0; ``DIR/TOPIC/*.xml``, fetched, never shipped) has two stories a topic, of like
events; of each topic one is taken, as the reports of a day are mostly of different things: all the first ones, all the second ones, and draws.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from dragoman.ledger import stories as s
from dragoman.ledger.subjects import stem
from evaluation.copies import bcubed

TABLE = Path(s.__file__).with_name("story_words.tsv")
FILES = ("state_dept_releases_2021-05_2022-08.jsonl.gz", "wikinews_en_2019_2020.jsonl.gz")
#: Words of fewer documents are told apart by nothing: all count as one document's.
RARE = 5
THRESHOLDS = tuple(n / 100 for n in range(12, 31))
DRAWS, SEED = 6, 1


def count(data: Path) -> tuple[Counter[str], int]:
    """In how many documents each word stands, and how many there are."""
    held: Counter[str] = Counter()
    documents = 0
    for name in FILES:
        with gzip.open(data / name, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                words = s._words(f"{row['title']}\n{row['text']}")
                held.update({stem(w.lower()) for w in words if len(w) > 1})
                documents += 1
    return held, documents


def write(held: Counter[str], documents: int) -> None:
    """Write the table; its first row, without a word, says how many documents."""
    rows = [("", documents), *sorted((w, n) for w, n in held.items() if n >= RARE)]
    TABLE.write_text("".join(f"{word}\t{n}\n" for word, n in rows), encoding="utf-8")


def ecb(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """(topic, which of its two stories, title, text) of each document."""
    for path in sorted(folder.glob("*/*.xml")):
        lines: dict[int, list[str]] = defaultdict(list)
        for token in ElementTree.parse(path).getroot().iter("token"):
            lines[int(token.get("sentence", 0))].append(token.text or "")
        text = [" ".join(lines[n]) for n in sorted(lines)]
        text = [line for line in text if not line.startswith("http")]
        plus = path.stem.endswith("plus")
        yield path.stem.split("_")[0], "plus" if plus else "first", text[0] if plus else "", "\n".join(text)


def curve(gold: Sequence[str], profiles: Sequence[s.Profile]) -> dict[float, float]:
    """B-cubed by threshold."""
    found = {}
    for threshold in THRESHOLDS:
        s.SAME_STORY = threshold
        found[threshold] = bcubed(gold, s.stories(profiles))
    return found


def main() -> None:
    """Count the words; with ``--ecb`` print the curves."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--ecb", type=Path)
    asked = parser.parse_args()
    write(*count(asked.shared / "data"))
    if not asked.ecb:
        return
    documents = list(ecb(asked.ecb))
    profiles = [s.profile_of(title, text) for _, _, title, text in documents]
    topics = sorted({topic for topic, *_ in documents})
    chance = random.Random(SEED)
    picks = [dict.fromkeys(topics, "first"), dict.fromkeys(topics, "plus")]
    picks += [{t: chance.choice(("first", "plus")) for t in topics} for _ in range(DRAWS)]
    curves = []
    for pick in picks:
        kept = [i for i, (topic, which, *_) in enumerate(documents) if pick[topic] == which]
        curves.append(curve([documents[i][0] for i in kept], [profiles[i] for i in kept]))
    for threshold in THRESHOLDS:
        print(f"{threshold:.2f} {sum(c[threshold] for c in curves) / len(curves):.4f}")


if __name__ == "__main__":
    main()
