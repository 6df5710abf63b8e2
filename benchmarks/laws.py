"""What always holds of a ledger, tried at length: ``python -m benchmarks.laws kills|shuffles|days [options]``.

``kills``: a writer is killed so many times, at random instants (kill -9), and carries on; at the end the ledger is that of one clean run.
``shuffles``: the same reports in so many orders give one dump, to the byte.
``days``: the views as published by so many random days are those of ledgers built from only the reports published by then.

The reports are made up, as in the tests, or with ``--ledger FILE`` the readings that stand in a ledger, such as one of all releases that
``python -m evaluation.trips --texts DIR`` wrote and ``dragoman read DIR --ledger FILE`` read. ``--place URL`` tries it on a server: an empty
database, in which schemas are made.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from benchmarks.ledger import readings as made_up
from dragoman.ledger import Ledger
from dragoman.model import Page, Reading

SEED = 20210213


def clock() -> datetime:
    """One moment for all that is recorded: a dump leaves it out, views are as published."""
    return datetime(2022, 9, 1, tzinfo=UTC)


class Places:
    """Empty places for ledgers: files in a folder, or schemas of a server's database."""

    def __init__(self, folder: str, server: str | None) -> None:
        self._folder, self._server, self._numbers = Path(folder), server, count()

    def __call__(self) -> str:
        """The next one."""
        name = f"laws{os.getpid()}_{next(self._numbers)}"
        if self._server is None:
            return str(self._folder / f"{name}.db")
        import psycopg

        with psycopg.connect(self._server, autocommit=True) as conn:
            conn.execute(f"CREATE SCHEMA {name}")
        return f"{self._server}{'&' if '?' in self._server else '?'}options=-csearch_path%3D{name}"


def stored(file: str) -> list[Reading]:
    """The readings that stand in a ledger."""
    from dragoman.ledger import recalling
    from dragoman.ledger import tables as t

    with Ledger.open(file) as ledger, ledger._store.reading() as conn:
        rows = conn.execute(t.reading.select().where(t.reading.c.superseded.is_(None)).order_by(t.reading.c.key)).all()
        return [recalling.reading(conn, row.n, row.report_n) for row in rows]


def _write(place: str, told: Sequence[Reading]) -> None:
    with Ledger.open(place, clock=clock) as ledger:
        for reading in told:
            ledger.enter(reading, Page(reading.article.id, reading.article.body.encode()))


def kills(places: Places, told: Sequence[Reading], times: int) -> dict[str, object]:
    """Kill a writer at random instants of its work, let another carry on, and hold the end against one clean run."""
    place, clean = places(), places()
    for p in (place, clean):
        Ledger.open(p, clock=clock).close()
    began = time.perf_counter()
    _write(clean, told)
    whole = time.perf_counter() - began
    choose, fork = random.Random(SEED), multiprocessing.get_context("fork")
    landed = 0
    for n in range(times):
        writer = fork.Process(target=_write, args=(place, told))
        writer.start()
        # Reports that stand are passed over quickly, so later writers get further in the same time.
        time.sleep(choose.random() * min(whole, 0.4))
        if writer.is_alive() and writer.pid:
            os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        landed += writer.exitcode == -signal.SIGKILL
        if n % 50 == 49:
            # The ledger must be whole after each kill, not only at the end; opening it looks.
            with Ledger.open(place, clock=clock) as ledger:
                ledger.silences(as_of=date(2021, 6, 30))
    _write(place, told)
    with Ledger.open(place, clock=clock) as ledger, Ledger.open(clean, clock=clock) as other:
        same = list(ledger.dump()) == list(other.dump())
        boards = [[v.as_json() for v in x.silences(as_of=date(2021, 6, 30))] for x in (ledger, other)]
    return {
        "kills": times,
        "while_writing": landed,
        "reports": len(told),
        "same_dump": same,
        "same_board": boards[0] == boards[1],
    }


def shuffles(places: Places, told: Sequence[Reading], times: int) -> dict[str, object]:
    """Enter the same reports in many orders."""
    dumps = set()
    for n in range(times):
        order = list(told)
        random.Random(SEED + n).shuffle(order)
        with Ledger.open(places(), clock=clock) as ledger:
            ledger.enter_all(order)
            dumps.add("\n".join(ledger.dump()))
    return {"shuffles": times, "reports": len(told), "different_dumps": len(dumps), "bytes": len(dumps.pop().encode())}


def days(places: Places, told: Sequence[Reading], times: int) -> dict[str, object]:
    """Hold the views of random days against ledgers of only the reports published by then."""
    stamps = {r.article.key: _day(r) for r in told}
    known = sorted(d for d in stamps.values() if d)
    chosen = sorted(random.Random(SEED).sample(sorted(set(known)), times))
    same = threads = silent = 0
    with Ledger.open(places(), clock=clock) as whole:
        order = list(told)
        random.Random(SEED).shuffle(order)
        whole.enter_all(order)
        whole.settle()
        for day in chosen:
            with Ledger.open(places(), clock=clock) as part:
                part.enter_all([r for r in told if (d := stamps[r.article.key]) and d <= day])
                views = [[v.as_json() for v in x.threads(as_of=day)] for x in (whole, part)]
                boards = [[v.as_json() for v in x.silences(as_of=day)] for x in (whole, part)]
                contacts = [[c.as_json() for c in x.contacts(as_of=day)] for x in (whole, part)]
                same += views[0] == views[1] and boards[0] == boards[1] and contacts[0] == contacts[1]
                threads, silent = threads + len(views[0]), silent + len(boards[0])
    return {"days": times, "same": same, "reports": len(told), "threads_compared": threads, "silences_compared": silent}


def _day(reading: Reading) -> date | None:
    stamp = reading.article.published or reading.article.first_seen
    return date.fromisoformat(stamp[:10]) if stamp else None


def _told(asked: argparse.Namespace) -> Iterator[Reading]:
    found = stored(asked.ledger) if asked.ledger else list(made_up(asked.reports or 200))
    random.Random(SEED).shuffle(found)
    return iter(found[: asked.reports] if asked.reports else found)


def main() -> None:
    """Print what came of it as JSON; exit code 1 where a law was broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("law", choices=("kills", "shuffles", "days"))
    parser.add_argument("--times", type=int, help="default 500 kills, 20 shuffles, 20 days")
    parser.add_argument("--ledger", help="a ledger whose readings are taken; default made-up reports")
    parser.add_argument("--reports", type=int, help="so many of them, drawn at random")
    parser.add_argument("--place", help="a PostgreSQL database to try it on; default scratch files")
    asked = parser.parse_args()
    times = asked.times or {"kills": 500, "shuffles": 20, "days": 20}[asked.law]
    law = {"kills": kills, "shuffles": shuffles, "days": days}[asked.law]
    with tempfile.TemporaryDirectory() as folder:
        found = law(Places(folder, asked.place), list(_told(asked)), times)
    json.dump(found, sys.stdout, indent=1)
    sys.stdout.write("\n")
    broken = found.get("same_dump") is False or found.get("same_board") is False or found.get("different_dumps", 1) != 1
    sys.exit(1 if broken or found.get("same", times) != times else 0)


if __name__ == "__main__":
    main()
