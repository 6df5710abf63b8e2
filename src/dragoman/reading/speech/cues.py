"""What relations of attribution are made of: the value, lemmas as the codebook spells them, cues, sources, edges of contents."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.codebook.words import word_lists
from dragoman.model import Sentence
from dragoman.reading.tree import is_passive, own_subjects, preposition, subjects

Shape = Literal[
    "clause",
    "quote",
    "parenthesis",
    "infinitive",
    "object",
    "oblique",
    "noun",
    "adjective",
    "preposition",
    "passive",
    "colon",
    "bare",
    "account",
]


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution: word places of the cue (``head`` its main word), the source's head (-1: not told here), and the content."""

    head: int
    cue: tuple[int, ...]
    source: int
    content: tuple[int, ...]
    shape: Shape

    def covers(self, word: int) -> bool:
        """Whether the word stands between the first and last word of the content."""
        return bool(self.content) and self.content[0] <= word <= self.content[-1] and word not in self.cue


#: Shorter stems are not put right.
MIN_STEM = 4


def lemma(s: Sentence, i: int) -> str:
    """The word's lemma as the codebook spells it, also where the lemmatiser cut the ending short ("endors", "slamm", "seiz")."""
    return _spelled(s.tokens[i].lemma.lower())


@lru_cache(maxsize=4096)
def _spelled(word: str) -> str:
    known = _verbs()
    if word in known or len(word) < MIN_STEM:
        return word
    for other in (
        word + "e",
        word[:-1] if word[-1] == word[-2] or word[-1] == "e" else word,
        word[:-1] + "y" if word[-1] == "i" else word,
    ):
        if other in known:
            return other
    return word


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    lists = word_lists("attribution")
    firsts = {x.split()[0] for x in lists["oblique"] | lists["aimed"]}
    return lists["say"] | lists["object"] | lists["intend"] | lists["bringing"] | firsts


def mark_of(s: Sentence, c: int) -> str:
    """The subordinator of the clause ("that", "if", "to"), the empty string where it has none."""
    marks = s.dependants(c, "mark")
    return lemma(s, marks[0]) if marks else ""


def trimmed(s: Sentence, words: list[int]) -> tuple[int, ...]:
    """The words without the marks at their edges; quotation marks stay."""
    keep = sorted(words)
    while keep and s.tokens[keep[0]].form in {",", ":", ".", ";", "—", "–", "-", "--"}:
        keep.pop(0)
    while keep and s.tokens[keep[-1]].form in {",", ":", ".", ";", "—", "–", "-", "--"} and not s.is_quoted(keep[-1]):
        keep.pop()
    return tuple(keep)


def cue_of(s: Sentence, i: int) -> tuple[int, ...]:
    """The cue's words: the verb with its auxiliaries, negation, particles and the adverbs that touch it."""
    own = {i}
    for c in s.children[i]:
        token = s.tokens[c]
        if (
            token.relation in {"aux", "cop"}
            or token.deprel == "compound:prt"
            or (token.relation == "advmod" and token.upos in {"ADV", "PART"})
        ):
            own.add(c)
    above = s.tokens[i].head
    if s.tokens[i].relation == "xcomp" and above >= 0 and s.tokens[above].upos == "VERB" and i - above <= 3:
        own |= set(cue_of(s, above)) | {c for c in s.dependants(i, "mark") if c < i}
    if is_passive(s, i):
        own |= {
            x
            for c in s.dependants(i, "obl", "obl:agent")
            for x in s.children[c]
            if s.tokens[x].relation == "case" and lemma(s, x) == "by"
        }
    own |= {c for c in s.dependants(i, "mark") if lemma(s, c) == "to"}
    kept = {i}
    for step in (-1, 1):
        j = i + step
        while j in own:
            kept.add(j)
            j += step
    return tuple(sorted(kept))


def source_of(s: Sentence, i: int) -> int:
    """The head of the source of a verb: its subject, or the agent of a passive; -1 where the sentence does not tell it."""
    if is_passive(s, i):
        agents = s.dependants(i, "obl:agent") or [c for c in s.dependants(i, "obl") if preposition(s, c) == "by"]
        return agents[0] if agents else -1
    above = _beside(s, i)
    found = (subjects(s, above) if above is not None else []) or subjects(s, i)
    return found[0] if found else -1


def _beside(s: Sentence, i: int) -> int | None:
    """The verb whose subject speaks in a participle beside it ("called on them to join, adding …"), whatever stands between."""
    token = s.tokens[i]
    participle = (
        token.feats.get("VerbForm") in {"Ger", "Part"}
        and token.relation in {"advcl", "acl"}
        and token.deprel != "acl:relcl"
    )
    if not participle or own_subjects(s, i) or (token.relation == "acl" and (i == 0 or s.tokens[i - 1].form != ",")):
        return None
    head = token.head
    while head >= 0 and s.tokens[head].upos not in {"VERB", "AUX"}:
        head = s.tokens[head].head
    return head if head >= 0 else None


def made(s: Sentence, i: int, source: int, heads: list[int], shape: Shape) -> Relation:
    """The relation of the cue at ``i`` whose content is all that hangs on the heads, less the cue itself."""
    cue = cue_of(s, i)
    own = set(cue) | ({i} if i not in cue else set())
    words = sorted({w for c in heads for w in s.subtree(c)} - own)
    return Relation(i, cue, source, trimmed(s, words), shape)
