"""Years, decades, centuries, seasons, quarters and fiscal years, said by their numbers or names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.reading.timing import days as cal
from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.patterns import Match, Rule
from dragoman.reading.timing.rules_explicit import whole_number


def _year(match: Match, context: Context) -> Moment | None:
    before, after = match.around(-1), match.around(1)
    number = whole_number(match["y"], context)
    if not match.has("said"):
        if before is not None and (
            before.low in context.book.words["not_before_year"]
            or before.low in ("-", "/", ".")
            or before.number is not None
        ):
            return None
        if after is not None and (
            after.low in context.book.words["not_after_year"] or after.kind in ("four", "year", "n99")
        ):
            return None
        further, last, more = match.around(2), match.around(3), match.around(4)
        zones = context.book.lexicon["ZONE"]
        weekday = after is not None and after.low in context.book.lexicon["WEEKDAY"]
        if weekday and any(n is not None and n.low in zones for n in (further, last, more)):
            return None  # "2024 Friday, UTC" is a time of day
        if (
            after is not None
            and after.low == "-"
            and further is not None
            and further.low in ("plus", "page", "strong", "member")
        ):
            return None
        known = before is not None and before.low in context.book.words["year_cues"]
        if not known and not 1800 <= number <= 2100:
            return None
        if not known and context.counts(match["y"]):
            return None
    return moments.year(number)


def _is_part(match: Match) -> bool:
    """Whether "mid-" or "pre-" stands before."""
    further = match.around(-2)
    return further is not None and further.low in ("mid", "early", "late", "pre", "post")


def _second_year(match: Match, context: Context) -> Moment | None:
    """The "58" of "1957-58"."""
    first, last = match.moment("y"), whole_number(match["z"], context)
    if first.earliest is None:
        return None
    start = first.earliest.year
    if last < 100:
        last += start // 100 * 100
    return moments.year(last) if start < last <= start + 100 else None


def _short_year(match: Match, context: Context) -> Moment:
    number = whole_number(match["y"], context)
    return moments.year(number + (1900 if number >= 30 else 2000))


def _decade(match: Match, context: Context) -> Moment | None:
    first = whole_number(match["d"], context)
    if first < 100:
        before = match.around(-1)
        if match["d"].low[0].isdigit() and not match.has("the"):
            return None
        if before is not None and before.low in ("his", "her", "their", "my"):
            return None
        first += 1900 if first >= 30 else 2000
    return moments.decade(first) if 1000 <= first <= 2100 else None


_DECADE_WORDS = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}


def _decade_word(match: Match, context: Context) -> Moment:
    return moments.decade(1900 + _DECADE_WORDS[match["d"].low])


def _century(match: Match, context: Context) -> Moment | None:
    number = whole_number(match["n"], context)
    return moments.century(number) if 2 <= number <= 30 else None


#: A season without year and tense that begins so soon is the coming one.
_COMING = timedelta(days=150)


def _season(match: Match, context: Context) -> Moment | None:
    code = str(context.book.lexicon["SEASON"][match["s"].low])
    if match.has("y"):
        return moments.season(whole_number(match["y"], context), code, south=context.south)
    before, after = match.around(-1), match.around(1)
    if not match.has("the") and (before is None or before.low not in context.book.words["season_cues"]):
        return None
    if after is not None and context.is_name(match["s"]) and context.is_name(after):  # "the Winter Olympics"
        return None
    if (
        match["s"].low in ("fall", "spring")
        and after is not None
        and after.low in ("of", "in", "from", "to", "into", "back", "by", "out")
    ):
        return None
    direction = context.direction()
    first, last = cal.season_days(context.today.year, code, south=context.south)
    year = context.today.year
    if direction > 0 and last < context.today:
        year += 1
    elif direction <= 0 and first > context.today and (direction < 0 or first - context.today > _COMING):
        year -= 1
    return moments.season(year, code, south=context.south, bare=True, anchor=context.anchor)


def _quarter(match: Match, context: Context) -> Moment | None:
    number = whole_number(match["n"], context)
    if not 1 <= number <= 4:
        return None
    if match.has("y"):
        return moments.quarter(whole_number(match["y"], context), number)
    year, last = context.today.year, (context.today.month + 2) // 3
    direction = context.direction()
    year += (direction > 0 and number < last) - (direction <= 0 and number > last)
    return moments.quarter(year, number, bare=True, anchor=context.anchor)


def _fourth_quarter(match: Match, context: Context) -> Moment:
    year = context.today.year - (context.direction() <= 0 and context.today.month < 10)
    return moments.quarter(year, 4, bare=True, anchor=context.anchor)


def _fiscal(match: Match, context: Context) -> Moment:
    number = whole_number(match["y"], context)
    number += 2000 if number < 100 else 0
    low, high = fiscal_days(number, context)
    made = moments.year(number)
    return replace(made, kind="fiscal", value=f"FY{number}", precision="year", earliest=low, latest=high)


def fiscal_days(number: int, context: Context) -> cal.Days:
    """The days of a fiscal year: the state's whose outlet reports; else, since it is not said whose it is, any that is called so."""
    first = context.book.fiscal.get(context.country or "")
    if first is None:
        return date(number - 1, 7, 1), date(number, 12, 31)
    begin = date(number - (first > 1), first, 1)
    return begin, cal.add_months(begin, 12) - timedelta(days=1)


PERIOD_RULES = (
    Rule("year", "y=YEAR", _year),
    Rule("the_year", "said=(the year|the years|year) y=YEAR", _year),
    Rule("short_year", "(in|since|of|until|from|before|after) x=((<'>|’) y=YY)", _short_year),
    Rule("decade", "(the=the)? x=(d=DECADE)", _decade),
    Rule("decade_word", "the d=(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)", _decade_word),
    Rule("century", "n=(ORDINAL|ORD31) -? century", _century),
    Rule("season", "the=(the|this)? s=SEASON (,? of? y=YEAR)?", _season, "XXXX"),
    Rule("quarter", "the? n=(ORDINAL|ORD31) -? quarter ((of|in)? y=YEAR)?", _quarter, "XXXX-QX"),
    Rule("quarter_letter", "q n=N12 (of? y=YEAR)?", _quarter, "XXXX-QX"),
    Rule("fourth_quarter", "the (final|closing) quarter", _fourth_quarter, "XXXX-Q4"),
    Rule("fiscal", "(the|its)? (fiscal|financial|fy) -? year? y=(YEAR|YY)", _fiscal),
)

RANGE_RULES = (Rule("second_year", "y=@year (-|/) x=(z=(YEAR|YY))", _second_year),)
