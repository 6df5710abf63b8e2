"""Draw candidates of time expressions to label from the State Department and Wikinews texts, by seed, as pointers into the files.

    python -m evaluation.labels.draw_times --shared ../shared --seed 20222 --prefix t > sample

prints one JSON object a line: the pointer of ``draw.py`` to the sentence (one a record), ``draw`` (the kind of candidate), ``word`` (``[start, end]``
of the candidate's word within the sentence), and, for the labeller alone, ``text``, ``before`` and ``after`` (two sentences each), ``title`` and
``published`` (the day in Washington for the releases). The kinds are closed lists of words, written without a look at the reading of times or at
any text; each gives a fixed share of either file, and some of them bring what is no time at all ("second", "may", "after the").
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from evaluation.labels.draw import FILES, candidates, gold_marks, print_sample, records, sentence_spans

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
_HOLIDAY = (
    r"Christmas|Easter|Thanksgiving|Ramadan|Eid|Passover|Hanukkah|Diwali|Nowruz|Halloween|New Year(?:['’]s)?|Lunar|"
    r"Independence Day|National Day|Memorial Day|Labor Day|holidays?|anniversary|eve|birthday"
)
_SEASON = r"spring|summer|autumn|winter|fall"
_UNIT = r"(?:minute|hour|day|night|week|weekend|fortnight|month|quarter|semester|season|year|decade|century|centurie|generation)s?"
#: By kind: how many of each file, and the pattern whose match is the candidate's word.
KINDS: dict[str, tuple[int, str]] = {
    "plain": (40, rf"\b{_MONTH} \d\d?\b(?:, \d{{4}})?|\b\d\d? {_MONTH}(?: \d{{4}})?|\b(?:1[6-9]|20)\d\d\b(?!,\d|-)"),
    "month": (17, rf"(?<!\d )\b{_MONTH}(?! \d\d?\b)(?!\w)"),
    "weekday": (14, r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\b"),
    "deictic": (
        22,
        r"(?i)\b(?:ago|today|yesterday|tomorrow|tonight|now|nowadays|current(?:ly)?|recent(?:ly)?|last|next|earlier|later|soon|shortly|"
        r"previous(?:ly)?|past|coming|upcoming|former(?:ly)?|lately|so far|to date|these days|at the time)\b",
    ),
    "unit": (24, rf"(?i)\b{_UNIT}\b"),
    "part": (
        14,
        r"(?i)\b(?:early|late|mid(?=-)|middle of|(?:end|beginning|start|turn) of|half of|morning|afternoon|evening|noon|midnight|"
        rf"{_HOLIDAY}|{_SEASON})\b",
    ),
    "relation": (11, r"(?i)\b(?:since|until|till|within|during|throughout|before|after|prior to|ahead of|following)\b"),
    "trap": (
        8,
        r"(?i)\b(?:second|seconds|may|march|august|sun|sat|present|moment|period|era|age|term|date|dated|time|times|point|instant|\d{1,2}|\d{3,4})\b",
    ),
}
_WASHINGTON = ZoneInfo("America/New_York")


def drawn(
    texts: dict[int, str], spans: dict[int, list[tuple[int, int]]], dice: random.Random
) -> Iterator[dict[str, Any]]:
    """The rows of one file: of each kind its number, from records at random, a sentence of it and a match in it at random."""
    order = sorted(spans)
    for kind, (count, pattern) in KINDS.items():
        wanted = re.compile(pattern)
        dice.shuffle(order)
        for number in [n for n in order if n in spans]:
            fit = [(start, end) for start, end in spans[number] if wanted.search(texts[number][start:end])]
            if not fit or count == 0:
                continue
            count -= 1
            del spans[number]
            start, end = dice.choice(fit)
            word = dice.choice(list(wanted.finditer(texts[number][start:end])))
            yield {"record": number, "start": start, "end": end, "draw": kind, "word": list(word.span())}


def shown(text: str, row: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """What the labeller sees beside the pointer."""
    spans = list(sentence_spans(text))
    here = next(n for n, span in enumerate(spans) if span == (row["start"], row["end"]))
    published = record.get("published") or record["date"]
    stamp = datetime.fromisoformat(published)
    return {
        "text": text[row["start"] : row["end"]],
        "before": [text[a:b] for a, b in spans[max(0, here - 2) : here]],
        "after": [text[a:b] for a, b in spans[here + 1 : here + 3]],
        "title": record["title"],
        "published": str((stamp.astimezone(_WASHINGTON) if stamp.tzinfo else stamp).date()),
    }


def main() -> None:
    """Print the sample."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, required=True)
    ask.add_argument("--seed", type=int, required=True)
    ask.add_argument("--prefix", default="t", help="first letters of the ids")
    asked = ask.parse_args()
    dice = random.Random(asked.seed)
    marks = gold_marks(asked.shared / "gold")
    rows: list[dict[str, Any]] = []
    for file in FILES:
        path = asked.shared / "data" / file
        texts = dict(records(path, marks))
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            held = dict(enumerate(map(json.loads, lines)))
        for row in drawn(texts, candidates(texts), dice):
            rows.append({"file": file, **row, **shown(texts[row["record"]], row, held[row["record"]])})
    print_sample(rows, asked.prefix, dice)


if __name__ == "__main__":
    main()
