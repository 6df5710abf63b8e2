"""Where the words of a clause stand, also where the parse hung them elsewhere: objects, what follows a preposition, possessors."""

from __future__ import annotations

from dragoman.model import Sentence
from dragoman.reading.tree import lemma, preposition, tells_time

#: What may stand between a possessor and what it owns.
_BETWEEN = frozenset({"ADJ", "ADV", "PUNCT", "CCONJ", "VERB", "NUM", "NOUN", "PROPN"})
#: How far the owned word may stand from its possessor ("Peru's long, costly and unpopular war").
_FAR = 9
#: How far apart two verbs may stand that share an object ("captured or reportedly killed").
_NEAR = 4
_GENITIVE = frozenset({"'s", "’s", "'", "’"})
#: Relations of what hangs by a preposition; a subject or an object with one is a wrong parse ("spoke with Minister Berg").
#: Nouns that are part of a preposition: "in the face of", "in response to".
FRAMES = frozenset(["face", "response", "light", "wake", "context", "regard", "view", "connection", "line", "addition", "spite", "order",
                    "advance", "case", "event", "aftermath", "midst", "absence", "terms"])  # fmt: skip
_HANGING = frozenset({"obl", "nmod", "advcl"})
_MISREAD = frozenset({"nsubj", "obj", "iobj"})


def objects_of(s: Sentence, i: int) -> list[int]:
    """What an active verb is done to: its objects; else the noun behind it that the parse hung on it otherwise."""
    found = [_antecedent(s, i, o) for o in s.dependants(i, "obj", "iobj")]
    if found or s.tokens[i].upos != "VERB":
        return found
    return [c for c in s.children[i] if c > i and _bare(s, i, c)][:1]


def beside(s: Sentence, i: int) -> list[int]:
    """The verbs beside this one whose object behind both is its own as well ("captured or killed rebels")."""
    if s.tokens[i].upos != "VERB" or s.dependants(i, "ccomp", "xcomp", "obl"):
        return []
    near = [c for c in s.dependants(i, "conj") if c > i]
    if s.tokens[i].relation == "conj":
        near.append(s.tokens[i].head)
    near = [j for j in near if s.tokens[j].upos == "VERB" and abs(j - i) <= _NEAR]
    return [j for j in near if any(o > max(i, j) for o in s.dependants(j, "obj"))]


def _antecedent(s: Sentence, i: int, o: int) -> int:
    """The noun that a relative pronoun stands for ("Zambia, which Malawi accuses")."""
    if s.tokens[i].deprel == "acl:relcl" and s.tokens[o].form.lower() in {"which", "whom", "who", "that"} and o < i:
        return s.tokens[i].head
    return o


def _bare(s: Sentence, i: int, c: int) -> bool:
    """Whether the noun is behind the verb without a preposition or an "and"."""
    token = s.tokens[c]
    if token.upos not in {"NOUN", "PROPN"} or token.deprel not in {"obl", "nsubj", "conj"}:
        return False
    if token.deprel == "nsubj" and not any(x < i for x in s.dependants(i, "nsubj")):
        return False
    first = min(s.subtree(c))
    joined = s.tokens[first].relation in {"cc", "case"}
    return not joined and not preposition(s, c) and not tells_time(s, c)


def prepositional(s: Sentence, i: int) -> list[tuple[str, int]]:
    """(preposition, word) of what hangs on the word by a preposition, the agents of a passive excepted."""
    found = []
    for c in s.children[i]:
        token = s.tokens[c]
        if token.relation in _HANGING:
            if token.deprel not in {"nmod:poss", "obl:agent"} and not (
                lemma(s, c) in FRAMES and preposition(s, c) == "in"
            ):
                found.append((preposition(s, c), c))
        elif token.relation in _MISREAD and c > i and (before := preposition(s, c)):
            found.append((before, c))
    return found


def possessors(s: Sentence, i: int) -> list[int]:
    """Whose the noun is, by a genitive; where the tree has none, by the one that stands before the noun and its adjectives."""
    found = [c for c in s.children[i] if s.tokens[c].deprel == "nmod:poss"]
    if found:
        return found
    for j in range(i - 1, max(-1, i - 1 - _FAR), -1):
        token = s.tokens[j]
        if token.form in _GENITIVE and token.relation == "case":
            owner = token.head
            owned = s.tokens[owner].deprel in {"nmod:poss", "nmod:desc", "compound"}
            return [] if owned and i not in _above(s, owner) else [owner]
        if token.upos not in _BETWEEN or (token.upos in {"NOUN", "PROPN"} and not _within(s, j, i)):
            return []
    return []


def _above(s: Sentence, i: int) -> list[int]:
    found = []
    while (i := s.tokens[i].head) >= 0 and i not in found:
        found.append(i)
    return found


def _within(s: Sentence, j: int, i: int) -> bool:
    """Whether the word belongs to the noun phrase of ``i`` as one of its modifiers."""
    return s.tokens[j].head == i or (s.tokens[j].relation in {"compound", "flat", "conj"} and i in _above(s, j))
