"""Answers and silences: what a sentence tells of how one side answered the other."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence, Span
from dragoman.reading.sides import side_of
from dragoman.reading.status import is_question
from dragoman.reading.tree import chain, lemma, negated, obliques, offsets, subjects, told_missing
from dragoman.reading.values import SentenceMentions, Side


@dataclass(frozen=True)
class Answer:
    """That ``by`` answered (or did not answer) ``to``; either side may be untold."""

    sentence: int
    word: int
    reply: str
    by: Side
    to: Side
    span: Span
    reported: bool = False


def answers_of(s: Sentence, place: int, mentions: SentenceMentions) -> list[Answer]:
    """The answers and silences that the sentence tells."""
    found = []
    for i, token in enumerate(s.tokens):
        if token.upos in {"VERB", "AUX"}:
            answer = _verb(s, place, i, mentions)
        elif token.upos in {"NOUN", "PROPN"}:
            answer = _noun(s, place, i, mentions)
        elif token.upos in {"ADJ", "ADV"}:
            answer = _adjective(s, place, i, mentions)
        else:
            continue
        if answer is not None and not _supposed(s, i):
            found.append(answer)
    return found


def _answer(s: Sentence, place: int, word: int, reply: str, by: Side, to: Side, rule: str) -> Answer:
    start, end = offsets(s, [word])
    return Answer(place, word, reply, by, to, Span(start, end, f"reply:{rule}"))


def _verb(s: Sentence, place: int, i: int, mentions: SentenceMentions) -> Answer | None:
    lists = word_lists("replies")
    word = lemma(s, i)
    particles = [lemma(s, c) for c in s.children[i] if s.tokens[c].relation in {"compound", "advmod"}]
    phrase = next((f"{word} {p}" for p in particles if f"{word} {p}" in lists["answering_verbs"]), word)
    subject = side_of(s, subjects(s, i), mentions, "subject")
    if phrase in lists["answering_verbs"] and _unmade(s, i):
        if word in {"receive", "hear", "get"}:
            if not _has_answer_object(s, i) and word != "hear":
                return None
            by = side_of(
                s, [w for h in (i, *s.dependants(i, "obj")) for p, w in obliques(s, h) if p == "from"], mentions, "from"
            )
            return _answer(s, place, i, "none", by, subject, "no answer received")
        if word in {"return", "react"} and not s.dependants(i, "obj", "obl"):
            return None
        to = side_of(s, [w for p, w in obliques(s, i) if p in {"to", "on"}] + s.dependants(i, "obj"), mentions, "to")
        return _answer(s, place, i, "none", subject, to, "negated answer")
    if phrase in {"respond", "reply", "answer"} and _awaited(s, i):
        to = side_of(s, [w for p, w in obliques(s, i) if p == "to"], mentions, "to")
        return _answer(s, place, i, "none", subject, to, "awaited answer")
    if word in lists["silence_verbs"] and s.dependants(i, "obj"):
        to = side_of(
            s,
            [c for o in s.dependants(i, "obj") for c in (o, *s.dependants(o, "nmod:poss", "amod", "compound"))],
            mentions,
            "object",
        )
        if word in {"ignore", "disregard", "stonewall"} and subject.codes:
            return _answer(s, place, i, "none", subject, to, "ignored")
    if word in {"receive", "note"} and any(lemma(s, c) in {"well", "warmly", "positively"} for c in s.children[i]):
        return _answer(s, place, i, "acknowledged", _teller(s, i, mentions), Side(), "well received")
    return None


def _teller(s: Sentence, i: int, mentions: SentenceMentions) -> Side:
    """Who says so: the subject of the nearest verb above that has a party as its subject."""
    for _, head in chain(s, i):
        side = side_of(s, s.dependants(head, "nsubj"), mentions, "subject")
        if side.codes:
            return side
    return Side()


def _awaited(s: Sentence, i: int) -> bool:
    """Whether the answer is still hoped or waited for."""
    return any(lemma(s, head) in {"hope", "await", "wait", "look"} for _, head in list(chain(s, i))[:2])


def _supposed(s: Sentence, i: int) -> bool:
    """Whether it stands in an if-clause or a question: nothing is told to be so."""
    if is_question(s):
        return True
    at = i
    for _ in range(5):
        if any(lemma(s, c) in {"if", "whether", "unless"} for c in s.children[at] if s.tokens[c].relation == "mark"):
            return True
        at = s.tokens[at].head
        if at < 0:
            return False
    return False


def _unmade(s: Sentence, i: int) -> bool:
    """Whether the verb is negated, or ruled by one that says that it was not done ("failed to", "refused to", "yet to")."""
    if negated(s, i) is not None:
        return True
    for o in s.dependants(i, "obj", "nsubj"):
        if negated(s, o) is not None:
            return True
    marks = [c for c in s.children[i] if lemma(s, c) == "to" and s.tokens[c].upos == "PART"]
    if marks and any(s.tokens[j].form.lower() == "yet" for j in range(max(0, marks[0] - 2), marks[0])):
        return True
    head = s.tokens[i].head
    if s.tokens[i].relation == "xcomp" and head >= 0:
        if lemma(s, head) in {"fail", "refuse", "decline", "neglect", "unwilling", "unable"}:
            return True
        return (any(lemma(s, c) == "yet" for c in s.children[head]) and lemma(s, head) in {"have", "be"}) or negated(
            s, head
        ) is not None
    return s.tokens[i].relation == "advcl" and any(lemma(s, c) == "without" for c in s.children[i])


def _has_answer_object(s: Sentence, i: int) -> bool:
    nouns = word_lists("replies")["answering_nouns"]
    return any(lemma(s, o) in nouns for o in s.dependants(i, "obj", "nsubj"))


def _noun(s: Sentence, place: int, i: int, mentions: SentenceMentions) -> Answer | None:
    lists = word_lists("replies")
    word = lemma(s, i)
    if word not in lists["answering_nouns"] | lists["silence_nouns"]:
        return None
    silent = word in lists["silence_nouns"] or told_missing(s, i)
    if not silent:
        return None
    by = side_of(
        s,
        [c for c in s.children[i] if s.tokens[c].relation in {"amod", "compound"} or s.tokens[c].deprel == "nmod:poss"],
        mentions,
        "whose",
        place=True,
    )
    hosts = [i]
    if s.tokens[i].relation in {"obj", "nsubj", "obl"} and s.tokens[i].head >= 0:
        hosts.append(s.tokens[i].head)
    for host in hosts:
        by += side_of(s, [w for p, w in obliques(s, host) if p in {"from", "of", "by"}], mentions, "from", place=True)
    if not by.codes and len(hosts) > 1:
        verb = hosts[1]
        if lemma(s, verb) in {"give", "make", "offer", "send", "issue", "have", "provide"}:
            by = side_of(s, subjects(s, verb), mentions, "subject")
    to = side_of(
        s,
        [c for p, w in obliques(s, i) if p == "to" for c in (w, *s.dependants(w, "nmod:poss", "amod", "compound"))],
        mentions,
        "to",
        place=True,
    )
    return _answer(s, place, i, "none", by, to, "no answer (noun)")


def _adjective(s: Sentence, place: int, i: int, mentions: SentenceMentions) -> Answer | None:
    word = s.tokens[i].form.lower()
    if word not in word_lists("replies")["silence_words"] or negated(s, i) is not None:
        return None
    by = Side()
    heads = [i, *(h for _, h in chain(s, i))][:3]
    for head in heads:
        by = side_of(s, s.dependants(head, "nsubj", "nsubj:pass"), mentions, "subject")
        if by.codes:
            break
    if word in {"unanswered", "unacknowledged", "unreturned", "unreciprocated"}:
        return _answer(s, place, i, "none", Side(), by, "unanswered")
    return _answer(s, place, i, "none", by, Side(), "silent")
