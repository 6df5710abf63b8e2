"""Which way a clause looks: back, forward, or no telling.

"On Wednesday" is the last Wednesday under a past verb and the next under a planned one, so months and weekdays without more ask here. With a parse the
governing verb answers; without one the nearest word that shows a tense does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from dragoman.model import Sentence, Token
from dragoman.reading.timing.pieces import Node

#: Verbs, nouns and adjectives after which "to meet on Friday" (or "for Friday") lies ahead.
PLANNING = frozenset(
    ["plan", "schedule", "set", "due", "expect", "intend", "hope", "aim", "slate", "poise", "prepare", "want", "wish", "seek", "agree", "pledge", "promise", "vow", "propose", "offer", "invite", "ask", "urge", "call", "ready", "likely", "decide", "commit", "arrange", "opt", "threaten", "need", "order", "tell", "book", "pencil", "mean", "bind", "destine", "go", "tip"]
)
#: Auxiliaries of what is not yet.
MODALS = frozenset(["will", "shall", "would", "may", "might", "could", "can", "should", "must", "'ll", "wo", "ca"])
_FUTURE_FORMS = frozenset(
    ["will", "shall", "'ll", "would", "may", "might", "could", "should", "must", "plans", "plan", "planned", "scheduled", "due", "expected", "expects", "expecting", "intends", "hopes", "aims", "slated", "poised", "upcoming", "going", "wo", "likely", "set", "hopes", "seeking"]
)
_PAST_FORMS = frozenset(
    ["was", "were", "had", "did", "said", "told", "met", "held", "came", "went", "took", "made", "gave", "got", "saw", "left", "began", "began", "sent", "spoke", "wrote", "won", "lost", "became", "found", "kept", "led", "paid", "put", "ran", "rose", "fell", "cut", "grew", "been", "has", "have", "brought", "bought", "thought", "built", "fought", "hit", "shot", "died", "broke", "knew", "felt"]
)
_STEPS = 8  # how far up the tree a governing verb is looked for; longer ways are parse errors more often than grammar


def is_parsed(sentence: Sentence) -> bool:
    """Whether the sentence carries word classes and a tree."""
    return (
        bool(sentence.tokens)
        and any(t.upos not in ("", "_", "X") for t in sentence.tokens[:3])
        and any(t.head >= 0 for t in sentence.tokens)
    )


def token_at(sentence: Sentence, offset: int) -> int | None:
    """The place of the word that covers an offset of the sentence's ``where`` text, or ``None``."""
    place = bisect_right([t.start for t in sentence.tokens], offset) - 1
    return place if place >= 0 and sentence.tokens[place].end > offset else None


def of_parse(sentence: Sentence, start: int, end: int) -> int:
    """-1, 0 or 1 by the verb that governs the words between two offsets."""
    inside = [i for i, t in enumerate(sentence.tokens) if t.start < end and t.end > start]
    if not inside:
        return 0
    held = set(inside)
    at = next((i for i in inside if sentence.tokens[i].head not in held), inside[0])
    for _ in range(_STEPS):
        at = sentence.tokens[at].head
        if at < 0:
            return 0
        told = _of_word(sentence, at)
        if told is not None:
            return told
    return 0


def _of_word(sentence: Sentence, at: int) -> int | None:
    """What one word says of its clause's time; ``None`` to ask further up."""
    token = sentence.tokens[at]
    helpers = [sentence.tokens[i] for i in sentence.dependants(at, "aux", "cop")]
    if token.upos not in ("VERB", "AUX") and not helpers:
        return None
    if any(h.lemma in MODALS or h.form.lower() in MODALS for h in helpers):
        perfect = any(h.lemma == "have" for h in helpers)
        return -1 if perfect and not any(h.lemma in ("will", "shall") for h in helpers) else 1
    if token.feats.get("VerbForm") == "Inf" or any(
        sentence.tokens[i].form.lower() == "to" for i in sentence.dependants(at, "mark")
    ):
        return _of_infinitive(sentence, at, helpers)
    return _of_finite(token, helpers)


def _of_infinitive(sentence: Sentence, at: int, helpers: Sequence[Token]) -> int | None:
    if any(h.lemma == "have" for h in helpers):
        return -1
    head = sentence.tokens[at].head
    if head >= 0 and sentence.tokens[head].lemma in PLANNING:
        return 1
    return None


def _of_finite(token: Token, helpers: Sequence[Token]) -> int | None:
    forms = [token, *helpers]
    if any(f.feats.get("Tense") == "Past" and f.feats.get("VerbForm") == "Fin" for f in forms):
        return -1
    if any(h.lemma == "have" for h in helpers):
        return -1
    if token.lemma in PLANNING and (helpers or token.feats.get("Tense") == "Pres"):
        return 1
    if token.feats.get("VerbForm") in ("Ger",) or (token.feats.get("VerbForm") == "Part" and not helpers):
        return None
    if any(h.lemma == "be" for h in helpers) and token.form.lower().endswith("ing"):
        return 1
    return 0


def of_forms(nodes: Sequence[Node], start: int, end: int) -> int:
    """-1, 0 or 1 by the nearest word that shows a tense: to the left first, then to the right."""
    left = [n.low for n in nodes if n.end <= start]
    right = [n.low for n in nodes if n.start >= end]
    for words in (left[::-1], right):
        for i, word in enumerate(words[:25]):
            if word in _FUTURE_FORMS:
                return 1
            if word in _PAST_FORMS or (word.endswith("ed") and len(word) > 3):
                planned = words[i + 1 : i + 3] if words is right else []
                return 1 if word in ("planned", "scheduled", "expected") or "will" in planned else -1
            if word in (";", ":"):
                break
    return 0
