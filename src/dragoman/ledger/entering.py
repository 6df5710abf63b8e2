"""Writing what one report says: its rows, under content ids, whole within the caller's transaction."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, insert, or_, select, update

from dragoman.ledger import derived
from dragoman.ledger import tables as t
from dragoman.ledger.copies import signature_of
from dragoman.ledger.shapes import said, said_process, said_statement
from dragoman.ledger.store import packed
from dragoman.ledger.stories import packed as packed_profile
from dragoman.ledger.stories import profile_of
from dragoman.ledger.told import Entered, pairs_of
from dragoman.ledger.versions import is_version_of, rank_of, version_order
from dragoman.model import Article, Contact, Page, Reading, Rejection, Where, content_id

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Table

__all__ = ["enter", "fetch_key", "reject"]

#: Characters kept on either side of a quote: enough to tell two equal ones apart (Web Annotation leaves it open; Hypothesis keeps 32).
AROUND = 32


def enter(conn: Connection, reading: Reading, page: Page | None, recorded: str) -> Entered:
    """Write the reading unless it stands there; ``recorded`` is the moment, UTC text."""
    n, moved = _report(conn, reading.article, page, recorded)
    if page is not None:
        _page(conn, page, n, recorded)
        _no_versions(conn, same_pages(conn, n))
    new = _reading(conn, reading, n, recorded)
    if new or moved:
        derived.sync(conn, moved.union(*(derived.versions_of(conn, x) for x in same_pages(conn, n))))
    return Entered(new, reading.article.key)


def reject(conn: Connection, rejection: Rejection, page: Page | None, reader: str, recorded: str) -> bool:
    """Write the rejection unless it stands there; says whether it is new."""
    page_key = fetch_key(page) if page else None
    key = content_id(
        "rejection", rejection.report, rejection.stage, rejection.reason, rejection.detail, page_key, reader
    )
    if conn.execute(select(t.rejection.c.key).where(t.rejection.c.key == key)).first():
        return False
    conn.execute(
        insert(t.rejection).values(
            key=key,
            report=rejection.report,
            stage=rejection.stage,
            reason=rejection.reason,
            detail=rejection.detail,
            page_key=page_key,
            reader=reader,
            recorded=recorded,
        )
    )
    return True


def fetch_key(page: Page) -> str:
    """The content id of a page with what whoever brought it told beside it."""
    return content_id("fetch", page.id, page.key, page.url, page.outlet, page.published, page.first_seen)


def as_published(published: str | None, first_seen: str | None) -> date | None:
    """The day from which a report enters as-published views: the local day that the page prints, else the day it was first seen."""
    stamp = published or first_seen
    return date.fromisoformat(stamp[:10]) if stamp else None


# ------------------------------------------------------------------------------------------------------- report


def _report(conn: Connection, article: Article, page: Page | None, recorded: str) -> tuple[int, set[int]]:
    """The report's number, and those of the reports whose days or versions changed with it."""
    first_seen = min((x for x in (article.first_seen, page.first_seen if page else None) if x), default=None)
    row = conn.execute(select(t.report).where(t.report.c.key == article.key)).first()
    values = _report_values(article, first_seen)
    if row is None:
        n = int(conn.execute(insert(t.report).values(**values, recorded=recorded).returning(t.report.c.n)).scalar_one())
        _versions(conn, n, values, recorded)
        return n, set()
    return int(row.n), _agree(conn, row, values)


def _report_values(article: Article, first_seen: str | None) -> dict[str, Any]:
    rest = {k: v for k, v in article.as_json().items() if k != "body"}
    return {
        "key": article.key,
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "agency": article.agency,
        "title": article.title,
        "published": article.published,
        "published_sure": article.published_sure,
        "first_seen": first_seen,
        "day": as_published(article.published, first_seen),
        "language": article.language,
        "page_key": article.page_key,
        "body": article.body,
        "article": rest,
        "signature": list(signature_of(article.body)),
        "profile": packed_profile(profile_of(article.title, article.body)),
    }


def _agree(conn: Connection, row: Row[Any], values: dict[str, Any]) -> set[int]:
    """One report may come under several file names and be seen on several days: the least of each is kept, whatever came first.

    Gives the reports whose days or versions changed by it.
    """
    first_seen = min((x for x in (row.first_seen, values["first_seen"]) if x), default=None)
    ours = {k: getattr(row, k) for k in values}
    kept = min((ours, values), key=lambda v: (v["id"], packed(v["article"]), v["page_key"] or "", v["agency"] or ""))
    kept = {**kept, "first_seen": first_seen, "day": as_published(row.published, first_seen)}
    changed = {k: v for k, v in kept.items() if v != ours[k]}
    if not changed:
        return set()
    conn.execute(update(t.report).where(t.report.c.n == row.n).values(**changed))
    if "day" not in changed:
        return set()
    moved = derived.versions_of(conn, row.n)
    own = select(t.reading.c.n).where(t.reading.c.report_n == row.n)
    for table in (t.party, t.contact_pair):
        conn.execute(update(table).where(table.c.reading_n.in_(own)).values(day=kept["day"]))
    conn.execute(t.version.delete().where(or_(t.version.c.older == row.n, t.version.c.newer == row.n)))
    _versions(conn, row.n, {**kept, "key": row.key}, row.recorded)
    if row.day is not None:
        derived.recount(conn, row.n, row.day)
    return moved


def _versions(conn: Connection, n: int, values: dict[str, Any], recorded: str) -> None:
    """Note which reports this one is a later, or earlier, version of."""
    like = []
    if values["url"]:
        like.append(t.report.c.url == values["url"])
    if values["outlet"] and values["title"]:
        like.append(and_(t.report.c.outlet == values["outlet"], t.report.c.title == values["title"]))
    if not like:
        return
    columns = [
        t.report.c[k] for k in ("n", "key", "url", "outlet", "title", "published", "day", "signature", "recorded")
    ]
    for row in conn.execute(
        select(*columns, t.report.c.article["updated"].as_string().label("updated")).where(or_(*like))
    ):
        if row.n == n or not is_version_of(values, dict(row._mapping)):
            continue
        mine = version_order(values, values["article"].get("updated"))
        theirs = version_order(dict(row._mapping), row.updated)
        older, newer, day = (n, row.n, row.day) if mine < theirs else (row.n, n, values["day"])
        conn.execute(insert(t.version).values(older=older, newer=newer, day=day, recorded=max(recorded, row.recorded)))


def _no_versions(conn: Connection, reports: Sequence[int]) -> None:
    """What two versions of the reader made of one page are no two versions of the page."""
    v = t.version.c
    if len(reports) > 1:
        conn.execute(t.version.delete().where(v.older.in_(reports), v.newer.in_(reports)))


def _page(conn: Connection, page: Page, report_n: int, recorded: str) -> None:
    if not conn.execute(select(t.page.c.key).where(t.page.c.key == page.key)).first():
        conn.execute(insert(t.page).values(key=page.key, data=zlib.compress(page.data, 6), recorded=recorded))
    key, f = fetch_key(page), t.fetch.c
    if not conn.execute(select(f.key).where(f.key == key, f.report_n == report_n)).first():
        beside = {k: getattr(page, k) for k in ("id", "url", "outlet", "published", "first_seen")}
        conn.execute(insert(t.fetch).values(key=key, page_key=page.key, report_n=report_n, told=beside))


# ------------------------------------------------------------------------------------------------------ reading


def _reading(conn: Connection, reading: Reading, report_n: int, recorded: str) -> bool:
    contacts = [said(c) for c in reading.contacts]
    processes = [said_process(p) for p in reading.processes]
    statements = [said_statement(s) for s in reading.statements]
    conflicts = [c.as_json() for c in reading.conflicts]
    coder = min((c.coder for c in reading.contacts if c.coder), default=None)
    parties = sorted(set(reading.parties))
    key = content_id(
        "reading", reading.article.key, reading.reader, coder, contacts, processes, statements, conflicts, parties
    )
    if conn.execute(select(t.reading.c.key).where(t.reading.c.key == key)).first():
        return False
    superseded = _outrank(conn, report_n, rank_of(coder, reading.reader, key), recorded)
    n = int(
        conn.execute(
            insert(t.reading)
            .values(
                key=key, report_n=report_n, reader=reading.reader, coder=coder, recorded=recorded, superseded=superseded
            )
            .returning(t.reading.c.n)
        ).scalar_one()
    )
    day = conn.execute(select(t.report.c.day).where(t.report.c.n == report_n)).scalar_one()
    _many(conn, t.party, ({"reading_n": n, "code": code, "day": day} for code in parties))
    _many(
        conn,
        t.contact,
        (_contact_row(n, i, c, s) for i, (c, s) in enumerate(zip(reading.contacts, contacts, strict=True))),
    )
    _many(
        conn,
        t.contact_pair,
        (
            {"a": a, "b": b, "reading_n": n, "place": i, "day": day}
            for i, c in enumerate(reading.contacts)
            for a, b in pairs_of(c)
        ),
    )
    _many(conn, t.quote, (row for i, c in enumerate(reading.contacts) for row in _quotes(n, i, c, reading.article)))
    for table, found, who, kind in (
        (t.process, processes, "owner", "stage"),
        (t.statement, statements, "by", "kind"),
        (t.conflict, conflicts, "what", "what"),
    ):
        _many(
            conn,
            table,
            ({"reading_n": n, "place": i, "who": x[who], "kind": x[kind], "said": x} for i, x in enumerate(found)),
        )
    return True


def same_pages(conn: Connection, report_n: int) -> list[int]:
    """The report, and those that other versions of the reader made of just the pages that it was read from."""
    one, other = t.fetch.alias(), t.fetch.alias()
    query = select(other.c.report_n).join(one, one.c.key == other.c.key).where(one.c.report_n == report_n)
    return sorted({report_n, *(n for (n,) in conn.execute(query))})


def _outrank(conn: Connection, report_n: int, rank: tuple[Any, ...], recorded: str) -> str | None:
    """When the new reading is outranked by one that stands there; those that it outranks are marked."""
    c = t.reading.c
    by = None
    for row in conn.execute(
        select(c.n, c.key, c.coder, c.reader, c.superseded).where(c.report_n.in_(same_pages(conn, report_n)))
    ).all():
        if rank_of(row.coder, row.reader, row.key) > rank:
            by = recorded
        elif row.superseded is None:
            conn.execute(update(t.reading).where(c.n == row.n).values(superseded=recorded))
    return by


def _contact_row(n: int, place: int, contact: Contact, whole: dict[str, Any]) -> dict[str, Any]:
    start, end = contact.start, contact.end
    return {
        "reading_n": n,
        "place": place,
        "key": contact.key,
        "from_codes": list(contact.from_),
        "to_codes": list(contact.to),
        "from_person": list(contact.from_person),
        "to_person": list(contact.to_person),
        "act": contact.act,
        "status": contact.status,
        "channel": list(contact.channel),
        "via": list(contact.via),
        "secret": contact.secret,
        "start_earliest": start.earliest if start else None,
        "start_latest": start.latest if start else None,
        "end_earliest": end.earliest if end else None,
        "end_latest": end.latest if end else None,
        "about": contact.about,
        "conditions": [c.as_json() for c in contact.conditions],
        "reply": contact.reply,
        "reply_as_of": contact.reply_as_of,
        "attribution_kind": contact.attribution.kind,
        "attribution_source": contact.attribution.source,
        "attribution_of": contact.attribution.of,
        "attribution_told": contact.attribution.told,
        "hedge": contact.hedge,
        "evidence": list(contact.evidence),
        "denied_by": list(contact.denied_by),
        "where": contact.where,
        "coder": contact.coder,
        "note": contact.note,
        "said": whole,
    }


def _quotes(n: int, place: int, contact: Contact, article: Article) -> Iterable[dict[str, Any]]:
    text = article.text_of(_place(contact.where))
    for name, spans in sorted(contact.spans.items()):
        for number, span in enumerate(spans):
            if span.end > span.start:
                yield {
                    "reading_n": n,
                    "place": place,
                    "field": name,
                    "number": number,
                    "start": span.start,
                    "end": span.end,
                    "rule": span.rule,
                    "exact": text[span.start : span.end],
                    "prefix": text[max(0, span.start - AROUND) : span.start],
                    "suffix": text[span.end : span.end + AROUND],
                }


def _place(where: Where | None) -> Where:
    return where or "body"


def _many(conn: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    found: Sequence[dict[str, Any]] = list(rows)
    if found:
        conn.execute(insert(table), found)
