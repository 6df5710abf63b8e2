"""Reports of one story: the ledger's groups (:mod:`dragoman.ledger.stories`) held against news clusters.

Giveme5W1H's clusters (github.com/fhamborg/Giveme5W1H, fetched, never shipped; ``Giveme5W1H/examples/datasets/news_cluster/data``) group articles by
event: ``EXTRA/giveme5w1h/*.json``. The threshold was chosen on ECB+ (``training/stories.py``) and not on them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path

from dragoman.ledger.stories import packed, profile_of, stories, unpacked

FOLDER = "giveme5w1h"


def measure(shared: Path, extra: Path | None) -> dict[str, float | None]:
    """``copies/giveme5w1h/bcubed``, ``None`` where the clusters are not at hand."""
    files = sorted((extra / FOLDER).glob("*.json")) if extra else []
    articles = [a for a in (json.loads(f.read_text(encoding="utf-8")) for f in files) if a.get("newsCluster")]
    if not articles:
        return {"copies/giveme5w1h/bcubed": None}
    # As the ledger keeps them.
    profiles = [unpacked(packed(profile_of(a.get("title"), a.get("text") or ""))) for a in articles]
    return {"copies/giveme5w1h/bcubed": bcubed([a["newsCluster"]["EventId"] for a in articles], stories(profiles))}


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
