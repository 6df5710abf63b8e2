"""Days of silence, as ranges, and the days on which nothing was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dragoman.ledger.spans import Range

__all__ = ["gaps", "silence"]


def silence(start: Range, day: date) -> tuple[int | None, int | None] | None:
    """``[day - latest, day - earliest]``, never below 0, an open end ``None``; ``None`` where nothing bounds the start (GUIDE.md)."""
    if not start.known:
        return None
    least = max(0, (day - start.last).days) if start.last else None
    most = max(0, (day - start.first).days) if start.first else None
    return (least, most)


def gaps(first: date, last: date, read: Iterable[date]) -> list[tuple[date, date]]:
    """The runs of days from ``first`` to ``last``, both counted, that are not among ``read``."""
    found = []
    at = first
    for day in sorted({d for d in read if first <= d <= last}):
        if day > at:
            found.append((at, day - timedelta(days=1)))
        at = day + timedelta(days=1)
    if at <= last:
        found.append((at, last))
    return found
