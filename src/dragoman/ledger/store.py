"""Opening a ledger's database, its transactions, and what goes wrong with them in sentences that say what to do."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dragoman.errors import LedgerBusy, LedgerError, LedgerUnwritable, NewerLedger, NotALedger
from dragoman.ledger.migrations import LATEST, STEPS

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
__all__ = ["Store"]

#: "DRAG" in ASCII: marks a SQLite file as ours (PRAGMA application_id).
APPLICATION = 0x44524147
#: Any number that no other program is likely to take as its advisory lock on PostgreSQL.
LOCK = 0x44524147
#: Connections to a server at once beside the five that are kept: a desk's threads and what they ask of each other (a server takes 100).
MOST_CONNECTIONS = 25
#: PostgreSQL's error codes (appendix A of its manual) by what a user can do about them.
PG_UNWRITABLE = frozenset({"53100", "25006", "42501", "53200"})
PG_BUSY = frozenset({"55P03", "57014", "40P01", "40001", "53300"})
SQLITE_UNWRITABLE = ("SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PERM")
SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
SQLITE_OTHER = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


class Store:
    """One database. ``wait`` is the number of seconds after which a lock held by another process becomes :class:`LedgerBusy`."""

    def __init__(self, place: str | Path, *, wait: float = 30.0) -> None:
        self.name = str(place)
        self.server = "://" in self.name
        self.wait = wait
        if not self.server:
            self.check_place(Path(self.name))
        self.engine = self._engine()
        with self.explained():
            self._prepare()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the ledger throughout."""
        with self.explained(), self.engine.connect() as conn, conn.begin():
            if self.server:
                conn.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield conn

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that ends whole or not at all; writers stand in a line."""
        with self.explained(), self.engine.connect().execution_options(writes=True) as conn, conn.begin():
            if self.server:
                conn.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(self.wait * 1000)}ms'")
                conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
            yield conn

    def check_place(self, path: Path) -> None:
        """Raise where the path can be no file."""
        if path.is_dir():
            raise NotALedger(f"{path} is a folder; name a file in it, such as {path / 'ledger.db'}")
        self.check_folder(path)

    def check_folder(self, path: Path) -> None:
        """Raise where there is no folder for the file."""
        if not path.parent.is_dir():
            raise LedgerUnwritable(f"the folder {path.parent} does not exist; make it, or name another place")

    def _engine(self) -> Engine:
        from sqlalchemy import create_engine
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
        from sqlalchemy.pool import QueuePool

        try:
            if self.server:
                return create_engine(
                    _with_driver(self.name), pool_pre_ping=True, max_overflow=MOST_CONNECTIONS, json_serializer=packed
                )
            engine = create_engine(
                _address(Path(self.name)),
                connect_args={"timeout": self.wait, "check_same_thread": False},
                json_serializer=packed,
                poolclass=QueuePool,
                max_overflow=-1,  # a connection to a file is cheap, and whoever waits for one may be waited for
            )
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise LedgerError(
                f"{self.name} cannot be opened ({error}); for a server write postgresql://user@host/database "
                "and install dragoman[postgresql]"
            ) from error
        _hook(engine)
        return engine

    def _prepare(self) -> None:
        """Check that this is a ledger of ours or an empty place, and bring its tables up to date."""
        with self.reading() as conn:
            version = self._version(conn)
        if version == LATEST:
            return
        if not self.server:
            # Asked for once, outside a transaction, and kept by the file: readers go on while one writes.
            with self.engine.connect() as conn:
                raw = conn.connection.driver_connection
                assert isinstance(raw, sqlite3.Connection)
                raw.execute("PRAGMA journal_mode=WAL")
        with self.writing() as conn:
            self._migrate(conn, self._version(conn))

    def _version(self, conn: Connection) -> int:
        """The version of the tables, 0 for an empty place. Raises for what is no ledger, or one of a newer version."""
        from sqlalchemy import inspect

        names = set(inspect(conn).get_table_names())
        if not self.server:
            mark = conn.exec_driver_sql("PRAGMA application_id").scalar_one()
            if mark != APPLICATION and (names or mark):
                raise NotALedger(f"{self.name} is a database of something else; name another file for the ledger")
        if "ledger_meta" not in names:
            if "report" in names:
                raise NotALedger(f"{self.name} holds another program's tables; make an empty database for the ledger")
            return 0
        version = int(conn.exec_driver_sql("SELECT value FROM ledger_meta WHERE name = 'version'").scalar_one())
        if version > LATEST:
            raise NewerLedger(
                f"{self.name} was written by a newer dragoman (tables {version}, this one knows {LATEST}); "
                "install the newer one, or name another ledger"
            )
        return version

    def _migrate(self, conn: Connection, version: int) -> None:
        if not self.server:
            conn.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        for step in STEPS[version:]:
            step(conn)
        conn.exec_driver_sql("DELETE FROM ledger_meta WHERE name = 'version'")
        conn.exec_driver_sql(f"INSERT INTO ledger_meta (name, value) VALUES ('version', '{LATEST}')")

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn the database's errors into ours."""
        from sqlalchemy.exc import DBAPIError
        from sqlalchemy.exc import TimeoutError as NoConnection

        try:
            yield
        except NoConnection as error:
            raise LedgerBusy(f"too many at once ask {self.name}; try again in a moment") from error
        except DBAPIError as error:
            raise self.explain(error.orig or error) from error

    def explain(self, error: BaseException, name: str | None = None) -> LedgerError:
        """The error of ours that says what to do about one of the database's; ``name`` where it is about another file."""
        name = name or self.name
        code = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None) or ""
        detail = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if code.startswith(SQLITE_OTHER):
            return NotALedger(
                f"{name} is not a ledger ({detail}); name another file, or bring the ledger back from its backup"
            )
        if code.startswith(SQLITE_UNWRITABLE) or code in PG_UNWRITABLE:
            return LedgerUnwritable(
                f"{name} cannot be written ({detail}); make room on its disk, or make the file and its folder writable"
            )
        if code.startswith(SQLITE_BUSY) or code in PG_BUSY:
            return LedgerBusy(
                f"{name} was held by another process for more than {self.wait:g} s; try again once it is done"
            )
        return LedgerError(f"{name} cannot be used ({detail}); check that its server runs and that its name is right")


def _address(path: Path) -> URL:
    """SQLite's address of the file; one that may not be written is opened as it is, without the files that WAL keeps beside it."""
    from sqlalchemy import URL

    if not path.exists() or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return URL.create("sqlite", database=str(path))
    query = {"mode": "ro", "uri": "true"}
    if not path.with_name(path.name + "-wal").exists():
        query["immutable"] = "1"
    return URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query=query)


def packed(value: Any) -> str:
    """JSON that is the same for equal values."""
    import json

    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _with_driver(url: str) -> str:
    """``postgresql://`` means psycopg 3, the driver that the extra installs."""
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url[len(scheme) :]
    return url


def _hook(engine: Engine) -> None:
    """SQLite's transactions begin where we say, not where its driver guesses; a writer takes its lock at once, so that none starves half-way."""
    from sqlalchemy import event

    def connected(raw: sqlite3.Connection, _: object) -> None:
        raw.isolation_level = None
        raw.execute("PRAGMA foreign_keys=ON")
        # With WAL a power cut may cost the last reports, which are read again, and never the file.
        raw.execute("PRAGMA synchronous=NORMAL")

    def began(conn: Connection) -> None:
        conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("writes") else "BEGIN")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", began)
