"""Runs the network that ships: words in, what each head says of them out.

Sentences go through in batches of equal padded size. A sentence is always padded to the same size, whatever else is
in its batch, each batch runs on one thread, and activations are quantised row by row: so what is said of a sentence
is the same, to the bit, alone or in any batch and at any number of threads. Several threads run several batches at a time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from dragoman.errors import LanguageError
from dragoman.language import lemmas
from dragoman.language.cues import SHIPPED as CUES
from dragoman.language.cues import Cues
from dragoman.language.decode import Names, heads_of, mapping, without_peoples
from dragoman.language.pieces import NO_LETTER, Pieces, case_class

Array = NDArray[Any]
T = TypeVar("T")

#: The encoder's positions: a sentence must fit into them, with a piece at either end.
POSITIONS = 512
#: Sizes are rounded up to multiples of this many pieces or words: coarser wastes padding, finer leaves batches small.
ROUND = 4
#: Pieces of one word at most: a line of a thousand dashes is one word too.
LONGEST_WORD = 48
HEADS = ("upos", "feats", "scripts", "names", "arcs", "labels", "vectors")
#: Parts of speech whose lemmas have no capitals, whatever the headline's case.
SMALL_LEMMAS = frozenset({"VERB", "AUX", "ADV", "ADP", "SCONJ", "CCONJ", "DET", "PART"})
SHIPPED = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the network says of one sentence, word by word; heads count from 0, -1 for the root; ``cues`` are the words in a cue of attribution."""

    upos: tuple[str, ...]
    feats: tuple[Mapping[str, str], ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[str, ...]
    cues: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence as numbers: its pieces with their case, and each word's first and last piece, the root's at place 0."""

    pieces: list[int]
    case: list[int]
    first: list[int]
    last: list[int]

    @property
    def size(self) -> tuple[int, int]:
        """Pieces and words, rounded up as they are padded."""
        return _rounded(len(self.pieces)), _rounded(len(self.first))


def _rounded(n: int) -> int:
    return min(POSITIONS, -(-n // ROUND) * ROUND)


class Network:
    """The network in its runtime. Safe to share between threads. ``cues`` is the file of the head on it; without one no word stands in a cue."""

    def __init__(self, folder: Path, *, threads: int, batch_words: int, cues: Path | None = CUES) -> None:
        try:
            text = (folder / "vocabularies.json").read_text(encoding="utf-8")
            pieces = (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")[:-1]
            vocabularies = json.loads(text)
            known = (line.split("\t") for line in (folder / "lemmas.tsv").read_text(encoding="utf-8").split("\n")[:-1])
            self._lemmas = {(form, upos): lemma for form, upos, lemma in known}
        except (OSError, ValueError) as error:
            raise LanguageError(
                f"The language network in {folder} cannot be read ({error}): install dragoman again."
            ) from error
        self._session = _session(folder / "network.onnx")
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="language") if threads > 1 else None
        self._batch_words = batch_words
        self.pieces = Pieces(pieces)
        self._upos: list[str] = vocabularies["upos"]
        self._feats = [mapping(f) for f in vocabularies["feats"]]
        self._scripts: list[str] = vocabularies["scripts"]
        self._labels: list[str] = vocabularies["labels"]
        self._root = self._labels.index("root")
        self._names = Names(vocabularies["names"])
        self._cues = Cues.open(cues) if cues else None

    def count(self, form: str) -> int:
        """How many of the encoder's positions a word takes."""
        return len(self._pieces(form))

    def _pieces(self, form: str) -> tuple[int, ...]:
        return self.pieces.of(form)[:LONGEST_WORD]

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
        """What the network says of each sentence (words that fit into the encoder's positions), in their order."""
        coded = [self._coded(s) for s in sentences]

        def one(group: list[int]) -> list[Parsed]:
            return self._batch([sentences[i] for i in group], [coded[i] for i in group])

        return self._each(coded, one)

    def vectors(self, sentences: Sequence[Sequence[str]]) -> list[Array]:
        """The encoder's vectors of each sentence's words [words, 384], mixed over its last layers, as 32-bit floats."""
        coded = [self._coded(s) for s in sentences]

        def one(group: list[int]) -> list[Array]:
            (vectors,) = self._run(("vectors",), [coded[i] for i in group])
            return [vectors[n, 1 : len(sentences[i]) + 1] for n, i in enumerate(group)]

        return self._each(coded, one)

    def fits(self, forms: Sequence[str]) -> bool:
        """Whether the words fit into the encoder's positions."""
        return sum(map(self.count, forms)) + 2 <= POSITIONS

    def _each(self, coded: Sequence[Coded], one: Callable[[list[int]], list[T]]) -> list[T]:
        """What ``one`` gives for groups of places, in the order of ``coded``."""
        groups = list(self._groups(coded))
        results = self._pool.map(one, groups) if self._pool else map(one, groups)
        found = dict(
            pair for group, made in zip(groups, results, strict=True) for pair in zip(group, made, strict=True)
        )
        return [found[i] for i in range(len(coded))]

    def _coded(self, forms: Sequence[str]) -> Coded:
        pieces, case, first, last = [self.pieces.start], [NO_LETTER], [0], [0]
        for form in forms:
            ids = self._pieces(form)
            first.append(len(pieces))
            pieces += ids
            case += [case_class(form)] * len(ids)
            last.append(len(pieces) - 1)
        pieces.append(self.pieces.end)
        case.append(NO_LETTER)
        if len(pieces) > POSITIONS:
            raise LanguageError(f"A sentence of {len(pieces)} word pieces is too long: cut it below {POSITIONS}.")
        return Coded(pieces, case, first, last)

    def _groups(self, coded: Sequence[Coded]) -> Iterator[list[int]]:
        """Places of sentences of the same size, about ``batch_words`` words together; long ones first, to even out threads."""
        by_size: dict[tuple[int, int], list[int]] = {}
        for i, c in enumerate(coded):
            if len(c.first) > 1:
                by_size.setdefault(c.size, []).append(i)
        for size in sorted(by_size, reverse=True):
            places = by_size[size]
            count = max(1, self._batch_words // size[0])
            for start in range(0, len(places), count):
                yield places[start : start + count]
        empty = [i for i, c in enumerate(coded) if len(c.first) == 1]
        if empty:
            yield empty

    def _run(self, outputs: Sequence[str], coded: Sequence[Coded]) -> list[Array]:
        pieces_long, words_long = coded[0].size
        batch = len(coded)
        feed = {
            "pieces": np.zeros((batch, pieces_long), np.int32),
            "case": np.full((batch, pieces_long), NO_LETTER, np.int32),
            "lengths": np.array([len(c.pieces) for c in coded], np.int32),
            "first": np.zeros((batch, words_long), np.int32),
            "last": np.zeros((batch, words_long), np.int32),
        }
        for b, c in enumerate(coded):
            feed["pieces"][b, : len(c.pieces)] = c.pieces
            feed["case"][b, : len(c.case)] = c.case
            feed["first"][b, : len(c.first)] = c.first
            feed["last"][b, : len(c.last)] = c.last
        # The graph finds a word's pieces in the rows of all sentences of the batch, one after the other.
        begins = (np.arange(batch, dtype=np.int32) * pieces_long)[:, None]
        feed["first"] += begins
        feed["last"] += begins
        found: list[Array] = self._session.run(list(outputs), feed)
        return found

    def _batch(self, sentences: Sequence[Sequence[str]], coded: Sequence[Coded]) -> list[Parsed]:
        if len(coded[0].first) == 1:
            return [Parsed((), (), (), (), (), (), ()) for _ in sentences]
        upos, feats, scripts, names, arcs, labels, vectors = self._run(HEADS, coded)
        found = []
        named = self._names.of(names[:, 1:], [len(s) for s in sentences])
        for b, forms in enumerate(sentences):
            n = len(forms)
            heads = heads_of(arcs[b, 1 : n + 1, : n + 1])
            at = labels[b, np.arange(1, n + 1), np.array(heads) + 1].tolist()
            # The root is the one word called root: the tree decides, the label follows.
            said = [self._root if h < 0 else x for h, x in zip(heads, at, strict=True)]
            edits = scripts[b, 1 : n + 1].tolist()
            parts = tuple(self._upos[x] for x in upos[b, 1 : n + 1].tolist())
            morphology = tuple(self._feats[x] for x in feats[b, 1 : n + 1].tolist())
            relations = tuple(self._labels[x] for x in said)
            cues = self._cues.of(vectors[b, 1 : n + 1], parts, heads, relations) if self._cues else (False,) * n
            found.append(Parsed(
                upos=parts, feats=morphology,
                lemmas=tuple(self._lemma(f, u, e) for f, u, e in zip(forms, parts, edits, strict=True)),
                heads=tuple(heads), deprels=relations,
                names=tuple(without_peoples(named[b], parts, morphology)), cues=cues,
            ))  # fmt: skip
        return found

    def _lemma(self, form: str, upos: str, edit: int) -> str:
        """The lemma that the treebanks give the word, else what the network makes of its form."""
        known = self._lemmas.get(lemmas.entry(form, upos))
        if known is not None:
            return known
        made = lemmas.apply(self._scripts[edit], form)
        return made.lower() if upos in SMALL_LEMMAS else made


def _session(path: Path) -> Any:
    """The runtime's session: one thread of its own, no memory kept for sizes that may not come again."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime raises its own unnamed classes
        raise LanguageError(
            f"The language network {path} cannot be loaded ({error}): install dragoman again."
        ) from error
