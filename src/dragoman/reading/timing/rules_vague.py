"""Past, present and future without a date: "recently", "soon", "earlier" are open on one side, never a day; "now" is the day of the report."""

from __future__ import annotations

from dragoman.reading.timing import moments
from dragoman.reading.timing.context import Context
from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.patterns import Match, Rule


def _present(match: Match, context: Context) -> Moment:
    day = context.reference.day
    return moments.vague("PRESENT_REF", day, day, anchor=context.anchor if day else None)


def _to_present(match: Match, context: Context) -> Moment:
    """ "These days", "until now": what has lasted for who knows how long."""
    day = context.reference.day
    return moments.vague("PRESENT_REF", None, day, anchor=context.anchor if day else None)


def past(match: Match, context: Context) -> Moment:
    """Any day up to the report's."""
    day = context.reference.day
    return moments.vague("PAST_REF", None, day, anchor=context.anchor if day else None)


def _the_past(match: Match, context: Context) -> Moment | None:
    """ "In the past"; "the past president" is a man."""
    last = match.nodes[-1]
    return past(match, context) if context.word_class(last.start) in ("", "NOUN", "X") else None


def _future(match: Match, context: Context) -> Moment | None:
    """ "In the future"; with a capital inside a sentence it is a name's ("Feed the Future")."""
    last, before = match.around(0), match.around(-1)
    if last is not None and last.low == "future" and context.is_name(last):
        return None
    if before is not None and before.low == "-":  # the end of a Korean name
        return None
    day = context.reference.day
    return moments.vague("FUTURE_REF", day, None, anchor=context.anchor if day else None)


def _moments_ago(match: Match, context: Context) -> Moment:
    return moments.vague("PAST_REF", context.today, context.today, anchor=context.anchor)


def _earlier(match: Match, context: Context) -> Moment | None:
    """ "Washington earlier said": only before a past verb, where it compares nothing."""
    before, after = match.around(-1), match.around(1)
    ends = after is None or after.low in context.book.words["earlier_ends"]
    if before is not None and _tells(before.low, context) and ends:
        return past(match, context)  # "as he said earlier," "said earlier that"
    if after is None or (
        before is not None and (before.moment is not None or before.low in ("the", "an", "its", "his", "or", "than"))
    ):
        return None
    return past(match, context) if _tells(after.low, context) else None


def _tells(word: str, context: Context) -> bool:
    return word in context.book.words["past_forms"] or (word.endswith("ed") and len(word) > 4)


RULES = (
    Rule(
        "now",
        "NOW|right now|just now|at (the moment|present|the present time|this time|this moment)|at the current time",
        _present,
    ),
    Rule("until_now", "until now|these days", _to_present),
    Rule("the_other_day", "the other (day|week|month)", past),
    Rule("while_ago", "(not (too|so|very|that)? long|(just)? a (little|short|long)? while|some time) ago", past),
    Rule("moments_ago", "(just)? (moments|a (few)? moments|a moment) ago", _moments_ago),
    Rule("earlier_said", "earlier", _earlier),
    Rule("recently", "(more|most|very|just|only|quite)? RECENTLY|of late|in recent (history|memory|times)", past),
    Rule(
        "past",
        "(in|of|from|like|than) x=(the (recent|distant)? past) !(UNITS|UNIT|NUMBERS|COUNT|ONES|TENS|few)",
        _the_past,
    ),
    Rule("future", "x=(the (near|foreseeable|immediate|not -? too -? distant|distant)? -? future) !(of)", _future),
    Rule("near_future", "(in|for|until) x=(near|foreseeable) future", _future),
    Rule(
        "soon",
        "(very|any time)? SOON !(after|before|as|thereafter)|in due (course|time)|in the (short|medium|long) term|sometime soon",
        _future,
    ),
)
