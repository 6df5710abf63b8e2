"""What the sentence model is told of the gap after a word, for all gaps of many lines at once.

Words come as one array of form numbers, lines apart by ``MARGIN`` empty words, so that a line is judged by its own words alone. Every feature
is a hash of one to four columns (the form, its shape, its neighbours, open quotes and brackets, the distance to the last full stop); all
columns are arrays over words, so that the cost of a gap is some sixty additions in numpy and no Python at all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dragoman.language.segment_words import abbreviation, collapsed

Array = npt.NDArray[np.uint32]

#: Features of a gap are hashed into this many weights.
GAP_BITS = 17
#: Empty words between two lines: as far as the farthest neighbour that a feature looks at.
MARGIN = 8
#: The kind of the empty word.
VOID = 14
#: The kinds that stand where edited prose ends its sentences: full stops, quotes, closing brackets (:func:`kind_of`).
STOPPING = (1, 2, 3, 6, 7, 9)

_PART = re.compile(r"([a-z]+)(-?\d+)")
_TERMINAL = frozenset(".?!…")
_CLOSING = frozenset("\"'”’»)]}")

#: Columns of a form: small words, shape, end, kind of sign, first sign.
FORM_COLUMNS = ("low", "shape", "end", "kind", "case", "abbr")


def kind_of(form: str) -> int:
    """What a word is to the end of a sentence: 0 a word, 1-3 full stops, 4-5 pauses, 6-8 quotes and brackets, 9 other signs, 10 dotted words."""
    if form[0].isalnum():
        return 10 if form[-1] == "." else 11 if "." in form else 0
    if all(sign in _TERMINAL for sign in form):
        return 1 if form == "." else 2 if form[0] in "?!" else 3
    for number, signs in ((4, ",;"), (5, ":"), (6, '"“”«»'), (7, "'‘’`"), (8, "([{"), (9, ")]}")):
        if form[0] in signs:
            return number
    return 12 if form[0] in "-–—" else 13


def describe(form: str, known: Mapping[str, str]) -> tuple[int, ...]:
    """The columns of one form; the empty form is the void beyond a line."""
    if not form:
        return (0, 0, 0, VOID, 0, 0)
    low = "".join("0" if sign.isdigit() else sign for sign in form.lower())
    shape = collapsed(form)[:10] + str(min(len(form), 4))
    case = 1 if form[0].islower() else 0
    if form[0].isupper():
        case = 2 if len(form) == 1 or not form.isupper() else 3
    elif form[0].isdigit():
        case = 4
    elif not form[0].isalnum():
        case = 5
    sort = abbreviation(low[:-1], known) if low[-1] == "." and len(low) > 1 else ""
    packed = (crc32(text.encode("utf-8", "surrogatepass")) for text in (low, shape, low[-3:], sort))
    first, second, third, fourth = packed
    return (first, second, third, kind_of(form), case, fourth)


def _bucket(values: npt.NDArray[np.int64]) -> Array:
    """Distances as 0, 1, 2, 3-4, 5-8, ... so that each bucket doubles."""
    return np.asarray(np.ceil(np.log2(np.maximum(values, 0) + 1)), dtype=np.uint32)


def _since(marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """For each place how many places ago the last mark was, itself included."""
    number = np.arange(len(marked))
    return np.asarray(number - np.maximum.accumulate(np.where(marked, number, -1)))


def columns(
    table: Sequence[tuple[int, ...]], forms: npt.NDArray[np.intp], spaced: npt.NDArray[np.bool_]
) -> dict[str, Array]:
    """All columns over words: those of the forms, and those of the line around.

    ``table`` describes each form number, number 0 being the void; ``spaced`` tells where white space follows.
    """
    described = np.array(table, dtype=np.uint32)[forms]
    made: dict[str, Array] = {name: described[:, i].copy() for i, name in enumerate(FORM_COLUMNS)}
    kind = made["kind"]
    void = forms == 0
    made["space"] = spaced.astype(np.uint32)
    stop = (kind >= 1) & (kind <= 3)
    since = _since(stop | void)
    made["since"] = _bucket(since)
    made["until"] = _bucket(_since((stop | void)[::-1])[::-1])
    # Open quotes and brackets since the line began: straight quotes by parity, the others by balance.
    for name, opening, closing in (("bracket", kind == 8, kind == 9), ("straight", kind == 6, None)):
        balance = np.cumsum(opening.astype(np.int64) - (closing.astype(np.int64) if closing is not None else 0))
        start = np.maximum.accumulate(np.where(void, np.arange(len(forms)), 0))
        inside = balance - balance[start]
        made[name] = ((inside & 1) if closing is None else np.clip(inside, 0, 2)).astype(np.uint32)
    starts = np.maximum.accumulate(np.where(void, np.arange(len(forms)), 0))
    ends = np.minimum.accumulate(np.where(void, np.arange(len(forms)), len(forms))[::-1])[::-1]
    made["length"] = _bucket(ends - starts)
    made["position"] = _bucket(np.arange(len(forms)) - starts)
    stops = np.concatenate(([0], np.cumsum(stop)))
    made["stops"] = np.minimum(stops[ends] - stops[starts], 3).astype(np.uint32)
    capitals = np.concatenate(([0], np.cumsum(made["case"] >= 2)))
    made["capitals"] = ((capitals[ends] - capitals[starts]) * 4 // np.maximum(ends - starts, 1)).astype(np.uint32)
    return made


Template = tuple[tuple[str, int], ...]


def templates(written: str) -> tuple[Template, ...]:
    """One template a line: names of columns, each followed by the place of its word."""
    return tuple(
        tuple((found[1], int(found[2])) for part in line.split() if (found := _PART.fullmatch(part)))
        for line in written.strip().splitlines()
    )


#: Each feature: columns with the place of their word, counted from the gap: 0 is the word before it, 1 the word after it.
GAP_TEMPLATES = templates(
    """
    low0
    low1
    low-1
    low2
    low-2
    low3
    low0 case0
    low1 case1
    low2 case2
    shape0
    shape1
    shape-1
    shape2
    shape-2
    shape3
    end0
    end1
    end-1
    end2
    low0 low1
    low-1 low0
    low1 low2
    low-1 low0 low1
    low0 low1 low2
    low1 case1 kind0
    low0 kind1 case1
    low-1 kind0 case1
    low-1 kind0 low1
    low2 case1 kind0
    low1 case1 low2
    shape0 shape1
    shape-1 shape0 shape1
    shape0 shape1 shape2
    shape-1 shape0
    shape1 shape2
    shape-1 shape0 shape1 shape2
    kind0 case1 kind1 space0
    kind-1 kind0 kind1 case1
    kind-2 kind-1 kind0 kind1
    kind0 kind1 kind2 case1 case2
    kind-1 kind0 kind1 kind2 straight0
    kind-1 kind0 case1 case2 case3
    case-2 case-1 case0 case1
    case-1 case0 case1 case2
    case0 case1 case2 case3
    case-1 case0 case1 end1
    abbr0 case1
    abbr0 case1 kind1
    abbr0 case1 low1
    abbr0 abbr1
    abbr0 case-1 case1 case2
    abbr0 low-1
    end0 case1
    end0 end1 case1
    end-1 end0 case1
    since0 kind0 case1
    until1 kind0 case1
    since0 until1 case1 kind0
    position0 kind0 case1
    position0 low0
    length0 stops0 kind0 case1
    length0 capitals0 case0 case1
    capitals0 kind0 case1
    capitals0 low1 case1
    straight0 kind0 case1
    straight0 kind0 kind1 kind-1
    bracket0 kind0 case1
    bracket0 kind1
    stops0 case1 low0
    stops0 low1 case1
    since0 low0
    since0 low1 case1
    space0 shape0 shape1
    space0 kind0 kind1
    """
)


def hashed(told: dict[str, Array], places: npt.NDArray[np.intp], by: Sequence[Template], bits: int) -> Array:
    """Feature numbers below ``2 ** bits`` of the words or gaps at ``places``: one row a template, one column a place."""
    rows = np.empty((len(by), len(places)), dtype=np.uint32)
    moved: dict[tuple[str, int], Array] = {}
    for number, template in enumerate(by):
        mixed = np.full(len(places), (number + 1) * 0x9E3779B1 & 0xFFFFFFFF, dtype=np.uint32)
        for part in template:
            column = moved.get(part)
            if column is None:
                column = moved[part] = told[part[0]][places + part[1]]
            mixed = (mixed ^ column) * np.uint32(0x85EBCA6B)
            mixed ^= mixed >> np.uint32(15)
        mixed *= np.uint32(0xC2B2AE35)
        rows[number] = mixed >> np.uint32(32 - bits)
    return rows
