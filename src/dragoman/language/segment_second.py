"""A second opinion on where sentences end: the encoder's, which knows words, asked only where the small models are in doubt.

It reads stretches of a line: overlapping ones where the line is long, placed by the line's length alone, so that what it says of a line hangs on
nothing else. Of each stretch it is heard on the middle, where it has read on both sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from dragoman.language.segment_network import Floats, convolved

Odds = npt.NDArray[np.float64]
#: Gives for each stretch (words) the log odds that a sentence ends after each of them; 0 where it has no opinion.
Judge = Callable[[Sequence[Sequence[str]]], Sequence[npt.NDArray[np.floating]]]

#: Words of a stretch, as in training; and those at either end that the neighbouring stretch speaks for.
WINDOW, MARGIN = 64, 12
#: Doubt is a log odds of the small models within this of 0. Wider bounds cost more and bring no more on the dev sets of EWT and GUM.
DOUBT = 4.0
#: The same in edited prose, where doubt is rarer and reading twice costs more than it brings: at 4 two words in five of interviews and statements
#: would be read twice, at 1 one in seven (one in a thousand of plain news).
DOUBT_IN_PROSE = 1.0
#: The small models' share of the sum, the encoder's, and what is added: best on the dev sets of EWT and GUM (``training.segment.second``).
MIX = (0.5, 1.0, 0.0)


#: Neighbours that the head's two layers look at, counted from the word; the last counts from the gap, 0 being the word before it.
NEAR, AROUND = (-2, -1, 0, 1, 2), (-2, -1, 0, 1, 2, 3)


class Encoder(Protocol):
    """What knows words: :class:`dragoman.language.network.Network`."""

    def vectors(self, sentences: Sequence[Sequence[str]]) -> Sequence[npt.NDArray[np.floating]]:
        """Each text's vectors [words, width]."""
        ...

    def fits(self, forms: Sequence[str]) -> bool:
        """Whether a text is one that the encoder can read."""
        ...


class Ends:
    """A small head on the encoder's vectors; ``held`` maps the names of :data:`PARTS` to its arrays as :mod:`training.segment.second` writes them."""

    PARTS = ("inner", "inner_bias", "near", "near_bias", "around", "around_bias", "last", "last_bias")

    def __init__(self, held: Mapping[str, npt.NDArray[np.generic]], encoder: Encoder) -> None:
        self._encoder = encoder
        self._held = {name: np.asarray(held[name], dtype=np.float32) for name in self.PARTS}

    def __call__(self, texts: Sequence[Sequence[str]]) -> list[Odds]:
        """The log odds after each word of stretches; zeros where a stretch is beyond the encoder's reach."""
        fitting = [n for n, text in enumerate(texts) if self._encoder.fits(text)]
        said = [np.zeros(len(text)) for text in texts]
        for n, vectors in zip(fitting, self._encoder.vectors([texts[n] for n in fitting]), strict=True):
            said[n] = self.odds(np.asarray(vectors, np.float32))
        return said

    def odds(self, vectors: Floats) -> Odds:
        """The log odds after each word of one stretch. Every product has one size, so that it is the same product every time."""
        held, count = self._held, len(vectors)
        padded = np.zeros((WINDOW, vectors.shape[1]), np.float32)
        padded[:count] = vectors
        word = (np.arange(WINDOW) < count).astype(np.float32)[:, None]
        inner = np.maximum(padded @ held["inner"] + held["inner_bias"], 0) * word
        near = np.maximum(convolved(inner, held["near"], NEAR) + held["near_bias"], 0) * word
        both = np.concatenate((inner, near), axis=1)
        settled = np.maximum(convolved(both, held["around"], AROUND) + held["around_bias"], 0)
        return np.asarray((settled @ held["last"] + held["last_bias"])[:count], np.float64)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words ``start`` to ``end`` of a line, of which those from ``first`` to before ``last`` are judged."""

    start: int
    end: int
    first: int
    last: int


def stretches(length: int) -> Iterator[Stretch]:
    """The stretches of a line of ``length`` words, every word judged in one of them."""
    start = first = 0
    while True:
        end = min(start + WINDOW, length)
        last = length if end == length else end - MARGIN
        yield Stretch(start, end, first, last)
        if end == length:
            return
        first = last
        start = last - MARGIN


def opinions(lines: Sequence[Sequence[str]], doubted: npt.NDArray[np.bool_], judge: Judge) -> Odds:
    """The judge's log odds after the words that are ``doubted`` (one flag for each word of all lines), 0 after all others."""
    said = np.zeros(len(doubted))
    asked: list[tuple[int, Stretch]] = []
    at = 0
    for line in lines:
        if doubted[at : at + len(line)].any():
            asked += [(at, s) for s in stretches(len(line)) if doubted[at + s.first : at + s.last].any()]
        at += len(line)
    begins = np.cumsum([0, *map(len, lines)]).tolist()
    which = np.searchsorted(begins, [at for at, _ in asked], side="right") - 1
    texts = [lines[n][s.start : s.end] for n, (_, s) in zip(which.tolist(), asked, strict=True)]
    for (at, s), odds in zip(asked, judge(texts), strict=True):
        said[at + s.first : at + s.last] = odds[s.first - s.start : s.last - s.start]
    return np.where(doubted, said, 0.0)
