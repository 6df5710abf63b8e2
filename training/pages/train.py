"""Trains the line model and the models of the folds.

usage: python -m training.pages.train --shared DIR

Writes ``src/dragoman/pages/line_model.npz`` (trained on all pages: what ships) and ``training/pages/fold_models.npz`` (for each fold a model that saw
no page of the fold's domains: what ``evaluation/pages.py`` measures with). Needs lightgbm (4.x) beside the project's own libraries; takes some minutes
on one core. Only numbers of layout go in (``dragoman.pages.layout``), so no word of any page comes out.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import lightgbm  # type: ignore[import-not-found, unused-ignore]
import numpy as np
import numpy.typing as npt

from dragoman.pages.boosted import MOST_LEAVES, readable
from dragoman.pages.layout import Matrix, features
from dragoman.pages.stacking import second_look
from training.pages.data import FOLDS, Dump, fold_of, labelled, load

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "src" / "dragoman" / "pages" / "line_model.npz"
OF_FOLDS = Path(__file__).with_name("fold_models.npz")
#: Folds inside a training set, by which the second model learns from scores that the first gives to pages it has not seen.
INNER_FOLDS = 5
#: Small trees, few rows and columns each: 114 pages hold much noise.
SETTINGS: dict[str, Any] = {
    "n_estimators": 150,
    "learning_rate": 0.065,
    "num_leaves": 12,
    "min_child_samples": 15,
    "subsample": 0.7,
    "subsample_freq": 1,
    "colsample_bytree": 0.4,
    "reg_lambda": 5.0,
    "max_bin": 63,
    "n_jobs": 1,
    "verbose": -1,
    "random_state": 0,
}
#: What the second printing of a page weighs beside the first.
CLOSED_SHARE = 0.5
_BLANK_LINES = re.compile(r"\n\s*\n+")
#: Seeds whose trees are averaged into one forest.
SEEDS = (0,)


class Lines:
    """The labelled lines of one page; ``share`` scales their weight."""

    def __init__(self, dump: Dump, share: float = 1.0) -> None:
        units, body, weight = labelled(dump)
        shown = readable(units)
        self.body, self.weight = body[:shown], weight[:shown] * share
        self.table: Matrix = features(units[:shown])
        self.domain = dump.domain


def fit(tables: Sequence[Matrix], lines: Sequence[Lines]) -> list[Any]:
    """Boosted trees on the lines of some pages, one model a seed."""
    x = np.vstack(tables)
    y = np.concatenate([p.body for p in lines])
    w = np.concatenate([p.weight for p in lines])
    models = [lightgbm.LGBMClassifier(**{**SETTINGS, "random_state": seed}) for seed in SEEDS]
    for model in models:
        model.fit(x, y, sample_weight=w)
    return models


def scores(models: Sequence[Any], table: Matrix) -> npt.NDArray[np.float64]:
    """What the shipped forest will say: the chance of the mean vote."""
    votes = np.mean([m.predict(table, raw_score=True) for m in models], axis=0)
    chance: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-votes))
    return chance


def arrays_of(models: Sequence[Any], prefix: str) -> dict[str, npt.NDArray[Any]]:
    """The trees in the form of :class:`dragoman.pages.boosted.Forest`."""
    trees = [t["tree_structure"] for m in models for t in m.booster_.dump_model()["tree_info"]]
    feature = np.zeros((len(trees), MOST_LEAVES - 1), np.uint8)
    threshold = np.full((len(trees), MOST_LEAVES - 1), np.inf, np.float32)
    mask = np.full((len(trees), MOST_LEAVES - 1), 0xFFFF, np.uint16)
    value = np.zeros((len(trees), MOST_LEAVES + 1), np.float32)
    for t, root in enumerate(trees):
        questions = leaves = 0

        def walk(node: dict[str, Any], t: int = t) -> list[int]:
            nonlocal questions, leaves
            if "leaf_value" in node:
                value[t, leaves] = node["leaf_value"] / len(models)
                leaves += 1
                return [leaves - 1]
            k, questions = questions, questions + 1
            feature[t, k], threshold[t, k] = node["split_feature"], node["threshold"]
            left = walk(node["left_child"])
            mask[t, k] = 0xFFFF & ~sum(1 << leaf for leaf in left)
            return left + walk(node["right_child"])

        walk(root)
    used = int(np.isfinite(threshold).sum(axis=1).max())
    parts: dict[str, npt.NDArray[Any]] = {
        "feature": feature[:, :used],
        "threshold": threshold[:, :used],
        "mask": mask[:, :used],
        "value": value,
    }
    return {f"{prefix}_{name}": part for name, part in parts.items()}


def train(lines: Sequence[Lines], prefix: str = "") -> dict[str, npt.NDArray[Any]]:
    """Both models of some pages, as arrays."""
    tables = [p.table for p in lines]
    first = fit(tables, lines)
    unseen: list[npt.NDArray[np.float64] | None] = [None] * len(lines)
    for k in range(INNER_FOLDS):
        held = [i for i, p in enumerate(lines) if fold_of("inner " + p.domain, INNER_FOLDS) == k]
        rest = [i for i in range(len(lines)) if i not in set(held)]
        models = fit([tables[i] for i in rest], [lines[i] for i in rest])
        for i in held:
            unseen[i] = scores(models, tables[i])
    looks = [second_look(table, given) for table, given in zip(tables, unseen, strict=True) if given is not None]
    return arrays_of(first, f"{prefix}first") | arrays_of(fit(looks, lines), f"{prefix}second")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--into", type=Path, help="a folder for both files, instead of their places in the repository")
    args = parser.parse_args()
    dumps = load(args.shared)
    # Each page is learned twice: as it is, and as tools print it that drop blank lines.
    closed = [replace(d, text=_BLANK_LINES.sub("\n", d.text)) for d in dumps]
    lines = [*(Lines(d) for d in dumps), *(Lines(d, CLOSED_SHARE) for d in closed)]
    of_folds: dict[str, npt.NDArray[Any]] = {}
    for fold in range(FOLDS):
        of_folds |= train([p for p, d in zip(lines, [*dumps, *closed], strict=True) if d.fold != fold], f"fold{fold}_")
        print(f"fold {fold}: {sum(d.fold == fold for d in dumps)} pages held out", flush=True)
    np.savez_compressed(args.into / OF_FOLDS.name if args.into else OF_FOLDS, **of_folds)  # type: ignore[arg-type]
    np.savez_compressed(args.into / SHIPPED.name if args.into else SHIPPED, **train(lines))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
