"""The time expressions of the two seed pages, as labelled in evaluation/labels/times_seeds.json."""

from __future__ import annotations

from pathlib import Path

from dragoman.language import Language
from evaluation.times import seeds_right


def test_every_time_expression_of_the_seeds_is_found_with_its_days_and_nothing_beside_them(
    shared: Path, language: Language
) -> None:
    assert seeds_right(shared, language.document) == 1.0
