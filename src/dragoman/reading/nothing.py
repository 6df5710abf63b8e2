"""Words that look like an act and tell none: policies, aims, what a third one merely asks for (GUIDE.md)."""

from __future__ import annotations

from dragoman.codebook.predicates import Frame
from dragoman.model import Sentence
from dragoman.reading.sides import side_of
from dragoman.reading.status import Standing
from dragoman.reading.tree import lemma, negated, objects, obliques, preposition, subjects
from dragoman.reading.values import Operator, SentenceMentions, Side

#: Words by which a deal is no more than hoped for, or asked of nobody in particular.
HOPED = frozenset(
    {"prospect", "hope", "possibility", "chance", "expectation", "want", "need", "favour", "favor", "advocate", "demand", "mull", "consider"}
)  # fmt: skip
EXCHANGES = frozenset({"call", "meeting", "visit"})
APPROACHES = frozenset({"overture", "proposal", "message"})
__all__ = ["beside_nothing", "tells_nothing", "urged_by_another"]

#: Frames whose plain negation is no entry ("no contact so far", "did not engage": GUIDE.md).
NO_ENTRY = frozenset({"confer", "exchange_noun", "discuss_with"})


def tells_nothing(
    s: Sentence, trigger: int, frame: Frame, act: str, how: Standing, operators: tuple[Operator, ...]
) -> bool:
    """Whether the words tell no act: a policy, an aim, a contact that there never was, nothing real (GUIDE.md)."""
    if _with_or_without(s, trigger):
        return True
    if act == "agreement" and frame.act != "agreement" and any(lemma(s, o.word) == "commitment" for o in operators):
        return True  # "affirmed its commitment to a dialogue with …" is a policy
    if (
        frame.kind == "noun"
        and act in {*EXCHANGES, "mediation"}
        and any(lemma(s, h) == "support" for h in (s.tokens[trigger].head,))
    ):
        return True  # "reaffirmed its support for the talks": which they are, is not told
    if act == "overture" and frame.act in EXCHANGES and any(o.effect == "mediate" for o in operators):
        return True  # "efforts to mediate talks"
    if frame.act == "agreement" and frame.kind == "noun" and any(lemma(s, o.word) in HOPED for o in operators):
        return True  # "wants a deal with …", "the prospect of an agreement"
    above = s.tokens[trigger].head
    if frame.act == "agreement" and above >= 0 and lemma(s, above) in {"close", "near", "closer"}:
        return True
    if how.rule == "negated" and how.status == "not_done" and frame.id in NO_ENTRY:
        return True
    if how.status not in {"not_done", "disputed"} and any(_any(s, w) for w in (trigger, *(o.word for o in operators))):
        return True  # "would welcome any effort to bring them together" tells of none
    if frame.id == "exchange_noun" and how.status == "planned" and lemma(s, trigger) in {"touch", "contact"}:
        return True  # "will remain in close touch" is a policy
    if any(
        o.effect == "attempt" and preposition(s, o.word) == "of" and lemma(s, s.tokens[o.word].head) == "part"
        for o in operators
    ):
        return True  # "is part of our efforts to hold exchanges with …" tells what is done in general
    if (
        act in APPROACHES
        and frame.kind == "noun"
        and how.status in {"planned", "conditional"}
        and any(lemma(s, o.word) in {"consider", "mull", "welcome", "weigh", "study"} for o in operators)
    ):
        return True  # "would consider an offer of talks" tells of none
    if frame.id == "exchange_noun" and any(o.effect == "promise" for o in operators):
        return True  # "open to dialogue" is a policy
    if how.rule == "negative determiner" and act != "agreement":
        return True
    if act in {"reply", "breakdown"} and any(o.effect == "seek" for o in operators):
        return True  # "called on them to accept" asks for an answer, "asked Oslo to recall its envoy" for a recall
    if (
        act == "agreement"
        and how.rule.startswith("purpose")
        and how.status in {"done", "ongoing"}
        and not _signs(s, trigger)
    ):
        return True  # "came to negotiate a deal" tells an aim
    return how.irreal and not (operators and operators[-1].effect in {"seek", "promise"})


def urged_by_another(
    s: Sentence,
    act: str,
    operators: tuple[Operator, ...],
    from_: Side,
    to: Side,
    mentions: SentenceMentions,
    *,
    of_two: bool,
) -> bool:
    """Whether a third one merely asks both sides for it ("urged both sides to sign"): neither approaches the other.

    ``of_two`` marks an act, such as an agreement, that the asked would do among themselves.
    """
    if act != "overture" or not (from_.codes and to.codes):
        return False
    for operator in operators:
        if operator.effect == "seek" and s.tokens[operator.word].upos == "VERB":
            aimed = objects(s, operator.word) or [w for p, w in obliques(s, operator.word) if p in {"to", "on", "upon"}]
            asked = side_of(s, aimed, mentions, "who is asked")
            if set(asked.codes) >= {*from_.codes, *to.codes} or (of_two and len(asked.codes) > 1):
                return True
            asker = side_of(s, subjects(s, operator.word), mentions, "who asks")
            known = {*from_.codes, *to.codes}
            if asked.codes and asker.codes and set(asked.codes) <= set(from_.codes) and not known & set(asker.codes):
                return True  # "urged Oslo to engage with the envoy": Oslo has approached nobody
    return False


def beside_nothing(s: Sentence, i: int, operators: tuple[Operator, ...]) -> bool:
    """Whether the noun tells what an undone deed would have served ("did not travel to Rome for the talks")."""
    token = s.tokens[i]
    if operators or token.relation != "obl" or token.head < 0 or s.tokens[token.head].upos != "VERB":
        return False
    return preposition(s, i) == "for" and negated(s, token.head) is not None


def _with_or_without(s: Sentence, i: int) -> bool:
    """Whether the words leave open that there is one ("with or without a deal")."""
    before = [t.form.lower() for t in s.tokens[max(0, i - 6) : i]]
    return "without" in before and before[before.index("without") - 1] == "or"


def _signs(s: Sentence, i: int) -> bool:
    """Whether the words tell a signing, for which one comes once all is agreed ("met to sign a treaty")."""
    verb = i if s.tokens[i].upos == "VERB" else s.tokens[i].head
    return verb >= 0 and lemma(s, verb) in {"sign", "initial", "ink"}


def _any(s: Sentence, i: int) -> bool:
    return s.tokens[i].upos == "NOUN" and any(lemma(s, c) == "any" for c in s.dependants(i, "det"))
