"""The words that tell a PLOVER event (``plover.toml``), found by lemma, and where its two parties stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Literal

from dragoman.errors import CodebookError

__all__ = ["COOPERATIVE", "FORCEFUL", "MODES", "PLOVER_TYPES", "Code", "PloverBook", "PloverPhrase"]

#: PLOVER's types, verbal and material cooperation first, as in the manual's table of event types.
PLOVER_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
COOPERATIVE = frozenset(PLOVER_TYPES[:7])
FORCEFUL = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_ASKED = frozenset({"assist", "change", "yield", "meet"})
#: The modes of each type (PLOVER manual 2.0, chapter "Event Categories"); types that are not listed have none.
MODES: Mapping[str, frozenset[str]] = {
    "CONSULT": frozenset({"visit", "third-party", "multilateral", "phone"}),
    "RETREAT": frozenset({"withdraw", "release", "disarm", "ceasefire", "access", "resign"}),
    "REQUEST": _ASKED,
    "REJECT": _ASKED,
    "ACCUSE": frozenset({"disapprove", "investigate", "allege"}),
    "THREATEN": frozenset({"restrict", "arrest", "relations", "expel", "territory", "violence"}),
    "PROTEST": frozenset({"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"}),
    "SANCTION": frozenset({"convict", "expel", "withdraw", "discontinue"}),
    "MOBILIZE": frozenset({"troops", "weapons", "police", "militia"}),
    "COERCE": frozenset(
        [
            "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation",
            "cyber",
        ]
    ),
    "ASSAULT": frozenset(
        [
            "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
            "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
        ]
    ),
}  # fmt: skip

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

#: What behind a bare title makes it another's ("Secretary General").
NOT_BARE = ("General", "of ", "to ")

Kind = Literal["verb", "noun", "adjective"]


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

    ``composed`` holds the sets ``refuse``, ``intend``, ``commit``, ``stop``, ``cancel``, ``light`` and ``say``; ``roots`` the first
    code of each type, ``words`` all lemmas of phrases and sets, against which a lemma that was guessed is held,
    ``irregular`` the lemma of forms; ``slots`` where the target of a type stands; ``within`` the nouns of force whose place is
    their target; ``standing`` the phrases that tell no event unless a pair is given; ``mutual`` the verbs of SUPPORT that two
    do together; ``bare`` the party of titles that stand without one. A phrase whose code has no type tells no event.
    """

    phrases: Mapping[tuple[Kind, str], tuple[PloverPhrase, ...]]
    composed: Mapping[str, frozenset[str]]
    roots: Mapping[str, Code]
    words: frozenset[str]
    irregular: Mapping[str, str]
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: frozenset[str] = frozenset()
    standing: frozenset[tuple[Kind, str]] = frozenset()
    mutual: frozenset[str] = frozenset()
    bare: Mapping[str, str] = field(default_factory=dict)

    def party_of_title(self, text: str, *, named: bool) -> str | None:
        """The party of a title without an owner, or (``named``) of one before a name ("Assistant Secretary Berg"); ``None``: of neither."""
        if not named or text in self.bare:
            return self.bare.get(text)
        title = next((t for t in sorted(self.bare, key=len, reverse=True) if text.startswith(t + " ")), None)
        return self.bare[title] if title and not text[len(title) + 1 :].startswith(NOT_BARE) else None

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
            code = _code(row)
            roots.setdefault(code.type, Code(code.type, code.cameo))
            for kind, head, phrase in _phrases(row, code):
                found.setdefault((kind, head), []).append(phrase)
        for kind, head, phrase in _phrases(table.get("other", {}), Code("", "")):
            found.setdefault((kind, head), []).append(phrase)
        composed = {k: frozenset(_split(v)) for k, v in table["composed"].items()}
        standing = table.get("standing", {})
        return PloverBook(
            phrases={k: tuple(sorted(v, key=_weight)) for k, v in found.items()},
            composed=composed,
            roots=roots,
            words=frozenset(
                [head for _, head in found]
                + [w for row in found.values() for p in row for w in p.others]
                + [w for words in composed.values() for p in words for w in p.split()]
            ),
            irregular=dict(table.get("irregular", {})),
            slots={k: tuple(_split(v)) for k, v in table.get("sides", {}).items()},
            mutual=frozenset(_split(table.get("mutual", {}).get("verbs", ""))),
            bare={title: code for code, titles in table.get("bare", {}).items() for title in _split(titles)},
            within=frozenset(_split(table.get("within", {}).get("nouns", ""))),
            standing=frozenset(
                [("noun", p) for p in _split(standing.get("nouns", ""))]
                + [("verb", p) for p in _split(standing.get("verbs", ""))]
            ),
        )


def _code(row: Mapping[str, Any]) -> Code:
    """A group's code; its type and mode must be the manual's."""
    kind, mode = row["type"], row.get("mode")
    if kind not in PLOVER_TYPES:
        raise CodebookError(f"plover.toml: unknown type {kind!r}; use one of {', '.join(PLOVER_TYPES)}")
    if mode is not None and mode not in MODES.get(kind, ()):
        raise CodebookError(
            f"plover.toml: {kind} has no mode {mode!r}; use one of {', '.join(sorted(MODES.get(kind, ())))}"
        )
    return Code(kind, row["cameo"], mode)


def _phrases(row: Mapping[str, Any], code: Code) -> Iterator[tuple[Kind, str, PloverPhrase]]:
    """(kind, head, phrase) of all phrases of a group: a verb's head stands first, a noun's last."""
    for phrase in _split(row.get("verbs", "")):
        head, *others = phrase.split()
        yield "verb", head, PloverPhrase(tuple(others), code, phrase)
    for phrase in _split(row.get("nouns", "")):
        *others, head = phrase.split()
        yield "noun", head, PloverPhrase(tuple(others), code, phrase)
    for phrase in _split(row.get("adjectives", "")):
        head, *others = phrase.split()
        yield "adjective", head, PloverPhrase(tuple(others), code, phrase)


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(p for part in text.split(",") if (p := part.strip())))


def _weight(phrase: PloverPhrase) -> tuple[int, int, int]:
    """Longest first; of the same length those that name a noun before those that name a preposition or a mere relation."""
    nouns = sum(o not in SMALL and not o.startswith("+") for o in phrase.others)
    return -len(phrase.others), -nouns, -(not phrase.code.type)
