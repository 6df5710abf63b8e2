"""Names in news: found names held against 300 sentences of our own labelling (``labels/README.md``).

A name counts where its first and last character and its label (PER, ORG, LOC) are those of the gold. Run alone, with the errors:
``python -m evaluation.labels_names --shared DIR --errors``.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dragoman.language import Language
from dragoman.model import Sentence

LABELS = Path(__file__).parent / "labels" / "names" / "names.jsonl"
Name = tuple[int, int, str]


@dataclass(frozen=True)
class Labelled:
    """A sentence with its names, offsets within it."""

    id: str
    text: str
    names: frozenset[Name]


@cache
def _texts(path: Path) -> tuple[str, ...]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line)["text"] for line in lines)


def labelled(shared: Path, labels: Path = LABELS) -> Iterator[Labelled]:
    """The labelled sentences, their texts taken from ``shared/data``."""
    for line in labels.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = _texts(shared / "data" / row["file"])[row["record"]][row["start"] : row["end"]]
        yield Labelled(row["id"], text, frozenset((s, e, kind) for s, e, kind in row["names"]))


def names_in(sentence: Sentence) -> Iterator[Name]:
    """The names of a read sentence: first character, end, label."""
    start, end, kind = 0, 0, ""
    for token in sentence.tokens:
        continues = token.name == f"I-{kind}"
        if kind and not continues:
            yield start, end, kind
            kind = ""
        if token.name != "O" and not continues:
            start, kind = token.start, token.name[2:]
        end = token.end
    if kind:
        yield start, end, kind


def found_in(language: Language, text: str) -> frozenset[Name]:
    """The names that the language room finds in a text."""
    return frozenset(n for s in language.sentences(text) for n in names_in(s))


def f1(pairs: list[tuple[frozenset[Name], frozenset[Name]]], kind: str | None = None) -> float:
    """F1 of found names (first of each pair) against gold ones, of one label or of all."""
    of = [[{n for n in side if kind in (None, n[2])} for side in pair] for pair in pairs]
    both = sum(len(found) + len(gold) for found, gold in of)
    return 2 * sum(len(found & gold) for found, gold in of) / both if both else 1.0


def measure(shared: Path, extra: Path | None = None) -> dict[str, float | None]:
    """``language/news_names/f1``, and the same by label."""
    language = Language.open()
    pairs = [(found_in(language, s.text), s.names) for s in labelled(shared)]
    return {
        "language/news_names/f1": f1(pairs),
        **{f"language/news_names/{kind}/f1": f1(pairs, kind.upper()) for kind in ("per", "org", "loc")},
    }


def _show_errors(shared: Path) -> None:
    language, kinds = Language.open(), Counter[str]()
    for s in labelled(shared):
        found = found_in(language, s.text)
        for sign, side in (("-", s.names - found), ("+", found - s.names)):
            for start, end, kind in sorted(side):
                kinds[sign + kind] += 1
                print(f"{s.id} {sign} {kind} {s.text[start:end]!r} in {s.text[max(0, start - 40) : end + 40]!r}")
    print(dict(kinds))


def main() -> None:
    """Print the figures, and on request each name missed (-) or made up (+)."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--errors", action="store_true")
    asked = ask.parse_args()
    if asked.errors:
        _show_errors(asked.shared)
    for key, figure in measure(asked.shared).items():
        print(f"{key} {figure:.4f}")


if __name__ == "__main__":
    main()
