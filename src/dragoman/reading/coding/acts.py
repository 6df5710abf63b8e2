"""The code of an act of contact: its words as the coder reads them, within what the codebook lets such an act be."""

from __future__ import annotations

from dragoman.codebook.plover import Code, PloverBook
from dragoman.codebook.plover_acts import ActBook
from dragoman.model import Sentence
from dragoman.reading.coding.words import told


def code_of_act(s: Sentence, trigger: int, act: str, status: str, answer: str | None = None) -> Code | None:
    """The code of an act of the ledger that the word at ``trigger`` tells; ``None`` where PLOVER has none (what did not happen).

    Where the mapping lets the words decide and they tell one of the types it names, theirs counts: "signed a pact" is SUPPORT,
    "agreed on one" AGREE.
    """
    row = ActBook.load().find(act, status, answer)
    if row is None or not row.type:
        return None
    words = told(s, trigger, PloverBook.load()) if row.may else None
    if words is not None and words.code.type in row.may:
        return words.code
    return Code(row.type, row.cameo[:2], row.mode)
