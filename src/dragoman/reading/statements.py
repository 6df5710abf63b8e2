"""A party's public word on the ground between itself and another: demands, threats, accusations, praise, policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.codebook.words import word_lists
from dragoman.model import Document, Sentence, Span, Statement
from dragoman.reading.attribution import Attributions
from dragoman.reading.sides import side_of
from dragoman.reading.status import is_question
from dragoman.reading.tree import (
    auxiliaries,
    chain,
    is_passive,
    lemma,
    negated,
    obliques,
    offsets,
    preposition,
    subjects,
    text_of,
)
from dragoman.reading.triggers import known_lemma
from dragoman.reading.values import SentenceMentions, Side

#: Kinds told by a verb whose subject speaks.
SPOKEN = ("accusation", "threat", "demand", "praise")
#: Where the party stands at which a verb of each kind is aimed.
AIMED: Mapping[str, frozenset[str]] = {
    "demand": frozenset({"on", "upon", "to", "from", "of", "for"}),
    "threat": frozenset({"against", "to", "of", "with"}),
    "accusation": frozenset({"against", "for", "to", "on", "as", "by", "of"}),
    "praise": frozenset({"for", "to", "on"}),
}
#: In its own releases a party's demands and charges are the subject of the contact; only these say how it stands on contact.
ON_CONTACT = frozenset({"policy", "condition", "threat"})
LONGEST = 30
#: How many steps beneath its word a stance tells toward what it is one.
NEAR = 3

#: Coming together in person, on which conditions are set too; elsewhere the same words have other senses ("must meet the deadline").
MEETING = frozenset({"meet", "meeting", "summit", "visit"})


@dataclass(frozen=True)
class _Found:
    """A statement before it is put into words: who, of whom, what kind, told by which word, in which words."""

    by: Side
    about: Side
    kind: str
    word: int
    phrase: tuple[int, ...]
    rule: str


def statements_of(
    s: Sentence,
    place: int,
    mentions: SentenceMentions,
    attributions: Attributions,
    text: str,
    taken: frozenset[int],
    salient: tuple[Side, ...] = (),
    before: tuple[Side, ...] = (),
) -> list[Statement]:
    """The statements that the sentence tells; ``taken`` are words already read as acts of contact, ``salient`` the
    parties of the report, the one named most often first: of it speaks what names nobody; ``before`` those that
    the sentence before names, the last first."""
    if is_question(s):
        return []
    reading = _Sentence(s, place, mentions, attributions, taken, salient, before)
    own = _own(attributions, place)
    found: dict[tuple[str, str, bool], Statement] = {}
    for f in (*reading.verbs(), *reading.contents()):
        by, about = f.by.codes[0], f.about.codes[0]
        if by == own and f.kind not in ON_CONTACT:
            continue
        attribution = attributions.of(place, f.word)[0]
        phrase = sorted(f.phrase)[:LONGEST]
        spans = {
            "kind": (Span(*offsets(s, [f.word]), f"statement:{f.rule}"),),
            "by": f.by.spans or (Span(*offsets(s, [f.word]), "statement:speaker"),),
            "about": f.about.spans,
            "phrase": (Span(*offsets(s, phrase), "statement:content"),),
        }
        statement = Statement(by, about, f.kind, text_of(s, phrase, text), None, attribution, spans)
        found.setdefault((by, about, f.kind == "condition"), statement)  # what is set stands beside what is said
    return list(found.values())


def read_statements(
    document: Document,
    mentions: tuple[SentenceMentions, ...],
    attributions: Attributions,
    acted: Mapping[int, Iterable[int]],
) -> tuple[Statement, ...]:
    """The statements of the document, one for each speaker, party spoken of, and kind."""
    found: dict[tuple[str | None, str | None, str], Statement] = {}
    salient = _salient(document, mentions)
    for n, s in enumerate(document.sentences):
        if s.where != "body":
            continue
        text = document.article.text_of(s.where)
        taken = frozenset(acted.get(n, ()))
        for st in statements_of(
            s, n, mentions[n], attributions, text, taken, salient, _just_named(mentions[n - 1 : n])
        ):
            found.setdefault((st.by, st.about, st.kind), st)
    return tuple(found.values())


def _salient(document: Document, mentions: tuple[SentenceMentions, ...]) -> tuple[Side, ...]:
    """The parties of the body, the one named most often first, each with the words that name it first."""
    count: Counter[str] = Counter()
    first: dict[str, Side] = {}
    for s, named in zip(document.sentences, mentions, strict=True):
        for m in named.mentions if s.where == "body" else ():
            for code in m.codes[:1] if not m.place_only else ():
                count[code] += 1
                first.setdefault(code, Side(codes=(code,), spans=(Span(m.start, m.end, "most often named"),)))
    return tuple(first[code] for code, _ in count.most_common())


def _just_named(mentions: tuple[SentenceMentions, ...]) -> tuple[Side, ...]:
    """The parties that the sentence before names, the last first."""
    named = sorted((m for x in mentions for m in x.mentions if m.codes and not m.place_only), key=lambda m: -m.first)
    return tuple(Side(codes=m.codes[:1], spans=(Span(m.start, m.end, "named just before"),)) for m in named)


def _own(attributions: Attributions, place: int) -> str | None:
    """The party whose own release or transcript the sentence stands in."""
    standing = attributions.standing[place]
    if standing is not None and standing.first == 0 and standing.last > 10**5:
        return standing.attribution.of
    return attributions.default.of


@dataclass(frozen=True)
class _Sentence:
    s: Sentence
    place: int
    mentions: SentenceMentions
    attributions: Attributions
    taken: frozenset[int]
    salient: tuple[Side, ...] = ()
    before: tuple[Side, ...] = ()

    def _side(self, words: Iterable[int], rule: str) -> Side:
        return side_of(self.s, words, self.mentions, rule, place=True)

    # ------------------------------------------------------------------------------- verbs whose subject speaks

    def verbs(self) -> list[_Found]:
        lists, found = word_lists("statements"), []
        for i, token in enumerate(self.s.tokens):
            if token.upos != "VERB" or i in self.taken or negated(self.s, i) is not None:
                continue
            kind = next((k for k in SPOKEN if known_lemma(lemma(self.s, i), lists[k])), None)
            if kind is None or not self._asserted(i):
                continue
            passive = is_passive(self.s, i)
            doers = [w for p, w in obliques(self.s, i) if p == "by"] if passive else subjects(self.s, i)
            by = self._side(doers, "speaker")
            if not by.codes and any(self.s.tokens[w].feats.get("Person") == "1" for w in doers):
                by = self._speaker(i)
            about = self._aimed_at(i, kind, passive).without(by.codes)
            if by.codes and not about.codes and lemma(self.s, i) in lists["deed"]:
                about = self._most_told(by.codes)
            if by.codes and about.codes:
                phrase = tuple(
                    w for c in self.s.dependants(i, "ccomp", "xcomp", "obj", "obl") for w in self.s.subtree(c)
                )
                found.append(_Found(by, about, kind, i, phrase or (i,), kind))
        return found

    def _asserted(self, i: int) -> bool:
        """Whether the verb is told of its subject as done, not asked of it, and says what it seems to say."""
        token = self.s.tokens[i]
        if (
            token.feats.get("VerbForm") == "Inf"
            and token.relation in {"xcomp", "acl", "advcl"}
            and not auxiliaries(self.s, i)
        ):
            return False
        if lemma(self.s, i) != "call":
            return True
        asked = {"on", "upon"} | ({"for"} if self.s.dependants(i, "xcomp", "advcl") else set())
        return any(p in asked or (p == "for" and self.s.dependants(w, "acl")) for p, w in obliques(self.s, i))

    def _aimed_at(self, i: int, kind: str, passive: bool) -> Side:
        """The party at which the verb is aimed: its object, or the party named in what is said of it."""
        s = self.s
        own = s.dependants(i, "nsubj:pass") if passive else s.dependants(i, "obj", "iobj")
        side = self._side(own, "object")
        if not side.codes:
            side = self._side([w for p, w in obliques(s, i) if p in AIMED[kind]], "oblique")
        if not side.codes:
            owners = [c for o in own for c in s.children[o]]
            owners = [
                c
                for c in owners
                if s.tokens[c].relation in {"amod", "compound", "nmod"} or s.tokens[c].deprel == "nmod:poss"
            ]
            side = self._side(owners, "owner of the object")
        if not side.codes:
            side = self._side([w for c in s.dependants(i, "ccomp") for w in subjects(s, c)], "subject of the content")
        if not side.codes:
            beneath = [w for c in [*own, *s.dependants(i, "ccomp", "xcomp", "obl")] for w in s.subtree(c)]
            side = self._first_party(beneath, ())
        return side

    # ---------------------------------------------------------------------------- what a party is told to have said

    def contents(self) -> list[_Found]:
        found = []
        for i, token in enumerate(self.s.tokens):
            if token.upos not in {"VERB", "AUX", "NOUN", "ADJ", "ADV", "PROPN"} or i in self.taken:
                continue
            kind = self._kind(i)
            if kind is None:
                continue
            by = self._speaker(i)
            clause = self._clause(i)
            about = self._first_party(clause, by.codes) or self._nearest(i, by.codes)
            if not about.codes and kind == "policy":
                about = next((x for x in self.before if not set(x.codes) & set(by.codes)), Side())
            if not about.codes and (kind != "accusation" or self._predicative(i)):
                about = self._most_told(by.codes)
            if by.codes and about.codes:
                found.append(_Found(by, about, kind, i, tuple(clause), f"{kind} told"))
        return found

    def _nearest(self, i: int, not_: tuple[str, ...]) -> Side:
        """The party named nearest to the word, before it if any is."""
        named = [m for m in self.mentions.mentions if m.codes and not m.place_only and not set(m.codes) & set(not_)]
        for m in sorted(named, key=lambda m: (m.first > i, abs(m.first - i))):
            side = self._side([m.head], "named beside the content")
            if side.codes:
                return side
        return Side()

    def _most_told(self, not_: tuple[str, ...]) -> Side:
        """The party of which the report tells most."""
        return next((x for x in self.salient if not set(x.codes) & set(not_)), Side())

    def _first_party(self, words: Iterable[int], not_: tuple[str, ...]) -> Side:
        """The party that the words name; of several, the one of which the report tells most."""
        inside = set(words)
        rank = {x.codes[0]: n for n, x in enumerate(self.salient)}
        named = [
            m for m in self.mentions.mentions
            if m.head in inside and m.codes and not m.place_only and not set(m.codes) & set(not_)
        ]  # fmt: skip
        for m in sorted(named, key=lambda m: (rank.get(m.codes[0], len(rank)), m.first)):
            side = self._side([m.head], "named in the content")
            if side.codes:
                return side
        return Side()

    def _speaker(self, i: int) -> Side:
        """On whose word the content stands: its source, or whoever characterises another in these words."""
        attribution, _, span = self.attributions.of(self.place, i)
        media = attribution.kind in {"media", "outlet"}
        if attribution.of is not None and not (media and span is None):
            return Side(codes=(attribution.of,), spans=(span,) if span else ())
        return self._characteriser(i)

    def _characteriser(self, i: int) -> Side:
        """The subject of a verb above that says what another is ("called it void"), or that frames a quotation."""
        calls = word_lists("statements")["characterise"]
        for below, head in chain(self.s, i):
            if self.s.tokens[head].upos not in {"VERB", "AUX"}:
                continue
            framed = self.s.is_quoted(i) and not self.s.is_quoted(head)
            if (lemma(self.s, head) in calls or framed) and self.s.tokens[below].relation not in {"nsubj", "advcl"}:
                passive = is_passive(self.s, head)
                words = [w for p, w in obliques(self.s, head) if p == "by"] if passive else subjects(self.s, head)
                return self._side(words, "speaker")
        return Side()

    def _clause(self, i: int) -> list[int]:
        at = i
        for _ in range(4):
            token = self.s.tokens[at]
            if token.upos in {"VERB", "AUX"} or token.head < 0 or token.relation in {"ccomp", "parataxis", "advcl"}:
                break
            at = token.head
        return self.s.subtree(at)

    def _kind(self, i: int) -> str | None:
        """The kind of statement that the word makes of what is said; ``None`` where it tells none."""
        lists, word = word_lists("statements"), lemma(self.s, i)
        if word in lists["condition"] and self._sets_condition(i):
            return "condition"
        if self._duty(i):
            beneath = {lemma(self.s, w) for w in self.s.subtree(i)}
            return "condition" if beneath & lists["contact"] else "demand"
        if word in lists["menace"] and self._ahead(i):
            return "threat"
        denied = negated(self.s, i) is not None or (
            self.s.tokens[i].head >= 0 and negated(self.s, self.s.tokens[i].head) is not None
        )
        if word in lists["charge"] and not denied and self.s.tokens[i].relation != "compound":
            return "accusation"
        return "policy" if self._stance(i) else None

    def _sets_condition(self, i: int) -> bool:
        """Whether the word tells on what something depends, not in what state something is ("living conditions")."""
        if preposition(self.s, i) == "without" or negated(self.s, i) is not None:
            return False
        if lemma(self.s, i) in {"condition", "depend"}:
            around = {lemma(self.s, w) for w in self._clause(i)}
            return bool(around & (word_lists("statements")["contact"] | MEETING))
        return True

    def _predicative(self, i: int) -> bool:
        """Whether the word says what something is or what was done ("is a stunt", "called it void", "as a breach")."""
        token = self.s.tokens[i]
        return (
            token.relation in {"root", "ccomp", "xcomp", "parataxis", "obj", "conj"} or preposition(self.s, i) == "as"
        )

    def _duty(self, i: int) -> bool:
        """Whether another party is told what it must do."""
        lists = word_lists("statements")
        aux = {lemma(self.s, c) for c in auxiliaries(self.s, i)}
        obliged = (
            self.s.tokens[i].upos == "VERB" and lemma(self.s, i) in lists["obliged"] and self.s.dependants(i, "xcomp")
        )
        if not (aux & lists["duty"] or obliged):
            return False
        by = self._speaker(i)
        who = self._side(subjects(self.s, i), "who must").without(by.codes)
        return bool(who.codes)

    def _ahead(self, i: int) -> bool:
        """Whether it is told to come: a future or a conditional above the word."""
        at = i
        for _ in range(4):
            if any(lemma(self.s, c) in {"will", "would", "'ll", "’ll", "shall"} for c in auxiliaries(self.s, at)):
                return True
            at = self.s.tokens[at].head
            if at < 0:
                return False
        return False

    def _stance(self, i: int) -> bool:
        """Whether the word tells what the speaker is ready for, or that he wants nothing of the other: "open to talks"."""
        lists, s = word_lists("statements"), self.s
        beneath = self._beneath(i)
        if s.tokens[i].relation == "xcomp":  # "remains open to talks": the talks may hang on the verb
            beneath |= self._beneath(s.tokens[i].head)
        noun = s.tokens[i].upos in {"NOUN", "PROPN"} and lemma(s, i) in {"support", "seek", "keep", "desire", "open"}
        if lemma(s, i) in lists["ready"] and not noun and beneath & lists["contact"]:
            return negated(s, i) is None and self._his_own(i)
        return lemma(s, i) in lists["intent"] and negated(s, i) is not None and self._his_own(i)

    def _his_own(self, i: int) -> bool:
        """Whether no other party is told to be the one who is ready."""
        s = self.s
        if s.tokens[i].upos == "VERB" or s.tokens[i].upos == "ADJ":
            owners = subjects(s, i)
        else:
            head = s.tokens[i].head
            owners = s.dependants(i, "nmod:poss") or (subjects(s, head) if head >= 0 else [])
            owners += [w for c in s.dependants(i, "acl") for w in s.dependants(c, "nsubj")]
        codes = self._side(owners, "owner").codes
        return not codes or bool(set(codes) & set(self._speaker(i).codes))

    def _beneath(self, i: int) -> set[str]:
        """The lemmas that hang on the word within a few steps, other clauses and subjects left out."""
        found: set[str] = set()
        layer = [i]
        for _ in range(NEAR):
            barred = {"nsubj", "advcl", "parataxis"}
            layer = [c for w in layer for c in self.s.children[w] if self.s.tokens[c].relation not in barred]
            found |= {lemma(self.s, c) for c in layer}
        return found
