"""What is counted from an event of the report: "two days after the summit", "the day before he left", "the eve of the vote", where the report
dates the event elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from dragoman.model import Document, Precision, Sentence, TimeExpression
from dragoman.reading.dated import Dated, date_of, dated_events, words_of
from dragoman.reading.timing.moments import shift
from dragoman.reading.timing.rules_relative import REACH
from dragoman.reading.tree import lemma

#: A TIMEX3 length of one unit; the letters of times.toml beside them, where they are others.
_LENGTH = re.compile(r"P(?P<time>T?)(?P<count>\d+(?:\.\d+)?|X)(?P<unit>[HMSDWY])$")
_PRECISION: dict[str, Precision] = {"D": "day", "W": "week", "M": "month", "Y": "year"}
#: Where the event itself took longer, counting from it gives no day.
_EVENT = timedelta(days=31)


def counted_from_events(
    document: Document, rows: Sequence[tuple[TimeExpression, ...]]
) -> tuple[tuple[TimeExpression, ...], ...]:
    """The rows with the days of amounts before or after an event that the report dates; all else as it was."""
    if not any(_open(t) and _side(s, t) for s, row in zip(document.sentences, rows, strict=True) for t in row):
        return tuple(rows)
    dated = dated_events(document, rows)
    return tuple(tuple(_counted(document, n, t, dated) for t in row) for n, row in enumerate(rows))


#: "The day before the vote" is a day that its own words do not tell.
_ONE_DAY = "day_before_clause"


def _open(t: TimeExpression) -> bool:
    if t.earliest is not None or t.latest is not None:
        return False
    return t.rule == _ONE_DAY or (t.type == "DURATION" and _LENGTH.match(t.value) is not None)


def _side(s: Sentence, t: TimeExpression) -> tuple[int, int] | None:
    """(1 after or -1 before, the word that is told to be the event); ``None`` where neither follows the amount."""
    inside = words_of(s, t)
    at = inside[-1] + 1 if inside else len(s.tokens)
    if at >= len(s.tokens) or s.tokens[at].relation not in {"case", "mark"}:
        return None
    sign = {"after": 1, "following": 1, "follow": 1, "before": -1}.get(lemma(s, at))
    if t.rule == _ONE_DAY and lemma(s, at) == "of":
        sign = -1  # "the eve of the vote"
    return (sign, s.tokens[at].head) if sign else None


def _counted(document: Document, n: int, t: TimeExpression, dated: Sequence[Dated]) -> TimeExpression:
    s = document.sentences[n]
    found = _side(s, t) if _open(t) else None
    if found is None:
        return t
    sign, event = found
    at = _dated_here(s, n, t, event, dated) or date_of(document, dated, n, event)
    if at is None or at.expression.earliest is None or at.expression.latest is None:
        return t
    if at.expression.latest - at.expression.earliest > _EVENT:
        return t
    try:
        low, high, precision = _days(t, sign, at.expression.earliest, at.expression.latest)
    except (OverflowError, ValueError):  # beyond what the calendar holds: no days
        return t
    edtf = low.isoformat() if low == high else f"{low}/{high}"
    name = "after_event" if sign > 0 else "before_event"
    value = low.isoformat() if t.rule == _ONE_DAY and low == high else t.value
    return replace(t, value=value, earliest=low, latest=high, precision=precision, edtf=edtf, anchor="event", rule=name)


def _dated_here(s: Sentence, n: int, t: TimeExpression, event: int, dated: Sequence[Dated]) -> Dated | None:
    """The date within the event's own clause ("two days after they met on May 3")."""
    clause = set(s.subtree(event))
    for x in dated:
        if x.sentence == n and x.expression is not t and set(words_of(s, x.expression)) <= clause:
            return x
    return None


def _days(t: TimeExpression, sign: int, first: date, last: date) -> tuple[date, date, Precision]:
    """The days so far from the event: exact for a number, for an unsaid one ("weeks after") from one unit to as far as one would say so."""
    match = _LENGTH.match("P1D" if t.rule == _ONE_DAY else t.value)
    assert match is not None
    unit = {"H": "h", "M": "min" if match["time"] else "M", "S": "s"}.get(match["unit"], match["unit"])
    if match["count"] != "X":
        count = float(match["count"])
        if unit in {"h", "min", "s"}:
            low, high = sorted(
                (shift(first, sign * count, unit), shift(last, sign * count, unit) + sign * timedelta(1))
            )
            return low, high, "day"
        return shift(first, sign * count, unit), shift(last, sign * count, unit), _PRECISION[unit]
    if unit in {"h", "min", "s"}:
        low, high = sorted((first, last + sign * timedelta(days=1)))
        return low, high, "day"
    low, high = sorted((shift(first, sign, unit), shift(last, sign * REACH[unit], unit)))
    return low, high, "vague"
