"""What is counted from something that the report told just before: "that day", "the following month", "in the morning"."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Moment, by_unit, shift
from dragoman.reading.timing.patterns import Build, Match, Rule
from dragoman.reading.timing.rules_relative import NAMED, unit_of
from dragoman.reading.timing.rules_vague import past

_DAYS = frozenset({"day", "time", "range"})

_WEEKS = _DAYS | {"week", "weekend"}

_MONTHS = _WEEKS | {"month"}

_YEARS = _MONTHS | {"quarter", "half", "season", "year", "fiscal"}

#: Kinds of moment that say in which unit they lie.
_FINE = {
    "D": _DAYS,
    "N": _DAYS,
    "W": _WEEKS,
    "WE": _WEEKS,
    "M": _MONTHS,
    "Q": _MONTHS,
    "Y": _YEARS,
    "DE": _YEARS | {"decade"},
    "CE": _YEARS | {"decade", "century"},
}


#: "That day" and "the day after" never count from the day of the report where any day was told so many sentences before.
_FAR = 6


def _reach(unit: str) -> int:
    return _FAR if unit in {"D", "N"} else 2


def _anaphoric_step(steps: int) -> Build:
    def build(match: Match, context: Context) -> Moment | None:
        unit = unit_of(match, context)
        if unit not in NAMED:
            return None
        told = context.recall(kinds=_FINE[unit], reach=_reach(unit))
        start = told.days[1 if steps > 0 else 0] if told and told.days else context.today
        return by_unit(unit, shift(start, steps, unit), anchor="told" if told else context.anchor)

    return build


def _that_unit(match: Match, context: Context) -> Moment | None:
    unit = unit_of(match, context)
    if unit not in NAMED:
        return None
    told = context.recall(kinds=_FINE[unit], reach=_reach(unit)) or context.recall()
    if told is None or told.days is None:
        return None if context.reference.day is None else by_unit(unit, context.today, anchor=context.anchor)
    if told.kind not in _FINE[unit]:  # "that day" after "in March": some day of March
        return moments.unknown("vague", "XXXX-XX-XX", earliest=told.earliest, latest=told.latest, anchor="told")
    return by_unit(unit, told.days[0], anchor="told")


def _that_part(match: Match, context: Context) -> Moment | None:
    """ "That night", "the same evening": of the day told last, else of the report's."""
    told = context.recall(kinds=_DAYS, reach=_FAR)
    if told is None and context.reference.day is None:
        return None
    when = told.days[0] if told and told.days else context.today
    code = context.book.lexicon["DAYPART"][match["p"].low]
    made = moments.day(when, anchor="told" if told else context.anchor)
    return replace(made, kind="time", type="TIME", value=f"{when}T{code}")


def _that_time(match: Match, context: Context) -> Moment:
    told = context.recall()
    if told is not None:
        return moments.vague("PAST_REF", told.earliest, told.latest, anchor="told")
    return past(match, context)


def _that_period(match: Match, context: Context) -> Moment:
    """ "During that period": the amount or period told before; what has lasted until now ends now."""
    told, day = context.recall_length(), context.reference.day
    if told is None:
        return _that_time(match, context)
    lasting = told.rule.startswith("for_amount")
    return moments.vague("PAST_REF", told.earliest, day if lasting else told.latest, anchor="told")


def _overnight(match: Match, context: Context) -> Moment:
    """The night before the day of writing, or after the day told before in the sentence."""
    told = context.recall(same_sentence=True, kinds=_DAYS)
    day = told.earliest if told and told.earliest else context.today - timedelta(days=1)
    made = replace(
        moments.day(day, anchor="told" if told else context.anchor), kind="time", type="TIME", value=f"{day}TNI"
    )
    return replace(made, latest=day + timedelta(days=1))


def _the_part(match: Match, context: Context) -> Moment:
    """ "In the morning": of the day told just before in the sentence, else of the report's."""
    code = context.book.lexicon["DAYPART"][match["p"].low]
    told = context.recall(same_sentence=True, kinds=frozenset({"day"}))
    when = told.earliest if told and told.earliest else context.today
    return replace(
        moments.day(when, anchor="told" if told else context.anchor), kind="time", type="TIME", value=f"{when}T{code}"
    )


RULES = (
    Rule(
        "day_before",
        "the (day|night|evening) before STOP",
        lambda m, c: _step_day(m, c, -1),
    ),
    Rule(
        "day_after",
        "the (day|morning|night) after STOP",
        lambda m, c: _step_day(m, c, 1),
    ),
    Rule(
        "day_before_clause",
        "x=(the (day|night)) (before|after|following)",
        lambda m, c: moments.unknown("vague", "XXXX-XX-XX"),
    ),
    Rule(
        "day_before_clause",
        "on x=(the (morning|evening)) (before|after|following)",
        lambda m, c: moments.unknown("vague", "XXXX-XX-XX"),
    ),
    Rule("day_before_clause", "on x=(the eve) of", lambda m, c: moments.unknown("vague", "XXXX-XX-XX")),
    Rule("previous_unit", "(the previous|the preceding|the prior) u=UNIT", _anaphoric_step(-1)),
    Rule("unit_earlier", "(the u=UNIT (before|previous|prior)) !(the|a|an|that|last)", _anaphoric_step(-1)),
    Rule("following_unit", "(the following|the very next) u=UNIT", _anaphoric_step(1)),
    Rule("the_next_day", "the next u=(day|morning|night)", lambda m, c: _step_day(m, c, 1)),
    Rule("that_unit", "(that|that same|the same|that very) u=UNIT", _that_unit),
    Rule("that_part", "(that|the same|that same|that very) p=DAYPART", _that_part),
    Rule("that_time", "(at the time|at that time|back then|at that point)", _that_time),
    Rule("overnight", "overnight", _overnight),
    Rule("the_part", "(in|during|by|on) x=(the (early|late)? p=DAYPART (hours)?) !(of)", _the_part),
)


def _step_day(match: Match, context: Context, steps: int) -> Moment:
    told = context.recall(kinds=_DAYS, reach=_FAR)
    start = told.days[1 if steps > 0 else 0] if told and told.days else context.today
    return moments.day(start + timedelta(days=steps), anchor="told" if told else context.anchor)


PERIOD_RULES = (
    Rule("that_period", "(that|this) (same)? period", _that_period),
    Rule("the_period", "during x=(the (same)? period) !(of|from|when|between)", _that_period),
)
