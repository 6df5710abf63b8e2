"""The one place where the extractors of the reading room come together: a document in, a reading out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.codebook.actors import ActorBook
from dragoman.codebook.predicates import Predicates
from dragoman.model import Contact, Document, Reading, Sentence, Span, TimeExpression
from dragoman.reading.actors import read_mentions
from dragoman.reading.acts import events_of
from dragoman.reading.appearances import appearances, guests, joined, welcomed
from dragoman.reading.attribution import Attributions, read_attributions
from dragoman.reading.coding.acts import code_of_act
from dragoman.reading.dating import words_ahead
from dragoman.reading.denials import dispute
from dragoman.reading.drafting import Drafting, answered_here, hosted
from dragoman.reading.drafts import Draft
from dragoman.reading.entries import Entries
from dragoman.reading.occasions import settle
from dragoman.reading.processes import read_processes
from dragoman.reading.replies import Answer, answers_of
from dragoman.reading.statements import read_statements
from dragoman.reading.times import read_times
from dragoman.reading.travel import destined, schedule_day, scheduled, stays
from dragoman.reading.tree import lemma
from dragoman.reading.triggers import known_lemma
from dragoman.reading.values import SentenceMentions


@dataclass(frozen=True)
class Reader:
    """Reads documents with one codebook; its ``version`` goes with every reading."""

    book: ActorBook
    predicates: Predicates
    version: str = "dragoman"

    @classmethod
    def load(cls, version: str = "dragoman") -> Reader:
        """A reader with the codebook that ships with dragoman."""
        return cls(ActorBook.load(), Predicates.load(), version)

    def read(self, document: Document) -> Reading:
        """All that the document says."""
        return _Report(self, document).reading()


class _Report:
    """The reading of one document, step by step."""

    def __init__(self, reader: Reader, document: Document) -> None:
        self.reader, self.document = reader, document
        self.published = document.article.published_day
        self.mentions = tuple(SentenceMentions.of(m) for m in read_mentions(document, reader.book))
        self.times: tuple[tuple[TimeExpression, ...], ...] = read_times(document)
        of, known = _publisher(document, reader.book)
        self.attributions: Attributions = read_attributions(document, self.mentions, of, speaker_known=known)
        self.entries = Entries(document, Drafting(document, self.mentions, self.times, self.attributions))
        self.acted: dict[int, set[int]] = {}

    def reading(self) -> Reading:
        for n, s in enumerate(self.document.sentences):
            self._sentence(n, s)
        self.entries.finish()
        for event in appearances(self.document, self.mentions, self.reader.predicates):
            self.entries.drafts = joined(self.entries.drafts, self.entries.drafting.draft(event), self.published)
        for event in guests(self.document, self.mentions, self.reader.predicates):
            self.entries.drafts = welcomed(self.entries.drafts, self.entries.drafting.draft(event))
        self.entries.drafts = list(scheduled(self.entries.drafts, schedule_day(self.document, self.times)))
        settle(self.document, self.mentions, self.times, self.entries.drafts, self.published)
        dispute(self.document, self.mentions, self.entries.drafts)
        return Reading(
            article=self.document.article,
            contacts=tuple(self._contact(d) for d in self.entries.drafts),
            processes=read_processes(self.document, self.mentions, self.times, self.attributions),
            statements=read_statements(self.document, self.mentions, self.attributions, self.acted),
            conflicts=tuple(self.entries.conflicts),
            parties=tuple(sorted({c for m in self.mentions for x in m.mentions for c in x.codes})),
            reader=self.reader.version,
        )

    def _sentence(self, n: int, s: Sentence) -> None:
        self.entries.answers += [a for a in answers_of(s, n, self.mentions[n]) if not _about_comment(s, a)]
        ahead = words_ahead(s, self.times[n], self.published)
        for event in stays(s, n, self.mentions[n], self.reader.predicates, ahead):
            self.entries.add(event)
        if not _worth_reading(s, self.reader.predicates):
            return
        told = answered_here(events_of(s, n, self.mentions[n], self.reader.predicates, ahead=ahead))
        for event in (goal for e in told for goal in destined(e, s)):
            event = hosted(event, self.mentions[n])
            if event.act == "reply" and event.status in {"planned", "conditional", "attempted"}:
                continue
            if event.from_.codes and event.to.codes and event.from_.codes != event.to.codes:
                self.acted.setdefault(n, set()).add(event.trigger)
                self.entries.add(event)
            else:
                self.entries.half.append(event)

    def _contact(self, d: Draft) -> Contact:
        code = code_of_act(self.document.sentences[d.event.sentence], d.event, d.act, d.status, d.reply)
        return Contact(
            from_=d.from_.codes, to=d.to.codes, act=d.act, status=d.status, channel=tuple(d.channels),
            from_person=d.from_.persons, to_person=d.to.persons, via=tuple(d.via), via_person=tuple(d.via_person),
            secret=d.secret, start=d.start, end=d.end, about=d.about, conditions=tuple(d.conditions), reply=d.reply,
            reply_as_of=self.published if d.reply != "not_stated" else None, attribution=d.attribution, hedge=d.hedge,
            evidence=tuple(self.entries.mark(n) for n in sorted(d.sentences)), denied_by=d.denied_by, where=d.where,
            plover=code.type if code else None, cameo=code.cameo if code else None, spans=self._spans(d),
        )  # fmt: skip

    def _spans(self, d: Draft) -> dict[str, tuple[Span, ...]]:
        """A span for every filled field; a value that was inherited or computed points at the act and names from what."""
        spans = {k: tuple(v) for k, v in d.spans.items()}
        act = spans["act"][0] if spans.get("act") else Span(0, 0, "none")

        def computed(rule: str) -> tuple[Span, ...]:
            return (Span(act.start, act.end, rule),)

        filled = {
            "channel": True, "hedge": True, "attribution": True, "start": d.start is not None, "end": d.end is not None,
            "reply": d.reply != "not_stated", "reply_as_of": d.reply != "not_stated", "denied_by": bool(d.denied_by),
            "from_person": bool(d.from_.persons), "to_person": bool(d.to.persons), "via": bool(d.via),
        }  # fmt: skip
        inherited = {
            "from_person": "inherited:from", "to_person": "inherited:to", "reply_as_of": "computed:published",
            "end": "computed:start", "start": d.start.rule if d.start else "", "channel": "unspecified",
            "attribution": "inherited:outlet", "hedge": "inherited:attribution", "reply": "inherited:act",
            "denied_by": "inherited:status", "via": "inherited:channel",
        }  # fmt: skip
        for name, is_filled in filled.items():
            if is_filled and name not in spans:
                spans[name] = computed(inherited[name])
        return spans


def _publisher(document: Document, book: ActorBook) -> tuple[str | None, bool]:
    """(the party whose own release this is, whether its byline names an official); (None, False) for a newspaper's report."""
    article = document.article
    of = book.outlet(article.outlet or "")
    name = re.sub(
        r"^(?:the )?(?:department |deputy )?spokes(?:person|man|woman) ",
        "",
        (article.byline or "").split(",")[0].strip(),
        flags=re.I,
    )
    held = book.occupancies(name) if " " in name else ()
    if of is None and held and article.outlet is None and article.agency is None:
        of = held[0].position.code
    return of, bool(held)


def _worth_reading(s: Sentence, predicates: Predicates) -> bool:
    """The gate: a sentence without any word of the lexicon tells no contact."""
    words = {lemma(s, i) for i in range(len(s.tokens))}
    return bool(words & predicates.heads) or any(known_lemma(w, predicates.heads) for w in words)


def _about_comment(s: Sentence, answer: Answer) -> bool:
    """A reporter's own unanswered request for comment is no contact (GUIDE.md)."""
    words = {s.tokens[i].lemma.lower() for i in s.subtree(answer.word)}
    return "comment" in words and bool(words & {"request", "immediately", "email", "inquiry", "query", "call"})
