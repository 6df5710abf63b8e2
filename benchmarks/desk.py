"""What the desk costs its users: ``python -m benchmarks.desk [--contacts N] [--users N] [--seconds N] [--ingest N] [--ledger FILE] [--fuzz N]``.

A ledger of made-up reports (benchmarks/ledger.py) is served by a process of its own. Measured are, in milliseconds over the socket: the board of a
day that nobody looked at before and again; then so many users at once, each of whom looks at a page, thinks for one to three seconds, and looks at
the next (boards of all days, their second pages, threads, evidence, pairs), while another process enters reports one after the other, as an ingest
does. ``--fuzz`` sends so many requests made up from the desk's own description instead, and says how many were answered with a 500.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import httpx

from benchmarks.ledger import FIRST, YEARS, readings
from dragoman.ledger import Ledger

#: The last day of the made-up reports, on which most users look at the board.
TODAY = FIRST + timedelta(days=365 * YEARS)
#: Seconds that a user thinks between two pages.
THINKS = (1.0, 3.0)
#: The days that users look at beside today: those of one meeting, say. Each is new to the desk once.
DAYS = 40


@dataclass
class Seen:
    """How long answers took, by kind of page, and what was not answered with a page."""

    took: dict[str, list[float]] = field(default_factory=dict)
    failed: Counter[int] = field(default_factory=Counter)

    def note(self, kind: str, seconds: float, status: int) -> None:
        """Count one answer."""
        self.took.setdefault(kind, []).append(1000 * seconds)
        if status >= 400:
            self.failed[status] += 1


def clock() -> datetime:
    """The day on which all of it is looked at."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


def fill(place: Path, contacts: int) -> None:
    """Fill a ledger, where nothing is at the place."""
    if place.exists():
        return
    with Ledger.open(place, clock=clock) as ledger:
        for reading in readings(contacts // 2):
            ledger.enter(reading)


@contextmanager
def served(place: Path) -> Iterator[str]:
    """The desk in a process of its own: its address."""
    command = [sys.executable, "-m", "dragoman", "desk", "--ledger", str(place), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        yield line.split(" at ", 1)[1].split("/ ", 1)[0]
    finally:
        process.terminate()
        process.wait()


def ingest(place: str, stop: Event, counted: Any, a_second: float) -> None:
    """Enter reports, so many a second, until told to stop."""
    with Ledger.open(place, clock=clock, wait=600) as ledger:
        for reading in readings(100_000, seed=random.randrange(10**9)):
            if stop.is_set():
                return
            began = time.monotonic()
            ledger.enter(reading)
            counted.value += 1
            stop.wait(max(0.0, 1 / a_second - (time.monotonic() - began)))


async def user(client: httpx.AsyncClient, n: int, until: float, seen: Seen) -> None:
    """One user: boards, and what stands on them."""
    choose = random.Random(n)
    days = [TODAY - timedelta(days=random.Random(1).randrange(3000) + i) for i in range(DAYS)]
    rows: list[dict[str, Any]] = []
    await asyncio.sleep(choose.uniform(0, THINKS[1]))
    while time.monotonic() < until:
        kind, address = _next(choose, days, rows)
        began = time.perf_counter()
        answer = await client.get(address, headers={"accept": "application/json" if kind == "board" else "text/html"})
        seen.note(kind, time.perf_counter() - began, answer.status_code)
        if kind == "board" and answer.status_code == 200:
            rows = answer.json()["rows"] or rows
        await asyncio.sleep(choose.uniform(*THINKS))


def _next(choose: random.Random, days: list[date], rows: list[dict[str, Any]]) -> tuple[str, str]:
    kind = choose.choice(("board", "board", "page", "board of a day", "board of a day", "thread", "evidence", "pair"))
    if kind == "page":
        return kind, "/?page=2"
    if kind == "board of a day":
        return kind, f"/?as_of={choose.choice(days)}"
    if kind == "board" or not rows:
        return "board", "/"
    row = choose.choice(rows)
    return kind, str(row[{"thread": "href", "evidence": "evidence", "pair": "timeline"}[kind]])


async def crowd(address: str, users: int, seconds: float) -> Seen:
    """So many users at once for so many seconds."""
    seen = Seen()
    limits = httpx.Limits(max_connections=users, max_keepalive_connections=users)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        until = time.monotonic() + seconds
        await asyncio.gather(*(user(client, n, until, seen) for n in range(users)))
    return seen


def alone(address: str) -> dict[str, float]:
    """The board for one user at a time: of a day new to the desk, again, and its second page."""
    with httpx.Client(base_url=address, timeout=300) as client:

        def took(page: str) -> float:
            began = time.perf_counter()
            client.get(page).raise_for_status()
            return 1000 * (time.perf_counter() - began)

        first = took("/")
        again = sorted(took("/") for _ in range(20))
        days = [TODAY - timedelta(days=37 * n + 11) for n in range(12)]
        new = sorted(took(f"/?as_of={day}") for day in days)
        known = sorted(took(f"/?as_of={day}") for day in days)
        return {
            "board_first_ms": round(first, 1),
            "board_again_ms_median": round(again[10], 1),
            "board_new_day_ms_median": round(new[6], 1),
            "board_new_day_ms_worst": round(new[-1], 1),
            "board_known_day_ms_median": round(known[6], 1),
            "board_second_page_ms": round(took("/?page=2"), 1),
        }


def summed(seen: Seen) -> dict[str, Any]:
    """Least, median, 99th percentile and greatest of all answers, and of each kind's."""

    def row(took: list[float]) -> dict[str, float]:
        ordered = sorted(took)
        at = {"min": 0.0, "median": 0.5, "p99": 0.99, "max": 1.0}
        return {
            "answers": len(ordered),
            **{k: round(ordered[min(int(len(ordered) * q), len(ordered) - 1)], 1) for k, q in at.items()},
        }

    every = [x for took in seen.took.values() for x in took]
    return {
        "all": row(every),
        **{k: row(v) for k, v in sorted(seen.took.items())},
        "errors": dict(seen.failed),
    }


def measure(place: Path, users: int, seconds: float, a_second: float) -> dict[str, Any]:
    """The figures of the desk on the ledger at the place."""
    spawn = multiprocessing.get_context("spawn")
    stop, counted = spawn.Event(), spawn.Value("i", 0)
    with served(place) as address:
        single = alone(address)
        writer = spawn.Process(target=ingest, args=(str(place), stop, counted, a_second))
        writer.start()
        try:
            seen = asyncio.run(crowd(address, users, seconds))
        finally:
            stop.set()
            writer.join()
    return {"one_user": single, f"{users}_users_ms": summed(seen), "reports_entered_meanwhile": counted.value}


def fuzz(place: Path, count: int) -> dict[str, Any]:
    """So many made-up requests in this process, and the statuses of their answers."""
    from starlette.testclient import TestClient

    from dragoman.desk.app import app_of
    from dragoman.desk.desk import Desk
    from dragoman.desk.hosts import Hosts
    from tests.desk.fuzzing import known_of, requests

    with Ledger.open(place, clock=clock) as ledger:
        app = app_of(Desk(ledger, "bench", clock=clock), hosts=Hosts.loopback(), secret=b"s" * 32)
        client = TestClient(
            app, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False, cookies={}
        )
        statuses: Counter[int] = Counter()
        began = time.perf_counter()
        for sent in requests(client.get("/api").json(), known_of(client), count):
            status = client.request(sent.method, sent.address, headers=sent.headers, data=sent.form or None).status_code
            statuses[status] += 1
        return {
            "requests": count,
            "statuses": {str(k): v for k, v in sorted(statuses.items())},
            "fives": sum(v for k, v in statuses.items() if k >= 500),
            "a_second": round(count / (time.perf_counter() - began)),
        }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    # Each tells ten contacts of one pair; one process reads about as many real reports a second, of which a third tell any.
    parser.add_argument("--ingest", type=float, default=3, help="reports entered a second meanwhile")
    parser.add_argument(
        "--ledger", type=Path, help="a ledger to use, filled first where there is none; default a scratch file"
    )
    parser.add_argument("--fuzz", type=int, default=0, metavar="N", help="send N made-up requests instead")
    parser.add_argument("--shared", type=Path, help="not used: all reports are made up")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.ledger or Path(folder) / "ledger.db"
        fill(place, asked.contacts)
        found = fuzz(place, asked.fuzz) if asked.fuzz else measure(place, asked.users, asked.seconds, asked.ingest)
    json.dump(found, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
