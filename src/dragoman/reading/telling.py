"""The acts of one sentence held against each other: which of them tell the same, and whom the others name for them."""

from __future__ import annotations

from dataclasses import replace

from dragoman.codebook.predicates import Frame
from dragoman.model import Sentence, Span
from dragoman.reading.roles import EXCHANGE
from dragoman.reading.tree import lemma
from dragoman.reading.values import Event, Side

#: Verbs by which a deal comes about.
AGREEING = frozenset({"agree", "sign", "reach", "negotiate", "conclude", "strike", "ratify", "seal"})
__all__ = ["brokered", "had_been_agreed", "of_those", "outermost"]


def outermost(s: Sentence, events: list[Event]) -> list[Event]:
    """Without the acts that an outer act of the same kind already tells: "agreed to meet" is one agreement, "invited him to visit" one invitation."""
    told = {(e.trigger, e.act) for e in events if e.from_.codes and e.to.codes}
    rounds = {(o.word, e.parties) for e in events for o in e.operators if e.act in EXCHANGE}
    beneath = {
        inner.trigger
        for outer in events
        for inner in events
        if inner is not outer and inner.act == outer.act == "overture" and inner.parties <= outer.parties
        and len(outer.parties) > 1 and inner.trigger != outer.trigger and inner.trigger in s.subtree(outer.trigger)
    }  # fmt: skip
    refused = {o.word for e in events if e.act == "reply" for o in e.operators} | {
        e.trigger for e in events if e.act == "reply"
    }
    left = {(e.trigger, e.parties) for e in events if e.act == "breakdown" and e.frame.kind == "verb"}
    asked = {(e.trigger, e.parties) for e in events if e.frame.id == "ask_of"}
    brokered = {e.trigger: e.parties for e in events if e.act == "mediation" and e.via.codes}
    return [
        e
        for e in events
        if e.trigger not in beneath
        and not (e.status == "not_done" and e.act in EXCHANGE and any(o.word in refused for o in e.operators))
        and not any((o.word, e.act) in told for o in e.operators if e.act in {"agreement", "overture"})
        and not (e.frame.kind == "noun" and e.act in EXCHANGE and (e.trigger, e.parties) in rounds)
        and not (
            e.act == "overture" and e.frame.kind == "noun" and any((o.word, e.parties) in asked for o in e.operators)
        )
        and not (e.act == "agreement" and e.frame.kind == "noun" and (s.tokens[e.trigger].head, e.parties) in left)
        and not (e.act in EXCHANGE and any(brokered.get(o.word) == e.parties for o in e.operators))
    ]


def had_been_agreed(s: Sentence, found: list[Event], deal: Frame) -> list[Event]:
    """The agreements that a clause tells on what was left: "quit a treaty with Oslo that it had signed in 2009"."""
    told = []
    for e in found:
        if e.act != "breakdown" or e.frame.id != "leave_agreement" or not (e.from_.codes and e.to.codes):
            continue
        for w in s.subtree(e.trigger):
            if (
                s.tokens[w].deprel == "acl:relcl"
                and lemma(s, w) in AGREEING
                and lemma(s, s.tokens[w].head) in e.frame.objects
            ):
                token = s.tokens[w]
                how = Span(token.start, token.end, f"frame:{deal.id}")
                made = replace(
                    e, trigger=w, head=w, act="agreement", status="done", frame=deal, operators=(), via=Side()
                )
                told.append(
                    replace(made, rules=(("act", how), ("status", replace(how, rule="status:had been agreed"))))
                )
    return [t for t in told if not any(x.act == "agreement" and x.parties == t.parties for x in found)]


def of_those(found: list[Event]) -> list[Event]:
    """The events with "the two sides" taken for those of the exchange that the sentence told before."""
    done: list[Event] = []
    for e in sorted(found, key=lambda e: e.trigger):
        if e.act in {"agreement", "meeting", "call"} and _by_reference(e):
            named = [
                x
                for x in done
                if x.act in EXCHANGE | {"agreement"} and x.from_.codes and x.to.codes and not _by_reference(x)
            ]
            if named and named[-1].parties != e.parties:
                e = replace(e, from_=replace(named[-1].from_, persons=()), to=replace(named[-1].to, persons=()))
        done.append(e)
    return done


def _by_reference(e: Event) -> bool:
    """Whether a word for both sides alone tells who they were ("the two sides agreed")."""
    rules = {span.rule for side in (e.from_, e.to) for span in side.spans}
    return bool(rules) and all(
        rule.endswith(("reference:pair", "reference:company", "pronoun:plural")) for rule in rules
    )


def brokered(s: Sentence, found: list[Event], halves: list[Event]) -> list[Event]:
    """Mediations of which a clause names the go-between only, with the sides of the act that it hangs on ("a deal, brokered by Oslo")."""
    done = []
    for half in [*halves, *found]:
        above = s.tokens[half.trigger].head
        if half.act != "mediation" or (half.from_.codes and half.to.codes) or s.tokens[half.trigger].relation != "acl":
            continue
        told = next(
            (e for e in found if {e.trigger} & {above, s.tokens[above].head} and e.from_.codes and e.to.codes), None
        )
        broker = (half.via + half.from_ + half.to).without((told.from_ + told.to).codes) if told else Side()
        if told is not None and broker.codes:
            done.append(replace(half, from_=told.from_, to=told.to, via=broker, status=told.status))
    return done
