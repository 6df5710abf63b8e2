"""Lemmas as edit scripts: what to do to a form to get its lemma, as a class that the network can choose.

A script is ``case|cut|add``: ``k`` keeps the form's case, ``l`` lowers it and ``t`` leaves a capital at its head alone;
then ``cut`` letters go from the end and ``add`` comes on. Irregular forms take the form ``=lemma``: the lemma itself.
"""

from __future__ import annotations


def _cased(case: str, form: str) -> str:
    if case == "k":
        return form
    return form.lower() if case == "l" else form[:1].upper() + form[1:].lower()


def _shared(a: str, b: str) -> str:
    """The letters at the head that both have."""
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    return a[:n]


def script(form: str, lemma: str) -> str:
    """The edit script that turns ``form`` into ``lemma``."""
    for case in "klt":
        base = _cased(case, form)
        stem = _shared(base, lemma)
        if base == lemma or (stem and len(stem) * 2 >= len(lemma)):
            return f"{case}|{len(base) - len(stem)}|{lemma[len(stem) :]}"
    return f"={lemma}"


def apply(edit: str, form: str) -> str:
    """The lemma that the script makes of ``form``; the form itself, in the script's case, where the script does not fit it."""
    if edit.startswith("="):
        return edit[1:]
    case, cut, add = edit.split("|", 2)
    base = _cased(case, form)
    count = int(cut)
    if count >= len(base) + (not add) and count:
        return base
    return base[: len(base) - count] + add


def entry(form: str, upos: str) -> tuple[str, str]:
    """The key of a word in a lexicon of lemmas: names keep their case, other words do not."""
    return (form if upos == "PROPN" else form.lower()), upos
