"""Lemmas of the words that the codebook asks for, where the parser's own guess goes wrong ("denie", "struc", "hudd")."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources

__all__ = ["mended"]

#: Strong verbs of the codebook whose past the parser's table lacks.
IRREGULAR = {
    "struck": "strike", "sought": "seek", "wrought": "work", "forsook": "forsake", "bade": "bid", "strove": "strive",
    "oversaw": "oversee", "shook": "shake", "withheld": "withhold", "overrode": "override", "forbade": "forbid",
}  # fmt: skip


@lru_cache(maxsize=65536)
def mended(form: str, lemma: str) -> str:
    """The lemma; where the codebook has no such word, that of its words which the form (in small letters) can be a form of."""
    if form in IRREGULAR:
        return IRREGULAR[form]
    known = _known()
    if lemma in known or form == lemma:
        return lemma
    return next((guess for guess in _guesses(form) if guess in known), lemma)


def _guesses(form: str) -> list[str]:
    for ending, others in (
        ("ies", ("y",)),
        ("ied", ("y",)),
        ("ed", ("", "e")),
        ("ing", ("", "e")),
        ("es", ("", "e")),
        ("s", ("",)),
    ):
        if form.endswith(ending) and len(form) > len(ending) + 2:
            stem = form[: -len(ending)]
            doubled = [stem[:-1]] if ending in {"ed", "ing"} and stem[-1:] == stem[-2:-1] else []
            return [*(stem + other for other in others), *doubled]
    return []


@cache
def _known() -> frozenset[str]:
    """The single words of the lexicon of acts and of what rules them."""
    folder = resources.files("dragoman.codebook") / "predicates"
    found: set[str] = set()
    for name in ("verbs.toml", "nouns.toml"):
        for row in tomllib.loads((folder / name).read_text(encoding="utf-8"))["frame"]:
            found |= {w for key in ("phrases", "heads", "nouns") for phrase in row.get(key, ()) for w in phrase.split()}
    for body in tomllib.loads((folder / "operators.toml").read_text(encoding="utf-8")).values():
        found |= {w for key in ("words", "nouns") for phrase in body.get(key, ()) for w in phrase.split()}
    return frozenset(found)
