"""Giving back what was stored: readings, evidence, rejections, and all of it as a dump."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal_column, select, text

from dragoman.ledger import tables as t
from dragoman.ledger.entering import fetch_key
from dragoman.ledger.knowing import REPORT_COLUMNS, report_of
from dragoman.ledger.shapes import article_of, contact_of, process_of, statement_of
from dragoman.ledger.store import packed
from dragoman.ledger.told import Report, Told
from dragoman.model import Conflict, Page, Reading, Rejection

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select

__all__ = ["counts", "dump", "evidence", "read_before", "rejections", "search", "stored"]


def stored(conn: Connection, page: Page, reader: str) -> Reading | Rejection | None:
    """What the reader made of the page before, ``None`` where it has not read it."""
    key = fetch_key(page)
    refused = conn.execute(
        select(t.rejection)
        .where(t.rejection.c.page_key == key, t.rejection.c.reader == reader)
        .order_by(t.rejection.c.key)
    ).first()
    if refused:
        return Rejection(refused.report, refused.stage, refused.reason, refused.detail)
    row = conn.execute(
        select(t.reading.c.n, t.reading.c.report_n)
        .join(t.fetch, t.fetch.c.report_n == t.reading.c.report_n)
        .where(t.fetch.c.key == key, t.reading.c.reader == reader, t.reading.c.coder.is_(None))
        .order_by(t.reading.c.key)
    ).first()
    return reading(conn, row.n, row.report_n, page.id) if row else None


def read_before(conn: Connection, reader: str) -> Iterator[tuple[Page, Reading]]:
    """The pages of which the reading that stands is a program's, and not this reader's, each with that reading; by report."""
    f, g, r = t.fetch.c, t.reading.c, t.report.c
    query = (
        select(f.key, f.told, t.page.c.data, g.n, g.report_n, r.id, r.url)
        .join(t.reading, g.report_n == f.report_n)
        .join(t.report, r.n == f.report_n)
        .join(t.page, t.page.c.key == f.page_key)
        .where(g.superseded.is_(None), g.coder.is_(None), g.reader != reader)
        .order_by(r.key, f.key)
    )
    seen = set()
    for row in conn.execute(query):
        if row.report_n not in seen:
            seen.add(row.report_n)
            told = row.told or {"id": row.id, "url": row.url}
            page = Page(data=zlib.decompress(row.data), **told)
            yield page, reading(conn, row.n, row.report_n, page.id)


def reading(conn: Connection, n: int, report_n: int, report_id: str | None = None) -> Reading:
    """A stored reading, whole."""
    row = conn.execute(select(t.report).where(t.report.c.n == report_n)).one()
    head = conn.execute(select(t.reading).where(t.reading.c.n == n)).one()
    article = article_of(
        {**row.article, "body": row.body, "url": row.url, "first_seen": row.first_seen, "page_key": row.page_key}
    )
    said = {
        table.name: [
            r.said for r in conn.execute(select(table.c.said).where(table.c.reading_n == n).order_by(table.c.place))
        ]
        for table in (t.contact, t.process, t.statement, t.conflict)
    }
    return Reading(
        article=replace(article, id=report_id) if report_id else article,
        contacts=tuple(contact_of(x) for x in said["contact"]),
        processes=tuple(process_of(x) for x in said["process"]),
        statements=tuple(statement_of(x) for x in said["statement"]),
        conflicts=tuple(Conflict((x["between"][0], x["between"][1]), x["what"]) for x in said["conflict"]),
        parties=tuple(
            r.code
            for r in conn.execute(select(t.party.c.code).where(t.party.c.reading_n == n).order_by(t.party.c.code))
        ),
        reader=head.reader,
    )


def rejections(conn: Connection) -> Iterator[tuple[Rejection, str]]:
    """The rejections and when they were recorded, oldest first."""
    c = t.rejection.c
    for row in conn.execute(select(t.rejection).order_by(c.recorded, c.report, c.key)):
        yield Rejection(row.report, row.stage, row.reason, row.detail), row.recorded


def counts(conn: Connection) -> dict[str, int]:
    """The number of rows of each table that holds what reports and people said."""
    kinds = (t.page, t.report, t.reading, t.contact, t.process, t.statement, t.conflict, t.rejection, t.judgement)
    return {x.name: int(conn.execute(select(func.count()).select_from(x)).scalar_one()) for x in kinds}


def evidence(conn: Connection, told: Told) -> dict[str, Any]:
    """The words behind one contact: its report, the body, and for each field the quotes it was read from."""
    row = conn.execute(select(t.report.c.n, t.report.c.body).where(t.report.c.key == told.report.key)).one()
    standing = select(t.reading.c.n).where(t.reading.c.report_n == row.n)
    q = t.quote.c
    found = conn.execute(
        select(t.quote)
        .join(t.contact, (t.contact.c.reading_n == q.reading_n) & (t.contact.c.place == q.place))
        .where(q.reading_n.in_(standing), q.place == told.place, t.contact.c.key == told.contact.key)
        .order_by(q.field, q.number)
    )
    return {
        "report": told.report.as_json(),
        "place": told.place,
        "contact": told.contact.as_json(),
        "where": told.contact.where,
        "body": row.body,
        "quotes": [
            {k: getattr(r, k) for k in ("field", "number", "start", "end", "rule", "exact", "prefix", "suffix")}
            for r in found
        ],
    }


def search(conn: Connection, words: str) -> list[Report]:
    """The reports whose title or body holds all the words."""
    terms = words.split()
    if not terms:
        return []
    columns = [t.report.c[k] for k in REPORT_COLUMNS]
    if conn.dialect.name == "sqlite":
        # Each word as a quoted string: nothing of FTS5's query language is let through.
        asked = " ".join('"' + w.replace('"', '""') + '"' for w in terms)
        hits: Select[Any] = (
            select(literal_column("rowid")).select_from(text("report_text")).where(text("report_text MATCH :asked"))
        )
        query = select(*columns).where(t.report.c.n.in_(hits.params(asked=asked)))
    else:
        vector = func.to_tsvector("simple", func.coalesce(t.report.c.title, "") + " " + t.report.c.body)
        query = select(*columns).where(vector.op("@@")(func.plainto_tsquery("simple", words)))
    return sorted(
        (report_of(r) for r in conn.execute(query)), key=lambda r: (r.day.isoformat() if r.day else "", r.key)
    )


# ---------------------------------------------------------------------------------------------------------------- dump


def dump(conn: Connection) -> Iterator[str]:
    """Sorted lines of JSON: pages, rejections, then report by report its readings. Keys are hexadecimal and sort alike everywhere."""
    for row in conn.execute(select(t.page.c.key).order_by(t.page.c.key)):
        yield packed({"page": row.key})
    for row in conn.execute(select(t.rejection).order_by(t.rejection.c.key)):
        yield packed({"rejection": _plain(row, without={"recorded"})})
    keys = [(r.key, r.n) for r in conn.execute(select(t.report.c.key, t.report.c.n))]
    for _, n in sorted(keys):
        yield from _report_lines(conn, n)


def _report_lines(conn: Connection, n: int) -> Iterator[str]:
    row = conn.execute(select(t.report).where(t.report.c.n == n)).one()
    # The profile is made of title and body, which stand here.
    yield packed({"report": _plain(row, without={"n", "recorded", "profile"})})
    for fetched in conn.execute(
        select(t.fetch.c.key, t.fetch.c.page_key).where(t.fetch.c.report_n == n).order_by(t.fetch.c.key)
    ):
        yield packed({"fetch": _plain(fetched, frozenset()), "of": row.key})
    readings = conn.execute(select(t.reading).where(t.reading.c.report_n == n)).all()
    for head in sorted(readings, key=lambda r: str(r.key)):
        yield packed({"reading": _plain(head, without={"n", "report_n", "recorded", "superseded"}), "of": row.key})
        codes = conn.execute(select(t.party.c.code).where(t.party.c.reading_n == head.n))
        yield packed({"parties": sorted(r.code for r in codes), "of": head.key})
        for table in (t.contact, t.process, t.statement, t.conflict):
            query = select(table.c.place, table.c.said).where(table.c.reading_n == head.n).order_by(table.c.place)
            for x in conn.execute(query):
                yield packed({table.name: x.said, "place": x.place, "of": head.key})


def _plain(row: Row[*tuple[Any, ...]], without: set[str] | frozenset[str]) -> Mapping[str, Any]:
    found = {k: v for k, v in row._mapping.items() if k not in without}
    return {k: v.isoformat() if hasattr(v, "isoformat") else v for k, v in found.items()}
