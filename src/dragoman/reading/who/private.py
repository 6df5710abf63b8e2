"""Demonyms and names of states that only describe somebody private: "a Peruvian singer", "Acme Peru"."""

from __future__ import annotations

from dragoman.codebook.actors import ActorBook
from dragoman.model import Sentence
from dragoman.reading.who.row import HYPHENS
from dragoman.reading.who.values import Draft, head_of

#: Describing words between a demonym and its noun: "Korean-Canadian family".
_DEPTH = 2
_DESCRIBING = frozenset({"amod", "compound", "nmod", "flat"})


def speaks_for_nobody(book: ActorBook, sentence: Sentence, draft: Draft) -> bool:
    """Whether the words before a noun of the list ``private``, or inside the name of a firm, make no party of their state."""
    if draft.cls not in {"adj", "name"} or draft.kind != "state" or draft.office or draft.name is not None:
        return False
    return _describes(book, sentence, draft) or (draft.cls == "name" and _ends_a_name(sentence, draft))


def _describes(book: ActorBook, sentence: Sentence, draft: Draft) -> bool:
    tokens = sentence.tokens
    token = tokens[head_of(sentence, draft.first, draft.last)]
    if token.head >= 0 and tokens[token.head].lemma.lower() == "constitution" and token.head < draft.first:
        return token.relation == "nmod"
    token = tokens[draft.last]
    head, last = token, draft.last
    for _ in range(_DEPTH):
        if head.head <= last or head.relation not in _DESCRIBING:
            return False
        head, last = tokens[head.head], head.head
        if head.lemma.lower() in book.words("private"):
            between = tokens[draft.last + 1 : last]
            return all(t.upos not in {"VERB", "AUX", "PUNCT"} or t.form in HYPHENS for t in between)
    return False


def _ends_a_name(sentence: Sentence, draft: Draft) -> bool:
    """Whether the network reads the state's name as the last word of an organisation's: "Acme Peru"."""
    if draft.first == 0:
        return False
    token, before = sentence.tokens[draft.first], sentence.tokens[draft.first - 1]
    return token.name == "I-ORG" and before.name in {"B-ORG", "I-ORG"} and before.upos == "PROPN"
