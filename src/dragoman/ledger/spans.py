"""Ranges of days: when a contact may have begun and ended, and arithmetic on such ranges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dragoman.model import Contact

__all__ = ["Range", "begins_of", "days_between", "ends_of"]

#: A plan without a day is for the weeks to come: news announce what is near. A held act this long after is another one.
PLAN_DAYS = 120
UNREAL = frozenset({"planned", "conditional"})


@dataclass(frozen=True, slots=True)
class Range:
    """Days from ``first`` to ``last``, either open."""

    first: date | None = None
    last: date | None = None

    @property
    def known(self) -> bool:
        """Whether either end is bounded."""
        return self.first is not None or self.last is not None

    @property
    def width(self) -> int | None:
        """Its days, ``None`` where an end is open."""
        return (self.last - self.first).days + 1 if self.first and self.last else None

    def meets(self, other: Range, slack: int = 0) -> bool:
        """Whether the two have a day in common, or come within ``slack`` days."""
        return not (_before(self, other, slack) or _before(other, self, slack))

    def both(self, other: Range) -> Range:
        """The days in common; where there are none, the days between them."""
        first = max((d for d in (self.first, other.first) if d), default=None)
        last = min((d for d in (self.last, other.last) if d), default=None)
        return Range(last, first) if first and last and last < first else Range(first, last)

    def as_list(self) -> list[str | None]:
        """``[first, last]`` as ISO days."""
        return [d.isoformat() if d else None for d in (self.first, self.last)]


def _before(one: Range, other: Range, slack: int) -> bool:
    return bool(one.last and other.first and (other.first - one.last).days > slack)


def begins_of(contact: Contact, day: date | None) -> Range:
    """The days on which the act may have begun, as a report of that day bounds them (a thing done was done by the day it was told)."""
    start = contact.start
    first, last = (start.earliest, start.latest) if start else (None, None)
    if contact.status in UNREAL:
        first = first or (min(day, last) if day and last else day)
        last = last or (first + timedelta(days=PLAN_DAYS) if first else None)
    elif last is None and contact.status != "not_done":
        last = day
    return Range(first, last) if not (first and last and last < first) else Range(first, first)


def ends_of(contact: Contact, day: date | None) -> Range:
    """The days on which a run may have ended; open at the end where it was still going on when a report of that day told it."""
    end, start = contact.end, contact.start
    if end is None or not end.known:
        return Range()
    going_on = contact.status in {"ongoing", "attempted"} or contact.reply == "none"
    last = end.latest or end.earliest
    if going_on and last and day and (day - last).days <= 1 and not (start and start.earliest == last):
        return Range(end.earliest, None)
    return Range(end.earliest, end.latest)


def days_between(one: Range, other: Range) -> int | None:
    """The fewest days between two ranges, 0 where they meet; ``None`` where one tells nothing."""
    if one.meets(other):
        return 0 if one.known and other.known else None
    a, b = (one, other) if one.last and other.first and one.last < other.first else (other, one)
    assert a.last is not None and b.first is not None
    return (b.first - a.last).days
