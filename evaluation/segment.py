"""How well raw text is cut into sentences and words: CoNLL-2018 scoring on EWT, GUM and PUD's news.

Each document (``# newdoc``) is handed over as one line, its sentences joined by single spaces. A word counts where its span is that of a gold word; a
sentence where it begins and ends as a gold one does. Run alone: ``python -m evaluation.segment --shared DIR``.
"""

from __future__ import annotations

import argparse
import gzip
from collections.abc import Iterator
from pathlib import Path

from dragoman.language.network import SHIPPED, Network
from dragoman.language.segment import Segmenter

SETS = {"ewt": "ewt_test", "gum": "gum_test", "pud_news": "pud_test_news"}
Span = tuple[int, int]


def documents(path: Path) -> Iterator[tuple[str, list[list[Span]]]]:
    """Each document's text with the spans of the words of its sentences."""
    text = ""
    sentences: list[list[Span]] = []
    words: list[Span] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if row[0].startswith("# newdoc"):
                if sentences:
                    yield text.rstrip(), sentences
                text, sentences = "", []
            elif row[0].isdigit():
                words.append((len(text), len(text) + len(row[1])))
                text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
            elif words:
                sentences.append(words)
                words = []
    if words:
        sentences.append(words)
    if sentences:
        yield text.rstrip(), sentences


def f1(found: set[Span], gold: set[Span]) -> tuple[int, int]:
    """The hits, and the sum of both sides' numbers: F1 is twice the first by the second."""
    return len(found & gold), len(found) + len(gold)


def score(segmenter: Segmenter, path: Path) -> tuple[float, float]:
    """F1 of words and of sentences over the documents of a file."""
    totals = [0, 0, 0, 0]
    for text, gold in documents(path):
        made = [[(w.start, w.end) for w in sentence] for sentence in segmenter.sentences(text)]
        words = f1({w for s in made for w in s}, {w for s in gold for w in s})
        sentences = f1({(s[0][0], s[-1][1]) for s in made}, {(s[0][0], s[-1][1]) for s in gold})
        totals = [a + b for a, b in zip(totals, (*words, *sentences), strict=True)]
    return 2 * totals[0] / totals[1], 2 * totals[2] / totals[3]


def measure(shared: Path, extra: Path | None = None, model: Path | None = None) -> dict[str, float | None]:
    """``language/SET/words_f1`` and ``language/SET/sentences_f1``, ``None`` where the treebank is not at hand."""
    segmenter = Segmenter.open(Network(model or SHIPPED, threads=1, batch_words=512))
    figures: dict[str, float | None] = {}
    for name, file in SETS.items():
        path = shared / "data" / "ud" / f"{file}.conllu.gz"
        words, sentences = score(segmenter, path) if path.exists() else (None, None)
        figures[f"language/{name}/words_f1"] = words
        figures[f"language/{name}/sentences_f1"] = sentences
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    for key, value in measure(parser.parse_args().shared).items():
        print(f"{key:34} {value if value is None else round(value, 4)}")
