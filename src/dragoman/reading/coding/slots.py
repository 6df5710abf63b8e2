"""The places around a coded word in which its target may stand: its object, the clause beneath it, and what hangs by each preposition."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.words import Trigger, adjectival, verbal
from dragoman.reading.tree import agents, own_subjects

#: Places that no preposition tells, or not it alone.
ALWAYS = frozenset({"obj", "clause", "between", "by"})


@dataclass(frozen=True)
class Places:
    """The words of a trigger on which its target may hang."""

    scene: Scene
    trigger: Trigger
    verbs: tuple[int, ...]
    nouns: tuple[int, ...]
    """Objects of the verbs ("gave money to Chad": the parse may hang the recipient on the money)."""
    matter: tuple[tuple[str, int], ...]
    """What hangs on these by "in" or "of" ("provided millions in aid to Chad")."""
    beside: tuple[int, ...]
    """The word that the trigger modifies, or the verb whose object it is: the parse may hang the rest there."""
    told: frozenset[str]
    """All prepositions that stand on any of these."""

    @classmethod
    def of(cls, scene: Scene, t: Trigger) -> Places:
        """The places of a trigger."""
        s = scene.s
        verbs = tuple(i for i in t.bearers if verbal(s, i) and not adjectival(s, i, scene.book))
        nouns = tuple(o for i in verbs for o in scene.objects(i) if o not in t.bearers)
        matter = tuple((p, c) for o in nouns for p in ("in", "of") for c in scene.behind(o, p))
        if not verbs:  # "the offer of a hotline to Chad"
            matter += tuple(("of", c) for c in scene.behind(t.word, "of"))
        token = s.tokens[t.word]
        modifying = token.deprel == "compound" or (token.relation == "obj" and not verbs)
        beside = (token.head,) if modifying and token.head >= 0 else ()
        words = (*t.bearers, *nouns, *(c for _, c in matter), *beside)
        return cls(scene, t, verbs, nouns, matter, beside, frozenset().union(*(scene.prepositions(i) for i in words)))

    def at(self, slot: str) -> list[int]:
        """The words in one place."""
        if slot not in self.told and slot not in ALWAYS:
            return []
        s, scene, t = self.scene.s, self.scene, self.trigger
        if slot == "obj":
            return [o for i in self.verbs for o in scene.objects(i)]
        if slot == "clause":
            return [x for i in t.bearers for c in s.dependants(i, "ccomp", "xcomp") for x in own_subjects(s, c)]
        if slot == "between":  # "brokered a deal on relations between Peru and Chile"
            inside = [w for i in self.verbs for o in scene.objects(i) for w in s.subtree(o)]
            return [w for i in (*t.bearers, *inside) for w in scene.behind(i, slot)]
        words: tuple[int, ...] = t.bearers
        if slot == "of" and t.code.type in {"ASSAULT", "COERCE"}:
            words = tuple(i for i in words if i not in self.verbs)  # "drowned off the coast of Chad"
        words = (*words, *self.nouns, *(c for p, c in self.matter if p != slot), *self.beside)
        found = [w for i in words for w in scene.behind(i, slot)]
        if slot == "by":
            found += [w for i in t.bearers if i not in self.verbs for w in agents(s, i)]
        if slot == "of" and not self.verbs and not self._owned():
            told = t.code.type in {"ASSAULT", "COERCE", "SUPPORT", "ACCUSE"} or scene.behind(t.word, "by")
            return found if told else []
        return found

    def _owned(self) -> bool:
        """Whether something before the noun tells whose it is, so that "of" tells whose it is not."""
        s = self.scene.s
        children = [s.tokens[c] for c in s.children[self.trigger.word]]
        return any(c.deprel == "nmod:poss" or c.relation in {"amod", "compound"} for c in children)
