"""Time expressions of a document, each with the days that it allows and the rule that read it.

``read_times(document)`` gives one tuple of :class:`~dragoman.model.TimeExpression` a sentence, in document order; offsets point into the text of the
sentence's ``where``. ``relation_of(expression)`` gives the word that binds an expression to its clause (since, until, by, before, after, from, to, within,
for), which stands after the colon of its ``rule``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dragoman.codebook.times import TimeBook
from dragoman.model import Article, Document, Sentence, TimeExpression
from dragoman.reading.timing.context import Context, Reference
from dragoman.reading.timing.grammar import grammar
from dragoman.reading.timing.moments import Moment, edtf
from dragoman.reading.timing.pieces import Node

__all__ = ["read_times", "reference_of", "relation_of"]

#: Words that bind an expression to its clause; they stand before it and outside its extent.
RELATIONS = frozenset(["since", "until", "till", "by", "before", "after", "from", "to", "through", "within", "for", "during", "between"])


def read_times(document: Document) -> tuple[tuple[TimeExpression, ...], ...]:
    """The time expressions of each sentence. Without a publication date whatever is counted from it stays unbounded, never guessed."""
    rules = grammar()
    context = Context(TimeBook.load(), reference_of(document.article), rules.alphabet.kinds)
    found: list[tuple[TimeExpression, ...]] = []
    for place, sentence in enumerate(document.sentences):
        context.sentence, context.text, context.offset, context.place = sentence, sentence.text, sentence.start, place
        found.append(_read(sentence, rules.read(sentence.text, context), context))
        context.close()
    return tuple(found)


def relation_of(expression: TimeExpression) -> str | None:
    """The word that binds the expression to its clause, or ``None``."""
    return expression.rule.partition(":")[2] or None


def reference_of(article: Article) -> Reference:
    """The day from which the report counts: where its dateline stands in another zone than its outlet, the day there at the time of publication."""
    printed = article.published_day
    if printed is None or article.published is None:
        return Reference(None, None)
    written = _day_at_dateline(article)
    if written is not None and written != printed:
        return Reference(written, printed, "dateline")
    return Reference(printed, printed)


def _day_at_dateline(article: Article) -> date | None:
    zone = TimeBook.load().datelines.get((article.dateline or "").strip().upper())
    if zone is None or article.published is None or len(article.published) <= 10:
        return None
    try:
        moment = datetime.fromisoformat(article.published)
        if moment.tzinfo is None:
            if article.timezone is None:
                return None
            moment = moment.replace(tzinfo=ZoneInfo(article.timezone))
        return moment.astimezone(ZoneInfo(zone)).date()
    except (
        ValueError,
        ZoneInfoNotFoundError,
        OverflowError,
    ):  # a zone that this machine or nobody knows: the printed day stands
        return None


def _read(sentence: Sentence, nodes: Sequence[Node], context: Context) -> tuple[TimeExpression, ...]:
    found = []
    for i, node in enumerate(nodes):
        if node.moment is None or node.moment.silent:
            continue
        context.remember(node.moment)
        found.append(_expression(node, node.moment, _relation(nodes, i), sentence))
    return tuple(found)


def _relation(nodes: Sequence[Node], place: int) -> str:
    for i in range(place - 1, max(place - 3, -1), -1):
        low = nodes[i].low
        if low in RELATIONS:
            return low
        if low not in ("the", "at", "least", "just", "about", "only"):
            break
    return ""


def _expression(node: Node, moment: Moment, relation: str, sentence: Sentence) -> TimeExpression:
    return TimeExpression(
        start=sentence.start + node.start,
        end=sentence.start + node.end,
        text=sentence.text[node.start : node.end],
        type=moment.type,
        value=moment.value,
        mod=moment.mod,
        earliest=moment.earliest,
        latest=moment.latest,
        precision=moment.precision or "vague",
        edtf=edtf(moment),
        anchor=moment.anchor,
        rule=f"{moment.rule}:{relation}" if relation else moment.rule,
    )
