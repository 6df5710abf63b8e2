"""A thread, and how well an act goes with one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dragoman.ledger.acts import Act
from dragoman.ledger.spans import Range, days_between
from dragoman.ledger.subjects import likeness_of, weight_of
from dragoman.ledger.told import Pair, Told

__all__ = ["SILENT", "Change", "Thread", "link", "told_apart", "whole"]

# What speaks for an act belonging to a thread. Set by hand, as in merge.py.
SAME_REPORT = 1.5
SUBJECT, OTHER_SUBJECT = 2.0, -0.5
CHANNEL, VIA, PERSONS, CONDITION = 0.75, 0.75, 0.5, 1.0
#: What is said in secret is rarely the same offer as what is said in public.
OTHER_SECRECY = -0.25
#: Days since the thread's last act, and what that says.
RECENT = ((31, 0.5), (365, 0.0), (730, -1.0))
LONG_AGO = -2.0
SILENT = frozenset({"open", "acknowledged"})


@dataclass(frozen=True, slots=True)
class Change:
    """A thread's state from a day on, and the telling that brought it."""

    day: date | None
    state: str
    told: Told


class Thread:
    """A thread while it is put together: its acts and changes in the order in which they happened, and what its acts have told so far."""

    def __init__(self, kind: str, pair: Pair, opening: Act, opener: str | None) -> None:
        self.kind = kind
        self.pair = pair
        self.opener = opener
        self.state = "open"
        self.acts: list[Act] = []
        self.changes: list[Change] = []
        self.reports: set[str] = set()
        self.subjects: set[frozenset[str]] = set()
        self.channels: set[str] = set()
        self.via: set[str] = set()
        self.persons: set[str] = set()
        self.conditions: set[str] = set()
        self.days = Range()
        #: The last day for which a report vouches that no answer had come.
        self.silent_until: date | None = None
        self.add(opening)

    @property
    def opening(self) -> Act:
        """The act that opened it."""
        return self.acts[0]

    @property
    def last(self) -> Act:
        """Its last act."""
        return self.acts[-1]

    def add(self, act: Act) -> None:
        """Put an act at its end."""
        self.acts.append(act)
        self.reports |= act.reports
        self.subjects.add(act.subject)
        self.channels |= act.channels
        self.via |= act.via
        self.persons |= act.persons
        self.conditions |= act.conditions
        vouched = (t.contact.reply_as_of for t in act.members if t.contact.reply == "none")
        self.silent_until = max((d for d in (self.silent_until, *vouched) if d), default=None)
        days = whole(act)
        self.days = Range(
            min((d for d in (self.days.first, days.first, days.last) if d), default=None),
            max((d for d in (self.days.last, days.last, days.first) if d), default=None),
        )

    def answered_by(self, act: Act, state: str) -> None:
        """Go over into a state by talks or an agreement, unless a report vouches that by then no answer had come: words go before inference."""
        if self.silent_until is None or act.when.last is None or act.when.last > self.silent_until:
            self.turn(state, act)

    def turn(self, state: str, act: Act) -> None:
        """Go over into a state by an act, on the word of the first report that tells it so."""
        told = next((t for t in act.members if t.contact.status == act.status), act.members[0])
        self.change(Change(act.when.last or told.report.day, state, told))

    def change(self, change: Change) -> None:
        """Go over into a state; standing in it already changes nothing."""
        if self.changes and change.day:
            # What opened within a long range had opened by the day on which it was answered.
            self.changes = [replace(c, day=min(c.day, change.day)) if c.day else c for c in self.changes]
        if not self.changes or change.state != self.state:
            self.changes.append(change)
        self.state = change.state


def link(act: Act, thread: Thread) -> float:
    """How much an act has in common with a thread."""
    total = SAME_REPORT if act.reports & thread.reports else 0.0
    total += _subjects(act, thread)
    if act.group == "address" and act.secret != thread.opening.secret:
        total += OTHER_SECRECY
    total += CHANNEL * bool(act.channels & thread.channels)
    total += VIA * bool(act.via & thread.via)
    total += PERSONS * bool(act.persons & thread.persons)
    total += CONDITION * bool(act.conditions & thread.conditions)
    return total + _recency(act, thread)


def _subjects(act: Act, thread: Thread) -> float:
    likes = [x for subject in thread.subjects if (x := likeness_of(act.subject, subject)) is not None]
    if not likes or max(likes) > 0:
        return SUBJECT * max(likes, default=0.0)
    # A phrase that only says that they talk tells no other subject.
    told = weight_of(act.subject) >= 1 and any(weight_of(s) >= 1 for s in thread.subjects)
    return OTHER_SUBJECT if told else 0.0


def _recency(act: Act, thread: Thread) -> float:
    gap = days_between(thread.days, act.when)
    if gap is None:
        return 0.0
    return next((w for most, w in RECENT if gap <= most), LONG_AGO)


def whole(act: Act) -> Range:
    """The days from an act's beginning to its end."""
    end = act.last.last or act.last.first or act.when.last
    return Range(act.when.first, max((d for d in (end, act.when.last) if d), default=None))


def told_apart(act: Act, thread: Thread) -> bool:
    """Whether one report tells the act beside one of the thread's by the same side: then it counts them apart."""
    if not act.reports & thread.reports:
        return False
    return any(act.reports & o.reports and o.group == act.group and set(o.from_) & set(act.from_) for o in thread.acts)
