"""One report with all that it gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from dragoman.ledger import tables as t
from dragoman.ledger.knowing import REPORT_COLUMNS, report_of
from dragoman.ledger.looking import KnownReport
from dragoman.ledger.shapes import contact_of
from dragoman.ledger.told import Report, Told

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

__all__ = ["known_report"]


def known_report(conn: Connection, key: str) -> KnownReport | None:
    """The report of that key, or whose id is this and no other's, ``None`` where there is none."""
    row = conn.execute(select(t.report).where(t.report.c.key == key)).first()
    if row is None:
        called = conn.execute(select(t.report).where(t.report.c.id == key).limit(2)).all()
        if len(called) != 1:
            return None
        row = called[0]
    report = report_of(row)
    readings = conn.execute(
        select(t.reading.c.n, t.reading.c.reader, t.reading.c.coder, t.reading.c.recorded, t.reading.c.superseded)
        .where(t.reading.c.report_n == row.n)
        .order_by(t.reading.c.recorded)
    ).all()
    standing = next((r.n for r in reversed(readings) if r.superseded is None), None)
    said = {table.name: _said(conn, table, standing) for table in (t.contact, t.process, t.statement, t.conflict)}
    # As it came: the page that was kept with the report, else the one that the article names.
    fetched = conn.execute(
        select(t.fetch.c.key, t.fetch.c.page_key).where(t.fetch.c.report_n == row.n).order_by(t.fetch.c.key)
    ).all()
    codes = conn.execute(select(t.party.c.code).where(t.party.c.reading_n == standing).order_by(t.party.c.code))
    return KnownReport(
        report=report,
        recorded=row.recorded,
        article=dict(row.article),
        body=row.body,
        page_key=fetched[0].page_key if fetched else row.page_key,
        reader=next((r.reader for r in readings if r.n == standing), ""),
        tellings=tuple(Told(report, place, contact_of(x), standing or 0) for place, x in said["contact"]),
        processes=tuple(x for _, x in said["process"]),
        statements=tuple(x for _, x in said["statement"]),
        conflicts=tuple(x for _, x in said["conflict"]),
        parties=tuple(r.code for r in codes),
        rejections=_rejections(conn, row.id, [r.key for r in fetched]),
        newer=_versions(conn, t.version.c.newer, t.version.c.older == row.n),
        older=_versions(conn, t.version.c.older, t.version.c.newer == row.n),
        readings=tuple(
            {"reader": r.reader, "coder": r.coder, "recorded": r.recorded, "superseded": r.superseded} for r in readings
        ),
    )


def _said(conn: Connection, table: Any, n: int | None) -> list[tuple[int, dict[str, Any]]]:
    query = select(table.c.place, table.c.said).where(table.c.reading_n == n).order_by(table.c.place)
    return [(r.place, r.said) for r in conn.execute(query)]


def _rejections(conn: Connection, name: str, fetches: list[str]) -> tuple[dict[str, Any], ...]:
    c = t.rejection.c
    # A rejection's page_key is that of the fetch: the page with what was told beside it.
    wanted = c.page_key.in_(fetches) if fetches else c.report == name
    query = select(c.report, c.stage, c.reason, c.detail, c.recorded).where(wanted).order_by(c.recorded, c.key)
    return tuple(dict(r._mapping) for r in conn.execute(query))


def _versions(conn: Connection, column: ColumnElement[Any], where: ColumnElement[bool]) -> tuple[Report, ...]:
    columns = [t.report.c[k] for k in REPORT_COLUMNS]
    query = select(*columns).join(t.version, and_(column == t.report.c.n, where)).order_by(t.report.c.day)
    return tuple(report_of(r) for r in conn.execute(query))
