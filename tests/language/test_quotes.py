from __future__ import annotations

import pytest

from dragoman.language import Language
from dragoman.model import Sentence


@pytest.fixture(scope="module")
def language() -> Language:
    return Language.open()


def inside(sentences: tuple[Sentence, ...]) -> str:
    """The words inside quotation marks, a stroke between stretches."""
    parts = [" ".join(t.form for t in s.tokens[a : b + 1]) for s in sentences for a, b in s.quoted]
    return " / ".join(parts)


@pytest.mark.parametrize(("o", "c"), [('"', '"'), ("“", "”"), ("«", "»")])
def test_marks_of_every_make_are_paired(language: Language, o: str, c: str) -> None:
    assert inside(language.sentences(f"{o}We wrote,{c} he said, {o}and waited.{c}")) == "We wrote , / and waited ."


def test_a_quotation_goes_on_over_paragraphs_that_each_open_it(language: Language) -> None:
    text = "“We wrote to them.\n\n“They did not answer.\n\n“We wait,” he said.\n\nNobody else spoke."
    assert inside(language.sentences(text)) == "We wrote to them . / They did not answer . / We wait ,"


def test_straight_marks_go_on_over_paragraphs_too(language: Language) -> None:
    text = '"We wrote to them.\n\n"We wait," he said.\n\nThe ministry said "no" at once.'
    assert inside(language.sentences(text)) == "We wrote to them . / We wait , / no"


def test_a_quotation_goes_on_over_sentences_of_one_paragraph(language: Language) -> None:
    text = '"We wrote. They did not answer. We wait," he said. That was all.'
    assert inside(language.sentences(text)) == "We wrote . / They did not answer . / We wait ,"


def test_a_mark_that_nobody_closes_ends_with_its_paragraph(language: Language) -> None:
    text = "“We wrote, he said. Nobody came.\n\nThe envoy left."
    assert all(not s.quoted for s in language.sentences(text) if s.paragraph == 1)


def test_single_marks_in_a_headline_quote_and_apostrophes_do_not(language: Language) -> None:
    found = language.sentences("Envoy's plan 'well received', says North's ministry", "headline")
    assert inside(found) == "well received"


def test_a_quotation_within_a_quotation_stays_one(language: Language) -> None:
    found = language.sentences("“He told us ‘never’ and left,” she said.")
    assert inside(found) == "He told us ‘ never ’ and left ,"


def test_words_that_are_quoted_say_so(language: Language) -> None:
    (sentence,) = language.sentences("He called it “a cheap trick” on Friday.")
    assert [t.form for i, t in enumerate(sentence.tokens) if sentence.is_quoted(i)] == ["a", "cheap", "trick"]
