"""Who speaks: the speaker of each quotation, and of each turn of a transcript."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.codebook.actors import ActorBook
from dragoman.model import Sentence
from dragoman.reading.who.values import Draft

#: No label is longer ("SENIOR ADMINISTRATION OFFICIAL NUMBER TWO").
_LABEL = 7
ASKERS = frozenset({"QUESTION", "Q", "OPERATOR", "REPORTER"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the codes (empty where unknown) and the person."""

    codes: tuple[str, ...] = ()
    person: str | None = None
    draft: Draft | None = None


def label_of(sentence: Sentence) -> tuple[int, str] | None:
    """The place of the colon and the words of a speaker's label in capitals ("MR PRICE:") that opens the sentence."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens[: _LABEL + 1]):
        if token.form == ":" and i:
            words = [t.form for t in tokens[:i] if t.form != "."]
            text = " ".join(words)
            return (i, text) if text.isupper() and (len(text) > 2 or text == "Q") else None
        if token.form[:1].islower():
            return None
    return None


def speaking_words(book: ActorBook, sentence: Sentence) -> list[int]:
    """Words that may name who says what the sentence quotes: subjects of verbs of saying outside the quotation, and "according to X"."""
    tokens, say = sentence.tokens, book.words("say")
    found: list[int] = []
    for i, token in enumerate(tokens):
        if token.upos == "VERB" and token.lemma.lower() in say and not sentence.is_quoted(i):
            subjects = [j for j in sentence.dependants(i, "nsubj", "obl:agent") if not sentence.is_quoted(j)]
            # Without a subject in the tree, the words on either side: "...," the minister said; said the minister.
            beside = [j for j in (i - 1, i + 1, i + 2, i + 3) if 0 <= j < len(tokens) and not sentence.is_quoted(j)]
            found += subjects or (
                [j for j in beside if tokens[j].upos in {"NOUN", "PROPN", "PRON"}] if sentence.quoted else []
            )
        elif token.form.lower() == "according":
            found += range(i + 2, min(i + 8, len(tokens)))
    return found


def covering(drafts: list[Draft], word: int) -> Draft | None:
    """The longest draft whose stretch holds the word."""
    rows = [d for d in drafts if d.first <= word <= d.last and not d.gone]
    return max(rows, key=lambda d: d.last - d.first, default=None)
