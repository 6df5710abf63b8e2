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

__all__ = ["appearances", "guests", "joined", "welcomed"]

#: A transcript comes out on the day itself or the next.
LATER = timedelta(days=1)
#: How many sentences of a transcript may be its head (who, where, in which room), and how long such a line is, in words.
HEAD_LINES, SHORT = 8, 6
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
                    sentence=n, trigger=at, head=at, frame=frames[0], act="meeting", status=_yet(s, at), from_=first,
                    to=replace(sum(to[1:], to[0]), codes=(code,)), rules=(("act", how), ("status", how)),
                )
            )  # fmt: skip
    return found


def guests(document: Document, mentions: tuple[SentenceMentions, ...], predicates: Predicates) -> list[Event]:
    """The visits that a transcript tells by where it was held and how its speakers greet each other.

    Officials of two parties stand in the headline, a line before the first words names a place of one of the two, and somebody bids welcome or is
    glad to be there: the other party's people are visiting.
    """
    frame = next((p.frame for p in predicates.of("noun", "visit") if not p.others), None)
    headline = next(
        (n for n, s in enumerate(document.sentences) if s.where == "headline" and _occasion(s) is not None), None
    )
    if frame is None or headline is None:
        return []
    sides = [_side(m) for m in mentions[headline].mentions if m.codes and _official(m)]
    codes = list(dict.fromkeys(c for side in sides for c in side.codes))
    at = next(((n, i) for n, s in enumerate(document.sentences) if s.where == "body" for i in _greeting(s)), None)
    if len(codes) != 2 or at is None:
        return []
    n, i = at
    host = _venue(document, mentions, frozenset(codes)) or _speaker(document, mentions, n, i)
    if host not in codes:
        return []
    token = document.sentences[n].tokens[i]
    how = Span(token.start, token.end, "greeting")
    visitor, received = ([x for x in sides if (host in x.codes) == here] for here in (False, True))
    return [
        Event(
            sentence=n, trigger=i, head=i, frame=frame, act="visit", status="ongoing", from_=sum(visitor[1:], visitor[0]),
            to=sum(received[1:], received[0]), rules=(("act", how), ("status", how)),
        )
    ]  # fmt: skip


def _venue(document: Document, mentions: tuple[SentenceMentions, ...], codes: frozenset[str]) -> str | None:
    """The one of the two parties in whose country the transcript was held, by a line of its head that holds a place alone."""
    for n, s in enumerate(document.sentences[:HEAD_LINES]):
        if s.where == "body" and len(s.tokens) <= SHORT and not any(t.upos == "VERB" for t in s.tokens):
            told = {
                c for m in mentions[n].mentions if m.kind == "state" and not m.person and not m.level for c in m.codes
            }
            if len(told) == 1 and told <= codes:
                return next(iter(told))
    return None


def _speaker(document: Document, mentions: tuple[SentenceMentions, ...], n: int, i: int) -> str | None:
    """Whose people say the greeting, where it is a host's ("I welcome …", "to have you here")."""
    if document.sentences[n].tokens[i].lemma.lower() == "be":
        return None
    near = (
        m for near in mentions[n : n + 3] for m in near.mentions if m.rule == "pronoun:speaker" and len(m.codes) == 1
    )
    return next((m.codes[0] for m in near), None)


def _greeting(s: Sentence) -> list[int]:
    """The words by which somebody is welcomed, or glad to be there or to have the other there."""
    words = [t.form.lower() for t in s.tokens]
    glad = any(t.lemma.lower() in word_lists("structure")["glad"] for t in s.tokens)
    here = any(w in {"here", "back", "visit"} for w in words)
    return [
        i for i, t in enumerate(s.tokens)
        if t.lemma.lower() == "welcome" or (glad and here and t.lemma.lower() in {"have", "see", "host", "receive", "be"})
        or (glad and t.lemma.lower() in {"receive", "host"})
    ]  # fmt: skip


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
        undated = known.start is None or known.start.rule.startswith("fallback")
        if known.status == "planned" or (undated and known.act == "visit"):
            continue  # a visit told without a day may be of any year ("during the visit by the vice president")
        if undated:
            known.start = new.start
        return drafts
    return [*drafts, new]


def _yet(s: Sentence, at: int) -> str:
    """ "planned" for what they spoke before ("before their meeting"), else "done"."""
    before = {t.form.lower() for t in s.tokens[max(0, at - 3) : at]}
    return (
        "planned"
        if "before" in before and s.tokens[at].form.lower() not in word_lists("structure")["before_the_press"]
        else "done"
    )


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


def welcomed(drafts: list[Draft], new: Draft) -> list[Draft]:
    """The drafts with a guest's visit; one that the report tells already, without a day of its own before, is that visit."""
    for known in drafts:
        same = known.act == "visit" and known.from_.codes == new.from_.codes and known.to.codes == new.to.codes
        undated = known.start is None or known.start.rule.startswith("fallback")
        if same and known.status in {"done", "ongoing"} and undated:
            known.status = "ongoing"
            known.spans["status"] = list(new.spans.get("status", []))
            return drafts
    return [*drafts, new]
