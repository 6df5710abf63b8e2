"""The ledger: what reports said, stored once, and the history derived from it as of any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from dragoman.errors import FormatError, LedgerError
from dragoman.ledger.history import History, ThreadView
from dragoman.ledger.processes import ProcessView, processes_of
from dragoman.ledger.shapes import reading_of
from dragoman.ledger.silences import DaysRead, gaps, months_of
from dragoman.ledger.store import Store
from dragoman.ledger.stretches import REACH, Reach
from dragoman.ledger.thread import SILENT
from dragoman.ledger.told import Entered, Pair, Report, Told, pair_of
from dragoman.model import Page, Reading, Rejection

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.ledger.changes import ThreadChange
    from dragoman.ledger.knowing import Moment

__all__ = ["KnownContact", "KnownRejection", "Ledger", "TimelineEntry"]

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class KnownRejection:
    """A rejection and when it was recorded (UTC text)."""

    rejection: Rejection
    recorded: str

    def as_json(self) -> dict[str, Any]:
        """The shape of FORMATS."""
        r = self.rejection
        return {"report": r.report, "stage": r.stage, "reason": r.reason, "detail": r.detail, "recorded": self.recorded}


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact with the report that tells it."""

    told: Told

    def as_json(self) -> dict[str, Any]:
        """One row of an export: the report's fields, then the contact's, in GUIDE's names."""
        return {
            "report": self.told.report.as_json(),
            "place": self.told.place,
            **self.told.contact.as_json(),
        }


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One act between a pair on the day it happened, with the thread on which it stands, if any."""

    act: dict[str, Any]
    thread: str | None
    about: str | None
    reports: tuple[Report, ...]

    def as_json(self) -> dict[str, Any]:
        """The act as in ``threads``, its thread, its subject, and the reports that tell it."""
        return {**self.act, "about": self.about, "thread": self.thread, "reports": [r.as_json() for r in self.reports]}


class Ledger:
    """A ledger in a SQLite file or on a PostgreSQL server. Safe to use from several processes at once; close it, or use ``with``."""

    def __init__(self, store: Store, clock: Clock, reach: Reach = REACH) -> None:
        self._store = store
        self._clock = clock
        self._reach = reach

    @classmethod
    def open(cls, place: str | Path, *, clock: Clock = _now, wait: float = 30.0) -> Ledger:
        """The ledger at a path, made if nothing is there, or at a ``postgresql://`` URL.

        ``clock`` gives the present moment with its zone; ``wait`` is how many seconds to stand in line behind other writers.
        Raises :class:`~dragoman.errors.NotALedger`, :class:`~dragoman.errors.NewerLedger`, :class:`~dragoman.errors.LedgerUnwritable`,
        :class:`~dragoman.errors.LedgerBusy` or :class:`~dragoman.errors.LedgerError`, each saying what to do.
        """
        return cls(Store(place, wait=wait), clock)

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -------------------------------------------------------------------------------------------------------- in

    def enter(self, reading: Reading, page: Page | None = None) -> Entered:
        """Write what a report says, whole or not at all; ``new`` is false where the ledger held just this before.

        With its page the report can be read again later, and is not read twice (:meth:`stored`).
        """
        from dragoman.ledger import entering

        with self._store.writing() as conn:
            return entering.enter(conn, reading, page, self._stamp())

    def enter_all(self, readings: Iterable[Reading], *, together: int = 100) -> int:
        """Write many readings, each whole, so many in one transaction; gives how many of them are new."""
        from dragoman.ledger import entering

        rest, new = iter(readings), 0
        while batch := list(islice(rest, together)):
            with self._store.writing() as conn:
                new += sum(entering.enter(conn, reading, None, self._stamp()).new for reading in batch)
        return new

    def enter_coded(self, found: Mapping[str, Any], *, coder: str | None = None) -> Entered:
        """Write contacts that a person coded, one report in GUIDE's shape; they stand before what a program reads from the same report.

        The coder's name and the report's outlet or address are required: :class:`~dragoman.errors.FormatError` says what lacks.
        """
        coder = coder or found.get("coder")
        if not coder:
            raise FormatError('coded contacts need a "coder"; say who coded them')
        report = found.get("report") or {}
        if not (report.get("outlet") or report.get("url") or report.get("source")):
            raise FormatError('coded contacts need their source; fill in the "outlet" or "url" of the report')
        return self.enter(reading_of(found, coder=coder, reader=f"coder:{coder}"))

    def reject(self, rejection: Rejection, page: Page | None = None, *, reader: str = "") -> bool:
        """Write that an input was not read, and why; says whether that is new. With page and reader it is not tried again (:meth:`stored`)."""
        from dragoman.ledger import entering

        with self._store.writing() as conn:
            return entering.reject(conn, rejection, page, reader, self._stamp())

    def stored(self, page: Page, reader: str) -> Reading | Rejection | None:
        """What this version of the reader made of the page before, ``None`` where it has not read it."""
        from dragoman.ledger import recalling

        with self._store.reading() as conn:
            return recalling.stored(conn, page, reader)

    def read_before(self, reader: str) -> list[tuple[Page, Reading]]:
        """The pages whose reading that stands is by another version of the program than this one, each with that reading."""
        from dragoman.ledger import recalling

        with self._store.reading() as conn:
            return list(recalling.read_before(conn, reader))

    # ------------------------------------------------------------------------------------------------------- out

    def reports(self, as_of: date | None = None, as_recorded: datetime | None = None) -> list[Report]:
        """The reports known at the moment, by day. ``as_of``: as published by that day (default today); ``as_recorded``: as recorded by then."""
        from dragoman.ledger import knowing

        with self._store.reading() as conn:
            return list(knowing.reports(conn, self._moment(as_of, as_recorded)))

    def contacts(
        self, as_of: date | None = None, as_recorded: datetime | None = None, pair: Pair | None = None
    ) -> list[KnownContact]:
        """The contacts known at the moment (as for :meth:`reports`), of one pair or of all, by the day they were told."""
        from dragoman.ledger import knowing

        with self._store.reading() as conn:
            told = knowing.told(conn, self._moment(as_of, as_recorded), pair_of(*pair) if pair else None)
            found = {contact for _, contact in told}
        return [KnownContact(t) for t in sorted(found, key=lambda t: t.order)]

    def threads(
        self, as_of: date | None = None, as_recorded: datetime | None = None, pair: Pair | None = None
    ) -> list[ThreadView]:
        """The threads known at the moment (as for :meth:`reports`), of one pair or of all, pair by pair in the order of their opening."""
        moment = self._moment(as_of, as_recorded)
        with self._store.reading() as conn:
            histories = self._histories(conn, moment, pair)
        return [ThreadView(t, moment.day) for h in histories for t in h.threads]

    def processes(self, as_of: date | None = None, as_recorded: datetime | None = None) -> list[ProcessView]:
        """The standing efforts known at the moment (as for :meth:`reports`): stages, forecasts, who was told."""
        from dragoman.ledger import knowing

        moment = self._moment(as_of, as_recorded)
        with self._store.reading() as conn:
            return processes_of(knowing.processes(conn, moment), moment.day)

    def silences(
        self, as_of: date | None = None, as_recorded: datetime | None = None, pair: Pair | None = None
    ) -> Sequence[ThreadView]:
        """The threads without an answer on substance, the longest silence first, each with the days on which nothing was read.

        Their number and order are known at once; each is fetched when it is looked at, so that a page of a long board costs a page.
        """
        from dragoman.ledger.board import Listed, board_of

        moment = self._moment(as_of, as_recorded)
        of = pair_of(*pair) if pair else None
        if moment.recorded is None:
            return board_of(self._store, moment.day, self._reach, of)
        from dragoman.ledger import knowing

        with self._store.reading() as conn:
            threads = [x for h in self._histories(conn, moment, of) for x in h.threads if x.state in SILENT]
            read = knowing.days_read(conn, moment, frozenset(code for x in threads for code in x.pair))
        known = DaysRead(moment.day, {code: months_of(days) for code, days in read.items()})
        return Listed((ThreadView(x, moment.day, known) for x in threads), moment.day)

    def copy(self, place: str | Path) -> None:
        """Copy the whole ledger, as it stands now, to a new file or an empty database; readers and writers may go on.

        A backup, the way back from one, or a move to a server. Raises :class:`~dragoman.errors.LedgerError` where the place holds something.
        """
        from dragoman.ledger import copying

        copying.copy(self._store, place)

    def settle(self, pairs: Iterable[Pair] | None = None, *, until: Callable[[], bool] = lambda: False) -> int:
        """Derive the silences of all days in advance, so that the board of any day is looked up; gives how many pairs are left.

        Boards are right without it: what is not derived yet they derive for their day. ``pairs``: these alone. ``until`` is asked before each
        pair and ends it early.
        """
        from dragoman.ledger import filling

        return filling.settle(self._store, self._reach, pairs, until)

    def timeline(
        self, a: str, b: str, as_of: date | None = None, as_recorded: datetime | None = None
    ) -> list[TimelineEntry]:
        """All acts between two parties in the order in which they happened."""
        moment = self._moment(as_of, as_recorded)
        with self._store.reading() as conn:
            histories = self._histories(conn, moment, pair_of(a, b))
        return [entry for h in histories for entry in _timeline(h, moment.day)]

    def changes(self, since: date, until: date | None = None, pair: Pair | None = None) -> list[ThreadChange]:
        """What changed from what had been published by one day to what had been by another (default today), of one pair or of all."""
        from dragoman.ledger import knowing
        from dragoman.ledger.changes import changes_of

        last = until or self._clock().date()
        if last < since:
            raise FormatError(f"{last} is before {since}; name the earlier day first")
        with self._store.reading() as conn:
            told = [pair_of(*pair)] if pair else knowing.pairs_told(conn, since, last)
            threads = [
                [
                    ThreadView(x, day)
                    for of in told
                    for h in self._histories(conn, self._moment(day, None), of)
                    for x in h.threads
                ]
                for day in (since, last)
            ]
        return changes_of(*threads)

    def show(self, name: str, as_of: date | None = None, as_recorded: datetime | None = None) -> dict[str, Any]:
        """What stands behind a thread, an act, a contact or a report: ``{"what", "found", "evidence"}``.

        ``name`` is an id as the views print it, or its beginning. ``evidence`` holds for each contact its report, its body and the quotes.
        Raises :class:`~dragoman.errors.LedgerError` where nothing or more than one thing is so called.
        """
        from dragoman.ledger import recalling

        moment = self._moment(as_of, as_recorded)
        with self._store.reading() as conn:
            what, found, tellings = self._named(conn, moment, name)
            return {"what": what, "found": found, "evidence": [recalling.evidence(conn, t) for t in tellings]}

    def pairs(self, as_of: date | None = None, as_recorded: datetime | None = None) -> dict[Pair, int]:
        """How many contacts each pair has that are known at the moment (as for :meth:`reports`)."""
        from dragoman.ledger import knowing

        with self._store.reading() as conn:
            return knowing.pairs(conn, self._moment(as_of, as_recorded))

    def counts(self) -> dict[str, int]:
        """How many rows there are of what the ledger holds: pages, reports, readings, contacts and the rest, of every version."""
        from dragoman.ledger import recalling

        with self._store.reading() as conn:
            return recalling.counts(conn)

    def rejections(self) -> list[KnownRejection]:
        """The inputs that were not read, in the order in which they were recorded."""
        from dragoman.ledger import recalling

        with self._store.reading() as conn:
            return [KnownRejection(r, recorded) for r, recorded in recalling.rejections(conn)]

    def undated(self) -> int:
        """How many reports enter no as-published view, because neither a date nor a day of first sight is known."""
        from dragoman.ledger import knowing

        with self._store.reading() as conn:
            return knowing.undated(conn)

    def unread_days(self, a: str, b: str, first: date, last: date) -> list[tuple[date, date]]:
        """The runs of days, both ends counted, on which no report naming either party was published."""
        from dragoman.ledger import knowing

        with self._store.reading() as conn:
            read = knowing.days_read(conn, self._moment(last, None), frozenset({a, b}))
        return gaps(first, last, frozenset().union(*read.values()))

    def search(self, words: str) -> list[Report]:
        """The reports whose title or body holds all the words."""
        from dragoman.ledger import recalling

        with self._store.reading() as conn:
            return recalling.search(conn, words)

    def dump(self) -> Iterator[str]:
        """All that the ledger holds as sorted lines of JSON; the same for the same reports in any order. Leaves out when they were recorded."""
        from dragoman.ledger import recalling

        with self._store.reading() as conn:
            yield from recalling.dump(conn)

    # ------------------------------------------------------------------------------------------------------ inside

    def _stamp(self) -> str:
        from dragoman.ledger.knowing import stamp

        return stamp(self._clock())

    def _moment(self, as_of: date | None, as_recorded: datetime | None) -> Moment:
        from dragoman.ledger.knowing import Moment, stamp

        if as_recorded is not None:
            return Moment(as_of or as_recorded.date(), as_of, stamp(as_recorded))
        today = as_of or self._clock().date()
        return Moment(today, today)

    def _histories(self, conn: Connection, moment: Moment, pair: Pair | None) -> list[History]:
        from dragoman.ledger import knowing

        return knowing.histories(conn, moment, pair_of(*pair) if pair else None, self._reach)

    def _named(self, conn: Connection, moment: Moment, name: str) -> tuple[str, dict[str, Any], list[Told]]:
        found: dict[tuple[str, str], tuple[dict[str, Any], list[Told]]] = {}
        for history in self._histories(conn, moment, None):
            for thread in history.threads:
                view = ThreadView(thread, moment.day)
                if view.id.startswith(name):
                    found["thread", view.id] = (view.as_json(), [t for a in view.acts for t in a.members])
            for act in history.acts:
                if act.id.startswith(name):
                    found["act", act.id] = (act.as_json(), list(act.members))
                for t in act.members:
                    if t.contact.key.startswith(name) or f"{t.report.id}#{t.place}" == name:
                        found["contact", f"{t.report.key}#{t.place}"] = (KnownContact(t).as_json(), [t])
                    if t.report.key.startswith(name) or t.report.id == name:
                        tellings = found.setdefault(("report", t.report.key), (t.report.as_json(), []))[1]
                        if t not in tellings:
                            tellings.append(t)
        if not found:
            raise LedgerError(f"nothing in the ledger is called {name}; take an id from threads, silences or timeline")
        if len(found) > 1:
            names = ", ".join(f"{what} {key}" for what, key in sorted(found))
            raise LedgerError(f"{name} may be {names}; write more of it")
        ((what, _), (value, tellings)) = found.popitem()
        return what, value, tellings


def _timeline(history: History, day: date) -> Iterable[TimelineEntry]:
    of = {act.id: ThreadView(t, day).id for t in history.threads for act in t.acts}
    for act in history.acts:
        reports = {t.report.key: t.report for t in act.members}
        yield TimelineEntry(act.as_json(), of.get(act.id), act.about, tuple(reports.values()))
