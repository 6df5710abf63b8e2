"""What the words around a frame make of its act: an offer of talks, a deal that is only worked on, a claim that is denied."""

from __future__ import annotations

from dragoman.codebook.predicates import Frame
from dragoman.model import Sentence
from dragoman.reading.operators import HEARSAY
from dragoman.reading.roles import EXCHANGE
from dragoman.reading.sides import side_of
from dragoman.reading.status import Standing
from dragoman.reading.tree import agents, clause_head, lemma, negated, obliques, subjects
from dragoman.reading.values import Operator, SentenceMentions, Side

__all__ = [
    "among_themselves",
    "denied",
    "deniers",
    "effect_on_act",
    "on_condition",
    "other_kind",
    "settle",
    "told_by_receiver",
]

#: Verbs that tell a deal once they are done, and talks as long as they are not.
WORKING_ON = frozenset({"negotiate", "hammer", "thrash", "iron", "work", "finalise", "finalize"})


#: Verbs by which a party says that something never was.
DENYING = frozenset({"deny", "dispute", "refute", "reject", "rebut", "contradict"})


def effect_on_act(
    s: Sentence, frame: Frame, operators: tuple[Operator, ...], from_: Side, to: Side, mentions: SentenceMentions
) -> tuple[str, Side, Side, Side, str | None]:
    """What the operators make of the act: (act, from, to, via, reply)."""
    act, via, reply = frame.act, Side(), None
    for operator in operators:
        effect = operator.effect
        if effect in {"seek", "promise"} and act in EXCHANGE | {"agreement"}:
            act = "overture"
        elif effect == "agree" and act in EXCHANGE:
            act = "agreement"
        elif effect == "cancel" and act in EXCHANGE | {"agreement"}:
            act = "breakdown"
        elif effect == "attempt" and act == "meeting":
            act = "overture"
        elif effect == "mediate" and act in {"meeting", "agreement", "call"} and from_.codes and to.codes:
            host = side_of(s, subjects(s, operator.word) or agents(s, operator.word), mentions, "mediator")
            if host.codes and not set(host.codes) & set(from_.codes + to.codes):
                act, via = "mediation", host
        elif effect == "accept" and act in {"overture", "proposal", "message"}:
            reply = "accepted"
        elif effect == "refuse" and act in {"overture", "proposal", "message"}:
            reply = "declined"
    return act, from_, to, via, reply


def _unconditional(s: Sentence, i: int) -> bool:
    """Whether it is to be without preconditions, or anywhere and at any time."""
    words = {lemma(s, w) for w in s.subtree(i)}
    return bool(words & {"precondition", "anytime", "anywhere"})


def settle(s: Sentence, head: int, act: str, frame: Frame, how: Standing, operators: tuple[Operator, ...]) -> str:
    """The status of the act as the operators left it: an offer that was refused was made, a meeting that was refused was not held."""
    effects = {o.effect for o in operators}
    if (
        how.status == "not_done"
        and frame.kind == "noun"
        and "refuse" in effects
        and act in {"overture", "proposal", "message"}
    ):
        return "done"
    weighed = any(lemma(s, o.word) in {"consider", "mull", "weigh", "study", "examine", "review"} for o in operators)
    if (
        act in {"overture", "proposal", "message"}
        and frame.kind == "noun"
        and weighed
        and how.status in {"planned", "conditional"}
    ):
        return "done"  # "would study the Libyan proposal": it was made
    if how.status == "not_done" and "cancel" in effects and act == "breakdown":
        return "done"
    if (
        act == "overture"
        and how.rule == "promise"
        and how.status == "planned"
        and _unconditional(s, clause_head(s, head))
    ):
        return "done"  # readiness for talks "without preconditions", said in public, is an offer made
    if act == "mediation" and effects & {"agree", "seek", "promise"} and how.status == "done":
        return "planned"
    return how.status


def _denied_after(s: Sentence, i: int) -> int:
    """The verb of a closing clause that denies what the sentence claims ("…, which Oslo denied"), or -1."""
    for j in range(i + 1, len(s.tokens)):
        if s.tokens[j].upos == "VERB" and lemma(s, j) in DENYING and negated(s, j) is None:
            inside = [
                c for c in s.children[j] if lemma(s, c) in {"which", "that", "it"} and s.tokens[c].relation == "obj"
            ]
            if inside and lemma(s, inside[0]) == "which" and s.tokens[inside[0] - 1].form == ",":
                return j
            above = s.tokens[j].head  # "…, a claim that Oslo rejected"
            if (
                s.tokens[j].deprel == "acl:relcl"
                and lemma(s, above) in HEARSAY
                and s.tokens[above].relation in {"appos", "parataxis"}
            ):
                return j
    return -1


def deniers(s: Sentence, operators: tuple[Operator, ...], mentions: SentenceMentions) -> tuple[str, ...]:
    """The parties that deny the act."""
    for operator in operators:
        if operator.effect == "deny":
            return side_of(s, subjects(s, operator.word), mentions, "denier").codes
    return ()


def other_kind(
    s: Sentence, i: int, frame: Frame, act: str, from_: Side, to: Side, how: Standing, operators: tuple[Operator, ...]
) -> str:
    """The act, or what it is by what hangs on the frame's words: talks on a deal, talks that ended, words said by telephone."""
    begun = how.status == "ongoing" or any(o.effect in {"begin", "continue"} for o in operators)
    if frame.id == "reach_agreement" and lemma(s, i) in WORKING_ON and begun:
        return "meeting"  # "are negotiating a treaty": there is none yet
    if frame.id == "cut_off" and lemma(s, i) in {"end", "leave"} and len(from_.codes) > 1 and not to.codes:
        return "meeting"  # "Oslo and Minsk ended two days of talks"
    by_phone = any(
        lemma(s, w) in {"phone", "telephone"} and p in {"by", "over", "on", "via"} for p, w in obliques(s, i)
    )
    return "call" if act == "message" and frame.kind == "verb" and by_phone else act


def among_themselves(
    s: Sentence, i: int, frame: Frame, act: str, from_: Side, to: Side, via: Side, how: Standing
) -> bool:
    """Whether those named would act among themselves, and nobody approached anybody."""
    if frame.id == "mediate" and lemma(s, i) == "bring" and not via.codes:
        return True  # "a scheme that brings together students from …"
    if act != "overture":
        return False
    if any(lemma(s, w) in {"side", "party"} for w in to.words):
        return True  # "urged the sides to return to talks": with each other
    return frame.kind == "verb" and len(from_.codes) > 1 and not to.codes and how.rule == "promise"


def denied(
    s: Sentence, i: int, frame: Frame, words: tuple[int, ...], how: Standing, operators: tuple[Operator, ...]
) -> tuple[Standing, tuple[Operator, ...]]:
    """The standing and the operators once what is negated in the phrase, or denied after it, is seen."""
    none = next((c for w in words for c in s.dependants(w, "det") if lemma(s, c) == "no"), -1)
    if frame.kind == "verb" and none >= 0 and how.status != "not_done":
        how = Standing("not_done", "negative determiner", none)  # "has no deal with …"
    denying = _denied_after(s, i)
    if denying >= 0 and how.status in {"done", "ongoing"}:
        return Standing("disputed", "denied", denying), (*operators, Operator(denying, "deny"))
    return how, operators


def told_by_receiver(
    s: Sentence,
    act: str,
    from_: Side,
    to: Side,
    how: Standing,
    operators: tuple[Operator, ...],
    mentions: SentenceMentions,
) -> Side:
    """The other side of an approach that names none, where another party tells of it: "Tokyo said that Seoul had offered talks"."""
    if act not in {"overture", "proposal"} or not from_.codes or to.codes or how.status != "done":
        return to
    tellers = [w for o in operators if lemma(s, o.word) in TELLING for w in subjects(s, o.word)]
    teller = side_of(s, tellers, mentions, "who tells of it")
    return to if set(teller.codes) & set(from_.codes) else teller


#: Verbs by which a party tells what was done to it.
TELLING = frozenset(
    {"say", "confirm", "reveal", "disclose", "announce", "claim", "state", "report", "add", "acknowledge", "admit"}
)


def on_condition(
    s: Sentence, head: int, act: str, from_: Side, to: Side, how: Standing, mentions: SentenceMentions
) -> Side:
    """The other side, where only the condition names it: "would resume negotiations if Oslo lifted the ban"."""
    if how.status != "conditional" or not from_.codes or to.codes or act not in EXCHANGE | {"overture"}:
        return to
    marks = {c: {lemma(s, m) for m in s.dependants(c, "mark")} for c in s.dependants(head, "advcl")}
    doers = [w for c, found in marks.items() if found & {"if", "once", "unless"} for w in subjects(s, c)]
    return side_of(s, doers, mentions, "on whom the condition lies").without(from_.codes)
