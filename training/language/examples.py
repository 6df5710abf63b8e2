"""Sentences as numbers: the classes of every head, and batches of examples."""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.language.lemmas import script
from dragoman.language.pieces import Pieces, case_class
from training.language import data
from training.language.data import NAME_LABELS, Sentence

IGNORED = -100
#: A lemma script is a class of its own from this many uses on; rarer ones teach nothing.
RARE_SCRIPT = 3


@dataclass(frozen=True)
class Vocabularies:
    """The classes of every head, in the order of their numbers."""

    upos: tuple[str, ...]
    feats: tuple[str, ...]
    scripts: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...] = NAME_LABELS

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Vocabularies:
        """The classes seen in training, the commonest first."""

        def common(values: Iterator[str], least: int = 1) -> tuple[str, ...]:
            counts = Counter(values)
            return tuple(sorted((v for v, n in counts.items() if n >= least), key=lambda v: (-counts[v], v)))

        treed = [s for s in sentences if s.heads and s.origin != "transfers"]
        return cls(
            upos=common(u for s in treed for u in s.upos),
            feats=common(f for s in treed for f in s.feats),
            scripts=common(
                (script(x, m) for s in treed for f, m in zip(s.forms, s.lemmas, strict=True) for x in (f, f.upper())),
                RARE_SCRIPT,
            ),
            labels=common(x for s in treed for x in s.labels),
        )


@dataclass(frozen=True)
class Example:
    """A sentence as numbers."""

    pieces: tuple[int, ...]
    case: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]
    targets: dict[str, tuple[int, ...]]
    has_tree: bool

    @property
    def words(self) -> int:
        return len(self.first) - 1


class Encoder:
    """Turns sentences into examples."""

    def __init__(self, pieces: Pieces, vocabularies: Vocabularies) -> None:
        self.pieces, self.v = pieces, vocabularies
        self.index = {
            k: {x: n for n, x in enumerate(getattr(vocabularies, k))}
            for k in ("upos", "feats", "scripts", "labels", "names")
        }

    def example(self, s: Sentence) -> Example:
        """The sentence's pieces, and the classes to learn."""
        pieces, case, first, last = [self.pieces.start], [5], [0], [0]
        for form in s.forms:
            ids, shape = self.pieces.of(form), case_class(form)
            first.append(len(pieces))
            pieces += ids
            case += [shape] * len(ids)
            last.append(len(pieces) - 1)
        pieces.append(self.pieces.end)
        case.append(5)
        names = tuple(IGNORED if n is None else self.index["names"].get(n, 0) for n in s.names)
        blank = (IGNORED,) * len(s.forms)
        targets = {"names": names, "upos": blank, "feats": blank, "scripts": blank, "labels": blank, "heads": blank}
        if s.heads:
            scripts = (script(f, m) for f, m in zip(s.forms, s.lemmas, strict=True))
            targets |= {
                "upos": tuple(self.index["upos"].get(x, IGNORED) for x in s.upos),
                "feats": tuple(self.index["feats"].get(x, IGNORED) for x in s.feats),
                "scripts": tuple(self.index["scripts"].get(x, IGNORED) for x in scripts),
                "labels": tuple(self.index["labels"].get(x, IGNORED) for x in s.labels),
                "heads": s.heads,
            }
        return Example(tuple(pieces), tuple(case), tuple(first), tuple(last), targets, bool(s.heads))

    def shown(self, s: Sentence, dice: random.Random, args: argparse.Namespace) -> Example:
        """The sentence as one epoch of training shows it: now and then re-cased, reset, with words hidden."""
        changed = data.recased(data.reset(s, dice), dice, args.upper, args.title, args.lower)
        return masked(self.example(changed), args.hidden, self.pieces.unknown, dice)


def masked(example: Example, share: float, unknown: int, dice: random.Random) -> Example:
    """The example with a share of its words' first pieces unknown, so that the network leans on the words around."""
    hidden = {p for p in example.first[1:] if dice.random() < share}
    return replace(example, pieces=tuple(unknown if n in hidden else p for n, p in enumerate(example.pieces)))


def batches(examples: Sequence[Example], words: int, dice: random.Random | None) -> list[list[Example]]:
    """Batches of about ``words`` words of like length; shuffled where there are dice."""
    order = sorted(examples, key=lambda e: len(e.pieces) + (dice.random() * 4 if dice else 0))
    found: list[list[Example]] = []
    batch: list[Example] = []
    for e in order:
        if batch and (len(batch) + 1) * len(e.pieces) > words * 1.25:
            found.append(batch)
            batch = []
        batch.append(e)
    if batch:
        found.append(batch)
    if dice:
        dice.shuffle(found)
    return found
