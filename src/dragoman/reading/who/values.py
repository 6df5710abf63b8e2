"""The working values of this folder: pieces of a sentence and drafts of mentions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dragoman.codebook.actors import Entry, Office
from dragoman.model import Sentence

Kind = Literal["state", "organisation", "group", "person", "pronoun"]

#: Classes of words that stand for a party by themselves, or (``part``, a province or city) lend it to an office.
PARTY = frozenset({"name", "adj", "people", "capital", "seat", "body", "media", "joint", "part"})
#: Classes that can stand before an office as its owner.
OWNERS = PARTY


@dataclass(frozen=True, slots=True)
class Piece:
    """Words found in a list: a party's name (``entry``), an office or body (``office``), or a person's name (neither)."""

    first: int
    last: int
    entry: Entry | None = None
    office: Office | None = None

    @property
    def is_person(self) -> bool:
        """Whether the words are a person's name."""
        return self.entry is None and self.office is None


@dataclass(slots=True)
class Draft:
    """A mention in the making. ``cls`` is the class of its words: an entry's or office's kind, ``person`` or ``pronoun``."""

    sentence: int
    first: int
    last: int
    cls: str
    kind: Kind
    codes: tuple[str, ...]
    rule: str
    office: str = ""
    level: int = 0
    name: tuple[int, int] | None = None
    person: str | None = None
    former: bool = False
    relative: bool = False
    """Named as somebody's sister, son ...: no office, unless the book knows one."""
    gender: str = ""
    plural: bool = False
    place_only: bool = False
    channel: str | None = None
    ambiguous: tuple[str, ...] = ()
    posted: tuple[str, ...] = ()
    """The party to which an ambassador or envoy is sent."""
    possessor: int | None = None
    definite: bool = False
    whose: tuple[int, int] | None = None
    """The name of the leader before a government: "the Biden administration"."""
    text: str = ""
    """The key of the name found, for a body known by a name of its own ("State Department" as "department")."""
    body: str = ""
    """A body without an owner for which an official speaks: "a spokesman for the military"."""
    hint: tuple[str, ...] = ()
    """Codes to fall back on where neither report nor book tells the party."""
    head: int | None = None
    """The head of the office's own words, where a name or a modifier could mislead the tree."""
    gone: bool = field(default=False, compare=False)

    def absorb(self, other: Draft) -> None:
        """Take another draft's words into this one's stretch."""
        self.first = min(self.first, other.first)
        self.last = max(self.last, other.last)
        other.gone = True


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """The word of a stretch that hangs on a word outside it (the first such that is not punctuation or a case mark)."""
    tokens = sentence.tokens
    best = -1
    for i in range(first, last + 1):
        head = tokens[i].head
        if first <= head <= last or tokens[i].relation in {"punct", "case", "det"}:
            continue
        if best < 0 or (
            tokens[best].relation in {"amod", "compound", "nummod", "advmod"}
            and tokens[i].relation not in {"amod", "compound"}
        ):
            best = i
    return best if best >= 0 else last
