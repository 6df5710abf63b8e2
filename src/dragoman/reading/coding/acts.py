"""The code of an act of contact: its words as the coder reads them, within what the codebook lets such an act be."""

from __future__ import annotations

from dragoman.codebook.plover import Code, PloverBook
from dragoman.codebook.plover_acts import ActBook
from dragoman.model import Sentence
from dragoman.reading.coding.words import told
from dragoman.reading.values import Event


def code_of_act(s: Sentence, told_as: Event, act: str, status: str, answer: str | None = None) -> Code | None:
    """The code of an act of the ledger that the sentence tells as ``told_as``; ``None`` where PLOVER has none (what did not happen).

    Where the mapping lets the words decide and they tell one of the types it names, theirs counts: "signed a pact" is SUPPORT,
    "agreed on one" AGREE.
    """
    row = ActBook.load().find(act, status, answer)
    if row is None or not row.type:
        return None
    for word in dict.fromkeys((told_as.head, told_as.trigger)) if row.may else ():
        found = told(s, word, PloverBook.load())
        if found is not None and found.code.type in row.may:
            return found.code
    return Code(row.type, row.cameo[:2], row.mode)
