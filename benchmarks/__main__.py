"""``make bench``: what a user waits for, in one table: help, import, loading, pages, reading, the board.

usage: python -m benchmarks --shared DIR [--reports N]

Times are the best of several runs on one thread; compare them on one machine alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from dragoman.language import Language
from dragoman.ledger import Ledger
from dragoman.model import Article, Page
from dragoman.pages import article_of
from dragoman.pipeline import Pipeline, reader_version
from dragoman.reading import Reader

RELEASES = "data/state_dept_releases_2021-05_2022-08.jsonl.gz"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--reports", type=int, default=200, help="State Department releases to read")
    args = parser.parse_args()
    pages = releases(args.shared / RELEASES, args.reports)
    rows = [*start_up(), *stages(pages), *whole(pages)]
    show(rows)


def releases(path: Path, count: int) -> list[Page]:
    """The first releases as pages of plain text."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    return [_page(str(n), x) for n, x in enumerate(found)]


def _page(name: str, release: dict[str, str]) -> Page:
    day = release["published"][:10]
    return Page(name, f"{release['title']}\n\n{day}\n\n{release['text']}".encode(), published=day)


def best(work: Callable[[], Any], times: int = 3) -> float:
    """The least of several runs, in seconds."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def start_up() -> list[tuple[str, str]]:
    """From the shell: help, the import of the package, the network's loading."""

    def python(*words: str) -> Callable[[], Any]:
        return lambda: subprocess.run([sys.executable, *words], check=True, capture_output=True)

    return [
        ("dragoman --help", f"{best(python('-m', 'dragoman', '--help'), 5):.3f} s"),
        ("import dragoman", f"{best(python('-c', 'import dragoman'), 5):.3f} s"),
        ("loading the network", f"{best(Language.open):.2f} s"),
        ("loading the codebook", f"{best(Reader.load):.2f} s"),
    ]


def stages(pages: list[Page]) -> list[tuple[str, str]]:
    """Each stage alone on the same reports; reading is to cost a quarter of the language's time at most."""
    language, reader = Language.open(), Reader.load(reader_version())
    articles = [a for a in map(article_of, pages) if isinstance(a, Article)]
    documents = list(language.documents(articles))
    words = sum(len(s.tokens) for d in documents for s in d.sentences)
    of_pages = best(lambda: [article_of(p) for p in pages])
    of_language = best(lambda: list(language.documents(articles)), 2)
    of_reading = best(lambda: [reader.read(d) for d in documents], 2)
    return [
        ("pages", f"{len(pages) / of_pages:,.0f} a second"),
        ("language", f"{words / of_language:,.0f} words a second"),
        ("reading", f"{words / of_reading:,.0f} words a second, {of_reading / of_language:.0%} of the language's time"),
    ]


def whole(pages: list[Page]) -> list[tuple[str, str]]:
    """The whole way into a ledger, with one process and with two, and the board on what is in it."""
    rows = []

    def run(workers: int, ledger: Ledger) -> None:
        list(Pipeline(workers=workers).run(pages, ledger))

    with tempfile.TemporaryDirectory() as scratch:
        for workers in (1, 2):
            with Ledger.open(Path(scratch) / f"{workers}.db") as ledger:
                seconds = best(partial(run, workers, ledger), 1)
                rows.append((f"into a ledger, processes: {workers}", f"{len(pages) / seconds:.1f} reports a second"))
        with Ledger.open(Path(scratch) / "1.db") as ledger:
            rows.append(("the same again", f"{len(pages) / best(partial(run, 1, ledger), 1):,.0f} reports a second"))
            rows.append(("silence board", f"{best(ledger.silences) * 1000:.0f} ms"))
    return rows


def show(rows: list[tuple[str, str]]) -> None:
    """One table."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table("what", "how fast", box=SIMPLE_HEAD)
    for row in rows:
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
