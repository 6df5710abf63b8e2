"""Days of silence, as ranges, and the days on which nothing was read."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from operator import itemgetter

from dragoman.ledger.spans import Range
from dragoman.ledger.told import Pair

__all__ = ["DaysRead", "Months", "gaps", "months_of", "silence"]

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


class DaysRead:
    """For each party the days on which a report that names it was published, and the gaps between them for pairs.

    The threads of a pair on one board share their gaps: they are worked out once a pair, for all of its days up to ``last``.
    """

    def __init__(self, last: date, months: Mapping[str, Months]) -> None:
        self.last = last
        self._months = dict(months)
        self._gaps: dict[Pair, _Gaps] = {}

    def add(self, months: Mapping[str, Months]) -> None:
        """Take in further parties."""
        self._months.update(months)

    def missing(self, codes: Iterable[str]) -> set[str]:
        """Those of the codes whose days are not known."""
        return set(codes) - self._months.keys()

    def gaps(self, pair: Pair, first: date) -> list[tuple[date, date]]:
        """The runs of days, from ``first`` on, on which no report naming either of the pair was published."""
        return self._of(pair).since(first)

    def printed(self, pair: Pair, first: date) -> list[list[str]]:
        """The same runs as ISO dates."""
        return self._of(pair).printed(first)

    def _of(self, pair: Pair) -> _Gaps:
        if pair not in self._gaps:
            self._gaps[pair] = _Gaps([self._months.get(code, {}) for code in pair], self.last)
        return self._gaps[pair]


class _Gaps:
    """The gaps of one pair up to a day: runs of days by their numbers, and as they are printed."""

    def __init__(self, read: Iterable[Months], last: date) -> None:
        among = list(read)
        self._last = last.toordinal()
        self._begin = min((month for months in among for month in months), default=last)
        days = _days(self._begin, last, among)
        at = self._begin.toordinal()
        self._runs = [(at + run.start(), at + run.end() - 1) for run in re.finditer("0+", days)]
        self._printed: list[list[str]] = []

    def since(self, first: date) -> list[tuple[date, date]]:
        return [(date.fromordinal(a), date.fromordinal(b)) for a, b in self._since(first)]

    def printed(self, first: date) -> list[list[str]]:
        if not self._printed:
            self._printed = [_printed(run) for run in self._runs]
        found = self._since(first)
        # Only the first run may be cut; the others are printed once for all threads of the pair.
        return [_printed(found[0]), *self._printed[len(self._runs) - len(found) + 1 :]] if found else []

    def _since(self, first: date) -> list[tuple[int, int]]:
        at = first.toordinal()
        if at > self._last:
            return []
        if at < self._begin.toordinal():
            # Nothing was read before the first month in which anything was.
            runs = self._runs
            if runs and runs[0][0] == self._begin.toordinal():
                return [(at, runs[0][1]), *runs[1:]]
            return [(at, self._begin.toordinal() - 1), *runs]
        k = bisect_left(self._runs, at, key=itemgetter(1))
        found = self._runs[k:]
        if found and found[0][0] < at:
            found[0] = (at, found[0][1])
        return found


def _printed(run: tuple[int, int]) -> list[str]:
    return [date.fromordinal(day).isoformat() for day in run]


def _days(first: date, last: date, among: list[Months]) -> str:
    """A sign for each day from the first of a month on: "0" where none of the months has it."""
    parts, year, month = [], first.year, first.month
    while (year, month) <= (last.year, last.month):
        of_month, bits = date(year, month, 1), 0
        for months in among:
            bits |= months.get(of_month, 0)
        length = monthrange(year, month)[1]
        parts.append(format(bits, f"0{length}b")[::-1])
        year, month = year + month // 12, month % 12 + 1
    return "".join(parts)[: max(0, (last - first).days + 1)]
