"""Offices and bodies that a report about one state means as that state's: "the mayor", "Senator N", "the police"."""

from __future__ import annotations

from dragoman.codebook.actors import ActorBook
from dragoman.model import Sentence
from dragoman.reading.who.values import Draft

#: No title that a state has within itself is longer, in words.
_LONGEST = 3
#: Whose "of" names a town or a province.
_LOCAL = frozenset({"mayor", "governor", "sheriff", "prosecutor", "attorney", "police"})
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
    words = draft.office.split() if draft.office in book.words("domestic") else _core(draft.office).split()
    if words[-1] not in _LOCAL and serves_another(sentence, draft):
        return False
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


def _core(office: str) -> str:
    """The title without what it is of or for."""
    return office.split(" of ")[0].split(" for ")[0]


def serves_another(sentence: Sentence, draft: Draft) -> bool:
    """Whether a name that no list holds follows the office: "Vice President of the Acme League"."""
    behind = sentence.tokens[draft.last + 1 : draft.last + 4]
    if not behind or behind[0].form not in {"of", "at", "for"}:
        return False
    name = behind[2:] if len(behind) > 2 and behind[1].form == "the" else behind[1:2]
    return any(t.form[:1].isupper() for t in name)


def _ends(words: list[str], among: frozenset[str]) -> bool:
    return any(" ".join(words[-n:]) in among for n in range(1, _LONGEST + 1))


def _is_described(sentence: Sentence, draft: Draft) -> bool:
    """Whether a noun stands before the office that says of what it is: "hospital officials", "Society President"."""
    i = draft.first - 1
    return i >= 0 and sentence.tokens[i].relation == "compound" and draft.first <= sentence.tokens[i].head <= draft.last
