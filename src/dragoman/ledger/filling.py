"""Silences derived into their tables: for one day where a board asks for it, or for every day (settling)."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, insert, select, update

from dragoman.ledger import derived
from dragoman.ledger import tables as t
from dragoman.ledger.derived import FIRST, span_of
from dragoman.ledger.history import ThreadView, history_of
from dragoman.ledger.stepping import Scores
from dragoman.ledger.stretches import TALLEST, WHOLE, Cell, Reach, anchor_of, cells_of, core_of, node_of
from dragoman.ledger.tellings import Tellings
from dragoman.ledger.thread import SILENT, Thread
from dragoman.ledger.told import Pair
from dragoman.ledger.tracks import Known, Run, Stood, runs_of, stood_in

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from dragoman.ledger.store import Store

__all__ = [
    "Filled",
    "Gap",
    "at_day",
    "begun_since",
    "every_day",
    "gaps_at",
    "gaps_of",
    "keep",
    "pairs_with_gaps",
    "settle",
]


@dataclass(frozen=True, slots=True)
class Gap:
    """Where silences are yet to be derived (``derived_gap``); days are ordinals."""

    n: int
    pair: Pair
    first: int
    end: int
    since: int
    until: int
    tick: int


@dataclass(frozen=True, slots=True)
class Silence:
    """A silent thread as it is kept: packed, so that it holds on to no contact."""

    id: str
    first: date | None
    last: date | None
    packed: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A stretch that was derived for the days of its run, and the silent threads that began in it."""

    run: Run
    silences: tuple[Silence, ...]


def gaps_at(conn: Connection, day: date, pair: Pair | None = None) -> list[Gap]:
    """The gaps in what is derived as published by the day."""
    g = t.derived_gap.c
    query = select(t.derived_gap).where(g.since <= day, g.until > day)
    if pair is not None:
        query = query.where(g.a == pair[0], g.b == pair[1])
    return [_gap(row) for row in conn.execute(query)]


def gaps_of(conn: Connection, pair: Pair) -> list[Gap]:
    """All gaps of a pair."""
    g = t.derived_gap.c
    return [_gap(row) for row in conn.execute(select(t.derived_gap).where(g.a == pair[0], g.b == pair[1]))]


def pairs_with_gaps(conn: Connection) -> list[Pair]:
    """The pairs that have a gap on any day."""
    g = t.derived_gap.c
    return sorted((r.a, r.b) for r in conn.execute(select(g.a, g.b).distinct()))


def at_day(conn: Connection, gaps: Sequence[Gap], day: date, reach: Reach) -> list[Filled]:
    """The stretches of one pair's gaps, derived as published by the day, each for as long from that day on as nothing else is told."""
    pair, now = gaps[0].pair, day.toordinal()
    cells: dict[tuple[int, int], tuple[Cell, int]] = {}
    for gap in gaps:
        for cell in _cells(conn, pair, day, (gap.first, gap.end), reach):
            until = min(gap.until, cells.get((cell.first, cell.end), (cell, gap.until))[1])
            cells[cell.first, cell.end] = (cell, until)
    found = []
    for cell, until in cells.values():
        known = list(_known(conn, pair, cell))
        stop = min((d for k in known for d in (k.day, k.until) if d > now), default=until)
        run = Run(cell, now, min(stop, until))
        contacts = [k.told for k in known if k.day <= now < k.until]
        if not any(cell.first <= anchor_of(x) < cell.end for x in contacts):
            # Nothing begins in an empty stretch.
            found.append(Filled(run, ()))
            continue
        history = core_of(history_of(pair, contacts), cell)
        silent = tuple(_silence(Stood(x, run.start, run.stop)) for x in history.threads if x.state in SILENT)
        found.append(Filled(run, silent))
    return found


def begun_since(conn: Connection, pair: Pair, since: date, day: date, reach: Reach) -> list[Thread]:
    """The threads of a pair as published by the day: all of them, or of a long history those of the stretches from ``since`` on."""
    now = day.toordinal()
    found: list[Thread] = []
    for cell in _cells(conn, pair, day, (since.toordinal(), now + 1), reach):
        contacts = [k.told for k in _known(conn, pair, cell) if k.day <= now < k.until]
        found += core_of(history_of(pair, contacts), cell).threads
    return found


def every_day(conn: Connection, pair: Pair, gaps: Sequence[Gap], reach: Reach) -> Iterator[Filled]:
    """The stretches of a pair's gaps, derived for every day of them. Few contacts are held at a time, however many the pair has."""
    lines = _lines(conn, pair)
    runs = sorted(runs_of([(x.day, x.anchor) for x in lines], reach), key=lambda r: r.start)
    first = runs[0].start if runs else WHOLE.end
    anchors = [x.anchor for x in lines]
    scores, tellings = Scores(), Tellings(conn)
    for gap in gaps:
        if gap.since < first:
            yield Filled(Run(WHOLE, gap.since, min(first, gap.until)), ())
    for run in runs:
        for gap in gaps:
            wanted = Run(run.cell, max(run.start, gap.since), min(run.stop, gap.until))
            if wanted.start >= wanted.stop or run.cell.end <= gap.first or run.cell.first >= gap.end:
                continue
            # What is told by a day stands at that day or before.
            within = lines[bisect_left(anchors, run.cell.back) : bisect_left(anchors, min(run.cell.ahead, wanted.stop))]
            within = [x for x in within if x.day < wanted.stop and x.until > wanted.start]
            if not any(run.cell.first <= x.anchor < run.cell.end for x in within):
                # Nothing begins in an empty stretch.
                yield Filled(wanted, ())
                continue
            told = tellings.of((x.reading_n, x.place) for x in within)
            known = [Known(told[x.reading_n, x.place], x.day, x.until) for x in within]
            yield Filled(wanted, tuple(_silence(x) for x in stood_in(pair, wanted, known, scores)))


def keep(conn: Connection, gaps: Sequence[Gap], found: Iterable[Filled], *, day: date | None = None) -> bool:
    """Write what was derived of one pair in place of its gaps, whole or, with ``day``, from that day on as far as it holds.

    False, and nothing is written, where more was told of the pair in the meantime.
    """
    pair = gaps[0].pair
    held = {(g.n, g.tick) for g in gaps_of(conn, pair)}
    if not {(g.n, g.tick) for g in gaps} <= held:
        return False
    filled = list(found)
    start, stop = FIRST.toordinal(), None
    if day is not None:
        start = day.toordinal()
        stop = min([f.run.stop for f in filled] + [g.until for g in gaps])
    for f in filled:
        _write(conn, pair, f, stop)
    conn.execute(delete(t.derived_gap).where(t.derived_gap.c.n.in_([g.n for g in gaps])))
    if stop is not None:
        rest = [
            (g, since, until) for g in gaps for since, until in ((g.since, start), (stop, g.until)) if since < until
        ]
        if rest:
            conn.execute(insert(t.derived_gap), [_gap_row(g, since, until) for g, since, until in rest])
    return True


def _write(conn: Connection, pair: Pair, found: Filled, stop: int | None) -> None:
    run = found.run
    until = run.stop if stop is None else min(stop, run.stop)
    values = {
        "a": pair[0],
        "b": pair[1],
        "first": _day(run.cell.first),
        "end": _day(run.cell.end),
        "back": _day(run.cell.back),
        "ahead": _day(run.cell.ahead),
        "since": _day(run.start),
        "until": _day(until),
    }
    n = conn.execute(insert(t.derived_cell).values(**values).returning(t.derived_cell.c.n)).scalar_one()
    rows = [_silence_row(n, pair, x, until) for x in found.silences]
    if rows:
        conn.execute(insert(t.derived_silence), rows)


def _silence(stood: Stood) -> Silence:
    began = stood.thread.opening.start
    name = ThreadView(stood.thread, _day(stood.start)).id
    return Silence(name, began.first, began.last, packed_thread(stood.thread), stood.start, stood.stop)


def _silence_row(n: int, pair: Pair, found: Silence, stop: int) -> dict[str, Any]:
    since, until = _day(found.start), _day(min(found.stop, stop))
    return {
        "cell_n": n,
        "a": pair[0],
        "b": pair[1],
        "since": since,
        "until": until,
        "span": span_of(since, until),
        "first": found.first,
        "last": found.last,
        "id": found.id,
        "packed": found.packed,
    }


def packed_thread(thread: Thread) -> str:
    """The thread as numbers of readings and places (board.py reads it back)."""
    return json.dumps(
        {
            "kind": thread.kind,
            "opener": thread.opener,
            "state": thread.state,
            "acts": [[[m.reading_n, m.place] for m in act.members] for act in thread.acts],
            "changes": [
                [c.day.isoformat() if c.day else None, c.state, c.told.reading_n, c.told.place] for c in thread.changes
            ],
        },
        separators=(",", ":"),
    )


# ------------------------------------------------------------------------------------------------------- what is told


def _cells(conn: Connection, pair: Pair, day: date, within: tuple[int, int], reach: Reach) -> list[Cell]:
    """The stretches that lie between two days (ordinals), as cut by what was told by the day."""
    c = t.derived_contact.c
    of_pair = and_(c.a == pair[0], c.b == pair[1], c.day <= day, c.anchor <= day)
    if _count(conn, of_pair, reach.whole) <= reach.whole:
        return [WHOLE]
    if within == (WHOLE.first, WHOLE.end):
        anchors = sorted(x.toordinal() for (x,) in conn.execute(select(c.anchor).where(of_pair)))
        return cells_of(anchors, reach)
    found, at = [], within[0]
    while at < within[1]:
        first, end = _leaf(conn, of_pair, at, reach)
        found.append(Cell(first, end, *_neighbours(conn, of_pair, first, end, reach)))
        at = end
    return found


def _leaf(conn: Connection, of_pair: Any, day: int, reach: Reach) -> tuple[int, int]:
    """The stretch in which a day lies: the largest around it that holds few enough. The larger it is the more it holds."""
    low, high = 0, TALLEST
    while low < high:
        height = (low + high + 1) // 2
        first, end = node_of(day, height)
        c = t.derived_contact.c
        if _count(conn, and_(of_pair, c.anchor >= _day(first), c.anchor < _day(end)), reach.stretch) <= reach.stretch:
            low = height
        else:
            high = height - 1
    return node_of(day, low)


def _neighbours(conn: Connection, of_pair: Any, first: int, end: int, reach: Reach) -> tuple[int, int]:
    c = t.derived_contact.c
    before = conn.execute(select(func.max(c.anchor)).where(of_pair, c.anchor < _day(first))).scalar()
    after = conn.execute(select(func.min(c.anchor)).where(of_pair, c.anchor >= _day(end))).scalar()
    back = _leaf(conn, of_pair, before.toordinal(), reach)[0] if before else WHOLE.back
    ahead = _leaf(conn, of_pair, after.toordinal(), reach)[1] if after else WHOLE.ahead
    return back, ahead


def _count(conn: Connection, where: Any, enough: int) -> int:
    """How many contacts there are, counted no further than one more than is enough."""
    few = select(t.derived_contact.c.anchor).where(where).limit(enough + 1).subquery()
    return int(conn.execute(select(func.count()).select_from(few)).scalar_one())


@dataclass(frozen=True, slots=True)
class _Line:
    """Where and when one contact is known."""

    anchor: int
    day: int
    until: int
    reading_n: int
    place: int


def _lines(conn: Connection, pair: Pair, cell: Cell = WHOLE) -> list[_Line]:
    """The contacts within the reach of a stretch, whenever they were told, by anchor."""
    c = t.derived_contact.c
    query = select(c.anchor, c.day, c.until, c.reading_n, c.place).where(
        c.a == pair[0], c.b == pair[1], c.anchor >= _day(cell.back), c.anchor < _day(cell.ahead)
    )
    found = [
        _Line(r.anchor.toordinal(), r.day.toordinal(), r.until.toordinal(), r.reading_n, r.place)
        for r in conn.execute(query)
    ]
    return sorted(found, key=lambda x: (x.anchor, x.reading_n, x.place))


def _known(conn: Connection, pair: Pair, cell: Cell) -> Iterator[Known]:
    lines = _lines(conn, pair, cell)
    told = Tellings(conn).of((x.reading_n, x.place) for x in lines)
    return (Known(told[x.reading_n, x.place], x.day, x.until) for x in lines)


def _gap(row: Row[Any]) -> Gap:
    first, end, since, until = (x.toordinal() for x in (row.first, row.end, row.since, row.until))
    return Gap(row.n, (row.a, row.b), first, end, since, until, row.tick)


def _gap_row(gap: Gap, since: int, until: int) -> dict[str, Any]:
    return {
        "a": gap.pair[0],
        "b": gap.pair[1],
        "first": _day(gap.first),
        "end": _day(gap.end),
        "since": _day(since),
        "until": _day(until),
        "tick": gap.tick,
    }


def settle(
    store: Store, reach: Reach, pairs: Iterable[Pair] | None = None, until: Callable[[], bool] = lambda: False
) -> int:
    """Fill all gaps, pair by pair, and clear away what no longer stands; gives the number of pairs that still have one.

    ``pairs``: these alone. ``until`` is asked before each pair and ends it early.
    """
    with store.writing() as conn:
        if not derived.is_current(conn):
            derived.forget(conn)
        s = t.derived_silence.c
        conn.execute(delete(t.derived_silence).where(s.until <= s.since))
        cut = select(s.n, s.since, s.until).where(s.span == derived.FOR_GOOD, s.until < derived.LAST)
        for row in conn.execute(cut).all():
            conn.execute(update(t.derived_silence).where(s.n == row.n).values(span=span_of(row.since, row.until)))
    with store.reading() as conn:
        found = pairs_with_gaps(conn)
    wanted = set(found) if pairs is None else set(pairs)
    left = len(found)
    for pair in found:
        if until():
            break
        if pair in wanted:
            left -= _settle_pair(store, pair, reach)
    return left


def _settle_pair(store: Store, pair: Pair, reach: Reach) -> bool:
    """Fill the gaps of one pair; false where more was told of it each time."""
    for _ in range(3):
        with store.reading() as conn:
            gaps = gaps_of(conn, pair)
            found = list(every_day(conn, pair, gaps, reach)) if gaps else []
        if not gaps:
            return True
        with store.writing() as conn:
            if keep(conn, gaps, found):
                return True
    return False


def _day(ordinal: int) -> date:
    return date.fromordinal(ordinal)
