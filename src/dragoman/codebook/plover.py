"""The words that tell a PLOVER event (``plover.toml``), found by lemma."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from dragoman.errors import CodebookError

__all__ = ["COOPERATIVE", "FORCEFUL", "PLOVER_TYPES", "Code", "PloverBook", "PloverPhrase"]

#: PLOVER's types, verbal and material cooperation first, as in the manual's table of event types.
PLOVER_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
COOPERATIVE = frozenset(PLOVER_TYPES[:7])
FORCEFUL = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})

#: Prepositions and particles, which tell less of a phrase than its nouns do.
SMALL = frozenset(
    [
        "to",
        "from",
        "with",
        "for",
        "on",
        "upon",
        "of",
        "at",
        "in",
        "into",
        "out",
        "off",
        "up",
        "down",
        "over",
        "against",
        "by",
        "as",
    ]
)

Kind = Literal["verb", "noun"]


@dataclass(frozen=True, slots=True)
class Code:
    """A PLOVER type with its mode (where told) and the CAMEO root of two digits."""

    type: str
    cameo: str
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class PloverPhrase:
    """A phrase of the lexicon: the lemmas that must hang on its head, what it tells, and the phrase as written."""

    others: tuple[str, ...]
    code: Code
    text: str


@dataclass(frozen=True)
class PloverBook:
    """The lexicon: phrases by kind and head, the longest first, and the verbs that compose with what stands beneath them.

    ``composed`` holds the sets ``refuse``, ``intend``, ``stop``, ``light`` and ``say``; ``roots`` the first code of each
    type, ``words`` all lemmas of phrases and sets, against which a lemma that was guessed is held,
    ``irregular`` the lemma of forms. A phrase whose code has no type tells no event.
    """

    phrases: Mapping[tuple[Kind, str], tuple[PloverPhrase, ...]]
    composed: Mapping[str, frozenset[str]]
    roots: Mapping[str, Code]
    words: frozenset[str]
    irregular: Mapping[str, str]

    @staticmethod
    @cache
    def load() -> PloverBook:
        """The lexicon that ships; raises :class:`~dragoman.errors.CodebookError` where the file breaks its own rules."""
        return PloverBook.of((resources.files("dragoman.codebook") / "plover.toml").read_text(encoding="utf-8"))

    @staticmethod
    def of(text: str) -> PloverBook:
        """The lexicon written in ``text`` (TOML); raises :class:`~dragoman.errors.CodebookError`."""
        table: dict[str, Any] = tomllib.loads(text)
        found: dict[tuple[Kind, str], list[PloverPhrase]] = {}
        roots: dict[str, Code] = {}
        for row in table["group"]:
            if row["type"] not in PLOVER_TYPES:
                raise CodebookError(f"plover.toml: unknown type {row['type']!r}; use one of {', '.join(PLOVER_TYPES)}")
            code = Code(row["type"], row["cameo"], row.get("mode"))
            roots.setdefault(code.type, Code(code.type, code.cameo))
            for phrase in _split(row.get("verbs", "")):
                head, *others = phrase.split()
                found.setdefault(("verb", head), []).append(PloverPhrase(tuple(others), code, phrase))
            for phrase in _split(row.get("nouns", "")):
                *others, head = phrase.split()
                found.setdefault(("noun", head), []).append(PloverPhrase(tuple(others), code, phrase))
        for phrase in _split(table.get("other", {}).get("verbs", "")):
            head, *others = phrase.split()
            found.setdefault(("verb", head), []).append(PloverPhrase(tuple(others), Code("", ""), phrase))
        return PloverBook(
            {k: tuple(sorted(v, key=_weight)) for k, v in found.items()},
            {k: frozenset(_split(v)) for k, v in table["composed"].items()},
            roots,
            frozenset(
                [head for _, head in found]
                + [w for row in found.values() for p in row for w in p.others]
                + [w for v in table["composed"].values() for p in _split(v) for w in p.split()]
            ),
            dict(table.get("irregular", {})),
        )


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(p for part in text.split(",") if (p := part.strip())))


def _weight(phrase: PloverPhrase) -> tuple[int, int, int]:
    """Longest first; of the same length those that name a noun before those that name a preposition or a mere relation."""
    nouns = sum(o not in SMALL and not o.startswith("+") for o in phrase.others)
    return -len(phrase.others), -nouns, -(not phrase.code.type)
