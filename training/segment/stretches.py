"""Stretches of text as the head on the encoder learns from them; without the libraries of the training itself."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from dragoman.language.segment_second import WINDOW
from training.segment.data import Text

#: Which gaps a stretch knows: nothing is seen after its last word.
UNKNOWN = -1

Piece = tuple[tuple[str, ...], tuple[int, ...]]


def pieces(of: Sequence[Text], dice: random.Random) -> Iterator[Piece]:
    """Texts cut into stretches of :data:`WINDOW` words from a place that changes: words, and whether a sentence ends after each."""
    for text in of:
        forms = tuple(row.form for row in text.rows)
        ends = np.zeros(len(forms), np.intp)
        ends[np.cumsum(text.lengths) - 1] = 1
        bounds = [0, *range(dice.randrange(1, WINDOW + 1), len(forms), WINDOW), len(forms)]
        for a, b in pairwise(bounds):
            if b - a > 1:
                yield forms[a:b], (*ends[a : b - 1].tolist(), UNKNOWN)
