"""What a line looks like: the features of the line model.

Only layout is looked at: lengths, punctuation, position, repetition, and the share of English function words. No word of any page is kept, so
the model that is trained on these numbers holds nothing of the pages it was trained on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.pages.lines import Unit, holding

__all__ = ["BASE", "STOP_WORDS", "Matrix", "distance", "features", "names", "shift", "window"]

Matrix = npt.NDArray[np.float32]

#: English function words (closed classes): what prose is held together by and menus lack.
STOP_WORDS = frozenset(
    """a about after again against all also although am among an and any are as at back be became because been before being between both but by
    came can could did do does doing down during each even every few first for from further get got had has have having he her here hers him his
    how however i if in into is it its itself just last like made many may me might more most much must my near no nor not now of off on one only or
    other our out over own per said same say says she should since so some still such than that the their them then there these they this those
    though through to too toward under until up upon us very was we well were what when where whether which while who whom whose why will with
    within without would yet you your""".split()  # noqa: SIM905 - a list of 150 quoted words would be harder to read
)
#: An apostrophe within a word parts nothing.
_APOSTROPHES = (ord("'"), ord("’"))
_MONTHS = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
#: Dates that begin with a number (whose digit comes first, for a search looks for it alone), and those that begin with a month.
_NUMBER_DATE = re.compile(
    r"\d(?<=\b.)(?:\d?[/.]\d{1,2}[/.]\d{2,4}|\d{3}-\d{2}-\d{2}"
    rf"|\d? {_MONTHS}|\d* (?:min|hour|day|week|month|year)s? ago)",
    re.IGNORECASE,
)
_MONTH_DATE = re.compile(rf"\b{_MONTHS}[a-z]*\.? \d{{1,2}}\b", re.IGNORECASE)
_LETTER_THEN_NUMBER = re.compile(r" \d(?<=[\w.] .)")
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
#: Capital words, then a bracket or a dash, then a sentence: the shape of a dateline.
_DATELINE = re.compile(
    r"(?:[A-Z][\w.'’-]*[, ]{1,2}){0,6}(?:\([A-Z][\w /]{1,30}\)\s?[-–—:]|[A-Z]{3,}[,.)]*\s?(?:--|[–—]|- ))"
)
_BY = ("by ", "from ")
#: Signs that open a quotation, and the full stop's number.
_OPENING = frozenset("\"'“‘«")
_POINT = ord(".")
_LINE_END, _BLANK = ord("\n"), ord(" ")

BASE = (
    "chars",
    "words",
    "word_length",
    "stop_share",
    "stops",
    "ends_sentence",
    "ends_colon",
    "ends_dots",
    "ends_alnum",
    "commas",
    "sentences",
    "quotes",
    "digit_share",
    "capital_share",
    "upper_share",
    "symbols",
    "has_date",
    "has_clock",
    "starts_lower",
    "starts_quote",
    "starts_symbol",
    "starts_digit",
    "brackets",
    "question",
    "glued",
    "dateline",
    "starts_by",
    "gap_before",
    "gap_after",
    "copies",
    "is_copy",
    "cohesion",
    "cohesion_words",
    "fit_near",
    "fit_below",
    "fit_below_words",
)


#: Kinds of characters, one bit each.
_UPPER, _LOWER, _DIGIT, _SYMBOL, _QUOTE, _WORD_SIGN, _STOP, _CLOSER = (1 << k for k in range(8))
#: Characters beyond this code point are taken as letters without case (CJK and the like, and pictures).
_TABLE_END = 0x3000


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """The kinds of every character below ``_TABLE_END``; the last entry stands for all others."""
    table = np.zeros(_TABLE_END + 1, np.uint8)
    for code in range(_TABLE_END):
        char = chr(code)
        kind = _UPPER if char.isupper() else _LOWER if char.islower() else _DIGIT if char.isdigit() else 0
        kind |= _WORD_SIGN if char.isalnum() else 0
        kind |= _SYMBOL if char in "|>»›•·▸→#@©&/\\+…" else 0
        kind |= _QUOTE if char in '"“”' else 0
        kind |= _STOP if char in ".!?…" else 0
        kind |= _CLOSER if char in "\"'”’»)]" else 0
        table[code] = kind
    table[_TABLE_END] = _WORD_SIGN
    return table


def _codes(texts: list[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]:
    """The numbers of the characters of all lines, a line end (10) behind each, and the places of the line ends."""
    whole = "\n".join(texts) + "\n"
    codes = np.frombuffer(whole.encode("utf-32-le", "replace"), np.uint32)
    return codes, np.flatnonzero(codes == 10)


def _counted(codes: npt.NDArray[np.uint32], ends: npt.NDArray[np.intp]) -> dict[str, npt.NDArray[np.float64]]:
    """What can be counted character by character, for all lines at once."""
    kind = _kinds()[np.minimum(codes, _TABLE_END)]
    starts = np.concatenate(([0], ends[:-1] + 1))

    def per_line(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        total: npt.NDArray[np.float64] = np.add.reduceat(marked.astype(np.int32), starts).astype(np.float64)
        return total

    def has(bit: int) -> npt.NDArray[np.bool_]:
        return (kind & bit) > 0

    upper, lower, digit, sign, stop = (has(bit) for bit in (_UPPER, _LOWER, _DIGIT, _WORD_SIGN, _STOP))
    before = np.concatenate(([False], sign[:-1]))
    next_one, next_two = np.append(codes[1:], 0), np.append(lower[1:], False)
    glued = np.concatenate(([False], (lower | digit | stop)[:-1])) & upper & next_two & np.append(next_two[1:], False)
    # The last character that closes nothing: where a sentence ends, its stop.
    last = ends - 1
    for _ in range(3):
        last = np.where(has(_CLOSER)[last] & (last > starts), last - 1, last)
    return {
        "sign_starts": per_line(sign & ~before),
        "ends_sentence": stop[last].astype(float),
        "commas": per_line(codes == 44),
        "sentences": per_line(stop & (next_one == 32)),
        "quotes": per_line(has(_QUOTE)),
        "digits": per_line(digit),
        "capitals": per_line((upper | digit) & ~before),
        "uppers": per_line(upper),
        "lowers": per_line(lower),
        "symbols": per_line(has(_SYMBOL)),
        "brackets": per_line(codes == 40),
        "glued": per_line(glued),
    }


def _ends_dots(codes: npt.NDArray[np.uint32], ends: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Whether each line ends with "…" or three points (what stands before a shorter line is a line end, and no point)."""
    three = (codes[ends - 1] == _POINT) & (codes[ends - 2] == _POINT) & (codes[ends - 3] == _POINT)
    found: npt.NDArray[np.bool_] = three | (codes[ends - 1] == ord("…"))
    return found


def _line_rows(units: list[Unit], numbered: _Numbered, keys: list[str]) -> list[npt.NDArray[Any]]:
    """The numbers of each line by itself (the first 27 of BASE), a column each; ``keys`` are the words of each line with a blank between them."""
    texts = [u.text for u in units]
    codes, ends = _codes(texts)
    counted = _counted(codes, ends)
    starts = np.concatenate(([0], ends[:-1] + 1))
    n = (ends - starts).astype(float)
    w, stops = numbered.size.astype(float), numbered.stops()
    length = np.array([len(key) for key in keys], float) - np.maximum(w - 1.0, 0.0)
    some = np.maximum(w, 1.0)
    first, last = [t[0] for t in texts], [t[-1] for t in texts]
    opening, closing = codes[starts], codes[ends - 1]
    quoted = _of_each(_OPENING.__contains__, first)
    capital = _of_each(str.isupper, first)
    digits = counted["digits"]
    short = n < 400
    return [
        np.minimum(n, 2000),
        np.minimum(w, 300),
        length / some,
        stops / some,
        np.minimum(stops, 100),
        counted["ends_sentence"],
        closing == ord(":"),
        _ends_dots(codes, ends),
        _of_each(str.isalnum, last),
        counted["commas"],
        counted["sentences"],
        counted["quotes"],
        digits / n,
        counted["capitals"] / some,
        (counted["uppers"] > 0) & (counted["lowers"] == 0),
        counted["symbols"],
        _dated(units, np.flatnonzero((digits > 0) & short).tolist()),
        _matching(_CLOCK.search, texts, (digits > 2) & short),
        _of_each(str.islower, first),
        quoted,
        ~(_of_each(str.isalnum, first) | quoted | (opening == ord("(")) | (opening == ord("["))),
        _of_each(str.isdigit, first),
        counted["brackets"],
        closing == ord("?"),
        np.where(n > 20, counted["glued"], 0.0),
        _matching(_DATELINE.match, texts, capital & (n > 40)),
        (n < 100) & (w > 1) & np.array([key.startswith(_BY) for key in keys]),
    ]


def _of_each(told: Callable[[str], bool], signs: list[str]) -> npt.NDArray[np.bool_]:
    return np.fromiter(map(told, signs), np.bool_, len(signs))


def _dated(units: list[Unit], asked: list[int]) -> npt.NDArray[np.bool_]:
    """Which of the lines that are asked print a date."""
    found = np.zeros(len(units), np.bool_)
    found[holding(_NUMBER_DATE, units, asked)] = True
    by_month = holding(_LETTER_THEN_NUMBER, units, [i for i in asked if not found[i]])
    found[[i for i in by_month if _MONTH_DATE.search(units[i].text)]] = True
    return found


def _matching(
    match: Callable[[str], re.Match[str] | None], texts: list[str], asked: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Which of the lines that are asked match."""
    found = np.zeros(len(texts), np.bool_)
    for i in np.flatnonzero(asked).tolist():
        found[i] = match(texts[i]) is not None
    return found


@cache
def names() -> tuple[str, ...]:
    """The names of the columns of :func:`features`."""
    near = [f"{name}@{k:+d}" for k in _NEAR for name in _SHARED]
    return (*BASE, *near, *_POSITION)


#: Neighbours whose numbers a line also sees, and which of them.
_NEAR = (-3, -2, -1, 1, 2, 3)
_SHARED = (
    "chars",
    "words",
    "stop_share",
    "ends_sentence",
    "capital_share",
    "gap_before",
    "cohesion",
    "fit_near",
    "copies",
)
_POSITION = (
    "place",
    "place_by_chars",
    "lines",
    "mean_chars",
    "since_long",
    "until_long",
    "long_above",
    "long_below",
    "density_3",
    "density_8",
    "ends_8",
    "since_prose",
    "until_prose",
    "block_lines",
    "block_chars",
    "block_prose",
    "since_date",
    "until_date",
    "dates_6",
    "since_by",
    "run_chars",
    "run_share",
    "run_lines",
    "run_rank",
    "unevenness",
    "since_heading",
    "fit_5",
)


@dataclass(frozen=True)
class _Numbered:
    """A page's words by number: ``word`` of each place in the text and the ``line`` it stands in; ``size`` counts the words of each line."""

    words: list[str]
    word: npt.NDArray[np.int64]
    line: npt.NDArray[np.int64]
    size: npt.NDArray[np.int64]

    @classmethod
    def of(cls, rows: list[list[str]]) -> _Numbered:
        """The words of the lines, each numbered where it first stands."""
        words = list(chain.from_iterable(rows))
        number = {w: k for k, w in enumerate(dict.fromkeys(words))}
        size = np.fromiter(map(len, rows), np.int64, len(rows))
        word = np.fromiter(map(number.__getitem__, words), np.int64, len(words))
        return cls(list(number), word, np.repeat(np.arange(len(rows)), size), size)

    def stops(self) -> npt.NDArray[np.float64]:
        """How many words of each line are function words."""
        stop = np.fromiter(map(STOP_WORDS.__contains__, self.words), np.bool_, len(self.words))
        return np.bincount(self.line[stop[self.word]], minlength=len(self.size)).astype(float)


@dataclass(frozen=True)
class _Content:
    """The content words of a page: words of four letters at least that are no function words.

    ``word`` and ``line`` are pairs, each word of each line once, in the order of the words' numbers and then of the lines; ``size`` counts the words
    of each line.
    """

    word: npt.NDArray[np.int64]
    line: npt.NDArray[np.int64]
    size: npt.NDArray[np.int64]

    def per_line(self, marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """How many pairs of each line are marked."""
        return np.bincount(self.line[marked], minlength=len(self.size)).astype(float)


def _content(numbered: _Numbered) -> _Content:
    lines = len(numbered.size)
    telling = np.fromiter((len(w) > 3 and w not in STOP_WORDS for w in numbered.words), np.bool_, len(numbered.words))
    kept = telling[numbered.word]
    pairs = np.sort(numbered.word[kept] * lines + numbered.line[kept])
    first = np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]
    word, line = np.divmod(pairs[first], lines)
    return _Content(word, line, np.bincount(line, minlength=lines))


def _cohesion(content: _Content, chars: npt.NDArray[np.float64]) -> list[npt.NDArray[np.float64]]:
    """For each line the share of its content words that long lines elsewhere in the page use too, and how many they are.

    Captions, headings and short quotations of a story share its names; menus and headlines of other stories do not.
    """
    long = (chars >= 120)[content.line]
    used = np.bincount(content.word[long], minlength=int(content.word[-1]) + 1 if len(content.word) else 0)
    # A long line uses each of its words itself: another must, too.
    hits = content.per_line(used[content.word] > long)
    return [hits / np.maximum(content.size, 1), np.minimum(hits, 20)]


#: Lines from this length on are what neighbours are compared with; how many of them on each side.
_TEXTUAL, _ASIDE = 60, 3


def _fit(content: _Content, chars: npt.NDArray[np.float64]) -> list[npt.NDArray[np.float64]]:
    """For each line how much of its content the nearest long lines share: those on both sides, those below (share and number).

    A report's paragraphs share words with the next ones, and its title with the first; the teasers of a list tell of something else each.
    """
    textual = (chars >= _TEXTUAL).astype(np.int64)
    upto = np.cumsum(textual)
    rank = (upto - textual)[content.line]
    pairs, place = len(rank), np.arange(len(rank))
    long = textual[content.line] > 0
    # The nearest pairs before and behind each that are of a long line; they count where they are of the same word.
    before = np.maximum.accumulate(np.concatenate(([-1], np.where(long, place, -1))))[:-1]
    behind = np.minimum.accumulate(np.append(np.where(long, place, pairs), pairs)[::-1])[::-1][1:]
    word, ranks = np.append(content.word, -1), np.append(rank, 0)
    over = content.per_line((word[before] == content.word) & (ranks[before] >= rank - _ASIDE))
    under = content.per_line((word[behind] == content.word) & (ranks[behind] < upto[content.line] + _ASIDE))
    size = np.maximum(content.size, 1)
    return [(under + over) / (2 * size), under / size, np.minimum(under, 10)]


def distance(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Lines since the last marked one (the line itself not counted), 50 at most."""
    n = len(marked)
    places = np.where(marked, np.arange(n), -50)
    last = np.concatenate(([-50], np.maximum.accumulate(places)[:-1])) if n else places
    return np.minimum(np.arange(n) - last, 50).astype(float)


def window(values: npt.NDArray[np.float64], reach: int) -> npt.NDArray[np.float64]:
    """The mean over the lines up to ``reach`` away on both sides."""
    n = len(values)
    # What is summed up above each line, prolonged by ``reach`` on both sides.
    total = np.zeros(n + 1 + 2 * reach)
    np.cumsum(values, out=total[reach + 1 : reach + 1 + n])
    total[reach + 1 + n :] = total[reach + n]
    above = np.minimum(np.arange(n), reach)
    mean: npt.NDArray[np.float64] = (total[2 * reach + 1 :] - total[:n]) / (above + above[::-1] + 1)
    return mean


def shift(values: npt.NDArray[np.float64], by: int) -> npt.NDArray[np.float64]:
    """The values of the lines (last axis) ``by`` further on, -1 where there is none."""
    moved = np.full(values.shape, -1.0)
    if abs(by) >= values.shape[-1]:
        return moved
    if by > 0:
        moved[..., :-by] = values[..., by:]
    else:
        moved[..., -by:] = values[..., :by]
    return moved


def _words(units: list[Unit]) -> list[list[str]]:
    """The words of each line in lower case: letters, digits, and apostrophes between them.

    All that parts words is made a blank at once, over the whole page; ``split`` does the rest. A search for words takes twice as long.
    """
    whole = "\n".join([u.text for u in units]).lower()
    codes = np.frombuffer(whole.encode("utf-32-le", "replace"), np.uint32).copy()
    sign = (_kinds()[np.minimum(codes, _TABLE_END)] & _WORD_SIGN) > 0
    for code in set(codes[codes >= _TABLE_END].tolist()):
        if not chr(code).isalnum():
            sign[codes == code] = False
    within = (codes[1:-1] == _APOSTROPHES[0]) | (codes[1:-1] == _APOSTROPHES[1])
    sign[1:-1] |= within & sign[:-2] & sign[2:]
    codes[~sign & (codes != _LINE_END)] = _BLANK
    return [line.split() for line in codes.tobytes().decode("utf-32-le").split("\n")]


def _stacked(columns: Sequence[npt.ArrayLike], lines: int) -> npt.NDArray[np.float64]:
    """The columns side by side, each in one piece of memory; shape ``(lines, len(columns))``."""
    stack = np.empty((len(columns), lines))
    for row, column in zip(stack, columns, strict=True):
        row[:] = column
    return stack.T


def _base(units: list[Unit]) -> npt.NDArray[np.float64]:
    words = _words(units)
    keys = [" ".join(row) for row in words]
    copies, seen = Counter(keys), set[str]()
    numbered = _Numbered.of(words)
    own = _line_rows(units, numbered, keys)
    content = _content(numbered)
    again = []
    for key in keys:
        again.append(key in seen)
        seen.add(key)
    gap = np.array([u.gap for u in units], float)
    after = np.append(gap[1:], 1.0)
    many = np.minimum([copies[k] for k in keys], 5)
    columns = [*own, gap, after, many, again, *_cohesion(content, own[0]), *_fit(content, own[0])]
    return _stacked(columns, len(units))


def _position(base: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    n = len(base)
    chars, ends, gap = base[:, 0], base[:, 5], base[:, BASE.index("gap_before")]
    long = chars >= 100
    prose = (chars >= 60) & (ends > 0) & (base[:, 3] >= 0.25)
    upto = np.cumsum(chars)
    block = np.cumsum(gap).astype(int)
    sizes = np.bincount(block, minlength=block[-1] + 1)
    size_chars = np.bincount(block, weights=chars)
    size_prose = np.bincount(block, weights=prose)
    columns = [
        np.arange(n) / n,
        upto / upto[-1],
        np.full(n, min(n, 1000)),
        np.full(n, upto[-1] / n),
        distance(long),
        distance(long[::-1])[::-1],
        np.cumsum(long) - long,
        long.sum() - np.cumsum(long),
        window(chars, 3),
        window(chars, 8),
        window(ends, 8),
        distance(prose),
        distance(prose[::-1])[::-1],
        sizes[block],
        size_chars[block],
        size_prose[block],
    ]
    dated = (base[:, BASE.index("has_date")] > 0) & (chars < 100)
    by = base[:, BASE.index("starts_by")] > 0
    columns += [distance(dated), distance(dated[::-1])[::-1], window(dated.astype(float), 6), distance(by)]
    columns += [*_runs(chars, prose), _unevenness(chars)]
    words, below = base[:, 1], BASE.index("fit_below")
    heading = (words >= 4) & (words <= 25) & (ends == 0) & (base[:, below] >= 0.5) & (base[:, below + 1] >= 2)
    columns += [distance(heading), window(base[:, BASE.index("fit_near")] * (chars >= _TEXTUAL), 5)]
    return _stacked(columns, n)


def _runs(chars: npt.NDArray[np.float64], prose: npt.NDArray[np.bool_]) -> list[npt.NDArray[np.float64]]:
    """For each line the stretch of prose it is in or follows (prose lines at most three lines apart): characters, share of all, lines, rank."""
    places = np.flatnonzero(prose)
    if not len(places):
        return [np.zeros(len(chars)) for _ in range(4)]
    first = np.concatenate(([True], np.diff(places) > 4))
    run_of_prose = np.cumsum(first) - 1
    nearest = np.clip(np.searchsorted(places, np.arange(len(chars)), side="right") - 1, 0, None)
    run = run_of_prose[nearest]
    total = np.bincount(run_of_prose, weights=chars[places])
    lines = np.bincount(run_of_prose)
    rank = np.empty(len(total))
    rank[np.argsort(-total, kind="stable")] = np.arange(len(total))
    return [total[run], total[run] / total.sum(), lines[run].astype(float), np.minimum(rank[run], 20)]


def _unevenness(chars: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """How much lengths differ around a line: small in lists of teasers."""
    mean = window(chars, 3)
    spread: npt.NDArray[np.float64] = np.sqrt(np.maximum(window(chars**2, 3) - mean**2, 0.0)) / np.maximum(mean, 1.0)
    return spread


def features(units: list[Unit]) -> Matrix:
    """A row of numbers for each unit, columns as in :func:`names`; shape ``(len(units), len(names()))``."""
    base = _base(units)
    shared = base.T[[BASE.index(x) for x in _SHARED]]
    near = [shift(shared, k) for k in _NEAR]
    return np.concatenate([base.T, *near, _position(base).T], dtype=np.float32).T
