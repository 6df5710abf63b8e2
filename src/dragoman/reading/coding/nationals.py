"""People and firms that speak for nobody, but whom their state's demonym makes that state's when something is done to them or by them."""

from __future__ import annotations

from dragoman.codebook.actors import ActorBook
from dragoman.model import Mention, Sentence


def nationals(s: Sentence, row: tuple[Mention, ...], place: int, book: ActorBook) -> tuple[Mention, ...]:
    """The mentions of a sentence (the ``place``-th) with the demonyms before private people and firms ("four Ugandan drivers"), left to right.

    Who speaks with whom does not count such people as their state; whom force, aid or a ban reaches does (PLOVER codes a victim by the state).
    """
    if not any(m.codes for m in row):
        return row  # with whom something would happen is not told
    private = book.words("private")
    upper = [i for i, t in enumerate(s.tokens) if t.upos in {"ADJ", "PROPN"} and t.form[0].isupper()]
    added = [m for i in upper if _describes(s, i, private) and (m := _mention(s, i, place, book))]
    if not added:
        return row
    taken = {i for m in row for i in range(m.first, m.last + 1)}
    added = [m for m in added if not taken & set(range(m.first, m.last + 1))]
    return tuple(sorted((*row, *added), key=lambda m: m.first))


def _describes(s: Sentence, i: int, private: frozenset[str]) -> bool:
    token = s.tokens[i]
    noun = token.head > i and token.relation in {"amod", "compound"}
    return noun and s.tokens[token.head].lemma.lower() in private


def _mention(s: Sentence, i: int, place: int, book: ActorBook) -> Mention | None:
    """The demonym that ends at the word, of two words before one of one ("South Korean"); ``None`` where the book has none."""
    for first in (i - 1, i) if i else (i,):
        words = s.tokens[first : i + 1]
        text = " ".join(t.form for t in words)
        codes = book.party(text)
        if len(codes) == 1 and book.sort(codes[0]) == "state":
            return Mention(place, first, i, i, words[0].start, words[-1].end, text, "state", codes, "national")
    return None
