"""The ordered steps by which a ledger's tables came to be. A new step goes at the end; none is ever changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["LATEST", "STEPS"]


def _first_tables(conn: Connection) -> None:
    from dragoman.ledger import tables

    tables.metadata.create_all(conn)


def _full_text(conn: Connection) -> None:
    """Search over titles and bodies: FTS5 on SQLite, a text index on PostgreSQL."""
    if conn.dialect.name == "sqlite":
        steps = [
            "CREATE VIRTUAL TABLE report_text USING fts5(title, body, content='report', content_rowid='n')",
            "CREATE TRIGGER report_text_in AFTER INSERT ON report BEGIN "
            "INSERT INTO report_text(rowid, title, body) VALUES (new.n, new.title, new.body); END",
        ]
    else:
        steps = [
            "CREATE INDEX report_text ON report USING gin (to_tsvector('simple', coalesce(title, '') || ' ' || body))",
        ]
    for step in steps:
        conn.exec_driver_sql(step)


def _plain_views(conn: Connection) -> None:
    """What people look at with SQL or Datasette: each report's reading that stands, one row a contact, and what was not answered."""
    conn.exec_driver_sql(
        "CREATE VIEW contacts AS SELECT r.key AS report_key, r.id AS report, r.outlet, r.published, r.url, r.title, c.place, c.key, "
        "c.from_codes, c.to_codes, c.from_person, c.to_person, c.act, c.status, c.channel, c.via, c.secret, c.start_earliest, "
        "c.start_latest, c.end_earliest, c.end_latest, c.about, c.conditions, c.reply, c.reply_as_of, c.attribution_kind, "
        "c.attribution_source, c.attribution_of, c.attribution_told, c.hedge, c.evidence, c.denied_by, c.coder, c.note "
        "FROM contact c JOIN reading g ON g.n = c.reading_n JOIN report r ON r.n = g.report_n WHERE g.superseded IS NULL"
    )
    conn.exec_driver_sql("CREATE VIEW unanswered AS SELECT * FROM contacts WHERE reply IN ('none', 'acknowledged')")


def _kept_histories(conn: Connection) -> None:
    """Once a table of kept histories; :func:`_derived_tables` took its place."""


def _derived_tables(conn: Connection) -> None:
    """What is derived from day to day. It is filled when a board is first asked for (standing.py)."""
    from dragoman.ledger import tables

    conn.exec_driver_sql("DROP TABLE IF EXISTS kept_history")
    for table in reversed(tables.DERIVED):
        table.create(conn, checkfirst=True)


def _profiles(conn: Connection) -> None:
    """What each report is about, to know one story by."""
    from sqlalchemy import inspect, select, update

    from dragoman.ledger import tables
    from dragoman.ledger.stories import packed, profile_of

    if any(column["name"] == "profile" for column in inspect(conn).get_columns("report")):
        return
    kind = "BLOB NOT NULL DEFAULT x''" if conn.dialect.name == "sqlite" else "BYTEA NOT NULL DEFAULT ''"
    conn.exec_driver_sql(f"ALTER TABLE report ADD COLUMN profile {kind}")
    r = tables.report.c
    for n, title, body in conn.execute(select(r.n, r.title, r.body)).all():
        conn.execute(update(tables.report).where(r.n == n).values(profile=packed(profile_of(title, body))))


def _fetches_told(conn: Connection) -> None:
    """Fetches tell what was known beside the page, and may lead to more than one report."""
    from sqlalchemy import inspect

    from dragoman.ledger import tables

    if "told" in {c["name"] for c in inspect(conn).get_columns("fetch")}:
        return
    conn.exec_driver_sql("DROP INDEX IF EXISTS ix_fetch_report_n")
    conn.exec_driver_sql("ALTER TABLE fetch RENAME TO fetch_before")
    if conn.dialect.name != "sqlite":
        conn.exec_driver_sql("ALTER TABLE fetch_before DROP CONSTRAINT fetch_pkey")
    tables.fetch.create(conn)
    conn.exec_driver_sql("INSERT INTO fetch (key, report_n, page_key) SELECT key, report_n, page_key FROM fetch_before")
    conn.exec_driver_sql("DROP TABLE fetch_before")


#: Each step takes the tables from the version that is its place to the next.
STEPS: tuple[Callable[[Connection], None], ...] = (
    _first_tables,
    _full_text,
    _plain_views,
    _kept_histories,
    _profiles,
    _derived_tables,
    _fetches_told,
)
LATEST = len(STEPS)
