"""The labels of time expressions: how candidates are drawn, labels joined, and readings held against them."""

from __future__ import annotations

import gzip
import json
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import Article, Document, Sentence, TimeExpression
from evaluation import times_labels
from evaluation.labels import draw_times, join_times

ROW: dict[str, Any] = {"id": "t0", "draw": "unit", "kind": "date", "word": [10, 14], "extent": [5, 14]}


TEXT = "They met from Monday to Friday, said Peru."


def label(kind: str, *days: list[str | None], word: tuple[int, int] = (10, 14)) -> times_labels.Label:
    return times_labels.label_of(
        {**ROW, "kind": kind, "word": word, "interval": days[0], "also": days[1:], "extent": [5, 14]}
    )


def read(first: str | None, last: str | None, start: int = 8, end: int = 14) -> TimeExpression:
    days = times_labels.days_of((first, last))
    return TimeExpression(start, end, "words", "DATE", "", None, *days, "day", None, None, "rule")


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        (["2021-03-05", "2021-03-05"], ("2021-03-06", "2021-03-06"), True),  # a day for the zones
        (["2021-03-05", "2021-03-05"], ("2021-03-07", "2021-03-07"), False),
        (["2021-03-01", "2021-03-31"], ("2021-03-07", "2021-04-06"), True),  # a week for a month
        (["2021-03-01", "2021-03-31"], ("2021-02-01", "2021-02-28"), False),
        (["2020-01-01", "2020-12-31"], ("2019-01-01", "2019-12-31"), False),  # never another year
        ([None, "2021-03-05"], ("2021-03-01", "2021-03-05"), False),  # open where the label is
        ([None, "2021-03-05"], (None, "2021-03-10"), True),
        ([None, None], ("2021-03-05", "2021-03-05"), False),
        ([None, None], (None, None), True),
    ],
)
def test_a_date_is_right_within_the_tolerance_of_its_width(
    wanted: list[str | None], found: tuple[str | None, str | None], right: bool
) -> None:
    assert times_labels.is_right(label("date", wanted), [read(*found)], TEXT) is right


@pytest.mark.parametrize(
    ("wanted", "found", "right"),
    [
        (["2021-01-01", "2021-06-30"], ("2021-02-01", "2021-06-30"), True),
        (["2021-01-01", "2021-06-30"], ("2019-01-01", "2021-06-30"), False),  # more than twice as wide
        (["2021-01-01", "2021-06-30"], ("2021-06-30", "2021-06-30"), False),  # never a point
        (["2021-01-01", "2021-06-30"], (None, "2021-06-30"), False),
        ([None, "2021-06-30"], ("2021-01-01", "2021-06-30"), True),  # narrower, inside
        ([None, "2021-06-30"], ("2021-06-01", "2021-07-30"), False),
        ([None, "2021-06-30"], (None, "2021-06-10"), True),
        ([None, "2021-06-30"], ("2021-06-10", None), False),
        (["2021-06-30", "2021-06-30"], ("2021-06-30", "2021-06-30"), True),
    ],
)
def test_what_is_vague_overlaps_and_is_at_most_twice_as_wide(
    wanted: list[str | None], found: tuple[str | None, str | None], right: bool
) -> None:
    assert times_labels.is_right(label("vague", wanted), [read(*found)], TEXT) is right


def test_what_tells_no_time_may_be_read_as_something_without_days_alone() -> None:
    none = label("none", [None, None])
    assert times_labels.is_right(none, [], TEXT)
    assert times_labels.is_right(none, [read(None, None)], TEXT)
    assert not times_labels.is_right(none, [read("2021-03-05", "2021-03-05")], TEXT)
    assert times_labels.is_right(none, [read("2021-03-05", "2021-03-05", 14, 20)], TEXT)  # beside the word


def test_a_second_reading_that_the_label_allows_passes() -> None:
    both = label("date", ["2021-03-05", "2021-03-05"], [None, None])
    assert times_labels.is_right(both, [], TEXT)
    assert not times_labels.is_right(both, [read("2020-03-05", "2020-03-05")], TEXT)


def test_a_word_that_only_binds_the_labelled_expression_is_held_against_what_touches_that() -> None:
    bound = label("date", ["2021-03-05", "2021-03-05"], word=(0, 4))
    assert times_labels.is_right(bound, [read("2021-03-05", "2021-03-05")], TEXT)


def test_of_several_expressions_the_longest_counts() -> None:
    found = [read("2021-03-05", "2021-03-05", 9, 11), read("2020-03-05", "2020-03-05", 8, 14)]
    assert not times_labels.is_right(label("date", ["2021-03-05", "2021-03-05"]), found, TEXT)


def test_a_range_read_as_its_two_ends_counts_from_the_one_to_the_other() -> None:
    held = times_labels.label_of(
        {**ROW, "word": [14, 20], "extent": [14, 30], "interval": ["2021-03-01", "2021-03-05"], "also": []}
    )
    ends = [read("2021-03-01", "2021-03-01", 14, 20), read("2021-03-05", "2021-03-05", 24, 30)]
    assert times_labels.is_right(held, ends, TEXT)
    assert not times_labels.is_right(held, ends, TEXT.replace(" to ", " or "))


def a_set(folder: Path) -> Path:
    """One labelled sentence of ours at the end of a long text."""
    text = "The envoy rested.\n" * 500 + "Peru wrote to Chile on March 5."
    (folder / "data").mkdir()
    with gzip.open(folder / "data" / "f.gz", "wt", encoding="utf-8") as packed:
        packed.write(json.dumps({"title": "Peru", "url": "wikinews.org/x", "date": "2021-04-01", "text": text}) + "\n")
    start = text.index("Peru")
    row = {**ROW, "file": "f.gz", "record": 0, "start": start, "end": len(text), "word": [23, 30], "extent": [23, 30]}
    labels = folder / "labels.jsonl"
    labels.write_text(json.dumps({**row, "interval": ["2021-03-05", "2021-03-05"]}) + "\n", encoding="utf-8")
    return labels


def test_the_set_is_scored_on_the_part_of_the_text_around_each_sentence(tmp_path: Path) -> None:
    labels = a_set(tmp_path)
    seen: list[str] = []

    def parse(article: Article) -> Document:
        seen.append(article.body)
        start = article.body.index("Peru")
        return Document(article, (Sentence((), start, len(article.body), article.body[start:]),))

    assert times_labels.measure(tmp_path, parse, labels) == {
        "times/labels/interval": 1.0,
        "times/labels/dated": 1.0,
        "times/labels/hard": 1.0,
    }
    assert len(seen[0]) < 6100


def test_without_the_texts_there_are_no_figures(tmp_path: Path) -> None:
    def parse(article: Article) -> Document:
        raise AssertionError(article)

    assert set(times_labels.measure(tmp_path, parse).values()) == {None}


def test_every_committed_label_has_its_days_in_order_and_carries_no_text() -> None:
    rows = [json.loads(line) for line in times_labels.LABELS.read_text(encoding="utf-8").splitlines()]
    assert len({(r["file"], r["record"]) for r in rows}) == len(rows) == 300
    assert not any("text" in r or "before" in r for r in rows)
    for row in rows:
        for first, last in times_labels.label_of(row).days:
            assert first is None or last is None or first <= last, row["id"]


A = {"id": "t0", "kind": "date", "extent": [0, 4], "interval": ["2021-03-05", "2021-03-05"]}
B = {"id": "t0", "kind": "date", "extent": [0, 4], "interval": ["2022-03-05", "2022-03-05"]}
POINTER = {"id": "t0", "file": "f", "record": 0, "start": 0, "end": 9, "draw": "unit", "word": [0, 4], "text": "no"}


def test_a_dispute_keeps_both_sides_and_what_was_decided() -> None:
    (row,) = join_times.join([POINTER], [A], [B], [{"id": "t0", "kept": "b", "reason": "the year beside it"}])
    assert row["interval"] == B["interval"]
    assert "text" not in row
    assert row["disputed"]["in"] == ["interval"]
    assert row["disputed"]["a"]["interval"] == A["interval"]
    assert row["disputed"]["reason"] == "the year beside it"


def test_without_a_decision_the_first_annotator_stands_and_a_third_reading_can_be_kept() -> None:
    third = {"kind": "none", "extent": None, "interval": [None, None]}
    assert join_times.join([POINTER], [A], [B], [])[0]["interval"] == A["interval"]
    assert join_times.join([POINTER], [A], [B], [{"id": "t0", "kept": third}])[0]["kind"] == "none"
    assert "disputed" not in join_times.join([POINTER], [A], [A], [])[0]


def test_what_does_not_fit_the_sample_is_refused() -> None:
    with pytest.raises(ValueError, match="not labelled by both"):
        join_times.join([POINTER], [A], [], [])
    with pytest.raises(ValueError, match="no dispute"):
        join_times.join([POINTER], [A], [A], [{"id": "t0", "kept": "b"}])


def test_agreement_is_told_by_kind_days_and_extent() -> None:
    assert join_times.agreement([A], [B]) == {
        "time or none": 1.0,
        "kind": 1.0,
        "days": 0.0,
        "extent": 1.0,
        "kind and days": 0.0,
    }


def test_a_draw_takes_one_candidate_a_record_and_the_same_by_the_same_seed() -> None:
    text = "Peru wrote to Chile on March 5 and again last week."
    texts = dict.fromkeys(range(200), text)
    drawn = [
        list(draw_times.drawn(texts, {n: [(0, len(text))] for n in texts}, random.Random(seed))) for seed in (3, 3, 4)
    ]
    assert drawn[0] == drawn[1] != drawn[2]
    records = [row["record"] for row in drawn[0]]
    assert len(set(records)) == len(records)
    for row in drawn[0]:
        assert re.fullmatch(draw_times.KINDS[row["draw"]][1], text[slice(*row["word"])])


def test_the_labeller_sees_the_sentences_around_and_the_day_in_washington() -> None:
    text = "One came. Two came today. Three came."
    row = {"start": 10, "end": 25}
    shown = draw_times.shown(text, row, {"title": "T", "published": "2021-06-05T02:00:00+00:00"})
    assert (shown["text"], shown["before"], shown["after"]) == ("Two came today.", ["One came."], ["Three came."])
    assert shown["published"] == str(date(2021, 6, 4))
