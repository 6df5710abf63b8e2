"""What one party did toward another: frames laid over the tree of a sentence."""

from __future__ import annotations

from dataclasses import replace

from dragoman.codebook.predicates import Frame, Predicates
from dragoman.model import Sentence, Span
from dragoman.reading.go_betweens import with_go_betweens
from dragoman.reading.nothing import beside_nothing, tells_nothing, urged_by_another
from dragoman.reading.noun_roles import in_contact, is_occasion, noun_sides
from dragoman.reading.operators import HEARSAY, operators_above
from dragoman.reading.roles import EXCHANGE, verb_sides
from dragoman.reading.sides import side_of
from dragoman.reading.status import Standing, standing
from dragoman.reading.tree import (
    agents,
    clause_head,
    conjuncts,
    head_of_coordination,
    is_passive,
    lemma,
    negated,
    offsets,
    own_words,
    preposition,
    subjects,
    told_missing,
)
from dragoman.reading.triggers import allowed, triggers_of
from dragoman.reading.values import Event, Operator, SentenceMentions, Side

#: Nouns whose plural counts acts ("calls with Oslo and Minsk" are two); "talks" is a plural of form only.
COUNTED = frozenset(
    {
        "call",
        "meeting",
        "conversation",
        "summit",
        "letter",
        "visit",
        "trip",
        "encounter",
        "audience",
        "agreement",
        "deal",
        "pact",
    }
)


#: Verbs that tell a deal once they are done, and talks as long as they are not.
WORKING_ON = frozenset({"negotiate", "hammer", "thrash", "iron", "work", "finalise", "finalize"})
APPROACHES = frozenset({"overture", "proposal", "message"})
#: Effects that make an act of a noun that is none by itself.
OPERATING = frozenset(
    {
        "carry",
        "begin",
        "continue",
        "end",
        "seek",
        "attempt",
        "plan",
        "agree",
        "refuse",
        "fail",
        "cancel",
        "promise",
        "mediate",
        "deny",
    }
)


#: Verbs by which a party says that something never was.
DENYING = frozenset({"deny", "dispute", "refute", "reject", "rebut", "contradict"})


def events_of(
    s: Sentence, place: int, mentions: SentenceMentions, predicates: Predicates, *, ahead: frozenset[int] = frozenset()
) -> list[Event]:
    """The acts that the sentence tells, also those of which it names one side only.

    ``place`` is the sentence's place in the document; ``ahead`` are the words of its time expressions that lie after publication.
    """
    found: list[Event] = []
    taken: set[int] = set()
    halves: list[tuple[Event, tuple[int, ...]]] = []
    for i, phrase, words in sorted(triggers_of(s, predicates), key=lambda t: (-len(t[2]), t[0])):
        if i in taken:
            continue
        event = _event(s, place, i, phrase.frame, words, mentions, predicates, ahead)
        if event is None:
            continue
        if words and not (event.from_.codes and event.to.codes):
            halves.append((event, words))  # another of its words may tell both sides ("was given assurances by Oslo")
            continue
        taken.add(i)
        taken.update(w for w in words if s.tokens[w].upos in {"NOUN", "VERB"})
        found += _told_apart(s, event)
    found += _brokered(s, found, [e for e, _ in halves])
    for event, words in halves:
        same = next((e for e in found if e.trigger == event.trigger and e.frame.kind == event.frame.kind), None)
        if same is not None and event.act in APPROACHES and same.act in APPROACHES:
            found = [replace(e, act=event.act, frame=event.frame) if e is same else e for e in found]
            continue  # "its request for talks": an overture, whose sides the bare noun told
        if not taken & {event.trigger, *words} or not any(e.act == event.act for e in found):
            found = [e for e in found if e.trigger not in words] + _told_apart(s, event)
    return sorted(_outermost(s, _of_those(found)), key=lambda e: e.trigger)


def _of_those(found: list[Event]) -> list[Event]:
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


def _brokered(s: Sentence, found: list[Event], halves: list[Event]) -> list[Event]:
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


def _outermost(s: Sentence, events: list[Event]) -> list[Event]:
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
    brokered = {e.trigger: e.parties for e in events if e.act == "mediation" and e.via.codes}
    return [
        e
        for e in events
        if e.trigger not in beneath
        and not (e.status == "not_done" and e.act in EXCHANGE and any(o.word in refused for o in e.operators))
        and not any((o.word, e.act) in told for o in e.operators if e.act in {"agreement", "overture"})
        and not (e.frame.kind == "noun" and e.act in EXCHANGE and (e.trigger, e.parties) in rounds)
        and not (e.act == "agreement" and e.frame.kind == "noun" and (s.tokens[e.trigger].head, e.parties) in left)
        and not (e.act in EXCHANGE and any(brokered.get(o.word) == e.parties for o in e.operators))
    ]


def _event(
    s: Sentence,
    place: int,
    i: int,
    frame: Frame,
    words: tuple[int, ...],
    mentions: SentenceMentions,
    predicates: Predicates,
    ahead: frozenset[int],
) -> Event | None:
    if not allowed(s, i, frame):
        return None
    operators, head = operators_above(s, i, predicates)
    if "answered" in frame and not any(o.effect in {"accept", "refuse", "receive", "carry"} for o in operators):
        return None
    if "operated" in frame and not (
        any(o.effect in OPERATING for o in operators) or in_contact(s, i) or is_occasion(s, i)
    ):
        return None
    if frame.kind == "verb":
        from_, to = verb_sides(s, i, frame, words, operators, mentions)
    else:
        from_, to = noun_sides(s, i, frame, words, operators, mentions)
    how = standing(s, i, head, operators, future=_is_ahead(s, i, ahead))
    none = next((c for w in words for c in s.dependants(w, "det") if lemma(s, c) == "no"), -1)
    if frame.kind == "verb" and none >= 0 and how.status != "not_done":
        how = Standing("not_done", "negative determiner", none)  # "has no deal with …"
    denying = _denied_after(s, i)
    if denying >= 0 and how.status in {"done", "ongoing"}:
        how = Standing("disputed", "denied", denying)
        operators = (*operators, Operator(denying, "deny"))
    act, from_, to, via, reply = _effect_on_act(s, frame, operators, from_, to, mentions)
    act, from_, to, via = with_go_betweens(s, i, frame, words, act, from_, to, via, mentions)
    begun = how.status == "ongoing" or any(o.effect in {"begin", "continue"} for o in operators)
    if frame.id == "reach_agreement" and lemma(s, i) in WORKING_ON and begun:
        act = "meeting"  # "are negotiating a treaty": there is none yet
    if frame.id == "cut_off" and lemma(s, i) in {"end", "leave"} and len(from_.codes) > 1 and not to.codes:
        act = "meeting"  # "Oslo and Minsk ended two days of talks"
    if act == "overture" and any(s.tokens[w].lemma.lower() in {"side", "party"} for w in to.words):
        return None  # "urged the sides to return to talks": with each other
    if frame.id == "mediate" and lemma(s, i) == "bring" and not via.codes:
        return None  # "a scheme that brings together students from …"
    if act == "overture" and frame.kind == "verb" and len(from_.codes) > 1 and not to.codes and how.rule == "promise":
        return None  # "both are ready to negotiate": neither approaches the other
    from_, to = _apart(frame, from_, to)
    if not _people_fit(frame, from_, to, passive=is_passive(s, i)) or (
        "to_embassy" in frame and to.channel not in {"embassy", "un_mission"}
    ):
        return None
    if act == "reply" and frame.kind == "noun" and told_missing(s, i):
        how = Standing("not_done", "told missing", i)
    if tells_nothing(s, i, frame, act, how, operators) or urged_by_another(
        s, act, operators, from_, to, mentions, of_two=frame.act == "agreement"
    ):
        return None
    if frame.kind == "noun" and how.status in {"done", "ongoing"} and beside_nothing(s, i, operators):
        return None
    return Event(
        sentence=place, trigger=i, head=head, frame=frame, act=act, status=_settle(act, frame, how, operators, unconditional=_unconditional(s, clause_head(s, head))),
        from_=from_, to=to, via=via, operators=operators, reply=reply or (frame.reply if act == "reply" else None) or "not_stated",
        denied_by=_deniers(s, operators, mentions), definite=_definite(s, i), beside=_coordinated(s, i),
        rules=(("act", _span(s, i, f"frame:{frame.id}")), ("status", _span(s, how.word, f"status:{how.rule}"))),
    )  # fmt: skip


def _coordinated(s: Sentence, i: int) -> frozenset[int]:
    """The nouns coordinated with a noun's trigger."""
    if s.tokens[i].upos != "NOUN":
        return frozenset()
    return frozenset(conjuncts(s, head_of_coordination(s, i))) - {i}


def _is_ahead(s: Sentence, i: int, ahead: frozenset[int]) -> bool:
    """Whether a time that lies ahead belongs to the word's clause; never for what another act follows."""
    if not ahead or preposition(s, i) in {"following", "after", "since"}:
        return False
    clause = clause_head(s, i)
    return any(clause_head(s, w) == clause for w in ahead) or bool(ahead & own_words(s, i))


def _span(s: Sentence, i: int, rule: str) -> Span:
    start, end = offsets(s, [i])
    return Span(start, end, rule)


def _definite(s: Sentence, i: int) -> bool:
    """Whether the noun points back ("the talks", "that call")."""
    return any(
        s.tokens[c].relation == "det" and lemma(s, c) in {"the", "that", "this", "these", "those"}
        for c in s.children[i]
    )


def _people_fit(frame: Frame, from_: Side, to: Side, *, passive: bool) -> bool:
    """Whether travellers are people and whoever is called or received is one, as the frame asks."""
    if "people_object" in frame and not passive and not to.kinds & {"person", "people", "group"}:
        return False
    if "official_subject" in frame and from_.codes and not from_.kinds & {"person", "group", "delegation"}:
        return False
    return not ("person_object" in frame and to.codes and "person" not in to.kinds)


def _apart(frame: Frame, from_: Side, to: Side) -> tuple[Side, Side]:
    """No party on both sides; where an act takes two sides, several parties on one and none on the other are sides of each other."""
    mutual = (
        (frame.kind == "noun" and frame.id != "assurance_noun")
        or "plural" in frame
        or ("jointly" in frame and len(from_.each) == 1)
    )
    if mutual and len(from_.codes) > 1 and not to.codes:
        return from_.without(from_.codes[1:]), from_.without(from_.codes[:1])
    beside = any(
        span.rule.startswith("with:") for span in to.spans
    )  # "their talks with Oslo and Minsk": partners, not a pair
    if mutual and len(to.codes) > 1 and not from_.codes and not beside:
        return to.without(to.codes[1:]), to.without(to.codes[:1])
    shared = tuple(sorted(set(from_.codes) & set(to.codes)))
    if len(to.codes) > len(shared):
        return from_, to.without(shared)
    if len(from_.codes) > len(shared):
        return from_.without(shared), to
    return from_, to


def _effect_on_act(
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


def _deniers(s: Sentence, operators: tuple[Operator, ...], mentions: SentenceMentions) -> tuple[str, ...]:
    for operator in operators:
        if operator.effect == "deny":
            return side_of(s, subjects(s, operator.word), mentions, "denier").codes
    return ()


def _told_apart(s: Sentence, event: Event) -> list[Event]:
    """The event, or one for each partner where the text tells them apart: visits by destination, plural calls and meetings,
    partners with a preposition each ("with Oslo, then with Minsk")."""
    parts = event.to.each
    if len(parts) < 2:
        return [event]
    plural = (
        event.frame.kind == "noun"
        and lemma(s, event.trigger) in COUNTED
        and s.tokens[event.trigger].feats.get("Number") == "Plur"
    )
    if event.act == "visit" or plural:
        return [replace(event, to=part) for part in parts]
    groups: list[Side] = []
    for part in parts:
        if part.apart or not groups:
            groups.append(part)
        else:
            groups[-1] += part
    return [replace(event, to=group) for group in groups]


def _unconditional(s: Sentence, i: int) -> bool:
    """Whether it is to be without preconditions, or anywhere and at any time."""
    words = {lemma(s, w) for w in s.subtree(i)}
    return bool(words & {"precondition", "anytime", "anywhere"})


def _settle(act: str, frame: Frame, how: Standing, operators: tuple[Operator, ...], *, unconditional: bool) -> str:
    """The status of the act as the operators left it: an offer that was refused was made, a meeting that was refused was not held."""
    effects = {o.effect for o in operators}
    if (
        how.status == "not_done"
        and frame.kind == "noun"
        and "refuse" in effects
        and act in {"overture", "proposal", "message"}
    ):
        return "done"
    if how.status == "not_done" and "cancel" in effects and act == "breakdown":
        return "done"
    if act == "overture" and how.rule == "promise" and how.status == "planned" and unconditional:
        return "done"  # readiness for talks "without preconditions", said in public, is an offer made
    if act == "mediation" and effects & {"agree", "seek", "promise"} and how.status == "done":
        return "planned"
    return how.status
