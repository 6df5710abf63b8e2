"""What a line looks like: the features of the line model.

Only layout is looked at: lengths, punctuation, position, repetition, and the share of English function words. No word of any page is kept, so
the model that is trained on these numbers holds nothing of the pages it was trained on.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import numpy as np
import numpy.typing as npt

from dragoman.pages.lines import Unit

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
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_END_OF_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*$")
_DATE = re.compile(
    r"\b(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d+ (?:min|hour|day|week|month|year)s? ago)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
_SYMBOLS = re.compile(r"[|>»›•·▸→#@©&/\\+]|\.\.\.|…")
_CAPITALS = re.compile(r"\b[A-Z0-9]")

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
    "gap_before",
    "gap_after",
    "copies",
    "is_copy",
    "cohesion",
    "cohesion_words",
)


def _line_row(text: str, words: list[str]) -> list[float]:
    """The numbers of one line by itself (the first 24 of BASE)."""
    n, w = len(text), len(words)
    stops = sum(x in STOP_WORDS for x in words)
    first, last = text[0], text[-1]
    capitals = len(_CAPITALS.findall(text))
    digits = sum(map(text.count, "0123456789"))
    return [
        float(min(n, 2000)),
        float(min(w, 300)),
        sum(map(len, words)) / w if w else 0.0,
        stops / w if w else 0.0,
        float(min(stops, 100)),
        1.0 if _END_OF_SENTENCE.search(text, max(0, n - 6)) else 0.0,
        float(last == ":"),
        float(text.endswith(("...", "…"))),
        float(last.isalnum()),
        float(text.count(",")),
        float(text.count(". ") + text.count("? ") + text.count("! ")),
        float(text.count('"') + text.count("“") + text.count("”")),
        digits / n,
        capitals / w if w else 0.0,
        float(text.isupper()),
        float(len(_SYMBOLS.findall(text))),
        float(_DATE.search(text) is not None) if n < 400 else 0.0,
        float(_CLOCK.search(text) is not None) if n < 400 else 0.0,
        float(first.islower()),
        float(first in "\"'“‘«"),
        float(not first.isalnum() and first not in "\"'“‘«(["),
        float(first.isdigit()),
        float(text.count("(")),
        float(last == "?"),
    ]


@cache
def names() -> tuple[str, ...]:
    """The names of the columns of :func:`features`."""
    near = [f"{name}@{k:+d}" for k in _NEAR for name in _SHARED]
    return (*BASE, *near, *_POSITION)


#: Neighbours whose numbers a line also sees, and which of them.
_NEAR = (-3, -2, -1, 1, 2, 3)
_SHARED = ("chars", "words", "stop_share", "ends_sentence", "capital_share", "gap_before", "cohesion", "copies")
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
)


def _cohesion(rows: list[list[str]], chars: npt.NDArray[np.float64]) -> tuple[list[float], list[float]]:
    """For each line the share of its content words that long lines elsewhere in the page use too, and how many they are.

    Captions, headings and short quotations of a story share its names; menus and headlines of other stories do not.
    """
    content = [{w for w in row if len(w) > 3 and w not in STOP_WORDS} for row in rows]
    long_use = Counter(w for row, n in zip(content, chars, strict=True) if n >= 120 for w in row)
    share, count = [], []
    for row, n in zip(content, chars, strict=True):
        own = 1 if n >= 120 else 0
        hits = sum(long_use[w] > own for w in row)
        share.append(hits / len(row) if row else 0.0)
        count.append(float(min(hits, 20)))
    return share, count


def distance(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Lines since the last marked one (the line itself not counted), 50 at most."""
    n = len(marked)
    places = np.where(marked, np.arange(n), -50)
    last = np.concatenate(([-50], np.maximum.accumulate(places)[:-1])) if n else places
    return np.minimum(np.arange(n) - last, 50).astype(float)


def window(values: npt.NDArray[np.float64], reach: int) -> npt.NDArray[np.float64]:
    """The mean over the lines up to ``reach`` away on both sides."""
    n = len(values)
    total = np.concatenate(([0.0], np.cumsum(values)))
    low, high = np.maximum(np.arange(n) - reach, 0), np.minimum(np.arange(n) + reach + 1, n)
    return (total[high] - total[low]) / (high - low)


def shift(values: npt.NDArray[np.float64], by: int) -> npt.NDArray[np.float64]:
    """The values of the lines ``by`` further on, -1 where there is none."""
    moved = np.full(values.shape, -1.0)
    if abs(by) >= len(values):
        return moved
    if by > 0:
        moved[:-by] = values[by:]
    else:
        moved[-by:] = values[:by]
    return moved


def _base(units: list[Unit]) -> npt.NDArray[np.float64]:
    words = [_WORD.findall(u.text.lower()) for u in units]
    keys = [" ".join(row) for row in words]
    copies, seen = Counter(keys), set[str]()
    own = np.array([_line_row(u.text, row) for u, row in zip(units, words, strict=True)])
    share, count = _cohesion(words, own[:, 0])
    again = []
    for key in keys:
        again.append(float(key in seen))
        seen.add(key)
    gap = np.array([float(u.gap) for u in units])
    after = np.append(gap[1:], 1.0)
    many = [float(min(copies[k], 5)) for k in keys]
    return np.column_stack([own, gap, after, many, again, share, count])


def _position(base: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    n = len(base)
    chars, ends, gap = base[:, 0], base[:, 5], base[:, 24]
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
    return np.column_stack(columns)


def features(units: list[Unit]) -> Matrix:
    """A row of numbers for each unit, columns as in :func:`names`; shape ``(len(units), len(names()))``."""
    base = _base(units)
    shared = base[:, [BASE.index(x) for x in _SHARED]]
    near = [shift(shared, k) for k in _NEAR]
    return np.column_stack([base, *near, _position(base)]).astype(np.float32)
