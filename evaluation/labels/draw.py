"""Draw sentences to label from the State Department and Wikinews texts, by seed, as pointers into the files.

    python evaluation/labels/draw.py --shared ../shared --seed 20211 --random 150 --holding 150 --pattern REGEX > sample

prints one JSON object a line: ``id``, ``file``, ``record`` (line number in the file, from 0), ``start`` and ``end``
(characters of the record's ``text``), ``draw`` (``random`` or ``holding``) and ``text``. What is committed is
everything but ``text``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: The two sources; each gives half of every draw, since they differ in kind (releases and transcripts; news).
FILES = ("state_dept_releases_2021-05_2022-08.jsonl.gz", "wikinews_en_2019_2020.jsonl.gz")
#: Shorter ones are mostly credits and greetings, longer ones mostly lists that the splitter could not cut.
FEWEST_WORDS, MOST_WORDS = 4, 80
#: A sentence that stands in more records than this is furniture ("Office of the Spokesperson").
MOST_RECORDS = 3
#: A full stop after one of these, or after a single capital, ends no sentence.
ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Sen|Rep|Gen|Col|Lt|Sgt|Capt|Gov|Prof|Jr|Sr|vs|No|Inc|Ltd|Co|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)
END = re.compile(r"[.?!]+[\"”’')\]]*(?=\s+[\"“‘'(\[]?[A-Z0-9])")


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of a text's sentences, cut at line ends and at full stops before a capital; simple on purpose."""
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in [m.end() for m in END.finditer(text, line.start(), line.end())] + [line.end()]:
            piece = text[start:end]
            if end < line.end() and ABBREVIATION.search(piece):
                continue
            left = len(piece) - len(piece.lstrip())
            if piece.strip():
                yield start + left, start + len(piece.rstrip())
            start = end


def _plain(words: str) -> str:
    return re.sub(r"\W+", " ", words).casefold().strip()


def gold_marks(gold: Path) -> set[str]:
    """Addresses and titles of the reports that have a gold entry or stand in a gold story."""
    marks: set[str] = set()
    for path in sorted(gold.rglob("*.json")):
        held = path.read_text(encoding="utf-8")
        marks.update(address.rstrip("/") for address in re.findall(r"https?://[^\s\"\\]+", held))
        marks.update(_plain(json.loads(f'"{t}"')) for t in re.findall(r'"title":\s*"((?:[^"\\]|\\.)*)"', held))
    for path in sorted(gold.glob("*/texts/*.txt")):
        marks.add(_plain(path.read_text(encoding="utf-8").partition("\n")[0]))
    return marks


def records(path: Path, marks: set[str]) -> Iterator[tuple[int, str]]:
    """Number and text of the records of a file that are in no gold set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            address = str(record.get("link") or record.get("url", "")).rstrip("/")
            if address not in marks and _plain(record["title"]) not in marks:
                yield number, record["text"]


def candidates(texts: dict[int, str]) -> dict[int, list[tuple[int, int]]]:
    """By record, the sentences that may be drawn: of a fair length, and no furniture."""
    spans = {
        number: [
            (start, end)
            for start, end in sentence_spans(text)
            if FEWEST_WORDS <= len(text[start:end].split()) <= MOST_WORDS
        ]
        for number, text in texts.items()
    }
    seen = Counter(s for n, text in texts.items() for s in {text[start:end] for start, end in spans[n]})
    return {n: [(a, b) for a, b in spans[n] if seen[texts[n][a:b]] <= MOST_RECORDS] for n in texts}


def draw(
    texts: dict[int, str],
    spans: dict[int, list[tuple[int, int]]],
    count: int,
    wanted: re.Pattern[str],
    dice: random.Random,
) -> Iterator[tuple[int, int, int]]:
    """Record and offsets of up to ``count`` sentences that match: a record at random, then a sentence of it.

    One sentence a record, so that the hour-long briefings do not make up the set: a record that gave one leaves
    ``spans``.
    """
    order = sorted(spans)
    dice.shuffle(order)
    for number in order:
        fit = [(start, end) for start, end in spans[number] if wanted.search(texts[number][start:end])]
        if fit and count > 0:
            count -= 1
            del spans[number]
            yield (number, *dice.choice(fit))


def print_sample(rows: list[dict[str, Any]], prefix: str, dice: random.Random) -> None:
    """Print the rows shuffled, one JSON object a line, each with an id of the prefix and its number."""
    dice.shuffle(rows)
    for number, row in enumerate(rows):
        json.dump({"id": f"{prefix}{number:03d}", **row}, sys.stdout, ensure_ascii=False)
        print()


def main() -> None:
    """Print the sample."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, required=True)
    ask.add_argument("--seed", type=int, required=True)
    ask.add_argument("--random", type=int, default=150, help="sentences drawn from all")
    ask.add_argument("--holding", type=int, default=150, help="sentences drawn from those that match --pattern")
    ask.add_argument("--pattern", default=r"\w\W+[A-Z]", help="what a 'holding' sentence matches (regular expression)")
    ask.add_argument("--prefix", default="s", help="first letters of the ids")
    asked = ask.parse_args()
    dice = random.Random(asked.seed)
    marks = gold_marks(asked.shared / "gold")
    rows = []
    for file in FILES:
        texts = dict(records(asked.shared / "data" / file, marks))
        spans = candidates(texts)
        for kind, count, pattern in (("random", asked.random, ""), ("holding", asked.holding, asked.pattern)):
            for record, start, end in draw(texts, spans, count // len(FILES), re.compile(pattern), dice):
                text = texts[record][start:end]
                rows.append({"file": file, "record": record, "start": start, "end": end, "draw": kind, "text": text})
    print_sample(rows, asked.prefix, dice)


if __name__ == "__main__":
    main()
