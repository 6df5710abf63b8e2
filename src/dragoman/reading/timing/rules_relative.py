"""What is counted from the day of writing ("last month", "tomorrow", "recently") or from what was said just before ("that day")."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.reading.timing import days as cal
from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Moment, by_unit, shift
from dragoman.reading.timing.patterns import Build, Match, Rule
from dragoman.reading.timing.rules_explicit import month_of
from dragoman.reading.timing.rules_numbers import number_of
from dragoman.reading.timing.rules_years import fiscal_days

#: How far an unsaid number of units reaches: "recent weeks" are fewer than two months, "the coming days" not much more than a week.
REACH = {
    "D": 10,
    "N": 10,
    "W": 8,
    "F": 4,
    "WE": 8,
    "M": 11,
    "Q": 7,
    "Y": 9,
    "DE": 5,
    "CE": 9,
    "h": 24,
    "min": 120,
    "s": 120,
    "ML": 3,
}

#: Units that the calendar names, so that "last …" is one of them.
NAMED = frozenset({"D", "W", "WE", "M", "Q", "Y", "DE", "CE"})


def unit_of(match: Match, context: Context, name: str = "u") -> str:
    """The letter of the unit named by a node."""
    low = match[name].low
    lexicon = context.book.lexicon
    return str(lexicon["UNIT"].get(low) or lexicon["UNITS"][low])


def _today(match: Match, context: Context) -> Moment:
    day = context.today + timedelta(days=int(context.book.lexicon["TODAY"][match["t"].low]))
    return moments.day(day, anchor=context.anchor, deictic=True)


def _beyond(days: int) -> Build:
    return lambda match, context: moments.day(context.today + timedelta(days=days), anchor=context.anchor, deictic=True)


def _this_unit(match: Match, context: Context) -> Moment | None:
    unit = unit_of(match, context)
    if unit not in NAMED or unit in ("D", "WE"):
        return None
    return by_unit(unit, context.today, anchor=context.anchor, deictic=True)


def _step_unit(match: Match, context: Context, steps: int) -> Moment | None:
    unit = unit_of(match, context)
    if unit not in NAMED or unit == "D":
        return None
    return by_unit(
        unit,
        shift(context.today.replace(day=1) if unit in ("M", "Q") else context.today, steps, unit),
        anchor=context.anchor,
    )


def _last_unit(match: Match, context: Context) -> Moment | None:
    if unit_of(match, context) in ("DE", "CE"):
        return _ages(match, context, -1)
    if unit_of(match, context) == "WE":  # on a Sunday "last weekend" is the one before; on a Monday the one just over
        saturday = context.today - timedelta(days=(context.today.weekday() - 5) % 7 or 7)
        return moments.weekend(
            saturday if saturday + timedelta(days=1) < context.today else saturday - timedelta(days=7),
            anchor=context.anchor,
        )
    return _step_unit(match, context, -1)


def _ages(match: Match, context: Context, sign: int) -> Moment:
    """ "The last decade" is ten years up to now, seldom a decade of the calendar."""
    unit = unit_of(match, context)
    amount = moments.Amount(1, unit)
    low, high = sorted((context.today, shift(context.today, sign, unit)))
    made = Moment("stretch", "DURATION", moments.duration_value(amount), low, high, amount=amount, precision="vague")
    return replace(made, anchor=context.anchor)


def _next_unit(match: Match, context: Context) -> Moment | None:
    if unit_of(match, context) in ("DE", "CE"):
        return _ages(match, context, 1)
    return _step_unit(match, context, 1)


def _weekend(match: Match, context: Context) -> Moment:
    """The last weekend that has begun, unless the clause looks forward (or says "this" before Saturday)."""
    today = context.today
    direction = context.direction()
    if direction > 0 or (match.words("this").startswith("this") and direction == 0) or today.weekday() >= 5:
        return moments.weekend(today, anchor=context.anchor)
    return moments.weekend(today - timedelta(days=7), anchor=context.anchor)


def _step_month(match: Match, context: Context, steps: int) -> Moment:
    """ "Last June" is the June of the year before or the one just over, never the running month; "next June" likewise ahead."""
    month, today = month_of(match["mo"], context), context.today
    if steps < 0:
        return moments.month(today.year - (month >= today.month), month, anchor=context.anchor)
    return moments.month(today.year + (month <= today.month), month, anchor=context.anchor)


def _this_month(match: Match, context: Context) -> Moment:
    return moments.month(context.today.year, month_of(match["mo"], context), anchor=context.anchor)


#: A season that ended so lately is still "this" one.
_JUST_OVER = timedelta(days=30)


def _step_season(match: Match, context: Context) -> Moment:
    code = str(context.book.lexicon["SEASON"][match["s"].low])
    today, back = context.today, match.words("way") in ("last", "the last", "past", "the past", "this past")
    if match.words("way") == "this":
        over = code == ("SU" if context.south else "WI") and today.month <= 3
        return moments.season(today.year - over, code, south=context.south, anchor=context.anchor)
    first, last = cal.season_days(today.year, code, south=context.south)
    if back:
        return moments.season(
            today.year - (last + _JUST_OVER >= today), code, south=context.south, anchor=context.anchor
        )
    return moments.season(today.year + (first <= today), code, south=context.south, anchor=context.anchor)


def _vague_units(match: Match, context: Context) -> Moment:
    """ "Recent weeks", "the coming days", "the past few years": an amount without a number, bounded by what one would still call so."""
    unit = unit_of(match, context)
    amount = moments.Amount(None, unit)
    made = Moment(
        "amount", "DURATION", moments.duration_value(amount), amount=amount, precision="vague", anchor=context.anchor
    )
    back = match.words("way").split()[-1] in ("recent", "last", "past", "previous", "preceding", "prior")
    return replace(made, kind="stretch", **_reach(context, unit, back))  # type: ignore[arg-type]


def _units_to_come(match: Match, context: Context) -> Moment:
    return _units_reach(context, unit_of(match, context), back=False)


def _units_reach(context: Context, unit: str, *, back: bool, count: float | None = None) -> Moment:
    amount = moments.Amount(count, unit)
    made = Moment(
        "stretch", "DURATION", moments.duration_value(amount), amount=amount, precision="vague", anchor=context.anchor
    )
    if count is None:
        return replace(made, **_reach(context, unit, back))  # type: ignore[arg-type]
    if context.reference.day is None:
        return made
    low, high = sorted((context.today, shift(context.today, -count if back else count, unit)))
    return replace(made, earliest=low, latest=high)


def _reach(context: Context, unit: str, back: bool) -> dict[str, date]:
    today = context.reference.day
    if today is None:
        return {}
    if unit in ("h", "min", "s"):
        return {"earliest": today - timedelta(days=back), "latest": today + timedelta(days=not back)}
    if back:
        return {"earliest": shift(today, -REACH[unit], unit), "latest": today}
    return {"earliest": today, "latest": shift(today, REACH[unit], unit)}


#: Before these "the last year" is the twelve months behind the report, not the calendar's last.
_SPANNING = "over|during|throughout|within"


def _counted_units(match: Match, context: Context) -> Moment:
    """ "The past two decades", "the next six months", "the past week"."""
    count = number_of(match["n"], context) if match.has("n") else 1.0
    unit = unit_of(match, context)
    amount = moments.Amount(count, unit)
    back = match.words("way").split()[-1] in ("last", "past", "previous", "preceding", "prior")
    made = Moment(
        "stretch", "DURATION", moments.duration_value(amount), amount=amount, precision="vague", anchor=context.anchor
    )
    if count is None:
        return replace(made, **_reach(context, unit, back))  # type: ignore[arg-type]
    if match.words("way") in (
        "the following",
        "the previous",
        "the preceding",
        "the prior",
        "following",
        "previous",
        "preceding",
    ):
        told = context.recall()
        if told is None or told.days is None:
            return replace(made, anchor=None)
        at = told.days
        low, high = (shift(at[0], -count, unit), at[0]) if back else (at[1], shift(at[1], count, unit))
        return replace(made, earliest=low, latest=high, anchor="told")
    if context.reference.day is None:
        return made
    today = context.today
    low, high = (shift(today, -count, unit), today) if back else (today, shift(today, count, unit))
    return replace(made, earliest=low, latest=high)


def _fiscal_year(match: Match, context: Context) -> Moment:
    """The fiscal year of the outlet's state; where that is not known, anything from six months before to six months after the calendar's year."""
    steps = {"last": -1, "previous": -1, "next": 1}.get(match.words("way").split()[-1], 0)
    number = context.today.year + steps
    made = moments.year(number, anchor=context.anchor, mod="APPROX")
    first = context.book.fiscal.get(context.country or "")
    if first is not None:
        running = context.today.year + (1 < first <= context.today.month)
        low, high = fiscal_days(running + steps, context)
        return replace(made, kind="fiscal", earliest=low, latest=high)
    return replace(made, kind="fiscal", earliest=date(number - 1, 7, 1), latest=date(number + 1, 6, 30))


def _and_a_half(match: Match, context: Context) -> Moment:
    unit, today = unit_of(match, context), context.today
    amount = moments.Amount(1.5, unit)
    low, high = sorted((today, shift(today, -1.5 if match.words("way").split()[-1] in ("last", "past") else 1.5, unit)))
    made = Moment("stretch", "DURATION", moments.duration_value(amount), low, high, amount=amount, precision="vague")
    return replace(made, anchor=context.anchor)


def _half_age(match: Match, context: Context) -> Moment:
    """ "The past half century"."""
    unit, today = unit_of(match, context), context.today
    back = match.words("way").split()[-1] in ("last", "past")
    amount = moments.Amount(0.5, unit)
    low, high = sorted((today, shift(today, -0.5 if back else 0.5, unit)))
    made = Moment("stretch", "DURATION", moments.duration_value(amount), low, high, amount=amount, precision="vague")
    return replace(made, anchor=context.anchor)


#: How far around the first day of a year, a century the turn of it reaches: days, years.
_TURN_DAYS, _TURN_YEARS = 15, 2


def _turn_of(match: Match, context: Context) -> Moment | None:
    """ "The turn of the year", "the turn of the century": the nearest one behind, or ahead of a planned clause."""
    today, ahead = context.today, context.direction() > 0
    if match["u"].low == "year":
        at = date(today.year + ahead, 1, 1)
        span = timedelta(days=_TURN_DAYS)
        return moments.vague("PAST_REF", at - span, at + span, anchor=context.anchor)
    size = 1000 if match["u"].low == "millennium" else 100
    year = today.year // size * size
    return moments.vague("PAST_REF", date(year - _TURN_YEARS, 1, 1), date(year + _TURN_YEARS, 12, 31))


def _unit_of_report(match: Match, context: Context) -> Moment | None:
    unit = unit_of(match, context)
    if unit == "Y" and match.words("end") and context.direction() < 0 and context.today.month < 10:
        return moments.year(context.today.year - 1, anchor=context.anchor).sliced("CLOSE")
    return by_unit(unit, context.today, anchor=context.anchor) if unit in ("D", "W", "M", "Y", "Q", "DE") else None


def _years_end(match: Match, context: Context) -> Moment:
    """ "By year's end", "at year-end": of the running year, or of the last under a past verb in its first months."""
    back = context.direction() < 0 and context.today.month < 10
    return moments.year(context.today.year - back, anchor=context.anchor).sliced("CLOSE")


def _tonight(match: Match, context: Context) -> Moment:
    return replace(
        moments.day(context.today, anchor=context.anchor), kind="time", type="TIME", value=f"{context.today}TNI"
    )


def _last_night(match: Match, context: Context) -> Moment:
    day = context.today - timedelta(days=1)
    return replace(moments.day(day, anchor=context.anchor), kind="time", type="TIME", value=f"{day}TNI")


def _this_part(match: Match, context: Context) -> Moment:
    code = context.book.lexicon["DAYPART"][match["p"].low]
    return replace(
        moments.day(context.today, anchor=context.anchor), kind="time", type="TIME", value=f"{context.today}T{code}"
    )


_WAYS = "(the|its|their|his|these|this)? (last|past|next|coming|previous|preceding|prior)"
_WITHIN_UNIT = "earlier|later|in|late|early|during|for|end|start|beginning|close|middle|half|part|rest|course|of"

RULES = (
    Rule("today", "t=TODAY", _today),
    Rule("day_before_yesterday", "the? day before yesterday", _beyond(-2)),
    Rule("day_after_tomorrow", "the? day after tomorrow", _beyond(2)),
    Rule("this_unit", "(this|the current|the present|our current) u=UNIT", _this_unit),
    Rule("last_unit_over", f"({_SPANNING}) (the course of)? x=(way=(the last|the next) u=UNIT) !(of)", _counted_units),
    Rule("last_unit", "(last|the last|this last|this past) u=UNIT !(of)", _last_unit),
    Rule("next_unit", "(next|the next|this coming) u=UNIT", _next_unit),
    Rule("weekend", "(over|during|at|on|for|through) x=(this=(the|this) (past|coming)? weekend) !(of)", _weekend),
    Rule("this_weekend", "x=(this=this (past|coming)? weekend)", _weekend),
    Rule("last_month_name", "(last|this past|the previous) mo=MONTH", lambda m, c: _step_month(m, c, -1), "XXXX-XX"),
    Rule("next_month_name", "(next|this coming) mo=MONTH", lambda m, c: _step_month(m, c, 1), "XXXX-XX"),
    Rule("this_month_name", "this mo=MONTH", _this_month, "XXXX-XX"),
    Rule(
        "named_season", "way=(last|next|this|this past|this coming|the coming|the past) s=SEASON", _step_season, "XXXX"
    ),
    Rule("vague_units", "way=((the|its|their|his)? (more|most)? (recent|coming|upcoming)) u=UNITS", _vague_units),
    Rule(
        "counted_units",
        f"way=({_WAYS}|the following) ({{NUM}} (to|or|-))? n={{NUM}} -? u=(UNITS|UNIT) !(of)",
        _counted_units,
    ),
    Rule("bare_units_by", "way=((the|these)? (last|past|next|coming|previous|preceding)) u=UNITS !(of)", _vague_units),
    Rule("unit_and_a_half", "way=(the (last|past|next|coming)) (one)? u=UNIT and a half", _and_a_half),
    Rule("half_age", "way=(the (last|past|next|coming)) half -? u=(century|decade|year)", _half_age),
    Rule("turn_of", "the turn of (the|this) u=(year|century|millennium)", _turn_of),
    Rule("past_unit", "way=(the (past|coming)) u=UNIT", _counted_units),
    Rule("following_ages", "way=(the following) u=(decade|century)", _counted_units),
    Rule(
        "fiscal_year",
        "way=(this|last|next|the current|the previous|the last|the next) (fiscal|financial) year",
        _fiscal_year,
    ),
    Rule(
        "unit_of_report",
        f"({_WITHIN_UNIT}) (in|on|of)? x=(the u=UNIT) !(of|before|after|that|when|in)",
        _unit_of_report,
    ),
    Rule("years_end", "(the)? year ('s|-) end", _years_end),
    Rule("units_to_come", "the (UNITS and)? u=UNITS (to come|ahead|to follow) !(of)", _units_to_come),
    Rule("over_the_years", "over x=(the years)", lambda m, c: _units_reach(c, "Y", back=True)),
    Rule("last_day", "over x=(the (last|past) day)", lambda m, c: _units_reach(c, "D", back=True, count=1)),
    Rule("tonight", "tonight", _tonight),
    Rule("last_night", "last (night|evening)", _last_night),
    Rule("this_day", "on x=(this ANY? day) !(in)", lambda m, c: moments.day(c.today, anchor=c.anchor)),
    Rule("this_part", "(early|late|later|earlier)? this p=DAYPART", _this_part),
)
