"""Journeys beyond what verbs and nouns of travel tell by themselves: towns that no party is called by, being somewhere, and schedules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from dragoman.codebook.predicates import Frame, Predicates
from dragoman.codebook.words import word_lists
from dragoman.model import Document, Interval, Mention, Sentence, Span, TimeExpression
from dragoman.reading.drafts import Draft
from dragoman.reading.sides import DELEGATIONS, side_of
from dragoman.reading.status import Standing, standing
from dragoman.reading.tree import conjuncts, is_passive, lemma, obliques, preposition, subjects
from dragoman.reading.values import Event, SentenceMentions, Side

__all__ = ["destined", "schedule_day", "scheduled", "stays"]

LIVES_THERE = frozenset({"ambassador", "consul", "chargé", "attaché"})
#: Levels of offices.toml: heads of state and government, ministers, their deputies and envoys.
MINISTERS = 3
DIRECTIONS = frozenset({"to", "in", "at", "for"})
#: A schedule's headline ("Public Schedule", "The week ahead").
SCHEDULE = re.compile(r"\b(?:schedule|agenda|programme of|week ahead|day ahead|diary)\b", re.IGNORECASE)


def destined(event: Event, s: Sentence) -> list[Event]:
    """The journey with its goal where only a town is named that stands for no party; one event for each state so named."""
    if event.act != "visit" or not event.from_.codes or event.to.codes:
        return [event]
    goals = [w for p, w in obliques(s, event.trigger) if p in DIRECTIONS]
    goals += s.dependants(event.trigger, "obj") if event.frame.kind == "verb" else []
    sides = [side for w in goals for each in conjuncts(s, w) if (side := _town(s, each))]
    own = [side for side in sides if side.codes[0] not in event.from_.codes]
    return [replace(event, to=side) for side in own] or [event]


def stays(
    s: Sentence, place: int, mentions: SentenceMentions, predicates: Predicates, ahead: frozenset[int]
) -> list[Event]:
    """Visits told as being there: "the minister was in Lima on Monday", "will be in Rome"."""
    frame = _visit(predicates)
    if frame is None:
        return []
    found = []
    for m in mentions.mentions:
        i = m.head
        if m.kind != "state" or m.person or m.level or preposition(s, i) != "in":
            continue
        awaited = _awaited(s, i)
        if not s.dependants(i, "cop") and awaited < 0:
            continue
        there = i if awaited < 0 else awaited
        from_ = side_of(s, subjects(s, there), mentions, "subject")
        if not _travels(s, there, from_, mentions) or set(from_.codes) & set(m.codes) or not m.codes:
            continue
        how = standing(s, i, i, (), future=bool(ahead & set(s.subtree(i))))
        if awaited >= 0:
            how = Standing("planned", "awaited there", awaited)
        if how.irreal or how.status not in {"done", "ongoing", "planned"}:
            continue
        span = Span(m.start, m.end, f"stay:{m.rule}")
        to = Side(codes=m.codes, spans=(span,), words=tuple(range(m.first, m.last + 1)), kinds=frozenset({"state"}))
        word = s.tokens[how.word]
        found.append(
            Event(
                sentence=place, trigger=i, head=i, frame=frame, act="visit", status=how.status, from_=from_, to=to,
                rules=(("act", span), ("status", Span(word.start, word.end, f"status:{how.rule}"))),
            )
        )  # fmt: skip
    return found


def _awaited(s: Sentence, i: int) -> int:
    """The word by which somebody is awaited at the place ("is due in Lima", "is expected in Rome next week"); else -1."""
    above = s.tokens[i].head
    if above < 0 or s.tokens[i].relation not in {"obl", "nmod"}:
        return -1
    awaited = lemma(s, above) == "due" or (lemma(s, above) in {"expect", "await"} and is_passive(s, above))
    return above if awaited and not s.dependants(above, "xcomp", "ccomp") else -1


def schedule_day(document: Document, times: Sequence[tuple[TimeExpression, ...]]) -> date | None:
    """The day whose schedule the document is by its headline, ``None`` where it is none; without a day there, that of publication."""
    title = document.article.title or ""
    if not SCHEDULE.search(title):
        return None
    of_title = (t for s, found in zip(document.sentences, times, strict=True) if s.where == "headline" for t in found)
    days = [t.earliest for t in of_title if t.earliest and t.earliest == t.latest]
    return days[0] if days else document.article.published_day


def scheduled(drafts: Iterable[Draft], day: date | None) -> Iterator[Draft]:
    """The drafts of a schedule: what it tells in the present is planned for its day."""
    for draft in drafts:
        present = any(x.rule in {"status:present", "status:on it"} for x in draft.spans.get("status", []))
        if day is not None and present and draft.status in {"done", "ongoing"}:
            undated = draft.start is None or draft.start.rule.startswith("fallback")
            draft.start = Interval(day, day, "day", "", "schedule") if undated else draft.start
            draft.status = "planned"
        yield draft


def _visit(predicates: Predicates) -> Frame | None:
    return next((p.frame for p in predicates.of("verb", "visit") if not p.others), None)


def _travels(s: Sentence, i: int, side: Side, mentions: SentenceMentions) -> bool:
    """Whether the subject is an official for whom being there is a journey: ambassadors live there, and of unnamed people nobody knows."""
    told = [m for w in subjects(s, i) for each in conjuncts(s, w) if (m := mentions.covering.get(each))]
    return bool(side.codes and told) and all(
        (m.level and m.level <= MINISTERS and not LIVES_THERE & _post(m)) or DELEGATIONS & _post(m) for m in told
    )


def _post(m: Mention) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", f"{m.position or ''} {m.text}".lower()))


def _town(s: Sentence, i: int) -> Side | None:
    """The state in which the town lies whose name the word heads; ``None`` where the list has no such town."""
    words = sorted({i, *(c for c in s.children[i] if s.tokens[c].relation in {"compound", "flat", "det"})})
    name = s.text[s.tokens[words[0]].start - s.start : s.tokens[words[-1]].end - s.start].lower()
    for code, towns in word_lists("towns").items():
        if name in towns or s.tokens[i].form.lower() in towns:
            return Side((code,), (), (Span(s.tokens[words[0]].start, s.tokens[words[-1]].end, "town"),), tuple(words))
    return None
