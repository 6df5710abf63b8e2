"""A small convolutional network over words that says how likely a sentence ends after each.

Each word is the sum of hashed embeddings; two convolutions over its neighbours, then one hidden layer over the words around the gap. Weights and
activations are whole numbers between -127 and 127, and no sum of products exceeds 2 ** 24, so that float32 holds every one exactly: the same
gap gets the same number in any batch, on any machine, whatever order the sums are made in.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dragoman.language.segment_gaps import VOID, Array, hashed, templates

#: Rows of the embedding table.
ROW_BITS = 14
#: Neighbours that each layer looks at, counted from the word; the last counts from the gap, 0 being the word before it.
NEAR = (-2, -1, 0, 1, 2)
FAR = (-8, -5, -2, -1, 0, 1, 2, 5, 8)
AROUND = (-3, -2, -1, 0, 1, 2, 3, 4)
#: How far from a gap the farthest word that counts may stand.
REACH = NEAR[-1] + FAR[-1] + AROUND[-1]
#: What each word is told of; every line is one embedding.
WORD_TEMPLATES = templates(
    """
    low0
    end0
    shape0
    kind0 case0 space0
    abbr0 kind0
    low0 case0
    since0 kind0
    until0 kind0
    straight0 bracket0 kind0
    length0 stops0 capitals0
    position0
    kind0
    """
)
LIMIT = 127
#: Rows in one product of matrices: so few that the numerics library does not wake its threads for it (OpenBLAS does from 2 ** 18 multiplications
#: on), which cost a busy machine more than they bring: 14,000 words a second instead of 100,000.
_FEW = 32
#: Words in one pass: bounds the memory.
_PASS = 4096

Floats = npt.NDArray[np.float32]


class Network:
    """The network in whole numbers; ``held`` maps the names of :data:`PARTS` to its arrays as :mod:`training.segment` writes them."""

    PARTS = ("rows", "near", "near_bias", "far", "far_bias", "around", "around_bias", "last", "scales")

    def __init__(self, held: Mapping[str, npt.NDArray[np.generic]]) -> None:
        self._rows = held["rows"]
        part = {name: np.asarray(held[name], dtype=np.float32) for name in self.PARTS[1:]}
        self._near, self._far, self._around = part["near"], part["far"], part["around"]
        self._biases = part["near_bias"], part["far_bias"], part["around_bias"]
        self._last = part["last"]
        self._scales = part["scales"]

    def odds(self, told: dict[str, Array], places: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
        """The log odds, without bias, of an end after the words at ``places`` (ascending), by the columns of all words."""
        made = np.zeros(len(places))
        total = len(told["kind"])
        for start in range(0, total, _PASS):
            low, high = np.searchsorted(places, (start, start + _PASS))
            if low == high:
                continue
            first, last = max(0, start - REACH), min(total, start + _PASS + REACH)
            hidden = self._hidden({name: column[first:last] for name, column in told.items()})
            made[low:high] = self._gaps(hidden, places[low:high] - first)
        return made

    def _hidden(self, told: dict[str, Array]) -> Floats:
        """Both convolutions' activations of each word, one row a word."""
        count = len(told["kind"])
        numbers = hashed(told, np.arange(count), WORD_TEMPLATES, ROW_BITS)
        word = (told["kind"] != VOID).astype(np.float32)[:, None]
        summed = np.zeros((count, self._rows.shape[1]), dtype=np.int32)
        for row in numbers:
            summed += self._rows[row]
        embedded = np.clip(summed, -LIMIT, LIMIT).astype(np.float32) * word
        near = self._settled(convolved(embedded, self._near, NEAR), 0) * word
        far = self._settled(convolved(near, self._far, FAR), 1) * word
        return np.concatenate((near, far), axis=1)

    def _gaps(self, hidden: Floats, places: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
        padded = np.pad(hidden, ((AROUND[-1], AROUND[-1]), (0, 0)))
        sums = np.zeros((len(places), self._around.shape[-1]), dtype=np.float32)
        for offset, weight in zip(AROUND, self._around, strict=True):
            sums += _times(padded[places + (AROUND[-1] + offset)], weight)
        settled = self._settled(sums, 2)
        return (settled @ self._last).astype(np.float64) * float(self._scales[3])

    def _settled(self, sums: Floats, layer: int) -> Floats:
        """Sums of products brought back to whole numbers from 0 to :data:`LIMIT`."""
        return np.asarray(np.clip(np.rint((sums + self._biases[layer]) * self._scales[layer]), 0, LIMIT), np.float32)


def _times(values: Floats, weight: Floats) -> Floats:
    """``values @ weight``, a few rows at a time."""
    count, width = values.shape
    full = count - count % _FEW
    made = np.empty((count, weight.shape[1]), dtype=np.float32)
    np.matmul(values[:full].reshape(-1, _FEW, width), weight, out=made[:full].reshape(-1, _FEW, weight.shape[1]))
    np.matmul(values[full:], weight, out=made[full:])
    return made


def convolved(values: Floats, weights: Floats, offsets: tuple[int, ...]) -> Floats:
    """The sum over ``offsets`` of the neighbours' values, each by its own matrix of ``weights``; beyond the edges stands nothing."""
    edge = offsets[-1]
    count = len(values)
    padded = np.pad(values, ((edge, edge), (0, 0)))
    made = np.zeros((count, weights.shape[-1]), dtype=np.float32)
    for offset, weight in zip(offsets, weights, strict=True):
        made += _times(padded[edge + offset : edge + offset + count], weight)
    return made
