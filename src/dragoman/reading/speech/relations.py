"""Relations of attribution in one sentence, in PARC's words: a source, a cue, and the content that the source is said to have told.

The shapes are those that PARC and the annotation guidelines of PolNeAR describe: verbs with a clause ("said that"), with an infinitive
("pledged to"), with what they are about ("condemned the strike", "called for talks"), parenthetic verbs ("he said"), nouns with a clause
("the claim that"), adjectives of mind ("confident that"), and prepositions ("according to"). The verbs stand in ``codebook/attribution.toml``.
"""

from __future__ import annotations

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.speech.cues import Relation, cue_of, lemma, source_of
from dragoman.reading.speech.nouns import according_relation, adjective_relation, noun_relation, prepositional_relation
from dragoman.reading.speech.verbs import verb_relation

#: A turn or a headline: up to so many words before a colon name the speaker.
TURN_WORDS = 8


def relations_of(s: Sentence) -> list[Relation]:
    """The sentence's relations, in the order of their cues."""
    found: list[Relation] = []
    colon = _colon(s)
    if colon is not None:
        found.append(colon)
    for i, token in enumerate(s.tokens):
        if colon is not None and i in colon.cue:
            continue
        if token.upos in {"VERB", "AUX"}:
            relation = verb_relation(s, i)
        elif token.upos == "ADJ":
            relation = adjective_relation(s, i)
        elif token.upos in {"NOUN", "PROPN"}:
            relation = prepositional_relation(s, i) or noun_relation(s, i)
        elif token.lemma.lower() in {"according", "accord"}:
            relation = according_relation(s, i)
        else:
            relation = None
        if relation is not None:
            found.append(relation)
    return found


def _colon(s: Sentence) -> Relation | None:
    """Words before a colon that name who speaks after it ("MR PRICE: …", "Poll: …"), with a verb of saying or without any verb."""
    colon = next((i for i, t in enumerate(s.tokens[: TURN_WORDS + 4]) if t.form == ":"), None)
    if not colon or (colon == len(s.tokens) - 1 and not _say_before(s, colon)):
        return None
    before = range(colon)
    say = _say_before(s, colon)
    content = tuple(range(colon + 1, len(s.tokens)))
    if say is not None:
        return Relation(say, (*cue_of(s, say), colon), source_of(s, say), content, "clause") if content else None
    if colon > TURN_WORDS or any(s.tokens[i].upos in {"VERB", "AUX", "PRON", "ADV", "SCONJ"} for i in before):
        return None
    names = [i for i in before if s.tokens[i].upos in {"PROPN", "NOUN"}]
    capital = names and s.tokens[names[0]].form[0].isupper()
    if not capital or not any(t.upos in {"VERB", "AUX"} for t in s.tokens[colon:]):
        return None
    heads = [i for i in names if s.tokens[i].head not in before]
    return Relation(colon, (colon,), heads[0] if heads else names[-1], content, "colon")


def _say_before(s: Sentence, colon: int) -> int | None:
    """The verb of saying that governs the colon, a few words before it."""
    for i in range(colon - 1, max(-1, colon - 4), -1):
        if s.tokens[i].upos == "VERB" and lemma(s, i) in word_lists("attribution")["say"]:
            return i
    return None
