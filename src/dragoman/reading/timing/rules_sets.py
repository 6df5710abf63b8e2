"""What comes again and again: "every Monday", "twice a year", "daily"."""

from __future__ import annotations

from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Amount, Moment, duration_value
from dragoman.reading.timing.patterns import Match, Rule
from dragoman.reading.timing.rules_numbers import number_of
from dragoman.reading.timing.rules_relative import unit_of


def _set(value: str) -> Moment:
    return Moment("set", "SET", value, precision="vague")


def _every_unit(match: Match, context: Context) -> Moment:
    count = number_of(match["n"], context) if match.has("n") else 1
    times = 2 if match.has("other") else count
    return _set(duration_value(Amount(times, unit_of(match, context))))


def _weekdays(match: Match, context: Context) -> Moment:
    lexicon = context.book.lexicon
    low = match["wd"].low
    number = lexicon["WEEKDAYS"].get(low) or lexicon["WEEKDAY"].get(low)
    return _set(f"XXXX-WXX-{number}")


def _every_part(match: Match, context: Context) -> Moment:
    lexicon = context.book.lexicon
    low = match["p"].low
    return _set(f"XXXX-XX-XXT{lexicon['DAYPART'].get(low) or lexicon['DAYPARTS'][low]}")


def _every_season(match: Match, context: Context) -> Moment:
    return _set(f"XXXX-{context.book.lexicon['SEASON'][match['s'].low]}")


def _every_month(match: Match, context: Context) -> Moment:
    return _set(f"XXXX-{int(context.book.lexicon['MONTH'][match['mo'].low]):02d}")


def _frequency(match: Match, context: Context) -> Moment:
    return _set(str(context.book.lexicon["FREQUENCY"][match["f"].low]))


def _per_unit(match: Match, context: Context) -> Moment | None:
    """ "Per year"; "per hour" is a speed."""
    return _times_a(match, context) if unit_of(match, context) not in ("h", "min", "s") else None


def _times_a(match: Match, context: Context) -> Moment:
    return _set(duration_value(Amount(1, unit_of(match, context))))


SET_RULES = (
    Rule("every_unit", "(every|each) (other=other|n={NUM}|ORDINAL|single|and every)? u=(UNIT|UNITS)", _every_unit),
    Rule("every_weekday", "(every|each) (other|second)? wd=WEEKDAY", _weekdays),
    Rule("on_weekdays", "wd=WEEKDAYS", _weekdays),
    Rule("every_part", "(every|each|most) p=DAYPART", _every_part),
    Rule("in_parts", "(on|in)? p=(mornings|evenings|afternoons)", _every_part),
    Rule("every_season", "(every|each) s=SEASON", _every_season),
    Rule("every_month", "(every|each) mo=MONTH", _every_month),
    Rule("frequency", "f=FREQUENCY", _frequency),
    Rule("times_a", "(once|twice|thrice|several times|{NUM} times) (a|an|per|each|every) u=UNIT", _times_a),
    Rule("per_unit", "x=(per u=UNIT)", _per_unit),
    Rule("a_daily_basis", "on a f=FREQUENCY basis", _frequency),
)
