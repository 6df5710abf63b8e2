"""When an act took place that is told without a day, by what the report tells around it.

``settle`` looks at the drafts whose days fell back on publication, and asks in this order: the journey on which the act takes place, the
sentence nearby that dates what the same two sides did, and the dated event over which it was done. What it finds is an interval with the
rule that found it and the span of its words; where it finds nothing the fallback stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.model import Document, Interval, Span, TimeExpression
from dragoman.reading.dated import Dated, date_of, dated_events
from dragoman.reading.dating import BEHIND
from dragoman.reading.drafts import REALITY, Draft
from dragoman.reading.tree import lemma, own_subjects, preposition
from dragoman.reading.values import SentenceMentions

#: How many sentences away a dated telling of the same two sides may stand.
NEAR = 3
#: Longer stretches date a period, not an occasion.
OCCASION = timedelta(days=7)
#: What an act that is told after such a word was done about, and so after.
CAUSES = frozenset(
    {
        "over", "after", "following", "follow", "since", "because of", "due to", "in response to", "in retaliation for", "in protest at",
        "in the wake of", "in reaction to",
    }
)  # fmt: skip
#: Acts in which two sides speak with each other.
EXCHANGES = frozenset({"call", "meeting"})


@dataclass(frozen=True)
class _Found:
    start: Interval
    end: Interval | None
    span: Span


def settle(
    document: Document,
    mentions: Sequence[SentenceMentions],
    times: Sequence[Sequence[TimeExpression]],
    drafts: Sequence[Draft],
    published: date | None,
) -> None:
    """Give the drafts that have no days of their own those which the report tells around them."""
    undated = [d for d in drafts if d.start is not None and d.start.rule.startswith("fallback")]
    if not undated:
        return
    around = _Around(document, mentions, dated_events(document, times), published)
    for draft in undated:
        found = _journey(draft, drafts) or around.beside(draft) or around.cause(draft)
        if found is not None:
            draft.start, draft.end = found.start, found.end or draft.end
            draft.spans["start"] = [found.span]


def _journey(draft: Draft, drafts: Sequence[Draft]) -> _Found | None:
    """The days of the dated journey that its maker is told to be on: of the leg to the other side, else of all its legs."""
    legs = [
        d for d in drafts
        if d.act == "visit" and d is not draft and d.where == "body" == draft.where and REALITY[d.status] == REALITY[draft.status]
        and d.start is not None and not d.start.rule.startswith(("fallback", "inherited"))
        and _same_maker(d, draft) and 0 < draft.sentences[0] - d.sentences[0] <= (NEAR if draft.status in BEHIND else 3 * NEAR)
    ]  # fmt: skip
    if draft.act not in EXCHANGES or not legs:
        return None
    legs = [d for d in legs if set(d.to.codes) & set(draft.to.codes)] or legs
    starts = [d.start for d in legs if d.start is not None]
    earliest = [x.earliest for x in starts if x.earliest is not None]
    latest = [x.latest for x in (*starts, *(d.end for d in legs if d.end is not None)) if x.latest is not None]
    span = next(iter(legs[0].spans.get("start", [])), None)
    if len(earliest) != len(starts) or not latest or span is None:
        return None
    precision = "day" if min(earliest) == max(latest) else starts[0].precision
    start = Interval(min(earliest), max(latest), precision, starts[0].text, "inherited:visit")
    return _Found(start, None, replace(span, rule="inherited:visit"))


def _same_maker(journey: Draft, draft: Draft) -> bool:
    """Whether one who acts in the draft is the traveller: the same person where both are named, else the same party."""
    for side in (draft.from_, draft.to):
        if set(side.codes) & set(journey.from_.codes):
            named = {p.split()[-1].lower() for p in side.persons}
            travelling = {p.split()[-1].lower() for p in journey.from_.persons}
            return not named or not travelling or bool(named & travelling)
    return False


@dataclass(frozen=True)
class _Around:
    document: Document
    mentions: Sequence[SentenceMentions]
    dated: tuple[Dated, ...]
    published: date | None

    def beside(self, draft: Draft) -> _Found | None:
        """The day on which a sentence nearby tells one side to have done something with the other, for a call or meeting of the two."""
        if draft.act not in EXCHANGES or draft.status not in {"done", "ongoing"}:
            return None
        for at in sorted(self.dated, key=lambda x: self._distance(x, draft)):
            if self._distance(at, draft) > NEAR:
                return None
            if at.sentence in draft.sentences or not self._is_past_occasion(at.expression):
                continue
            if self._joins(at, set(draft.from_.codes), set(draft.to.codes)):
                t = at.expression
                return _Found(replace(t.interval, rule="inherited:beside"), None, Span(t.start, t.end, "beside"))
        return None

    def _distance(self, at: Dated, draft: Draft) -> int:
        """Sentences between the two; a headline stands before the body."""
        where = [n for n in draft.sentences if self.document.sentences[n].where in {"body", "headline"}]
        if self.document.sentences[at.sentence].where != "body" or not where:
            return NEAR + 1
        return min(abs(n - at.sentence) for n in where)

    def _is_past_occasion(self, t: TimeExpression) -> bool:
        assert t.earliest is not None and t.latest is not None
        return t.latest - t.earliest <= OCCASION and (self.published is None or t.earliest <= self.published)

    def _joins(self, at: Dated, one: set[str], other: set[str]) -> bool:
        """Whether the clause of the date has one side as its subject and the other among the rest of its words."""
        s = self.document.sentences[at.sentence]
        verb = at.above[-1] if at.above else -1
        if verb < 0 or s.tokens[verb].upos != "VERB" or s.is_quoted(verb):
            return False
        behind = {w for i in own_subjects(s, verb) for w in s.subtree(i)}
        acting = self._codes(at.sentence, sorted(behind))
        rest = self._codes(at.sentence, [w for w in s.subtree(verb) if w not in behind])
        straight, crossed = one & acting and other & rest, other & acting and one & rest
        return bool(straight or crossed) and one | other <= acting | rest

    def _codes(self, sentence: int, words: Sequence[int]) -> set[str]:
        """The parties that the words name, other than as a place."""
        found = self.mentions[sentence].covering
        return {c for w in words if w in found and not found[w].place_only for c in found[w].codes}

    def cause(self, draft: Draft) -> _Found | None:
        """From the day of the event over which, or after which, it was done."""
        if draft.status not in BEHIND or draft.where != "body":
            return None
        n = draft.event.sentence
        s = self.document.sentences[n]
        for word in (draft.event.trigger, draft.event.head):
            for c in s.children[word]:
                if (
                    s.tokens[c].relation in {"obl", "nmod"}
                    and preposition(s, c) in CAUSES
                    and s.tokens[c].upos == "NOUN"
                ):
                    at = date_of(self.document, self.dated, n, c)
                    t = at.expression if at is not None else None
                    if t is not None and (self.published is None or (t.earliest or self.published) <= self.published):
                        start = Interval(t.earliest, self.published, "vague", t.text, f"after:{lemma(s, c)}")
                        return _Found(start, None, Span(t.start, t.end, f"after:{lemma(s, c)}"))
        return None
