"""How much to hear the encoder on ends of sentences: ``python -m training.segment.mix --data DIR --weights FILE --ends FILE``.

The two files are a segmenter and a head trained without the dev sets (:mod:`training.segment` and :mod:`training.segment.ends` without ``--all``).
On these is printed, for EWT and GUM, the F1 of sentences of each mix, and the share of words in doubt and in stretches that the encoder reads.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.language.network import SHIPPED, Network
from dragoman.language.segment import Segmenter
from dragoman.language.segment_second import Ends, opinions, stretches
from evaluation.segment import Span, documents
from training.segment.__main__ import MEASURED_ON

DOUBTS = (2.0, 3.0, 4.0, 6.0)
SMALL, LEAN = (0.5, 0.75, 1.0), (0.0, 0.5)
ENCODER = (0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Told:
    """One document: its words, the gold sentences, and both log odds of an end after each word."""

    words: list[Span]
    gold: set[Span]
    small: npt.NDArray[np.float64]
    encoder: npt.NDArray[np.float64]

    def sentences(self, odds: npt.NDArray[np.float64]) -> set[Span]:
        """The sentences that end where the odds say."""
        ends = [*np.flatnonzero(odds[:-1] > 0).tolist(), len(odds) - 1]
        starts = [0, *(end + 1 for end in ends[:-1])]
        return {(self.words[a][0], self.words[b][1]) for a, b in zip(starts, ends, strict=True)}


def told(path: Path, segmenter: Segmenter, ends: Ends) -> list[Told]:
    """Every document of a treebank."""
    found = []
    for text, gold in documents(path):
        line = segmenter.words(text)
        heard = opinions([[w.form for w in line]], np.ones(len(line), np.bool_), ends)
        spans = {(s[0][0], s[-1][1]) for s in gold}
        found.append(Told([(w.start, w.end) for w in line], spans, segmenter.odds([line]), heard))
    return found


def score(of: Iterable[Told], doubt: float, small: float, encoder: float, lean: float) -> float:
    """F1 of sentences with the encoder heard where the small models' log odds are within ``doubt`` of 0."""
    hits = all_ = 0
    for t in of:
        mixed = np.where(np.abs(t.small) < doubt, small * t.small + encoder * t.encoder + lean, t.small)
        said = t.sentences(mixed)
        hits += len(said & t.gold)
        all_ += len(said) + len(t.gold)
    return 2 * hits / all_


def cost(of: Iterable[Told], doubt: float) -> tuple[float, float]:
    """The share of words in doubt, and of words in stretches that have one in doubt."""
    unsure = read = words = 0
    for t in of:
        doubted = np.abs(t.small) < doubt
        doubted[-1] = False
        words += len(doubted)
        unsure += int(doubted.sum())
        read += sum(s.end - s.start for s in stretches(len(doubted)) if doubted[s.first : s.last].any())
    return unsure / words, read / words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--ends", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    given = parser.parse_args()
    with np.load(given.weights) as small, np.load(given.ends) as held:
        segmenter = Segmenter(dict(small))
        ends = Ends(dict(held), Network(given.model, threads=1, batch_words=512))
    sets = [told(given.data / f"{name}.conllu.gz", segmenter, ends) for name in MEASURED_ON]
    print("small models alone", *(f"{score(of, 0, 0, 0, 0):.4f}" for of in sets))
    for doubt in DOUBTS:
        shares = (f"{unsure:.3f} in doubt, {read:.3f} read" for unsure, read in (cost(of, doubt) for of in sets))
        print(f"doubt {doubt}:", *shares)
        for mix in product(SMALL, ENCODER, LEAN):
            print(f"  doubt {doubt} mix {mix}:", *(f"{score(of, doubt, *mix):.4f}" for of in sets), flush=True)


if __name__ == "__main__":
    main()
