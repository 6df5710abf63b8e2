"""One history out of many reports: pure functions over the contacts known at a moment, whatever the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from dragoman.ledger.acts import Act, acts_of
from dragoman.ledger.origins import origins
from dragoman.ledger.silences import DaysRead, silence
from dragoman.ledger.thread import SILENT, Thread
from dragoman.ledger.threads import threads_of
from dragoman.ledger.told import Pair, Told
from dragoman.model import content_id

__all__ = ["History", "ThreadView", "history_of"]


@dataclass(frozen=True)
class History:
    """The history of one pair: its acts, and the threads on which some of them stand."""

    pair: Pair
    acts: tuple[Act, ...]
    threads: tuple[Thread, ...]


def history_of(pair: Pair, contacts: Iterable[Told]) -> History:
    """The history that contacts between the pair tell."""
    acts = acts_of(contacts)
    return History(pair, tuple(acts), tuple(threads_of(pair, acts)))


@dataclass(frozen=True)
class ThreadView:
    """A thread as of a day."""

    thread: Thread
    day: date
    read: DaysRead | None = None
    """The days on which reports that name a party were published, where the reading gaps are asked for."""

    @property
    def id(self) -> str:
        """The content id of the act that opened it, for its pair."""
        return content_id("thread", self.thread.pair, self.thread.opening.id)

    @property
    def kind(self) -> str:
        """``overture``, ``line`` or ``round``."""
        return self.thread.kind

    @property
    def parties(self) -> tuple[str, str]:
        """The two parties, the one that opened it first."""
        a, b = self.thread.pair
        return (b, a) if self.thread.opener == b else (a, b)

    @property
    def state(self) -> str:
        """Its state."""
        return self.thread.state

    @property
    def acts(self) -> tuple[Act, ...]:
        """Its acts, in the order in which they happened."""
        return tuple(self.thread.acts)

    @property
    def silence_days(self) -> tuple[int | None, int | None] | None:
        """Days without an answer since the opening, least and most; ``None`` once answered, or where nothing bounds the opening."""
        return silence(self.thread.opening.start, self.day) if self.state in SILENT else None

    @property
    def since_last_attempt(self) -> tuple[int | None, int | None] | None:
        """Days since the last act by the side that opened it."""
        if self.state not in SILENT:
            return None
        own = [a for a in self.thread.acts if a.side(self.thread.pair) == self.thread.opener]
        return silence((own or [self.thread.opening])[-1].last, self.day)

    @property
    def reported_by(self) -> dict[str, Any]:
        """On whose word the state stands, and until which day they vouch for it."""
        tellings = [t for a in self.thread.acts for t in a.members]
        if self.state in SILENT:
            vouching = [t for t in tellings if t.contact.reply in {"none", "acknowledged"}] or tellings
            told = max(vouching, key=lambda t: (t.contact.reply_as_of or t.report.day or date.min, t.order))
        else:
            told = self.thread.changes[-1].told
        by, until = told.contact.attribution, told.contact.reply_as_of or told.report.day
        return {"source": by.source, "of": by.of, "told": by.told, "until": until.isoformat() if until else None}

    @cached_property
    def reading_gaps(self) -> tuple[tuple[date, date], ...] | None:
        """The runs of days, from its opening on, on which no report naming either party was published; ``None`` where not asked for."""
        if self.read is None:
            return None
        first = self._first_day
        return tuple(self.read.gaps(self.thread.pair, first)) if first else ()

    @property
    def _first_day(self) -> date | None:
        """The first day of its opening, or on which a report told of it; ``None`` where neither is known."""
        opening = self.thread.opening
        told = min((t.report.day for t in opening.members if t.report.day), default=None)
        return opening.start.first or opening.start.last or told

    def as_json(self) -> dict[str, Any]:
        """The shape of FORMATS; with ``reading_gaps`` where it was asked for."""
        opening = self.thread.opening
        first, last = opening.start.as_list()
        tellings = [t for a in self.thread.acts for t in a.members]
        since = self.thread.changes[-1].day
        found: dict[str, Any] = {
            "id": self.id,
            "kind": self.kind,
            "parties": list(self.parties),
            "subject": next((a.about for a in self.thread.acts if a.about), None),
            "opened": {"earliest": first, "latest": last, "text": opening.words},
            "state": self.state,
            "state_since": since.isoformat() if since else None,
            "silence_days": _list(self.silence_days),
            "since_last_attempt": _list(self.since_last_attempt),
            "reported_by": self.reported_by,
            "origins": origins(tellings),
            "acts": [a.as_json() for a in self.thread.acts],
            "changes": [
                {"day": c.day.isoformat() if c.day else None, "state": c.state, "report": c.told.report.id}
                for c in self.thread.changes
            ],
            "conflicts": [row for a in self.thread.acts for row in a.conflicts()],
        }
        if self.read is not None:
            begun = self._first_day
            found["reading_gaps"] = self.read.printed(self.thread.pair, begun) if begun else []
        return found


def _list(days: tuple[int | None, int | None] | None) -> list[int | None] | None:
    return list(days) if days is not None else None


def longest_first(view: ThreadView) -> tuple[int, int, str]:
    """Sorts a board: the longest sure silence first, unbounded ones last."""
    least, most = view.silence_days or (None, None)
    return (-(least if least is not None else -1), -(most if most is not None else 10**6), view.id)
