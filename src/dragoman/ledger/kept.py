"""Silent threads derived once and kept: a further report touches only the pairs that it speaks of.

What is kept stands under a mark of just the contacts that were known, so it never grows stale: other knowledge has another mark. It is no part
of what the ledger holds (a dump leaves it out), and may be lost at any time.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, and_, cast, delete, func, insert, select

from dragoman.ledger import tables as t
from dragoman.ledger.acts import Act
from dragoman.ledger.history import History
from dragoman.ledger.knowing import REPORT_COLUMNS, known, report_of
from dragoman.ledger.shapes import contact_of
from dragoman.ledger.thread import SILENT, Change, Thread
from dragoman.ledger.told import Pair, Report, Told

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.ledger.knowing import Moment

__all__ = ["Mark", "keep", "marks", "silent_threads"]

#: How many contacts of a pair are known, and a sum over scattered numbers of theirs: the same for the same contacts alone.
Mark = tuple[int, int]
#: Primes that scatter a contact's number; squares of 31-bit numbers stay below 2**63.
SCATTER = (1_000_003, 999_983, 998_244_353)
#: Contacts fetched by one query.
CHUNK = 400


@lru_cache(maxsize=1)
def derived_by() -> str:
    """A digest of the sources that decide how history is derived: a changed rule derives again."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def marks(conn: Connection, moment: Moment, pair: Pair | None = None) -> dict[Pair, Mark]:
    """For each pair of which contacts are known at the moment, the mark of just these."""
    p = t.contact_pair.c
    number = cast(p.reading_n, BigInteger) * 512 + p.place
    small = number % 2_000_000_011
    a, b, c = SCATTER
    scattered = ((small * small % a) * (number % b)) % c
    query = (
        select(p.a, p.b, func.count().label("many"), func.sum(scattered).label("sum"))
        .join(t.reading, t.reading.c.n == p.reading_n)
        .join(t.report, t.report.c.n == t.reading.c.report_n)
        .where(known(moment))
        .group_by(p.a, p.b)
    )
    if pair is not None:
        query = query.where(p.a == pair[0], p.b == pair[1])
    return {(row.a, row.b): (int(row.many), int(row.sum)) for row in conn.execute(query)}


def silent_threads(conn: Connection, wanted: Mapping[Pair, Mark]) -> dict[Pair, list[Thread]]:
    """The silent threads of the pairs whose histories are kept under these marks; the other pairs are left out."""
    k = t.kept_history.c
    rows = conn.execute(select(k.a, k.b, k.many, k.sum, k.silent).where(k.derived_by == derived_by()))
    kept = {(r.a, r.b): r.silent for r in rows if wanted.get((r.a, r.b)) == (r.many, r.sum)}
    tellings = _tellings(
        conn, {(n, place) for silent in kept.values() for x in silent for act in x["acts"] for n, place in act}
    )
    return {pair: [_thread(pair, x, tellings) for x in silent] for pair, silent in kept.items()}


def keep(conn: Connection, found: Iterable[tuple[Mark, History]]) -> None:
    """Keep the silent threads of histories under their marks."""
    k = t.kept_history.c
    conn.execute(delete(t.kept_history).where(k.derived_by != derived_by()))
    for (many, total), history in found:
        a, b = history.pair
        conn.execute(delete(t.kept_history).where(k.a == a, k.b == b, k.many == many, k.sum == total))
        silent = [_packed(thread) for thread in history.threads if thread.state in SILENT]
        row = {"a": a, "b": b, "many": many, "sum": total, "derived_by": derived_by(), "silent": silent}
        conn.execute(insert(t.kept_history).values(**row))


def _packed(thread: Thread) -> dict[str, Any]:
    return {
        "kind": thread.kind,
        "opener": thread.opener,
        "state": thread.state,
        "acts": [[[m.reading_n, m.place] for m in act.members] for act in thread.acts],
        "changes": [
            [c.day.isoformat() if c.day else None, c.state, c.told.reading_n, c.told.place] for c in thread.changes
        ],
    }


def _thread(pair: Pair, packed: Mapping[str, Any], tellings: Mapping[tuple[int, int], Told]) -> Thread:
    acts = [Act(tuple(tellings[n, place] for n, place in act)) for act in packed["acts"]]
    thread = Thread(packed["kind"], pair, acts[0], packed["opener"])
    thread.acts += acts[1:]
    thread.state = packed["state"]
    thread.changes = [
        Change(date.fromisoformat(day) if day else None, state, tellings[n, place])
        for day, state, n, place in packed["changes"]
    ]
    return thread


def _tellings(conn: Connection, wanted: set[tuple[int, int]]) -> dict[tuple[int, int], Told]:
    """The contacts of these readings and places."""
    by_reading: dict[int, set[int]] = defaultdict(set)
    for n, place in wanted:
        by_reading[n].add(place)
    numbers: Sequence[int] = sorted(by_reading)
    seen: dict[int, Report] = {}
    found = {}
    columns = [t.report.c[name] for name in REPORT_COLUMNS]
    for at in range(0, len(numbers), CHUNK):
        query = (
            select(t.contact.c.reading_n, t.contact.c.place, t.contact.c.said, *columns)
            .join(t.reading, t.reading.c.n == t.contact.c.reading_n)
            .join(t.report, t.report.c.n == t.reading.c.report_n)
            .where(and_(t.contact.c.reading_n.in_(numbers[at : at + CHUNK])))
        )
        for row in conn.execute(query):
            if row.place in by_reading[row.reading_n]:
                of = seen.setdefault(row.n, report_of(row))
                found[row.reading_n, row.place] = Told(of, row.place, contact_of(row.said), row.reading_n)
    return found
