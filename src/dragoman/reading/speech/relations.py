"""Relations of attribution in one sentence, in PARC's words: a source, a cue, and the content that the source is said to have told.

The shapes are those that PARC and the annotation guidelines of PolNeAR describe: verbs with a clause ("said that"), with an infinitive
("pledged to"), with what they are about ("condemned the strike", "called for talks"), parenthetic verbs ("he said"), nouns with a clause
("the claim that"), adjectives of mind ("confident that"), and prepositions ("according to"). The verbs stand in ``codebook/attribution.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.tree import conjuncts, is_passive, lemma, own_subjects, preposition, subjects

Shape = Literal["clause", "quote", "parenthesis", "infinitive", "object", "oblique", "noun", "adjective", "preposition", "passive"]

#: Relations of the words that may stand inside a cue beside its head ("has repeatedly", "did not", "called for").
CUE_PARTS = frozenset({"aux", "advmod", "cop", "fixed"})
#: Clauses beneath a content that tell how it was said rather than what: they stay out of it.
PREPOSITIONS = frozenset({"according to", "accord to", "per"})
MARKS = frozenset({"PUNCT"})


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution: word places of the cue (``head`` its main word), the source's head (-1: not told here), and the content."""

    head: int
    cue: tuple[int, ...]
    source: int
    content: tuple[int, ...]
    shape: Shape

    def covers(self, word: int) -> bool:
        """Whether the word stands between the first and last word of the content."""
        return bool(self.content) and self.content[0] <= word <= self.content[-1] and word not in self.cue


def relations_of(s: Sentence) -> list[Relation]:
    """The sentence's relations, in the order of their cues."""
    found: list[Relation] = []
    for i, token in enumerate(s.tokens):
        if token.upos in {"VERB", "AUX"}:
            relation = _verb(s, i)
        elif token.upos == "ADJ":
            relation = _adjective(s, i)
        elif token.upos in {"NOUN", "PROPN"}:
            relation = _prepositional(s, i) or _noun(s, i)
        elif token.lemma.lower() in {"according", "accord"}:
            relation = _according(s, i)
        else:
            relation = None
        if relation is not None and relation.content:
            found.append(relation)
    return found


# ------------------------------------------------------------------------------------------------------------ verbs


def _verb(s: Sentence, i: int) -> Relation | None:
    lists = word_lists("attribution")
    word = lemma(s, i)
    if word in lists["no_cue"] or (word == "accord" and preposition(s, i)):
        return None
    source = _source_of(s, i)
    clause = _clause(s, i)
    if clause and (word in lists["say"] or source >= 0) and _tells(s, i, clause):
        shape: Shape = "quote" if s.is_quoted(clause[0]) and not s.is_quoted(i) else "clause"
        return _made(s, i, source, clause, shape)
    held = _parenthetic(s, i)
    if held and word in lists["say"]:
        return Relation(i, _cue(s, i), source, held, "parenthesis")
    if word in lists["intend"]:
        goal = s.dependants(i, "xcomp")
        if goal and s.tokens[goal[0]].upos in {"VERB", "AUX", "ADJ", "NOUN"}:
            return _made(s, i, source, [*_asked(s, i), *goal], "infinitive")
    return _about(s, i, word, source)


def _source_of(s: Sentence, i: int) -> int:
    """The head of the source of a verb: its subject, or the agent of a passive; -1 where the sentence does not tell it."""
    if is_passive(s, i):
        agents = s.dependants(i, "obl:agent") or [c for c in s.dependants(i, "obl") if preposition(s, c) == "by"]
        return agents[0] if agents else -1
    found = subjects(s, i)
    return found[0] if found else -1


def _clause(s: Sentence, i: int) -> list[int]:
    found = s.dependants(i, "ccomp")
    told = lemma(s, i) in word_lists("attribution")["say"]
    if told:
        found += [c for c in s.dependants(i, "parataxis", "obj", "xcomp", "dep", "advcl", "obl") if s.is_quoted(c) and not s.is_quoted(i)]
        if not found and s.tokens[i].head < 0:
            found += [c for c in s.dependants(i, "parataxis") if c < i or _after_colon(s, c)]
    return found


def _after_colon(s: Sentence, c: int) -> bool:
    return any(s.tokens[p].form in {":", "—", "–", "-", "--"} for p in s.children[c] if s.tokens[p].upos == "PUNCT")


def _tells(s: Sentence, i: int, clause: list[int]) -> bool:
    """Whether the verb with its clause attributes: not "make sure that", not "it happened that"."""
    own = own_subjects(s, i)
    expletive = bool(s.dependants(i, "expl")) or (own and lemma(s, own[0]) == "it" and lemma(s, i) in {"seem", "appear", "happen", "turn"})
    return not expletive


def _parenthetic(s: Sentence, i: int) -> tuple[int, ...]:
    """The words around a parenthetic cue ("…, he said, …"): the clause above it without the cue's own words."""
    token = s.tokens[i]
    if token.relation not in {"parataxis", "discourse"} or token.head < 0 or not (s.dependants(i, "nsubj") or i > token.head):
        return ()
    own = set(s.subtree(i))
    held = [w for w in s.subtree(token.head) if w not in own]
    return _trimmed(s, held)


def _asked(s: Sentence, i: int) -> list[int]:
    return [c for c in s.dependants(i, "obj", "iobj") if s.tokens[c].deprel != "expl"]


def _about(s: Sentence, i: int, word: str, source: int) -> Relation | None:
    """Verbs whose content is what they are about: an object, or an oblique with its own preposition."""
    lists = word_lists("attribution")
    objects = s.dependants(i, "nsubj:pass") if is_passive(s, i) else s.dependants(i, "obj")
    for c in s.dependants(i, "obl", "advcl"):
        p = preposition(s, c) or _mark(s, c)
        if f"{word} {p}" in lists["oblique"]:
            cases = tuple(x for x in s.children[c] if s.tokens[x].relation in {"case", "mark"} and x < c)
            cue = tuple(sorted({*_cue(s, i), *cases}))
            return Relation(i, cue, source, _trimmed(s, [w for w in s.subtree(c) if w not in cue]), "oblique")
    if word not in lists["object"] or not objects:
        return None
    if s.tokens[objects[0]].upos == "PRON" and not s.dependants(i, "obl", "xcomp", "advcl"):
        return None
    heads = [*objects, *(c for c in s.dependants(i, "xcomp") if c > i)]
    heads += [c for c in s.dependants(i, "obl", "advcl") if c > objects[0] and preposition(s, c) in {"as", "for", "of", "over"}]
    shape: Shape = "passive" if is_passive(s, i) else "object"
    return _made(s, i, source, heads, shape)


def _mark(s: Sentence, c: int) -> str:
    marks = s.dependants(c, "mark")
    return lemma(s, marks[0]) if marks else ""


def _made(s: Sentence, i: int, source: int, heads: list[int], shape: Shape) -> Relation:
    cue = _cue(s, i)
    own = set(cue) | ({i} if i not in cue else set())
    words = sorted({w for c in heads for w in s.subtree(c)} - own)
    return Relation(i, cue, source, _trimmed(s, words, quotes=True), shape)


def _trimmed(s: Sentence, words: list[int], *, quotes: bool = False) -> tuple[int, ...]:
    """The words without the marks at their edges; quotation marks stay."""
    del quotes
    keep = sorted(words)
    while keep and s.tokens[keep[0]].form in {",", ":", ".", ";", "—", "–", "-", "--"}:
        keep.pop(0)
    while keep and s.tokens[keep[-1]].form in {",", ":", ".", ";", "—", "–", "-", "--"} and not s.is_quoted(keep[-1]):
        keep.pop()
    return tuple(keep)


def _cue(s: Sentence, i: int) -> tuple[int, ...]:
    """The cue's words: the verb with its auxiliaries, negation, particles and the adverbs that touch it."""
    own = {i}
    for c in s.children[i]:
        token = s.tokens[c]
        if token.relation in {"aux", "cop"} or token.deprel == "compound:prt" or (token.relation == "advmod" and token.upos in {"ADV", "PART"}):
            own.add(c)
    above = s.tokens[i].head
    if s.tokens[i].relation == "xcomp" and above >= 0 and s.tokens[above].upos == "VERB" and i - above <= 3:
        own |= set(_cue(s, above)) | {c for c in s.dependants(i, "mark") if c < i}
    kept = {i}
    for step in (-1, 1):
        j = i + step
        while j in own:
            kept.add(j)
            j += step
    return tuple(sorted(kept))


# --------------------------------------------------------------------------------- nouns, adjectives, prepositions


def _noun(s: Sentence, i: int) -> Relation | None:
    if lemma(s, i) not in word_lists("attribution")["nouns"]:
        return None
    clauses = [c for c in s.dependants(i, "ccomp", "acl") if s.tokens[c].deprel != "acl:relcl" and (_mark(s, c) in {"that", "to"} or s.tokens[c].feats.get("VerbForm") == "Inf")]
    if not clauses:
        return None
    owners = s.dependants(i, "nmod:poss")
    words = sorted({w for c in clauses for w in s.subtree(c)})
    return Relation(i, (i,), owners[0] if owners else -1, _trimmed(s, words), "noun")


def _adjective(s: Sentence, i: int) -> Relation | None:
    if lemma(s, i) not in word_lists("attribution")["adjectives"]:
        return None
    found = own_subjects(s, i)
    clauses = s.dependants(i, "ccomp", "xcomp", "advcl") + [c for c in s.dependants(i, "obl") if preposition(s, c) in {"about", "of", "over", "by", "with"}]
    clauses = [c for c in clauses if c > i]
    if not clauses or (found and lemma(s, found[0]) == "it"):
        return None
    words = sorted({w for c in clauses[:1] for w in s.subtree(c)})
    return Relation(i, _cue(s, i), found[0] if found else -1, _trimmed(s, words), "adjective")


def _prepositional(s: Sentence, i: int) -> Relation | None:
    """A source under a preposition: "according to", "per", "in the words of"."""
    if preposition(s, i) not in PREPOSITIONS or s.tokens[i].head < 0:
        return None
    cases = [c for c in s.children[i] if s.tokens[c].relation == "case"]
    cue = sorted({x for c in cases for x in s.subtree(c)})
    own = set(s.subtree(i))
    head = _clause_above(s, i)
    words = [w for w in s.subtree(head) if w not in own]
    return Relation(cue[0], tuple(cue), i, _trimmed(s, words), "preposition")


def _according(s: Sentence, i: int) -> Relation | None:
    """"According to" parsed as a participle with its oblique."""
    named = s.dependants(i, "obl", "nmod")
    if not named or s.tokens[i].head < 0:
        return None
    cue = tuple(sorted({i, *(c for c in s.children[named[0]] if s.tokens[c].relation == "case")}))
    own = set(s.subtree(i))
    words = [w for w in s.subtree(_clause_above(s, i)) if w not in own]
    return Relation(i, cue, named[0], _trimmed(s, words), "preposition")


def _clause_above(s: Sentence, i: int) -> int:
    """The head of the clause that the words at ``i`` qualify."""
    head = s.tokens[i].head
    while head >= 0 and s.tokens[head].head >= 0:
        token = s.tokens[head]
        if token.relation in {"ccomp", "advcl", "parataxis", "acl"} and token.upos in {"VERB", "AUX"}:
            return head
        if token.relation == "conj" and token.upos in {"VERB", "AUX"}:
            head = conjuncts(s, head)[0] if token.head < 0 else token.head
            continue
        head = token.head
    return max(head, 0)
