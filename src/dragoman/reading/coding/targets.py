"""To whom a coded word is done: what stands in the places that its type's target has (``[sides]`` of ``plover.toml``)."""

from __future__ import annotations

from dragoman.reading.coding.owners import OWNING, owner
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.slots import Places
from dragoman.reading.coding.words import Trigger, lemma, verbal
from dragoman.reading.tree import conjuncts
from dragoman.reading.values import Side

#: Types that speak of a deed, whose doer and not whose victim is meant ("condemned the attack on Mali by …").
OF_DEEDS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
#: Types that reach a state through its people, firms and helpers ("blacklisted firms that support Minsk").
REACHING = frozenset({"COERCE", "SANCTION", "ACCUSE", "AID", "RETREAT", "ASSAULT"})
#: Verbs by which somebody belongs to a party, and where that party stands.
LINKING = frozenset(
    ["support", "link", "tie", "connect", "affiliate", "associate", "belong", "back", "help", "finance", "fund", "aid",
     "assist", "arm", "supply", "work", "act", "serve", "align", "flee", "escape", "hail"]
)  # fmt: skip
NEAR = ("in", "near", "inside", "outside", "around", "across", "at", "on", "of")
LINKED_BY = ("to", "with", "for", "of", "from")


def target(scene: Scene, t: Trigger, source: Side, *, ahead: bool) -> Side:
    """What stands in the target's places: parties first (``ahead``) and then the owners of what is no party, or (of deeds) place by place."""
    by_place = t.code.type in OF_DEEDS
    if by_place and not ahead:
        return Side()
    slots = scene.book.slots.get(f"{t.code.type} {t.code.mode}") or scene.book.slots.get(t.code.type, ())
    places = Places.of(scene, t)
    for slot in (*slots, "in") if lemma(scene.s, t.word, scene.book) in scene.book.within else slots:
        words = [w for w in places.at(slot.removeprefix("=")) if w not in t.bearers]
        if not words or (slot == "in" and by_place and _hit(scene, places)):
            continue
        found = Side()
        if ahead:
            found = scene.side(words, f"plover:{slot}").without(source.codes)
        if not found and (by_place or not ahead) and not slot.startswith("="):
            found = owner(scene, words, _owning(scene, words, t)).without(source.codes)
            found = found or (_linked(scene, words).without(source.codes) if t.code.type in REACHING else found)
        if found:
            return found
        if slot == "obj" and t.code.type == "REQUEST" and asked_to(scene, t):
            return Side()  # "urged all states to press Chad": others are asked
    return _land_of(scene, places).without(source.codes) if t.code.type == "ASSAULT" and not ahead else Side()


def _land_of(scene: Scene, places: Places) -> Side:
    """The state on whose land the thing stands that was struck ("bombed a market in Chad")."""
    s = scene.s
    things = [o for o in places.nouns if lemma(s, o, scene.book) in scene.book.composed["struck"]]
    words = (*things, *(places.verbs if things else ()))
    return scene.side([w for i in words for p in NEAR for w in scene.behind(i, p)], "plover:land")


def _hit(scene: Scene, places: Places) -> bool:
    """Whether an attack is spoken of, so that "in" tells where it hit ("condemned the attacks in Chad")."""
    phrases, s = scene.book.phrases, scene.s
    nouns = [lemma(s, w, scene.book) for w in (*places.nouns, *places.trigger.bearers)]
    return any(p.code.type == "ASSAULT" for noun in nouns for p in phrases.get(("noun", noun), ()))


def asked_to(scene: Scene, t: Trigger) -> bool:
    """Whether a request names whom it asks to do something, before an infinitive."""
    s = scene.s
    for i in t.bearers:
        clauses = s.dependants(i, "xcomp", "advcl") if verbal(s, i) and scene.objects(i) else []
        if any(s.tokens[c].feats.get("VerbForm") == "Inf" for c in clauses):
            return True
    return False


def _linked(scene: Scene, words: list[int]) -> Side:
    """The party that those belong to or help who are meant: "two firms linked to Belarus"."""
    s = scene.s
    for w in words:
        for c in (c for each in conjuncts(s, w) for c in s.dependants(each, "acl")):
            if lemma(s, c, scene.book) in LINKING:
                near = [*scene.objects(c), *(x for p in LINKED_BY for x in scene.behind(c, p))]
                near = [x for x in near if x != w]
                if found := scene.side(near, "plover:linked") or owner(scene, near):
                    return found
    return Side()


def _owning(scene: Scene, words: list[int], t: Trigger) -> tuple[str, ...]:
    """The prepositions by which a deed's doer is told; of an attack "of" and "in" tell the victim, who is meant by sympathy alone."""
    if t.code.type in {"SUPPORT", "MOBILIZE"}:  # "support for its talks with Chad", "on the border with Chad"
        return (*OWNING, "with")
    phrases, s = scene.book.phrases, scene.s
    told = {p.code.type for w in words for p in phrases.get(("noun", lemma(s, w, scene.book)), ())}
    if "ASSAULT" in told:
        return ("by", "from")
    if "COERCE" in told:  # "the detention of a priest in Chad": of those who hold him
        return ("by", "from", "in")
    return OWNING
