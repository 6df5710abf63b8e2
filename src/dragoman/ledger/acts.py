"""An act: what one or several reports tell of one thing done, and its values as they agree or differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dragoman.ledger.merge import groups, range_of
from dragoman.ledger.names import tokens
from dragoman.ledger.shapes import precision_of
from dragoman.ledger.spans import Range
from dragoman.ledger.told import Pair, Told
from dragoman.model import Contact, content_id

__all__ = ["Act", "acts_of"]

NOT_YET = frozenset({"planned", "conditional"})
HELD = frozenset({"done", "ongoing"})
#: Within one day: what was done as usual, then what was asked, then what was answered, agreed, cut.
RANKS = {"address": 1, "exchange": 3, "reply": 2, "agreement": 4, "breakdown": 5}


@dataclass(frozen=True)
class Act:
    """One act between a pair, as told by ``members`` (in order of telling)."""

    members: tuple[Told, ...]

    @cached_property
    def id(self) -> str:
        """The content id of its first telling."""
        first = self.members[0]
        return content_id("act", first.report.key, first.place)

    @cached_property
    def best(self) -> Contact:
        """The telling that stands for the act: the latest that tells it as real, else the latest."""
        real = [t for t in self.members if t.contact.status not in NOT_YET]
        return (real or list(self.members))[-1].contact

    @property
    def act(self) -> str:
        """Its kind, as first told."""
        return self.members[0].contact.act

    @property
    def group(self) -> str:
        """Its act group."""
        return self.members[0].group

    @property
    def status(self) -> str:
        """What the latest word says of its reality."""
        return self.best.status

    @property
    def held(self) -> bool:
        """Whether it took place, on somebody's undisputed word."""
        return self.status in HELD

    @property
    def doubted(self) -> bool:
        """Whether its only word for it is a guess or is denied."""
        return self.status == "disputed" or all(t.contact.hedge == "alleged" for t in self.members)

    @cached_property
    def start(self) -> Range:
        """The days on which its reports let it begin, as told; nothing is put in for what no report bounds."""
        found = Range()
        for told in self._dated:
            start = told.contact.start
            if start is not None:
                found = found.both(Range(start.earliest, start.latest))
        return found

    @cached_property
    def when(self) -> Range:
        """The same, bounded by the days on which it was told."""
        return range_of(self._dated)

    @cached_property
    def last(self) -> Range:
        """The days on which it may have ended: the latest end told, else its beginning."""
        told = [
            Range(t.contact.end.earliest, t.contact.end.latest)
            for t in self.members
            if t.contact.end and t.contact.end.known
        ]
        return max(told, key=lambda r: r.last or r.first or self.when.last or date.min) if told else self.start

    @property
    def _dated(self) -> tuple[Told, ...]:
        """The tellings that date it: a plan's day gives way to the deed's."""
        real = tuple(t for t in self.members if t.contact.status not in NOT_YET)
        return real or self.members

    @property
    def from_(self) -> tuple[str, ...]:
        """Whose act it was."""
        return self.best.from_

    @property
    def to(self) -> tuple[str, ...]:
        """Toward whom."""
        return self.best.to

    @cached_property
    def reports(self) -> frozenset[str]:
        """The keys of the reports that tell it."""
        return frozenset(t.report.key for t in self.members)

    @cached_property
    def subject(self) -> frozenset[str]:
        """The stems of what it is said to be about."""
        return frozenset(s for t in self.members for s in t.subject)

    @cached_property
    def channels(self) -> frozenset[str]:
        """Every channel told, but the unspecified."""
        return frozenset(c for t in self.members for c in t.contact.channel if c != "unspecified")

    @cached_property
    def via(self) -> frozenset[str]:
        """The go-betweens told."""
        return frozenset(v for t in self.members for v in t.contact.via)

    @cached_property
    def persons(self) -> frozenset[str]:
        """The last parts of the names told."""
        names = (n for t in self.members for n in (*t.contact.from_person, *t.contact.to_person))
        return frozenset(parts[-1] for n in names if (parts := tokens(n)))

    @cached_property
    def conditions(self) -> frozenset[str]:
        """The conditions' phrases."""
        return frozenset(c.phrase.lower() for t in self.members for c in t.contact.conditions)

    @property
    def secret(self) -> bool:
        """Whether any report calls it secret."""
        return any(t.contact.secret for t in self.members)

    @property
    def about(self) -> str | None:
        """What it is about, in the words of the first report that tells."""
        return next((t.contact.about for t in self.members if t.contact.about), None)

    @property
    def words(self) -> str:
        """The words of its time, of the first report that tells."""
        return next((t.contact.start.text for t in self.members if t.contact.start and t.contact.start.text), "")

    @cached_property
    def order(self) -> tuple[str, int, int, tuple[str, str, int]]:
        """Sorts acts by when they happened. An act whose first day is open stands at its last, before what began on that day."""
        first = self.when.first or self.when.last
        rank = RANKS[self.group]
        if self.group == "exchange" and not self.held:
            rank = 1
        elif self.group == "exchange" and "hotline" in self.channels:
            rank = 0
        return (
            first.isoformat() if first else "9999",
            0 if self.when.first is None else 1,
            rank,
            self.members[0].order,
        )

    def side(self, pair: Pair) -> str | None:
        """Which of the pair acted, ``None`` where reports do not agree on a side."""
        sides = [code for code in pair if code in self.from_]
        return sides[0] if len(sides) == 1 else None

    def conflicts(self) -> list[dict[str, Any]]:
        """The fields that its reports tell differently, each value with its reports."""
        checks: tuple[tuple[str, Callable[[Contact], Any]], ...] = (
            ("from", lambda c: sorted(c.from_) if self.group in {"breakdown", "address", "reply"} else None),
            ("status", lambda c: None if c.status in NOT_YET else c.status),
            ("reply", lambda c: None if c.reply == "not_stated" else c.reply),
        )
        return [row for name, value in checks if (row := self._differ(name, value))]

    def _differ(self, name: str, value: Callable[[Contact], Any]) -> dict[str, Any] | None:
        told: list[tuple[Any, list[str]]] = []
        for member in self.members:
            v = value(member.contact)
            if v is None:
                continue
            same = next((reports for known, reports in told if known == v), None)
            if same is None:
                told.append((v, [member.report.id]))
            else:
                same.append(member.report.id)
        if len(told) < 2 or (name == "reply" and _grew([v for v, _ in told])):
            return None
        return {"field": name, "values": [{"value": v, "reports": reports} for v, reports in told]}

    def as_json(self) -> dict[str, Any]:
        """The shape of FORMATS."""
        first, last = self.start.as_list()
        precision = next(
            (
                t.contact.start.precision
                for t in self.members
                if t.contact.start and t.contact.start.as_list() == [first, last]
            ),
            precision_of(self.start.first, self.start.last),
        )
        return {
            "id": self.id,
            "act": self.act,
            "status": self.status,
            "interval": {"earliest": first, "latest": last, "precision": precision},
            "from": list(self.from_),
            "to": list(self.to),
            "channel": sorted(self.channels) or ["unspecified"],
            "contacts": [t.as_json() for t in self.members],
        }


def _grew(replies: list[str]) -> bool:
    """Whether the answers, in order of telling, only went from none to one."""
    return replies[0] == "none" and len(replies) == 2


def acts_of(contacts: Iterable[Told]) -> list[Act]:
    """The acts that contacts between one pair tell, in the order in which they happened."""
    return sorted((Act(group) for group in groups(contacts)), key=lambda a: a.order)
