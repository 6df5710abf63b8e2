"""Political events of any kind in PLOVER's codes: of a given source and target, or of all pairs that a text tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from dragoman.codebook.actors import ActorBook
from dragoman.codebook.plover import PloverBook
from dragoman.codebook.predicates import Predicates
from dragoman.model import Article, Document, Sentence
from dragoman.reading.actors import read_mentions
from dragoman.reading.coding.pairs import event_of_pair, head_of, place
from dragoman.reading.coding.words import Trigger, told, verbal
from dragoman.reading.operators import operators_above
from dragoman.reading.sides import side_of
from dragoman.reading.status import standing
from dragoman.reading.tree import agents, is_passive, preposition, subjects
from dragoman.reading.values import SentenceMentions, Side

__all__ = ["Coder", "Event", "coded"]

#: Prepositions before the one to whom it is done, and before the doer of a noun ("an attack by … on …").
TOWARD = frozenset(
    ["", "to", "on", "upon", "against", "with", "at", "from", "for", "of", "toward", "towards", "over", "into", "in"]
)
DOING = frozenset({"by", "from", "of"})


class Parser(Protocol):
    """What parses texts: :class:`dragoman.language.Language`."""

    def documents(self, articles: Iterable[Article]) -> Iterator[Document]:
        """The articles parsed, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Event:
    """One coded event; the spans are offsets into the text, ``(-1, -1)`` never: what has no words is not coded."""

    type: str
    mode: str | None
    cameo: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_span: tuple[int, int]
    target_span: tuple[int, int]
    trigger_span: tuple[int, int]
    status: str
    rule: str

    def as_json(self, text: str) -> dict[str, Any]:
        """The shape of FORMATS; ``text`` is what the spans point into."""
        return {
            "type": self.type,
            "mode": self.mode,
            "cameo": self.cameo,
            "source": list(self.source),
            "target": list(self.target),
            "source_text": text[slice(*self.source_span)],
            "target_text": text[slice(*self.target_span)],
            "status": self.status,
            "spans": {
                "trigger": list(self.trigger_span),
                "source": list(self.source_span),
                "target": list(self.target_span),
            },
            "rule": self.rule,
        }


@dataclass(frozen=True)
class Coder:
    """The PLOVER coder with its lexicons."""

    book: PloverBook
    actors: ActorBook
    predicates: Predicates

    @classmethod
    def load(cls) -> Coder:
        """A coder with the lexicons that ship."""
        return cls(PloverBook.load(), ActorBook.load(), Predicates.load())

    def of_pair(self, document: Document, source: str, target: str) -> list[Event]:
        """The one event that the document tells of source and target, strings that stand in it; empty where the lexicon knows none."""
        stood = _standing_together(document, source, target) if source and target else None
        if stood is None:
            return []
        n, (a, a_end), (b, b_end) = stood
        s = document.sentences[n]
        words, others = place(s, a, a_end), place(s, b, b_end)
        if not words or not others:
            return []
        found = event_of_pair(s, words, [w for w in others if w not in words] or others, self.book)
        if found is None:
            return []
        mentions = SentenceMentions.of(read_mentions(document, self.actors)[n])
        codes = [
            side_of(s, [head_of(s, at)], mentions, "given", place=True).codes or _covered(mentions, at)
            for at in (words, others)
        ]
        return [self._event(s, found, (codes[0], (a, a_end)), (codes[1], (b, b_end)))]

    def of_document(self, document: Document) -> list[Event]:
        """All events between two parties that the codebook knows, in the order of their words."""
        found: list[Event] = []
        for s, row in zip(document.sentences, read_mentions(document, self.actors), strict=True):
            if len(row) > 1 and s.where == "body":
                found += self._of_sentence(s, SentenceMentions.of(row))
        return found

    def _of_sentence(self, s: Sentence, mentions: SentenceMentions) -> Iterator[Event]:
        ruled: set[tuple[int, tuple[str, ...], tuple[str, ...]]] = set()
        for i in sorted(range(len(s.tokens)), key=lambda i: (_depth(s, i), i)):
            trigger = told(s, i, self.book)
            if trigger is None:
                continue
            source, target = (_verb_sides if verbal(s, i) else _noun_sides)(s, i, mentions)
            target = target.without(source.codes)
            if not source or not target:
                continue
            # What a coded word rules between the same two is what was demanded, promised or ended, not an event of its own.
            if any(i in s.subtree(w) and {*x, *y} == {*source.codes, *target.codes} for w, x, y in ruled):
                continue
            ruled.add((i, source.codes, target.codes))
            yield self._event(s, trigger, (source.codes, _extent(source)), (target.codes, _extent(target)))

    def _event(
        self,
        s: Sentence,
        found: Trigger,
        source: tuple[tuple[str, ...], tuple[int, int]],
        target: tuple[tuple[str, ...], tuple[int, int]],
    ) -> Event:
        operators, head = operators_above(s, found.word, self.predicates)
        token = s.tokens[found.word]
        return Event(
            found.code.type,
            found.code.mode,
            found.code.cameo,
            source[0],
            target[0],
            source[1],
            target[1],
            (token.start, token.end),
            standing(s, found.word, head, operators, future=False).status,
            f"plover:{found.rule}",
        )


def coded(language: Parser, records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """``{"id", "events"}`` for each record ``{"id", "text"}``; with ``source`` and ``target`` one event or none for that pair."""
    coder = Coder.load()
    kept = list(records)
    articles = (Article(id=str(r["id"]), body=r["text"], published=r.get("date")) for r in kept)
    for record, document in zip(kept, language.documents(articles), strict=True):
        source, target = record.get("source"), record.get("target")
        events = coder.of_pair(document, source, target) if source and target else coder.of_document(document)
        yield {"id": record["id"], "events": [e.as_json(document.article.body) for e in events]}


def _standing_together(
    document: Document, source: str, target: str
) -> tuple[int, tuple[int, int], tuple[int, int]] | None:
    """The sentence and the two stretches where source and target stand nearest to each other without overlap."""
    best: tuple[int, int, tuple[int, int], tuple[int, int]] | None = None
    text = document.article.body
    for a in re.finditer(re.escape(source), text):
        for b in re.finditer(re.escape(target), text):
            if a.start() < b.end() and b.start() < a.end():
                continue
            for n, s in enumerate(document.sentences):
                if s.where == "body" and s.start <= min(a.start(), b.start()) and max(a.end(), b.end()) <= s.end:
                    far = max(a.start(), b.start()) - min(a.end(), b.end())
                    if best is None or far < best[0]:
                        best = (far, n, a.span(), b.span())
    return best[1:] if best else None


def _covered(mentions: SentenceMentions, words: list[int]) -> tuple[str, ...]:
    """The codes of the first mention inside the words."""
    return next((m.codes for w in words if (m := mentions.covering.get(w)) and m.codes), ())


def _depth(s: Sentence, i: int) -> int:
    depth = 0
    while (i := s.tokens[i].head) >= 0 and depth < len(s.tokens):
        depth += 1
    return depth


def _verb_sides(s: Sentence, i: int, mentions: SentenceMentions) -> tuple[Side, Side]:
    passive = is_passive(s, i)
    patients = s.dependants(i, "obj", "iobj", "nsubj:pass")
    doers = agents(s, i) if passive else subjects(s, i)
    source = _side(s, doers, mentions)
    for places in (
        subjects(s, i) if passive else patients,
        _aimed(s, [i, *patients], TOWARD - {"", "in", "into", "of"}),
    ):
        found = _side(s, places, mentions).without(source.codes)
        if found:
            return source, found
    if len(source.each) > 1:  # "both signed", "the two met"
        return source.each[0], source.each[1]
    return source, Side()


def _side(s: Sentence, words: list[int], mentions: SentenceMentions) -> Side:
    """The party that the words name; else the one whose they are ("Chadian banks", "the port of Sudan")."""
    if named := side_of(s, words, mentions, "plover", place=True):
        return named
    owners = [
        c
        for w in words
        for c in s.children[w]
        if s.tokens[c].relation in {"amod", "compound"}
        or s.tokens[c].deprel == "nmod:poss"
        or (s.tokens[c].relation == "nmod" and preposition(s, c) in {"of", "from", "in"})
    ]
    return side_of(s, owners, mentions, "plover:owner", place=True) if owners else Side()


def _aimed(s: Sentence, words: list[int], prepositions: frozenset[str]) -> list[int]:
    return [
        c
        for w in words
        for c in s.children[w]
        if s.tokens[c].relation in {"obl", "nmod"}
        and s.tokens[c].deprel not in {"nmod:poss", "obl:agent"}
        and preposition(s, c) in prepositions
    ]


def _noun_sides(s: Sentence, i: int, mentions: SentenceMentions) -> tuple[Side, Side]:
    own = [c for c in s.children[i] if s.tokens[c].deprel in {"nmod:poss", "amod", "compound"}]
    source = side_of(s, own, mentions, "plover", place=True) or side_of(s, _aimed(s, [i], DOING), mentions, "plover")
    target = side_of(s, _aimed(s, [i], TOWARD - DOING), mentions, "plover", place=True)
    between = side_of(s, _aimed(s, [i], frozenset({"between"})), mentions, "plover", place=True)
    if len(between.each) > 1:
        return between.each[0], between.each[1]
    return source, target


def _extent(side: Side) -> tuple[int, int]:
    return min(x.start for x in side.spans), max(x.end for x in side.spans)
