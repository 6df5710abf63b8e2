"""Whose a noun is that is no party itself: "Ghana's decision", "reports of violence in Mali", "firms linked to Belarus"."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.reading.coding.places import possessors
from dragoman.reading.coding.scene import Scene
from dragoman.reading.coding.words import lemma, verbal
from dragoman.reading.tree import agents, is_passive
from dragoman.reading.values import Side

OWNING = ("by", "of", "from", "in", "inside", "across", "throughout", "within")
#: Participles whose compound does what the noun tells: "Cypriot-led talks".
LEADING = frozenset({"lead", "run", "own", "rule", "control", "hold"})
#: Participles behind a noun that say whose it is: "threats stemming from Yemen", "attacks claimed by Hamas".
COMING = frozenset({"stem", "come", "emanate", "originate", "arrive"})
#: How many nouns deep a party may own what is spoken of ("reports of violence in Mali").
DEEPEST = 3


def owner(scene: Scene, words: list[int], prepositions: tuple[str, ...] = OWNING, depth: int = 0) -> Side:
    """The party whose the words are: by a genitive, an adjective, or a preposition, the nearest way first."""
    inner: list[int] = []
    for group in _ways(scene, words, prepositions):
        if group and (found := scene.side(group, "plover:owner")):
            return found
        inner += group
    if depth < DEEPEST:
        inner += [c for w in words for p in ("about", "for") for c in scene.behind(w, p)]
        return owner(scene, inner, prepositions, depth + 1) if inner else Side()
    return Side()


def _hyphenated(scene: Scene, words: list[int]) -> list[int]:
    """The modifiers with those that a hyphen joins to them, which the parse may tear off ("the U.S.-Japanese talks")."""
    found: list[int] = []
    for w in words:
        mention = scene.mentions.covering.get(w)
        first = mention.first if mention is not None and mention.codes else 0
        if first > 1 and scene.s.tokens[first - 1].form in {"-", "–"}:
            before = scene.mentions.covering.get(first - 2)
            if before is not None and before.codes and before.head not in words:
                found.append(before.head)
        found.append(w)
    return found


def _ways(scene: Scene, words: list[int], prepositions: tuple[str, ...]) -> Iterator[list[int]]:
    s = scene.s
    nouns = [w for w in words if not verbal(s, w)]
    if not nouns:
        return
    yield [c for w in nouns for c in possessors(s, w)]
    nouns = [w for w in nouns if s.children[w]]
    if not nouns:
        return
    modifiers = [c for w in nouns for c in s.children[w] if s.tokens[c].relation in {"amod", "compound"}]
    yield _hyphenated(scene, modifiers)
    yield [x for c in modifiers if lemma(s, c, scene.book) in LEADING for x in s.dependants(c, "compound", "obl")]
    clauses = [c for w in nouns for c in s.children[w] if s.tokens[c].relation == "acl"]
    yield [x for c in clauses for x in agents(s, c)]
    yield [x for c in clauses if lemma(s, c, scene.book) in COMING for x in scene.behind(c, "from")]
    for p in prepositions:
        yield [c for w in nouns for c in scene.behind(w, p)]
        if p == "by":  # the parse may hang the doer of a deed on the verb: "supports the declaration by …"
            heads = [s.tokens[w].head for w in nouns if s.tokens[w].relation == "obj"]
            yield [c for h in heads if h >= 0 and not is_passive(s, h) for c in scene.behind(h, p)]
    yield [c for w in nouns for c in s.dependants(w, "appos")]
