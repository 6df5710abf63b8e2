"""From text to sentences of words, as UD English (EWT, GUM) has them, with offsets into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dragoman.errors import LanguageError
from dragoman.language.segment_gaps import GAP_BITS, GAP_TEMPLATES, MARGIN, STOPPING, columns, describe, hashed
from dragoman.language.segment_network import Network
from dragoman.language.segment_second import DOUBT, DOUBT_IN_PROSE, MIX, Encoder, Ends, Judge, opinions
from dragoman.language.segment_words import Cutter, abbreviations

_CHUNK = re.compile(r"\S+")
#: What ends a line, and with it a sentence: as ``str.splitlines`` has it, without the three separators that stand inside records.
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
#: Words judged in one go: bounds the memory of the feature arrays.
_BLOCK = 8192
#: The network is asked only where the linear model's log odds of an end are above this: elsewhere it has not been seen to say otherwise.
WORTH = -8.0


#: Marks that close a sentence of edited prose, also inside quotation marks and brackets.
CLOSING = frozenset(".?!:;…\"'”’»)]}*—–-")
#: Those after which edited prose asks the encoder: not after a colon, which ties a speech to its speaker, but where the
#: web text that it learned from breaks off.
ASKED = CLOSING - {":", ";"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where it stands: ``text[start:end] == form``."""

    form: str
    start: int
    end: int


class Segmenter:
    """Cuts text into sentences of words. Holds no state that changes what it gives; :meth:`open` reads the shipped weights."""

    def __init__(self, held: Mapping[str, npt.NDArray[np.generic]], judge: Judge | None = None) -> None:
        """``held`` are the arrays of the weights file, as :mod:`training.segment` writes it; ``judge`` is asked in doubt."""
        self._judge = judge
        self._known = abbreviations()
        self._cutter = Cutter(held["cut_weights"], int(held["cut_bias"]), self._known)
        self._gap_weights = held["gap_weights"]
        self._network = Network({name: held[f"net_{name}"] for name in Network.PARTS})
        linear, network, lean, bare, bias = np.asarray(held["mix"], dtype=np.float64).tolist()
        self._mix = (linear, network, lean, bare)
        self._least = (WORTH - bias) * (1 - network) / linear

    @classmethod
    def open(cls, encoder: Encoder | None = None) -> Segmenter:
        """The segmenter that ships; with an ``encoder`` it asks the head on top of that where it is in doubt.

        Raises :class:`LanguageError` if its files are missing or broken.
        """
        try:
            return cls(_read("segment_weights.npz"), Ends(_read("segment_ends.npz"), encoder) if encoder else None)
        except (OSError, KeyError, ValueError) as error:
            raise LanguageError("The segmenter's weights are missing or broken: install dragoman again.") from error

    def sentences(self, text: str, *, prose: bool = False) -> list[list[Word]]:
        """The sentences of a text, each a list of its words, in order.

        Nothing but white space stands outside the words; the end of a line ends a sentence; sentences are never empty. In
        ``prose`` (edited text, as news is) a sentence inside a line ends with a closing mark; without it posts and notes that
        leave their marks out are cut too.
        """
        found: list[list[Word]] = []
        for block in self._blocks(text):
            found.extend(self._judged(block, prose))
        return _closed(text, found) if prose else found

    def words(self, text: str, start: int = 0, end: int | None = None) -> list[Word]:
        """The words of one line of the text, without regard to sentences."""
        chunks = [(m.group(), m.start()) for m in _CHUNK.finditer(text, start, len(text) if end is None else end)]
        cuts = self._cutter.cuts
        made: list[Word] = []
        before = ""
        for number, (chunk, at) in enumerate(chunks):
            following = chunks[number + 1][0] if number + 1 < len(chunks) else ""
            places = cuts(before, chunk, following)
            before = chunk
            if not places:
                made.append(Word(chunk, at, at + len(chunk)))
                continue
            last = 0
            for place in (*places, len(chunk)):
                made.append(Word(chunk[last:place], at + last, at + place))
                last = place
        return made

    def _blocks(self, text: str) -> Iterator[list[list[Word]]]:
        """Lines of words, gathered into blocks of some thousand words."""
        block: list[list[Word]] = []
        size = 0
        for line in _LINE.finditer(text):
            words = self.words(text, line.start(), line.end())
            if words:
                block.append(words)
                size += len(words)
            if size >= _BLOCK:
                yield block
                block, size = [], 0
        if block:
            yield block

    def _judged(self, lines: list[list[Word]], prose: bool) -> Iterator[list[Word]]:
        """The lines cut into sentences."""
        odds = self.odds(lines)
        if self._judge:
            odds = self._heard(lines, odds, prose, self._judge)
        ends = odds > 0
        at = 0
        for line in lines:
            start = 0
            for end in np.nonzero(ends[at : at + len(line) - 1])[0].tolist():
                yield line[start : end + 1]
                start = end + 1
            yield line[start:]
            at += len(line)

    @staticmethod
    def _heard(
        lines: list[list[Word]], odds: npt.NDArray[np.float64], prose: bool, judge: Judge
    ) -> npt.NDArray[np.float64]:
        """The log odds with the judge's opinion in them where they are in doubt."""
        doubted = np.abs(odds) < (DOUBT_IN_PROSE if prose else DOUBT)
        doubted[np.cumsum([len(line) for line in lines]) - 1] = False
        if prose:  # where no mark closes, no sentence ends, whatever anybody says
            doubted &= np.array([word.form[-1] in ASKED for line in lines for word in line])
            # Within a run without white space (an address) edited prose has no ends either.
            doubted &= np.array(
                [gap for line in lines for gap in (*(a.end != b.start for a, b in pairwise(line)), False)]
            )
        told = opinions([[word.form for word in line] for line in lines], doubted, judge)
        small, encoder, lean = MIX
        return np.where(doubted, small * odds + encoder * told + lean, odds)

    def odds(self, lines: list[list[Word]]) -> npt.NDArray[np.float64]:
        """For each word of the lines, one after the other, the log odds by the small models that a sentence ends after it."""
        table, forms, spaced, places = laid_out(lines, self._known)
        told = columns(table, forms, spaced)
        sums = np.empty(len(places), np.int32)
        for at in range(0, len(places), _BLOCK):
            rows = hashed(told, places[at : at + _BLOCK], GAP_TEMPLATES, GAP_BITS)
            sums[at : at + _BLOCK] = self._gap_weights[rows].sum(axis=0, dtype=np.int32)
        linear, network, lean, bare = self._mix
        lengths = [len(line) for line in lines]
        stopped = np.isin(told["kind"][places], STOPPING)
        edited = np.repeat(stopped[np.cumsum(lengths) - 1], lengths)
        made = np.full(len(places), WORTH)
        asked = np.flatnonzero(sums > self._least)
        odds = self._network.odds(told, places[asked])
        made[asked] = sums[asked] * linear + odds * network + np.where(edited & ~stopped, bare, lean)[asked]
        return made


def _read(name: str) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of a file of the package."""
    with files("dragoman.language").joinpath(name).open("rb") as file, np.load(file) as held:
        return dict(held)


def laid_out(
    lines: list[list[Word]], known: Mapping[str, str]
) -> tuple[list[tuple[int, ...]], npt.NDArray[np.intp], npt.NDArray[np.bool_], npt.NDArray[np.intp]]:
    """Lines as arrays with ``MARGIN`` empty words around each: table of forms, form numbers, white space after, places of the words."""
    numbers: dict[str, int] = {"": 0}
    forms = [0] * MARGIN
    spaced = [False] * MARGIN
    places: list[int] = []
    for line in lines:
        first = len(forms)
        forms.extend(numbers.setdefault(word.form, len(numbers)) for word in line)
        spaced.extend(a.end != b.start for a, b in pairwise(line))
        spaced.append(True)
        places.extend(range(first, len(forms)))
        forms.extend([0] * MARGIN)
        spaced.extend([False] * MARGIN)
    table = [describe(form, known) for form in numbers]
    return table, np.array(forms, np.intp), np.array(spaced, np.bool_), np.array(places, np.intp)


def _closed(text: str, sentences: list[list[Word]]) -> list[list[Word]]:
    """The sentences, those that end inside a line without a closing mark joined to the next.

    Of 50 such ends read in Wikinews and State Department texts most stood inside a name or after a title.
    """
    joined: list[list[Word]] = []
    for sentence in sentences:
        last = joined[-1] if joined else None
        if last and last[-1].form[-1] not in CLOSING and "\n" not in text[last[-1].end : sentence[0].start]:
            last.extend(sentence)
        else:
            joined.append(list(sentence))
    return joined
