"""Values of the ledger as a person writes them: days, ranges, whose word. Pure functions; templates use them as filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dragoman.codebook.labels import label_of

__all__ = ["FILTERS", "counted", "day", "days_range", "interval", "names", "whose_word", "word"]

#: A telling word for each state of a thread, beyond the bare value.
STATES = {
    "open": "no answer reported",
    "acknowledged": "received, no word on substance",
    "accepted": "accepted",
    "declined": "declined",
    "countered": "countered",
    "closed": "closed",
}
#: Acts in which neither side is the addressee.
BOTH = frozenset({"call", "meeting", "agreement"})


def word(value: object) -> str:
    """A value of the vocabulary as a person writes it."""
    return str(value if value is not None else "").replace("_", " ")


def state_words(value: str) -> str:
    """What a state means."""
    return STATES.get(value, word(value))


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def day(value: object, year: bool = True) -> str:
    """``13 March 2021``; what is no day comes back as it is, nothing as nothing."""
    found = _date(value) if value else None
    if found is None:
        return str(value or "")
    return f"{found.day} {found:%B}" + (f" {found.year}" if year else "")


def interval(value: Mapping[str, Any] | Sequence[Any] | None) -> str:
    """``11–20 February 2021``, ``by 6 May 2021``, ``from …``, or ``day unknown``."""
    first, last = _ends(value)
    if first and last:
        if first == last:
            return day(first)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}–{day(last)}"
        return f"{day(first, first.year != last.year)} – {day(last)}"
    if last:
        return f"by {day(last)}"
    return f"from {day(first)}" if first else "day unknown"


def _ends(value: Mapping[str, Any] | Sequence[Any] | None) -> tuple[date | None, date | None]:
    if not value:
        return (None, None)
    pair = (value.get("earliest"), value.get("latest")) if isinstance(value, Mapping) else (value[0], value[1])
    return (_date(pair[0]) if pair[0] else None, _date(pair[1]) if pair[1] else None)


def days_range(span: Sequence[int | None] | None) -> str:
    """``24–33``; an end that is not bounded is told by a sign, nothing known by a dash."""
    if not span or span[0] is span[1] is None:
        return "?"
    low, high = span
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}–{high}"
    return f"{low}+" if low is not None else f"≤ {high}"


def days_words(span: Sequence[int | None] | None) -> str:
    """``24 to 33 days``, ``47 days or more``, ``unknown``: what a screen reader is told."""
    if not span or span[0] is span[1] is None:
        return "unknown"
    low, high = span
    if low is not None and high is not None:
        return counted(low, "day") if low == high else f"{low} to {counted(high, 'day')}"
    return f"{counted(low, 'day')} or more" if low is not None else f"up to {counted(high or 0, 'day')}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 report``, ``3 reports``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def whose_word(attribution: Mapping[str, Any] | None) -> str:
    """``a senior official (United States) to Reuters``; empty where nobody is named."""
    if not attribution:
        return ""
    of = attribution.get("of")
    source = attribution.get("source") or word(attribution.get("kind") or "")
    told = attribution.get("told")
    party = label_of(of) if of else ""
    told_of = f" ({party})" if party and party.casefold() not in source.casefold() else ""
    return f"{source}{told_of if source else party}{f' to {told}' if told else ''}"


def names(codes: Sequence[str]) -> str:
    """The parties' names, joined."""
    return ", ".join(label_of(c) for c in codes)


def arrow(act: str | None) -> str:
    """Between the sides: a dash where neither is the addressee."""
    return "–" if act in BOTH else "→"


FILTERS = {
    "word": word,
    "state_words": state_words,
    "day": day,
    "interval": interval,
    "days_range": days_range,
    "days_words": days_words,
    "counted": counted,
    "whose_word": whose_word,
    "names": names,
    "label": label_of,
    "arrow": arrow,
}
