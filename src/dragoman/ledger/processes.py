"""Standing efforts out of many reports: a review or round of talks with its stages, how the forecast of its end fared, who was told.

Pure functions over what reports say of processes, as :mod:`dragoman.ledger.history` is over contacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Any

from dragoman.codebook.actors import ActorBook
from dragoman.ledger.origins import origins
from dragoman.ledger.spans import Range
from dragoman.ledger.subjects import likeness_of, process_words, refers_back, stems
from dragoman.ledger.told import Report
from dragoman.model import Attribution, Interval, Process, content_id

__all__ = ["ProcessTold", "ProcessView", "processes_of"]

#: Stages in their order; a report goes back behind an earlier one's only where it tells of a new effort of the name.
STAGES = ("expected", "announced", "under_way", "abandoned", "concluded")
ENDED = frozenset({"abandoned", "concluded"})
#: Words of the longest name of a party looked for in the name of an effort.
LONGEST = 4
#: How much of the shorter name's subject two names of one effort share.
ENOUGH = 0.5
#: A name without a subject of its own ("the review") is the owner's last told effort of the kind, if that was told within so many days; and what is
#: told to go on so long after its end is another one.
UNNAMED, AGAIN = timedelta(days=180), timedelta(days=60)


@dataclass(frozen=True)
class ProcessTold:
    """One process as one report tells it; ``place`` is its place in that report's list."""

    report: Report
    place: int
    process: Process = field(compare=False)

    @cached_property
    def order(self) -> tuple[str, str, int]:
        """By the day it was told, as contacts are."""
        return (self.report.day.isoformat() if self.report.day else "9999", self.report.key, self.place)

    @property
    def attribution(self) -> Attribution:
        """On whose word."""
        return self.process.attribution

    @cached_property
    def subject(self) -> frozenset[str]:
        """The stems of its name that tell it from others of its kind; none where it only points back ("the Asian country")."""
        return frozenset() if refers_back(self.process.name) else stems(self.process.name) - process_words()

    @cached_property
    def parties(self) -> frozenset[str]:
        """The codes that its name holds, but its owner's: "Pyongyang" and "North Korea" are one."""
        return parties_in(self.process.name) - {self.process.owner or ""}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The stems of its name that say what kind of effort it is."""
        return stems(self.process.name) & process_words()

    @property
    def day(self) -> date | None:
        """The day for which it tells the stage."""
        told = self.process.date
        return (told.latest or told.earliest if told else None) or self.report.day

    def as_json(self) -> dict[str, Any]:
        """What it says, and where."""
        return {
            "report": self.report.id,
            "key": self.report.key,
            "process": self.place,
            "stage": self.process.stage,
            "date": self.process.date.as_list() if self.process.date else None,
            "expected_by": self.process.expected_by.as_list() if self.process.expected_by else None,
            "briefed": list(self.process.briefed),
        }


@dataclass(frozen=True)
class ProcessView:
    """An effort as of a day: its tellings in the order in which they were told."""

    tellings: tuple[ProcessTold, ...]
    as_of: date

    @cached_property
    def changes(self) -> tuple[tuple[date | None, str, ProcessTold], ...]:
        """(day, stage, telling) of each change of its stage."""
        found: list[tuple[date | None, str, ProcessTold]] = []
        for told in self.tellings:
            stage = told.process.stage
            if not found or STAGES.index(stage) > STAGES.index(found[-1][1]):
                found.append((told.day, stage, told))
        return tuple(found)

    @property
    def id(self) -> str:
        """The content id of its first telling."""
        first = self.tellings[0]
        return content_id("process", first.process.owner, first.report.key, first.place)

    @property
    def owner(self) -> str | None:
        """Whose effort it is."""
        return self.tellings[0].process.owner

    @property
    def state(self) -> str:
        """Its stage by the latest word."""
        return self.changes[-1][1]

    @property
    def briefed(self) -> tuple[str, ...]:
        """Who was told of it, in the order in which reports say so."""
        return tuple(dict.fromkeys(code for told in self.tellings for code in told.process.briefed))

    @property
    def forecast(self) -> ProcessTold | None:
        """The last telling that says by when it was to end."""
        ahead = [t for t in self.tellings if t.process.expected_by and t.process.stage not in ENDED]
        return ahead[-1] if ahead else None

    @cached_property
    def ended(self) -> Range | None:
        """The days on which it may have ended: by the day that a report gives, after the last day on which it was told to go on."""
        end = next((t for _, stage, t in self.changes if stage in ENDED), None)
        if end is None:
            return None
        date_ = end.process.date
        going = [t.report.day for t in self.tellings if t.process.stage not in ENDED and t.report.day]
        first = (date_.earliest if date_ else None) or max(going, default=None)
        last = (date_.latest if date_ else None) or end.report.day
        return Range(min(first, last) if first and last else first, last)

    @property
    def kept(self) -> str | None:
        """How its forecast fared, ``None`` without one: ``kept``, ``missed``, ``pending``, ``overdue``, or ``unsure`` where reports leave it open."""
        told = self.forecast
        by = told.process.expected_by if told else None
        if by is None or by.latest is None:
            return None
        if self.ended is None:
            return "overdue" if self.as_of > by.latest else "pending"
        if self.state == "abandoned":
            return "missed"
        if self.ended.last and self.ended.last <= by.latest:
            return "kept"
        return "missed" if self.ended.first and self.ended.first > by.latest else "unsure"

    def as_json(self) -> dict[str, Any]:
        """The shape of a thread, ``kind`` = ``process``; ``process`` adds what only a process has."""
        first, told = self.tellings[0], self.changes[-1][2]
        opened = next((i for t in self.tellings if (i := t.process.date) and t.process.stage in {"announced"}), None)
        day = self.changes[-1][0]
        expected = self.forecast.process.expected_by if self.forecast else None
        until = told.report.day
        by = told.attribution
        return {
            "id": self.id,
            "kind": "process",
            "parties": [code for code in (self.owner, *self.briefed) if code],
            "subject": first.process.name,
            "opened": _opened(opened, first),
            "state": self.state,
            "state_since": day.isoformat() if day else None,
            "silence_days": None,
            "since_last_attempt": None,
            "reported_by": {"source": by.source, "of": by.of, "told": by.told, "until": until.isoformat() if until else None},
            "origins": origins(self.tellings),
            "acts": [],
            "changes": [
                {"day": d.isoformat() if d else None, "state": stage, "report": t.report.id} for d, stage, t in self.changes
            ],
            "conflicts": [],
            "process": {
                "owner": self.owner,
                "names": list(dict.fromkeys(t.process.name for t in self.tellings)),
                "expected_by": expected.as_list() if expected else None,
                "forecast_by": self.forecast.report.id if self.forecast else None,
                "forecast": self.kept,
                "ended": self.ended.as_list() if self.ended else None,
                "briefed": [
                    {"code": code, "report": next(t.report.id for t in self.tellings if code in t.process.briefed)}
                    for code in self.briefed
                ],
                "tellings": [t.as_json() for t in self.tellings],
            },
        }  # fmt: skip


def processes_of(told: Iterable[ProcessTold], as_of: date) -> list[ProcessView]:
    """The efforts that the tellings are of, in the order in which they were first told."""
    groups: list[list[ProcessTold]] = []
    for telling in sorted(told, key=lambda t: t.order):
        fitting = [(likeness, n, g) for n, g in enumerate(groups) if (likeness := _same(telling, g)) is not None]
        if fitting:
            max(fitting, key=lambda x: (round(x[0], 6), x[1]))[2].append(telling)
        else:
            groups.append([telling])
    return [ProcessView(tuple(g), as_of) for g in groups]


def _same(telling: ProcessTold, group: Sequence[ProcessTold]) -> float | None:
    """How much a telling's name has in common with a group's; ``None`` where it is of another effort."""
    if telling.process.owner != group[0].process.owner:
        return None
    if any(t.report.key == telling.report.key for t in group):
        return None
    before = max((t.report.day for t in group if t.report.day), default=None)
    apart = telling.report.day - before if telling.report.day and before else timedelta(0)
    over = any(t.process.stage in ENDED for t in group)
    if over and telling.process.stage not in ENDED and apart > AGAIN:
        return None
    if telling.kinds and not any(telling.kinds & t.kinds for t in group):
        return None
    if telling.parties and any(t.parties for t in group):
        return 1.0 if any(telling.parties & t.parties for t in group) else None
    likes = [x for t in group if (x := likeness_of(telling.subject, t.subject)) is not None]
    if not likes:
        return 0.0 if apart <= UNNAMED else None
    return max(likes) if max(likes) >= ENOUGH else None


@lru_cache(maxsize=4096)
def parties_in(name: str) -> frozenset[str]:
    """The codes of the parties whose names stand in the phrase, the longest name at each place."""
    words = re.findall(r"[\w.'’-]+", name)
    found: set[str] = set()
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + LONGEST), at, -1):
            codes = _book().party(" ".join(words[at:end])) if words[at][:1].isupper() else frozenset()
            if codes:
                found |= set(codes)
                at = end - 1
                break
        at += 1
    return frozenset(found)


@lru_cache(maxsize=1)
def _book() -> ActorBook:
    return ActorBook.load()


def _opened(interval: Interval | None, first: ProcessTold) -> dict[str, Any]:
    earliest, latest = interval.as_list() if interval else (None, first.report.day and first.report.day.isoformat())
    return {"earliest": earliest, "latest": latest, "text": interval.text if interval else ""}
