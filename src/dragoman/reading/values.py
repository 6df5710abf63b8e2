"""The values that the extractors of this room hand to ``contacts.py``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from dragoman.codebook.predicates import Frame
from dragoman.model import Mention, Span


@dataclass(frozen=True)
class Side:
    """One side of an act: its codes, the persons named, and the words that name them."""

    codes: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    words: tuple[int, ...] = ()
    channel: str | None = None
    level: int = 0
    kinds: frozenset[str] = frozenset()
    """What the words name: a state, an organisation, a group, a person (Mention.kind)."""
    parts: tuple[Side, ...] = ()
    """Where several words named the side, each word's own."""
    apart: bool = False
    """Whether the word repeats the preposition ("with Oslo and with Minsk"): the text tells it apart."""

    def __bool__(self) -> bool:
        return bool(self.codes)

    def __add__(self, other: Side) -> Side:
        return Side(
            tuple(dict.fromkeys(self.codes + other.codes)),
            tuple(dict.fromkeys(self.persons + other.persons)),
            self.spans + other.spans,
            self.words + other.words,
            self.channel or other.channel,
            self.level or other.level,
            self.kinds | other.kinds,
            self.each + other.each,
            self.apart,
        )

    @property
    def each(self) -> tuple[Side, ...]:
        """The words' own sides, one by one."""
        return self.parts or ((self,) if self.codes else ())

    def without(self, codes: tuple[str, ...]) -> Side:
        """The side less some codes (its persons go with it where nothing is left)."""
        left = tuple(c for c in self.codes if c not in codes)
        kept = (p for p in self.each if set(p.codes) & set(left))
        parts = tuple(
            p if set(p.codes) <= set(left) else replace(p, codes=tuple(c for c in p.codes if c in left)) for p in kept
        )
        persons = tuple(dict.fromkeys(p for part in parts for p in part.persons))
        return replace(self, codes=left, persons=persons, parts=parts)


@dataclass(frozen=True)
class Operator:
    """A word above an act that says how it stands."""

    word: int
    effect: str


@dataclass(frozen=True)
class Event:
    """What one sentence tells of an act, before the report's sentences are put together.

    ``head`` is the word on which the act's clause hangs (its finite verb, where there is one); ``reply`` the answer that
    the sentence itself tells of this act.
    """

    sentence: int
    trigger: int
    head: int
    frame: Frame
    act: str
    status: str
    from_: Side
    to: Side
    via: Side = Side()
    operators: tuple[Operator, ...] = ()
    reply: str = "not_stated"
    denied_by: tuple[str, ...] = ()
    rules: tuple[tuple[str, Span], ...] = ()
    definite: bool = False
    beside: frozenset[int] = frozenset()
    """Triggers coordinated with this one ("her letter and her call"): the text counts those acts apart."""

    @property
    def parties(self) -> frozenset[str]:
        """All codes of both sides."""
        return frozenset(self.from_.codes) | frozenset(self.to.codes)


@dataclass(frozen=True)
class SentenceMentions:
    """The mentions of one sentence, found by word."""

    mentions: tuple[Mention, ...] = ()
    by_head: dict[int, Mention] = field(default_factory=dict)
    covering: dict[int, Mention] = field(default_factory=dict)

    @classmethod
    def of(cls, mentions: tuple[Mention, ...]) -> SentenceMentions:
        """Index the mentions; where two cover a word the longer wins."""
        by_head: dict[int, Mention] = {}
        covering: dict[int, Mention] = {}
        for mention in sorted(mentions, key=lambda m: m.last - m.first):
            by_head[mention.head] = mention
            for word in range(mention.first, mention.last + 1):
                covering[word] = mention
        return cls(mentions, by_head, covering)
