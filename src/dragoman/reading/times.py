"""Time expressions of a document, each with the days that it allows and the rule that read it.

``read_times(document)`` gives one tuple of :class:`~dragoman.model.TimeExpression` a sentence, in document order; offsets point into the text of the
sentence's ``where``. ``relation_of(expression)`` gives the word that binds an expression to its clause (since, until, by, before, after,
from, to, within,
for), which stands after the colon of its ``rule``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dragoman.codebook.outlets import OutletBook
from dragoman.codebook.times import TimeBook
from dragoman.codebook.words import word_lists
from dragoman.model import Article, Document, Sentence, TimeExpression
from dragoman.reading.timing.beside import said_beside
from dragoman.reading.timing.context import Context, Reference
from dragoman.reading.timing.events import counted_from_events
from dragoman.reading.timing.grammar import grammar
from dragoman.reading.timing.moments import Moment, edtf
from dragoman.reading.timing.pieces import Node
from dragoman.reading.timing.tense import token_at

__all__ = ["read_times", "reference_of", "relation_of"]


def read_times(document: Document) -> tuple[tuple[TimeExpression, ...], ...]:
    """The time expressions of each sentence. Without a publication date whatever is counted from it stays unbounded, never guessed."""
    reader = _Reader(document)
    rows = tuple(reader.read(place, sentence) for place, sentence in enumerate(document.sentences))
    return counted_from_events(document, rows)


def relation_of(expression: TimeExpression) -> str | None:
    """The word that binds the expression to its clause, or ``None``."""
    return expression.rule.partition(":")[2] or None


def reference_of(article: Article) -> Reference:
    """The day from which the report counts.

    Where the dateline stands in another zone than the outlet, it is the day there at the moment of publication; where the time stamp is in
    another zone than the outlet's home (UTC in a feed), the day at home; else the printed day.
    """
    printed = article.published_day
    if printed is None or article.published is None:
        return Reference(None, None)
    there = TimeBook.load().datelines.get((article.dateline or "").strip().upper())
    written = _day_in(there, article)
    if written is not None and written != printed:
        return Reference(written, printed, "dateline")
    outlet = OutletBook.load().named(article.outlet, printed)
    at_home = None if written or outlet is None else _day_in(outlet.zone, article)
    if at_home is not None and at_home != printed:  # a time stamp in UTC of an outlet that lives elsewhere
        return Reference(at_home, at_home, "outlet")
    return Reference(printed, printed)


def _day_in(zone: str | None, article: Article) -> date | None:
    """The day in a zone at the moment of publication; ``None`` where either is not known to the minute."""
    if zone is None or article.published is None or len(article.published) <= len("2021-05-13"):
        return None
    try:
        moment = datetime.fromisoformat(article.published)
        if moment.tzinfo is None:
            if article.timezone is None:
                return None
            moment = moment.replace(tzinfo=ZoneInfo(article.timezone))
        return moment.astimezone(ZoneInfo(zone)).date()
    except (ValueError, ZoneInfoNotFoundError, OverflowError):  # a zone unknown to this machine: the printed day stands
        return None


#: A day told beside a quotation is the day of the speech only where it is so recent; older days are what the speech is about.
_SPOKEN_LATELY = timedelta(days=31)
#: News is of the last week, and a quotation belongs to news told at most so many sentences before.
_NEWS = timedelta(days=7)
_NEWS_REACH = 8
#: The lead is the first so many sentences of the body.
_LEAD = 2


class _Reader:
    """One document's reading: the grammar, the context, and the day of the speech that is being quoted."""

    def __init__(self, document: Document) -> None:
        self._grammar = grammar()
        self._reference = reference_of(document.article)
        outlet = OutletBook.load().named(document.article.outlet, self._reference.printed)
        self._context = Context(TimeBook.load(), self._reference, self._grammar.alphabet.kinds)
        self._context.country = outlet.country if outlet is not None else None
        self._context.day_first = outlet is not None and outlet.writes_day_first
        self._speech: date | None = None
        self._news: tuple[int, date] | None = None
        self._lead = _lead(document)

    def read(self, place: int, sentence: Sentence) -> tuple[TimeExpression, ...]:
        """The expressions of one sentence."""
        context = self._context
        context.sentence, context.text, context.offset, context.place = sentence, sentence.text, sentence.start, place
        nodes = self._grammar.read(sentence.text, context)
        if sentence.quoted:
            nodes = self._as_spoken(sentence, nodes)
        else:
            self._speech = None
        nodes = said_beside(nodes)
        found = []
        for i, node in enumerate(nodes):
            if node.moment is not None and not node.moment.silent:
                context.remember(node.moment)
                found.append(_expression(node, node.moment, _relation(nodes, i), sentence))
        context.close()
        self._note_news(place, sentence, nodes)
        return tuple(found)

    def _note_news(self, place: int, sentence: Sentence, nodes: list[Node]) -> None:
        """Remember the day that a sentence tells as the news: the lead's, or that on which someone is told to have spoken."""
        today = self._reference.day
        if today is None or sentence.where != "body":
            return
        says = any(t.lemma.lower() in word_lists("attribution")["say"] and t.upos == "VERB" for t in sentence.tokens)
        days = [
            n.moment.earliest
            for n in nodes
            if n.moment is not None and n.moment.kind in ("day", "time") and not _is_quoted(sentence, n)
        ]
        late = [d for d in days if d is not None and timedelta() <= today - d <= _NEWS]
        if late and (says or place in self._lead):
            self._news = (place, late[0])

    def _day_of_news(self) -> date | None:
        """The day of what the report tells, for a quotation that brings none of its own, where it was told a few sentences before."""
        if self._news is None or self._context.place - self._news[0] > _NEWS_REACH:
            return None
        return self._news[1]

    def _as_spoken(self, sentence: Sentence, nodes: list[Node]) -> list[Node]:
        """The nodes with those inside quotation marks counted from the day on which the words were spoken, where the report tells another
        than its own.

        "Tomorrow" inside what someone said on Monday is Tuesday. The day carries on through sentences that are quoted as a whole.
        """
        inside = [_is_quoted(sentence, n) for n in nodes]
        outside = [n for n, quoted in zip(nodes, inside, strict=True) if not quoted]
        told = [(n, n.moment) for n in outside if n.moment is not None]
        days = [m.earliest for _, m in told if m.kind in ("day", "time") and m.earliest is not None]
        whole = all(sentence.is_quoted(i) for i, t in enumerate(sentence.tokens) if t.upos != "PUNCT")
        self._speech = days[0] if days else self._speech if whole and self._speech else self._day_of_news()
        today = self._reference.day
        if self._speech is None or today is None or not timedelta() < today - self._speech:
            return nodes
        if today - self._speech > _SPOKEN_LATELY and not any(_dates_saying(sentence, n) for n, _ in told):
            return nodes
        if not any(
            q and n.moment is not None and n.moment.anchor == self._reference.anchor
            for n, q in zip(nodes, inside, strict=True)
        ):
            return nodes
        self._context.reference = Reference(self._speech, self._speech, "speech")
        spoken = self._grammar.read(sentence.text, self._context)
        self._context.reference = self._reference
        merged = [n for n, quoted in zip(nodes, inside, strict=True) if not quoted] + [
            n for n in spoken if _is_quoted(sentence, n)
        ]
        return sorted(merged, key=lambda n: n.start)


def _dates_saying(sentence: Sentence, node: Node) -> bool:
    """Whether a date hangs on the verb that brings the quotation: then it is the speech's, however old."""
    place = token_at(sentence, sentence.start + node.start)
    if place is None:
        return False
    inside = range(place, len(sentence.tokens))
    held = [i for i in inside if sentence.tokens[i].start < sentence.start + node.end]
    heads = {sentence.tokens[i].head for i in held} - set(held)
    return any(h >= 0 and sentence.tokens[h].lemma.lower() in word_lists("attribution")["say"] for h in heads)


def _lead(document: Document) -> frozenset[int]:
    """The places of the sentences that tell the news."""
    return frozenset([n for n, s in enumerate(document.sentences) if s.where == "body"][:_LEAD])


def _is_quoted(sentence: Sentence, node: Node) -> bool:
    place = token_at(sentence, sentence.start + node.start)
    return place is not None and sentence.is_quoted(place)


def _relation(nodes: Sequence[Node], place: int) -> str:
    for i in range(place - 1, max(place - 3, -1), -1):
        low = nodes[i].low
        if low in TimeBook.load().words["relations"]:
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
