"""What two expressions say of each other: "from March 5 to March 9, 2019", "between April and September", "the week of June 7"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.patterns import Match, Rule
from dragoman.reading.timing.rules_relative import REACH, unit_of


def _in(year: int, said: Moment) -> Moment:
    """A day or month said without its year, in that year; ValueError for a February 29 that the year lacks."""
    if said.days is None:
        return said
    first = said.days[0]
    made = moments.day(date(year, first.month, first.day)) if said.kind == "day" else moments.month(year, first.month)
    return replace(made.sliced(said.mod) if said.mod else made, anchor=said.anchor)


def _year_from_last(match: Match, context: Context) -> Moment | None:
    """The first of "March 5 to March 9, 2019" lies in the year of the last, or in the one before where it would come after it."""
    first, last = match.moment("a"), match.moment("b")
    if not first.bare or last.bare or first.days is None or last.days is None or first.rule.endswith("weekday"):
        return None
    if last.anchor is not None:  # counted from the report: no year was said
        return None
    held = _in(last.days[0].year, first)
    if held.days and held.days[0] > last.days[1]:
        held = _in(last.days[0].year - 1, first)
    return replace(held, anchor=None)


def _not_before_first(match: Match, context: Context) -> Moment | None:
    """The last of "between April and September" comes after the first, however the clause looks."""
    first, last = match.moment("a"), match.moment("b")
    if not last.bare or first.days is None or last.days is None or first.days[0] <= last.days[1]:
        return None
    if last.rule.endswith("weekday"):
        return moments.day(last.days[0] + timedelta(days=7), anchor=last.anchor)
    held = _in(first.days[0].year, last)
    return held if held.days and held.days[1] >= first.days[0] else _in(first.days[0].year + 1, last)


def _week_of(match: Match, context: Context) -> Moment | None:
    """ "The week of June 7", "the weekend of June 11-12": the unit in which the day lies."""
    said, unit = match.moment("of"), unit_of(match, context)
    if said.days is None or unit not in ("W", "WE", "M"):
        return None
    return moments.by_unit(unit, said.days[0], anchor=said.anchor)


def _edge_units_of(match: Match, context: Context) -> Moment | None:
    """ "The last days of the Obama administration", "the first weeks of 2020"."""
    held, whole = match.moment("d"), match.moment("of")
    if held.amount is None or whole.days is None:
        return None
    unit, count = held.amount.unit, held.amount.count
    if unit in ("h", "min", "s"):
        return None
    first, last = whole.days
    if count is not None:
        return _counted_edge(match["way"].low, held, whole.days)
    if match["way"].low in ("last", "final", "closing", "dying", "waning"):
        return replace(held, kind="stretch", earliest=max(first, moments.shift(last, -REACH[unit], unit)), latest=last)
    return replace(held, kind="stretch", earliest=first, latest=min(last, moments.shift(first, REACH[unit], unit)))


def _counted_edge(way: str, held: Moment, whole: tuple[date, date]) -> Moment | None:
    """ "The last two weeks of March", "the first 100 days of his term"."""
    if held.amount is None or held.amount.count is None:
        return None
    first, last = whole
    if way in ("first", "early", "opening"):
        last = moments.shift(first, held.amount.count, held.amount.unit) - timedelta(days=1)
    else:
        first = moments.shift(last, -held.amount.count, held.amount.unit) + timedelta(days=1)
    return replace(held, kind="stretch", earliest=first, latest=last) if whole[0] <= first <= last <= whole[1] else None


_ENDS = "(@day|@month)"

RULES = (
    Rule("year_from_last", f"x=(a={_ENDS}) (to|until|till|through|and|or|-) b={_ENDS}", _year_from_last),
    Rule(
        "not_before_first", f"(from|between) a={_ENDS} (to|until|till|through|and|-) x=(b={_ENDS})", _not_before_first
    ),
    Rule("not_before_first", f"a={_ENDS} (to|until|till|through) x=(b={_ENDS})", _not_before_first),
    Rule("week_of", "the u=UNIT of of=(@day|@range)", _week_of),
    Rule(
        "edge_units_of",
        "(the|its)? way=(first|early|opening|last|final|closing|dying|waning) d=@duration "
        "of of=(@period|@year|@month|@season|@decade|@century|@quarter|@half|@fiscal|@range)",
        _edge_units_of,
    ),
)
