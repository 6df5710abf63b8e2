"""Boosted trees, evaluated with numpy alone: what ``training/pages`` trains and ships as ``line_model.npz``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.pages.layout import Matrix, features
from dragoman.pages.lines import Unit
from dragoman.pages.stacking import second_look

__all__ = ["Forest", "LineModel"]

_FILE = Path(__file__).with_name("line_model.npz")
#: Lines evaluated at once: bounds the memory of a page with many lines.
_AT_ONCE = 2048


@dataclass(frozen=True)
class Forest:
    """Trees as flat arrays: node ``i`` asks ``row[feature[i]] <= threshold[i]`` and goes to ``left[i]`` or ``right[i]``; a leaf points to itself."""

    feature: npt.NDArray[np.int32]
    threshold: npt.NDArray[np.float32]
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    value: npt.NDArray[np.float32]
    roots: npt.NDArray[np.int32]
    depth: int

    def scores(self, table: Matrix) -> npt.NDArray[np.float64]:
        """The chance of each row, 0 to 1."""
        parts = [self._scores(table[k : k + _AT_ONCE]) for k in range(0, len(table), _AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _scores(self, table: Matrix) -> npt.NDArray[np.float64]:
        flat = np.ascontiguousarray(table).ravel()
        base = (np.arange(len(table), dtype=np.int32) * table.shape[1])[:, None]
        node = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        for _ in range(self.depth):
            goes_left = flat.take(base + self.feature.take(node)) <= self.threshold.take(node)
            node = np.where(goes_left, self.left.take(node), self.right.take(node))
        total = self.value.take(node).sum(axis=1, dtype=np.float64)
        chance: npt.NDArray[np.float64] = 1.0 / (1.0 + np.exp(-total))
        return chance

    @classmethod
    def from_arrays(cls, arrays: dict[str, npt.NDArray[np.generic]], prefix: str) -> Forest:
        """The forest whose arrays carry a prefix in an ``npz``."""
        names = ("feature", "threshold", "left", "right", "value", "roots")
        kinds = (np.int32, np.float32, np.int32, np.int32, np.float32, np.int32)
        parts = [arrays[f"{prefix}_{n}"].astype(k) for n, k in zip(names, kinds, strict=True)]
        return cls(*parts, depth=int(arrays[f"{prefix}_depth"]))  # type: ignore[call-overload]


@dataclass(frozen=True)
class LineModel:
    """Which units of a page belong to the article's body."""

    first: Forest
    second: Forest

    @classmethod
    def open(cls, file: Path | None = None) -> LineModel:
        """The shipped model, read once, or the one in ``file``."""
        return _open(file or _FILE)

    def scores(self, units: list[Unit]) -> npt.NDArray[np.float64]:
        """How likely each unit belongs to the body, 0 to 1; one number a unit."""
        if not units:
            return np.zeros(0)
        table = features(units)
        once = self.first.scores(table)
        return 0.5 * once + 0.5 * self.second.scores(second_look(table, once))


@lru_cache(maxsize=4)
def _open(file: Path) -> LineModel:
    with np.load(file) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return LineModel(Forest.from_arrays(arrays, "first"), Forest.from_arrays(arrays, "second"))
