"""How well pages are read: bodies of dumps and HTML, mastheads of the gold texts and of the seeds, speed.

usage: python -m evaluation.pages --shared DIR

Dumps are cross-validated by web domain: each page is read by a model that saw no page of its domain (``training/pages/fold_models.npz``, made by
``training/pages/train.py``). Titles and dates of dumps are held against what the same pages' HTML declares.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dragoman.errors import PageError
from dragoman.model import Article, Page
from dragoman.pages import article_of
from dragoman.pages.boosted import LineModel
from dragoman.pages.dump import article_of_text, body_of_dump
from dragoman.pages.html import body_of_html, declared_facts, extracted
from dragoman.pages.lines import squeeze
from training.pages.data import FOLDS, Dump, f1, load, precision_recall

FOLD_MODELS = Path(__file__).resolve().parents[1] / "training" / "pages" / "fold_models.npz"
GOLD_SETS = ("state", "wikinews")


def measure(shared: Path, extra: Path | None = None) -> dict[str, float | None]:
    """All figures of the room; ``extra`` is not used (there is no fetched set of pages)."""
    dumps = load(shared)
    return _dumps(dumps) | _html(shared, dumps) | _gold(shared) | _seeds(shared) | _speed(dumps)


def fold_models() -> list[LineModel]:
    """For each fold the model that saw none of its domains."""
    with np.load(FOLD_MODELS) as stored:
        arrays = dict(stored)
    return [LineModel.from_arrays(arrays, f"fold{k}_") for k in range(FOLDS)]


def _declared(shared: Path) -> dict[str, str]:
    path = shared / "data" / "article_extraction_html.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row["html"] for row in map(json.loads, lines)}


def _dumps(dumps: list[Dump]) -> dict[str, float | None]:
    models = fold_models()
    pairs = [precision_recall(d.gold, body_of_dump(d.text, models[d.fold])) for d in dumps]
    return {
        "pages/dumps/f1": f1(pairs),
        "pages/dumps/precision": statistics.mean(p for p, _ in pairs if p is not None),
        "pages/dumps/recall": statistics.mean(r for _, r in pairs),
    }


def _html(shared: Path, dumps: list[Dump]) -> dict[str, float | None]:
    """Bodies of HTML beside the extractor's own, and titles and days read from the dumps beside those that the HTML declares."""
    sources = _declared(shared)
    models = fold_models()
    ours, theirs, titles, days = [], [], [], []
    for dump in dumps:
        source = sources[dump.id]
        ours.append(precision_recall(dump.gold, body_of_html(source, dump.url)))
        theirs.append(precision_recall(dump.gold, "\n\n".join(extracted(source))))
        facts = declared_facts(source)
        try:
            article = article_of_text(Page(dump.id, b""), dump.text, model=models[dump.fold])
        except PageError:
            continue
        # Outlets declare other words than they print: only a declared title that the dump prints can be asked for.
        if facts.title and squeeze(facts.title) in {squeeze(line) for line in dump.text.splitlines()}:
            one, other = squeeze(facts.title), squeeze(article.title or "")
            titles.append(float(len(other) > 10 and (one.startswith(other) or other.startswith(one))))
        if facts.published and article.published:
            apart = abs((date.fromisoformat(facts.published[:10]) - date.fromisoformat(article.published[:10])).days)
            # Markup declares moments in UTC, pages print the local day: both are right a day apart.
            days.append(float(apart <= ("T" in facts.published)))
    return {
        "pages/html/f1": f1(ours),
        "pages/html/extractor_f1": f1(theirs),
        "pages/dumps/title": statistics.mean(titles),
        "pages/dumps/published": statistics.mean(days),
    }


def _read(path: Path) -> Article | None:
    found = article_of(Page(path.stem, path.read_bytes()))
    return found if isinstance(found, Article) else None


def _bare(words: str | None) -> str:
    return " ".join((words or "").split())


def _gold(shared: Path) -> dict[str, float | None]:
    """Title, publication and dateline of the gold texts; the same white space counts as the same title."""
    right: dict[str, list[float]] = {"title": [], "published": [], "dateline": [], "body_first": [], "body_last": []}
    for name in GOLD_SETS:
        for path in sorted((shared / "gold" / name).glob("*.json")):
            report = json.loads(path.read_text(encoding="utf-8"))["report"]
            article = _read(path.parent / "texts" / f"{report['id']}.txt")
            checks = _checks(report, article)
            for key in right:
                right[key].append(float(checks[key]))
    return {f"pages/gold/{key}": statistics.mean(values) for key, values in right.items()}


def _checks(report: dict[str, Any], article: Article | None) -> dict[str, bool]:
    """Which values of a gold report's masthead were read right."""
    if article is None:
        return dict.fromkeys(
            (
                "title",
                "published",
                "timezone",
                "dateline",
                "outlet",
                "agency",
                "translated",
                "body_first",
                "body_last",
                "not_body",
            ),
            False,
        )
    body = _bare(article.body)
    return {
        "title": _bare(article.title) == _bare(report["title"]),
        "published": article.published == report["published"],
        "timezone": article.timezone == report["timezone"],
        "dateline": article.dateline == report["dateline"],
        "outlet": article.outlet == report["outlet"],
        "agency": article.agency == report["agency"],
        "translated": article.machine_translated == report["machine_translated"],
        # Gold leaves speakers' labels ("QUESTION:") out of its first words.
        "body_first": _bare(report["body_first"]) in body[: len(_bare(report["body_first"])) + 40],
        "body_last": body.endswith(_bare(report["body_last"])),
        "not_body": not any(_bare(x) in article.body.split("\n\n") for x in report["not_body"]),
    }


def _seeds(shared: Path) -> dict[str, float | None]:
    """The share of the seeds whose masthead and body are right in every value."""
    right = []
    for path in sorted((shared / "gold" / "seeds").glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))["report"]
        right.append(float(all(_checks(report, _read(shared / "seeds" / f"{report['id']}.txt")).values())))
    return {"pages/seeds/right": statistics.mean(right)}


def _speed(dumps: list[Dump]) -> dict[str, float | None]:
    """Dumps a second on one core, from bytes to article; the best of five rounds (other work on the machine only slows)."""
    pages = [Page(d.id, d.text.encode(), url=d.url) for d in dumps]
    # What the figures above left in memory is no cost of the pages: the collector need not walk through it.
    gc.collect()
    gc.freeze()
    rounds = [_timed(lambda: [article_of(p) for p in pages]) for _ in range(5)]
    gc.unfreeze()
    return {"pages/dumps/per_second": len(pages) / min(rounds)}


def _timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    for key, value in measure(parser.parse_args().shared).items():
        print(f"{key:32} {value:.4f}" if value is not None else f"{key:32} -")


if __name__ == "__main__":
    main()
