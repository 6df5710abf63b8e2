"""A sentence with its parties and the lexicon, and what was found in it so far: the same questions come again for each of its words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.codebook.plover import SMALL, PloverBook
from dragoman.model import Sentence
from dragoman.reading.coding.places import beside, objects_of, prepositional
from dragoman.reading.coding.words import Trigger, told
from dragoman.reading.sides import side_of
from dragoman.reading.tree import is_passive, own_subjects, subjects
from dragoman.reading.values import SentenceMentions, Side

RELATIVE = frozenset({"which", "who", "whom", "that"})


@dataclass(frozen=True)
class Scene:
    """One sentence to be coded."""

    s: Sentence
    mentions: SentenceMentions
    book: PloverBook
    _told: dict[int, Trigger | None] = field(default_factory=dict)
    _prepositional: dict[int, dict[str, list[int]]] = field(default_factory=dict)
    _passive: dict[int, bool] = field(default_factory=dict)
    _subjects: dict[int, list[int]] = field(default_factory=dict)
    _objects: dict[int, list[int]] = field(default_factory=dict)

    def told(self, i: int) -> Trigger | None:
        """What the word tells, with refusals, plans and ends composed; ``None`` where the lexicon is silent."""
        if i not in self._told:
            self._told[i] = told(self.s, i, self.book)
        return self._told[i]

    def behind(self, i: int, preposition: str) -> list[int]:
        """The words that hang on the word by a preposition."""
        return self.prepositions(i).get(preposition, [])

    def prepositions(self, i: int) -> dict[str, list[int]]:
        """What hangs on the word, by preposition."""
        found = self._prepositional.get(i)
        if found is None:
            found = self._prepositional[i] = {}
            for p, c in prepositional(self.s, i):
                found.setdefault(p, []).append(c)
        return found

    def subjects(self, i: int) -> list[int]:
        """The logical subjects of a verb."""
        if i not in self._subjects:
            own = own_subjects(self.s, i)
            if (
                self.s.tokens[i].deprel == "acl:relcl"
                and len(own) > 1
                and self.s.tokens[own[0]].form.lower() in RELATIVE
            ):
                own = own[1:]  # "Chad, which Mali accuses of …", read as two subjects
                self._objects[i] = [self.s.tokens[i].head]
                self._subjects[i] = own
            else:
                misread = is_passive(self.s, i) and not self.passive(i)
                self._subjects[i] = own if misread else subjects(self.s, i)
        return self._subjects[i]

    def objects(self, i: int) -> list[int]:
        """What a verb is done to."""
        self.subjects(i)
        if i not in self._objects:
            if self.passive(i):
                self._objects[i] = self.subjects(i)
            else:
                self._objects[i] = objects_of(self.s, i) or [
                    o for j in beside(self.s, i) for o in objects_of(self.s, j)
                ]
        return self._objects[i]

    def passive(self, i: int) -> bool:
        """Whether the verb is passive; a bare one with a preposition of its own is not ("Mali called on Niger"), however it was parsed."""
        if i not in self._passive:
            self._passive[i] = is_passive(self.s, i) and self._truly(i)
        return self._passive[i]

    def _truly(self, i: int) -> bool:
        if self.s.dependants(i, "aux:pass", "obl:agent"):
            return True
        if self.s.dependants(i, "aux") and self.s.tokens[i].relation != "acl":
            return False  # "had attacked", whatever the participle is taken for
        if self.s.tokens[i].relation not in {"root", "conj", "ccomp", "parataxis"}:
            return True
        found = self.told(i)
        return found is None or not SMALL & set(found.rule.split()[-1:])

    def side(self, words: Iterable[int], rule: str = "plover") -> Side:
        """The parties that the words stand for."""
        return side_of(self.s, words, self.mentions, rule, place=True)
