"""Times of day, their zones, and the day they belong to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.patterns import Match, Rule
from dragoman.reading.timing.pieces import Node


def _clock_of(node: Node, meridiem: str | None) -> str | None:
    """ "T21:30" of "9.30" and "pm"; ``None`` for what no clock shows."""
    form = node.low
    if node.kind == "four" or node.kind == "year":
        form = f"{form[:2]}:{form[2:]}"
    parts = form.replace(".", ":").split(":")
    hour, minutes = int(parts[0]), parts[1:]
    if meridiem:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if meridiem == "pm" else 0)
    if hour > 24 or any(int(m) > 59 for m in minutes):
        return None
    return "T" + ":".join([f"{hour:02d}", *minutes])


def _at(clock: str, context: Context) -> Moment:
    """A clock time: its day is the one told before in the sentence, else the report's."""
    made = Moment("clock", "TIME", clock, precision="day", bare=True)
    told = context.recall(same_sentence=True, kinds=frozenset({"day", "time"}))
    day = told.earliest if told else context.reference.day
    if day is None:
        return replace(made, value=f"XXXX-XX-XX{clock}")
    return replace(made, earliest=day, latest=day, value=f"{day}{clock}", anchor="told" if told else context.anchor)


def _clock(match: Match, context: Context) -> Moment | None:
    meridiem = str(context.book.lexicon["MERIDIEM"][match["mer"].low]) if match.has("mer") else None
    clock = _clock_of(match["h"], meridiem)
    return _at(clock, context) if clock else None


def _plain_clock(match: Match, context: Context) -> Moment | None:
    """ "18:00" alone: only where the words around it speak of a time, for scores and verses look the same."""
    before = match.around(-1)
    if not match.has("zone") and (
        before is None or (before.low not in context.book.words["clock_cues"] and before.moment is None)
    ):
        return None
    clock = _clock_of(match["h"], None)
    return _at(clock, context) if clock else None


def _military(match: Match, context: Context) -> Moment | None:
    clock = _clock_of(match["h"], None)
    return _at(clock, context) if clock else None


_WORDS = {"noon": "T12:00", "midday": "T12:00", "midnight": "T00:00"}


def _word(match: Match, context: Context) -> Moment | None:
    return _at(_WORDS[match["w"].low], context)


def _with_zone(match: Match, context: Context) -> Moment:
    return replace(match.moment("c"), rule="")


def _of_day(match: Match, context: Context) -> Moment | None:
    """ "10 a.m. on Wednesday", "June 2, 2019 - 17:40"."""
    clock, on = match.moment("c"), match.moment("d")
    if on.days is None:
        return None
    return replace(
        on, kind="time", type="TIME", value=f"{on.value[:10]}{clock.value[clock.value.index('T') :]}", rule=""
    )


def _part_of_day(match: Match, context: Context) -> Moment:
    """ "Wednesday morning", "the night of January 5"."""
    on = match.moment("d")
    lexicon = context.book.lexicon
    code = lexicon["DAYPART"][match["p"].low]
    mod = lexicon["PART"].get(match["half"].low) if match.has("half") else on.mod
    return replace(on, kind="time", type="TIME", value=f"{on.value[:10]}T{code}", mod=mod, rule="")


def _early_day(match: Match, context: Context) -> Moment:
    """ "Early Wednesday", "late on Friday"."""
    on = match.moment("d")
    late = match["p"].low == "late"
    return replace(on, mod="END" if late else "START", rule="")


def _week_from_day(match: Match, context: Context) -> Moment | None:
    """ "A week ago Monday" is the Monday of that week."""
    weekday, week = match.moment("d"), match.moment("w")
    if weekday.days is None or week.days is None:
        return None
    monday: date = week.days[0] - timedelta(days=week.days[0].weekday())
    return moments.day(monday + timedelta(days=weekday.days[0].isoweekday() - 1), anchor=week.anchor)


_PLACES = "local|eastern|central|pacific|mountain|moscow|korea|seoul|beijing|tokyo|kyiv|tehran|london|israel|washington"
ZONED = f"((<(> c2=@clock <)>)|(ZONE|(({_PLACES}) (standard|daylight|summer)? time)))"

CLOCK_RULES = (
    Rule("clock_meridiem", "h=(CLOCK|DOTTED|HOUR) -? mer=MERIDIEM", _clock),
    Rule("clock", "h=CLOCK (zone=(ZONE|hours|hrs|h|local time))?", _plain_clock),
    Rule("clock_dotted", "h=DOTTED zone=(ZONE|hours|hrs)", _plain_clock),
    Rule("military", "h=(FOUR|YEAR) (ZONE|hours|hrs|local time)", _military),
    Rule("military_day", "x=(h=(FOUR|YEAR)) WEEKDAY DAYPART? ,? ZONE", _military),
    Rule("hour_zone", "h=HOUR (ZONE|o ' clock|o ’ clock|hours ZONE)", _military),
    Rule("noon", "w=(noon|midnight)", _word),
)

DAY_TIME_RULES = (
    Rule("clock_zone", f"c=@clock {ZONED}+", _with_zone),
    Rule("clock_of_day", f"c=@clock {ZONED}* (,|on|of|-)? d=@day", _of_day),
    Rule("day_at_clock", f"d=@day (,|at|-|about|around)* c=@clock {ZONED}*", _of_day),
    Rule("clock_part_of_day", "d=@time DAYPART", lambda m, c: m.moment("d")),
    Rule("part_of_day", "d=@day (half=(early|late))? p=DAYPART", _part_of_day),
    Rule("early_part_of_day", "half=(early|late) (on)? d=@day p=DAYPART", _part_of_day),
    Rule("part_of_the_day", "(the)? (half=(early|late))? p=(morning|afternoon|evening|night) of d=@day", _part_of_day),
    Rule("early_day", "p=(early|late) (on)? d=@day", _early_day),
    Rule("week_ago_day", "w=@week (on)? d=@day", _week_from_day),
)
