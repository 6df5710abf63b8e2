"""Which word tells what a given source does to a given target: on the tree's path between both, what rules first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dragoman.codebook.plover import PloverBook
from dragoman.model import Sentence
from dragoman.reading.coding.words import Trigger, told, verbal
from dragoman.reading.tree import conjuncts, lemma, subjects

#: Clauses that stand beside the verb above them: the target in one belongs to it alone.
BESIDE = frozenset({"conj", "advcl", "parataxis"})


def place(s: Sentence, start: int, end: int) -> list[int]:
    """The words of the sentence that the stretch of text touches."""
    return [i for i, t in enumerate(s.tokens) if t.start < end and t.end > start]


def head_of(s: Sentence, words: list[int]) -> int:
    """The word of the stretch on which the others hang: the one nearest to the root."""
    return min(words, key=lambda i: (len(up(s, i)), i))


def up(s: Sentence, i: int) -> list[int]:
    """The word and what it hangs on, up to the root."""
    found = [i]
    while (i := s.tokens[i].head) >= 0 and i not in found:
        found.append(i)
    return found


def event_of_pair(s: Sentence, source: list[int], target: list[int], book: PloverBook) -> Trigger | None:
    """What the sentence tells of source and target (places of their words); ``None``: nothing that the lexicon knows."""
    inside = {*source, *target}
    a, b = head_of(s, source), head_of(s, target)
    if a in up(s, b) and s.tokens[a].upos == "NOUN" and (found := told(s, a, book)):
        return found
    tried: list[int] = []
    for fitting in (True, False):
        for g in _governors(s, a, b):
            if g in inside or (fitting and not _does(s, g, a, b)):
                continue
            if g in tried:
                continue
            tried.append(g)
            if found := told(s, g, book):
                return _joint(s, a, b, found, book)
    for g in _near(s, a, b, tried):
        if g not in inside and g not in tried and (found := told(s, g, book)):
            return found
    return None


def _joint(s: Sentence, a: int, b: int, found: Trigger, book: PloverBook) -> Trigger:
    """What two do side by side: forces readied together are cooperation."""
    together = a in conjuncts(s, b) or b in conjuncts(s, a)
    if together and found.code.type == "MOBILIZE":
        return replace(found, code=book.roots["COOPERATE"], rule=f"together > {found.rule}")
    return found


def _governors(s: Sentence, a: int, b: int) -> list[int]:
    """The words on the path between, what rules first; a verb beside the target's own clause after that clause."""
    ups, downs = up(s, a), up(s, b)
    common = next(i for i in ups if i in downs)
    to_target = list(reversed(downs[: downs.index(common)]))
    ruled = [common, *to_target]
    later: list[int] = []
    order: list[int] = []
    for above, below in zip(ruled, [*ruled[1:], -1], strict=True):
        if below >= 0 and _beside(s, below):
            later.append(above)
        else:
            order.append(above)
    from_source = list(reversed(ups[: ups.index(common)]))
    over = up(s, common)[1:] if common in (a, b) else []
    return [g for g in (*order, *from_source, *over, *later) if g not in (a, b)]


def _beside(s: Sentence, i: int) -> bool:
    """Whether a clause stands beside what it hangs on; one of purpose ("to stop …") is ruled by it."""
    purpose = s.tokens[i].relation == "advcl" and s.tokens[i].feats.get("VerbForm") == "Inf"
    return s.tokens[i].relation in BESIDE and verbal(s, i) and not purpose


def _does(s: Sentence, g: int, a: int, b: int) -> bool:
    """Whether the source may be the doer of the verb: not its object, nor the subject of its passive."""
    if not verbal(s, g):
        return True
    way = up(s, a)
    if g not in way:
        return True
    child = way[way.index(g) - 1]
    return s.tokens[child].deprel not in {"obj", "iobj", "nsubj:pass"} or child in up(s, b)


def _near(s: Sentence, a: int, b: int, governors: list[int]) -> Iterator[int]:
    """Words beside the path: what hangs on it as a clause or an object, then whatever the source is the subject of."""
    for g in governors:
        for c in s.children[g]:
            if s.tokens[c].relation in {"xcomp", "ccomp", "obj", "obl", "advcl", "conj", "acl", "nmod", "compound"}:
                yield c
    for i in range(len(s.tokens)):
        if verbal(s, i) and lemma(s, i) != "be" and a in subjects(s, i):
            yield i
