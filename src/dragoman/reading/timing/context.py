"""What a rule may know beyond its own words: the reference day, which way the clause looks, what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dragoman.codebook.times import TimeBook
from dragoman.model import Sentence
from dragoman.reading.timing import tense
from dragoman.reading.timing.moments import Moment
from dragoman.reading.timing.pieces import Node


class NoReference(Exception):
    """A reading needs a reference day and the article tells none."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The day from which a report counts: ``day`` where it was written, ``printed`` as the outlet prints it; ``anchor`` says which ``day`` is."""

    day: date | None
    printed: date | None
    anchor: str = "published"


#: How many pieces around an amount are asked whether it lasts.
_AROUND = 14


@dataclass
class Context:
    """The state of one document's reading, sentence by sentence."""

    book: TimeBook
    reference: Reference
    signs: Mapping[str, str]
    sentence: Sentence | None = None
    text: str = ""
    offset: int = 0
    memory: list[tuple[int, Moment]] = field(default_factory=list)
    place: int = 0
    person: str | None = None
    in_office: str | None = None
    country: str | None = None
    day_first: bool = False
    _span: tuple[int, int] = (0, 0)
    _nodes: Sequence[Node] = ()
    _before: tuple[Sequence[Node], Sequence[Node]] = ((), ())

    def at(self, start: int, end: int, made: Sequence[Node], since: Sequence[Node]) -> None:
        """Move to the expression that stands at these offsets of the sentence's text; what stands before it was read as these two rows of nodes."""
        self._span = (start, end)
        self._before = (made, since)

    def open(self, nodes: Sequence[Node]) -> None:
        """Begin a sentence whose pieces are these."""
        self._nodes = nodes

    @property
    def today(self) -> date:
        """The reference day; raises NoReference where there is none."""
        if self.reference.day is None:
            raise NoReference
        return self.reference.day

    @property
    def south(self) -> bool:
        """Whether the report comes from the southern half of the earth, where it is summer in January."""
        return self.country in self.book.words["southern"]

    @property
    def anchor(self) -> str:
        """What ``today`` is called in ``TimeExpression.anchor``."""
        return self.reference.anchor

    @property
    def horizon(self) -> date:
        """The last day that a past weekday may name: the day of writing, or the outlet's where that is later."""
        day = self.today
        return max(day, self.reference.printed) if self.reference.printed else day

    def direction(self) -> int:
        """-1 where the clause looks back, 1 where it plans ahead, 2 where it says "will", 0 where nothing tells."""
        bound = self._bound()
        if self.sentence is not None and tense.is_parsed(self.sentence):
            start, end = self._span[0] + self.offset, self._span[1] + self.offset
            return tense.of_parse(self.sentence, start, end, self.book.words, bound=bound)
        return tense.of_forms(self._nodes, *self._span, self.book.words, bound=bound)

    def _bound(self) -> bool:
        """Whether "until", "through" or "by" stands before the expression, perhaps with a clock time or an article between."""
        for node in reversed(self._nodes):
            if (
                node.end > self._span[0]
                or node.number is not None
                or node.low in self.book.words["between_bound"]
                or node.low in self.book.lexicon["ZONE"]
            ):
                continue
            return node.low in self.book.words["bounds"]
        return False

    def word_class(self, start: int | None = None) -> str:
        """The upos of the word at an offset, of the first one at the current place where none is given; empty without a parse."""
        if self.sentence is None:
            return ""
        place = tense.token_at(self.sentence, (self._span[0] if start is None else start) + self.offset)
        return self.sentence.tokens[place].upos if place is not None else ""

    def is_name(self, node: Node) -> bool:
        """Whether a piece is written like a name: a capital, and no function word that merely begins the sentence."""
        return self.text[node.start].isupper() and node.low not in self.book.words["small"]

    def counts(self, node: Node) -> bool:
        """Whether the parse takes a number as a count of the word after it ("1917 votes")."""
        if self.sentence is None:
            return False
        place = tense.token_at(self.sentence, node.start + self.offset)
        if place is None or self.sentence.tokens[place].relation != "nummod":
            return False
        head = self.sentence.tokens[place].head
        return head > place and self.sentence.tokens[head].feats.get("Number") == "Plur"

    def lasts(self) -> bool:
        """Whether the clause tells what has lasted until now: a perfect, a negated past, or "since"."""
        near = [n.low for n in self._nodes if n.end <= self._span[0]][-_AROUND:]
        if len(near) <= 2:  # "For more than 50 years, the treaty has made …"
            near += [n.low for n in self._nodes if n.start >= self._span[1]][:_AROUND]
        if any(w in self.book.words["granting"] for w in near):
            return False  # "has renewed the mandate for two years": how long it will last
        return any(w in self.book.words["lasting"] for w in near)

    def candidate(self) -> str | None:
        """The candidate named last: before the place in this sentence, else in the one before."""
        for node in reversed([n for n in self._nodes if n.end <= self._span[0]]):
            if node.low in self.book.campaigns and self.text[node.start].isupper():
                return node.low
        return self.person

    def holder(self) -> str | None:
        """The holder of an office named last: before the place in this sentence, else in one before, else first after it in this one."""
        named = [n for n in self._nodes if n.low in self.book.administrations and self.text[n.start].isupper()]
        before = [n.low for n in named if n.end <= self._span[0]]
        if before:
            return before[-1]
        return self.in_office or next((n.low for n in named), None)

    def close(self) -> None:
        """End a sentence: remember which candidate and which holder of an office it named last."""
        for node in self._nodes:
            if self.text[node.start].isupper():
                self.person = node.low if node.low in self.book.campaigns else self.person
                self.in_office = node.low if node.low in self.book.administrations else self.in_office
        self._nodes = ()

    def remember(self, moment: Moment) -> None:
        """Keep a moment for what is counted from it later."""
        self.memory.append((self.place, moment))

    def recall_length(self) -> Moment | None:
        """The last amount or period told in this sentence, or in the one before."""
        before = [n.moment for nodes in self._before for n in nodes if n.moment is not None]
        earlier = [m for place, m in self.memory if self.place - place <= 1]
        for row in (before, earlier):
            for kinds in (("duration", "stretch"), ("period", "range", "year", "season", "month", "week", "decade")):
                found = [m for m in row if m.kind in kinds and (m.earliest or m.latest)]
                if found:
                    return found[-1]
        return None

    def recall(
        self, *, same_sentence: bool = False, kinds: frozenset[str] | None = None, reach: int = 2
    ) -> Moment | None:
        """The last moment with bounded days that was read before, of those kinds, in this sentence or at most so many sentences back; what lies
        after the report was not told by a clause that looks back. What the expression itself completes ("August of that year") told nothing yet."""
        for nodes in reversed(self._before):
            for node in reversed(nodes):
                completed = self.text[node.end : self._span[0]].strip(" ,") in ("of", "in")
                if node.moment is not None and not completed and _tells_days(node.moment, kinds):
                    return node.moment
        for place, moment in reversed(self.memory):
            if same_sentence or self.place - place > reach:
                return None
            if _tells_days(moment, kinds) and not self._ahead(moment):
                return moment
        return None

    def _ahead(self, moment: Moment) -> bool:
        day = self.reference.day
        return day is not None and moment.earliest is not None and moment.earliest > day and self.direction() < 0


def _tells_days(moment: Moment, kinds: frozenset[str] | None) -> bool:
    return moment.days is not None and moment.type in ("DATE", "TIME") and (kinds is None or moment.kind in kinds)


def nearest_weekday(day: date, weekday: int, direction: int) -> date:
    """The last such weekday up to and including a day (direction -1 or 0), or the next one from that day on (1)."""
    if direction > 0:
        return day + timedelta(days=(weekday - day.isoweekday()) % 7)
    return day - timedelta(days=(day.isoweekday() - weekday) % 7)
