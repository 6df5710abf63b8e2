"""The one place where the extractors of the reading room come together: a document in, a reading out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dragoman.codebook.actors import ActorBook
from dragoman.codebook.predicates import Predicates
from dragoman.codebook.words import word_lists
from dragoman.model import Conflict, Contact, Document, Interval, Reading, Sentence, Span, TimeExpression
from dragoman.reading.actors import read_mentions
from dragoman.reading.acts import events_of
from dragoman.reading.attribution import Attributions, read_attributions
from dragoman.reading.channels import channel_of
from dragoman.reading.dating import fallback, interval_of, words_ahead
from dragoman.reading.drafts import REALITY, Draft, dates_fit, merge, narrower, same_act
from dragoman.reading.processes import read_processes
from dragoman.reading.replies import Answer, answers_of, one_effort, unanswered
from dragoman.reading.statements import read_statements
from dragoman.reading.subjects import about_of, conditions_of
from dragoman.reading.times import read_times
from dragoman.reading.tree import subjects
from dragoman.reading.triggers import known_lemma
from dragoman.reading.values import Event, SentenceMentions, Side

EXCHANGE = frozenset({"call", "meeting", "mediation"})
APPROACHES = frozenset({"overture", "proposal", "message"})
#: How many sentences away an act may stand to which words without a party refer back.
NEAR = 3


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
        self.published: date | None = document.article.published_day
        self.mentions = tuple(SentenceMentions.of(m) for m in read_mentions(document, reader.book))
        self.times: tuple[tuple[TimeExpression, ...], ...] = read_times(document)
        of, known = _publisher(document, reader.book)
        self.attributions: Attributions = read_attributions(document, self.mentions, of, speaker_known=known)
        self.drafts: list[Draft] = []
        self.half: list[Event] = []
        self.paired: list[Event] = []
        self.answers: list[Answer] = []
        self.conflicts: list[Conflict] = []
        self.acted: dict[int, set[int]] = {}

    def reading(self) -> Reading:
        for n, s in enumerate(self.document.sentences):
            self._sentence(n, s)
        self._complete_unanswered()
        self._complete_pairs()
        self._complete_approaches()
        self._complete_replies()
        for answer in self.answers:
            self._apply(answer)
        self._drop_unanswerable()
        self._fold_into_exchanges()
        self._date_by_occasion()
        self._drop_retold()
        return Reading(
            article=self.document.article,
            contacts=tuple(self._contact(d) for d in self.drafts),
            processes=read_processes(self.document, self.mentions, self.times, self.attributions),
            statements=read_statements(self.document, self.mentions, self.attributions, self.acted),
            conflicts=tuple(self.conflicts),
            parties=tuple(sorted({c for m in self.mentions for x in m.mentions for c in x.codes})),
            reader=self.reader.version,
        )

    # ------------------------------------------------------------------------------------------------ sentences

    def _sentence(self, n: int, s: Sentence) -> None:
        self.answers += [a for a in answers_of(s, n, self.mentions[n]) if not _about_comment(s, a)]
        if not _worth_reading(s, self.reader.predicates):
            return
        ahead = words_ahead(s, self.times[n], self.published)
        for event in _answered_here(events_of(s, n, self.mentions[n], self.reader.predicates, ahead=ahead)):
            event = _hosted(event, self.mentions[n])
            if event.act == "reply" and event.status in {"planned", "conditional"}:
                continue
            if event.from_.codes and event.to.codes and event.from_.codes != event.to.codes:
                self.acted.setdefault(n, set()).add(event.trigger)
                self._add(self._draft(s, event))
            else:
                self.half.append(event)

    def _draft(self, s: Sentence, event: Event) -> Draft:
        n = event.sentence
        text = self.document.article.text_of(s.where)
        start, end, time_span = interval_of(s, event, self.times[n], self.published)
        start = self._behind(event, start)
        status = self._status(event, start, end)
        channelled = channel_of(s, event, self.mentions[n])
        attribution, hedge, said = self.attributions.of(n, event.trigger)
        about = about_of(s, event, text)
        conditions = conditions_of(s, event, text)
        act, channels = self._readiness(event, status, list(channelled.channels))
        draft = Draft(
            event=event, act=act, status=status, from_=event.from_, to=event.to, where=s.where, sentences=[n],
            channels=channels, via=list(channelled.via), via_person=list(channelled.via_person),
            secret=channelled.secret, start=start or fallback(status, self.published), end=end,
            about=about[0] if about else None, conditions=[c for c, _ in conditions], attribution=attribution, hedge=hedge,
            reply=event.reply if act != "reply" else "not_stated", denied_by=event.denied_by,
        )  # fmt: skip
        for name, span in (*event.rules, *channelled.spans, *(("conditions", x) for _, x in conditions)):
            draft.add_span(name, span)
        for name, side in (("from", event.from_), ("to", event.to)):
            for span in side.spans:
                draft.add_span(name, span)
        for name, found in (("start", time_span), ("about", about[1] if about else None), ("attribution", said)):
            if found is not None:
                draft.add_span(name, found)
        return draft

    def _behind(self, event: Event, start: Interval | None) -> Interval | None:
        """No done act ends after publication, and a meeting cancelled before its day was cancelled by publication."""
        if self.published is None or start is None or event.status != "done":
            return start
        if event.act == "breakdown" and start.earliest and start.earliest > self.published:
            return None
        if start.earliest and start.latest and start.earliest <= self.published < start.latest:
            return replace(start, latest=self.published)
        return start

    def _status(self, event: Event, start: Interval | None, end: Interval | None) -> str:
        """The status by the event's days: what lies ahead is planned; a plan whose last day is past was carried out."""
        earliest = start.earliest if start else None
        last = end or start
        latest = last.latest if last else None
        if self.published and event.status == "done" and earliest and earliest > self.published:
            return "planned"
        if self.published and event.status == "planned" and latest and latest < self.published:
            return "done"
        return event.status

    def _readiness(self, event: Event, status: str, channels: list[str]) -> tuple[str, list[str]]:
        """A side's stated readiness for talks is an overture, made in public (GUIDE.md on contacts)."""
        if event.act in EXCHANGE and status == "conditional":
            return "overture", ["public_statement"]
        return event.act, channels

    def _add(self, draft: Draft) -> None:
        for known in reversed(self.drafts):
            if same_act(known, draft):
                merge(known, draft)
                return
        self.drafts.append(draft)

    # -------------------------------------------------------------------------------------------------- answers

    def _complete_unanswered(self) -> None:
        """Approaches of which one side is told by the silence that met them ("did not answer the South's calls")."""
        for event in self.half:
            if event.act not in APPROACHES | {"call"}:
                continue
            attribution, _, said = self.attributions.of(event.sentence, event.trigger)
            whole = unanswered(event, self.answers, attribution.of if said is not None else None)
            if whole is not None:
                self._add(self._draft(self.document.sentences[event.sentence], whole))

    def _complete_pairs(self) -> None:
        """What "the two sides" or "the ministers" did together, they are the sides of the exchange told right before."""
        for event in self.paired:
            before = [
                d for d in self.drafts if d.act in {"call", "meeting"} and 0 <= event.sentence - d.sentences[-1] <= NEAR
            ]
            if before:
                last = max(before, key=lambda d: d.sentences[-1])
                whole = replace(event, from_=replace(last.from_, persons=()), to=replace(last.to, persons=()))
                self._add(self._draft(self.document.sentences[event.sentence], whole))

    def _complete_approaches(self) -> None:
        """An approach of which a sentence names the maker only ("our offer stands") is to whom he was just told to approach."""
        for event in self.half:
            if event.act not in APPROACHES or not event.from_.codes or event.frame.kind != "noun":
                continue
            before = [
                d for d in self.drafts
                if d.act in APPROACHES and d.where == "body" and set(d.from_.codes) == set(event.from_.codes)
            ]  # fmt: skip
            near = [d for d in before if min(abs(event.sentence - n) for n in d.sentences) <= NEAR]
            if near:
                last = min(near, key=lambda d: min(abs(event.sentence - n) for n in d.sentences))
                self._add(self._draft(self.document.sentences[event.sentence], replace(event, to=last.to)))

    def _complete_replies(self) -> None:
        """Replies that name one side only answer the latest approach of the other to it."""
        for event in self.half:
            if event.act != "reply" or not event.from_.codes:
                continue
            answered = self._answered(event.sentence, event.from_, Side())
            if answered is None:
                continue
            whole = replace(event, to=answered.from_)
            self._add(self._draft(self.document.sentences[event.sentence], whole))

    def _answered(self, sentence: int, by: Side, to: Side) -> Draft | None:
        """The act that an answer in that sentence answers: the nearest approach by ``to`` toward ``by``."""
        fitting = [
            d for d in self.drafts
            if d.act in {"overture", "proposal", "message", "call", "mediation"}
            and (not by.codes or set(by.codes) & set(d.to.codes))
            and (not to.codes or set(to.codes) & set(d.from_.codes))
            and (by.codes or to.codes or min(abs(sentence - n) for n in d.sentences) <= NEAR)
        ]  # fmt: skip
        if not fitting:
            return None
        return min(fitting, key=lambda d: min(abs(sentence - n) + (0.5 if n > sentence else 0) for n in d.sentences))

    def _apply(self, answer: Answer) -> None:
        draft = self._answered(answer.sentence, answer.by, answer.to)
        if draft is None:
            return
        self._answer(draft, answer)
        if answer.reply == "none":  # who has not answered has answered none of the approaches told before
            for other in self.drafts:
                told_before = min(other.sentences) <= answer.sentence and other.reply == "not_stated"
                if other is not draft and told_before and one_effort(draft, other):
                    self._answer(other, answer)

    def _answer(self, draft: Draft, answer: Answer) -> None:
        if draft.status in {"planned", "conditional", "not_done"}:
            return
        if answer.reply == "none" and draft.reply == "not_stated":
            draft.reply = "none"
            if draft.status in {"done", "ongoing"} and "public_statement" not in draft.channels:
                draft.status = "attempted"
        elif answer.reply != "none" and draft.reply in {"none", "not_stated"}:
            if draft.reply == "none":
                self._conflict(draft, answer)
            draft.reply = answer.reply
            draft.status = "done"
        elif answer.reply == "none" and draft.reply != "none":
            self._conflict(draft, answer)
        if answer.sentence not in draft.sentences:
            draft.sentences.append(answer.sentence)
        if self.document.sentences[answer.sentence].where == draft.where:
            draft.add_span("reply", answer.span)

    def _conflict(self, draft: Draft, answer: Answer) -> None:
        marks = [self._mark(draft.sentences[-1]), self._mark(answer.sentence)]
        what = f"whether {'+'.join(draft.to.codes)} answered the {draft.act} by {'+'.join(draft.from_.codes)}"
        if marks[0] != marks[1] and what not in {c.what for c in self.conflicts}:
            self.conflicts.append(Conflict((marks[0], marks[1]), what))

    def _drop_unanswerable(self) -> None:
        """An answer is an entry only where the report tells what it answers; then that act carries it (GUIDE.md)."""
        for draft in [d for d in self.drafts if d.act == "reply"]:
            answered = self._answered(draft.sentences[0], draft.from_, draft.to)
            reply = draft.event.reply if draft.event.reply != "not_stated" else "acknowledged"
            if answered is None:
                self.drafts.remove(draft)
            elif answered.reply in {"not_stated", "none"} and draft.status != "not_done":
                answered.reply = reply
                answered.status = "done" if answered.status == "attempted" else answered.status
                for span in draft.spans.get("act", []):
                    answered.add_span("reply", span)
            if draft in self.drafts and draft.status == "not_done":
                self.drafts.remove(draft)

    def _fold_into_exchanges(self) -> None:
        """What was said in a call or a meeting is no second entry: it gives its words and its day to the exchange (GUIDE.md)."""
        for draft in [d for d in self.drafts if "within" in d.event.frame or "spoken" in d.event.frame]:
            occasion = self._occasion(draft)
            if occasion is not None:
                occasion.sentences += [n for n in draft.sentences if n not in occasion.sentences]
                if draft.start and not draft.start.rule.startswith("fallback"):
                    occasion.start = narrower(occasion.start, draft.start)
                    for span in draft.spans.get("start", []):
                        occasion.add_span("start", span)
            if occasion is not None or "within" in draft.event.frame:
                self.drafts.remove(draft)

    def _occasion(self, draft: Draft) -> Draft | None:
        """The call or meeting between the same parties nearest to the draft's sentence, if their days may be one."""
        fitting = [
            d for d in self.drafts
            if d.act in {"call", "meeting"} and d.parties == draft.parties and d is not draft and dates_fit(d.start, draft.start)
            and d.status in {"done", "ongoing"}
        ]  # fmt: skip
        near = [d for d in fitting if min(abs(n - draft.sentences[0]) for n in d.sentences) <= NEAR]
        return min(near, key=lambda d: abs(d.sentences[0] - draft.sentences[0]), default=None)

    def _date_by_occasion(self) -> None:
        """A meeting told without a day takes place during the visit that the report tells; an agreement in the exchange around it."""
        for draft in self.drafts:
            if (
                draft.start is None
                or not draft.start.rule.startswith("fallback")
                or draft.act not in {"meeting", "agreement"}
            ):
                continue
            kinds = {"visit"} if draft.act == "meeting" else {"call", "meeting"}
            around = [
                d for d in self.drafts
                if d.act in kinds and d.parties == draft.parties and REALITY[d.status] == REALITY[draft.status]
                and d.start and not d.start.rule.startswith("fallback")
            ]  # fmt: skip
            if len(around) == 1 and around[0].start is not None:
                draft.start = replace(around[0].start, rule=f"inherited:{around[0].act}")
                draft.end = around[0].end if draft.act == "meeting" else None

    def _drop_retold(self) -> None:
        """A headline or key point adds an entry only where the body tells nothing between the same parties."""
        told = {d.parties for d in self.drafts if d.where == "body"}
        self.drafts = [d for d in self.drafts if d.where in {"body", "caption"} or d.parties not in told]

    # ---------------------------------------------------------------------------------------------------- output

    def _mark(self, n: int) -> str:
        words = self.document.sentences[n].text.split()
        return " ".join(words) if len(words) <= 6 else f"{' '.join(words[:3])} … {' '.join(words[-3:])}"

    def _contact(self, d: Draft) -> Contact:
        return Contact(
            from_=d.from_.codes, to=d.to.codes, act=d.act, status=d.status, channel=tuple(d.channels),
            from_person=d.from_.persons, to_person=d.to.persons, via=tuple(d.via), via_person=tuple(d.via_person),
            secret=d.secret, start=d.start, end=d.end, about=d.about, conditions=tuple(d.conditions), reply=d.reply,
            reply_as_of=self.published if d.reply != "not_stated" else None, attribution=d.attribution, hedge=d.hedge,
            evidence=tuple(self._mark(n) for n in sorted(d.sentences)), denied_by=d.denied_by, where=d.where,
            plover=d.event.frame.plover, cameo=d.event.frame.cameo, spans=self._spans(d),
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


def _names_both(s: Sentence, event: Event) -> bool:
    """Whether the act's subject is a word for both sides at once."""
    for i in subjects(s, event.trigger):
        token = s.tokens[i]
        plural = token.feats.get("Number") == "Plur" or token.lemma.lower() in {"both", "two", "pair"}
        if plural and token.lemma.lower() in word_lists("structure")["both"]:
            return True
    return False


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
    words = {t.lemma.lower() for t in s.tokens}
    return bool(words & predicates.heads) or any(known_lemma(w, predicates.heads) for w in words)


def _hosted(event: Event, mentions: SentenceMentions) -> Event:
    """An official of no told party who is met in one country speaks for that country ("met Foreign Minister X in Muscat")."""
    if (
        event.act not in EXCHANGE
        or not event.from_.codes
        or event.to.codes
        or not event.to.persons
        or not event.to.level
    ):
        return event
    hosts = {
        m.codes[0]: m
        for m in mentions.mentions
        if m.place_only and len(m.codes) == 1 and m.codes[0] not in event.from_.codes
    }
    if len(hosts) != 1:
        return event
    ((code, place),) = hosts.items()
    span = Span(place.start, place.end, "inferred:venue")
    return replace(event, to=replace(event.to, codes=(code,), spans=(*event.to.spans, span)))


def _answered_here(events: list[Event]) -> list[Event]:
    """Approaches of which the sentence tells the maker only, completed by who is told beside them to answer them."""
    found = []
    for event in events:
        if event.act in APPROACHES and event.from_.codes and not event.to.codes:
            answer = next(
                (e for e in events if e.act == "reply" and set(e.to.codes) & set(event.from_.codes) and e.from_.codes),
                None,
            )
            if answer is not None:
                event = replace(event, to=answer.from_.without(event.from_.codes))
        found.append(event)
    return found


def _about_comment(s: Sentence, answer: Answer) -> bool:
    """A reporter's own unanswered request for comment is no contact (GUIDE.md)."""
    words = {s.tokens[i].lemma.lower() for i in s.subtree(answer.word)}
    return "comment" in words and bool(words & {"request", "immediately", "email", "inquiry", "query", "call"})
