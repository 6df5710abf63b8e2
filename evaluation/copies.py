"""Copies of one story: the ledger's own measure of shared words, held against news clusters.

Giveme5W1H's clusters (github.com/fhamborg/Giveme5W1H, fetched, never shipped) group articles by event: ``EXTRA/giveme5w1h/*.json``. The ledger's
groups are stricter (shared wording, not one event), so this is a floor to rise from, with the threshold that origins are counted by.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path

from dragoman.ledger.copies import likeness, signature_of
from dragoman.ledger.origins import COPY

FOLDER = "giveme5w1h"


def measure(shared: Path, extra: Path | None) -> dict[str, float | None]:
    """``copies/giveme5w1h/bcubed``, ``None`` where the clusters are not at hand."""
    files = sorted((extra / FOLDER).glob("*.json")) if extra else []
    articles = [a for a in (json.loads(f.read_text(encoding="utf-8")) for f in files) if a.get("newsCluster")]
    if not articles:
        return {"copies/giveme5w1h/bcubed": None}
    found = grouped([a.get("text") or "" for a in articles])
    return {"copies/giveme5w1h/bcubed": bcubed([a["newsCluster"]["EventId"] for a in articles], found)}


def grouped(texts: Sequence[str]) -> list[int]:
    """The group of each text: texts that share enough of their shingles, directly or through others, stand in one."""
    signatures = [signature_of(t) for t in texts]
    home = list(range(len(texts)))
    for i, one in enumerate(signatures):
        for j in range(i):
            if home[i] != home[j] and likeness(one, signatures[j]) >= COPY:
                old, new = max(home[i], home[j]), min(home[i], home[j])
                home = [new if h == old else h for h in home]
    return home


def bcubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> float:
    """B-cubed F1 of two groupings of the same things (Bagga and Baldwin 1998)."""
    by_gold: dict[Hashable, set[int]] = defaultdict(set)
    by_found: dict[Hashable, set[int]] = defaultdict(set)
    for i, (g, f) in enumerate(zip(gold, found, strict=True)):
        by_gold[g].add(i)
        by_found[f].add(i)
    common = [len(by_gold[g] & by_found[f]) for g, f in zip(gold, found, strict=True)]
    precision = sum(c / len(by_found[f]) for c, f in zip(common, found, strict=True)) / len(common)
    recall = sum(c / len(by_gold[g]) for c, g in zip(common, gold, strict=True)) / len(common)
    return 2 * precision * recall / (precision + recall)
