"""How fast events are coded and parties resolved: ``python -m benchmarks.events --shared DIR [--reports N]``.

Seconds are of processor time on one core, the best of some runs: sentences are parsed already. ``loading the actors`` is wall time.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.__main__ import RELEASES, best, releases, show
from dragoman.codebook.actors import ActorBook
from dragoman.language import Language
from dragoman.model import Article
from dragoman.pages import article_of
from dragoman.reading.actors import read_mentions
from dragoman.reading.events import Coder


def busy(work: Callable[[], Any], times: int = 5) -> float:
    """The least processor time of several runs, in seconds."""
    seconds = []
    for _ in range(times):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--reports", type=int, default=150, help="State Department releases to read")
    asked = parser.parse_args()
    articles = [a for p in releases(asked.shared / RELEASES, asked.reports) if isinstance(a := article_of(p), Article)]
    language, coder = Language.open(), Coder.load()
    of_language = busy(lambda: list(language.documents(articles)), 2)
    documents = list(language.documents(articles))
    sentences = sum(len(d.sentences) for d in documents)
    of_actors = busy(lambda: [read_mentions(d, coder.actors) for d in documents])
    of_events = busy(lambda: [coder.of_document(d) for d in documents])
    show(
        [
            ("events, parsed sentences", f"{sentences / of_events:,.0f} a second"),
            ("of that, finding the parties", f"{of_actors / of_events:.0%}"),
            ("resolving parties", f"{of_actors / of_language:.1%} of the language's time"),
            ("loading the actors", f"{best(ActorBook.load, 5) * 1000:.1f} ms"),
        ]
    )


if __name__ == "__main__":
    main()
