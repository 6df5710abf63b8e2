"""The 114 pages given, as labelled lines; folds by web domain; the benchmark's own F1."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from dragoman.pages.lines import Unit, units_of

FOLDS = 10
#: A line is body where at least this share of its words stands, in order, in the gold body.
BODY_SHARE = 0.6
#: Words of a line that count in its weight: the measure counts words, but a page's short lines must be learned too.
MOST_WORDS, EXTRA_WORDS = 80, 2
#: Words in a shingle (article-extraction-benchmark, ``evaluate.py``).
SHINGLE = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Dump:
    """One page: its address, its text, the gold body."""

    id: str
    url: str
    text: str
    gold: str

    @property
    def domain(self) -> str:
        """The registered domain, near enough: the last two labels of the host, three under "co.uk" and the like."""
        labels = (urlsplit(self.url).hostname or "").removeprefix("www.").split(".")
        country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in {"co", "com", "org", "net", "gov", "ac"}
        return ".".join(labels[-3:] if country else labels[-2:])

    @property
    def fold(self) -> int:
        """The fold, by the domain's digest: all pages of a domain are in one, and no list of folds has to be kept."""
        return fold_of(self.domain, FOLDS)


def fold_of(domain: str, folds: int) -> int:
    """The fold of a domain, 0 to ``folds - 1``."""
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % folds


def load(shared: Path) -> list[Dump]:
    """The dumps with their gold bodies, in the file's order."""
    path = shared / "data" / "article_extraction_dumps.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Dump(r["id"], r["url"], r["dump"], r["articleBody"]) for r in rows]


def labelled(dump: Dump) -> tuple[list[Unit], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """The units of a dump, for each whether it is body, and its weight (the weights of a page sum to 100)."""
    units = units_of(dump.text)
    words, owner = [], []
    for i, unit in enumerate(units):
        found = _WORD.findall(unit.text)
        words += found
        owner += [i] * len(found)
    hits = np.zeros(len(units))
    for block in SequenceMatcher(None, words, _WORD.findall(dump.gold), autojunk=False).get_matching_blocks():
        for k in range(block.a, block.a + block.size):
            hits[owner[k]] += 1
    counts = np.bincount(owner, minlength=len(units)) if owner else np.zeros(len(units))
    body = (hits >= BODY_SHARE * np.maximum(counts, 1)) & (counts > 0)
    weight = np.minimum(np.maximum(counts, 1), MOST_WORDS) + EXTRA_WORDS
    return units, body.astype(np.int64), weight / weight.sum() * 100


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    runs = (tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))
    return Counter(run for run in runs if run)


def precision_recall(gold: str, said: str) -> tuple[float | None, float]:
    """Precision (``None`` where nothing was said) and recall of a body's shingles, as article-extraction-benchmark counts them."""
    one, other = _shingles(gold), _shingles(said)
    both = sum((one & other).values())
    more, fewer = sum(other.values()) - both, sum(one.values()) - both
    precision = 1.0 if more == fewer == 0 else both / (both + more) if both else 0.0
    recall = 1.0 if more == fewer == 0 else both / (both + fewer) if both else 0.0
    return (precision if both + more else None), recall


def f1(pairs: Sequence[tuple[float | None, float]]) -> float:
    """The benchmark's F1: of mean precision and mean recall over the pages."""
    precision = statistics.mean(p for p, _ in pairs if p is not None)
    recall = statistics.mean(r for _, r in pairs)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
