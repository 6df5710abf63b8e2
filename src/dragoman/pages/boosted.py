"""Boosted trees, evaluated with numpy alone: what ``training/pages`` trains and ships as ``line_model.npz``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.pages.comments import comments_begin
from dragoman.pages.layout import BASE, Matrix, features, window
from dragoman.pages.lines import Unit
from dragoman.pages.stacking import second_look

__all__ = ["MOST_LEAVES", "Forest", "LineModel", "readable"]

_FILE = Path(__file__).with_name("line_model.npz")
#: Lines evaluated at once: bounds the memory of a page with many lines.
_AT_ONCE = 2048


#: Leaves of a tree at most: one bit each in 16.
MOST_LEAVES = 16
#: For 16 bits the place of the lowest that is set.
_LOWEST = np.array([16] + [(b & -b).bit_length() - 1 for b in range(1, 1 << MOST_LEAVES)], np.uint8)


@dataclass(frozen=True)
class Forest:
    """Trees of at most 16 leaves, all questions of one tree side by side (QuickScorer, Lucchese et al. 2015).

    Node ``k`` of tree ``t`` asks ``row[feature[t, k]] > threshold[t, k]``; a yes takes away the leaves on its left side, that is the
    bits which ``mask[t, k]`` lacks. The first leaf that is left is the tree's, ``value[t, leaf]`` its vote. Questions that a small
    tree lacks have threshold infinity.
    """

    feature: npt.NDArray[np.intp]
    threshold: npt.NDArray[np.float32]
    mask: npt.NDArray[np.uint16]
    value: npt.NDArray[np.float32]

    def scores(self, table: Matrix) -> npt.NDArray[np.float64]:
        """The chance of each row, 0 to 1."""
        parts = [self._scores(table[k : k + _AT_ONCE]) for k in range(0, len(table), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _scores(self, table: Matrix) -> npt.NDArray[np.float64]:
        trees, questions = self.feature.shape
        columns = np.ascontiguousarray(table.T)
        taken, gone = ~self.mask, np.zeros((trees, len(table)), np.uint16)
        asked, lost = np.empty(gone.shape, np.float32), np.empty_like(gone)
        yes = np.empty(gone.shape, np.bool_)
        for k in range(questions):
            columns.take(self.feature[:, k], axis=0, out=asked, mode="clip")
            np.greater(asked, self.threshold[:, k, None], out=yes)
            # A product costs half of a choice between two values.
            np.multiply(yes, taken[:, k, None], out=lost)
            gone |= lost
        leaf = _LOWEST.take(~gone) + (np.arange(trees) * self.value.shape[1])[:, None]
        total = self.value.ravel().take(leaf).sum(axis=0, dtype=np.float64)
        chance: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-total))
        return chance

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], prefix: str) -> Forest:
        """The forest whose arrays carry a prefix in an ``npz``."""
        return cls(
            arrays[f"{prefix}_feature"].astype(np.intp),
            arrays[f"{prefix}_threshold"].astype(np.float32),
            arrays[f"{prefix}_mask"].astype(np.uint16),
            arrays[f"{prefix}_value"].astype(np.float32),
        )


@dataclass(frozen=True)
class LineModel:
    """Which units of a page belong to the article's body."""

    first: Forest
    second: Forest

    @classmethod
    def open(cls, file: Path | None = None) -> LineModel:
        """The shipped model, read once, or the one in ``file``."""
        return _open(file or _FILE)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], prefix: str = "") -> LineModel:
        """The model whose arrays stand in a mapping, their names after ``prefix``."""
        return cls(Forest.from_arrays(arrays, f"{prefix}first"), Forest.from_arrays(arrays, f"{prefix}second"))

    def scores(self, units: list[Unit]) -> npt.NDArray[np.float64]:
        """How likely each unit belongs to the body, 0 to 1; one number a unit."""
        found = np.zeros(len(units))
        read = readable(units)
        if read:
            table = features(units[:read])
            rows = np.flatnonzero(_near_text(table))
            once = np.zeros(read)
            once[rows] = self.first.scores(_only(table, rows))
            found[rows] = self.second.scores(_only(second_look(table, once), rows))
        return found


def _only(table: Matrix, rows: npt.NDArray[np.intp]) -> Matrix:
    """Some rows of a table; its columns stay in one piece of memory, which is how forests read it."""
    return table.T.take(rows, axis=1).T


def _near_text(table: Matrix) -> npt.NDArray[np.bool_]:
    """The lines worth a score: those with a sentence's end or 40 characters within six lines of them; the rest is menu, and most of a page."""
    chars, ends = table[:, BASE.index("chars")], table[:, BASE.index("ends_sentence")]
    return window(((chars >= 40) | (ends > 0)).astype(float), 6) > 0


def readable(units: list[Unit]) -> int:
    """How many of the units, from the first, the model is shown: all above the readers' comments."""
    begin = comments_begin(units)
    return begin if begin else len(units)


@lru_cache(maxsize=4)
def _open(file: Path) -> LineModel:
    with np.load(file) as stored:
        return LineModel.from_arrays(dict(stored))
