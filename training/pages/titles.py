"""Fits the weights of the signs of titles (``dragoman.pages.title.WEIGHTS``) and prints them.

usage: python -m training.pages.titles --shared DIR

The right title of a dump is the one that the same page's HTML declares, where the dump prints it above its body; the model is a conditional
logit over the candidates of each page. Printed besides: the share of pages whose right title comes first when their domain is held out.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.pages.body import body_places, is_bare
from dragoman.pages.boosted import LineModel
from dragoman.pages.html import declared_facts
from dragoman.pages.lines import squeeze, units_of
from dragoman.pages.title import WEIGHTS, candidates
from training.pages.data import FOLDS, load

#: Ridge, step and number of steps of the gradient ascent.
RIDGE, STEP, STEPS = 0.02, 0.3, 1500
NAMES = [name for name in WEIGHTS if name != "shares_with_slug"]

Page = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], int]


def pages(shared: Path) -> list[Page]:
    """For each page the signs of its candidates, which of them is declared, and the page's fold."""
    with np.load(Path(__file__).with_name("fold_models.npz")) as stored:
        models = [LineModel.from_arrays(dict(stored), f"fold{k}_") for k in range(FOLDS)]
    with gzip.open(shared / "data" / "article_extraction_html.jsonl.gz", "rt", encoding="utf-8") as lines:
        sources = {row["id"]: row["html"] for row in map(json.loads, lines)}
    found = []
    for dump in load(shared):
        title, units = squeeze(declared_facts(sources[dump.id]).title or ""), units_of(dump.text)
        places = [] if is_bare(units) else body_places(units, models[dump.fold].scores(units))
        if not title or not places:
            continue
        rows = list(candidates(units, places[0], [units[i].text for i in places]))
        keys = [squeeze(units[i].text) for i, _ in rows]
        right = np.array([float(k == title or (len(k) > 12 and title.startswith(k))) for k in keys])
        if right.any():
            found.append((np.array([[signs[n] for n in NAMES] for _, signs in rows]), right, dump.fold))
    return found


def fit(given: Sequence[Page]) -> npt.NDArray[np.float64]:
    """The weights under which the declared titles are likeliest."""
    weights = np.zeros(len(NAMES))
    for _ in range(STEPS):
        slope = -RIDGE * len(given) * weights
        for table, right, _fold in given:
            # Distances count in tens, so that one step suits all signs.
            chance = np.exp(_scores(table, weights))
            chance /= chance.sum()
            wanted = chance * right
            slope += _scaled(table).T @ (wanted / wanted.sum() - chance)
        weights += STEP * slope / len(given)
    return weights


def _scaled(table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return table / np.where(np.array(NAMES) == "lines_above_body", 10.0, 1.0)


def _scores(table: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    scores: npt.NDArray[np.float64] = _scaled(table) @ weights
    return scores - scores.max()


def _first(given: Sequence[Page], weights: npt.NDArray[np.float64]) -> float:
    return sum(float(right[int(np.argmax(_scores(table, weights)))]) for table, right, _ in given)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    given = pages(parser.parse_args().shared)
    held = sum(_first([p for p in given if p[2] == k], fit([p for p in given if p[2] != k])) for k in range(FOLDS))
    print(f"{len(given)} pages, declared title first, domain held out: {held / len(given):.3f}")
    for name, weight in zip(
        NAMES, fit(given) / np.where(np.array(NAMES) == "lines_above_body", 10.0, 1.0), strict=True
    ):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
