"""Whoever stands between the two sides of an act: who brokers it, carries it, or brings the two together."""

from __future__ import annotations

from dragoman.codebook.predicates import Frame
from dragoman.model import Sentence
from dragoman.reading.sides import side_of
from dragoman.reading.tree import lemma, obliques, preposition, subjects
from dragoman.reading.triggers import known_lemma, objects_of
from dragoman.reading.values import SentenceMentions, Side

__all__ = ["with_go_betweens"]

#: Participles before a noun whose own agent is a go-between ("EU-brokered talks").
BROKERED = frozenset({"broker", "mediate", "sponsor", "host", "facilitate", "lead", "back", "chair", "moderate"})


def with_go_betweens(
    s: Sentence,
    i: int,
    frame: Frame,
    words: tuple[int, ...],
    act: str,
    from_: Side,
    to: Side,
    via: Side,
    mentions: SentenceMentions,
) -> tuple[str, Side, Side, Side]:
    """(act, from, to, via) once whoever carries or brokers it stands beside the sides."""
    broker = _broker(s, i, mentions) if act in {"meeting", "agreement", "call"} else Side()
    if broker.codes:
        via, from_, to = broker, from_.without(broker.codes), to.without(broker.codes)
        act = "mediation" if act in {"meeting", "call"} else act
    if frame.act in {"message", "proposal"} and frame.kind == "verb":
        two = _between(s, (i, *words), mentions)
        if len(two.codes) > 1:  # "ferried messages between Oslo and Lima"
            return "mediation", two.without(two.codes[1:]), two.without(two.codes[:1]), from_.without(two.codes)
        from_, via = _carried(s, i, words, from_, via, mentions)
    if frame.act == "mediation":
        via, from_, to = _mediated(s, i, frame, from_, to, mentions)
        if frame.kind == "verb" and from_.codes and to.codes and not via.codes and _brings_meeting(s, i):
            act = "meeting"  # who arranges a meeting of his own side is no third party
        if act == "overture" and via.codes:
            from_, to, via = via, from_ + to, Side()  # who offers to mediate approaches both
    return act, from_, to, via


def _mediated(
    s: Sentence, i: int, frame: Frame, from_: Side, to: Side, mentions: SentenceMentions
) -> tuple[Side, Side, Side]:
    """(via, from, to) of a mediation: its doer is the go-between."""
    if frame.kind == "noun":
        between = Side()
        for p, w in obliques(s, i):
            if p in {"between", "among"}:
                between += side_of(s, [w], mentions, p)
        if not between.codes and preposition(s, i) in {"under", "through", "with", "thanks to", "after", "following"}:
            doers = side_of(s, subjects(s, s.tokens[i].head), mentions, "who was brought together")
            between = doers if len(doers.codes) > 1 else between  # "under Omani mediation, Oslo and Lima agreed"
        modifiers = from_.without(between.codes)
        if len(between.codes) > 1:
            return (
                modifiers,
                Side(between.codes[:1], between.persons, between.spans),
                Side(between.codes[1:], (), between.spans),
            )
        return Side(), from_, to
    sides = to.without(from_.codes)
    if len(sides.codes) > 1:
        return from_, Side(sides.codes[:1], sides.persons, sides.spans), Side(sides.codes[1:], (), sides.spans)
    told = any(span.rule.startswith(("oblique", "between")) for span in to.spans)
    return (Side(), from_, to) if told else (from_, Side(), Side())


def _between(s: Sentence, words: tuple[int, ...], mentions: SentenceMentions) -> Side:
    """The two between whom something goes to and fro."""
    told = [w for i in words for p, w in obliques(s, i) if p == "between"]
    return side_of(s, told, mentions, "between", place=True)


def _carried(
    s: Sentence, i: int, words: tuple[int, ...], from_: Side, via: Side, mentions: SentenceMentions
) -> tuple[Side, Side]:
    """(from, via) where somebody carries another's message: "Qatar delivered a message from the Taliban"."""
    senders = [w for noun in (*words, i) for p, w in obliques(s, noun) if p == "from" or (p == "by" and noun != i)]
    sender = side_of(s, senders, mentions, "whose message", place=True)
    if sender.codes and from_.codes and not set(sender.codes) & set(from_.codes):
        return sender, from_
    return from_, via


def _broker(s: Sentence, i: int, mentions: SentenceMentions) -> Side:
    """The go-between told before the noun or in a clause on it: "EU-brokered talks", "talks mediated by Oman"."""
    for c in s.children[i]:
        broker = known_lemma(lemma(s, c).removesuffix("d"), BROKERED)
        if broker in {"host", "chair"} and lemma(s, i) not in {"talk", "negotiation"}:
            continue  # who hosts a session sits in it
        if broker and s.tokens[c].relation in {"amod", "acl"}:
            fused = [c - 2] if c > 1 and s.tokens[c - 1].form in {"-", "‑", "–"} else []  # "Ankara-mediated"
            inner = fused + [
                x for x in s.children[c] if s.tokens[x].relation in {"compound", "obl", "nsubj", "nmod", "advmod"}
            ]
            return side_of(s, inner, mentions, "broker", place=True)
    return Side()


def _brings_meeting(s: Sentence, i: int) -> bool:
    return any(lemma(s, w) in {"meeting", "summit", "visit", "encounter"} for w in objects_of(s, i))
