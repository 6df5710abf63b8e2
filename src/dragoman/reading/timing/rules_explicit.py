"""Dates that name their day, month, season or year; where the year is not said, the clause's tense picks it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from dragoman.reading.timing import days as cal
from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context, nearest_weekday
from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.patterns import Match, Rule
from dragoman.reading.timing.pieces import Node
from dragoman.reading.timing.rules_numbers import number_of


def whole_number(node: Node, context: Context) -> int:
    """The value of a number node; ValueError for an unsaid number."""
    value = number_of(node, context)
    if value is None:
        raise ValueError(node.low)
    return int(value)


def month_of(node: Node, context: Context) -> int:
    """The number of a month's name, short or long."""
    lexicon = context.book.lexicon
    low = node.low.rstrip(".")
    return int(lexicon["MONTH"].get(low) or lexicon["MONTH_SHORT"][low])


def weekday_of(node: Node, context: Context) -> int:
    """1 Monday to 7 Sunday."""
    lexicon = context.book.lexicon
    return int(lexicon["WEEKDAY"].get(node.low) or lexicon["WEEKDAY_SHORT"][node.low])


#: Months ahead from which a mere plan ("agreed to meet in March", told in May) lies behind sooner than ahead.
_FAR = 9

#: Months ahead that a month without year and tense may still name; further ones lie behind.
_SOON = 4

#: Days back that are told by their bare names.
_NEED_NO_LAST = 2

#: Days away from which a day told without its year would have been told with it.
OLD = 300


def year_for(context: Context, month: int, day: int | None = None, *, loose: bool = False) -> int:
    """The year of a month (and day) said without one: the last such past a past verb, the next past a planned one, else the nearest.

    ``loose`` marks a month that no preposition ties to its clause ("October elections"), so that the verb says nothing of it.
    """
    today = context.today
    direction = 0 if loose else context.direction()
    said = context.recall(same_sentence=True, kinds=frozenset({"year", "month", "day"}))
    if direction <= 0 and said is not None and said.days and not said.deictic and said.days[0].year < today.year:
        beside = said.days[0].year
        if (beside, month) >= (said.days[0].year, said.days[0].month if said.kind != "year" else 1):
            return beside
    if day is not None:
        return _year_for_day(today, month, day, direction)
    if direction == 1 and (month - today.month) % 12 >= _FAR:
        direction = -1
    if direction > 0:
        return today.year + (month < today.month)
    if direction < 0:
        return today.year - (month > today.month)
    ahead = (month - today.month) % 12
    return today.year + (today.month + ahead > 12) if 0 < ahead <= _SOON else today.year - (month > today.month)


def _year_for_day(today: date, month: int, day: int, direction: int) -> int:
    """The year of a day: on the side that the clause tells, unless the other side is near and that one most of a year away."""
    days = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):  # a February 29 of another year
            days.append(date(year, month, day))
    if not days:
        return today.year
    nearest = min(days, key=lambda d: (abs((d - today).days), d))
    side = [d for d in days if (d <= today if direction < 0 else d >= today)] if direction else []
    held = min(side, key=lambda d: abs((d - today).days), default=nearest)
    return (held if abs((held - today).days) <= OLD else nearest).year


def _iso(match: Match, context: Context) -> Moment:
    text = match["d"].low
    made = moments.day(date.fromisoformat(text[:10]))
    return replace(made, kind="time", type="TIME", value=text[:16].upper()) if len(text) > 10 else made


def _ymd(match: Match, context: Context) -> Moment:
    year, month, day = map(int, re.split("[/.]", match["d"].low))
    return moments.day(date(year, month, day))


def _dmy(match: Match, context: Context) -> Moment | None:
    """Dots are day first; strokes are as the outlet's country writes, month first where that is not known, or as only makes a date."""
    text = match["d"].low
    a, b, year = map(int, re.split("[/.]", text))
    if "." in text and year < 100:  # a version or a score sooner than a date
        return None
    year += 0 if year >= 100 else 2000 if year < 50 else 1900
    day_first = "." in text or a > 12 or (context.day_first and b <= 12)
    return moments.day(date(year, b, a) if day_first else date(year, a, b))


def _month_day(match: Match, context: Context) -> Moment | None:
    month, first = month_of(match["mo"], context), whole_number(match["d"], context)
    bare = not match.has("y")
    year = year_for(context, month, first) if bare else whole_number(match["y"], context)
    low = date(year, month, first)
    anchor = context.anchor if bare else None
    if not match.has("e"):
        return moments.day(low, bare=bare, anchor=anchor)
    high = date(year, month, whole_number(match["e"], context))
    if high <= low:
        return None
    made = moments.day(low, bare=bare, anchor=anchor)
    return replace(made, kind="range", latest=high, value=f"{low}/{high}", precision="week")


def _month_year(match: Match, context: Context) -> Moment:
    return moments.month(whole_number(match["y"], context), month_of(match["mo"], context))


#: Words before which a month's name is none ("March for Life", "May said") and after which it is a person's ("Theresa May").
_NAMES_TOO = frozenset({"may", "march", "april", "june", "august"})


def _month(match: Match, context: Context) -> Moment | None:
    node, before, after = match["mo"], match.around(-1), match.around(1)
    if node.low in _NAMES_TOO and context.text[node.start].isupper():
        if context.word_class() in ("AUX", "VERB"):
            return None
        if before is None and node.low in ("may", "march"):
            return None
        if before is not None and before.moment is None and before.kind == "word" and context.is_name(before):
            return None
        bound = before is not None and before.low in context.book.words["month_cues"]
        if not bound and node.low == "march" and after is not None and after.low in ("on", "for", "of", "against"):
            return None
        if node.low == "may" and after is not None and after.low in ("'s", "said", "has", "had", "was", "is", "will"):
            return None
    return _month_alone(match, context)


def _month_alone(match: Match, context: Context) -> Moment:
    month, before = month_of(match["mo"], context), match.around(-1)
    loose = before is not None and before.moment is None and before.low not in context.book.words["small"]
    year = year_for(context, month, loose=loose)
    return moments.month(year, month, bare=True, anchor=context.anchor)


def _month_short(match: Match, context: Context) -> Moment | None:
    before = match.around(-1)
    return (
        _month_alone(match, context) if before is not None and before.low in context.book.words["year_cues"] else None
    )


def _weekday(match: Match, context: Context) -> Moment:
    weekday = weekday_of(match["wd"], context)
    day = (
        nearest_weekday(context.today, weekday, 1)
        if context.direction() > 0
        else nearest_weekday(context.horizon, weekday, -1)
    )
    return moments.day(day, bare=True, anchor=context.anchor)


def _last_weekday(match: Match, context: Context) -> Moment:
    """ "Last Thursday" on a Friday is the one a week before: yesterday and the day before it need no "last"; "this past Thursday" is yesterday."""
    weekday, today = weekday_of(match["wd"], context), context.today
    near = 0 if "past" in match.words("way") else _NEED_NO_LAST
    return moments.day(nearest_weekday(today - timedelta(days=near + 1), weekday, -1), anchor=context.anchor)


def _next_weekday(match: Match, context: Context) -> Moment:
    weekday = weekday_of(match["wd"], context)
    return moments.day(
        nearest_weekday(date.fromordinal(context.today.toordinal() + 1), weekday, 1), anchor=context.anchor
    )


def _this_weekday(match: Match, context: Context) -> Moment:
    monday = cal.week_days(context.today)[0]
    return moments.day(
        date.fromordinal(monday.toordinal() + weekday_of(match["wd"], context) - 1), anchor=context.anchor
    )


def _ordinal_day(match: Match, context: Context) -> Moment | None:
    """ "On the 27th": of the month told before in the sentence, else the last such day, or the next past a planned verb."""
    number, today = whole_number(match["d"], context), context.today
    told = context.recall(same_sentence=True, kinds=frozenset({"month", "day"}))
    if told is not None and told.earliest is not None:
        return moments.day(told.earliest.replace(day=number), anchor="told")
    step = 1 if context.direction() > 0 else -1
    first = today.replace(day=1)
    for months in (0, step, 2 * step):
        with suppress(ValueError):  # a month without a 31st
            day = cal.add_months(first, months).replace(day=number)
            if (day - today).days * step >= 0:
                return moments.day(day, anchor=context.anchor)
    return None


def _day_of_month(match: Match, context: Context) -> Moment | None:
    """ "The 15th of last month"."""
    month = match.moment("of")
    if month.earliest is None:
        return None
    return moments.day(month.earliest.replace(day=whole_number(match["d"], context)), anchor=month.anchor)


def _nine_eleven(match: Match, context: Context) -> Moment | None:
    return (
        moments.day(date(2001, 9, 11))
        if match.words("nine") in ("9", "nine") and match.words("eleven") in ("11", "eleven")
        else None
    )


DAY_RULES = (
    Rule("iso", "d=ISO", _iso),
    Rule("year_month_day", "d=YMD", _ymd),
    Rule("slashes", "d=DMY", _dmy),
    Rule("month_day", "mo=MON .? the? d=DAYNUM (- e=DAYNUM)? ((,|of)? y=YEAR)?", _month_day),
    Rule(
        "month_day_to_day",
        "mo=MON .? d=DAYNUM (to|through|and) e=DAYNUM ((,|of)? y=YEAR)? !(UNITS|MON|MERIDIEM)",
        _month_day,
    ),
    Rule(
        "day_month", "the? d=DAYNUM ((-|to|and) the? e=DAYNUM)? -? (day)? of? mo=MON (.? (,|of)? y=YEAR)?", _month_day
    ),
    Rule("month_year", "mo=MON .? ,? (of|in|[)? y=YEAR", _month_year),
    Rule("month", "mo=MONTH", _month, "XXXX-XX"),
    Rule("month_short", "mo=MONTH_SHORT .", _month_short, "XXXX-XX"),
    Rule("weekday", "wd=WEEKDAY", _weekday, "XXXX-WXX"),
    Rule("last_weekday", "way=(last|this past|the past|the previous|past) wd=WEEKDAY", _last_weekday, "XXXX-WXX"),
    Rule("next_weekday", "(next|this coming|the coming|the following|coming) wd=WEEKDAY", _next_weekday, "XXXX-WXX"),
    Rule("this_weekday", "this wd=WEEKDAY", _this_weekday, "XXXX-WXX"),
    Rule("ordinal_day", "on x=(the d=ORD31) (,|<.>|and|but|at|in|to|STOP)", _ordinal_day),
    Rule("nine_eleven", "nine=(N12|nine) / eleven=(N12|eleven)", _nine_eleven),
)

DAY_OF_RULES = (Rule("day_of_month", "the d=(ORD31|ORDINAL) of of=@month", _day_of_month),)
