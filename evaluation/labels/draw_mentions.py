"""Draw mentions in their sentences from the State Department and Wikinews texts, by seed, as pointers into the files.

    python -m evaluation.labels.draw_mentions --shared ../shared --seed 20237 > sample.jsonl

prints one JSON object a line: ``id``, ``file``, ``record``, ``start`` and ``end`` (characters of the record's ``text``: the mention),
``kind`` (``person`` or ``party``), ``draw`` (the stratum of ``mentions_pattern``), and to label by, which is not committed: ``mention``,
``sentence``, ``before``, ``after`` (two sentences each), ``title``, ``published``. A record gives one mention of each kind at most.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.labels.draw import FILES, candidates, gold_marks, print_sample, records, sentence_spans
from evaluation.labels.mentions_pattern import mentions_of

#: Mentions of each stratum; half of each from either source.
WANTED = {
    "person": {"titled": 68, "named": 48, "office": 54, "referred": 30},
    "party": {"common": 56, "place": 46, "other": 60, "definite": 38},
}
#: Sentences shown before and after.
AROUND = 2


def drawn(texts: dict[int, str], wanted: dict[str, int], dice: random.Random) -> Iterator[tuple[int, str, int, int]]:
    """(record, stratum, start, end): the rarest strata first (what one lacks is drawn from the next), a record at random, then one of its mentions.

    A record gives one mention, a wording is drawn twice at most."""
    lowered = {w for text in texts.values() for w in re.findall(r"(?<![\w.])[a-z]+\b", text)}
    spans = candidates(texts)
    found: dict[int, list[tuple[str, int, int]]] = {}
    for number, sentences in spans.items():
        text = texts[number]
        found[number] = [(s, a + x, a + y) for a, b in sentences for s, x, y in mentions_of(text[a:b], lowered)]
    said: dict[str, int] = {}
    short = 0
    for stratum in sorted(wanted, key=lambda s: sum(any(f[0] == s for f in fs) for fs in found.values())):
        order, count = sorted(found), wanted[stratum] + short
        dice.shuffle(order)
        for number in order:
            fit = [
                f for f in found[number] if f[0] == stratum and said.get(texts[number][f[1] : f[2]].casefold(), 0) < 2
            ]
            if fit and count > 0:
                count -= 1
                _, start, end = dice.choice(fit)
                words = texts[number][start:end].casefold()
                said[words] = said.get(words, 0) + 1
                del found[number]
                yield number, stratum, start, end
        short = count


def shown(record: dict[str, Any], start: int, end: int) -> dict[str, str]:
    """What is labelled by: the mention, its sentence, its neighbours, the title and the day."""
    text = record["text"]
    spans = list(sentence_spans(text))
    at = next(i for i, (a, b) in enumerate(spans) if a <= start < b)
    before, after = spans[max(0, at - AROUND) : at], spans[at + 1 : at + 1 + AROUND]
    a, b = spans[at]
    return {
        "mention": text[start:end],
        "sentence": f"{text[a:start]}[[{text[start:end]}]]{text[end:b]}",
        "before": " ".join(text[x:y] for x, y in before),
        "after": " ".join(text[x:y] for x, y in after),
        "title": record["title"],
        "published": str(record.get("published") or record.get("date") or record.get("first_seen") or "")[:10],
    }


def main() -> None:
    """Print the sample."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, required=True)
    ask.add_argument("--seed", type=int, required=True)
    ask.add_argument("--prefix", default="m")
    asked = ask.parse_args()
    dice = random.Random(asked.seed)
    marks = gold_marks(asked.shared / "gold")
    rows: list[dict[str, Any]] = []
    for file in FILES:
        path = asked.shared / "data" / file
        texts = dict(records(path, marks))
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            whole = {n: r for n, r in enumerate(map(json.loads, lines)) if n in texts}
        for kind, wanted in WANTED.items():
            for record, stratum, start, end in drawn(texts, {s: n // len(FILES) for s, n in wanted.items()}, dice):
                place = {"file": file, "record": record, "start": start, "end": end, "kind": kind, "draw": stratum}
                rows.append({**place, **shown(whole[record], start, end)})
    print_sample(rows, asked.prefix, dice)


if __name__ == "__main__":
    main()
