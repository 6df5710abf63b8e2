"""Political events of any kind in PLOVER's codes: of a given source and target, or of all pairs that a text tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from dragoman.codebook.actors import ActorBook
from dragoman.codebook.plover import PloverBook
from dragoman.codebook.plover_contexts import Contexts
from dragoman.codebook.predicates import Predicates
from dragoman.model import Article, Document, Mention, Sentence
from dragoman.reading.actors import read_mentions
from dragoman.reading.coding.free import found_in
from dragoman.reading.coding.nationals import nationals
from dragoman.reading.coding.pairs import event_of_pair, head_of, place
from dragoman.reading.coding.real import as_told
from dragoman.reading.coding.words import Trigger
from dragoman.reading.operators import operators_above
from dragoman.reading.sides import side_of
from dragoman.reading.status import standing
from dragoman.reading.values import SentenceMentions, Side

__all__ = ["Coded", "Coder", "Event", "Uncoded", "coded"]

#: Why a given pair is left uncoded.
NOT_THERE = "source or target does not stand in the text"
APART = "source and target do not stand in one sentence"
NO_WORD_BETWEEN = "no word of the lexicon between source and target"


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
    contexts: tuple[str, ...] = ()

    def as_json(self, text: str) -> dict[str, Any]:
        """The shape of FORMATS, then ``contexts``; ``text`` is what the spans point into."""
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
            "contexts": list(self.contexts),
        }


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A stretch of the text that tells no event, and why."""

    span: tuple[int, int]
    reason: str

    def as_json(self) -> dict[str, Any]:
        """``{"span", "reason"}``."""
        return {"span": list(self.span), "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Coded:
    """What the coder says of a text: its events, and what it left uncoded for which reason."""

    events: tuple[Event, ...]
    uncoded: tuple[Uncoded, ...] = ()


@dataclass(frozen=True)
class Coder:
    """The PLOVER coder with its lexicons."""

    book: PloverBook
    actors: ActorBook
    predicates: Predicates
    contexts: Contexts

    @classmethod
    def load(cls) -> Coder:
        """A coder with the lexicons that ship."""
        return cls(PloverBook.load(), ActorBook.load(), Predicates.load(), Contexts.load())

    def of_pair(self, document: Document, source: str, target: str) -> Coded:
        """The one event that the document tells of source and target, strings that stand in it; else why there is none."""
        whole = (0, len(document.article.body))
        text = document.article.body
        if not source or not target or source not in text or target not in text:
            return Coded((), (Uncoded(whole, NOT_THERE),))
        stood = _standing_together(document, source, target)
        if stood is None:
            return Coded((), (Uncoded(whole, APART),))
        n, (a, a_end), (b, b_end) = stood
        s = document.sentences[n]
        words, others = place(s, a, a_end), place(s, b, b_end)
        found = None
        if words and others:
            found = event_of_pair(s, words, [w for w in others if w not in words] or others, self.book)
        if found is None:
            return Coded((), (Uncoded((s.start, s.end), NO_WORD_BETWEEN),))
        mentions = SentenceMentions.of(read_mentions(document, self.actors)[n])
        codes = [
            side_of(s, [head_of(s, at)], mentions, "given", place=True).codes or _covered(mentions, at)
            for at in (words, others)
        ]
        operators, head = operators_above(s, found.word, self.predicates)
        status = as_told(s, found, standing(s, found.word, head, operators, future=False)).status
        return Coded((self._event(s, found, status, (codes[0], (a, a_end)), (codes[1], (b, b_end))),))

    def of_document(self, document: Document) -> Coded:
        """All events between two parties that the codebook knows, in the order of their words; of each sentence without one, why."""
        events: list[Event] = []
        uncoded: list[Uncoded] = []
        rows = read_mentions(document, self.actors)
        for n, (s, row) in enumerate(zip(document.sentences, rows, strict=True)):
            if s.where != "body":
                continue
            mentions = SentenceMentions.of(tuple(self._owned(m) for m in nationals(s, row, n, self.actors)))
            found, reason = found_in(s, mentions, self.book, self.predicates)
            if reason:
                uncoded.append(Uncoded((s.start, s.end), reason))
            each = [
                self._event(
                    s, x.trigger, x.how.status, (x.source.codes, _extent(x.source)), (x.target.codes, _extent(x.target))
                )
                for x in found
            ]
            events += sorted(each, key=lambda e: e.trigger_span)
        return Coded(tuple(events), tuple(uncoded))

    def _owned(self, mention: Mention) -> Mention:
        """A mention that is but a title without an owner, with the party that such a title means."""
        code = None if mention.codes else self.book.party_of_title(mention.text, named=bool(mention.person))
        return replace(mention, codes=(code,), rule="bare title") if code else mention

    def _event(
        self,
        s: Sentence,
        found: Trigger,
        status: str,
        source: tuple[tuple[str, ...], tuple[int, int]],
        target: tuple[tuple[str, ...], tuple[int, int]],
    ) -> Event:
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
            status,
            f"plover:{found.rule}",
            self.contexts.given([t.lemma.lower() for t in s.tokens]),
        )


def coded(language: Parser, records: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """``{"id", "events", "uncoded"}`` for each record ``{"id", "text"}``; with ``source`` and ``target`` one event or none for that pair.

    ``uncoded`` says of each sentence without an event (of a given pair: of the text) why there is none.
    """
    coder = Coder.load()
    kept = list(records)
    articles = (Article(id=str(r["id"]), body=r["text"], published=r.get("date")) for r in kept)
    for record, document in zip(kept, language.documents(articles), strict=True):
        source, target = record.get("source"), record.get("target")
        found = coder.of_pair(document, source, target) if source and target else coder.of_document(document)
        yield {
            "id": record["id"],
            "events": [e.as_json(document.article.body) for e in found.events],
            "uncoded": [u.as_json() for u in found.uncoded],
        }


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


def _extent(side: Side) -> tuple[int, int]:
    return min(x.start for x in side.spans), max(x.end for x in side.spans)
