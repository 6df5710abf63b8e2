"""Ledger entries: the whole way from the page to contacts, held against gold by ``../shared/gold/score.py``.

The texts come without any metadata beside them. ``seeds`` are raw pages; ``state`` and ``wikinews`` bring their texts; ``real`` is scored
where ``--extra DIR`` holds ``DIR/real/ID.txt`` (or .html). ``all`` pools what was scored, in one run of the scorer.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman.model import Page, Rejection
from dragoman.pipeline import Pipeline

SETS = ("seeds", "state", "wikinews", "real")


def measure(shared: Path, extra: Path | None) -> dict[str, float | None]:
    """``contacts/SET/KEY`` with the scorer's keys, and how many inputs were not read."""
    figures: dict[str, float | None] = {}
    pipeline = Pipeline()
    with tempfile.TemporaryDirectory() as scratch:
        pooled = Path(scratch) / "all"
        (pooled / "texts").mkdir(parents=True)
        everything: list[str] = []
        for name in SETS:
            texts = texts_of(name, shared, extra)
            golds = {p.stem: p for p in sorted((shared / "gold" / name).glob("*.json")) if p.stem in texts}
            if not golds:
                continue
            lines = list(_said(pipeline, {k: texts[k] for k in golds}))
            folder = _gathered(Path(scratch) / name, golds, texts)
            _gathered(pooled, golds, texts)
            everything += lines
            figures |= _scored(shared, folder, lines, name)
        figures |= _scored(shared, pooled, everything, "all")
    return figures


def texts_of(name: str, shared: Path, extra: Path | None) -> dict[str, Path]:
    """The page of each report of a gold set, by id."""
    folder = {"seeds": shared / "seeds", "real": extra / "real" if extra else None}.get(
        name, shared / "gold" / name / "texts"
    )
    if folder is None or not folder.is_dir():
        return {}
    return {p.stem: p for p in sorted(folder.iterdir()) if p.suffix in {".txt", ".html"}}


def _said(pipeline: Pipeline, texts: dict[str, Path]) -> Iterator[str]:
    refused: Counter[str] = Counter()
    for outcome in pipeline.read(Page(name, path.read_bytes()) for name, path in texts.items()):
        if isinstance(outcome, Rejection):
            refused[f"{outcome.stage}/{outcome.reason}"] += 1
            print(f"not read: {outcome.report} ({outcome.stage}): {outcome.reason} {outcome.detail}", file=sys.stderr)
        yield json.dumps(outcome.as_json(), ensure_ascii=False)


def _gathered(folder: Path, golds: dict[str, Path], texts: dict[str, Path]) -> Path:
    """A folder in the scorer's shape that holds just these reports."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    for name, gold in golds.items():
        shutil.copy(gold, folder)
        if texts[name].suffix == ".txt":
            shutil.copy(texts[name], folder / "texts")
    return folder


def _scored(shared: Path, gold: Path, lines: list[str], name: str) -> dict[str, float | None]:
    said = gold.with_suffix(".jsonl")
    said.write_text("\n".join(lines), encoding="utf-8")
    scorer = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(said), "--json"]
    found = subprocess.run(scorer, capture_output=True, text=True, check=True).stdout
    return {f"contacts/{name}/{key}": value for key, value in json.loads(found).items()}
