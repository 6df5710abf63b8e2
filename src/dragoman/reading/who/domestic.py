"""Offices and bodies that a report about one state means as that state's: "the mayor", "Senator N", "the police"."""

from __future__ import annotations

from dragoman.codebook.actors import ActorBook
from dragoman.model import Sentence
from dragoman.reading.who.values import Draft

#: No title that a state has within itself is longer, in words.
_LONGEST = 3
#: Before these an office is another body's: "the bank's governor" has an owner, "the union, whose president" has none.
_FOREIGN = frozenset({"foreign", "external", "overseas"})


def is_domestic(book: ActorBook, sentence: Sentence, draft: Draft) -> bool:
    """Whether a draft that nothing else has settled stands for an office or body of the state that the report is about."""
    if (
        draft.codes
        or draft.ambiguous
        or not draft.office
        or draft.possessor is not None
        or draft.whose
        or draft.relative
    ):
        return False
    words = draft.office.split(" of ")[0].split(" for ")[0].split()
    if draft.body and draft.body in book.words("home_bodies"):
        return True
    if _FOREIGN & set(draft.office.split()) or _is_described(sentence, draft):
        return False
    if draft.cls == "body":
        return _ends(words, book.words("home_bodies"))
    if draft.kind not in {"person", "group"}:
        return False
    if draft.definite and draft.name is None and draft.office in book.words("highest"):
        return True
    told = draft.name is not None or draft.definite or draft.plural or draft.rule.startswith("apposition")
    return told and _ends(words, book.words("domestic"))


def _ends(words: list[str], among: frozenset[str]) -> bool:
    return any(" ".join(words[-n:]) in among for n in range(1, _LONGEST + 1))


def _is_described(sentence: Sentence, draft: Draft) -> bool:
    """Whether a noun stands before the office that says of what it is: "hospital officials", "Society President"."""
    i = draft.first - 1
    return i >= 0 and sentence.tokens[i].relation == "compound" and draft.first <= sentence.tokens[i].head <= draft.last
