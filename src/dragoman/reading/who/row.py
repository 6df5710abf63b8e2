"""The drafts of one sentence while they are put together."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.codebook.actors import ActorBook
from dragoman.model import Sentence, Token
from dragoman.reading.who.decide import Deciders
from dragoman.reading.who.values import Draft, Kind, Piece

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
HYPHENS = frozenset({"-", "–", "‑", "/"})


class Row:
    """The drafts of one sentence from left to right, and the questions that all rules ask of them."""

    def __init__(self, book: ActorBook, deciders: Deciders, number: int, sentence: Sentence) -> None:
        self.book, self.deciders, self.number, self.sentence = book, deciders, number, sentence
        self.tokens: Sequence[Token] = sentence.tokens
        self.drafts: list[Draft] = []

    def drop(self) -> None:
        """Leave off the drafts that others have absorbed."""
        self.drafts = [d for d in self.drafts if not d.gone]

    def add(self, first: int, last: int, cls: str, kind: Kind, codes: tuple[str, ...], rule: str) -> Draft:
        """Add a draft at the right end and give it back."""
        draft = Draft(self.number, first, last, cls, kind, codes, rule)
        self.drafts.append(draft)
        return draft

    def before(self, i: int) -> Draft | None:
        """The draft that ends right before word ``i``."""
        return next((d for d in reversed(self.drafts) if not d.gone and d.last == i - 1), None)

    def name(self, draft: Draft, first: int, last: int) -> None:
        """Make the draft a person of that name."""
        draft.name = (first, last)
        draft.last = max(draft.last, last)
        draft.first = min(draft.first, first)
        draft.kind, draft.cls = "person", "person"
        draft.rule = "title" if not draft.rule.startswith("owner") else "owner+title"
        self.relation(draft)

    def former_before(self, i: int) -> bool:
        """Whether the word before says that the office is no longer held."""
        return i > 0 and self.tokens[i - 1].form.lower() in self.book.former

    def is_named(self, i: int, pieces: Sequence[Piece]) -> bool:
        """Whether a person's name begins here, perhaps with a rank."""
        rank = next(
            (p for p in pieces if p.first == i and p.office is not None and p.office.key in self.book.words("ranks")),
            None,
        )
        return self.is_name(i if rank is None else rank.last + 1, pieces)

    def is_name(self, i: int, pieces: Sequence[Piece]) -> bool:
        """Whether a person's name begins here."""
        return any(p.first == i and p.is_person for p in pieces)

    def relation(self, draft: Draft) -> None:
        """Take "sister" off the office of a named relative: it says nothing of a post."""
        if draft.office in self.book.words("relations"):
            draft.office, draft.level, draft.relative = "", 0, True
