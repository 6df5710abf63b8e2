"""The derived tables kept true while reports come in: what became known of a pair, and which of its silences are to be derived again.

Whatever is written to the ledger, :func:`sync` compares what the reports concerned now tell with what stands in ``derived_contact``. A contact
that came, or went, opens gaps: the stretches that it may touch, from the day on which it was told. Deriving fills them (filling.py, settling.py).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, delete, func, insert, select, update

from dragoman.ledger import tables as t

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select

__all__ = ["FIRST", "LAST", "derived_by", "forget", "is_current", "recount", "span_of", "sync", "versions_of"]

FIRST, LAST = date.min, date.max
MARK = "derived_by"
#: The files of this room that store and fetch, and decide nothing about history.
MECHANICS = frozenset(
    [
        "__init__",
        "board",
        "copying",
        "derived",
        "entering",
        "filling",
        "knowing",
        "ledger",
        "looking",
        "looking_report",
        "looking_text",
        "migrations",
        "recalling",
        "store",
        "tables",
        "tellings",
    ]
)
#: The span of what stands for good.
FOR_GOOD = 99


@lru_cache(maxsize=1)
def derived_by() -> str:
    """A digest of the sources that decide how history is derived: a changed rule derives again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in {".py", ".toml", ".tsv"} and path.stem not in MECHANICS:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def span_of(since: date, until: date) -> int:
    """The power of two of days that the time from ``since`` up to ``until`` fills, :data:`FOR_GOOD` where it has no end."""
    return FOR_GOOD if until == LAST else (until - since).days.bit_length()


def is_current(conn: Connection) -> bool:
    """Whether the derived tables are filled, by the rules of this version."""
    found = conn.execute(select(t.meta.c.value).where(t.meta.c.name == MARK)).scalar()
    return bool(found == derived_by())


def forget(conn: Connection) -> None:
    """Empty the derived tables and fill anew what needs no deriving: each pair becomes a gap from its first day on."""
    for table in t.DERIVED:
        conn.execute(delete(table))
    columns = ["reading_n", "place", "a", "b", "anchor", "day", "until"]
    conn.execute(insert(t.derived_contact).from_select(columns, _told()))
    c = t.derived_contact.c
    pairs = conn.execute(select(c.a, c.b, func.min(c.day).label("day")).group_by(c.a, c.b)).all()
    _many(conn, t.derived_cell, [_empty_until(p.a, p.b, p.day) for p in pairs])
    _many(conn, t.derived_gap, [_gap(p.a, p.b, FIRST, LAST, p.day, LAST) for p in pairs])
    _many(conn, t.derived_days, _bits(conn.execute(_named().distinct())))
    conn.execute(delete(t.meta).where(t.meta.c.name == MARK))
    conn.execute(insert(t.meta).values(name=MARK, value=derived_by()))


# --------------------------------------------------------------------------------------------------- what came in


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of ``derived_contact``."""

    reading_n: int
    place: int
    a: str
    b: str
    anchor: date
    day: date
    until: date


def versions_of(conn: Connection, report_n: int) -> set[int]:
    """The report itself and those of which it is a version, either way."""
    v = t.version.c
    rows = conn.execute(select(v.older, v.newer).where((v.older == report_n) | (v.newer == report_n)))
    return {report_n, *(n for row in rows for n in row)}


def sync(conn: Connection, reports: Iterable[int]) -> None:
    """Bring the derived tables up to what these reports now tell."""
    if not is_current(conn):
        # Nothing is derived yet, or by other rules: all of it is to be, once a board is asked for.
        return
    numbers = sorted(reports)
    readings = select(t.reading.c.n).where(t.reading.c.report_n.in_(numbers))
    told = {_line(r) for r in conn.execute(_told().where(t.report.c.n.in_(numbers)))}
    held = {
        _line(r) for r in conn.execute(select(t.derived_contact).where(t.derived_contact.c.reading_n.in_(readings)))
    }
    _change(conn, told - held, held - told)
    _days(conn, numbers)


def _change(conn: Connection, came: set[_Line], went: set[_Line]) -> None:
    if not came and not went:
        return
    c = t.derived_contact.c
    for line in went:
        conn.execute(
            delete(t.derived_contact).where(
                c.reading_n == line.reading_n, c.place == line.place, c.a == line.a, c.b == line.b
            )
        )
    _many(conn, t.derived_contact, [_row(x) for x in came])
    before = {(x.reading_n, x.place, x.a, x.b): x for x in went}
    touched: dict[tuple[str, str], list[tuple[date, date | None]]] = defaultdict(list)
    for line in came:
        old = before.pop((line.reading_n, line.place, line.a, line.b), None)
        if old is None:
            where: tuple[date, date | None] = (line.day, line.anchor)
        elif old.day == line.day and old.anchor == line.anchor:
            # A later version took its place, or did so on another day: it counts for the cuts as before.
            where = (min(old.until, line.until), line.anchor)
        else:
            where = (min(old.day, line.day), None)
        touched[line.a, line.b].append(where)
    for line in before.values():
        # Without it stretches may be cut less fine, so all of the pair is derived again.
        touched[line.a, line.b].append((line.day, None))
    for (a, b), places in sorted(touched.items()):
        _touch(conn, a, b, places)


def _touch(conn: Connection, a: str, b: str, places: Sequence[tuple[date, date | None]]) -> None:
    """Open gaps from each day on in the stretches that reach to the anchor beside it, in all where that is ``None``."""
    c, g = t.derived_cell.c, t.derived_gap.c
    first = min(day for day, _ in places)
    anchors = [anchor for _, anchor in places if anchor is not None]
    whole = len(anchors) < len(places)
    query = select(t.derived_cell).where(c.a == a, c.b == b, c.until > first)
    if not whole:
        query = query.where(c.back <= max(anchors), c.ahead > min(anchors))
    cells = conn.execute(query).all()
    gaps = conn.execute(select(t.derived_gap).where(g.a == a, g.b == b)).all()
    if not cells and not gaps:
        conn.execute(insert(t.derived_cell).values(**_empty_until(a, b, first)))
        conn.execute(insert(t.derived_gap).values(**_gap(a, b, FIRST, LAST, first, LAST)))
        return
    if gaps:
        conn.execute(update(t.derived_gap).where(g.a == a, g.b == b, g.until > first).values(tick=g.tick + 1))
    opened = []
    for cell in cells:
        days = [d for d, x in places if d < cell.until and (x is None or cell.back <= x < cell.ahead)]
        if days:
            opened.append((cell, min(days)))
    _cut(conn, opened)
    _many(conn, t.derived_gap, [_gap(a, b, x.first, x.end, max(x.since, day), x.until) for x, day in opened])
    if whole:
        _widen(conn, a, b, min(day for day, anchor in places if anchor is None))


def _widen(conn: Connection, a: str, b: str, day: date) -> None:
    """One gap over the whole pair from the day on, in place of those there are."""
    g = t.derived_gap.c
    conn.execute(delete(t.derived_gap).where(g.a == a, g.b == b, g.since >= day))
    conn.execute(update(t.derived_gap).where(g.a == a, g.b == b, g.until > day).values(until=day))
    conn.execute(insert(t.derived_gap).values(**_gap(a, b, FIRST, LAST, day, LAST)))


def _cut(conn: Connection, cells: Sequence[tuple[Row[Any], date]]) -> None:
    """What is derived of each stretch holds up to the day beside it.

    A silence that no longer stands on any day stays for readers who are looking at it; settling clears it away, and measures spans anew.
    """
    c, s = t.derived_cell.c, t.derived_silence.c
    by_day: dict[date, list[Row[Any]]] = defaultdict(list)
    for cell, day in cells:
        by_day[day].append(cell)
    for day, of_day in sorted(by_day.items()):
        gone = [x.n for x in of_day if x.since >= day]
        kept = [x.n for x in of_day if x.since < day]
        if gone:
            conn.execute(delete(t.derived_cell).where(c.n.in_(gone)))
        if kept:
            conn.execute(update(t.derived_cell).where(c.n.in_(kept)).values(until=day))
        cut = and_(s.cell_n.in_(gone + kept), s.until > day)
        conn.execute(update(t.derived_silence).where(cut, s.since >= day).values(until=s.since, span=0))
        conn.execute(update(t.derived_silence).where(cut, s.since < day).values(until=day))


# ------------------------------------------------------------------------------------------------------ days read


def _days(conn: Connection, reports: Sequence[int]) -> None:
    """The months of these reports' days, for the parties that any of their readings names: bits added, or all counted again."""
    query = (
        select(t.party.c.code, t.party.c.day, t.reading.c.superseded)
        .join(t.reading, t.reading.c.n == t.party.c.reading_n)
        .where(t.reading.c.report_n.in_(reports), t.party.c.day.is_not(None))
    )
    rows = conn.execute(query).all()
    if not rows:
        return
    months = {(r.code, r.day.replace(day=1)) for r in rows}
    d = t.derived_days.c
    held = {
        (r.code, r.month): r.days
        for r in conn.execute(
            select(t.derived_days).where(
                d.code.in_(sorted({c for c, _ in months})), d.month.in_(sorted({m for _, m in months}))
            )
        )
    }
    now: dict[tuple[str, date], int] = {}
    for code, month in months:
        now[code, month] = held.get((code, month), 0)
    for row in rows:
        if row.superseded is None:
            now[row.code, row.day.replace(day=1)] |= 1 << (row.day.day - 1)
    for code, month in {(r.code, r.day.replace(day=1)) for r in rows if r.superseded is not None}:
        now[code, month] = _counted(conn, code, month)
    for (code, month), bits in now.items():
        if (code, month) not in held:
            conn.execute(insert(t.derived_days).values(code=code, month=month, days=bits))
        elif held[code, month] != bits:
            conn.execute(update(t.derived_days).where(d.code == code, d.month == month).values(days=bits))


def _counted(conn: Connection, code: str, month: date) -> int:
    end = date(month.year + month.month // 12, month.month % 12 + 1, 1) if month.year < LAST.year else LAST
    p = t.party.c
    query = _named().where(p.code == code, p.day >= month, p.day < end).distinct()
    bits = 0
    for row in conn.execute(query):
        bits |= 1 << (row.day.day - 1)
    return bits


def _named() -> Select[Any]:
    """Parties and the days on which a report that stands names them."""
    p = t.party.c
    return (
        select(p.code, p.day)
        .join(t.reading, t.reading.c.n == p.reading_n)
        .where(t.reading.c.superseded.is_(None), p.day.is_not(None))
    )


def _bits(rows: Iterable[Row[Any]]) -> list[dict[str, Any]]:
    found: dict[tuple[str, date], int] = {}
    for row in rows:
        at = (row.code, row.day.replace(day=1))
        found[at] = found.get(at, 0) | 1 << (row.day.day - 1)
    return [{"code": code, "month": month, "days": bits} for (code, month), bits in found.items()]


def recount(conn: Connection, report_n: int, day: date) -> None:
    """Count the days of a month again for the parties of a report that is no longer of that day."""
    if not is_current(conn):
        return
    p, d = t.party.c, t.derived_days.c
    readings = select(t.reading.c.n).where(t.reading.c.report_n == report_n)
    month = day.replace(day=1)
    for (code,) in conn.execute(select(p.code).where(p.reading_n.in_(readings)).distinct()).all():
        bits = _counted(conn, code, month)
        conn.execute(update(t.derived_days).where(d.code == code, d.month == month).values(days=bits))


# ---------------------------------------------------------------------------------------------------------- inside


def _told() -> Select[Any]:
    """The rows that ``derived_contact`` is to hold."""
    p, c, r, v = t.contact_pair.c, t.contact.c, t.report.c, t.version.c
    begun = func.coalesce(c.start_latest, c.start_earliest, r.day)
    later = select(func.min(v.day)).where(v.older == r.n).scalar_subquery()
    return (
        select(
            p.reading_n,
            p.place,
            p.a,
            p.b,
            case((begun < r.day, begun), else_=r.day).label("anchor"),
            r.day,
            func.coalesce(later, LAST).label("until"),
        )
        .join(t.contact, and_(c.reading_n == p.reading_n, c.place == p.place))
        .join(t.reading, t.reading.c.n == p.reading_n)
        .join(t.report, r.n == t.reading.c.report_n)
        .where(t.reading.c.superseded.is_(None), r.day.is_not(None))
    )


def _line(row: Row[Any]) -> _Line:
    return _Line(row.reading_n, row.place, row.a, row.b, _date(row.anchor), _date(row.day), _date(row.until))


def _date(value: Any) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _row(line: _Line) -> dict[str, Any]:
    return {name: getattr(line, name) for name in _Line.__slots__}


def _empty_until(a: str, b: str, day: date) -> dict[str, Any]:
    """Before a pair's first day nothing is silent."""
    return {"a": a, "b": b, "first": FIRST, "end": LAST, "back": FIRST, "ahead": LAST, "since": FIRST, "until": day}


def _gap(a: str, b: str, first: date, end: date, since: date, until: date) -> dict[str, Any]:
    return {"a": a, "b": b, "first": first, "end": end, "since": since, "until": until, "tick": 0}


def _many(conn: Connection, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        conn.execute(insert(table), list(rows))
