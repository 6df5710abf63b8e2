"""The silence board: which threads stood without an answer as published by a day, looked up in what is derived and shown page by page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, overload

from sqlalchemy import Text, case, cast, collate, func, literal_column, select, union_all

from dragoman.errors import LedgerBusy, LedgerError, LedgerUnwritable
from dragoman.ledger import derived, filling
from dragoman.ledger import tables as t
from dragoman.ledger.acts import Act
from dragoman.ledger.derived import FOR_GOOD
from dragoman.ledger.history import ThreadView, longest_first
from dragoman.ledger.silences import DaysRead, Months, months_of
from dragoman.ledger.stretches import Reach
from dragoman.ledger.tellings import Tellings
from dragoman.ledger.thread import Change, Thread
from dragoman.ledger.told import Pair, Told

if TYPE_CHECKING:
    from sqlalchemy import CompoundSelect, Connection, Select

    from dragoman.ledger.store import Store

__all__ = ["Board", "Listed", "board_of", "silent_thread"]

#: Threads of a board fetched together.
PAGE = 50
#: The longest span that can end: from the first day there is to the last but one.
SPANS = 22


class Board(Sequence[ThreadView]):
    """The threads without an answer, the longest silence first. Their order is known at once; each is fetched when it is looked at."""

    def __init__(self, store: Store, day: date, numbers: Sequence[int]) -> None:
        self.day = day
        self._store = store
        self._numbers = numbers
        self._views: dict[int, ThreadView] = {}
        self._read = DaysRead(day, {})

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, at: int) -> ThreadView: ...
    @overload
    def __getitem__(self, at: slice) -> list[ThreadView]: ...
    def __getitem__(self, at: int | slice) -> ThreadView | list[ThreadView]:
        if isinstance(at, slice):
            wanted = range(*at.indices(len(self)))
            self._fetch(wanted)
            return [self._views[i] for i in wanted]
        place = range(len(self))[at]
        if place not in self._views:
            self._fetch(range(place, min(place + PAGE, len(self))))
        return self._views[place]

    def __iter__(self) -> Iterator[ThreadView]:
        for place in range(len(self)):
            yield self[place]
            # A long board is walked through once: what was passed need not stay.
            if place >= 2 * PAGE:
                self._views.pop(place - 2 * PAGE, None)

    def _fetch(self, places: Iterable[int]) -> None:
        missing = {self._numbers[i]: i for i in places if i not in self._views}
        if not missing:
            return
        with self._store.reading() as conn:
            threads = _threads(conn, list(missing))
            codes = self._read.missing(code for thread in threads.values() for code in thread.pair)
            self._read.add(days_read(conn, self.day, codes))
        if len(threads) < len(missing):
            raise LedgerError("the ledger was settled while the board was looked at; ask for the board again")
        for n, thread in threads.items():
            self._views[missing[n]] = ThreadView(thread, self.day, self._read)


class Listed(Board):
    """A board of threads that are all at hand."""

    def __init__(self, views: Iterable[ThreadView], day: date) -> None:
        self.day = day
        self._all = sorted(views, key=longest_first)
        self._numbers = range(len(self._all))
        self._views = dict(enumerate(self._all))

    def __iter__(self) -> Iterator[ThreadView]:
        return iter(self._all)


def board_of(store: Store, day: date, reach: Reach, pair: Pair | None = None) -> Board:
    """The board as published by the day, of one pair or of all. Derives what is yet to be derived for that day, and keeps it."""
    fresh: dict[Pair, list[filling.Filled]] = {}
    for _ in range(2):
        with store.reading() as conn:
            current = derived.is_current(conn)
            gaps = _by_pair(filling.gaps_at(conn, day, pair)) if current else {}
            if current and not gaps:
                return Board(store, day, _numbers(conn, day, pair))
            fresh = {of: filling.at_day(conn, found, day, reach) for of, found in gaps.items()}
        try:
            with store.writing() as conn:
                if not current and not derived.is_current(conn):
                    derived.forget(conn)
                for of, found in fresh.items():
                    filling.keep(conn, gaps[of], found, day=day)
        except (LedgerUnwritable, LedgerBusy):
            break
        if not current:
            return board_of(store, day, reach, pair)
    return _without_keeping(store, day, reach, pair)


def _without_keeping(store: Store, day: date, reach: Reach, pair: Pair | None) -> Board:
    """The board of a ledger in which nothing can be kept: as right, only slower."""
    from dragoman.ledger import knowing
    from dragoman.ledger.knowing import Moment
    from dragoman.ledger.thread import SILENT

    with store.reading() as conn:
        moment = Moment(day, day)
        threads = [x for h in knowing.histories(conn, moment, pair, reach) for x in h.threads if x.state in SILENT]
        codes = frozenset(code for thread in threads for code in thread.pair)
        read = knowing.days_read(conn, moment, codes)
    known = DaysRead(day, {code: months_of(days) for code, days in read.items()})
    return Listed((ThreadView(x, day, known) for x in threads), day)


def _by_pair(gaps: Iterable[filling.Gap]) -> dict[Pair, list[filling.Gap]]:
    found: dict[Pair, list[filling.Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.pair, []).append(gap)
    return found


# ------------------------------------------------------------------------------------------------------- looked up


def _numbers(conn: Connection, day: date, pair: Pair | None) -> Sequence[int]:
    """The numbers of the rows of ``derived_silence`` that stood on the day, the longest silence first.

    They come as one value: a row each would take ten times as long.
    """
    from array import array

    stood = _stood(day, pair).subquery()
    s = stood.c
    server = conn.dialect.name == "postgresql"
    # As longest_first sorts: days that are yet to come count as none, what nothing bounds stands last.
    order = (
        case((s.last.is_(None), 1), else_=0),
        case((s.last > day, day), else_=s.last),
        case((s.first.is_(None), 0), else_=1),
        case((s.first > day, day), else_=s.first),
        collate(s.id, "C") if server else s.id,
    )
    if server:
        from sqlalchemy.dialects.postgresql import aggregate_order_by

        joined = func.string_agg(cast(s.n, Text), aggregate_order_by(literal_column("','"), *order))
        text = conn.execute(select(joined)).scalar()
    else:
        inner = select(s.n).order_by(*order).subquery()
        text = conn.execute(select(func.group_concat(inner.c.n))).scalar()
    return array("q", map(int, text.split(","))) if text else array("q")


def _stood(day: date, pair: Pair | None) -> Select[Any] | CompoundSelect[Any]:
    """What stood on the day. Of each span at most twice as many rows are looked at as stood: it bounds how long before they began."""
    s = t.derived_silence.c
    columns = (s.n, s.last, s.first, s.id)
    if pair is not None:
        return select(*columns).where(s.a == pair[0], s.b == pair[1], s.until > day, s.since <= day)
    found = [select(*columns).where(s.span == FOR_GOOD, s.since <= day, s.until > day)]
    for span in range(1, SPANS + 1):
        back = date.fromordinal(max(day.toordinal() - (1 << span) + 1, date.min.toordinal()))
        found.append(select(*columns).where(s.span == span, s.since >= back, s.since <= day, s.until > day))
    return union_all(*found)


def days_read(conn: Connection, day: date, codes: Iterable[str]) -> dict[str, Months]:
    """For each code the days on which a report that names it was published, those after this one too in its month."""
    d = t.derived_days.c
    found: dict[str, dict[date, int]] = {code: {} for code in codes}
    query = select(t.derived_days).where(d.code.in_(sorted(found)), d.month <= day)
    for row in conn.execute(query):
        found[row.code][row.month] = row.days
    return dict(found)


def _threads(conn: Connection, numbers: Sequence[int]) -> dict[int, Thread]:
    """The threads of these rows."""
    s = t.derived_silence.c
    rows: list[Any] = []
    for at in range(0, len(numbers), 400):
        rows += conn.execute(select(s.n, s.a, s.b, s.packed).where(s.n.in_(numbers[at : at + 400]))).all()
    packed = {r.n: ((r.a, r.b), json.loads(r.packed)) for r in rows}
    told = Tellings(conn).of((n, place) for _, x in packed.values() for act in x["acts"] for n, place in act)
    return {n: unpacked(pair, x, told) for n, (pair, x) in packed.items()}


def silent_thread(conn: Connection, pair: Pair, name: str, day: date) -> Thread | None:
    """The silent thread of that id that is derived as published by the day."""
    s = t.derived_silence.c
    query = select(s.n).where(s.a == pair[0], s.b == pair[1], s.id == name, s.until > day, s.since <= day)
    if not derived.is_current(conn):
        return None
    found = conn.execute(query).scalars().first()
    return _threads(conn, [found])[found] if found is not None else None


def unpacked(pair: Pair, packed: Mapping[str, Any], told: Mapping[tuple[int, int], Told]) -> Thread:
    """The thread that :func:`~dragoman.ledger.filling.packed_thread` packed."""
    acts = [Act(tuple(told[n, place] for n, place in act)) for act in packed["acts"]]
    thread = Thread(packed["kind"], pair, acts[0], packed["opener"])
    thread.acts += acts[1:]
    thread.state = packed["state"]
    thread.changes = [
        Change(date.fromisoformat(day) if day else None, state, told[n, place])
        for day, state, n, place in packed["changes"]
    ]
    return thread
