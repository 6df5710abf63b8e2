"""Parts of what has been read ("mid-February", "the end of the year") and moments said in two steps ("June of last year", "Wednesday, May 12")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.reading.timing import days as cal
from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.patterns import Match, Rule
from dragoman.reading.timing.rules_numbers import number_of
from dragoman.reading.timing.rules_relative import unit_of

WHOLES = "(@month|@year|@season|@quarter|@half|@week|@decade|@century|@fiscal|@period|@weekend)"


def _part(match: Match, context: Context) -> Moment:
    return match.moment("of").sliced(str(context.book.lexicon["PART"][match["p"].low]))


def _two_parts(match: Match, context: Context) -> Moment | None:
    """ "Mid to late March": from the first part's start to the second's end."""
    whole = match.moment("of")
    parts = context.book.lexicon["PART"]
    low, high = whole.sliced(parts[match["p"].low]), whole.sliced(parts[match["q"].low])
    return replace(high, earliest=low.earliest) if low.earliest and high.latest and low.earliest < high.latest else None


#: A time in office or a war begins with its first hundred days; its end is its last year at the most.
_OPENING = timedelta(days=99)


def _edge(match: Match, context: Context) -> Moment:
    whole, part = match.moment("of"), str(context.book.lexicon["EDGE"][match["p"].low])
    made = whole.sliced(part)
    if whole.kind == "period" and part == "OPENING" and whole.days is not None:
        return replace(made, latest=min(whole.days[0] + _OPENING, whole.days[1]))
    if whole.kind == "period" and part == "CLOSE" and whole.days is not None and made.earliest is not None:
        year = cal.add_months(whole.days[1], -12) + timedelta(days=1)
        return replace(made, earliest=max(made.earliest, year))
    return made


def _edge_of_unit(match: Match, context: Context) -> Moment | None:
    unit, day = unit_of(match, context), context.today
    if unit not in ("D", "W", "M", "Y", "DE", "CE"):
        return None
    if unit == "Y" and match["p"].low in ("end", "close") and day.month < 10 and context.direction() < 0:
        day = day.replace(year=day.year - 1, day=1)  # under a past verb the end that has been
    return moments.by_unit(unit, day, anchor=context.anchor).sliced(str(context.book.lexicon["EDGE"][match["p"].low]))


def _later(match: Match, context: Context) -> Moment:
    """ "Later this year": what is left of it after the day of writing; "earlier this month": what of it lies before."""
    whole = match.moment("of")
    day = context.reference.day
    if whole.days is None or day is None or not whole.days[0] <= day <= whole.days[1]:
        return whole
    if match["p"].low == "later":
        first = day if whole.kind in ("day", "time") else min(day + timedelta(days=1), whole.days[1])
        return replace(whole, mod="END", earliest=first)
    return replace(whole, mod="START", latest=day)


def _so_far(match: Match, context: Context) -> Moment | None:
    """ "So far this year" ends with the day of writing."""
    whole, day = match.moment("of"), context.reference.day
    if whole.days is None or day is None or not whole.days[0] <= day <= whole.days[1]:
        return None
    return replace(whole, mod="START", latest=day, precision="vague", bare=False)


def _in_year(match: Match, context: Context) -> Moment | None:
    """ "June last year", "March 20 of this year", "the first quarter of 2009": the year said beside sets the one guessed."""
    inner, outer = match.moment("of"), match.moment("y")
    if not inner.bare or inner.days is None or outer.days is None:
        return None
    number = outer.days[0].year
    first, last = inner.days
    if inner.kind == "month":
        made = moments.month(number, first.month)
    elif inner.kind == "day":
        made = moments.day(first.replace(year=number))
    elif inner.kind == "quarter":
        made = moments.quarter(number, (first.month + 2) // 3)
    elif inner.kind == "season":
        made = moments.season(number, inner.value[-2:], south=context.south)
    elif inner.kind == "range":
        low, high = first.replace(year=number), last.replace(year=number)
        made = replace(inner, earliest=low, latest=high, value=f"{low}/{high}", bare=False)
    else:
        return None
    return replace(made.sliced(inner.mod) if inner.mod else made, anchor=outer.anchor)


def _ordinal_of(match: Match, context: Context) -> Moment | None:
    """ "The last week of March", "the first half of 2021", "the third day of May"."""
    outer, unit = match.moment("of"), unit_of(match, context)
    if outer.days is None:
        return None
    word = match["n"].low
    number = -1 if word in ("last", "final", "closing") else int(number_of(match["n"], context) or 1)
    first, last = outer.days
    if unit == "D":
        when = last if number < 0 else first + timedelta(days=number - 1)
        return moments.day(when) if when <= last else None
    if unit == "WE":
        saturday = cal.nth_weekday(first.year, first.month, 6, number) if outer.kind == "month" else None
        return moments.weekend(saturday) if saturday and first <= saturday <= last else None
    if unit == "W":
        monday = last - timedelta(days=6) if number < 0 else first + timedelta(days=7 * (number - 1))
        made = moments.week(monday + timedelta(days=3))
        low, high = max(first, monday), min(last, monday + timedelta(days=6))
        return replace(made, earliest=low, latest=high) if low <= high else None
    if unit == "Y" and outer.kind in ("period", "decade", "century"):
        start = (
            cal.add_months(last, -12) + timedelta(days=1) if number < 0 else cal.add_months(first, 12 * (number - 1))
        )
        end = min(last, cal.add_months(start, 12) - timedelta(days=1))
        return replace(outer, earliest=start, latest=end, precision="vague") if start <= end else None
    if unit == "M":
        start = last if number < 0 else cal.add_months(first, number - 1)
        return moments.month(start.year, start.month) if start <= last else None
    if unit == "Q" and outer.kind in ("year", "fiscal"):
        return moments.quarter(first.year, 4 if number < 0 else number)
    return None


def _half_of(match: Match, context: Context) -> Moment | None:
    outer = match.moment("of")
    if outer.days is None:
        return None
    second = match["n"].low in ("second", "latter", "last")
    if outer.kind in ("year", "fiscal"):
        return moments.half(outer.days[0].year, 2 if second else 1)
    first, last = outer.days
    middle = first + (last - first) // 2
    low, high = (middle + timedelta(days=1), last) if second else (first, middle)
    return replace(outer, earliest=low, latest=high, mod="END" if second else "START", precision="vague", bare=False)


def _weekday_and_date(match: Match, context: Context) -> Moment | None:
    """ "Wednesday, May 12": the date decides; two weekdays in a row stay two."""
    if match.has("wd") and not (
        match.moment("wd").rule.endswith("weekday") and not match.moment("of").rule.endswith("weekday")
    ):
        return None
    date_said = match.moment("of")
    weekday = match.moment("wd").days if match.has("wd") else None
    if not date_said.bare or date_said.days is None or weekday is None or date_said.kind != "day":
        return date_said
    return _year_by_weekday(date_said, date_said.days[0], weekday[0].isoweekday(), context)


def _year_by_weekday(said: Moment, day: date, weekday: int, context: Context) -> Moment:
    """A date without its year, of the years around the one whose calendar fits the weekday beside it and lies nearest."""
    if (day.month, day.day) == (2, 29):
        return said
    near = [day.replace(year=context.today.year + step) for step in (-1, 0, 1)]
    fitting = [d for d in near if d.isoweekday() == weekday]
    if not fitting or day in fitting:
        return said
    return moments.day(min(fitting, key=lambda d: abs((d - context.today).days)), anchor=said.anchor, bare=True)


def _ago_today(match: Match, context: Context) -> Moment | None:
    """ "A year ago today", "two years ago this month": the day or month of that year."""
    year, said = match.moment("w"), match.moment("of")
    if not year.rule.startswith("ago") or not said.deictic or year.earliest is None or said.earliest is None:
        return None
    if said.kind == "month":
        return moments.month(year.earliest.year, said.earliest.month, anchor=year.anchor)
    return moments.day(said.earliest.replace(year=year.earliest.year), anchor=year.anchor)


def _named_in(match: Match, context: Context) -> Moment | None:
    """ "Monday last week", "Friday of next week": the weekday within a week said beside it."""
    inner, outer = match.moment("of"), match.moment("w")
    if inner.days is None or outer.days is None or not inner.bare:
        return None
    return moments.day(outer.days[0] + timedelta(days=inner.days[0].isoweekday() - 1), anchor=outer.anchor)


def _span(match: Match, context: Context) -> Moment | None:
    """ "2017 to 2019" after "from" or "between" stays two expressions; "April 30 - May 2" is one."""
    low, high = match.moment("a"), match.moment("b")
    if low.days is None or high.days is None or low.days[0] > high.days[1]:
        return None
    return replace(
        low, kind="range", value=f"{low.value}/{high.value}", latest=high.days[1], precision="vague", bare=False
    )


PART_RULES = (
    Rule("part", f"the? (very)? p=PART -? (on)? ((in|of|on) the?)? of={WHOLES}", _part),
    Rule("two_parts", f"p=PART -? (to|-|or|and) -? q=PART -? of={WHOLES}", _two_parts),
    Rule("edge", f"(the|its)? (very)? p=EDGE (of|to) the? of=({WHOLES}|@range)", _edge),
    Rule("edge_of_unit", "(the)? (very)? p=EDGE of (the|each)? u=(UNIT)", _edge_of_unit),
    Rule("so_far", f"so far x=(of={WHOLES})", _so_far),
    Rule("to_date", f"x=(of={WHOLES}) (so far|to date)", _so_far),
    Rule("month_of", "the month of of=@month", lambda m, c: m.moment("of")),
    Rule("later", f"p=(earlier|later) (on)? (in|this)? of=({WHOLES}|@day|@time)", _later),
    Rule("month_of_year", "of=(@month|@day|@quarter|@season|@range) ,? (of|in)? (the)? y=(@year|@fiscal)", _in_year),
    Rule("nth_of", f"(the)? n=(ORDINAL|ORD31|last|final|closing) (full)? u=UNIT (of|in) of={WHOLES}", _ordinal_of),
    Rule("half_of_whole", f"(the)? n=(first|second|latter|last) half (of|in)? of={WHOLES}", _half_of),
    Rule("weekday_of_week", "of=@day (,|of|in)? w=@week", _named_in),
)

COMBINED_RULES = (
    Rule("weekday_and_date", "(WEEKDAY_SHORT .?|wd=@day) ,? the? of=@day", _weekday_and_date),
    Rule("ago_today", "w=@year (this)? of=(@day|@month)", _ago_today),
    Rule("span", "a=(@day|@month) - b=(@day|@month)", _span),
)
