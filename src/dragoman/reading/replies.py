"""Answers and silences: what a sentence tells of how one side answered the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence, Span
from dragoman.reading.drafts import Draft
from dragoman.reading.sides import side_of
from dragoman.reading.status import is_question
from dragoman.reading.tree import chain, lemma, negated, obliques, offsets, preposition, subjects, told_missing
from dragoman.reading.values import Event, SentenceMentions, Side

#: Verbs that lend "no move", "no sign", "a reply" their doer.
LENDING = frozenset({"give", "make", "offer", "send", "issue", "provide", "show", "display", "evince"})
#: Verbs whose subject waits for the answer that their object is.
WAITING = frozenset({"have", "get", "receive", "await", "see", "hear", "expect", "obtain"})
#: Verbs that take a call.
ANSWERED = frozenset({"answer", "take", "return"})
#: Relations that hang a word on the noun that names its owner or kind.
OWNING = frozenset({"amod", "compound"})


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
    if is_question(s):
        return []
    telling = _Telling(s, place, mentions)
    found = []
    for i, token in enumerate(s.tokens):
        answer = telling.adjective(i)
        if answer is None and token.upos in {"VERB", "AUX"}:
            answer = telling.verb(i)
        elif answer is None and token.upos in {"NOUN", "PROPN"}:
            answer = telling.noun(i)
        if answer is not None and not _supposed(s, i):
            found.append(answer)
    return found


def unanswered(event: Event, answers: Iterable[Answer], speaker: str | None) -> Event | None:
    """An approach told by the silence that met it ("did not answer the South's calls"), whole; ``None`` where a side stays
    untold. ``speaker`` is the party on whose word the sentence stands: who tells that a call went unanswered has made it.
    """
    silences = [
        a for a in answers
        if (a.reply == "none" or a.span.rule == "reply:call taken") and a.by.codes and 0 <= a.sentence - event.sentence <= SOON
    ]  # fmt: skip
    for answer in sorted(silences, key=lambda a: a.sentence):
        if answer.sentence == event.sentence:
            made = answer.to.codes + event.from_.codes + event.to.codes
            made += (speaker,) if speaker and event.act == "call" else ()
            maker = next((c for c in made if c not in answer.by.codes), None)
            if maker is None:
                continue
            own = next((side for side in (answer.to, event.from_) if maker in side.codes), None)
            from_ = own.without(answer.by.codes) if own else Side(codes=(maker,), spans=(answer.span,))
            reply = answer.reply if event.act == "call" else event.reply
            return replace(event, from_=from_, to=answer.by, head=answer.word, reply=reply)
        aimed = not answer.to.codes or set(answer.to.codes) & set(event.from_.codes)
        if event.from_.codes and not event.to.codes and aimed and not set(event.from_.codes) & set(answer.by.codes):
            return replace(event, to=answer.by)
    return None


#: Within how many sentences a silence follows the approach that it met.
SOON = 2
#: Approaches of one side to another that lie further apart than this are not one effort.
ONE_EFFORT = timedelta(days=200)


def one_effort(a: Draft, b: Draft) -> bool:
    """Whether two acts are approaches of the same side to the same other, not long apart: one silence meets both."""
    if a.group != "address" or b.group != "address" or set(a.to.codes) != set(b.to.codes):
        return False
    if set(a.from_.codes) != set(b.from_.codes):
        return False
    starts = [d.start for d in (a, b) if d.start is not None and d.start.latest is not None]
    days = [start.latest for start in starts if start.latest is not None]
    return len(days) < 2 or abs(days[0] - days[1]) <= ONE_EFFORT


@dataclass(frozen=True)
class _Telling:
    """One sentence, and what its words tell of answers."""

    s: Sentence
    place: int
    mentions: SentenceMentions

    def _side(self, words: Iterable[int], rule: str, *, place: bool = False) -> Side:
        return side_of(self.s, words, self.mentions, rule, place=place)

    def _answer(self, word: int, reply: str, by: Side, to: Side, rule: str) -> Answer:
        start, end = offsets(self.s, [word])
        return Answer(self.place, word, reply, by, to, Span(start, end, f"reply:{rule}"))

    def _owned(self, words: Iterable[int]) -> list[int]:
        """The words and what tells whose they are ("Seoul's calls", "US overtures", "calls from the South")."""
        found = []
        for w in words:
            found += [w, *self.s.dependants(w, "nmod:poss", *OWNING)]
            found += [c for p, c in obliques(self.s, w) if p in {"from", "by", "of"}]
        return found

    # ------------------------------------------------------------------------------------------------------- verbs

    def verb(self, i: int) -> Answer | None:
        lists, word = word_lists("replies"), lemma(self.s, i)
        particles = [
            lemma(self.s, c) for c in self.s.children[i] if self.s.tokens[c].relation in {"compound", "advmod"}
        ]
        phrases = [f"{word} {p}" for p in particles if f"{word} {p}" in lists["answering_verbs"]]
        if word in lists["answering_verbs"] or phrases:
            found = self._unmade_answer(i, word) or self._awaited(i, word)
            if found is not None:
                return found
        if word in ANSWERED and not _unmade(self.s, i):
            found = self._taken(i)
            if found is not None:
                return found
        if word in lists["silence_verbs"] and self.s.dependants(i, "obj"):
            return self._ignored(i)
        if word in {"receive", "note"} and any(
            lemma(self.s, c) in {"well", "warmly", "positively"} for c in self.s.children[i]
        ):
            return self._answer(i, "acknowledged", self._teller(i), Side(), "well received")
        written = any(lemma(self.s, o) in lists["offer_nouns"] for o in self.s.dependants(i, "obj"))
        if word in {"exchange", "trade", "swap"} and written and not _unmade(self.s, i):
            return self._answer(i, "acknowledged", Side(), Side(), "exchanged")  # letters exchanged were answered
        if word in lists["weighing_verbs"] and not _unmade(self.s, i):
            return self._weighed(i)
        return self._judged(i) if word in lists["judging_verbs"] and negated(self.s, i) is None else None

    def _unmade_answer(self, i: int, word: str) -> Answer | None:
        if not _unmade(self.s, i):
            return None
        subject = self._side(subjects(self.s, i), "subject")
        if word in {"receive", "hear", "get"}:
            makers = [w for h in (i, *self.s.dependants(i, "obj")) for p, w in obliques(self.s, h) if p == "from"]
            back = word == "hear" and (makers or any(lemma(self.s, c) == "back" for c in self.s.children[i]))
            if not back and not self._has_answer_object(i):
                return None
            return self._answer(i, "none", self._side(makers, "from"), subject, "no answer received")
        if word in {"return", "react", "pick", "acknowledge"} and not self.s.dependants(i, "obj", "obl"):
            return None
        answered = [w for p, w in obliques(self.s, i) if p in {"to", "on", "from"}] + self.s.dependants(i, "obj")
        to = self._side(self._owned(answered), "to", place=True)
        return self._answer(i, "none", subject, to.without(subject.codes), "negated answer")

    def _taken(self, i: int) -> Answer | None:
        """A call that was taken: "answered the South's morning calls"."""
        calls = [o for o in self.s.dependants(i, "obj") if lemma(self.s, o) == "call"]
        by = self._side(subjects(self.s, i), "subject")
        if not calls or not by.codes or any(p == "for" for o in calls for p, _ in obliques(self.s, o)):
            return None
        to = self._side(
            [*self._owned(calls), *(w for o in calls for p, w in obliques(self.s, o) if p == "with")], "to", place=True
        )
        return self._answer(i, "acknowledged", by, to.without(by.codes), "call taken")

    def _awaited(self, i: int, word: str) -> Answer | None:
        """An answer that is still hoped for, or that is up to the other side."""
        if word not in {"respond", "reply", "answer", "reciprocate"}:
            return None
        to = self._side([w for p, w in obliques(self.s, i) if p == "to"], "to")
        if any(lemma(self.s, h) in {"hope", "await", "wait", "look"} for _, h in list(chain(self.s, i))[:2]):
            return self._answer(i, "none", self._side(subjects(self.s, i), "subject"), to, "awaited answer")
        head = self.s.tokens[i].head
        if head >= 0 and self.s.tokens[head].upos == "ADP":  # the clause may hang on the "up" of "up to"
            head = self.s.tokens[head].head
        if head >= 0 and preposition(self.s, head).startswith("up to"):
            return self._answer(i, "none", self._side([head], "up to"), to, "up to the other side")
        return None

    def _ignored(self, i: int) -> Answer | None:
        by = self._side(subjects(self.s, i), "subject")
        to = self._side(self._owned(self.s.dependants(i, "obj")), "object")
        return self._answer(i, "none", by, to.without(by.codes), "ignored") if by.codes else None

    def _weighed(self, i: int) -> Answer | None:
        """The offer was received, with no word on substance: "is studying the proposal", "received the invitation"."""
        offers = word_lists("replies")["offer_nouns"]
        objects = [o for o in self.s.dependants(i, "obj") if lemma(self.s, o) in offers and _pointed(self.s, o)]
        by = self._side(subjects(self.s, i), "subject")
        if not objects or not by.codes:
            return None
        to = self._side(self._owned(objects), "object", place=True).without(by.codes)
        return self._answer(i, "acknowledged", by, to, "weighed")

    def _judged(self, i: int) -> Answer | None:
        """A word on the offer that turns it down: "called the offer insincere", "dismissed it as a ploy"."""
        lists = word_lists("replies")
        objects = [o for o in self.s.dependants(i, "obj") if lemma(self.s, o) in lists["offer_nouns"]]
        words = {lemma(self.s, w) for c in self.s.dependants(i, "xcomp", "obl", "advcl") for w in self.s.subtree(c)}
        by = self._side(subjects(self.s, i), "subject")
        if not objects or not by.codes or not words & lists["declining"]:
            return None
        to = self._side(self._owned(objects), "object", place=True).without(by.codes)
        return self._answer(i, "declined", by, to, "judged")

    def _teller(self, i: int) -> Side:
        """Who says so: the subject of the nearest verb above that has a party as its subject."""
        for _, head in chain(self.s, i):
            side = self._side(self.s.dependants(head, "nsubj"), "subject")
            if side.codes:
                return side
        return Side()

    def _has_answer_object(self, i: int) -> bool:
        nouns = word_lists("replies")["answering_nouns"]
        return any(lemma(self.s, o) in nouns for o in self.s.dependants(i, "obj", "nsubj"))

    # ------------------------------------------------------------------------------------------------------- nouns

    def noun(self, i: int) -> Answer | None:
        lists, word = word_lists("replies"), lemma(self.s, i)
        if word in lists["signs"]:
            return self._sign(i)
        if word == "court" and "ball" in {lemma(self.s, c) for c in self.s.children[i]}:
            return self._answer(i, "none", self._side(self._owned([i]), "whose", place=True), Side(), "ball in court")
        if word == "word" and not [w for p, w in obliques(self.s, i) if p == "from"] + self._from_head(i):
            return None
        if word not in lists["answering_nouns"] | lists["silence_nouns"] | {"word"}:
            return None
        if word not in lists["silence_nouns"] and not (told_missing(self.s, i) or preposition(self.s, i) == "without"):
            return None
        to = self._side(self._owned(w for p, w in obliques(self.s, i) if p in {"to", "on"}), "to", place=True)
        by = self._maker(i)
        head = self.s.tokens[i].head
        if not to.codes and head >= 0 and lemma(self.s, head) in WAITING:
            to = self._side(subjects(self.s, head), "who waits")
        return self._answer(i, "none", by, to.without(by.codes), "no answer (noun)")

    def _from_head(self, i: int) -> list[int]:
        head = self.s.tokens[i].head
        if self.s.tokens[i].relation not in {"obj", "nsubj", "obl"} or head < 0:
            return []
        return [w for p, w in obliques(self.s, head) if p in {"from", "of", "by"}]

    def _maker(self, i: int) -> Side:
        """Whose answer it is that did not come."""
        own = [c for c in self.s.children[i] if self.s.tokens[c].relation in OWNING]
        by = self._side([*own, *self.s.dependants(i, "nmod:poss")], "whose", place=True)
        by += self._side([w for p, w in obliques(self.s, i) if p in {"from", "of", "by"}], "from", place=True)
        by += self._side(self._from_head(i), "from", place=True)
        head = self.s.tokens[i].head
        if not by.codes and head >= 0 and lemma(self.s, head) in LENDING:
            by = self._side(subjects(self.s, head), "subject")
        return by

    def _sign(self, i: int) -> Answer | None:
        """No move, sign or wish to answer or to talk; little interest is a refusal (GUIDE.md)."""
        lists = word_lists("replies")
        little = any(lemma(self.s, c) in lists["little"] for c in self.s.children[i])
        if not (little or told_missing(self.s, i)):
            return None
        beneath = {lemma(self.s, w) for w in self.s.subtree(i)} - {lemma(self.s, i)}
        if not beneath & (lists["answering_verbs"] | lists["answering_nouns"] | lists["talking"]):
            return None
        by = self._maker(i)
        if not by.codes:
            return None
        wish = lemma(self.s, i) in {"interest", "appetite", "enthusiasm", "desire"}
        return self._answer(i, "declined" if wish else "none", by, Side(), "no sign of an answer")

    # -------------------------------------------------------------------------------------------------- adjectives

    def adjective(self, i: int) -> Answer | None:
        s, word = self.s, self.s.tokens[i].form.lower()
        if word not in word_lists("replies")["silence_words"] or negated(s, i) is not None:
            return None
        heads = [i, *(h for _, h in chain(s, i))][:3]
        if any(negated(s, h) is not None for h in heads[:2]):
            return None
        if word in {"unanswered", "unacknowledged", "unreturned", "unreciprocated"}:
            return self._unanswered(i, heads)
        by = Side()
        for head in heads:
            by = self._side(s.dependants(head, "nsubj", "nsubj:pass"), "subject")
            if by.codes:
                break
        return self._answer(i, "none", by, Side(), "silent")

    def _unanswered(self, i: int, heads: list[int]) -> Answer:
        """What went unanswered, by whom it was made, and, where somebody left it so, by whom."""
        s = self.s
        left = next((h for h in heads if lemma(s, h) in {"leave", "let"} and s.dependants(h, "obj")), None)
        if left is not None:
            by = self._side(subjects(s, left), "subject")
            to = self._side(self._owned(s.dependants(left, "obj")), "object", place=True)
            return self._answer(i, "none", by, to.without(by.codes), "left unanswered")
        made = next((own for h in heads if (own := subjects(s, h))), heads[1:2])
        by = self._side([w for p, w in obliques(s, i) if p == "by"], "by", place=True)
        owners = [w for w in self._owned(made) if w not in made]
        to = self._side(owners, "whose", place=True).without(by.codes)
        return self._answer(i, "none", by, to, "unanswered")


def _supposed(s: Sentence, i: int) -> bool:
    """Whether it stands in an if-clause: nothing is told to be so."""
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
    if negated(s, i) is not None or any(negated(s, o) is not None for o in s.dependants(i, "obj", "nsubj")):
        return True
    marks = [c for c in s.children[i] if lemma(s, c) == "to" and s.tokens[c].upos == "PART"]
    if marks and any(s.tokens[j].form.lower() == "yet" for j in range(max(0, marks[0] - 2), marks[0])):
        return True
    head = s.tokens[i].head
    if s.tokens[i].relation == "xcomp" and head >= 0:
        if lemma(s, head) in word_lists("replies")["failing"]:
            return True
        yet = any(lemma(s, c) == "yet" for c in s.children[head]) and lemma(s, head) in {"have", "be"}
        return yet or negated(s, head) is not None
    if s.tokens[i].relation == "acl" and head >= 0 and lemma(s, head) in {"failure", "refusal", "unwillingness"}:
        return True
    return s.tokens[i].relation == "advcl" and any(lemma(s, c) == "without" for c in s.children[i])


def _pointed(s: Sentence, i: int) -> bool:
    """Whether the noun points at an offer told before ("the offer", "its proposal", "Ottawa's invitation")."""
    return any(
        lemma(s, c) in {"the", "this", "that", "these", "those"} or s.tokens[c].deprel == "nmod:poss"
        for c in s.children[i]
    )
