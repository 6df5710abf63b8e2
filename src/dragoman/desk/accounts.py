"""Who may use a desk that others can reach: accounts, sessions and tries, in a small SQLite file of their own beside the ledger.

Passwords are kept as scrypt hashes and session tokens as SHA-256, so that whoever reads the file can neither log in nor take over a
session. The clock and chance come in as arguments.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeGuard, get_args

from dragoman.desk.passwords import COST, Cost, hashed, holds, one_time, refuse_weak
from dragoman.errors import AccountError, LoginRefused, LoginThrottled

__all__ = ["LOCAL", "ROLES", "Account", "Accounts", "Role", "accounts_beside"]

Role = Literal["admin", "analyst", "reader"]
ROLES: tuple[Role, ...] = get_args(Role)
Clock = Callable[[], datetime]
Random = Callable[[int], bytes]

#: A session ends so long after login, and so long after its last use: a working day, and a long lunch (OWASP Session Management Cheat Sheet asks for
#: both and leaves the lengths to the risk).
LASTS, IDLE = timedelta(hours=12), timedelta(hours=2)
#: The last use is written down at most this often, so that looking at pages hardly writes.
NOTED = timedelta(minutes=5)
#: Failed tries within the window after which a name, from one address, is not heard; any name from one address; and one name from everywhere,
#: which is set high so that a stranger cannot easily lock its owner out. NIST SP 800-63B (5.2.2) allows at most 100 in a row.
WINDOW = timedelta(minutes=15)
TRIES_HERE, TRIES_ADDRESS, TRIES_NAME = 5, 20, 100
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}", re.ASCII)
TABLES = """
CREATE TABLE IF NOT EXISTS account (
  name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL, one_time INTEGER NOT NULL, made TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS session (
  token TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES account ON DELETE CASCADE, began TEXT NOT NULL, used TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS try (name TEXT NOT NULL, address TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS try_at ON try (at);
"""


@dataclass(frozen=True, slots=True)
class Account:
    """Who asks, and in which role; ``one_time`` where the password is still the one that was given out."""

    name: str
    role: Role
    one_time: bool = False

    @property
    def may_write(self) -> bool:
        """Whether the role may add to the ledger."""
        return self.role in ("admin", "analyst")

    @property
    def is_admin(self) -> bool:
        """Whether the role may manage accounts."""
        return self.role == "admin"


#: Whoever sits at the machine, where the desk answers on loopback alone.
LOCAL = Account("local", "admin")


def accounts_beside(ledger: Path) -> Path:
    """Where the accounts of a ledger's desk are kept."""
    return ledger.with_name(ledger.name + "-accounts")


def _now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """The accounts in one file. Safe to use from several threads and processes."""

    def __init__(self, place: Path, clock: Clock, random: Random, cost: Cost) -> None:
        self._place, self._clock, self._random, self._cost = place, clock, random, cost
        # One hash at a time: each takes tens of MiB, and a burst of logins must not take them all at once.
        self._hashing = threading.Lock()
        #: Held against where a name is unknown, so that it takes as long as a wrong password.
        self._nobody = hashed(one_time(random), random, cost)

    @classmethod
    def open(
        cls, place: Path, *, clock: Clock = _now, random: Random = secrets.token_bytes, cost: Cost = COST
    ) -> Accounts:
        """The accounts at a path, made if nothing is there, readable by its owner alone.

        Raises :class:`~dragoman.errors.AccountError` where the file cannot be used.
        """
        found = cls(place, clock, random, cost)
        try:
            place.touch(mode=0o600)
            with found._base() as base:
                base.execute("PRAGMA journal_mode=WAL")
                base.executescript(TABLES)
        except (OSError, sqlite3.Error) as error:
            raise AccountError(f"The accounts cannot be kept at {place} ({error}); name another place.") from None
        return found

    # ------------------------------------------------------------------------------------------------------ accounts

    def first_admin(self, name: str = "admin") -> str | None:
        """Make the admin of a desk that has no account yet and give the one-time password, ``None`` where there are accounts."""
        password = one_time(self._random)
        row = (name, "admin", self._hash(password), self._stamp())
        with self._base() as base:
            made = base.execute(
                "INSERT INTO account SELECT ?, ?, ?, 1, ? WHERE NOT EXISTS (SELECT 1 FROM account)", row
            )
            return password if made.rowcount else None

    def all(self) -> list[Account]:
        """The accounts by name."""
        with self._base() as base:
            rows = base.execute("SELECT name, role, one_time FROM account ORDER BY name").fetchall()
        return [Account(n, r, bool(o)) for n, r, o in rows]

    def add(self, name: str, role: str) -> str:
        """Make an account and give its one-time password. Raises :class:`~dragoman.errors.AccountError` where the name is taken or none."""
        if not NAME.fullmatch(name):
            raise AccountError(
                "A name has up to 40 of a-z, 0-9, dot, dash and underscore, and begins with a letter or digit."
            )
        password = one_time(self._random)
        row = (name, _role(role), self._hash(password), self._stamp())
        try:
            with self._base() as base:
                base.execute("INSERT INTO account VALUES (?, ?, ?, 1, ?)", row)
        except sqlite3.IntegrityError:
            raise AccountError(f"There is an account called {name} already; take another name.") from None
        return password

    def reset(self, name: str) -> str:
        """Give an account a new one-time password, and end its sessions. Raises :class:`~dragoman.errors.AccountError` where there is none."""
        password = one_time(self._random)
        self._set_password(name, password, one_time=True)
        return password

    def give_role(self, name: str, role: str) -> None:
        """Give an account another role. The last admin keeps its own: :class:`~dragoman.errors.AccountError`."""
        with self._base() as base:
            _known(base.execute("UPDATE account SET role = ? WHERE name = ?", (_role(role), name)), name)
            _keep_an_admin(base)

    def remove(self, name: str) -> None:
        """Remove an account and its sessions. The last admin stays: :class:`~dragoman.errors.AccountError`."""
        with self._base() as base:
            _known(base.execute("DELETE FROM account WHERE name = ?", (name,)), name)
            _keep_an_admin(base)

    # ------------------------------------------------------------------------------------------------------ sessions

    def login(self, name: str, password: str, address: str) -> str:
        """A new session's token for the right password; ``address`` is where the request came from. Takes a tenth of a second: call it in a thread.

        Raises :class:`~dragoman.errors.LoginRefused` or :class:`~dragoman.errors.LoginThrottled`.
        """
        name = name.strip().lower()[:60]
        # The try is written down before the password is looked at: many at once do not slip past the count.
        self._count_try(name, address)
        self._check(name, password)
        with self._base() as base:
            base.execute("DELETE FROM try WHERE name = ? AND address = ?", (name, address))
            return self._begin(base, name)

    def who(self, token: str) -> Account | None:
        """The account whose session has the token, ``None`` where there is no such session any more."""
        if not token:
            return None
        now, key = self._clock(), _digest(token)
        with self._base() as base:
            row = base.execute(
                "SELECT a.name, a.role, a.one_time, s.began, s.used FROM session s JOIN account a USING (name) WHERE s.token = ?",
                (key,),
            ).fetchone()
        if row is None:
            return None
        name, role, first, began, used = row
        if now - _moment(began) >= LASTS or now - _moment(used) >= IDLE:
            self._note("DELETE FROM session WHERE token = ?", (key,))
            return None
        if now - _moment(used) >= NOTED:
            self._note("UPDATE session SET used = ? WHERE token = ?", (self._stamp(), key))
        return Account(name, role, bool(first))

    def _note(self, statement: str, values: tuple[str, ...]) -> None:
        """Write down what is no loss if another is writing just now: the next request does it. Every request passes here, so none may wait."""
        with suppress(sqlite3.OperationalError), self._base(wait=0.1) as base:
            base.execute(statement, values)

    def logout(self, token: str) -> None:
        """End the session."""
        with self._base() as base:
            base.execute("DELETE FROM session WHERE token = ?", (_digest(token),))

    def change_password(self, name: str, old: str, new: str, address: str = "") -> str:
        """Set a new password and give a new session's token; all other sessions of the account end.

        Raises :class:`~dragoman.errors.LoginRefused` where the old one is wrong, :class:`~dragoman.errors.LoginThrottled`, and
        :class:`~dragoman.errors.AccountError` where the new one is too weak or the same.
        """
        refuse_weak(new, name)
        if new == old:
            raise AccountError("The new password is the old one; take another.")
        self._count_try(name, address)
        self._check(name, old)
        self._set_password(name, new, one_time=False)
        with self._base() as base:
            base.execute("DELETE FROM try WHERE name = ? AND address = ?", (name, address))
            return self._begin(base, name)

    # -------------------------------------------------------------------------------------------------------- inside

    @contextmanager
    def _base(self, wait: float = 10.0) -> Iterator[sqlite3.Connection]:
        """A connection within one transaction; ``wait`` is how many seconds to stand in line behind other writers."""
        with closing(sqlite3.connect(self._place, timeout=wait)) as base:
            base.execute("PRAGMA foreign_keys=ON")
            with base:
                yield base

    def _stamp(self, back: timedelta = timedelta()) -> str:
        """UTC text that sorts by time, so long before now."""
        return (self._clock() - back).astimezone(UTC).isoformat(timespec="microseconds")

    def _hash(self, password: str) -> str:
        with self._hashing:
            return hashed(password, self._random, self._cost)

    def _begin(self, base: sqlite3.Connection, name: str) -> str:
        token, now = self._random(32).hex(), self._stamp()
        base.execute("DELETE FROM session WHERE began <= ?", (self._stamp(LASTS),))
        base.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (_digest(token), name, now, now))
        return token

    def _check(self, name: str, password: str) -> None:
        with self._base() as base:
            row = base.execute("SELECT password FROM account WHERE name = ?", (name,)).fetchone()
        with self._hashing:
            right = holds(password, row[0] if row else self._nobody)
        if row is None or not right:
            raise LoginRefused("The name or the password is wrong.")

    def _set_password(self, name: str, password: str, *, one_time: bool) -> None:
        kept = self._hash(password)
        with self._base() as base:
            _known(
                base.execute("UPDATE account SET password = ?, one_time = ? WHERE name = ?", (kept, one_time, name)),
                name,
            )
            base.execute("DELETE FROM session WHERE name = ?", (name,))

    def _count_try(self, name: str, address: str) -> None:
        """Write down a try. Raises :class:`~dragoman.errors.LoginThrottled` where there were too many."""
        now = self._clock()
        with self._base() as base:
            # Writing first takes the file's lock, so that of many tries at once each is counted by the next.
            base.execute("DELETE FROM try WHERE at <= ?", (self._stamp(WINDOW),))
            for where, values, most in (
                ("name = ? AND address = ?", (name, address), TRIES_HERE),
                ("address = ?", (address,), TRIES_ADDRESS),
                ("name = ?", (name,), TRIES_NAME),
            ):
                rows = base.execute(
                    f"SELECT at FROM try WHERE {where} ORDER BY at DESC LIMIT ?", (*values, most)
                ).fetchall()
                if len(rows) >= most:
                    raise LoginThrottled(max(1, round((_moment(rows[-1][0]) + WINDOW - now).total_seconds())))
            base.execute("INSERT INTO try VALUES (?, ?, ?)", (name, address, self._stamp()))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _role(role: str) -> Role:
    if not _is_role(role):
        raise AccountError(f"There is no role {role!r}; it is one of {', '.join(ROLES)}.")
    return role


def _is_role(role: str) -> TypeGuard[Role]:
    return role in ROLES


def _known(done: sqlite3.Cursor, name: str) -> None:
    if not done.rowcount:
        raise AccountError(f"There is no account called {name[:60]}.")


def _keep_an_admin(base: sqlite3.Connection) -> None:
    if not base.execute("SELECT 1 FROM account WHERE role = 'admin'").fetchone():
        # The transaction is undone by the error.
        raise AccountError("The desk needs an admin; give another account that role first.")
