from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from dragoman.errors import LanguageError
from dragoman.language.spacy_adapter import SpacyLanguage
from dragoman.model import Article


class Morph:
    def to_dict(self) -> dict[str, str]:
        return {"Number": "Sing"}


@dataclass
class Word:
    """As much of spaCy's token as the adapter looks at."""

    i: int
    text: str
    idx: int
    dep_: str
    pos_: str
    lemma_: str = ""
    ent_type_: str = ""
    ent_iob_: str = "O"
    morph: Morph = field(default_factory=Morph)
    head: Word = field(init=False)


@dataclass
class Doc:
    sents: list[list[Word]]


def pipeline(text: str) -> Doc:
    """Stands in for a spaCy pipeline: knows one sentence, in ClearNLP's relations."""
    rows = [
        ("Kim", 1, "nsubj", "PROPN", "PERSON", "B"), ("wrote", 1, "ROOT", "VERB", "", "O"), ("to", 1, "prep", "ADP", "", "O"),
        ("Hanoi", 2, "pobj", "PROPN", "GPE", "B"), ("on", 1, "prep", "ADP", "", "O"), ("Friday", 4, "pobj", "PROPN", "DATE", "B"),
        (".", 1, "punct", "PUNCT", "", "O"),
    ]  # fmt: skip
    words: list[Word] = []
    at = 0
    for i, (form, _, dep, pos, kind, iob) in enumerate(rows):
        at = text.index(form, at)
        words.append(Word(i, form, at, dep, pos, form.lower(), kind, iob))
    for word, row in zip(words, rows, strict=True):
        word.head = words[row[1]]
    return Doc([words])


def test_a_spacy_parse_becomes_ud() -> None:
    document = SpacyLanguage(pipeline).document(Article("a", "Kim wrote to Hanoi on Friday."))
    (sentence,) = document.sentences
    tokens = sentence.tokens
    assert [(t.form, t.head, t.deprel, t.name) for t in tokens] == [
        ("Kim", 1, "nsubj", "B-PER"), ("wrote", -1, "root", "O"), ("to", 3, "case", "O"), ("Hanoi", 1, "obl", "B-LOC"),
        ("on", 5, "case", "O"), ("Friday", 1, "obl", "O"), (".", 1, "punct", "O"),
    ]  # fmt: skip
    assert all(document.article.body[t.start : t.end] == t.form for t in tokens)
    assert tokens[0].feats == {"Number": "Sing"}


def test_the_adapter_reads_several_articles_in_order() -> None:
    articles = [Article(str(n), "Kim wrote to Hanoi on Friday.") for n in range(3)]
    found: Iterator[str] = (d.article.id for d in SpacyLanguage(pipeline).documents(articles))
    assert list(found) == ["0", "1", "2"]


def test_a_pipeline_that_is_not_there_is_named() -> None:
    with pytest.raises(LanguageError, match="no_such_pipeline"):
        SpacyLanguage.open("no_such_pipeline")
