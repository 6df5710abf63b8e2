"""Which way a clause looks: back, forward, or no telling.

"On Wednesday" is the last Wednesday under a past verb and the next under a planned one: months and weekdays without more ask here. With a parse the
governing verb answers; without one the nearest word that shows a tense does. The words are ``words`` of times.toml.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from dragoman.model import Sentence, Token
from dragoman.reading.timing.pieces import Node

Words = Mapping[str, frozenset[str]]

_STEPS = 8  # how far up the tree a governing verb is looked for; longer ways are parse errors more often than grammar
_WINDOW = 25  # how many pieces a tense may stand away where there is no tree
_NEAR = 10  # and a deferring word before its "until"


def is_parsed(sentence: Sentence) -> bool:
    """Whether the sentence carries word classes and a tree."""
    tokens = sentence.tokens
    return any(t.upos not in ("", "_", "X") for t in tokens[:3]) and any(t.head >= 0 for t in tokens)


def token_at(sentence: Sentence, offset: int) -> int | None:
    """The place of the word that covers an offset of the sentence's ``where`` text, or ``None``."""
    place = bisect_right([t.start for t in sentence.tokens], offset) - 1
    return place if place >= 0 and sentence.tokens[place].end > offset else None


def of_parse(sentence: Sentence, start: int, end: int, words: Words, *, bound: bool) -> int:
    """-1, 0, 1 (a plan) or 2 ("will") by the verb that governs the words between two offsets.

    ``bound`` says that "until", "through" or "by" stands before them.
    """
    inside = [i for i, t in enumerate(sentence.tokens) if t.start < end and t.end > start]
    if not inside:
        return 0
    if bound and any(t.lemma in words["deferring"] for t in sentence.tokens[max(0, inside[0] - _NEAR) : inside[0]]):
        return 1
    held = set(inside)
    at = next((i for i in inside if sentence.tokens[i].head not in held), inside[0])
    for _ in range(_STEPS):
        below, at = at, sentence.tokens[at].head
        if at < 0:
            return 0
        if _is_planned(sentence, at, below, words):
            return 1
        told = _of_word(sentence, at, words, bound)
        if told is not None and sentence.is_quoted(at) and not sentence.is_quoted(inside[0]):
            return _of_teller(sentence, inside, words)
        if told is not None:
            return told
    return 0


def _is_planned(sentence: Sentence, at: int, below: int, words: Words) -> bool:
    """Whether a word makes a plan of what hangs on it: "plans for a meeting in July", "the upcoming vote in May", "elections planned for June"."""
    token = sentence.tokens[at]
    if token.upos == "NOUN":
        if token.lemma in words["plans"] and sentence.tokens[below].relation.startswith(("nmod", "acl", "obl")):
            return True
        return any(sentence.tokens[i].lemma in words["ahead"] for i in sentence.dependants(at, "amod"))
    if token.relation.startswith("acl") and token.lemma in words["planning"] and token.feats.get("VerbForm") == "Part":
        return any(sentence.tokens[i].form.lower() == "for" for i in sentence.dependants(below, "case"))
    return False


def _of_teller(sentence: Sentence, inside: Sequence[int], words: Words) -> int:
    """What the nearest verb outside the quotation says, for words outside it that the tree hangs on a verb within."""
    near = sorted(range(len(sentence.tokens)), key=lambda i: abs(i - inside[0]))
    for i in near[:_WINDOW]:
        if sentence.tokens[i].upos == "VERB" and not sentence.is_quoted(i):
            return _of_word(sentence, i, words, False) or 0
    return 0


def _of_word(sentence: Sentence, at: int, words: Words, bound: bool) -> int | None:
    """What one word says of its clause's time; ``None`` to ask further up."""
    token = sentence.tokens[at]
    helpers = [sentence.tokens[i] for i in sentence.dependants(at, "aux", "cop")]
    if token.upos not in ("VERB", "AUX") and not helpers:
        return None
    if any(h.lemma in words["modals"] or h.form.lower() in words["modals"] for h in helpers):
        perfect = any(h.lemma == "have" for h in helpers)
        return -1 if perfect and not any(h.lemma in ("will", "shall") for h in helpers) else 2
    marked = any(sentence.tokens[i].form.lower() == "to" for i in sentence.dependants(at, "mark"))
    if marked and token.upos == "VERB" and any(h.form.lower() in ("is", "are", "am") for h in helpers):
        return 1  # "are to meet on Monday"
    if any(h.lemma == "have" for h in helpers) and token.lemma not in words["planning"]:
        return -1
    if token.feats.get("Tense") == "Pres" and token.feats.get("VerbForm") == "Fin" and not helpers:
        if bound and token.lemma in ("have", "give"):
            return 1  # "it has until Friday to answer"
        if token.lemma in words["scheduled"] and sentence.where == "body":
            return 1  # "talks resume on Monday"; headlines tell the past so
    if token.feats.get("VerbForm") == "Inf" or any(
        sentence.tokens[i].form.lower() == "to" for i in sentence.dependants(at, "mark")
    ):
        return 1 if bound else _of_infinitive(sentence, at, words)
    return _of_finite(token, helpers, words)


def _of_infinitive(sentence: Sentence, at: int, words: Words) -> int | None:
    head = sentence.tokens[at].head
    return 1 if head >= 0 and sentence.tokens[head].lemma in words["planning"] else None


def _of_finite(token: Token, helpers: Sequence[Token], words: Words) -> int | None:
    forms = [token, *helpers]
    part = token.feats.get("VerbForm") == "Part" or token.upos == "ADJ"
    if token.lemma in words["planning"] and any(h.lemma == "be" for h in helpers) and part:
        return 1  # "is due", "was scheduled for Friday"
    if any(f.feats.get("Tense") == "Past" and f.feats.get("VerbForm") == "Fin" for f in forms):
        return -1
    if any(h.lemma == "have" for h in helpers):
        return -1
    if token.lemma in words["planning"] and token.feats.get("Tense") == "Pres":
        return 1
    if token.feats.get("VerbForm") == "Ger" or (part and not helpers):
        return None
    if any(h.lemma == "be" for h in helpers) and token.form.lower().endswith("ing"):
        return 1
    return 0


def of_forms(nodes: Sequence[Node], start: int, end: int, words: Words, *, bound: bool) -> int:
    """-1, 0 or 1 by the nearest word that shows a tense: to the left first, then to the right."""
    left = [n.low for n in nodes if n.end <= start][::-1]
    if bound and any(w in words["deferring"] for w in left[:_NEAR]):
        return 1
    return _nearest(left, words, back=True) or _nearest([n.low for n in nodes if n.start >= end], words, back=False)


def _nearest(row: Sequence[str], words: Words, *, back: bool) -> int:
    """The first tense shown in a row of words; ``back`` where the row runs leftwards. "(To) be published" shows none of its own."""
    for i, word in enumerate(row[:_WINDOW]):
        if word in words["future_forms"]:
            return 1
        before = row[i + 1] if back and i + 1 < len(row) else row[i - 1] if not back and i else ""
        if before == "be":
            continue
        if word in words["past_forms"] or (word.endswith("ed") and len(word) > 3):
            return -1
        if word in (";", ":"):
            break
    return 0
