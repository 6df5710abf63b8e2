"""The PLOVER coder against PLV: the type of marked sentences, source and target given.

``measure(shared, extra)`` gives ``events/plv/root_f1``, the macro F1 over 15 roots (CONCEDE and RETREAT are one, YIELD); a sentence that is
left uncoded counts as missed. The set is for evaluation only: nothing of it is in the lexicon.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from dragoman.language import Language
from dragoman.model import Article, Document
from dragoman.reading.events import Coder
from evaluation import events_text

NAME = "data/plv_train_eval_only.tsv.gz"
YIELD = frozenset({"CONCEDE", "RETREAT"})


def measure(shared: Path, extra: Path | None = None) -> dict[str, float | None]:
    """The keys of FORMATS.md for events with those of ``events_text``, the share that was coded at all, and how often what was coded is right."""
    del extra
    text = events_text.measure(shared)
    keys = ("events/plv/root_f1", "events/plv/coded", "events/plv/right_where_coded")
    if not (shared / NAME).exists():
        return {**dict.fromkeys(keys), **text}
    rows = sentences(shared)
    language = Language.open()
    found = roots(rows, list(language.documents(Article(id=r["sentence_id"], body=r["sentence"]) for r in rows)))
    pairs = [(row["gold_root"], root) for row, root in zip(rows, found, strict=True)]
    coded = [(gold, root) for gold, root in pairs if root]
    return {
        **text,
        "events/plv/root_f1": macro_f1(pairs),
        "events/plv/coded": len(coded) / len(pairs),
        "events/plv/right_where_coded": sum(gold == root for gold, root in coded) / max(1, len(coded)),
    }


def sentences(shared: Path) -> list[dict[str, str]]:
    """The rows of the set."""
    with gzip.open(shared / NAME, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def roots(rows: Sequence[dict[str, str]], documents: Sequence[Document]) -> list[str]:
    """The root that the coder gives each pair; the empty string where it gives none."""
    coder = Coder.load()
    found = []
    for row, document in zip(rows, documents, strict=True):
        events = coder.of_pair(document, row["source"], row["target"]).events
        found.append("YIELD" if events and events[0].type in YIELD else events[0].type if events else "")
    return found


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 over the roots that gold has."""
    right = Counter(gold for gold, root in pairs if gold == root)
    golds, given = Counter(gold for gold, _ in pairs), Counter(root for _, root in pairs)
    return sum(2 * right[r] / (golds[r] + given[r]) for r in golds) / max(1, len(golds))
