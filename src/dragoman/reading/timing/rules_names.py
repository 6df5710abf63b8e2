"""What has its days by its name: feasts, named periods, times in office, campaigns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.reading.timing import days as cal
from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.patterns import Match, Rule
from dragoman.reading.timing.rules_explicit import OLD

Terms = tuple[tuple[date, date | None], ...]

#: A term of the president of the United States.
_US_TERM = 4


def _named_period(match: Match, context: Context) -> Moment:
    first, last = context.book.periods[match.words("name")]
    return Moment("period", "DATE", f"{first}/{last}", first, last, precision="vague", anchor=match.words("name"))


def _term(terms: Terms, context: Context) -> tuple[date, date | None] | None:
    """Of several terms the last that had begun by the day of writing."""
    day = context.reference.day
    begun = [t for t in terms if day is None or t[0] <= day]
    return begun[-1] if begun and (day is not None or len(terms) == 1) else None


def _period(term: tuple[date, date | None], anchor: str, last: date | None = None) -> Moment:
    first, end = term
    return Moment("period", "DATE", f"{first}/{end or '..'}", first, end or last, precision="vague", anchor=anchor)


def _administration(match: Match, context: Context) -> Moment | None:
    """ "The Obama administration", "Moon's second term", "under Abe": the last such time in office that had begun."""
    name = match["who"].low
    if not context.text[match["who"].start].isupper():
        return None
    return _in_office(name, match.words("nth"), context)


def _his_office(match: Match, context: Context) -> Moment | None:
    """ "During his presidency": of the office-holder named last before."""
    name = context.holder()
    return _in_office(name, match.words("nth"), context) if name else None


def _in_office(name: str, nth: str, context: Context) -> Moment | None:
    terms = context.book.administrations[name]
    if nth in _NTH:
        terms = _split(terms) if name in context.book.words["us_presidents"] else terms
        if len(terms) <= _NTH.index(nth):
            return None
        terms = terms[_NTH.index(nth) :][:1]
    term = _term(terms, context)
    return _period(term, f"office:{name}", context.reference.day) if term else None


_NTH = ("first", "second", "third")


def _split(terms: Terms) -> Terms:
    """Two terms in a row as two."""
    split: list[tuple[date, date | None]] = []
    for first, last in terms:
        middle = first.replace(year=first.year + _US_TERM)
        both = [(first, middle), (middle, last)] if last and last > middle else [(first, last)]
        split += both
    return tuple(split)


def _the_administration(match: Match, context: Context) -> Moment | None:
    """ "The Administration" in a report from the United States is the president's, "the previous" one the president's before."""
    day = context.reference.day
    if context.country != "USA" or day is None:
        return None
    terms = sorted(
        (term, name) for name in context.book.words["us_presidents"] for term in context.book.administrations[name]
    )
    begun = [(term, name) for term, name in terms if term[0] <= day]
    before = match.words("which").split()[-1] in ("previous", "prior", "last", "former")
    if len(begun) < 1 + before:
        return None
    term, name = begun[-1 - before]
    return _period(term, f"office:{name}", day)


def _took_office(match: Match, context: Context) -> Moment | None:
    """ "Since Biden took office", "until Moon left office": the day."""
    name = match["who"].low
    term = _term(context.book.administrations[name], context) if context.text[match["who"].start].isupper() else None
    if term is None:
        return None
    day = term[1] if match["did"].low in ("left", "leaving") else term[0]
    return moments.day(day, anchor=f"office:{name}") if day else None


def _campaign(match: Match, context: Context) -> Moment | None:
    """ "During his election campaign": the last campaign of the candidate named last before, where the book knows it."""
    candidate = match["who"].low if match.has("who") else context.candidate()
    if candidate is None or candidate not in context.book.campaigns:
        day = context.reference.day
        if not match.has("electoral") or context.direction() >= 0:
            return None
        return moments.vague("PAST_REF", None, day, anchor=context.anchor if day else None)
    if match.words("x").startswith("the ") and not match.has("electoral"):
        return None
    term = _term(context.book.campaigns[candidate], context)
    if term is None:
        return None
    return _period(term, f"campaign:{candidate}")


def _in_name(match: Match, context: Context) -> bool:
    """Whether a feast's name goes on as another's ("Easter Island", "the Good Friday Agreement")."""
    after = match.around(1)
    if after is None or after.low not in context.book.words["feast_in_name"]:
        return False
    return context.is_name(after) or after.low.startswith(("agreement", "accord"))


def _holiday(match: Match, context: Context) -> Moment | None:
    if not context.text[match["h"].start].isupper():
        return None
    if _in_name(match, context):
        return Moment("age", "DATE", "", silent=True)
    name, after = match.words("h"), match.around(1)
    if name == "eid" and after is not None and context.is_name(after):  # a man's name
        return None
    if name in context.book.own_feasts and _another_country(match, context):
        return _own_feast(match, context)
    rules = context.book.holidays[name].split("|")
    if match.has("y"):
        found = cal.holiday_days(rules[0], int(match["y"].number or 0), context.book)
        return _festive(found, None) if found and len(rules) == 1 else None
    today, way = context.today, match.words("way")
    if way == "this":
        here = [cal.holiday_days(rule, today.year, context.book) for rule in rules]
        return _festive(here[0], context.anchor) if here[0] and len(rules) == 1 else None
    around = (cal.holiday_days(rule, today.year + step, context.book) for step in (-1, 0, 1) for rule in rules)
    spans = [s for s in around if s is not None]
    side = {"next": 1, "last": -1}.get(way) or context.direction()
    held = _on_side(spans, today, side, strict=bool(way in ("next", "last")))
    return _festive(held, context.anchor) if held else None


def _another_country(match: Match, context: Context) -> bool:
    """Whether a word says that the feast is another country's than the one whose day the book knows."""
    before, owner = match.around(-1), match.around(-2)
    if before is None:
        return False
    if before.low in ("'s", "'") and owner is not None:
        return owner.low not in ("america", "u.s.", "us", "states", "nation")
    return before.low in context.book.words["owners"]


def _own_feast(match: Match, context: Context) -> Moment | None:
    """ "Your national day": a day that each country has of its own and that is not said here."""
    if not context.text[match["h"].start].isupper() and match.around(-1) is None:
        return None
    return moments.unknown("feast", "XXXX-XX-XX")


def _eve(match: Match, context: Context) -> Moment | None:
    """ "The eve of Ramadan": the day before. A month whose year nothing tells is vague, too, and no eve."""
    at = match.moment("at")
    if at.earliest is None or (match.has("day") and "eve" not in match["day"].low):
        return None
    return moments.day(at.earliest - timedelta(days=1), anchor=at.anchor)


def _on_side(spans: list[cal.Days], today: date, side: int, *, strict: bool) -> cal.Days | None:
    """The feast nearest to a day on the side that the clause tells, or the nearest of all where that one is most of a year away."""
    if not spans:
        return None
    away = {s: abs((s[0] - today).days) for s in spans}
    told = [s for s in spans if (s[0] <= today if side < 0 else s[1] >= today)] if side else spans
    held = min(told, key=lambda s: away[s], default=None)
    if strict:
        return held
    return held if held is not None and away[held] <= OLD else min(spans, key=lambda s: away[s])


def _festive(span: cal.Days, anchor: str | None) -> Moment:
    made = moments.day(span[0], anchor=anchor)
    if span[1] > span[0]:
        return replace(made, kind="range", value=f"{span[0]}/{span[1]}", latest=span[1], precision="vague")
    return made


_IN_OFFICE = (
    "during|throughout|since|before|after|until|under|(early|late|later) in|"
    "(end|start|beginning|outset|onset|close|days|weeks|months|day|week|month|year|years|half|part) (of|into)"
)
_OFFICE = (
    "administration|government|presidency|premiership|chancellorship|tenure|era|years|term|terms|time in office|"
    "(term|terms|years) (in|of) office"
)
#: Posts that only the head of a state or government has; "his tenure" may be a coach's.
_HEAD_OFFICE = "presidency|premiership|chancellorship|administration|time in office"
_TITLES = "president|prime minister|chancellor|premier"
_ELECTORAL = "presidential|election|electoral|re - election|reelection"


def name_rules(holidays: list[str], periods: list[str], own_feasts: list[str]) -> tuple[Rule, ...]:
    """The rows that are made of the book's own names."""
    feasts = "|".join(sorted(holidays, key=len, reverse=True))
    named = "|".join(sorted(periods, key=len, reverse=True))
    own = "|".join(sorted(set(own_feasts) - set(holidays), key=len, reverse=True))
    return (
        Rule("holiday", f"(way=(this|last|next|the)? h=({feasts}) (holiday|holidays)? ((,|in|of)? y=YEAR)?)", _holiday),
        Rule("own_feast", f"(its|your|their|our|the)? h=({own})", _own_feast),
        Rule("named_period", f"(the)? name=({named})", _named_period),
        Rule(
            "administration",
            f"({_IN_OFFICE}) x=((the)? (former|then|outgoing|current)? -? (first|second)? ({_TITLES})? who=ADMINISTRATION ('s)?"
            f" nth=(first|second|third)? (four - year|presidential)? ({_OFFICE}))",
            _administration,
        ),
        Rule(
            "in_term",
            "in x=((the)? who=ADMINISTRATION ('s)? nth=(first|second|third) (four - year)? (term|administration))",
            _administration,
        ),
        Rule(
            "under_name",
            f"under (former|then|the late)? -? x=(({_TITLES})? who=ADMINISTRATION) !('s|'|ANY? ({_OFFICE}))",
            _administration,
        ),
        Rule(
            "his_office",
            f"({_IN_OFFICE}|in) x=((his|her) (nth=(first|second|third) (four - year|presidential)? term|presidential term|{_HEAD_OFFICE}))",
            _his_office,
        ),
        Rule(
            "took_office",
            f"(since|when|before|after|until) x=(({_TITLES})? who=ADMINISTRATION (has|had)?"
            " did=(took|taking|assumed|assuming|entered|entering|left|leaving) office)",
            _took_office,
        ),
        Rule(
            "the_administration",
            f"({_IN_OFFICE}) x=(which=(this|the|the current|our|the previous|the prior|the last|the former) administration)"
            " !('s|(took|came|official|officials))",
            _the_administration,
        ),
        Rule(
            "campaign",
            f"(during|in|throughout) x=((his|her|their|the|who=CAMPAIGN ('s)?) YEAR? (electoral=({_ELECTORAL})+)? campaign)",
            _campaign,
        ),
    )


NAMED_PART_RULES = (
    Rule("own_feast_on", "@feast (on|,) (ANY ,)? of=@day", lambda m, c: m.moment("of")),
    Rule("eve", "(day=@vague|(the)? eve) of (the)? at=(@day|@range|@period|@season|@year|@month)", _eve),
)
