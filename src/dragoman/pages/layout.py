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
_WORD_OR_END = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\n")
_DATE = re.compile(
    r"\b(?:\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d+ (?:min|hour|day|week|month|year)s? ago)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")
#: Capital words, then a bracket or a dash, then a sentence: the shape of a dateline.
_DATELINE = re.compile(
    r"(?:[A-Z][\w.'’-]*[, ]{1,2}){0,6}(?:\([A-Z][\w /]{1,30}\)\s?[-–—:]|[A-Z]{3,}[,.)]*\s?(?:--|[–—]|- ))"
)
_BY = frozenset({"by", "from"})

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


def _counted(units: list[Unit]) -> dict[str, npt.NDArray[np.float64]]:
    """What can be counted character by character, for all lines at once."""
    whole = "\n".join([u.text for u in units]) + "\n"
    codes = np.frombuffer(whole.encode("utf-32-le", "replace"), np.uint32)
    kind = _kinds()[np.minimum(codes, _TABLE_END)]
    ends = np.flatnonzero(codes == 10)
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


def _line_rows(units: list[Unit], words: list[list[str]]) -> npt.NDArray[np.float64]:
    """The numbers of each line by itself (the first 27 of BASE)."""
    texts = [u.text for u in units]
    counted = _counted(units)
    n = np.array([len(t) for t in texts], float)
    w = np.array([len(row) for row in words], float)
    stops = np.array([len([x for x in row if x in STOP_WORDS]) for row in words], float)
    length = np.array([sum(map(len, row)) for row in words], float)
    some = np.maximum(w, 1.0)
    digits = counted["digits"].tolist()
    dated = [float(d > 0 and len(t) < 400 and _DATE.search(t) is not None) for t, d in zip(texts, digits, strict=True)]
    clock = [float(d > 2 and len(t) < 400 and _CLOCK.search(t) is not None) for t, d in zip(texts, digits, strict=True)]
    dateline = [float(len(t) > 40 and t[0].isupper() and _DATELINE.match(t) is not None) for t in texts]
    columns = [
        np.minimum(n, 2000),
        np.minimum(w, 300),
        length / some,
        stops / some,
        np.minimum(stops, 100),
        counted["ends_sentence"],
        [t[-1] == ":" for t in texts],
        [t.endswith(("...", "…")) for t in texts],
        [t[-1].isalnum() for t in texts],
        counted["commas"],
        counted["sentences"],
        counted["quotes"],
        counted["digits"] / n,
        counted["capitals"] / some,
        (counted["uppers"] > 0) & (counted["lowers"] == 0),
        counted["symbols"],
        dated,
        clock,
        [t[0].islower() for t in texts],
        [t[0] in "\"'“‘«" for t in texts],
        [not t[0].isalnum() and t[0] not in "\"'“‘«([" for t in texts],
        [t[0].isdigit() for t in texts],
        counted["brackets"],
        [t[-1] == "?" for t in texts],
        np.where(n > 20, counted["glued"], 0.0),
        dateline,
        [len(t) < 100 and len(row) > 1 and row[0] in _BY for t, row in zip(texts, words, strict=True)],
    ]
    return np.column_stack(columns).astype(float)


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


def _content(rows: list[list[str]]) -> list[set[str]]:
    """For each line its words that are no function words, four letters at least."""
    return [{w for w in row if len(w) > 3} - STOP_WORDS for row in rows]


def _cohesion(content: list[set[str]], chars: npt.NDArray[np.float64]) -> list[list[float]]:
    """For each line the share of its content words that long lines elsewhere in the page use too, and how many they are.

    Captions, headings and short quotations of a story share its names; menus and headlines of other stories do not.
    """
    long_use: Counter[str] = Counter()
    for row, n in zip(content, chars.tolist(), strict=True):
        if n >= 120:
            long_use.update(row)
    share, count = [], []
    used, twice = set(long_use), {w for w, n in long_use.items() if n > 1}
    for row, n in zip(content, chars.tolist(), strict=True):
        hits = len(row & (twice if n >= 120 else used))
        share.append(hits / len(row) if row else 0.0)
        count.append(float(min(hits, 20)))
    return [share, count]


#: Lines from this length on are what neighbours are compared with; how many of them on each side.
_TEXTUAL, _ASIDE = 60, 3


def _fit(content: list[set[str]], chars: npt.NDArray[np.float64]) -> list[list[float]]:
    """For each line how much of its content the nearest long lines share: those on both sides, those below (share and number).

    A report's paragraphs share words with the next ones, and its title with the first; the teasers of a list tell of something else each.
    """
    textual = np.flatnonzero(chars >= _TEXTUAL)
    sets = [content[i] for i in textual.tolist()]
    empty: set[str] = set()
    ahead = [empty.union(*sets[k : k + _ASIDE]) for k in range(len(sets) + 1)]
    behind = [empty.union(*sets[max(0, k - _ASIDE) : k]) for k in range(len(sets) + 1)]
    above = np.searchsorted(textual, np.arange(len(content)), side="left").tolist()
    below = np.searchsorted(textual, np.arange(len(content)), side="right").tolist()
    near, under, number = [], [], []
    for row, k, j in zip(content, above, below, strict=True):
        size = len(row) or 1
        hits = len(row & ahead[j])
        near.append((hits + len(row & behind[k])) / (2 * size))
        under.append(hits / size)
        number.append(float(min(hits, 10)))
    return [near, under, number]


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
    mean: npt.NDArray[np.float64] = (total[high] - total[low]) / (high - low)
    return mean


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


def _words(units: list[Unit]) -> list[list[str]]:
    """The words of each line in lower case; one pass over the page, for a pass a line costs twice as much."""
    rows: list[list[str]] = [[]]
    for word in _WORD_OR_END.findall("\n".join([u.text for u in units]).lower()):
        if word == "\n":
            rows.append([])
        else:
            rows[-1].append(word)
    return rows


def _base(units: list[Unit]) -> npt.NDArray[np.float64]:
    words = _words(units)
    keys = [" ".join(row) for row in words]
    copies, seen = Counter(keys), set[str]()
    own = _line_rows(units, words)
    content = _content(words)
    again = []
    for key in keys:
        again.append(float(key in seen))
        seen.add(key)
    gap = np.array([float(u.gap) for u in units])
    after = np.append(gap[1:], 1.0)
    many = [float(min(copies[k], 5)) for k in keys]
    return np.column_stack([own, gap, after, many, again, *_cohesion(content, own[:, 0]), *_fit(content, own[:, 0])])


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
    return np.column_stack(columns)


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
    shared = base[:, [BASE.index(x) for x in _SHARED]]
    near = [shift(shared, k) for k in _NEAR]
    return np.column_stack([base, *near, _position(base)]).astype(np.float32)
