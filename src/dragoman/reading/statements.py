"""A party's public word on the ground between itself and another: demands, threats, accusations, praise, policy."""

from __future__ import annotations

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence, Span, Statement
from dragoman.reading.attribution import Attributions
from dragoman.reading.sides import side_of
from dragoman.reading.status import is_question
from dragoman.reading.tree import is_passive, negated, obliques, offsets, subjects, text_of
from dragoman.reading.values import SentenceMentions, Side

#: Kinds whose verb is telling enough by itself; ``policy`` needs more and is read only where the content names the other side.
PLAIN = ("accusation", "threat", "demand", "praise")
LONGEST = 30


def statements_of(
    s: Sentence, place: int, mentions: SentenceMentions, attributions: Attributions, text: str, taken: frozenset[int]
) -> list[Statement]:
    """The statements that the sentence tells; ``taken`` are words already read as acts of contact."""
    lists = word_lists("statements")
    if is_question(s):
        return []
    found = []
    for i, token in enumerate(s.tokens):
        if token.upos != "VERB" or i in taken or negated(s, i) is not None:
            continue
        kind = next((k for k in PLAIN if token.lemma.lower() in lists[k]), None)
        if kind is None:
            continue
        by = side_of(s, list(s.dependants(i, "obl:agent")) if is_passive(s, i) else subjects(s, i), mentions, "speaker")
        about = _about(s, i, kind, mentions).without(by.codes)
        if not by.codes or not about.codes:
            continue
        attribution, _, _ = attributions.of(place, i)
        phrase = _phrase(s, i)
        start, end = offsets(s, phrase)
        spans = {
            "kind": (Span(*offsets(s, [i]), f"statement:{kind}"),),
            "by": by.spans,
            "about": about.spans,
            "phrase": (Span(start, end, "statement:content"),),
        }
        found.append(Statement(by.codes[0], about.codes[0], kind, text_of(s, phrase, text), None, attribution, spans))
    return found


def _about(s: Sentence, i: int, kind: str, mentions: SentenceMentions) -> Side:
    """The party at which the statement is aimed: the object, or the party named in what is said of it."""
    own = s.dependants(i, "obj", "iobj") if not is_passive(s, i) else s.dependants(i, "nsubj:pass")
    side = side_of(s, own, mentions, "object", place=True)
    if side.codes:
        return side
    aimed = {"demand": {"on", "upon", "to", "from"}, "threat": {"against", "to", "of"}}.get(
        kind, {"against", "for", "to", "on", "as"}
    )
    side = side_of(s, [w for p, w in obliques(s, i) if p in aimed], mentions, "oblique", place=True)
    if side.codes:
        return side
    for o in own:
        owners = [
            c
            for c in s.children[o]
            if s.tokens[c].deprel == "nmod:poss" or s.tokens[c].relation in {"amod", "compound", "nmod"}
        ]
        side = side_of(s, owners, mentions, "owner of the object", place=True)
        if side.codes:
            return side
    for c in s.dependants(i, "ccomp"):
        side = side_of(s, subjects(s, c), mentions, "subject of the content", place=True)
        if side.codes:
            return side
    return Side()


def _phrase(s: Sentence, i: int) -> list[int]:
    contents = s.dependants(i, "ccomp", "xcomp", "obj", "obl")
    words = sorted(w for c in contents for w in s.subtree(c)) or [i]
    return words[:LONGEST]
