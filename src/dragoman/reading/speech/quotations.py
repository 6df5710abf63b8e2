"""Quotations that go on over sentences: which cue they belong to, and every word of cue and content in a document."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.model import Document, Sentence, Span
from dragoman.reading.speech.cues import Relation
from dragoman.reading.speech.relations import relations_of

#: Share of a sentence's words inside quotation marks from which the sentence as a whole counts as quoted.
MOSTLY = 0.7
#: Quoted words from which a quotation without a cue counts as content; shorter ones are titles and scare quotes.
LONG = 4
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
    """(places of words in cues, places of words in contents), each word in one at most."""
    cue: set[int] = set()
    content: set[int] = set()
    for relation in outermost(s, relations_of(s)):
        cue.update(relation.cue)
        content.update(relation.content)
    for first, last in s.quoted:
        if is_quotation(s, first, last):
            content.update(range(first, last + 1))
            content.update(j for j in (first - 1, last + 1) if 0 <= j < len(s.tokens) and s.tokens[j].form in QUOTES)
    return cue - content, content


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
