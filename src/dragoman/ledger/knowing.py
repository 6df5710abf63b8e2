"""What the ledger knows at a moment: the contacts of the reports that were published, or recorded, by then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, or_, select

from dragoman.ledger import tables as t
from dragoman.ledger.history import History
from dragoman.ledger.processes import ProcessTold
from dragoman.ledger.shapes import contact_of, process_of
from dragoman.ledger.stretches import Reach, history_in_cells
from dragoman.ledger.told import Pair, Report, Told

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Row

__all__ = [
    "Moment",
    "days_read",
    "histories",
    "pairs",
    "pairs_told",
    "processes",
    "reports",
    "stamp",
    "told",
    "undated",
]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of knowledge: ``day`` is the day that silences are counted to.

    ``published`` by that day counts unless it is ``None``; ``recorded`` by that time counts unless it is ``None``.
    """

    day: date
    published: date | None = None
    recorded: str | None = None


def stamp(moment: datetime) -> str:
    """UTC text that sorts by time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def known(moment: Moment, *, also_revised: bool = False) -> ColumnElement[bool]:
    """The condition on ``report`` joined with ``reading``: known then, and not superseded by a later version or reading.

    ``also_revised``: reports whose place a later version took count too.
    """
    newer = t.version.c
    succeeded = [newer.older == t.report.c.n]
    terms: list[ColumnElement[bool]] = []
    if moment.published is not None:
        terms.append(t.report.c.day <= moment.published)
        succeeded.append(newer.day <= moment.published)
    if moment.recorded is not None:
        terms += [t.report.c.recorded <= moment.recorded, t.reading.c.recorded <= moment.recorded]
        terms.append(or_(t.reading.c.superseded.is_(None), t.reading.c.superseded > moment.recorded))
        succeeded.append(newer.recorded <= moment.recorded)
    else:
        terms.append(t.reading.c.superseded.is_(None))
    return and_(*terms) if also_revised else and_(*terms, ~exists().where(*succeeded))


def told(conn: Connection, moment: Moment, pair: Pair | None = None) -> Iterator[tuple[Pair, Told]]:
    """The contacts known at the moment, each with a pair between which it stands, pair by pair."""
    p, c, r = t.contact_pair.c, t.contact.c, t.report.c
    columns = [r[k] for k in REPORT_COLUMNS]
    query = (
        select(p.a, p.b, p.reading_n, c.place, c.said, *columns)
        .join(t.contact, and_(c.reading_n == p.reading_n, c.place == p.place))
        .join(t.reading, t.reading.c.n == p.reading_n)
        .join(t.report, r.n == t.reading.c.report_n)
        .where(known(moment))
    )
    if pair is not None:
        query = query.where(p.a == pair[0], p.b == pair[1])
    reports_seen: dict[int, Report] = {}
    for row in conn.execute(query):
        if row.n not in reports_seen:
            reports_seen[row.n] = report_of(row)
        yield (row.a, row.b), Told(reports_seen[row.n], row.place, contact_of(row.said), row.reading_n)


def histories(conn: Connection, moment: Moment, pair: Pair | None, reach: Reach) -> list[History]:
    """The histories of all pairs, or of one, derived from scratch from what was known at the moment."""
    found: dict[Pair, list[Told]] = defaultdict(list)
    for of, contact in told(conn, moment, pair):
        found[of].append(contact)
    anchors: dict[Pair, list[int]] = defaultdict(list)
    for of, anchor in _anchors(conn, moment, pair):
        anchors[of].append(anchor)
    return [history_in_cells(of, found[of], sorted(anchors[of]), reach) for of in sorted(found)]


def _anchors(conn: Connection, moment: Moment, pair: Pair | None) -> Iterator[tuple[Pair, int]]:
    """The anchors of all contacts told by the moment, also of those that a later version of their report took back."""
    p, c, r = t.contact_pair.c, t.contact.c, t.report.c
    query = (
        select(p.a, p.b, c.start_latest, c.start_earliest, r.day)
        .join(t.contact, and_(c.reading_n == p.reading_n, c.place == p.place))
        .join(t.reading, t.reading.c.n == p.reading_n)
        .join(t.report, r.n == t.reading.c.report_n)
        .where(known(moment, also_revised=True))
    )
    if pair is not None:
        query = query.where(p.a == pair[0], p.b == pair[1])
    for a, b, latest, earliest, day in conn.execute(query):
        found = min((d for d in (latest or earliest, day) if d), default=date.min)
        yield (a, b), found.toordinal()


REPORT_COLUMNS = (
    "n",
    "key",
    "id",
    "day",
    "outlet",
    "agency",
    "title",
    "url",
    "published",
    "first_seen",
    "article",
    "signature",
    "profile",
)


def report_of(row: Row[Any]) -> Report:
    """The report that a row with ``REPORT_COLUMNS`` tells."""
    return Report(
        key=row.key,
        id=row.id,
        day=row.day,
        outlet=row.outlet,
        agency=row.agency,
        title=row.title,
        url=row.url,
        published=row.published,
        first_seen=row.first_seen,
        relayed=tuple(row.article.get("relayed") or ()),
        signature=tuple(row.signature),
        packed_profile=bytes(row.profile),
    )


def reports(conn: Connection, moment: Moment) -> Iterator[Report]:
    """The reports known at the moment, in order of their day."""
    columns = [t.report.c[k] for k in REPORT_COLUMNS]
    query = select(*columns).join(t.reading, t.reading.c.report_n == t.report.c.n).where(known(moment))
    found = {row.n: report_of(row) for row in conn.execute(query)}
    yield from sorted(found.values(), key=lambda r: (r.day or date.max, r.key))


def processes(conn: Connection, moment: Moment) -> Iterator[ProcessTold]:
    """The processes known at the moment, as reports tell them."""
    columns = [t.report.c[k] for k in REPORT_COLUMNS]
    query = (
        select(t.process.c.place, t.process.c.said, *columns)
        .join(t.reading, t.reading.c.n == t.process.c.reading_n)
        .join(t.report, t.report.c.n == t.reading.c.report_n)
        .where(known(moment))
    )
    for row in conn.execute(query):
        yield ProcessTold(report_of(row), row.place, process_of(row.said))


def pairs(conn: Connection, moment: Moment) -> dict[Pair, int]:
    """The pairs of which the ledger knows a contact at the moment, and of how many."""
    p = t.contact_pair.c
    query = (
        select(p.a, p.b, func.count().label("many"))
        .join(t.reading, t.reading.c.n == p.reading_n)
        .join(t.report, t.report.c.n == t.reading.c.report_n)
        .where(known(moment))
        .group_by(p.a, p.b)
    )
    return {(row.a, row.b): int(row.many) for row in conn.execute(query)}


def pairs_told(conn: Connection, after: date, until: date) -> list[Pair]:
    """The pairs of which anything was published, or taken back by a later version, after the one day and up to the other."""
    p, r, v = t.contact_pair.c, t.report.c, t.version.c
    query = (
        select(p.a, p.b)
        .join(t.reading, t.reading.c.n == p.reading_n)
        .join(t.report, r.n == t.reading.c.report_n)
        .outerjoin(t.version, v.older == r.n)
        .where(
            t.reading.c.superseded.is_(None),
            or_(and_(r.day > after, r.day <= until), and_(v.day > after, v.day <= until)),
        )
        .distinct()
    )
    return sorted((row.a, row.b) for row in conn.execute(query))


def days_read(conn: Connection, moment: Moment, codes: frozenset[str]) -> dict[str, frozenset[date]]:
    """For each code the days on which a report that names it was published."""
    query = (
        select(t.party.c.code, t.party.c.day)
        .join(t.reading, t.reading.c.n == t.party.c.reading_n)
        .join(t.report, t.report.c.n == t.reading.c.report_n)
        .where(t.party.c.code.in_(sorted(codes)), t.party.c.day.is_not(None), known(moment))
        .distinct()
    )
    found: dict[str, set[date]] = {code: set() for code in codes}
    for code, day in conn.execute(query):
        found[code].add(day)
    return {code: frozenset(days) for code, days in found.items()}


def undated(conn: Connection) -> int:
    """How many reports enter no as-published view, because nothing tells their day."""
    return int(conn.execute(select(func.count()).select_from(t.report).where(t.report.c.day.is_(None))).scalar_one())
