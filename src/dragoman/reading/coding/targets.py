"""To whom a coded word is done: what stands in the places that its type's target has (``[sides]`` of ``plover.toml``)."""

from __future__ import annotations

from dragoman.reading.coding.owners import OWNING, owner
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.words import Trigger, adjectival, lemma, verbal
from dragoman.reading.tree import agents, conjuncts, own_subjects
from dragoman.reading.values import Side

#: Types that speak of a deed, whose doer and not whose victim is meant ("condemned the attack on Mali by …").
OF_DEEDS = frozenset({"ACCUSE", "REJECT", "THREATEN", "SUPPORT"})
#: Types that reach a state through its people, firms and helpers ("blacklisted firms that support Minsk").
REACHING = frozenset({"COERCE", "SANCTION", "ACCUSE"})
#: Types that speak of what stands in a clause, so that whom that concerns is meant ("warned that it would close the border with Peru").
SPEAKING = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
#: Verbs by which somebody belongs to a party, and where that party stands.
LINKING = frozenset(
    ["support", "link", "tie", "connect", "affiliate", "associate", "belong", "back", "help", "finance", "fund", "aid",
     "assist", "arm", "supply", "work", "act", "serve", "align"]
)  # fmt: skip
LINKED_BY = ("to", "with", "for", "of")
ABOUT = ("about", "over", "at", "on", "by", "for")
REACHED_BY = ("to", "with", "for", "in")


def target(scene: Scene, t: Trigger, source: Side, *, ahead: bool) -> Side:
    """What stands in the target's places: parties first (``ahead``) and then the owners of what is no party, or (of deeds) place by place."""
    slots = scene.book.slots.get(f"{t.code.type} {t.code.mode}") or scene.book.slots.get(t.code.type, ())
    by_place = t.code.type in OF_DEEDS
    if by_place and not ahead:
        return Side()
    for slot in (*slots, "in") if lemma(scene.s, t.word, scene.book) in scene.book.within else slots:
        words = [w for w in _standing_at(scene, t, slot.removeprefix("=")) if w not in t.bearers]
        if not words:
            continue
        found = Side()
        if ahead:
            found = scene.side(words, f"plover:{slot}").without(source.codes)
        if not found and (by_place or not ahead) and not slot.startswith("="):
            found = owner(scene, words, _owning(scene, words, t)).without(source.codes)
            found = found or (_linked(scene, words).without(source.codes) if t.code.type in REACHING else found)
        if found:
            return found
        if slot == "obj" and t.code.type == "REQUEST" and _asked_to(scene, t):
            return Side()  # "urged all states to press Chad": others are asked
    return Side()


def _asked_to(scene: Scene, t: Trigger) -> bool:
    s = scene.s
    return any(
        scene.objects(i) and any(s.tokens[c].feats.get("VerbForm") == "Inf" for c in s.dependants(i, "xcomp", "advcl"))
        for i in t.bearers
        if verbal(s, i)
    )


def concerned(scene: Scene, t: Trigger, source: Side) -> Side:
    """Whom that concerns which is asked, refused, threatened or promised in a clause ("denied that it had shelled Peru")."""
    if t.code.type not in SPEAKING or (t.code.type == "REQUEST" and _asked_to(scene, t)):
        return Side()
    if t.code.type == "THREATEN" and (found := _if_it(scene, t).without(source.codes)):
        return found
    for i in t.bearers:
        for c in scene.s.dependants(i, "ccomp", "xcomp", "acl"):
            content = scene.told(c)
            for ahead in (True, False) if content is not None else ():
                if content is not None and (found := target(scene, content, source, ahead=ahead)):
                    return found
            near = [*scene.objects(c), *(x for p in REACHED_BY for x in scene.behind(c, p))]
            if content is None and (found := (scene.side(near) or owner(scene, near)).without(source.codes)):
                return found
    return Side()


def _if_it(scene: Scene, t: Trigger) -> Side:
    """Whoever is threatened with what will be done if he does something: "would close the strait if Peru attacked"."""
    s = scene.s
    for i in t.bearers:
        for c in s.dependants(i, "advcl"):
            if any(s.tokens[m].form.lower() in {"if", "should", "unless"} for m in s.dependants(c, "mark", "aux")):
                return scene.side(own_subjects(s, c))
    return Side()


def blamed(scene: Scene, t: Trigger, source: Side) -> Side:
    """Of what is criticised the one party that it names at all ("concerned by the trials of judges held in Chad"); a victim's is not blamed."""
    s = scene.s
    if t.code.type != "ACCUSE":
        return Side()
    things: list[int] = []
    for i in t.bearers:
        things += [
            *(scene.objects(i) if verbal(s, i) else ()),
            *agents(s, i),
            *(c for p in ABOUT for c in scene.behind(i, p)),
        ]
    within = [w for o in things if not _hurts(scene, o) for w in s.subtree(o)]
    named = [
        m for w in within if (m := scene.mentions.by_head.get(w)) and m.codes and not set(m.codes) & set(source.codes)
    ]
    return scene.side([named[0].head], "plover:named") if len({m.codes for m in named}) == 1 else Side()


def _hurts(scene: Scene, i: int) -> bool:
    phrases, s = scene.book.phrases, scene.s
    nouns = (("noun", lemma(s, w, scene.book)) for w in s.subtree(i) if s.tokens[w].upos == "NOUN")
    return any(p.code.type == "ASSAULT" for noun in nouns for p in phrases.get(noun, ()))


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
    if t.code.type == "SUPPORT":
        return (*OWNING, "with")
    phrases, s = scene.book.phrases, scene.s
    told = {p.code.type for w in words for p in phrases.get(("noun", lemma(s, w, scene.book)), ())}
    if "ASSAULT" in told:
        return ("by", "from")
    return (
        ("by", "from", "in") if "COERCE" in told else OWNING
    )  # "the detention of a priest in Chad": of those it keeps


def _standing_at(scene: Scene, t: Trigger, slot: str) -> list[int]:
    """The words in one place of the trigger: its object, the subject of the clause beneath, or a preposition's."""
    s = scene.s
    verbs = [i for i in t.bearers if verbal(s, i) and not adjectival(s, i, scene.book)]
    if slot == "between":  # "brokered a deal on relations between Peru and Chile"
        inside = [w for i in verbs for o in scene.objects(i) for w in s.subtree(o)]
        return [w for i in (*t.bearers, *inside) for w in scene.behind(i, slot)]
    if slot == "obj":
        return [o for i in verbs for o in scene.objects(i)]
    if slot == "clause":
        return [x for i in t.bearers for c in s.dependants(i, "ccomp", "xcomp") for x in own_subjects(s, c)]
    nouns = [o for i in verbs for o in scene.objects(i) if o not in t.bearers]
    # "provided millions in aid to Chad": the parse hangs the recipient on the matter.
    nouns += [c for o in nouns for p in ("in", "of") for c in scene.behind(o, p) if slot != p]
    inside = s.tokens[t.word].deprel == "compound"  # "the U.S. security assistance programme for Chad"
    found = [
        w
        for i in (*t.bearers, *nouns, *([s.tokens[t.word].head] if inside else ()))
        if not (slot == "of" and i in verbs and t.code.type in {"ASSAULT", "COERCE"})  # "drowned off the coast of Chad"
        for w in scene.behind(i, slot)
    ]
    if (
        not verbs and s.tokens[t.word].relation == "obj"
    ):  # "welcomed Peru's aid to Chile": the parse may hang the rest on the verb
        found += scene.behind(s.tokens[t.word].head, slot)
    if slot == "by":
        found += [w for i in t.bearers if i not in verbs for w in agents(s, i)]
    if slot == "of" and not verbs and not _told_owner(scene, t.word):
        return [] if t.code.type not in {"ASSAULT", "COERCE", "SUPPORT", "ACCUSE"} else found
    return found


def _told_owner(scene: Scene, i: int) -> bool:
    s = scene.s
    return any(s.tokens[c].deprel == "nmod:poss" or s.tokens[c].relation in {"amod", "compound"} for c in s.children[i])
