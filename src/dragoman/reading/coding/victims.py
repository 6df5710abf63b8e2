"""Whom a war hurts that the sentence tells beside its victim: "helps Peru to withstand Bolivia's war"."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Mention
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.words import Trigger, lemma, verbal
from dragoman.reading.values import Side

#: Nouns of war, whose victim is known from whatever else the sentence says; a single attack may have hit anybody.
WARS = frozenset(
    ["war", "invasion", "aggression", "occupation", "assault", "offensive", "attack", "annexation", "siege", "shelling",
     "onslaught", "bombardment", "blockade", "incursion"]
)  # fmt: skip
#: Types by which a party stands beside the victim, so that their source is none.
TALKING = frozenset({"CONSULT", "AGREE", "COOPERATE"})


def victim(scene: Scene, t: Trigger, source: Side, told: Sequence[tuple[str, Side, Side]]) -> Side:
    """The one other state that the sentence names and that does nothing in it itself, those first whom somebody helps.

    ``told`` are type and sides of the sentence's other events; empty where no or several states may be meant.
    """
    s = scene.s
    if t.code.type not in {"ASSAULT", "COERCE"} or verbal(s, t.bearers[0]) or lemma(s, t.word, scene.book) not in WARS:
        return Side()
    if s.tokens[t.word].upos == "PROPN" and not any(s.tokens[c].deprel == "nmod:poss" for c in s.children[t.word]):
        return Side()  # a war's own name ("the Iraq War") says where it was, not who waged it
    doing = {c for kind, a, b in told for c in (*a.codes, *(b.codes if kind in TALKING else ()))}
    helped = {c for kind, _, b in told if kind in {"AID", "SUPPORT", "ASSAULT"} for c in b.codes}
    fit = [m for m in scene.mentions.mentions if _state(m) and not set(m.codes) & {*doing, *source.codes}]
    fit = [m for m in fit if not _acts(scene, m, t.word)]
    for group in ([m for m in fit if set(m.codes) & helped], [m for m in fit if not m.place_only], fit):
        if len({m.codes for m in group}) == 1:
            return scene.side([group[0].head], "plover:victim")
        if group:
            return Side()
    return Side()


def _acts(scene: Scene, m: Mention, war: int) -> bool:
    """Whether the state is the subject of a clause that the war stands in, unless as its mere time ("before the war, Peru …")."""
    s = scene.s
    if s.tokens[m.head].deprel != "nsubj":
        return False
    verb = s.tokens[m.head].head
    at = war
    for _ in range(len(s.tokens)):
        above = s.tokens[at].head
        if above < 0:
            return False
        if above == verb:
            return s.tokens[at].relation != "obl"
        at = above
    return False


def _state(m: Mention) -> bool:
    return len(m.codes) == 1 and m.kind == "state" and not m.person
