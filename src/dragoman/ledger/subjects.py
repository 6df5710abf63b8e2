"""What acts are about, compared by their words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

__all__ = [
    "answer_told",
    "count_told",
    "likeness_of",
    "names_line",
    "process_words",
    "refers_back",
    "stems",
    "weight_of",
]

#: How much a word that nearly every contact is about counts beside one that tells a subject.
GENERIC_WEIGHT = 0.25
#: Endings cut so that "restored" meets "restore", longest first; a stem keeps at least this many letters.
ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ions",
    "ion",
    "ness",
    "ies",
    "ed",
    "es",
    "ly",
    "s",
    "e",
    "y",
)
STEM = 3


@dataclass(frozen=True, slots=True)
class Words:
    """``words.toml``, stemmed."""

    stop: frozenset[str]
    generic: frozenset[str]
    answers: Mapping[str, frozenset[str]]
    answer_types: Mapping[str, str]
    numbers: Mapping[str, int]
    counted: frozenset[str]
    line: frozenset[str]
    processes: frozenset[str]
    described: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists of this room."""
    found = tomllib.loads(files("dragoman.ledger").joinpath("words.toml").read_text(encoding="utf-8"))
    return Words(
        stop=frozenset(found["stop"].split()),
        generic=frozenset(stem(w) for w in found["generic"].split()),
        answers={k: frozenset(stem(w) for w in v.replace('"', " ").split()) for k, v in found["answer"].items()},
        answer_types=dict(found["answer_type"]),
        numbers=dict(found["numbers"]),
        counted=frozenset(found["counted"]["nouns"].split()),
        line=frozenset(found["line"]["nouns"].split()),
        described=frozenset(found["process"]["described"].split()),
        processes=frozenset(stem(w) for w in found["process"]["nouns"].split()),
    )


def stem(word: str) -> str:
    """The word without its commonest English endings, cut until none is left, so that a stem is its own stem."""
    while ending := next((e for e in ENDINGS if word.endswith(e) and len(word) - len(e) >= STEM), None):
        word = word[: -len(ending)]
    return word


@lru_cache(maxsize=65536)
def stems(text: str | None) -> frozenset[str]:
    """The stems of the words that tell what a phrase is about."""
    if not text:
        return frozenset()
    return frozenset(stem(w) for w in re.findall(r"[^\W_]+", text.lower()) if len(w) > 1 and w not in words().stop)


def likeness_of(one: Iterable[str], other: Iterable[str]) -> float | None:
    """How much of the shorter phrase's weight both share, from 0 to 1; ``None`` where one of them says nothing."""
    return _likeness(frozenset(one), frozenset(other))


@lru_cache(maxsize=65536)
def _likeness(a: frozenset[str], b: frozenset[str]) -> float | None:
    if not a or not b:
        return None
    return weight_of(a & b) / min(weight_of(a), weight_of(b))


@lru_cache(maxsize=65536)
def weight_of(found: frozenset[str]) -> float:
    """How much the stems tell of a subject: 1 for each, less for those that nearly every contact is about."""
    generic = words().generic
    return sum(GENERIC_WEIGHT if s in generic else 1.0 for s in found)


def count_told(text: str | None) -> int | None:
    """How many acts the phrase counts ("three rounds"): 0 for several, ``None`` where it counts none."""
    found = re.findall(r"[^\W_]+", (text or "").lower())
    known = words()
    for i, word in enumerate(found):
        number = int(word) if word.isdigit() and int(word) < 100 else known.numbers.get(word)
        if number is not None and number != 1 and any(w in known.counted for w in found[i + 1 : i + 4]):
            return number
    return None


def answer_told(text: str | None, plover: str | None = None) -> str | None:
    """The answer that a phrase tells (declined, countered, accepted, acknowledged), else that of the PLOVER type; ``None`` where neither tells."""
    found = frozenset(stem(w) for w in re.findall(r"[^\W_]+", (text or "").lower()))
    told = next((state for state, marks in words().answers.items() if found & marks), None)
    return told or words().answer_types.get(plover or "")


def process_words() -> frozenset[str]:
    """The stems that say what kind of effort a process is."""
    return words().processes


def refers_back(text: str | None) -> bool:
    """Whether the phrase names its subject by a description of what was told before ("the Asian country")."""
    return bool(words().described & set(re.findall(r"[^\W_]+", (text or "").lower())))


def names_line(text: str | None) -> bool:
    """Whether the phrase names a line of communication."""
    return bool(words().line & set(re.findall(r"[^\W_]+", (text or "").lower())))
