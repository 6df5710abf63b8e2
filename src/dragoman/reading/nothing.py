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
#: Forms with which a speaker turns to a subject.
TURNING = frozenset({"coming", "speaking", "going", "turning", "returning", "getting", "moving"})
EXCHANGES = frozenset({"call", "meeting", "visit"})
APPROACHES = frozenset({"overture", "proposal", "message"})
__all__ = ["beside_nothing", "tells_nothing", "urged_by_another"]

#: Frames whose plain negation is no entry ("no contact so far", "did not engage": GUIDE.md).
NO_ENTRY = frozenset({"confer", "exchange_noun", "discuss_with"})


def tells_nothing(
    s: Sentence, trigger: int, frame: Frame, act: str, how: Standing, operators: tuple[Operator, ...]
) -> bool:
    """Whether the words tell no act: a policy, an aim, a contact that there never was, nothing real (GUIDE.md)."""
    ruling = frozenset(lemma(s, o.word) for o in operators)
    effects = frozenset(o.effect for o in operators)
    return (
        _with_or_without(s, trigger)
        or _is_policy(s, trigger, frame, act, how, ruling, effects)
        or _is_aim(s, trigger, act, how, operators, ruling)
        or (frame.act == "agreement" and _is_hoped_for(s, trigger, frame, ruling))
        or _never_was(s, trigger, frame, act, how, operators)
        or (how.irreal and not (operators and operators[-1].effect in {"seek", "promise"}))
    )


def _is_policy(
    s: Sentence, i: int, frame: Frame, act: str, how: Standing, ruling: frozenset[str], effects: frozenset[str]
) -> bool:
    """Whether the words tell what somebody holds with, not what was done."""
    if act == "agreement" and frame.act != "agreement" and "commitment" in ruling:
        return True  # "affirmed its commitment to a dialogue with …"
    if frame.id == "exchange_noun" and (
        "promise" in effects or (how.status == "planned" and lemma(s, i) in {"touch", "contact"})
    ):
        return True  # "open to dialogue", "will remain in close touch"
    supported = s.tokens[i].head >= 0 and lemma(s, s.tokens[i].head) == "support"
    if frame.kind == "noun" and act in EXCHANGES and supported:
        return True  # "reaffirmed its support for the talks": which they are, is not told
    return (
        act in APPROACHES
        and frame.kind == "noun"
        and how.status in {"planned", "conditional"}
        and bool(ruling & {"consider", "mull", "welcome", "weigh", "study"})
        and any(lemma(s, c) in {"a", "any", "another", "some"} for c in s.dependants(i, "det"))
    )  # "would consider an offer of talks"


def _is_aim(
    s: Sentence, i: int, act: str, how: Standing, operators: tuple[Operator, ...], ruling: frozenset[str]
) -> bool:
    """Whether the words tell what somebody is after."""
    if how.rule.startswith("purpose") and how.status in {"done", "ongoing"}:
        if ruling & {"revive", "salvage", "rescue", "resume", "restart", "advance", "save"}:
            return True  # "flew in to revive the talks"
        if act == "agreement" and not _signs(s, i):
            return True  # "came to negotiate a deal"
    if how.rule == "had been planned" and ruling & {"hope", "want", "wish", "expect"}:
        return True  # "had hoped to meet him"
    tried = [o for o in operators if o.effect == "attempt"]
    if any(preposition(s, o.word) == "of" and lemma(s, s.tokens[o.word].head) == "part" for o in tried):
        return True  # "is part of our efforts to hold exchanges with …"
    return act == "overture" and any(o.effect == "mediate" for o in operators) and bool(tried)


def _is_hoped_for(s: Sentence, i: int, frame: Frame, ruling: frozenset[str]) -> bool:
    """Whether the deal is wanted or near, and is none yet: "wants a deal with …", "are close to an agreement"."""
    above = s.tokens[i].head
    near = above >= 0 and lemma(s, above) in {"close", "near", "closer"}
    return near or (frame.kind == "noun" and bool(ruling & HOPED))


def _never_was(s: Sentence, i: int, frame: Frame, act: str, how: Standing, operators: tuple[Operator, ...]) -> bool:
    """Whether there was nothing that the words could tell of, or only somebody's call for it."""
    if how.rule == "negated" and how.status == "not_done" and frame.id in NO_ENTRY:
        return True
    if how.status not in {"not_done", "disputed"} and any(_any(s, w) for w in (i, *(o.word for o in operators))):
        return True  # "would welcome any effort to bring them together"
    if how.rule == "tenseless" and i < 4 and s.tokens[i].form.lower() in TURNING:
        return True  # "Coming back to Iran, …": a speaker's turn of subject
    if frame.act == "message" and lemma(s, i) == "message" and not operators and _ours(s, i):
        return True  # "our message to Moscow is": said to the world
    if how.rule == "negative determiner" and act != "agreement":
        return True
    # "called on them to accept" asks for an answer, "asked Oslo to recall its envoy" for a recall
    return act in {"reply", "breakdown"} and any(o.effect == "seek" for o in operators)


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


def _ours(s: Sentence, i: int) -> bool:
    return any(s.tokens[c].form.lower() in {"our", "my"} for c in s.dependants(i, "nmod:poss"))


def _any(s: Sentence, i: int) -> bool:
    return s.tokens[i].upos == "NOUN" and any(lemma(s, c) == "any" for c in s.dependants(i, "det"))
