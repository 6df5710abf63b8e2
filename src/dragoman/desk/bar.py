"""The as-of bar: one handle for what had been published by a day, how much is hidden by it, and the days to step to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.desk.asking import EARLIEST, LATEST, Asked
from dragoman.desk.desk import Desk
from dragoman.desk.links import address
from dragoman.ledger.looking import Looking
from dragoman.ledger.told import Pair

__all__ = ["bar_of"]


def bar_of(desk: Desk, asked: Asked, pair: Pair | None) -> dict[str, Any]:
    """The bar's values and links; with a pair it counts and steps through what is told of the pair alone."""
    day, links = asked.day, _Stepping(asked)
    extent = desk.extent()
    before, after, hidden = desk.kept.get(("around", day, pair), lambda: _around(desk.looking, day, pair))
    first, last = extent.first or day, max(extent.last or day, day)
    first = min(first, day)
    return {
        "day": day.isoformat(),
        "asked": asked.as_of is not None,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "number": (day - first).days,
        "most": max((last - first).days, 1),
        "reports": extent.reports,
        "undated": extent.undated,
        "hidden": hidden,
        "hidden_href": address(
            "/learned", {"first": (min(day, LATEST - timedelta(days=1)) + timedelta(days=1)), "last": extent.last}
        ),
        "of_pair": list(pair) if pair else None,
        "previous_change": links.at(before),
        "next_change": links.at(after),
        "previous_day": links.at(day - timedelta(days=1) if day > EARLIEST else None),
        "next_day": links.at(day + timedelta(days=1) if day < LATEST else None),
        "latest": links.at(extent.last) if day != extent.last else None,
        "recorded": asked.recorded.isoformat() if asked.recorded else None,
        "path": asked.path,
        "kept": links.kept,
    }


def _around(looking: Looking, day: date, pair: Pair | None) -> tuple[date | None, date | None, int]:
    """The changes of knowledge before and after the day, and how many reports came after it."""
    before, after = (looking.change(day, forward=forward, pair=pair) for forward in (False, True))
    return before, after, looking.later(day, pair)


class _Stepping:
    """This very page on another day."""

    def __init__(self, asked: Asked) -> None:
        self.path = asked.path
        query = {k: v for k, v in asked.query.items() if k not in {"as_of", "day_number", "format"}}
        self.kept = [(k, x) for k, v in query.items() for x in (v if isinstance(v, list) else [v]) if x]

    def at(self, day: date | None) -> dict[str, str] | None:
        if day is None:
            return None
        query: dict[str, Any] = {}
        for k, v in self.kept:
            query.setdefault(k, []).append(v)
        return {"day": day.isoformat(), "href": address(self.path, {**query, "as_of": day.isoformat()})}
