"""From an event of one sentence to the draft of an entry: its days, channel, subject, conditions, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from dragoman.model import Document, Interval, Span, TimeExpression
from dragoman.reading.attribution import Attributions
from dragoman.reading.channels import channel_of
from dragoman.reading.dating import fallback, interval_of
from dragoman.reading.drafts import Draft
from dragoman.reading.subjects import about_of, conditions_of
from dragoman.reading.tree import preposition
from dragoman.reading.values import Event, SentenceMentions

EXCHANGE = frozenset({"call", "meeting", "mediation"})
APPROACHES = frozenset({"overture", "proposal", "message"})


@dataclass(frozen=True)
class Drafting:
    """Makes drafts of a document's events."""

    document: Document
    mentions: tuple[SentenceMentions, ...]
    times: tuple[tuple[TimeExpression, ...], ...]
    attributions: Attributions

    @property
    def published(self) -> date | None:
        """The day from which the report speaks."""
        return self.document.article.published_day

    def draft(self, event: Event) -> Draft:
        """The entry that the event alone would make."""
        n = event.sentence
        s = self.document.sentences[n]
        text = self.document.article.text_of(s.where)
        start, end, time_span = interval_of(s, event, self.times[n], self.published)
        if event.act == "agreement" and event.status == "done" and self._beyond(start):
            start, end, time_span = None, None, None  # "agreed to meet next year": the day is that of what is agreed on
        start = self._behind(event, start)
        status = self._status(event, start, end)
        channelled = channel_of(s, event, self.mentions[n], _year(start, self.published))
        attribution, hedge, said = self.attributions.of(n, event.trigger)
        about = about_of(s, event, text)
        conditions = conditions_of(s, event, text)
        act, channels = self._readiness(event, status, list(channelled.channels))
        draft = Draft(
            event=event, act=act, status=status, from_=event.from_, to=event.to, where=s.where, sentences=[n],
            channels=channels, via=list(channelled.via), via_person=list(channelled.via_person),
            secret=channelled.secret, start=start or self._undated(event, status), end=end,
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
        self._add_chain(draft, n, event.trigger)
        return draft

    def _beyond(self, start: Interval | None) -> bool:
        """Whether the days begin after publication."""
        return bool(self.published and start and start.earliest and start.earliest > self.published)

    def _add_chain(self, draft: Draft, sentence: int, word: int) -> None:
        """Note where the text says why the source is not named, and who passes on what it told."""
        reason = self.attributions.reason(sentence, word)
        if draft.attribution.reason and reason is not None:
            draft.add_span("reason", reason)
        for relay in self.attributions.relays(sentence, word):
            if relay.attribution.source in draft.attribution.relayed:
                draft.add_span("relayed", replace(relay.span, rule="attribution:relayed"))

    def _undated(self, event: Event, status: str) -> Interval | None:
        """What holds without any words of time; a stated readiness lies before the report, the talks that it offers ahead."""
        if status == "conditional" and event.act in EXCHANGE:
            return None
        return fallback(status, self.published)

    def _behind(self, event: Event, start: Interval | None) -> Interval | None:
        """No done act ends after publication, and a meeting cancelled before its day was cancelled by publication."""
        if self.published is None or start is None or event.status != "done":
            return start
        if event.act == "breakdown" and start.earliest and start.earliest > self.published:
            return None
        if self._under_way(event, start) or not (start.earliest and start.latest):
            return start
        if start.earliest <= self.published < start.latest:
            return replace(start, latest=self.published)
        return start

    def _under_way(self, event: Event, start: Interval | None) -> bool:
        """Whether the present tells an act of days that have begun and not ended ("travels to Rome June 11-19")."""
        if self.published is None or start is None or not (start.earliest and start.latest):
            return False
        present = any(span.rule == "status:present" for name, span in event.rules if name == "status")
        return present and event.status == "done" and start.earliest <= self.published < start.latest

    def _on_the_road(self, event: Event) -> bool:
        """Whether the present tells somebody to be on a journey ("accompanies the premier on a trip to Lima")."""
        s = self.document.sentences[event.sentence]
        present = any(span.rule == "status:present" for name, span in event.rules if name == "status")
        return present and event.act == "visit" and event.frame.kind == "noun" and preposition(s, event.trigger) == "on"

    def _status(self, event: Event, start: Interval | None, end: Interval | None) -> str:
        """The status by the event's days: what lies ahead is planned; a plan whose last day is past was carried out."""
        if self._under_way(event, start) or (start is None and self._on_the_road(event)):
            return "ongoing"
        earliest = start.earliest if start else None
        last = end or start
        latest = last.latest if last else None
        if self.published and event.status == "done" and earliest and earliest > self.published:
            return "planned"
        once = any(span.rule == "status:was planned" for name, span in event.rules if name == "status")
        if self.published and event.status == "planned" and not once and latest and latest < self.published:
            return "done"
        return event.status

    def _readiness(self, event: Event, status: str, channels: list[str]) -> tuple[str, list[str]]:
        """A side's stated readiness for talks is an overture, made in public (GUIDE.md on contacts)."""
        if event.act in EXCHANGE and status == "conditional":
            return "overture", ["public_statement"]
        held_out = any(name == "status" and span.rule == "status:promise" for name, span in event.rules)
        if event.act == "overture" and held_out and channels == ["unspecified"]:
            return event.act, ["public_statement"]  # "said it was ready to meet them"
        return event.act, channels


def _year(start: Interval | None, published: date | None) -> int | None:
    """The year of the act as far as it is told, else the report's."""
    day = (start.latest or start.earliest) if start else None
    day = day or published
    return day.year if day else None


def hosted(event: Event, mentions: SentenceMentions) -> Event:
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


def answered_here(events: list[Event]) -> list[Event]:
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
