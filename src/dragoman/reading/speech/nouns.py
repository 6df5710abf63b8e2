"""Cues that are no verbs: nouns of saying, adjectives of mind, and "according to"."""

from __future__ import annotations

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.speech.cues import Relation, cue_of, lemma, mark_of, source_of, trimmed
from dragoman.reading.tree import conjuncts, own_subjects, preposition

#: Clauses beneath a content that tell how it was said rather than what: they stay out of it.
PREPOSITIONS = frozenset({"according to", "accord to", "per"})


def noun_relation(s: Sentence, i: int) -> Relation | None:
    """The relation of a noun of saying with its clause or topic ("the claim that", "criticism of"), with the verb that brings it."""
    if lemma(s, i) in word_lists("attribution")["topics"] and (_known(s, i) or _brought(s, i)):
        told = _topic(s, i)
        if told is not None:
            return told
    if lemma(s, i) not in word_lists("attribution")["nouns"]:
        return None
    clauses = [
        c
        for c in s.dependants(i, "ccomp", "acl")
        if s.tokens[c].deprel != "acl:relcl"
        and (mark_of(s, c) in {"that", "to"} or s.tokens[c].feats.get("VerbForm") == "Inf")
    ]
    if not clauses:
        return None
    owners = s.dependants(i, "nmod:poss")
    words = sorted({w for c in clauses for w in s.subtree(c)})
    head = s.tokens[i].head
    if s.tokens[i].relation == "obj" and lemma(s, head) in word_lists("attribution")["bringing"] and 0 < i - head <= 4:
        return Relation(i, tuple(range(cue_of(s, head)[0], i + 1)), source_of(s, head), trimmed(s, words), "noun")
    return Relation(i, (i,), owners[0] if owners else -1, trimmed(s, words), "noun")


def _known(s: Sentence, i: int) -> bool:
    return lemma(s, i) in word_lists("attribution")["nouns"]


def _brought(s: Sentence, i: int) -> bool:
    """Whether a verb brings the noun ("drew criticism of …"), which alone may be any noun of feeling."""
    head = s.tokens[i].head
    return s.tokens[i].relation == "obj" and head >= 0 and lemma(s, head) in word_lists("attribution")["bringing"]


def _topic(s: Sentence, i: int) -> Relation | None:
    """A noun of communication with what it is about ("criticism of …"), and the verb that brings it ("raised questions about …")."""
    for c in s.dependants(i, "nmod"):
        cases = [x for x in s.children[c] if s.tokens[x].relation == "case"]
        if c < i or not cases or preposition(s, c) not in {"about", "on", "against", "for", "of", "over"}:
            continue
        edge, head = max(cases), s.tokens[i].head
        source, first = next(iter(s.dependants(i, "nmod:poss")), -1), i
        if s.tokens[i].relation == "obj" and head >= 0 and i - head <= 4:
            source, first = source_of(s, head), cue_of(s, head)[0]
        words = [w for w in s.subtree(c) if w > edge]
        return Relation(i, tuple(range(first, edge + 1)), source, trimmed(s, words), "noun")
    return None


def adjective_relation(s: Sentence, i: int) -> Relation | None:
    """The relation of an adjective of mind ("confident that", "worried about")."""
    if lemma(s, i) not in word_lists("attribution")["adjectives"]:
        return None
    found = own_subjects(s, i)
    clauses = s.dependants(i, "ccomp", "xcomp", "advcl") + [
        c for c in s.dependants(i, "obl") if preposition(s, c) in {"about", "of", "over", "by", "with"}
    ]
    clauses = [c for c in clauses if c > i]
    if not clauses or (found and lemma(s, found[0]) == "it"):
        return None
    words = sorted({w for c in clauses[:1] for w in s.subtree(c)})
    cue, after = cue_of(s, i), i + 1
    if s.tokens[after].relation == "case" and s.tokens[after].head == clauses[0]:
        cue = (*cue, after)
    words = [w for w in words if w not in cue]
    return Relation(i, cue, found[0] if found else -1, trimmed(s, words), "adjective")


def prepositional_relation(s: Sentence, i: int) -> Relation | None:
    """A source under a preposition: "according to", "per", "in the words of"."""
    if preposition(s, i) not in PREPOSITIONS or s.tokens[i].head < 0:
        return None
    if (
        preposition(s, i) == "per"
        and s.tokens[i].upos != "PROPN"
        and lemma(s, i) not in word_lists("attribution")["document_heads"]
    ):
        return None
    words_of_it = [i, *(c for c in s.children[i] if c < i)]
    cases = [
        c
        for w in words_of_it
        for c in s.children[w]
        if s.tokens[c].relation == "case" and lemma(s, c) in {"accord", "according", "per"}
    ]
    cue = sorted({x for c in cases for x in s.subtree(c)})
    if not cue:
        return None
    own = set(s.subtree(i))
    head = _clause_above(s, i)
    words = [w for w in s.subtree(head) if w not in own]
    return Relation(cue[0], tuple(cue), i, trimmed(s, words), "preposition")


def according_relation(s: Sentence, i: int) -> Relation | None:
    """The words "according to" parsed as a participle with its oblique."""
    named = s.dependants(i, "obl", "nmod")
    if not named or s.tokens[i].head < 0:
        return None
    cue = tuple(sorted({i, *(c for c in s.children[named[0]] if s.tokens[c].relation == "case")}))
    own = set(s.subtree(i))
    words = [w for w in s.subtree(_clause_above(s, i)) if w not in own]
    return Relation(i, cue, named[0], trimmed(s, words), "preposition")


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
