"""Text cut into the pieces that the grammar reads: words, numbers, clock times, marks.

The grammar cuts for itself instead of taking the words of the parse, so that it reads the same whether "mid-February" is one word or three, and works
without any parse. Offsets are those of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.reading.timing.moments import Moment

_PIECE = re.compile(
    r"""
    (?P<iso>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-]))
  | (?P<ymd>(?:19|20)\d\d(?P<ys>[/.])\d{1,2}(?P=ys)\d{1,2}(?!\d))
  | (?P<dmy>(?<![\d/.])\d{1,2}(?P<ds>[/.])\d{1,2}(?P=ds)(?:\d{4}|\d\d)(?![\d/]))
  | (?P<clock>(?<![\d.,:])\d{1,2}:[0-5]\d(?::[0-5]\d)?(?![\d:]))
  | (?P<plural>(?:['’])?\d{2,4}['’]?s\b)
  | (?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)
  | (?P<decimal>\d+(?:,\d{3})*\.\d+)
  | (?P<big>\d{1,3}(?:,\d{3})+(?!\d))
  | (?P<number>\d+)
  | (?P<initials>(?:[^\W\d_]\.){2,})
  | (?P<clitic>['’](?:s|S|ll|LL|d|D|ve|re|m)\b)
  | (?P<word>[^\W\d_]+)
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)

_DASHES = {"–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-"}


@dataclass(slots=True)
class Node:
    """One piece, or several that the grammar has joined: its sign in the grammar's alphabet, its offsets, and what it means."""

    sign: str
    start: int
    end: int
    low: str
    kind: str
    number: float | None = None
    moment: Moment | None = None


def cut(text: str, alphabet: Mapping[str, str], numbers: Mapping[str, str], capitals: Mapping[str, str]) -> list[Node]:
    """The pieces of a text, each with its sign.

    ``alphabet`` maps lower-case words to signs; ``capitals`` holds those read only with a capital; ``numbers`` maps the buckets of
    :func:`bucket` to signs; a piece that no rule names gets the sign of "other".
    """
    found: list[Node] = []
    other, add = alphabet[""], found.append
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or "mark"
        form = match.group()
        if kind == "word" or kind == "mark" or kind == "initials" or kind == "clitic":
            low = form.lower() if len(form) > 1 else _DASHES.get(form, form.lower())
            sign = (capitals.get(low) if form[0].isupper() else None) or alphabet.get(low, other)
            if kind == "clitic":
                low = low.replace("’", "'")
                sign = alphabet.get(low, other)
            add(Node(sign, match.start(), match.end(), low, kind))
        else:
            name, number = bucket(match.lastgroup or "", form)
            add(Node(numbers[name], match.start(), match.end(), form, name, number))
    return found


def bucket(kind: str, form: str) -> tuple[str, float | None]:
    """The class of a piece of digits and its value: what it can be (a day of a month, an hour, a year) follows from size and length."""
    if kind == "number":
        return _bucket_of_number(form)
    if kind == "ordinal":
        value = int(form[:-2])
        return ("ordinal31" if 1 <= value <= 31 else "ordinal"), value
    if kind == "plural":
        digits = form.strip("'’s").rstrip("'’")
        return ("decade" if digits.endswith("0") and len(digits) in (2, 4) else "plural"), int(digits)
    if kind == "big":
        return "big", float(form.replace(",", ""))
    if kind == "decimal":
        hour, _, minute = form.partition(".")
        dotted = len(minute) == 2 and hour.isdigit() and int(hour) < 24 and int(minute) < 60
        return ("dotted" if dotted else "decimal"), float(form.replace(",", ""))
    return kind if kind in ("iso", "ymd", "dmy", "clock") else "other", None


def _bucket_of_number(form: str) -> tuple[str, float | None]:
    if len(form) > 9:
        return "long", None
    value = int(form)
    if len(form) == 4:
        return ("year" if 1400 <= value <= 2199 else "four"), value
    if len(form) == 3:
        return "three", value
    if len(form) > 4:
        return "long", value
    for name, top in (("zero", 0), ("n12", 12), ("n23", 23), ("n24", 24), ("n31", 31), ("n59", 59)):
        if value <= top:
            return name, value
    return "n99", value


NUMBER_KINDS = (
    "iso", "ymd", "dmy", "clock", "decade", "plural", "ordinal31", "ordinal", "dotted", "decimal", "big",
    "year", "four", "three", "long", "zero", "n12", "n23", "n24", "n31", "n59", "n99", "other",
)  # fmt: skip


def lookup(node: Node, *tables: Mapping[str, Any]) -> Any:
    """What the first table that knows the word says of it; KeyError where none does."""
    for table in tables:
        if node.low in table:
            return table[node.low]
    raise KeyError(node.low)
