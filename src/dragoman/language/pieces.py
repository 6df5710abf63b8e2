"""Words cut into the encoder's pieces (WordPiece), with a class of letter case each.

The encoder's vocabulary is uncased, so case travels beside it: "US" and "us" share their piece and differ in
their case. Own code rather than the ``tokenizers`` package, which brings a hub client of twenty megabytes for
these few lines (docs/dependencies.md).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

#: Longest word that is cut at all, in characters; longer ones are the unknown piece (as in BERT's own cutter).
LONGEST = 100

LOWER, TITLE, UPPER, SINGLE, MIXED, NO_LETTER = range(6)


def case_class(word: str) -> int:
    """Which of six shapes of letter case the word has."""
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if sum(c.isalpha() for c in word) > 1 else SINGLE
    if not any(c.isalpha() for c in word):
        return NO_LETTER
    return TITLE if word[0].isupper() and not any(c.isupper() for c in word[1:]) else MIXED


class Pieces:
    """Cuts words into piece numbers; remembers the words it has cut."""

    #: Words remembered at most: a bound on memory over long runs.
    MEMORY = 200_000

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: n for n, piece in enumerate(vocabulary)}
        self.unknown = self._ids["[UNK]"]
        self.start = self._ids["[CLS]"]
        self.end = self._ids["[SEP]"]
        self._seen: dict[str, tuple[int, ...]] = {}

    def of(self, word: str) -> tuple[int, ...]:
        """The word's piece numbers, at least one."""
        known = self._seen.get(word)
        if known is None:
            known = self._cut(word)
            if len(self._seen) < self.MEMORY:
                self._seen[word] = known
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        for part in _parts(word):
            found += self._longest_first(part)
        return tuple(found) or (self.unknown,)

    def _longest_first(self, part: str) -> list[int]:
        if len(part) > LONGEST:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = part[start:end] if start == 0 else "##" + part[start:end]
                if piece in self._ids:
                    found.append(self._ids[piece])
                    start = end
                    break
            else:
                return [self.unknown]
        return found


def _parts(word: str) -> list[str]:
    """Lowercased, accents stripped, split around punctuation: BERT's basic cutter on one word."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    parts: list[str] = []
    run = ""
    for c in plain:
        if c.isalnum():
            run += c
            continue
        if run:
            parts.append(run)
            run = ""
        if not (c.isspace() or unicodedata.category(c) in {"Cc", "Cf"}):
            parts.append(c)
    if run:
        parts.append(run)
    return parts
