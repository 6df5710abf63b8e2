"""A whole copy of a ledger, taken while it is in use: a backup, its restoring, or a move from one database to another."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, text

from dragoman.errors import LedgerError
from dragoman.ledger import tables as t
from dragoman.ledger.store import Store

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

__all__ = ["copy"]

#: Rows handed on at a time.
ROWS = 2_000


def copy(source: Store, place: str | Path) -> None:
    """Copy all of a ledger, as it stands at one moment, to a place where nothing is yet. Others may go on reading and writing the source.

    Raises :class:`~dragoman.errors.LedgerError` where the place holds something, or the errors of opening a ledger.
    """
    name = str(place)
    if "://" not in name and Path(name).exists():
        raise LedgerError(f"{name} exists already; name a new file for the copy, or move that one away first")
    if source.server or "://" in name:
        _rows(source, name)
    else:
        _file(source, Path(name))


def _file(source: Store, path: Path) -> None:
    """From file to file with SQLite's own means. The copy gets its name once it is whole."""
    source.check_folder(path)
    half = path.with_name(path.name + ".part")
    with suppress(FileNotFoundError):
        half.unlink()
    try:
        with source.explained(), source.engine.connect() as conn:
            raw = conn.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            target = sqlite3.connect(half)
            try:
                # All pages in one step: the copy is of one moment, and writers wait for the log alone.
                raw.backup(target, pages=-1)
                target.execute("PRAGMA journal_mode=DELETE")
            finally:
                target.close()
        half.replace(path)
    except sqlite3.Error as error:
        raise source.explain(error, name=str(path)) from error
    finally:
        with suppress(FileNotFoundError):
            half.unlink()


def _rows(source: Store, name: str) -> None:
    """Row by row, within one transaction on either side."""
    target = Store(name, wait=source.wait)
    try:
        with target.writing() as into:
            if into.execute(select(func.count()).select_from(t.report)).scalar_one():
                raise LedgerError(f"{name} holds a ledger already; name an empty database for the copy")
            with source.reading() as out:
                for table in t.metadata.sorted_tables:
                    _table(out, into, table)
            if target.server:
                _next_numbers(into)
    finally:
        target.close()


def _table(out: Connection, into: Connection, table: Table) -> None:
    into.execute(table.delete())
    rows = out.execution_options(yield_per=ROWS).execute(select(table))
    for part in rows.mappings().partitions(ROWS):
        into.execute(insert(table), [dict(row) for row in part])


def _next_numbers(conn: Connection) -> None:
    """The server's own counters go on after the highest number."""
    for table in t.metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None and len(table.primary_key.columns) == 1:
            highest = conn.execute(select(func.max(column))).scalar()
            if highest:
                conn.execute(
                    text("SELECT setval(pg_get_serial_sequence(:name, :column), :highest)"),
                    {"name": table.name, "column": column.name, "highest": highest},
                )
