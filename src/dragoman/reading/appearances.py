"""Meetings told by a headline alone: officials of two parties before the press together, or before or after "their meeting".

A transcript's headline names who spoke and the occasion; the text below holds what they said and tells of other things. That they stood there
together is the meeting, on the day of the transcript.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dragoman.codebook.predicates import Predicates
from dragoman.codebook.words import word_lists
from dragoman.model import Document, Interval, Mention, Sentence, Span
from dragoman.reading.drafts import Draft, dates_fit
from dragoman.reading.values import Event, SentenceMentions, Side

__all__ = ["appearances", "joined"]

#: A transcript comes out on the day itself or the next.
LATER = timedelta(days=1)
ELSEWHERE = frozenset({"virtual", "virtually", "online", "phone", "telephone", "video", "call"})
JOINT, THEIR = frozenset({"joint", "jointly"}), frozenset({"their"})


def appearances(document: Document, mentions: tuple[SentenceMentions, ...], predicates: Predicates) -> list[Event]:
    """The meetings that headlines tell so, one for each of the other parties' officials."""
    frames = [p.frame for p in predicates.of("noun", "meeting") if not p.others]
    found = []
    for n, s in enumerate(document.sentences):
        at = _occasion(s) if s.where == "headline" and frames else None
        if at is None:
            continue
        officials = [m for m in mentions[n].mentions if m.codes and m.last < at and _official(m)]
        sides = [_side(m) for m in sorted(officials, key=lambda m: m.first)]
        first = sides[0] if sides else Side()
        for code in dict.fromkeys(c for side in sides for c in side.codes if c not in first.codes):
            to = [side for side in sides if code in side.codes]
            token = s.tokens[at]
            how = Span(token.start, token.end, "appearance")
            found.append(
                Event(
                    sentence=n, trigger=at, head=at, frame=frames[0], act="meeting", status="done", from_=first,
                    to=replace(sum(to[1:], to[0]), codes=(code,)), rules=(("act", how), ("status", how)),
                )
            )  # fmt: skip
    return found


def joined(drafts: list[Draft], new: Draft, published: date | None) -> list[Draft]:
    """The drafts with the appearance, dated by the report; a meeting or visit of the pair that may have been on its day tells it already."""
    if published is None:
        return drafts
    new.start = Interval(published - LATER, published, "week", "", "appearance")
    new.end = None
    for known in drafts:
        if known.act not in {"meeting", "visit"} or not new.parties <= known.parties:
            continue
        if known.status not in {"done", "ongoing", "planned"} or not dates_fit(known.start, new.start):
            continue
        if known.status != "planned":
            if known.start is None or known.start.rule.startswith("fallback"):
                known.start = new.start
            return drafts
    return [*drafts, new]


def _occasion(s: Sentence) -> int | None:
    """The word that says that those named before it stood or met together, ``None`` where no word does or they were apart."""
    words = [t.form.lower() for t in s.tokens]
    if ELSEWHERE & set(words):
        return None
    for i, word in enumerate(words):
        before = set(words[max(0, i - 3) : i])
        if (word in word_lists("structure")["before_the_press"] and before & JOINT) or (
            word in word_lists("structure")["come_together"] and before & THEIR
        ):
            return i
    return None


def _official(m: Mention) -> bool:
    return bool((m.person or m.position or m.level) and not m.place_only)


def _side(m: Mention) -> Side:
    return Side(
        codes=m.codes, persons=(m.person,) if m.person else (), spans=(Span(m.start, m.end, f"appearance:{m.rule}"),),
        words=tuple(range(m.first, m.last + 1)), level=m.level, kinds=frozenset({"person"}),
    )  # fmt: skip
