"""How names are compared: exactly, after folding what spelling alone changes (marks, hyphens, known romanisations)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

__all__ = ["PARTICLES", "fold", "key_of", "surnames", "turned"]

_MARKS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", ".": "", "-": " ", "–": " ", "‑": " ", "_": " "})
#: Small words inside a person's name.
PARTICLES = frozenset(
    {
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "di",
        "del",
        "bin",
        "ibn",
        "ben",
        "abu",
        "le",
        "la",
        "dos",
        "du",
    }
)
#: Particles that belong to the family name that follows them.
_FAMILY_PARTICLES = PARTICLES | {"ter", "st"}
#: The Arabic article is printed or left out at will.
_ARTICLES = frozenset({"al", "el", "ul", "as", "ad", "ar", "an"})


def key_of(text: str) -> str:
    """The words as the name index holds them: periods dropped, hyphens as spaces, one kind of apostrophe; case is kept."""
    if text.isalpha():
        return text
    return " ".join(text.translate(_MARKS).split())


def fold(name: str, spellings: Mapping[str, str]) -> str:
    """A person's name without accents, case, single initials and the choice of romanisation."""
    plain = unicodedata.normalize(
        "NFKD", key_of(name).replace("ø", "o").replace("ł", "l").replace("ı", "i").replace("đ", "d")
    )
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("'", "")
    words = plain.split()
    if len(words) > 2:
        words = [w for i, w in enumerate(words) if len(w) > 1 or i == len(words) - 1]
    return " ".join(spellings.get(w, w) for w in words)


def surnames(folded: str, order: str) -> tuple[str, ...]:
    """By what a report calls the person after the first mention; ``order`` is ``given``, ``family`` or ``both``."""
    words = folded.split()
    if len(words) < 2:
        return (folded,) if folded else ()
    found = []
    if order in {"family", "both"}:
        found.append(words[0])
    if order in {"given", "both"}:
        first = len(words) - 1
        while first > 1 and words[first - 1] in _FAMILY_PARTICLES | _ARTICLES:
            first -= 1
        tail = words[first:]
        found.append(" ".join(tail))
        while tail and tail[0] in _ARTICLES and len(tail) > 1:
            tail = tail[1:]
            found.append(" ".join(tail))
        if words[-1] not in found:
            found.append(words[-1])
    return tuple(dict.fromkeys(found))


def turned(folded: str) -> Sequence[str]:
    """The name with the family name moved to the other end, and with the given name written as one word."""
    words = folded.split()
    if len(words) < 2:
        return ()
    found = [" ".join(words[1:] + words[:1]), " ".join(words[-1:] + words[:-1])]
    if len(words) == 3:
        found += [words[0] + " " + words[1] + words[2], words[1] + words[2] + " " + words[0]]
    return [f for f in dict.fromkeys(found) if f != folded]
