"""What one party did toward another: frames laid over the tree of a sentence."""

from __future__ import annotations

from dataclasses import replace

from dragoman.codebook.predicates import Frame, Predicates
from dragoman.model import Sentence, Span
from dragoman.reading.go_betweens import with_go_betweens
from dragoman.reading.kinds import (
    among_themselves,
    denied,
    deniers,
    effect_on_act,
    on_condition,
    other_kind,
    settle,
    told_by_receiver,
)
from dragoman.reading.nothing import beside_nothing, tells_nothing, urged_by_another
from dragoman.reading.noun_roles import in_contact, is_occasion, noun_sides
from dragoman.reading.operators import operators_above
from dragoman.reading.roles import verb_sides
from dragoman.reading.status import Standing, standing
from dragoman.reading.telling import brokered, had_been_agreed, of_those, outermost
from dragoman.reading.tree import (
    clause_head,
    conjuncts,
    head_of_coordination,
    is_passive,
    lemma,
    offsets,
    own_words,
    preposition,
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
    found += brokered(s, found, [e for e, _ in halves])
    for event, words in halves:
        same = next((e for e in found if e.trigger == event.trigger and e.frame.kind == event.frame.kind), None)
        if same is not None and event.act in APPROACHES and same.act in APPROACHES:
            found = [replace(e, act=event.act, frame=event.frame) if e is same else e for e in found]
            continue  # "its request for talks": an overture, whose sides the bare noun told
        if not taken & {event.trigger, *words} or not any(e.act == event.act for e in found):
            found = [e for e in found if e.trigger not in words] + _told_apart(s, event)
    deal = next((p.frame for p in predicates.of("noun", "agreement") if not p.others), None)
    found += had_been_agreed(s, found, deal) if deal is not None else []
    return sorted(outermost(s, of_those(found)), key=lambda e: e.trigger)


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
    if not _operated(s, i, frame, operators):
        return None
    if frame.kind == "verb":
        from_, to = verb_sides(s, i, frame, words, operators, mentions)
    else:
        from_, to = noun_sides(s, i, frame, words, operators, mentions)
    how = standing(s, i, head, operators, future=_is_ahead(s, i, ahead))
    how, operators = denied(s, i, frame, words, how, operators)
    act, from_, to, via, reply = effect_on_act(s, frame, operators, from_, to, mentions)
    act, from_, to, via = with_go_betweens(s, i, frame, words, act, from_, to, via, mentions)
    act = other_kind(s, i, frame, act, from_, to, how, operators)
    if among_themselves(s, i, frame, act, from_, to, via, how):
        return None
    to = on_condition(s, head, act, from_, to, how, mentions)
    to = told_by_receiver(s, act, from_, to, how, operators, mentions)
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
        sentence=place, trigger=i, head=head, frame=frame, act=act, status=settle(s, head, act, frame, how, operators),
        from_=from_, to=to, via=via, operators=operators, reply=reply or (frame.reply if act == "reply" else None) or "not_stated",
        denied_by=deniers(s, operators, mentions), definite=_definite(s, i), beside=_coordinated(s, i),
        rules=(("act", _span(s, i, f"frame:{frame.id}")), ("status", _span(s, how.word, f"status:{how.rule}"))),
    )  # fmt: skip


def _operated(s: Sentence, i: int, frame: Frame, operators: tuple[Operator, ...]) -> bool:
    """Whether the words above the trigger make an act of it, where the frame asks that they do."""
    effects = {o.effect for o in operators}
    if "answered" in frame and not effects & {"accept", "refuse", "receive", "carry"}:
        return False
    return "operated" not in frame or bool(effects & OPERATING) or in_contact(s, i) or is_occasion(s, i)


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
    if mutual and len(from_.codes) > 1 and (not to.codes or set(to.codes) == set(from_.codes)):
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


def _told_apart(s: Sentence, event: Event) -> list[Event]:
    """The event, or one for each partner where the text tells them apart: visits by destination, plural calls and meetings,
    partners with a preposition each ("with Oslo, then with Minsk")."""
    parts = event.to.each
    if (
        any(lemma(s, c) in {"separately", "individually"} for c in s.children[event.trigger])
        and len(event.to.codes) > 1
    ):
        each = (event.to.without(tuple(c for c in event.to.codes if c != code)) for code in event.to.codes)
        return [replace(event, to=side) for side in each]
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
