"""Amounts of time, what they reach back or forward to, and what comes again and again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.reading.timing import days as cal
from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context, nearest_weekday
from dragoman.reading.timing.moments import Amount, Moment, by_unit, duration_value, shift
from dragoman.reading.timing.patterns import Build, Match, Rule
from dragoman.reading.timing.rules_numbers import number_of
from dragoman.reading.timing.rules_relative import REACH, unit_of


def _amount(count: float | None, unit: str) -> Moment:
    amount = Amount(count, unit)
    return Moment("duration", "DURATION", duration_value(amount), amount=amount, precision="vague")


def _counted(match: Match, context: Context) -> Moment | None:
    unit = unit_of(match, context)
    count = number_of(match["n"], context)
    if count is not None and match.words("n") and unit == "s" and match["u"].low == "second":
        return None
    return _amount(count, unit)


def _one(match: Match, context: Context) -> Moment | None:
    """ "A week"; "a second" and "a quarter" are mostly something else."""
    unit = unit_of(match, context)
    after = match.around(1)
    if unit in ("s", "Q", "GE", "N", "WE") or (after is not None and after.low in ("later", "-") and unit == "min"):
        return None
    return _amount(1, unit)


def _bare(match: Match, context: Context) -> Moment | None:
    unit = unit_of(match, context)
    before = match.around(-1)
    if unit in ("s", "Q", "N", "WE", "GE", "ML", "F") or (
        before is not None
        and before.low in ("the", "these", "those", "our", "my", "your", "his", "her", "their", "its", "early")
    ):
        return None
    return _amount(None, unit)


def _half(match: Match, context: Context) -> Moment:
    unit = unit_of(match, context)
    if unit == "Y":
        return _amount(6, "M")
    return _amount(30, "min") if unit == "h" else _amount(5, "Y") if unit == "DE" else _amount(0.5, unit)


def _and_a_half(match: Match, context: Context) -> Moment:
    return _amount((number_of(match["n"], context) or 1) + 0.5, unit_of(match, context))


def _two_amounts(match: Match, context: Context) -> Moment:
    """ "Two hours and 30 minutes": the value holds both, the amount the larger."""
    first, second = (
        _amount(number_of(match["n"], context), unit_of(match, context)),
        _amount(number_of(match["k"], context), unit_of(match, context, "v")),
    )
    a, b = first.value, second.value
    tail = b[2:] if b.startswith("PT") and a.startswith("PT") else b[1:]
    return replace(first, value=a + tail)


def _age(match: Match, context: Context) -> Moment:
    return Moment("age", "DURATION", "", silent=True)


def _whole(match: Match, context: Context) -> Moment:
    return _amount(1, unit_of(match, context))


AMOUNT_RULES = (
    Rule("idiom", "at the end of the day ,? !(on|of)", _age),
    Rule("light_year", "light -? (year|years)", _age),
    Rule("counted_light_years", "{NUM} light -? (year|years)", _age),
    Rule(
        "amount",
        "(a|the|another|a mere|a full|an additional|a further|an extra)? n={NUM} (more|full|straight|consecutive|whole|long|additional)? u=UNITS",
        _counted,
    ),
    Rule("amount_adjective", "n={NUM} -? u=(UNIT|UNITS)", _counted),
    Rule("amount_range", "{NUM} (to|or|-) n={NUM} -? u=(UNITS|UNIT)", _counted),
    Rule("one", "(a|an|another) (full|whole|single|entire)? u=UNIT", _one),
    Rule("whole", "(the (whole|entire)|all) u=(day|week|month|year|night|decade|weekend)", _whole),
    Rule("half_of", "half (a|an|-) u=UNIT", _half),
    Rule("one_and_a_half", "n=(a|an|one) -? u=UNIT -? and -? a -? half", _and_a_half),
    Rule("amount_and_a_half", "n={NUM} -? u=UNITS -? and -? a -? half", _and_a_half),
    Rule("amount_and_amount", "n={NUM} u=(UNITS|UNIT) (and|,)? k={NUM} v=(UNITS|UNIT)", _two_amounts),
    Rule("units", "u=UNITS", _bare),
    Rule("age", "{NUM} -? (UNIT|UNITS) -? (old|olds|of age)|(aged|age|ages) {NUM} ((to|-|and) {NUM})? (UNITS)?", _age),
)

_MODS = {
    "more than": "MORE_THAN",
    "over": "MORE_THAN",
    "longer than": "MORE_THAN",
    "upwards of": "MORE_THAN",
    "in excess of": "MORE_THAN",
    "well over": "MORE_THAN",
    "just over": "MORE_THAN",
    "a little over": "MORE_THAN",
    "at least": "EQUAL_OR_MORE",
    "no less than": "EQUAL_OR_MORE",
    "less than": "LESS_THAN",
    "fewer than": "LESS_THAN",
    "under": "LESS_THAN",
    "just under": "LESS_THAN",
    "nearly": "LESS_THAN",
    "almost": "LESS_THAN",
    "up to": "EQUAL_OR_LESS",
    "as long as": "EQUAL_OR_LESS",
    "at most": "EQUAL_OR_LESS",
    "no more than": "EQUAL_OR_LESS",
    "about": "APPROX",
    "around": "APPROX",
    "approximately": "APPROX",
    "roughly": "APPROX",
    "some": "APPROX",
}


def _modified(match: Match, context: Context) -> Moment | None:
    made = match.moment("d")
    if made.amount is None:
        return None
    return replace(made, mod=_MODS[match.words("how")], rule="")


def _point(match: Match, context: Context, sign: int) -> Moment | None:
    """The day, month or year that lies an amount before (or after) the day of writing: as coarse as its unit."""
    held = match.moment("d")
    if held.amount is None:
        return None
    return _from(context.today, held, sign, context.anchor)


def _from(start: date, held: Moment, sign: int, anchor: str) -> Moment | None:
    amount = held.amount
    if amount is None:
        return None
    count, unit = amount.count, amount.unit
    if count is None:
        return _vague_point(start, unit, sign, anchor)
    target = shift(start, sign * count, unit)
    if unit in ("h", "min", "s"):
        low, high = sorted((target, start))
        return replace(moments.day(low, anchor=anchor), latest=high, type="DATE", precision="day")
    if unit in ("DE", "CE", "ML", "Q", "GE") or (unit == "Y" and count >= 20 and count % 10 == 0):
        low, high = cal.year_days(target.year - 1)[0], cal.year_days(target.year + 1)[1]
        made = moments.year(target.year, anchor=anchor, mod="APPROX", earliest=low, latest=high)
        return _bounded(made, held, target, sign, start) if held.mod else made
    made = by_unit("M" if unit == "Y" and count != int(count) else unit, target, anchor=anchor)
    return _bounded(made, held, target, sign, start)


def _bounded(made: Moment, held: Moment, target: date, sign: int, start: date) -> Moment:
    """ "More than a year ago" has a last day only (ahead a first one); "less than a year ago" lies between then and now."""
    if held.mod in ("MORE_THAN", "EQUAL_OR_MORE"):
        return replace(
            made,
            mod=held.mod,
            earliest=None if sign < 0 else target,
            latest=target if sign < 0 else None,
            precision="vague",
        )
    if held.mod in ("LESS_THAN", "EQUAL_OR_LESS"):
        low, high = sorted((start, target))
        return replace(made, mod=held.mod, earliest=low, latest=high, precision="vague")
    return replace(made, mod=held.mod)


def _vague_point(start: date, unit: str, sign: int, anchor: str) -> Moment:
    ref = "PAST_REF" if sign < 0 else "FUTURE_REF"
    if unit in ("h", "min", "s"):
        low, high = sorted((start, start + timedelta(days=sign)))
        return moments.vague(ref, low, high, anchor=anchor)
    near, far = shift(start, sign, unit), shift(start, sign * REACH[unit], unit)
    return moments.vague(ref, *sorted((near, far)), anchor=anchor)


_COARSE = {"decade": "Y", "year": "M", "period": "M", "season": "W", "quarter": "W", "month": "D"}

_ORDER = ("s", "min", "h", "D", "N", "W", "WE", "F", "M", "Q", "Y", "DE", "CE")


def _finer(told: Moment, held: Moment) -> bool:
    """Whether counting an amount from a moment says anything: two days after "2020" do not."""
    floor = _COARSE.get(told.kind)
    if floor is None or held.amount is None or held.amount.unit not in _ORDER:
        return True
    return _ORDER.index(held.amount.unit) > _ORDER.index(floor)


def _from_told(sign: int) -> Build:
    def build(match: Match, context: Context) -> Moment | None:
        """ "Two weeks earlier", "a year later": from what was told before, else from the day of writing."""
        told, held = context.recall(), match.moment("d")
        if told is not None and told.days and _finer(told, held):
            start, anchor = told.days[0 if sign < 0 else 1], "told"
        elif sign > 0 and context.direction() <= 0:  # later than something that the report does not date
            return moments.vague("PAST_REF", None, context.today, anchor=None)
        else:
            start, anchor = context.today, context.anchor
        return _from(start, held, sign, anchor)

    return build


def _from_named(sign: int) -> Build:
    def build(match: Match, context: Context) -> Moment | None:
        """ "Two days before Christmas", "a week after May 5", "a week from Monday"."""
        named = match.moment("at")
        if not named.days:
            return None
        held = match.moment("d").amount
        if match.words("by") == "from" and named.rule == "weekday" and held is not None and held.count is not None:
            monday = nearest_weekday(context.today, named.days[0].isoweekday(), 1)
            return moments.day(shift(monday, held.count, held.unit), anchor=context.anchor)
        return _from(named.days[0 if sign < 0 else 1], match.moment("d"), sign, named.anchor or "told")

    return build


def _within(match: Match, context: Context) -> Moment | None:
    """ "Within weeks": from one unit on; weeks end with the next month, where one would say months. "Within two weeks": from now to then."""
    held = match.moment("d")
    if held.amount is None or context.reference.day is None:
        return None
    count, unit = held.amount.count, held.amount.unit
    today, sign = context.today, -1 if context.direction() < 0 and count is not None else 1
    if unit in ("h", "min", "s") and (count is None or count < 24 or unit != "h"):
        return replace(held, rule="within", earliest=today, latest=today + timedelta(days=1), anchor=context.anchor)
    if count is not None:
        low, high = sorted((today, shift(today, sign * count, unit)))
        return replace(held, rule="within", earliest=low, latest=high, anchor=context.anchor)
    near = shift(today, 1, unit)
    if unit == "W":
        following = cal.add_months(today.replace(day=1), 1)
        far = max(cal.month_days(following.year, following.month)[1], shift(today, 5, unit))
    else:
        far = shift(today, REACH[unit], unit)
    return replace(held, rule="within", earliest=near, latest=far, anchor=context.anchor)


def _between(match: Match, context: Context) -> Moment | None:
    """The first number of "between 60 and 90 days"."""
    held, count = match.moment("d").amount, number_of(match["n"], context)
    return _amount(count, held.unit) if held and count is not None else None


def _in_amount(match: Match, context: Context) -> Moment | None:
    """ "In two weeks" under a planned verb is the week in which that day lies; elsewhere it is how long something took."""
    held = match.moment("d")
    if held.amount is None or context.reference.day is None or context.direction() <= 0:
        return None
    if set(match.words("x").split()) & {"single", "whole", "full", "entire"}:
        return None  # "the most in a single year": how long, not when
    found = _from(context.today, held, 1, context.anchor)
    if found is None:
        return None
    return replace(held, rule="in_amount", earliest=found.earliest, latest=found.latest, anchor=context.anchor)


#: Words that take up the sentence before as what "comes a week after" something.
_TAKING_UP = ("this ", "that ", "it ", "the move ", "the news ", "the announcement ", "the decision ")


def _comes_after(match: Match, context: Context) -> Moment | None:
    """ "The move comes a month after they met": the report is of the days since, so they met a month back or a little more."""
    held = match.moment("d")
    if held.amount is None or held.amount.count is None or context.reference.day is None:
        return None
    count, unit = held.amount.count, held.amount.unit
    told = context.recall(kinds=frozenset({"day"}), reach=1) if context.text.lower().startswith(_TAKING_UP) else None
    day, anchor = (told.earliest, "told") if told and told.earliest else (context.today, context.anchor)
    low, high = shift(day, -count - 1, unit), shift(day, -count, unit)
    return replace(held, rule="comes_after", earliest=low, latest=high, anchor=anchor)


def _first_in(match: Match, context: Context) -> Moment | None:
    held = match.moment("d")
    if held.amount is None or context.reference.day is None or held.amount.count is None:
        return None
    start = shift(context.today, -held.amount.count, held.amount.unit)
    return replace(held, rule="first_in", earliest=start, latest=context.today, anchor=context.anchor)


def _for_amount(match: Match, context: Context) -> Moment | None:
    """ "Have not spoken for over two years": it began at the latest two years ago. Under other verbs a length says nothing of when."""
    held = match.moment("d")
    if held.amount is None or context.reference.day is None or not context.lasts() or context.direction() > 0:
        return None
    found = _from(context.today, held, -1, context.anchor)
    if found is None:
        return None
    return replace(held, rule="for_amount", earliest=found.earliest, latest=found.latest, anchor=context.anchor)


_HOW = "|".join(sorted(_MODS, key=len, reverse=True))

REACH_RULES = (
    Rule("amount_mod", f"how=({_HOW}) d=@duration", _modified),
    Rule("ago", "(how=({HOW}))? d=@duration (ago|back)".replace("{HOW}", _HOW), lambda m, c: _with_how(m, c, -1)),
    Rule("from_now", "d=@duration (from (now|today)|hence)", lambda m, c: _point(m, c, 1)),
    Rule("earlier", "d=@duration (earlier|previously) !(than)", _from_told(-1)),
    Rule("before", "d=@duration before STOP", _from_told(-1)),
    Rule("later", "d=@duration (later|afterward|afterwards|thereafter) !(than)", _from_told(1)),
    Rule("later", "x=(d=@duration on) ,", _from_told(1)),
    Rule("before_named", "d=@duration (before|ahead of|prior to) at=(@day|@month|@year|@time)", _from_named(-1)),
    Rule("after_named", "d=@duration by=(after|from|since|following) at=(@day|@month|@year|@time)", _from_named(1)),
    Rule("age_level", "@age", _age),
)

CONTEXT_RULES = (
    Rule("between_amounts", "between x=(n={NUM}) and d=(@duration)", _between),
    Rule("within", "(within|inside) (the|a|just|only)? x=(d=@duration)", _within),
    Rule("comes_after", "(comes|come|follows) (just|only|barely)? x=(d=@duration) after", _comes_after),
    Rule("in_time", "in x=(d=@duration ('s|')? time)", lambda m, c: _point(m, c, 1)),
    Rule("in_amount", "in (just|only)? x=(d=@duration)", _in_amount),
    Rule("first_in", "(ORDINAL|ORD31) ANY? ANY? ANY? ANY? ANY? (in|for) x=(d=@duration)", _first_in),
    Rule("for_amount", "for x=(d=@duration)", _for_amount),
    Rule("been_amount", "been x=(d=@duration) since", _for_amount),
)


def _with_how(match: Match, context: Context, sign: int) -> Moment | None:
    held = match.moment("d")
    if match.has("how"):
        held = replace(held, mod=_MODS[match.words("how")])
    return _from(context.today, held, sign, context.anchor) if held.amount else None
