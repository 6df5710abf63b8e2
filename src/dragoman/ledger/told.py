"""What history is made of: reports as the ledger knows them, and what each tells. Frozen values of this room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from dragoman.ledger.spans import Range, begins_of, ends_of
from dragoman.ledger.stories import Profile, unpacked
from dragoman.ledger.subjects import count_told, stems
from dragoman.model import ACT_GROUPS, Attribution, Contact

__all__ = ["Entered", "Pair", "Report", "Told", "pair_of", "pairs_of"]

#: Two codes in alphabetical order.
Pair = tuple[str, str]


def pair_of(a: str, b: str) -> Pair:
    """The unordered pair of two codes."""
    return (a, b) if a <= b else (b, a)


def pairs_of(contact: Contact) -> tuple[Pair, ...]:
    """The unordered pairs between which the contact stands: each of one side with each of the other."""
    return tuple(sorted({pair_of(a, b) for a in contact.from_ for b in contact.to if a != b}))


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a reading: ``new`` is false where the ledger held just this before."""

    new: bool
    report_key: str


@dataclass(frozen=True)
class Report:
    """A report as the ledger holds it. ``day`` is the day from which it enters an as-published view, ``None`` where it enters none."""

    key: str
    id: str = field(compare=False)
    day: date | None = field(compare=False)
    outlet: str | None = field(default=None, compare=False)
    agency: str | None = field(default=None, compare=False)
    title: str | None = field(default=None, compare=False)
    url: str | None = field(default=None, compare=False)
    published: str | None = field(default=None, compare=False)
    first_seen: str | None = field(default=None, compare=False)
    relayed: tuple[str, ...] = field(default=(), compare=False)
    signature: tuple[int, ...] = field(default=(), compare=False)
    packed_profile: bytes = field(default=b"", compare=False, repr=False)

    @cached_property
    def profile(self) -> Profile:
        """What it is about, to know by which reports tell one story."""
        return unpacked(self.packed_profile)

    def as_json(self) -> dict[str, Any]:
        """What a board shows of a report."""
        return {
            "id": self.id,
            "key": self.key,
            "published": self.published,
            "first_seen": self.first_seen,
            "outlet": self.outlet,
            "agency": self.agency,
            "title": self.title,
            "url": self.url,
        }


@dataclass(frozen=True)
class Told:
    """One contact as one report tells it; ``place`` is its place in that report's list, ``reading_n`` the reading's number in its file."""

    report: Report
    place: int
    contact: Contact = field(compare=False)
    reading_n: int = field(default=0, compare=False)

    @cached_property
    def order(self) -> tuple[str, str, int]:
        """By the day it was told; report keys and places break ties, so that the order of arrival never counts."""
        return (self.report.day.isoformat() if self.report.day else "9999", self.report.key, self.place)

    @cached_property
    def group(self) -> str:
        """The act group within which tellings of one act may differ."""
        return ACT_GROUPS[self.contact.act]

    @cached_property
    def begins(self) -> Range:
        """The days on which the act may have begun, bounded by the day it was told."""
        return begins_of(self.contact, self.report.day)

    @cached_property
    def ends(self) -> Range:
        """The days on which its run may have ended, open where it was still going on."""
        return ends_of(self.contact, self.report.day)

    @cached_property
    def subject(self) -> frozenset[str]:
        """The stems of what it is about."""
        return stems(self.contact.about)

    @cached_property
    def count(self) -> int | None:
        """How many acts it counts, 0 for several."""
        return count_told(self.contact.about)

    @cached_property
    def parties(self) -> tuple[frozenset[str], frozenset[str]]:
        """The codes of either side."""
        return (frozenset(self.contact.from_), frozenset(self.contact.to))

    @property
    def attribution(self) -> Attribution:
        """On whose word."""
        return self.contact.attribution

    def as_json(self) -> dict[str, Any]:
        """``{"report", "key", "contact"}`` as in FORMATS; ``key`` is the report's."""
        return {"report": self.report.id, "key": self.report.key, "contact": self.place}
