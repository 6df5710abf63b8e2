"""What the ledger costs on made-up reports: ``python -m benchmarks.ledger [--contacts N] [--place FILE_OR_URL]... [--keep FILE]``.

Pairs follow Zipf's law, as news on pairs of states do; a report tells ten contacts, an act is told by some three reports. The ledger is filled and
settled once, in a file, and copied to each place (``dragoman backup``). Each figure is the best of some runs, in milliseconds of wall time: a further
report entered, and then the silence board of today and of past days, each with the first page of 50 threads as JSON, as a screen shows it.
A ledger that stands at a place already is measured as it is.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

from dragoman.errors import LedgerError
from dragoman.ledger import Ledger
from dragoman.model import Article, Contact, Interval, Reading

FIRST, YEARS = date(2012, 1, 1), 10
TODAY = date(2022, 1, 1)
CODES = tuple(f"{a}{b}{c}" for a in "ABCDEFGH" for b in "AEIO" for c in "XYZ")
SUBJECTS = (
    "arms talks",
    "prisoners",
    "grain",
    "a ceasefire",
    "the border",
    "tariffs",
    "climate",
    "aid",
    "sanctions",
    None,
)
ACTS = ("call", "meeting", "meeting", "visit", "overture", "message", "proposal", "reply", "agreement", "breakdown")
STATUSES = ("done", "done", "done", "planned", "attempted")
#: Contacts of one report, and reports of one act.
TOLD, RETOLD = 10, 3


def readings(number: int, seed: int = 1) -> Iterator[Reading]:
    """That many reports of ten contacts each, in no order of time."""
    choose = random.Random(seed)
    pairs = list(combinations(CODES, 2))
    weights = [1 / (n + 1) for n in range(len(pairs))]
    # So many acts has a pair in a week, so that each is told by RETOLD reports.
    weekly = TOLD * number * 7 / (365 * YEARS * RETOLD) / sum(weights)
    for n, rank in enumerate(choose.choices(range(len(pairs)), weights, k=number)):
        pair = pairs[rank]
        day = FIRST + timedelta(days=choose.randrange(365 * YEARS))
        # The acts of a pair and a week are the same whoever tells them: reports of one week retell one another's.
        of_week = f"{pair}{day.toordinal() // 7}"
        acts = range(max(TOLD, round(weekly * weights[rank])))
        told = tuple(_contact(random.Random(f"{of_week}{act}"), pair, day) for act in choose.sample(acts, TOLD))
        body = " ".join(choose.choice(SUBJECTS) or "so" for _ in range(60)) + f" {seed} {n}"
        article = Article(f"r{seed}-{n}", body, title=f"Report {seed}-{n}", published=day.isoformat(), outlet="Bench")
        yield Reading(article, told, parties=pair, reader="1")


def _contact(choose: random.Random, pair: tuple[str, str], day: date) -> Contact:
    a, b = choose.sample(pair, 2)
    week = date.fromordinal(day.toordinal() // 7 * 7)
    begun = min(day, week + timedelta(days=choose.randrange(7)))
    status = choose.choice(STATUSES)
    return Contact(
        (a,),
        (b,),
        choose.choice(ACTS),
        status,
        start=Interval(begun, begun) if choose.random() < 0.7 else Interval(None, day),
        about=choose.choice(SUBJECTS),
        reply="none" if status == "attempted" else "not_stated",
    )


def milliseconds(work: Callable[[], object], runs: int = 5) -> float:
    """The best of some runs."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - start))
    return round(min(found), 1)


def clock() -> datetime:
    """The day on which all of it is looked at."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


def fill(place: str, contacts: int) -> dict[str, float]:
    """Fill a ledger, and what that took."""
    with Ledger.open(place, clock=clock) as ledger:
        start = time.perf_counter()
        ledger.enter_all(readings(contacts // TOLD))
        return {"reports_entered_a_second": round(contacts / TOLD / (time.perf_counter() - start), 1)}


def settle(place: str, contacts: int) -> dict[str, float]:
    """Settle a ledger with two processes, and what that took; what was settled before is not done again."""
    start = time.perf_counter()
    with Ledger.open(place, clock=clock) as ledger:
        ledger.settle(())
        # The heaviest first, in turn.
        pairs = sorted(ledger.pairs(), key=ledger.pairs().__getitem__, reverse=True)
    spawn = multiprocessing.get_context("spawn")
    workers = [spawn.Process(target=_settle, args=(place, pairs[n::2])) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return {"contacts_settled_a_second": round(contacts / (time.perf_counter() - start), 1)}


def _settle(place: str, pairs: list[tuple[str, str]]) -> None:
    with Ledger.open(place, clock=clock, wait=600) as ledger:
        ledger.settle(pairs)


def measure(place: str) -> dict[str, float]:
    """The figures of the ledger at the place."""
    with Ledger.open(place, clock=clock) as ledger:
        choose = random.Random(3)
        more = readings(1000, seed=choose.randrange(10**6) + len(ledger.silences()))
        days = [FIRST + timedelta(days=choose.randrange(365 * YEARS)) for _ in range(20)]

        def page(day: date) -> None:
            board = ledger.silences(as_of=day)
            json.dumps([view.as_json() for view in board[:50]])

        def further() -> float:
            start = time.perf_counter()
            ledger.enter(next(more))
            return 1000 * (time.perf_counter() - start)

        page(TODAY)
        boards = [milliseconds(lambda day=day: page(day), 3) for day in days]  # type: ignore[misc]
        entered, after = [], []
        for _ in range(20):
            entered.append(further())
            start = time.perf_counter()
            page(TODAY)
            after.append(1000 * (time.perf_counter() - start))
        return {
            "silent_today": len(ledger.silences()),
            "board_today_ms": milliseconds(lambda: page(TODAY)),
            "board_past_day_ms_median": sorted(boards)[10],
            "board_past_day_ms_worst": max(boards),
            "further_report_ms_median": round(sorted(entered)[10], 1),
            "further_report_ms_worst": round(max(entered), 1),
            "board_just_after_a_report_ms_median": round(sorted(after)[10], 1),
            "board_just_after_a_report_ms_worst": round(max(after), 1),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def is_there(place: str) -> bool:
    """Whether a filled ledger stands at the place."""
    if "://" not in place and not Path(place).exists():
        return False
    with Ledger.open(place) as ledger:
        return ledger.counts()["report"] > 0


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=20_000)
    parser.add_argument("--place", action="append", default=[], help="a place for a copy; default the file alone")
    parser.add_argument("--keep", help="the file to fill; default a scratch file")
    parser.add_argument("--shared", type=Path, help="not used: all reports are made up")
    asked = parser.parse_args()
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = asked.keep or str(Path(folder) / "ledger.db")
        if not is_there(file):
            found["filling"] = fill(file, asked.contacts)
        found["settling"] = settle(file, asked.contacts)
        for place in asked.place:
            if not is_there(place):
                with Ledger.open(file) as ledger:
                    ledger.copy(place)
        with Ledger.open(file) as ledger:
            found["ledger"] = {**ledger.counts(), "largest_pair": largest(ledger)}
        for place in (file, *asked.place):
            try:
                found[place.split(":", 1)[0] if "://" in place else "sqlite"] = measure(place)
            except LedgerError as error:
                raise SystemExit(str(error)) from error
    json.dump(found, sys.stdout, indent=1)
    sys.stdout.write("\n")


def largest(ledger: Ledger) -> int:
    """The contacts of the pair that has most."""
    return max(ledger.pairs().values())


if __name__ == "__main__":
    main()
