"""The second look: what the first scores of all lines say about each of them.

A line is judged twice. The first model sees the line and its neighbours; the second sees also how the first judged the whole page: where the block of
body lines seems to begin and end, how much of it stands above and below, how sure the neighbours are.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dragoman.pages.layout import Matrix, distance, shift, window

__all__ = ["second_look"]

_NEAR = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)
#: Words of one line that count towards the best block; beyond it one long line would outweigh its neighbours.
_MOST_WORDS = 60


def _best_block(gain: npt.NDArray[np.float64]) -> tuple[int, int]:
    """First and last line of the stretch with the largest sum (Kadane's algorithm)."""
    best, first, last, running, start = 0.0, 0, 0, 0.0, 0
    for i, value in enumerate(gain.tolist()):
        if running <= 0.0:
            running, start = 0.0, i
        running += value
        if running > best:
            best, first, last = running, start, i
    return first, last


def second_look(table: Matrix, scores: npt.NDArray[np.float64]) -> Matrix:
    """The features of the second model: those of the first, then what ``scores`` (one a line, 0 to 1) add."""
    n = len(scores)
    words = table[:, 1].astype(float)
    place = np.arange(n)
    mass = scores * words
    total = max(float(mass.sum()), 1e-9)
    first, last = _best_block((scores - 0.5) * np.minimum(words, _MOST_WORDS))
    above = np.concatenate(([0.0], np.maximum.accumulate(scores)[:-1]))
    below = np.concatenate((np.maximum.accumulate(scores[::-1])[::-1][1:], [0.0]))
    columns = [
        scores,
        *(shift(scores, k) for k in _NEAR),
        np.cumsum(mass) / total,
        np.cumsum(mass[::-1])[::-1] / total,
        window(scores, 3),
        window(scores, 8),
        window(mass, 5),
        above,
        below,
        (place >= first) & (place <= last),
        place - first,
        last - place,
        (place - first) / max(1, last - first),
        np.full(n, scores.max()),
        np.full(n, scores.mean()),
        np.full(n, total),
        distance(scores > 0.5),
        distance((scores > 0.5)[::-1])[::-1],
        distance(scores > 0.8),
        distance((scores > 0.8)[::-1])[::-1],
    ]
    stack = np.empty((table.shape[1] + len(columns), n), np.float32)
    stack[: table.shape[1]] = table.T
    for row, column in zip(stack[table.shape[1] :], columns, strict=True):
        row[:] = column
    return stack.T
