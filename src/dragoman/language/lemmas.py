"""Lemmas as edit scripts: what to do to a form to get its lemma, as a class that the network can choose.

A script is ``case|cut|add``: ``k`` keeps the form's case and ``l`` lowers it, then ``cut`` letters go from the end
and ``add`` comes on. Irregular forms take the form ``=lemma``: the lemma itself.
"""

from __future__ import annotations

import os


def script(form: str, lemma: str) -> str:
    """The edit script that turns ``form`` into ``lemma``."""
    for case, base in (("k", form), ("l", form.lower())):
        stem = os.path.commonprefix([base, lemma])
        if base == lemma or (stem and len(stem) * 2 >= len(lemma)):
            return f"{case}|{len(base) - len(stem)}|{lemma[len(stem) :]}"
    return f"={lemma}"


def apply(edit: str, form: str) -> str:
    """The lemma that the script makes of ``form``; the form itself where the script does not fit it."""
    if edit.startswith("="):
        return edit[1:]
    case, cut, add = edit.split("|", 2)
    base = form if case == "k" else form.lower()
    count = int(cut)
    if count >= len(base) + (not add) and count:
        return base
    return base[: len(base) - count] + add
