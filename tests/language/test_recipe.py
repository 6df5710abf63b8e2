"""The recipe of the language files: how rates go, and that its stages are there."""

from __future__ import annotations

import random
from importlib.util import find_spec
from pathlib import Path

import pytest

from training.__main__ import STAGES, command, ship
from training.language.recipe import LEAST, LEGS, Leg
from training.segment.data import Row, joined
from training.segment.stretches import UNKNOWN, pieces


@pytest.mark.parametrize("leg", LEGS)
def test_a_legs_rate_never_leaves_its_bounds_and_ends_at_the_least(leg: Leg) -> None:
    shares = [leg.share(step, 500) for step in range(500)]
    assert min(shares[10:]) >= LEAST and max(shares) <= leg.rate
    assert shares[-1] == LEAST


def test_a_rate_rises_while_it_warms_up_and_falls_after() -> None:
    shares = [Leg(1, 1.0, 0, warm=0.1).share(step, 200) for step in range(200)]
    assert shares[:20] == sorted(shares[:20]) and shares[20:] == sorted(shares[20:], reverse=True)


def test_every_stage_is_a_module_that_is_given_the_runs_folders(tmp_path: Path) -> None:
    for stage in STAGES:
        assert find_spec(stage.module)
        given = command(stage, tmp_path / "data", tmp_path / "encoder", tmp_path / "run")
        assert given[2] == stage.module and not any("{" in part for part in given)


def test_what_ships_is_copied_to_its_place(tmp_path: Path) -> None:
    run, package = tmp_path / "run", tmp_path / "package"
    (run / "weights").mkdir(parents=True)
    (package / "weights").mkdir(parents=True)
    for name in ("weights/pieces.txt", "segment_weights.npz", "segment_ends.npz", "cues.npz"):
        (run / name).write_text(name)
    ship(run, package)
    assert sorted(p.name for p in package.rglob("*.*")) == [
        "cues.npz", "pieces.txt", "segment_ends.npz", "segment_weights.npz",
    ]  # fmt: skip


def test_stretches_of_a_text_know_the_ends_inside_them_but_not_after_their_last_word() -> None:
    document = [[Row(f"{s}.{n}", True, "X", "dep", "O") for n in range(7)] for s in range(30)]
    shown = list(pieces([joined([document])], random.Random(2)))
    assert sum(len(forms) for forms, _ in shown) >= 7 * 30 - 2
    for forms, told in shown:
        assert told[-1] == UNKNOWN
        assert [form.endswith(".6") for form in forms[:-1]] == [bool(end) for end in told[:-1]]
