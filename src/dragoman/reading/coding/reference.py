"""Who is meant by "we", "they" and "both sides" within the sentence itself, where the report as a whole does not say."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.model import Mention
from dragoman.reading.coding.owners import DEEPEST, owner
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.words import verbal
from dragoman.reading.tree import lemma, own_subjects
from dragoman.reading.values import Side

FIRST = frozenset({"we", "i", "us", "our", "my"})
THEY = frozenset({"they", "them", "their"})
#: Nouns that stand for parties named before ("both sides", "the two countries").
PARTIES = frozenset(
    ["side", "country", "nation", "state", "government", "leader", "minister", "president", "party", "official", "diplomat",
     "capital", "neighbour", "neighbor", "ally", "rival", "delegation", "counterpart", "power", "army", "partner", "man"]
)  # fmt: skip
BOTH = frozenset({"both", "two"})
#: How many words up a pronoun may find whom it means.
HIGHEST = 6


def meant(scene: Scene, words: list[int], i: int, spoken_for: Callable[[Scene, int], Side]) -> Side:
    """The parties that the subject of the word at ``i`` refers to; empty where it refers to none that the sentence names."""
    for w in words:
        if lemma(scene.s, w) in FIRST:
            return speaker(scene, i, spoken_for)
        if lemma(scene.s, w) in THEY:
            return _above(scene, i) or related(scene)
        if lemma(scene.s, w) == "it" and len(found := _before(scene, w)) == 1:
            return scene.side([found[0].head])
        if lemma(scene.s, w) in PARTIES and _told_both(scene, w):
            return pair_before(scene, w)
    return Side()


def speaker(scene: Scene, i: int, spoken_for: Callable[[Scene, int], Side]) -> Side:
    """Who says "we": the subject of the nearest verb above that has one which is a party."""
    s = scene.s
    for c in s.dependants(i, "advcl"):
        if c < i and (found := scene.side(own_subjects(s, c))):
            return found  # "As Mali withdraws its troops, we will …"
    for _ in range(HIGHEST):
        i = s.tokens[i].head
        if i < 0:
            return Side()
        if verbal(s, i) and (found := scene.side(own_subjects(s, i)) or spoken_for(scene, i)):
            return found
    return Side()


def related(scene: Scene) -> Side:
    """The two parties whose relations the sentence speaks of ("They discussed the ties between Peru and Chile")."""
    for i, token in enumerate(scene.s.tokens):
        if token.upos == "NOUN" and lemma(scene.s, i) in scene.book.composed["relation"]:
            both = owner(scene, [i], ("between",), DEEPEST)
            if len(both.codes) == 2:
                return both
    return Side()


def _above(scene: Scene, i: int) -> Side:
    """The subject of the clause before or above, where it names several ("Ghana and Togo met, and they agreed")."""
    s = scene.s
    for _ in range(HIGHEST):
        i = s.tokens[i].head
        if i < 0:
            return Side()
        if verbal(s, i) and (found := scene.side(own_subjects(s, i))):
            return found
    return Side()


def _told_both(scene: Scene, w: int) -> bool:
    return any(scene.s.tokens[c].form.lower() in BOTH for c in scene.s.children[w])


def _before(scene: Scene, w: int) -> list[Mention]:
    return [m for m in scene.mentions.mentions if m.last < w and m.codes and not m.place_only]


def pair_before(scene: Scene, w: int) -> Side:
    """The two parties named before the word, where there are just two."""
    before = _before(scene, w)
    if len({c for m in before for c in m.codes}) != 2:
        return Side()
    found = Side()
    for m in before:
        found = found + scene.side([m.head])
    return found if len(found.codes) == 2 else Side()


def owner_of_pronoun(scene: Scene, i: int, spoken_for: Callable[[Scene, int], Side]) -> Side:
    """Whose the noun is that a pronoun possesses: of "our" who speaks, beneath praise and blame who is praised or blamed, else (where the report
    does not settle it) the subject of the clause ("during her visit to Peru, the Dutch minister …")."""
    s = scene.s
    pronoun = s.dependants(i, "nmod:poss")[0]
    if lemma(s, pronoun) in FIRST:
        return speaker(scene, i, spoken_for)
    verb = i
    for _ in range(HIGHEST):
        verb = s.tokens[verb].head
        if verb < 0:
            return Side()
        if verbal(s, verb):
            break
    ruling = scene.told(verb)
    before = [o for o in scene.objects(verb) if o < i]
    judged = ruling is not None and ruling.code.type in {"SUPPORT", "ACCUSE"} and i not in scene.objects(verb)
    if judged and (found := scene.side(before)):
        return found
    mention = scene.mentions.covering.get(pronoun)
    if mention is not None and mention.codes:
        return Side()
    subjects = scene.subjects(verb)
    return scene.side(subjects) or scene.side(before)
