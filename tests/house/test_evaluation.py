"""The harness: floors hold, rise, and never fall by themselves; gold is read without what stands beside it."""

from __future__ import annotations

from datetime import date

import pytest

from evaluation.floors import Floor, below, load, pinned, write

DAY = date(2026, 11, 22)


def floor(key: str, value: float) -> dict[str, Floor]:
    return {key: Floor(key, value, "make eval WHAT=all", DAY, "abcdef0")}


def test_a_figure_below_its_floor_fails_and_one_at_it_does_not():
    floors = floor("pages/dumps/f1", 0.9)
    assert below({"pages/dumps/f1": 0.9}, floors) == []
    assert [key for key, _, _ in below({"pages/dumps/f1": 0.899}, floors)] == ["pages/dumps/f1"]
    assert [key for key, _, _ in below({"pages/dumps/f1": 0.0}, floors)] == ["pages/dumps/f1"]


def test_a_figure_that_was_not_measured_is_not_held_against_its_floor():
    assert below({}, floor("pages/dumps/f1", 0.9)) == []
    assert below({"pages/dumps/f1": None}, floor("pages/dumps/f1", 0.9)) == []


def test_counts_of_errors_have_a_ceiling():
    floors = floor("contacts/all/unreal as done", 2)
    assert below({"contacts/all/unreal as done": 2}, floors) == []
    assert below({"contacts/all/unreal as done": 3}, floors) != []
    assert (
        pinned(floors, {"contacts/all/unreal as done": 1}, "make eval", DAY, "1234567")[
            "contacts/all/unreal as done"
        ].floor
        == 1
    )


def test_pinning_raises_and_never_lowers():
    floors = floor("a/b", 0.5)
    assert pinned(floors, {"a/b": 0.4}, "make eval", DAY, "1234567") == floors
    raised = pinned(floors, {"a/b": 0.614, "a/c": 0.2}, "make eval", DAY, "1234567")
    assert (raised["a/b"].floor, raised["a/b"].commit) == (0.61, "1234567")
    assert raised["a/c"].floor == 0.2


def test_sizes_of_the_sets_and_speed_get_no_floor():
    assert (
        pinned(
            {},
            {"contacts/all/reports": 80, "language/words_per_second": 5000.0, "x/y": None},
            "make eval",
            DAY,
            "1234567",
        )
        == {}
    )


def test_floors_come_back_as_they_were_written(tmp_path):
    floors = {**floor("contacts/all/status macro", 0.75), **floor("a/b", 0.5)}
    write(tmp_path / "floors.toml", floors)
    assert load(tmp_path / "floors.toml") == floors
    assert load(tmp_path / "none.toml") == {}


def test_the_gold_texts_are_found_by_the_gold_files(shared):
    from evaluation.contacts import texts_of

    for name in ("seeds", "state", "wikinews"):
        golds = {p.stem for p in (shared / "gold" / name).glob("*.json")}
        assert golds <= set(texts_of(name, shared, None))
    assert texts_of("real", shared, None) == {}


def test_a_perfect_reader_scores_one_and_an_empty_one_nothing(shared, tmp_path):
    import json

    from evaluation.contacts import _gathered, _scored, texts_of

    texts = texts_of("seeds", shared, None)
    golds = {p.stem: p for p in (shared / "gold" / "seeds").glob("*.json")}
    folder = _gathered(tmp_path / "seeds", golds, texts)
    perfect = [json.dumps(json.loads(p.read_text(encoding="utf-8"))) for p in golds.values()]
    assert _scored(shared, folder, perfect, "seeds")["contacts/seeds/contacts"] == pytest.approx(1.0)
    assert _scored(shared, folder, [], "seeds")["contacts/seeds/contacts"] == 0.0
