"""Days of silence, as ranges, and the days on which nothing was read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from dragoman.ledger.spans import Range

__all__ = ["Months", "gaps", "gaps_in_months", "months_of", "silence"]

#: Days as bits, month by month: bit 0 of a month is its first day. Years of news on a party are a hundred numbers.
Months = Mapping[date, int]


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


def months_of(days: Iterable[date]) -> Months:
    """The days as bits."""
    found: dict[date, int] = {}
    for day in days:
        month = day.replace(day=1)
        found[month] = found.get(month, 0) | 1 << (day.day - 1)
    return found


def gaps_in_months(first: date, last: date, read: Iterable[Months]) -> list[tuple[date, date]]:
    """As :func:`gaps`, for the days that stand in any of ``read``."""
    among = list(read)
    parts, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        of_month, bits = date(year, month, 1), 0
        for months in among:
            bits |= months.get(of_month, 0)
        length = monthrange(year, month)[1]
        parts.append(format(bits, f"0{length}b")[::-1])
        year, month = year + month // 12, month % 12 + 1
    days = "".join(parts)[first.day - 1 :][: (last - first).days + 1]
    at = first.toordinal()
    return [
        (date.fromordinal(at + run.start()), date.fromordinal(at + run.end() - 1)) for run in re.finditer("0+", days)
    ]
