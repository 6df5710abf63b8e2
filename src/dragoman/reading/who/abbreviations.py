"""Abbreviations that a report itself explains: "the National Harbour Guard (NHG)", later "the NHG"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.codebook.actors import ActorBook, Entry
from dragoman.model import Sentence
from dragoman.reading.who.values import Piece

#: Classes of names that may be shortened.
_NAMED = frozenset({"name", "body"})
#: An abbreviation is no shorter.
_SHORTEST = 2


def with_abbreviations(
    book: ActorBook, sentences: Sequence[Sentence], pieces: Iterable[Sequence[Piece]]
) -> list[list[Piece]]:
    """The pieces with those added that an abbreviation stands for, once a bracket behind a party's name has told it."""
    rows = [list(row) for row in pieces]
    told: dict[str, Entry] = {}
    for sentence, row in zip(sentences, rows, strict=True):
        for piece in row:
            word = _bracketed(sentence, piece.last + 1)
            if not word or piece.entry is None or piece.entry.kind not in _NAMED or book.entry(word) is not None:
                continue
            if _is_initials(word, [t.form for t in sentence.tokens[piece.first : piece.last + 1]]):
                told.setdefault(word, piece.entry)
    if not told:
        return rows
    for sentence, row in zip(sentences, rows, strict=True):
        taken = {i for p in row for i in range(p.first, p.last + 1)}
        found = [Piece(i, i, told[t.form]) for i, t in enumerate(sentence.tokens) if t.form in told and i not in taken]
        row.extend(found)
        row.sort(key=lambda p: p.first)
    return rows


def _is_initials(word: str, name: list[str]) -> bool:
    """Whether the letters begin words of the name, in its order."""
    heads = iter("".join(part[0] for part in name if part[0].isalnum()).upper())
    return all(letter in heads for letter in word)


def _bracketed(sentence: Sentence, i: int) -> str:
    """The word in capitals that alone stands in the bracket opening at word ``i``; empty where there is none."""
    forms = [t.form for t in sentence.tokens[i : i + 3]]
    if len(forms) < 3 or forms[0] != "(" or forms[2] != ")":
        return ""
    return forms[1] if forms[1].isupper() and forms[1].isalpha() and len(forms[1]) >= _SHORTEST else ""
