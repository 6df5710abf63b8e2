"""Which events of a report are dated: the words on which a time expression hangs, and the noun that names such an event elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dragoman.model import Document, Sentence, TimeExpression
from dragoman.reading.tree import chain, lemma

#: Nouns that take up what the sentence before told ("over this issue").
TAKING_UP = frozenset(
    {
        "act", "action", "affair", "attack", "case", "crisis", "decision", "development", "dispute", "event", "incident", "issue", "matter",
        "move", "quarrel", "row", "step",
    }
)  # fmt: skip
POINTING = frozenset({"this", "that", "these", "those"})
#: Endings that make a noun of a verb ("agree", "agreement"); the stem is what is left.
ENDINGS = ("ement", "ment", "ation", "ition", "tion", "sion", "ion", "ing", "al", "ure", "e", "y")
#: Shorter stems say too little.
MIN_STEM = 4


@dataclass(frozen=True)
class Dated:
    """A bounded date of the report with the words from it up to the verb of its clause."""

    sentence: int
    expression: TimeExpression
    above: tuple[int, ...]


def dated_events(document: Document, times: Sequence[Sequence[TimeExpression]]) -> tuple[Dated, ...]:
    """All dates with both ends told, in document order."""
    return tuple(_dated(document, times))


def _dated(document: Document, times: Sequence[Sequence[TimeExpression]]) -> Iterator[Dated]:
    for n, s in enumerate(document.sentences):
        for t in times[n]:
            inside = words_of(s, t)
            if t.type in {"DATE", "TIME"} and t.earliest is not None and t.latest is not None and inside:
                yield Dated(n, t, tuple(_up_to_verb(s, top_of(s, inside))))


def words_of(s: Sentence, t: TimeExpression) -> list[int]:
    """The words of the expression."""
    return [i for i, token in enumerate(s.tokens) if token.start < t.end and token.end > t.start]


def top_of(s: Sentence, words: Sequence[int]) -> int:
    """The word of a stretch that hangs on none of the others."""
    return next((i for i in words if s.tokens[i].head not in words), words[0])


def _up_to_verb(s: Sentence, word: int) -> Iterator[int]:
    for _, head in chain(s, word):
        yield head
        if s.tokens[head].upos in {"VERB", "AUX"}:
            return


def date_of(document: Document, dated: Sequence[Dated], sentence: int, noun: int) -> Dated | None:
    """The date of the event that a definite noun names: of the same word elsewhere, or of the sentence that it takes up; for a verb the date of the
    same verb of the same doer or object elsewhere; else ``None``."""
    s = document.sentences[sentence]
    if s.tokens[noun].upos == "VERB":
        return _date_of_verb(document, dated, sentence, noun)
    marks = {lemma(s, c) for c in s.dependants(noun, "det")}
    if marks & POINTING and lemma(s, noun) in TAKING_UP and sentence > 0:
        before = [x for x in dated if x.sentence == sentence - 1]
        return before[0] if len(before) == 1 else None
    if not marks & (POINTING | {"the"}):
        return None
    stem = stem_of(lemma(s, noun))
    same = [x for x in dated if x.sentence != sentence and _is_of(document, x, stem)]
    return min(same, key=lambda x: (abs(x.sentence - sentence), x.sentence), default=None)


def _date_of_verb(document: Document, dated: Sequence[Dated], sentence: int, verb: int) -> Dated | None:
    stem, sides = stem_of(lemma(document.sentences[sentence], verb)), _sides(document.sentences[sentence], verb)
    same = [
        x
        for x in dated
        if x.sentence != sentence
        and _is_of(document, x, stem)
        and x.above
        and sides & _sides(document.sentences[x.sentence], x.above[-1])
    ]
    return min(same, key=lambda x: (abs(x.sentence - sentence), x.sentence), default=None)


def _sides(s: Sentence, verb: int) -> set[str]:
    """The words of a verb's doer and object."""
    return {lemma(s, i) for i in s.dependants(verb, "nsubj", "nsubj:pass", "obj")}


def _is_of(document: Document, at: Dated, stem: str) -> bool:
    """Whether the date hangs on the word of that stem, or on the verb whose subject or object it is."""
    s = document.sentences[at.sentence]
    words = set(at.above)
    if at.above:
        words |= set(s.dependants(at.above[-1], "obj", "nsubj"))
    return any(stem_of(lemma(s, w)) == stem for w in words)


def stem_of(word: str) -> str:
    """The word without the ending that makes a noun of a verb."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= MIN_STEM:
            return word[: -len(ending)]
    return word
