"""Whom an utterance concerns that names its target in no place of its own: in the clause beneath it, in its condition, in what it is about."""

from __future__ import annotations

from dragoman.reading.coding.owners import owner
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.targets import asked_to, target
from dragoman.reading.coding.words import Trigger, lemma, verbal
from dragoman.reading.tree import agents, own_subjects
from dragoman.reading.values import Side

#: Types that speak of what stands in a clause, so that whom that concerns is meant ("warned that it would close the border with Peru").
SPEAKING = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
ABOUT = ("about", "over", "at", "on", "by", "for")
REACHED_BY = ("to", "with", "for", "in")


def concerned(scene: Scene, t: Trigger, source: Side) -> Side:
    """Whom that concerns which is asked, refused, threatened or promised in a clause ("denied that it had shelled Peru")."""
    if t.code.type == "ACCUSE":
        return _blamed(scene, t, source)
    if t.code.type not in SPEAKING or (t.code.type == "REQUEST" and asked_to(scene, t)):
        return Side()
    if t.code.type == "THREATEN" and (found := _if_it(scene, t).without(source.codes)):
        return found
    for i in t.bearers:
        for c in scene.s.dependants(i, "ccomp", "xcomp", "acl"):
            if found := _in_clause(scene, c, source):
                return found
    return Side()


def _in_clause(scene: Scene, c: int, source: Side) -> Side:
    content = scene.told(c)
    if content is not None:
        return target(scene, content, source, ahead=True) or target(scene, content, source, ahead=False)
    near = [*scene.objects(c), *(x for p in REACHED_BY for x in scene.behind(c, p))]
    return (scene.side(near) or owner(scene, near)).without(source.codes)


def _if_it(scene: Scene, t: Trigger) -> Side:
    """Whoever is threatened with what will be done if he does something: "would close the strait if Peru attacked"."""
    s = scene.s
    for i in t.bearers:
        for c in s.dependants(i, "advcl"):
            if any(s.tokens[m].form.lower() in {"if", "should", "unless"} for m in s.dependants(c, "mark", "aux")):
                return scene.side(own_subjects(s, c))
    return Side()


def _blamed(scene: Scene, t: Trigger, source: Side) -> Side:
    """Of what is criticised the one party that it names at all ("concerned by the trials held in Chad"); a victim is not blamed."""
    s = scene.s
    things: list[int] = []
    for i in t.bearers:
        things += [*(scene.objects(i) if verbal(s, i) else ()), *agents(s, i)]
        things += [c for p in ABOUT for c in scene.behind(i, p)]
    within = [w for o in things if not _hurts(scene, o) for w in s.subtree(o)]
    named = [m for w in within if (m := scene.mentions.by_head.get(w)) and m.codes]
    named = [m for m in named if not set(m.codes) & set(source.codes)]
    return scene.side([named[0].head], "plover:named") if len({m.codes for m in named}) == 1 else Side()


def _hurts(scene: Scene, i: int) -> bool:
    """Whether force is spoken of, of which the victim may be the one that is named."""
    phrases, s = scene.book.phrases, scene.s
    nouns = (lemma(s, w, scene.book) for w in s.subtree(i) if s.tokens[w].upos == "NOUN")
    return any(p.code.type == "ASSAULT" for noun in nouns for p in phrases.get(("noun", noun), ()))
