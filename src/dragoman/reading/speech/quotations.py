"""Quotations that go on over sentences: which cue they belong to, and every word of cue and content in a document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dragoman.codebook.words import word_lists
from dragoman.model import Document, Sentence, Span
from dragoman.reading.speech.cues import Relation, lemma, trimmed
from dragoman.reading.speech.relations import relations_of
from dragoman.reading.tree import own_subjects

#: Share of a sentence's words inside quotation marks from which the sentence as a whole counts as quoted.
MOSTLY = 0.7
#: Quoted words from which a quotation without a cue counts as content; shorter ones are titles and scare quotes.
LONG = 4
#: Words of an occasion after "in" ("in a phone interview") at most.
OCCASION = 4
DASHES = frozenset({"―", "—", "–", "--", "-"})
QUOTES = frozenset('"“”«»„‟') | {"``", "''", "‘", "’", "'"}


@dataclass(frozen=True)
class Attributed:
    """The spans of cue and content of a document's body, as offsets into it, in order."""

    cues: tuple[Span, ...]
    contents: tuple[Span, ...]


def attributed_words(document: Document) -> Attributed:
    """Cues and contents of everything that the document's body attributes to anyone, one span a word.

    A word stands in one attribution: the outermost content wins over cues within it, as in PolNeAR.
    """
    cues: list[Span] = []
    contents: list[Span] = []
    for s in document.of("body"):
        cue, content = labelled(s)
        cues += [Span(s.tokens[i].start, s.tokens[i].end, "cue") for i in sorted(cue)]
        contents += [Span(s.tokens[i].start, s.tokens[i].end, "content") for i in sorted(content)]
    return Attributed(tuple(cues), tuple(contents))


def labelled(s: Sentence) -> tuple[set[int], set[int]]:
    """(places of words in cues, places of words in contents), each word in one at most.

    Cues are those of the relations, which the lexicon knows, and what the network takes for more ("makes no secret of").
    """
    cue: set[int] = set()
    content: set[int] = set()
    found = relations_of(s)
    relations = [_cut(s, r, found) for r in found]
    for relation in outermost(s, relations):
        cue.update(with_manner(s, with_colon(s, relation.cue)))
        content.update(relation.content)
    signed = signature(s)
    if signed is not None:
        cue.add(signed)
    for first, last in s.quoted:
        if is_quotation(s, first, last):
            content.update(range(first, last + 1))
            content.update(j for j in (first - 1, last + 1) if 0 <= j < len(s.tokens) and s.tokens[j].form in QUOTES)
    cue.update(i for i, token in enumerate(s.tokens) if token.cue)
    return cue - content, content


def with_manner(s: Sentence, cue: tuple[int, ...]) -> tuple[int, ...]:
    """The cue with the occasion that follows it at once ("said in an interview", "said Tuesday"), as the guidelines of PolNeAR have it."""
    after = max(cue, default=len(s.tokens)) + 1
    if after >= len(s.tokens) or (s.tokens[after].form != "in" and s.tokens[after].upos != "PROPN"):
        return cue
    lists = word_lists("attribution")
    if s.tokens[after].form.lower() in lists["weekdays"]:
        return (*cue, after)
    head = s.tokens[after].head
    words = range(after, head + 1)
    article = s.tokens[after + 1].form.lower() if after + 1 < len(s.tokens) else ""
    if 2 <= head - after <= OCCASION and article in {"a", "an"} and lemma(s, head) in lists["occasions"]:
        return (*cue, *words)
    return cue


def with_colon(s: Sentence, cue: tuple[int, ...]) -> tuple[int, ...]:
    """The cue with the colon that follows it ("she added: …")."""
    after = max(cue, default=len(s.tokens)) + 1
    return (*cue, after) if after < len(s.tokens) and s.tokens[after].form == ":" else cue


def signature(s: Sentence) -> int | None:
    """The dash before the name that signs a quotation ("… ." — Anna Berg)."""
    for i, token in enumerate(s.tokens):
        after = s.tokens[i + 1 : i + 2]
        if token.form in DASHES and after and after[0].upos == "PROPN":
            ends = i > 0 and (s.tokens[i - 1].form in QUOTES or s.is_quoted(i - 1))
            if (i == 0 or ends) and not any(t.upos in {"VERB", "AUX"} for t in s.tokens[i:]):
                return i
    return None


def outermost(s: Sentence, relations: list[Relation]) -> list[Relation]:
    """The relations whose cue stands in no other relation's content, nor in a quotation that makes up most of the sentence."""
    return [
        r for r in relations
        if not any(o is not r and r.head in o.content for o in relations)
        and not any(a <= r.head <= b and is_quotation(s, a, b) for a, b in s.quoted)
    ]  # fmt: skip


def is_quotation(s: Sentence, first: int, last: int) -> bool:
    """Whether the stretch in quotation marks is someone's words rather than a title or a scare quote."""
    words = [i for i in range(first, last + 1) if s.tokens[i].upos != "PUNCT"]
    if len(words) >= LONG:
        return True
    return bool(words) and mostly_quoted(s)


def mostly_quoted(s: Sentence) -> bool:
    """Whether the sentence as a whole is a quotation."""
    words = [i for i, t in enumerate(s.tokens) if t.upos != "PUNCT"]
    return bool(words) and sum(s.is_quoted(i) for i in words) >= MOSTLY * len(words)


def runs_on(s: Sentence) -> bool:
    """Whether the sentence ends inside a quotation that the next one takes up."""
    return bool(s.quoted) and s.quoted[-1][1] >= len(s.tokens) - 1


def _cut(s: Sentence, relation: Relation, found: list[Relation]) -> Relation:
    """The relation without what goes on beside it: "said …, arguing that …", "…, according to …"."""
    if relation.shape not in {"clause", "infinitive", "object", "oblique"} or len(relation.content) < 2:
        return relation
    inside = set(relation.content)
    for other in found:
        if other.head in inside and other.head != relation.head and _goes_on(s, relation, other):
            inside -= set(s.subtree(_top(s, other)))
    if len(inside) == len(relation.content) or not inside:
        return relation
    return replace(relation, content=trimmed(s, sorted(inside)))


def _top(s: Sentence, other: Relation) -> int:
    """The word on which the whole of the other relation hangs."""
    return other.source if other.shape == "preposition" else other.head


def _goes_on(s: Sentence, relation: Relation, other: Relation) -> bool:
    """Whether the other cue stands beside the first in the sentence, though the tree hangs it on what the first tells."""
    token = s.tokens[other.head]
    lists = word_lists("attribution")
    if s.is_quoted(other.head) or lemma(s, relation.head) not in lists["say"]:
        return False
    if other.shape == "preposition":
        return other.head > relation.head and s.tokens[other.head - 1].form == ","
    if token.upos != "VERB" or lemma(s, other.head) not in lists["say"] or lemma(s, other.head) in lists["mind"]:
        return False
    if own_subjects(s, other.head):
        return False
    return (
        token.relation == "advcl"
        and token.feats.get("VerbForm") in {"Part", "Ger"}
        and token.form.lower().endswith("ing")
        and s.tokens[other.head - 1].form == ","
    )
