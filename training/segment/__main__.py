"""Train the segmenter: ``python -m training.segment --data DIR`` writes ``src/dragoman/language/segment_weights.npz``.

DIR holds ``ewt_train.conllu.gz``, ``gum_train_free.conllu.gz`` and the two ``*_dev`` files, on which the figures printed are measured; with
``--all`` the two are learned from as well, with the settings found without them. Seeded, numpy only, one core, about four minutes.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dragoman.language.segment import Segmenter
from dragoman.language.segment_gaps import GAP_BITS
from dragoman.language.segment_words import CUT_BITS, LONGEST_CHUNK, abbreviations, context, features, places
from training.segment import linear, network
from training.segment.data import Document, Text, documents, joined, varied

TRAINED_ON = ("ewt_train", "gum_train_free")
MEASURED_ON = ("ewt_dev", "gum_dev")
SHIPPED = Path(__file__).parents[2] / "src" / "dragoman" / "language" / "segment_weights.npz"
#: A chunk seen a hundred times is not a hundred times as telling.
MOST_COUNTED = 8
#: Chances that a document is run together with the next, and that names and months in it are shortened.
JOIN, ABBREVIATE = 0.3, 0.3
#: Epochs of the network, and the weight of its two heads that are not kept, as measured on the dev sets.
EPOCHS, ASIDE = 8, 0.04
#: The network's share of both models' sum, and what is added to it, for the models err on the side of too few ends: measured on the dev sets. BARE is
#: added where no stop, quote or bracket stands before the gap and the line ends in one, as edited prose does.
SHARE, LEAN, BARE = 2 / 3, 0.5, 0.35

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
    gold = np.array([made for *_, made in seen], np.float32)
    return linear.pack(told, 1 << CUT_BITS), gold, np.minimum(np.array(list(seen.values()), np.float32), MOST_COUNTED)


def gap_samples(of: list[Text]) -> Samples:
    """Every gap between two words of a text: its features and whether a sentence ends there."""
    laid = network.lay(of, ({}, {}), gaps=True)
    judged = laid.judged[laid.places]
    ends = laid.ends[laid.places][judged]
    return laid.gaps[judged].astype(np.int32), ends, np.ones(len(ends), np.float32)


def small(weights: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], float]:
    """Weights as whole numbers, and how many of these make one."""
    scale = 127 / float(np.quantile(np.abs(weights[weights != 0]), 0.9995))
    return np.clip(np.round(weights * scale), -127, 127).astype(np.int8), scale


def tags_of(of: list[Document]) -> tuple[dict[str, int], dict[str, int]]:
    """Numbers for all parts of speech and relations."""
    rows = [row for document in of for sentence in document for row in sentence]
    upos, relations = sorted({row.upos for row in rows}), sorted({row.relation for row in rows})
    return {tag: n for n, tag in enumerate(upos)}, {tag: n for n, tag in enumerate(relations)}


def learned(of: list[Document], seed: int, epochs: int) -> dict[str, npt.NDArray[np.generic]]:
    """All that :class:`Segmenter` holds, trained on documents."""
    draw = random.Random(seed)

    def again() -> list[Text]:
        return varied(of, draw, join=JOIN, abbreviate=ABBREVIATE)

    held: dict[str, npt.NDArray[np.generic]] = {}
    plain = [joined([document]) for document in of]
    weights, bias = linear.train(
        *cut_samples(plain + again()), size=1 << CUT_BITS, epochs=20, seed=seed, rate=0.05, drop=0.2
    )
    held["cut_weights"], scale = small(weights)
    held["cut_bias"] = np.array(round(bias * scale))
    weights, gap_bias = linear.train(
        *gap_samples(again()), size=1 << GAP_BITS, epochs=6, seed=seed, rate=0.05, drop=0.3
    )
    held["gap_weights"], gap_scale = small(weights)
    tags = tags_of(of)
    net = network.Net(seed, len(tags[0]), len(tags[1]), ASIDE)
    network.train(
        net,
        lambda _: network.lay(again(), tags),
        epochs=epochs,
        seed=seed,
        told=lambda n, loss: print(f"epoch {n}: {loss:.5f}", flush=True),
    )
    held.update({f"net_{name}": part for name, part in network.whole(net, network.lay(plain, tags)).items()})
    bias = (1 - SHARE) * gap_bias + SHARE * float(net.parts["bias"][0])
    held["mix"] = np.array([(1 - SHARE) / gap_scale, SHARE, bias + LEAN, bias + BARE, gap_bias], np.float64)
    return held


def sentence_f1(segmenter: Segmenter, of: list[Document]) -> tuple[float, float]:
    """F1 of words and of sentences, each document a line."""
    hits, all_ = np.zeros(2), np.zeros(2)
    for text in (joined([document]) for document in of):
        made = segmenter.sentences(text.text)
        ends = np.cumsum(text.lengths).tolist()
        gold = {(text.spans[a][0], text.spans[b - 1][1]) for a, b in zip([0, *ends], ends, strict=False)}
        found = {(s[0].start, s[-1].end) for s in made}
        words = {(w.start, w.end) for s in made for w in s}
        hits += len(words & set(text.spans)), len(found & gold)
        all_ += len(words) + len(text.spans), len(found) + len(gold)
    words_f1, sentences_f1 = (2 * hits / all_).tolist()
    return words_f1, sentences_f1


def report(held: Mapping[str, npt.NDArray[np.generic]], read: Mapping[str, list[Document]]) -> None:
    segmenter = Segmenter(held)
    for name in MEASURED_ON:
        words, sentences = sentence_f1(segmenter, read[name])
        print(f"{name}: words {words:.4f} sentences {sentences:.4f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--all", action="store_true", help="learn from the dev sets as well: for the file that ships")
    given = parser.parse_args()
    read = {name: list(documents(given.data / f"{name}.conllu.gz")) for name in (*TRAINED_ON, *MEASURED_ON)}
    used = (*TRAINED_ON, *MEASURED_ON) if given.all else TRAINED_ON
    held = learned([document for name in used for document in read[name]], given.seed, given.epochs)
    np.savez_compressed(given.out, **held)  # type: ignore[arg-type]  # numpy's own keyword comes first
    print(f"{given.out}: {given.out.stat().st_size:,} bytes")
    report(held, read)


if __name__ == "__main__":
    main()
