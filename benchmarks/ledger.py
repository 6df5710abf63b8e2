"""What the ledger costs on made-up reports: ``python -m benchmarks.ledger [--contacts N] [--place PATH_OR_URL]``.

Pairs follow Zipf's law, as news on pairs of states do; a report tells two contacts. Each figure is the best of some runs, in milliseconds of wall
time: a further report entered, the silence board of today and of a past day, one pair's timeline.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

from dragoman.ledger import Ledger
from dragoman.model import Article, Contact, Interval, Reading

FIRST, YEARS = date(2012, 1, 1), 10
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


def readings(number: int, seed: int = 1) -> Iterator[Reading]:
    """That many reports of two contacts each, in no order of time."""
    choose = random.Random(seed)
    pairs = list(combinations(CODES, 2))
    weights = [1 / (n + 1) for n in range(len(pairs))]
    for n, pair in enumerate(choose.choices(pairs, weights, k=number)):
        day = FIRST + timedelta(days=choose.randrange(365 * YEARS))
        contacts = []
        for _ in range(2):
            a, b = choose.sample(pair, 2)
            begun = day - timedelta(days=choose.randrange(4))
            status = choose.choice(STATUSES)
            contacts.append(
                Contact(
                    (a,),
                    (b,),
                    choose.choice(ACTS),
                    status,
                    start=Interval(begun, begun) if choose.random() < 0.7 else Interval(None, day),
                    about=choose.choice(SUBJECTS),
                    reply="none" if status == "attempted" else "not_stated",
                )
            )
        body = " ".join(choose.choice(SUBJECTS) or "so" for _ in range(60)) + f" {n}"
        article = Article(f"r{n}", body, title=f"Report {n}", published=day.isoformat(), outlet="Bench")
        yield Reading(article, tuple(contacts), parties=pair, reader="1")


def milliseconds(work: Callable[[], object], runs: int = 3) -> float:
    """The best of some runs."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - start))
    return round(min(found), 1)


def measure(place: str, contacts: int) -> dict[str, float]:
    """The figures of a ledger of so many contacts at the place, which is filled first."""
    clock = lambda: datetime(2022, 1, 1, tzinfo=UTC)  # noqa: E731
    with Ledger.open(place, clock=clock) as ledger:
        start = time.perf_counter()
        for reading in readings(contacts // 2):
            ledger.enter(reading)
        filled = time.perf_counter() - start
        more = readings(20, seed=2)
        return {
            "contacts": contacts,
            "entered_a_second": round(contacts / 2 / filled, 1),
            "further_report_ms": milliseconds(lambda: ledger.enter(next(more)), 10),
            "board_today_ms": milliseconds(ledger.silences),
            "board_past_day_ms": milliseconds(lambda: ledger.silences(as_of=date(2017, 6, 1))),
            "largest_timeline_ms": milliseconds(lambda: ledger.timeline(CODES[0], CODES[1])),
            "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=20_000)
    parser.add_argument("--place", help="an empty place for the ledger; default a scratch file")
    parser.add_argument("--shared", type=Path, help="not used: all reports are made up")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        json.dump(measure(asked.place or str(Path(folder) / "ledger.db"), asked.contacts), sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
