"""A report's entries as they come together: one an act, halves completed, answers laid on what they answer (GUIDE.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from dragoman.codebook.words import word_lists
from dragoman.model import Conflict, Document, Span
from dragoman.reading.attribution import Attributions
from dragoman.reading.drafting import APPROACHES, Drafting
from dragoman.reading.drafts import REALITY, Draft, dates_fit, merge, narrower, same_act
from dragoman.reading.replies import Answer, one_effort, unanswered
from dragoman.reading.sides import side_of
from dragoman.reading.tree import lemma, subjects
from dragoman.reading.values import Event, Side

#: Frames of lines and relations between two sides.
LINES = frozenset({"cut_off", "restore_line", "restoring_noun", "breakdown_noun"})
#: Words that make a meeting one of a row.
FURTHER = frozenset(
    {"next", "another", "further", "second", "third", "fourth", "follow-up", "new", "subsequent", "final"}
)
#: Within how many sentences a joint statement names whose it is.
OPENING = 5
#: For how many sentences "the two" may be those of an exchange.
COMPANY = 6
#: How many sentences away an act may stand to which words without a party refer back.
NEAR = 3


@dataclass
class Entries:
    """The drafts of a report. Events of which a side is missing wait in ``half`` until the report has been read."""

    document: Document
    drafting: Drafting
    drafts: list[Draft] = field(default_factory=list)
    half: list[Event] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def attributions(self) -> Attributions:
        """Who says what in the document."""
        return self.drafting.attributions

    def add(self, event: Event) -> None:
        """Enter a whole event: a further telling of a known act, or an act of its own."""
        draft = self.drafting.draft(self._of_company(event))
        for known in reversed(self.drafts):
            if same_act(known, draft):
                merge(known, draft)
                return
        self.drafts.append(draft)

    def _of_company(self, event: Event) -> Event:
        """The event with "the two" taken for those of whose exchange was told last, where it took one of them for somebody else."""
        rules = {span.rule for side in (event.from_, event.to) for span in side.spans}
        if not rules or not all(rule.endswith(("reference:pair", "reference:company")) for rule in rules):
            return event
        before = [
            d for d in self.drafts
            if d.act in {"call", "meeting", "agreement"} and d.where == "body" and 0 < event.sentence - d.sentences[-1] <= COMPANY
        ]  # fmt: skip
        last = max(before, key=lambda d: d.sentences[-1], default=None)
        if last is None or last.parties == event.parties or not last.parties & event.parties:
            return event
        return replace(event, from_=replace(last.from_, persons=()), to=replace(last.to, persons=()))

    def finish(self) -> None:
        """Complete the halves, lay answers on what they answer, and leave out what is no entry of its own."""
        self._complete_unanswered()
        self._complete_pairs()
        self._complete_joint()
        self._complete_mediations()
        self._complete_next()
        self._complete_lines()
        self._complete_approaches()
        self._complete_replies()
        for answer in self.answers:
            self._apply(answer)
        self._drop_unanswerable()
        self._fold_into_exchanges()
        self._agreed_there()
        self._date_by_occasion()
        self._drop_retold()

    def _complete_unanswered(self) -> None:
        """Approaches of which one side is told by the silence that met them ("did not answer the South's calls")."""
        for event in self.half:
            if event.act not in APPROACHES | {"call"}:
                continue
            attribution, _, said = self.attributions.of(event.sentence, event.trigger)
            whole = unanswered(event, self.answers, attribution.of if said is not None else None)
            whole = whole or self._called_again(event)
            if whole is not None:
                self.add(whole)

    def _called_again(self, event: Event) -> Event | None:
        """A call of which only who did not take it is told ("nor did it answer a call in June"): from whoever is told to have called there."""
        by = next((a for a in self.answers if a.sentence == event.sentence and a.by.codes and a.reply == "none"), None)
        if event.act != "call" or event.from_.codes or by is None:
            return None
        before = [d for d in self.drafts if d.act == "call" and set(by.by.codes) & set(d.to.codes)]
        if not before:
            return None
        return replace(event, from_=replace(before[-1].from_, persons=()), to=by.by, head=by.word)

    def _complete_pairs(self) -> None:
        """What "the two sides" or "the ministers" did together, they are the sides of the exchange told right before."""
        for event in self.half:
            joint = "plural" in event.frame or "jointly" in event.frame or event.frame.kind == "noun"
            if event.from_.codes or event.to.codes or not joint or not self._names_both(event):
                continue
            before = [
                d
                for d in self.drafts
                if d.act in {"call", "meeting", "agreement"} and 0 <= event.sentence - d.sentences[-1] <= NEAR
            ]
            if not before:  # further away, only where no other company is told of
                met = [
                    d
                    for d in self.drafts
                    if d.act == "meeting" and d.where == "body" and d.sentences[0] < event.sentence
                ]
                before = met if len({d.parties for d in met}) == 1 else []
            if before:
                last = max(before, key=lambda d: d.sentences[-1])
                whole = replace(event, from_=replace(last.from_, persons=()), to=replace(last.to, persons=()))
                self.add(whole)

    def _complete_next(self) -> None:
        """A further meeting told without its sides ("the next round is set for June") is that of the one company told to have met."""
        met = {
            d.parties
            for d in self.drafts
            if d.act in {"call", "meeting"} and d.where == "body" and d.status in {"done", "ongoing"}
        }
        if len(met) != 1:
            return
        last = next(d for d in self.drafts if d.act in {"call", "meeting"} and d.parties in met and d.where == "body")
        for event in self.half:
            s = self.document.sentences[event.sentence]
            ahead = event.act in {"call", "meeting"} and event.status == "planned" and event.frame.kind == "noun"
            further = any(lemma(s, c) in FURTHER for c in s.children[event.trigger])
            if ahead and further and not event.parties and event.sentence > last.sentences[0]:
                self.add(replace(event, from_=replace(last.from_, persons=()), to=replace(last.to, persons=())))

    def _complete_mediations(self) -> None:
        """Talks of which a sentence names the go-between only ("the Omani-brokered talks") are those of the pair told of right before."""
        for event in self.half:
            if event.act != "mediation" or not event.via.codes or event.parties - set(event.via.codes):
                continue
            before = [
                d for d in self.drafts
                if d.act in {"call", "meeting", "agreement", "mediation"} and 0 <= event.sentence - d.sentences[-1] <= NEAR
                and not d.parties & set(event.via.codes)
            ]  # fmt: skip
            if before:
                last = max(before, key=lambda d: d.sentences[-1])
                self.add(replace(event, from_=replace(last.from_, persons=()), to=replace(last.to, persons=())))

    def _complete_joint(self) -> None:
        """What "we" or "the two sides" bind themselves to in a joint statement, its issuers agree on with each other."""
        issuers = self._issuers()
        if len(issuers.codes) < 2:
            return
        for event in self.half:
            ours = set(event.parties) <= set(issuers.codes)
            if (
                event.act == "agreement"
                and event.status in {"done", "ongoing"}
                and ours
                and self._names_both(event, we=True)
            ):
                self.add(
                    replace(event, from_=issuers.without(issuers.codes[1:]), to=issuers.without(issuers.codes[:1]))
                )

    def _issuers(self) -> Side:
        """Who issues the joint statement that the document is by its headline: who is named there, or whose governments its first lines name."""
        title = (self.document.article.title or "").lower()
        if "joint" not in title or not re.search(
            r"\b(?:statement|declaration|communiqu[eé]|press release|readout)\b", title
        ):
            return Side()
        found = Side()
        for n, s in enumerate(self.document.sentences[:OPENING]):
            if s.where == "headline" or "government" in s.text.lower():
                named = [m for m in self.drafting.mentions[n].mentions if m.codes and not m.place_only]
                for m in named:
                    found += Side(m.codes, spans=(Span(m.start, m.end, "issuer"),))
            if len(found.codes) > 1:
                return found
        for n, s in enumerate(self.document.sentences[:OPENING]):
            if s.where == "body":
                mentions = self.drafting.mentions[n]
                lists = (
                    side_of(s, [m.head], mentions, "issuer") for m in mentions.mentions if m.codes and not m.place_only
                )
                found = max(lists, key=lambda side: len(side.codes), default=found)
                if len(found.codes) > 2:  # "the other members – Fiji, Tonga and Samoa – …"
                    return found
        return Side()

    def _complete_lines(self) -> None:
        """ "The lines were cut", "restored relations": the lines of the one pair of whose lines, calls or relations the report tells."""
        pairs = {
            d.parties for d in self.drafts if d.event.frame.id in LINES or d.act == "call" or "hotline" in d.channels
        }
        if len(pairs) != 1 or len(*pairs) != 2:
            return
        (pair,) = pairs
        known = next(d for d in self.drafts if d.parties == pair)
        of_lines = any(d.event.frame.id in LINES or "hotline" in d.channels for d in self.drafts if d.parties == pair)
        for event in self.half:
            calls = of_lines and event.act == "call" and event.parties and (event.from_.codes or event.to.codes)
            if (event.frame.id in LINES or calls) and event.parties <= pair:
                from_ = event.from_ if event.from_.codes else replace(known.from_, persons=()).without(event.to.codes)
                from_ = from_ or replace(known.to, persons=())
                to = event.to.without(from_.codes)
                to = to or (replace(known.to, persons=()) + replace(known.from_, persons=())).without(from_.codes)
                self.add(replace(event, from_=from_, to=to))

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
                self.add(replace(event, to=last.to))

    def _complete_replies(self) -> None:
        """Replies that name one side only answer the latest approach of the other to it."""
        for event in self.half:
            if event.act != "reply" or not event.from_.codes:
                continue
            answered = self._answered(event.sentence, event.from_, Side())
            if answered is None:
                continue
            whole = replace(event, to=answered.from_)
            self.add(whole)

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
        if draft is None or (answer.span.rule == "reply:exchanged" and answer.sentence not in draft.sentences):
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
        if answer.reply == "none" and draft.reply in {"not_stated", "none"}:
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
        marks = [self.mark(draft.sentences[-1]), self.mark(answer.sentence)]
        what = f"whether {'+'.join(draft.to.codes)} answered the {draft.act} by {'+'.join(draft.from_.codes)}"
        if marks[0] != marks[1] and what not in {c.what for c in self.conflicts}:
            self.conflicts.append(Conflict((marks[0], marks[1]), what))

    def _drop_unanswerable(self) -> None:
        """An answer is an entry only where the report tells what it answers; then that act carries it (GUIDE.md)."""
        taken = {(a.sentence, a.word) for a in self.answers if a.span.rule == "reply:call taken"}
        # Who picks up the telephone replies to nothing.
        self.drafts = [d for d in self.drafts if d.act != "reply" or (d.event.sentence, d.event.trigger) not in taken]
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

    def _agreed_there(self) -> None:
        """What was agreed in the one call or meeting told right before it was agreed by its people, through its channel."""
        for draft in self.drafts:
            if draft.act != "agreement" or draft.status != "done":
                continue
            near = [
                d for d in self.drafts
                if d.act in {"call", "meeting"} and d.parties == draft.parties and d.status in {"done", "ongoing"}
                and any(abs(n - m) <= 1 for n in d.sentences for m in draft.sentences) and dates_fit(d.start, draft.start)
            ]  # fmt: skip
            if len(near) != 1:
                continue
            if draft.channels == ["unspecified"] and near[0].channels != ["unspecified"]:
                draft.channels = list(near[0].channels)
                for span in near[0].spans.get("channel", []):
                    draft.add_span("channel", replace(span, rule=f"inherited:{near[0].act}"))
            if not draft.from_.persons and not draft.to.persons:
                turned = not set(near[0].from_.codes) & set(draft.from_.codes)
                first, second = (near[0].to, near[0].from_) if turned else (near[0].from_, near[0].to)
                draft.from_, draft.to = first, second
                for name, side in (("from_person", first), ("to_person", second)):
                    for span in side.spans if side.persons else ():
                        draft.add_span(name, replace(span, rule=f"inherited:{near[0].act}"))

    def _drop_retold(self) -> None:
        """A headline or key point adds an entry only where the body tells nothing between the same parties."""
        told = {d.parties for d in self.drafts if d.where == "body"}
        wider = [(d.group, d.parties) for d in self.drafts if d.where == "body"]

        def again(d: Draft) -> bool:
            return d.parties in told or any(d.group == g and d.parties < p for g, p in wider)

        self.drafts = [d for d in self.drafts if d.where in {"body", "caption"} or not again(d)]

    def mark(self, n: int) -> str:
        """The evidence mark of a sentence: its first and its last words."""
        words = self.document.sentences[n].text.split()
        return " ".join(words) if len(words) <= 6 else f"{' '.join(words[:3])} … {' '.join(words[-3:])}"

    def _names_both(self, event: Event, *, we: bool = False) -> bool:
        """Whether the act's subject is a word for both sides at once (``we``: or "we")."""
        s = self.document.sentences[event.sentence]
        for i in subjects(s, event.trigger):
            token = s.tokens[i]
            plural = token.feats.get("Number") == "Plur" or token.lemma.lower() in {"both", "two", "pair"}
            if plural and token.lemma.lower() in word_lists("structure")["both"]:
                return True
            if we and token.form.lower() in {"we", "participants", "nations", "countries", "members", "partners"}:
                return True
        return False
