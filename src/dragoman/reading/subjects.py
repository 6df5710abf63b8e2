"""What an act is about, and on what conditions."""

from __future__ import annotations

from dragoman.codebook.words import word_lists
from dragoman.model import Condition, Sentence, Span
from dragoman.reading.tree import clause_head, lemma, negated, obliques, offsets, preposition, tells_time, text_of
from dragoman.reading.values import Event

#: Longest subject phrase, in words: beyond that it is a sentence, not a subject.
LONGEST = 24


OFFERS = frozenset({"overture", "proposal", "meeting"})


def about_of(s: Sentence, event: Event, text: str) -> tuple[str, Span] | None:
    """The subject phrase and where it stands, or ``None`` where the clause tells none."""
    words = [event.trigger, *(o.word for o in event.operators if o.effect != "say")]
    for word in words:
        for c in s.children[word]:
            token = s.tokens[c]
            if token.relation in {"advcl", "acl", "xcomp"} and token.feats.get("VerbForm") == "Inf":
                if lemma(s, c) in word_lists("subjects")["discussing"]:
                    for o in s.dependants(c, "obj"):
                        return _phrase(s, o, text, "to discuss")
                elif (
                    token.relation in {"xcomp", "acl"}
                    and c not in words
                    and event.act in {"overture", "proposal", "agreement", "reply"}
                ):
                    return _phrase(s, c, text, "infinitive")
    for wanted in (("about", "regarding", "concerning", "over"), ("on",), ("for",)):
        for word in words:
            for p, w in obliques(s, word):
                if p in wanted and not tells_time(s, w):
                    return _phrase(s, w, text, p)
    if event.act in {"agreement", "proposal"} or lemma(s, event.trigger) in word_lists("subjects")["discussing"]:
        for o in s.dependants(event.trigger, "obj", "ccomp"):
            return _phrase(s, o, text, "object")
    return None


def _phrase(s: Sentence, w: int, text: str, rule: str) -> tuple[str, Span] | None:
    dropped = {c for c in s.children[w] if s.tokens[c].relation in {"case", "mark"}}
    places = [p for p in s.subtree(w) if not any(d in dropped for d in _to(s, p, w))]
    places = [p for p in places if not (s.tokens[p].upos == "PUNCT" and p in (places[0], places[-1]))]
    if not places:
        return None
    places = places[:LONGEST]
    start, end = offsets(s, places)
    return text_of(s, places, text), Span(start, end, f"about:{rule}")


def _to(s: Sentence, p: int, top: int) -> list[int]:
    """The words from ``p`` up to below ``top``."""
    way = []
    while p != top and p >= 0:
        way.append(p)
        p = s.tokens[p].head
    return way


def conditions_of(s: Sentence, event: Event, text: str) -> list[tuple[Condition, Span]]:
    """What a side demands before it acts, told in the act's own clause: "only if …", "without preconditions"."""
    by = event.from_.codes[0] if event.from_.codes else None
    found: list[tuple[Condition, Span]] = []
    heads = {event.trigger, event.head, *(o.word for o in event.operators), clause_head(s, event.trigger)}
    for head in sorted(heads):
        for c in s.children[head]:
            set_here = _conditional(s, head, c, by, text)
            if set_here is not None:
                found.append(set_here)
    if event.act in OFFERS:
        # What comes without conditions is the talks that are offered, wherever in the sentence the tree hangs the words.
        found += [x for c in range(event.trigger, len(s.tokens)) if (x := _without(s, c, by)) is not None]
    unique: dict[str, tuple[Condition, Span]] = {}
    for condition, span in found:
        unique.setdefault(condition.phrase, (condition, span))
    return list(unique.values())


def _conditional(s: Sentence, head: int, c: int, by: str | None, text: str) -> tuple[Condition, Span] | None:
    """The condition that ``c`` sets on the act whose clause hangs on ``head``; ``None`` where it sets none."""
    lists, token = word_lists("subjects"), s.tokens[c]
    marks = {lemma(s, m) for m in s.children[c] if s.tokens[m].relation in {"mark", "advmod"}}
    if token.relation == "advcl" and marks & lists["conditional"]:
        return _condition(s, c, by, text, "if-clause")
    if token.relation == "advcl" and token.form.lower() in lists["conditional"]:  # "provided that …", read as a verb
        return next((_condition(s, x, by, text, "if-clause") for x in s.dependants(c, "ccomp")), None)
    if token.relation == "advcl" and marks & lists["until"] and negated(s, head) is not None:
        return _condition(s, c, by, text, "until")
    if token.relation in {"obl", "nmod", "advcl"} and lemma(s, c) in {"condition", "precondition"}:
        without = _without(s, c, by)
        if without is not None:
            return without
        inner = s.dependants(c, "acl", "ccomp")
        return _condition(s, inner[0] if inner else c, by, text, "on the condition")
    if token.relation in {"obl", "nmod"} and preposition(s, c) in lists["in_return"]:
        return _condition(s, c, by, text, "in exchange")
    return None


def _without(s: Sentence, c: int, by: str | None) -> tuple[Condition, Span] | None:
    """The word that conditions are, where the text says that there are none."""
    if lemma(s, c) not in {"condition", "precondition"}:
        return None
    if preposition(s, c) != "without" and negated(s, c) is None:
        return None
    start, end = offsets(s, [*(m for m in s.children[c] if m < c), c])
    return Condition(by, "without preconditions"), Span(start, end, "condition:without")


def _condition(s: Sentence, c: int, by: str | None, text: str, rule: str) -> tuple[Condition, Span]:
    drop = {m for m in s.children[c] if s.tokens[m].relation in {"mark", "case"} and lemma(s, m) != "unless"}
    places = [p for p in s.subtree(c) if p not in drop]
    places = [p for p in places if s.tokens[p].upos != "PUNCT" or places[0] < p < places[-1]]
    start, end = offsets(s, places or [c])
    return Condition(by, text_of(s, places or [c], text)), Span(start, end, f"condition:{rule}")
