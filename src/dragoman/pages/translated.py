"""Whether a report reads as machine-translated, and by which signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.codebook.outlets import Outlet
from dragoman.pages.layout import STOP_WORDS

__all__ = ["signs_of_translation"]

_SAYS_SO = re.compile(
    r"\b(?:machine[- ]translat(?:ed|ion)|translated (?:automatically|by (?:google|deepl|machine|ai|software))|automatic(?:ally)? translat(?:ed|ion)"
    r"|google translat(?:e|ion)|this (?:article|text|story|page) (?:was|is|has been) (?:automatically )?translated)\b",
    re.IGNORECASE,
)
#: What every such saying holds, in lower case.
_HINT = "tran"
#: A sentence of one word after a sentence end: what is left where a translator's splitter cut an attribute off.
_ORPHAN = re.compile(r"[.!?](?<=[a-z]{2}.) (?P<word>[A-Z][a-z]{3,})\.(?:\s|$)")
_DANGLING = re.compile(r"[.!?] (?:[A-Z][a-z]+ ){1,3}[a-z]+$")
#: Sentences of one word that people write.
_WRITTEN = frozenset(
    [
        "yes",
        "indeed",
        "never",
        "again",
        "nothing",
        "none",
        "exactly",
        "absolutely",
        "correct",
        "right",
        "wrong",
        "enough",
        "maybe",
        "perhaps",
        "sorry",
        "thanks",
        "really",
        "okay",
        "sure",
        "always",
    ]
)
#: Weights: a page that says so is enough; so is an outlet known for it; of the others two must come together.
_ENOUGH = 2


def signs_of_translation(
    body: Sequence[str], furniture: Sequence[str], outlet: Outlet | None, lead_told_twice: bool
) -> list[str]:
    """The signs under which the report counts as machine-translated; empty where they do not suffice."""
    signs: dict[str, int] = {}
    if outlet is not None and outlet.translated:
        signs["outlet_translates"] = 2
    telling = [*(x for x in furniture if len(x) < 400), *body[:1], *body[-1:]]
    if _HINT in "\n".join(telling).lower() and any(map(_SAYS_SO.search, telling)):
        signs["says_so"] = 2
    orphans = [m["word"].lower() for text in body for m in _ORPHAN.finditer(text)]
    if any(w not in _WRITTEN and w not in STOP_WORDS for w in orphans):
        signs["orphan_word"] = 1
    if lead_told_twice:
        signs["lead_told_twice"] = 1
    if any(_DANGLING.search(x) for x in furniture if len(x) > 100):
        signs["dangling_words"] = 1
    return list(signs) if sum(signs.values()) >= _ENOUGH else []
