"""Source and target of a coded word: its doer, and what stands in the places that the type's target has."""

from __future__ import annotations

from dataclasses import replace

from dragoman.reading.coding.concerned import concerned
from dragoman.reading.coding.doers import doer, spoken_for
from dragoman.reading.coding.owners import DEEPEST, owner
from dragoman.reading.coding.reference import related, speaker
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.targets import target
from dragoman.reading.coding.words import Trigger, lemma, verbal
from dragoman.reading.tree import conjuncts, own_subjects
from dragoman.reading.values import Side

#: Types in which both sides do the same: several parties on one side and none on the other are sides of each other.
MUTUAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "ASSAULT"})
#: Types that two may do to each other when they agree on it.
JOINTLY = frozenset({"CONSULT", "COOPERATE"})


def parties(scene: Scene, trigger: Trigger) -> tuple[Side, Side]:
    """(source, target) of the trigger; empty sides where the sentence names none that the codebook knows."""
    if trigger.asked:
        return speaker(scene, trigger.word, spoken_for), scene.side(own_subjects(scene.s, trigger.word))
    if trigger.bearer >= 0 and lemma(scene.s, trigger.bearer, scene.book) in scene.book.composed["receive"]:
        return _received(scene, trigger)
    chain = _chain(trigger)
    source = _voiced(scene, trigger) or next(
        (side for t in chain for i in (*t.bearers, *_carried(scene, t)) if (side := doer(scene, i))), Side()
    )
    if not source:
        return source, Side()
    for ahead in (True, False):
        for t in chain:
            found = target(scene, t, source, ahead=ahead)
            if found and (trigger.code.type in MUTUAL or not _side_by_side(scene, source, found)):
                return source, found
    each = _apart(source)
    if len(each) > 1 and trigger.rule.startswith("concluded"):
        return each[0], sum(each[2:], each[1])
    if len(each) > 1 and any(_together(scene, t) for t in chain):
        return each[0], sum(each[2:], each[1])
    return source, concerned(scene, trigger, source) or _same_as_above(scene, trigger, source) or _told_by_relation(
        scene, trigger, source
    )


def _same_as_above(scene: Scene, t: Trigger, source: Side) -> Side:
    """Of a participle whose object is a pronoun the target of the clause above ("cut ties with Chad, accusing it of …")."""
    s, i = scene.s, t.bearers[0]
    if s.tokens[i].relation != "advcl" or not verbal(s, i):
        return Side()
    if not any(s.tokens[o].upos == "PRON" for o in s.dependants(i, "obj", "iobj")):
        return Side()
    above = scene.told(s.tokens[i].head)
    return parties(scene, above)[1].without(source.codes) if above is not None else Side()


def _carried(scene: Scene, t: Trigger) -> list[int]:
    """The noun of a phrase with a light verb, which may name the sides ("talks were held between Peru and Chile")."""
    s, book = scene.s, scene.book
    verb = t.bearers[0]
    if not verbal(s, verb) or lemma(s, verb, book) not in book.composed["light"]:
        return []
    told = set(t.rule.split())
    return [o for o in scene.objects(verb) if lemma(s, o, book) in told and o not in t.bearers]


def _side_by_side(scene: Scene, a: Side, b: Side) -> bool:
    """Whether the two sides are joined by "and": then they do it together, and not to each other."""
    return any(y in conjuncts(scene.s, x) or x in conjuncts(scene.s, y) for x in a.words for y in b.words)


def _told_by_relation(scene: Scene, t: Trigger, source: Side) -> Side:
    """With whom somebody talks whom no book knows, told by what they talk about ("Minister Berg and he discussed Dutch-Kenyan ties")."""
    s = scene.s
    if t.code.type != "CONSULT" or not verbal(s, t.bearers[0]) or not _unknown_partner(scene, t.bearers[0]):
        return Side()
    both = related(scene)
    return both.without(source.codes) if set(source.codes) <= set(both.codes) else Side()


def _unknown_partner(scene: Scene, i: int) -> bool:
    """Whether somebody is named beside the doer whose party nobody knows."""
    words = [*scene.subjects(i), *scene.behind(i, "with")]
    named = [m for w in words for c in conjuncts(scene.s, w) if (m := scene.mentions.covering.get(c))]
    return any(not m.codes and m.kind == "person" for m in named)


def _apart(side: Side) -> list[Side]:
    """The side's parties one by one, also those that one word names ("they")."""
    codes = list(dict.fromkeys(side.codes))
    if len(codes) < 2:
        return [side]
    parts = [(c, next((p for p in side.each if c in p.codes), side)) for c in codes]
    return [replace(p, codes=(c,), parts=()) for c, p in parts]


def _voiced(scene: Scene, t: Trigger) -> Side:
    """Whose the support, concern or wish is that somebody expresses: "conveyed Poland's condolences"."""
    s, book = scene.s, scene.book
    verb = t.bearers[0]
    if not verbal(s, verb) or lemma(s, verb, book) not in book.composed["voice"]:
        return Side()
    told = set(t.rule.split())
    nouns = [t.word] if t.bearer >= 0 else []
    nouns += [o for o in scene.objects(verb) if lemma(s, o, book) in told]
    nouns += [c for o in scene.objects(verb) for c in scene.behind(o, "of") if lemma(s, c, book) in told]
    return owner(scene, nouns, (), DEEPEST) if nouns else Side()


def _received(scene: Scene, t: Trigger) -> tuple[Side, Side]:
    """Sides of what one gets from another: "received loans from China"."""
    to = doer(scene, t.bearer)
    words = [c for i in t.bearers for p in ("from", "by") for c in scene.behind(i, p)]
    by = scene.side(words) or owner(scene, words) or owner(scene, [t.word], ("by", "from", "of"))
    return (by.without(to.codes), to) if by else (Side(), to)


def _together(scene: Scene, t: Trigger) -> bool:
    """Whether several parties on the one side do it to each other."""
    s, book, kind = scene.s, scene.book, t.code.type
    if kind == "AGREE":
        under = t.under is not None and t.under.code.type in JOINTLY
        return under or any(lemma(s, i, book) in book.mutual for i in t.bearers)
    if kind == "SUPPORT":
        return any(lemma(s, i, book) in book.mutual for i in t.bearers)
    if kind in {"ASSAULT", "COOPERATE"}:
        verbs = [i for i in t.bearers if verbal(s, i)]
        told = {*t.rule.split()}  # "exchanged fire"
        things = [o for i in verbs for o in scene.objects(i) if o not in t.bearers]
        return kind == "COOPERATE" or all(lemma(s, o, book) in told for o in things)
    return kind in MUTUAL


def _chain(trigger: Trigger) -> tuple[Trigger, ...]:
    return (trigger, *_chain(trigger.under)) if trigger.under else (trigger,)
