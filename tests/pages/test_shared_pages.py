"""The seeds and the gold texts, where the shared data is at hand."""

from __future__ import annotations

from pathlib import Path

from evaluation.pages import _gold, _seeds


def test_both_seeds_are_read_right_in_every_value(shared: Path) -> None:
    assert _seeds(shared)["pages/seeds/right"] == 1.0


def test_the_gold_texts_have_title_date_and_dateline_right(shared: Path) -> None:
    figures = _gold(shared)
    assert (
        min(v or 0.0 for k, v in figures.items() if k.rsplit("/", 1)[-1] in {"title", "published", "dateline"}) >= 0.95
    )
