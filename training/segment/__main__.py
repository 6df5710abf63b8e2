"""Train the segmenter: ``python -m training.segment --data DIR`` writes ``src/dragoman/language/segment_weights.npz``.

DIR holds ``ewt_train.conllu.gz``, ``gum_train_free.conllu.gz`` and the two ``*_dev`` files, on which the figures printed are measured.
Seeded, one core, about two minutes.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.language.segment import Word, laid_out
from dragoman.language.segment_gaps import GAP_BITS, columns, hashed
from dragoman.language.segment_words import CUT_BITS, LONGEST_CHUNK, abbreviations, context, features, places
from training.segment.data import Text, texts
from training.segment.linear import pack, train

TRAINED_ON = ("ewt_train", "gum_train_free")
MEASURED_ON = ("ewt_dev", "gum_dev")
SHIPPED = Path(__file__).parents[2] / "src" / "dragoman" / "language" / "segment_weights.npz"
#: A chunk seen a hundred times is not a hundred times as telling.
MOST_COUNTED = 8

Samples = tuple[npt.NDArray[np.int32], npt.NDArray[np.float32], npt.NDArray[np.float32]]


def cut_samples(of: list[Text]) -> Samples:
    """Every place where a chunk may be cut: its features, whether the treebank cuts there, and how often it is so."""
    seen: Counter[tuple[str, str, str, int, bool]] = Counter()
    for text in of:
        starts = {start for start, _ in text.spans}
        chunks = [(m.group(), m.start()) for m in re.finditer(r"\S+", text.text)]
        for number, (chunk, at) in enumerate(chunks):
            if chunk.isalpha() or len(chunk) > LONGEST_CHUNK:
                continue
            before = chunks[number - 1][0] if number else ""
            following = chunks[number + 1][0] if number + 1 < len(chunks) else ""
            for place in places(chunk):
                seen[*context(before, chunk, following), place, at + place in starts] += 1
    known = abbreviations()
    told = [features(chunk, place, before, following, known) for before, chunk, following, place, _ in seen]
    rows = pack(told, 1 << CUT_BITS)
    gold = np.array([made for *_, made in seen], np.float32)
    return rows, gold, np.minimum(np.array(list(seen.values()), np.float32), MOST_COUNTED)


def gap_samples(of: list[Text]) -> Samples:
    """Every gap between two words of a text: its features and whether a sentence ends there."""
    lines = [[Word(t.text[a:b], a, b) for a, b in t.spans] for t in of]
    table, forms, spaced, where = laid_out(lines, abbreviations())
    rows = hashed(columns(table, forms, spaced), where).T.astype(np.int32)
    ends = np.zeros(len(rows), np.float32)
    ends[np.cumsum([n for t in of for n in t.lengths]) - 1] = 1
    inside = np.ones(len(rows), np.bool_)
    inside[np.cumsum([len(t.spans) for t in of]) - 1] = False
    return rows[inside], ends[inside], np.ones(int(inside.sum()), np.float32)


def small(weights: npt.NDArray[np.float32], bias: float) -> tuple[npt.NDArray[np.int8], int]:
    """Weights and bias as whole numbers of one scale."""
    scale = 127 / float(np.quantile(np.abs(weights[weights != 0]), 0.9995))
    return np.clip(np.round(weights * scale), -127, 127).astype(np.int8), round(bias * scale)


def told(name: str, weights: npt.NDArray[np.int8], bias: int, samples: Samples) -> None:
    """Print how well the decisions are met."""
    rows, gold, counts = samples
    said = np.append(weights, np.int8(0))[rows].sum(axis=1, dtype=np.int32) + bias > 0
    hit = float(((said == 1) & (gold == 1)) @ counts)
    print(f"{name}: precision {hit / float(said @ counts):.4f} recall {hit / float(gold @ counts):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    read = {name: texts(given.data / f"{name}.conllu.gz") for name in (*TRAINED_ON, *MEASURED_ON)}
    learned = [text for name in TRAINED_ON for text in read[name]]
    cut = small(*train(*cut_samples(learned), size=1 << CUT_BITS, epochs=20, seed=given.seed, rate=0.05, drop=0.2))
    gap = small(*train(*gap_samples(learned), size=1 << GAP_BITS, epochs=6, seed=given.seed, rate=0.05, drop=0.3))
    for name in MEASURED_ON:
        told(f"{name} cuts", *cut, cut_samples(read[name]))
        told(f"{name} gaps", *gap, gap_samples(read[name]))
    np.savez_compressed(given.out, cut_weights=cut[0], cut_bias=cut[1], gap_weights=gap[0], gap_bias=gap[1])
    print(f"{given.out}: {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
