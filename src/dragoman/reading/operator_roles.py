"""What the words above a noun add to its sides: who made the offer, who received the letter, who weighs the proposal."""

from __future__ import annotations

from dragoman.codebook.predicates import Frame
from dragoman.model import SYMMETRIC_ACTS, Sentence
from dragoman.reading.roles import EXCHANGE, TAKES_PART, same_sides
from dragoman.reading.sides import side_of
from dragoman.reading.tree import agents, conjuncts, is_passive, lemma, objects, obliques, subjects
from dragoman.reading.values import Operator, SentenceMentions, Side

__all__ = ["operator_sides"]

#: Verbs of thinking an approach over: their subject is the one approached.
WEIGHED = frozenset({"consider", "mull", "weigh", "study", "examine", "review", "assess", "ponder"})


def operator_sides(
    s: Sentence,
    i: int,
    operator: Operator,
    operators: tuple[Operator, ...],
    frame: Frame,
    from_: Side,
    to: Side,
    mentions: SentenceMentions,
) -> tuple[Side, Side]:
    """What an operator adds: its subject to the one side, its recipient or partner to the other."""
    approach = frame.act in {"overture", "proposal", "message"} or any(o.effect == "seek" for o in operators)
    if operator.effect == "receive" and frame.act in {"overture", "proposal", "message", "reply", "call", "agreement"}:
        return _received(s, operator.word, from_, to, mentions)
    if operator.effect not in TAKES_PART or (operator.effect == "accept" and not approach):
        return from_, to
    word = operator.word
    actor, partner = _doer_and_partner(s, i, operator, frame, mentions)
    weighed = frame.act in {"overture", "proposal", "message"} and lemma(s, word) in WEIGHED
    if weighed and actor.codes:
        return from_.without(actor.codes), actor  # "will study the Libyan proposal"
    if operator.effect in {"accept", "refuse"} and approach and not from_.codes:
        senders = [w for p, w in obliques(s, word) if p in {"from", "by"}]
        from_ = side_of(s, senders, mentions, "from whom it came", place=True).without(actor.codes)
    if operator.effect in {"accept", "refuse"} and approach:
        return (from_ or to.without(actor.codes)), actor if actor.codes else to
    if actor.codes and not same_sides(actor, from_ + to):
        if not from_.codes:
            from_ = actor
        elif not to.codes and frame.act in SYMMETRIC_ACTS:
            from_, to = actor, from_
        elif from_.codes and to.codes:
            pass
        elif not same_sides(actor, from_):
            to = to or from_
            from_ = actor
    elif actor.persons and same_sides(actor, from_):
        from_ = from_ + actor
    if partner.codes and not to.codes and not same_sides(partner, from_):
        to = partner
    return from_, to


def _doer_and_partner(
    s: Sentence, i: int, operator: Operator, frame: Frame, mentions: SentenceMentions
) -> tuple[Side, Side]:
    """Whoever does what the operator tells, and whoever it is done with or to."""
    word = operator.word
    if s.tokens[word].upos in {"NOUN", "PROPN"}:
        actor = side_of(s, s.dependants(word, "nmod:poss"), mentions, "genitive")
        actor += side_of(
            s,
            [c for c in s.children[word] if s.tokens[c].relation in {"amod", "compound"}],
            mentions,
            "modifier",
            place=True,
        )
        partners = [w for p, w in obliques(s, word) if p in {"with", "to", "between"} and w != word]
    else:
        passive = is_passive(s, word)
        actor = side_of(s, agents(s, word) if passive else subjects(s, word), mentions, "operator's subject")
        partners = [w for p, w in obliques(s, word) if p in {"with", "to", "between"}]
        if passive and frame.act not in EXCHANGE:
            given = [w for w in s.dependants(word, "obj") if w == i or i in conjuncts(s, w)]
            partners += subjects(s, word) if given else []  # "was given assurances": the receiver is the subject
        if operator.effect == "seek":
            partners += objects(s, word)
            partners += [w for o in s.dependants(word, "obj") for p, w in obliques(s, o) if p == "to"]
    return actor, side_of(s, partners, mentions, "operator's partner")


def _received(s: Sentence, verb: int, from_: Side, to: Side, mentions: SentenceMentions) -> tuple[Side, Side]:
    """Both sides of what somebody received: "Oslo has received a letter from Minsk"."""
    if not from_.codes:
        senders = [w for p, w in obliques(s, verb) if p in {"from", "by"}]
        from_ = side_of(s, senders, mentions, "from whom it came", place=True)
    return from_, to or side_of(s, subjects(s, verb), mentions, "who received it").without(from_.codes)
