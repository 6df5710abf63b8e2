from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import lemmas
from dragoman.language.pieces import LOWER, MIXED, NO_LETTER, SINGLE, TITLE, UPPER, Pieces, case_class

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##answer", "##ed", "kim", "-", ".", "u", "s", "e"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("talks", LOWER),
        ("Talks", TITLE),
        ("US", UPPER),
        ("I", SINGLE),
        ("iPhone", MIXED),
        ("McCain", MIXED),
        ("2021", NO_LETTER),
        ("", NO_LETTER),
    ],
)
def test_a_word_has_one_of_six_shapes(word: str, expected: int) -> None:
    assert case_class(word) == expected


def test_words_are_cut_into_the_longest_pieces() -> None:
    pieces = Pieces(VOCABULARY)
    assert [VOCABULARY[i] for i in pieces.of("Unanswered")] == ["un", "##answer", "##ed"]
    assert [VOCABULARY[i] for i in pieces.of("U.S.")] == ["u", ".", "s", "."]
    assert [VOCABULARY[i] for i in pieces.of("é")] == ["e"]
    assert [VOCABULARY[i] for i in pieces.of("zzz")] == ["[UNK]"]


@given(st.text())
def test_every_word_has_a_piece(word: str) -> None:
    assert len(Pieces(VOCABULARY).of(word)) >= 1


WORDS = st.text(alphabet=st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_a_script_turns_the_form_into_its_lemma(form: str, lemma: str) -> None:
    assert lemmas.apply(lemmas.script(form, lemma), form) == lemma


@given(WORDS, WORDS, WORDS)
def test_a_script_made_for_another_word_still_leaves_a_lemma(form: str, other: str, lemma: str) -> None:
    assert lemmas.apply(lemmas.script(other, lemma), form)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("talks", "talk"), ("ENVOYS", "envoy"), ("OBAMA", "Obama"), ("went", "go"), ("countries", "country")],
)
def test_lemmas_come_back_in_their_own_case(form: str, lemma: str) -> None:
    assert lemmas.apply(lemmas.script(form, lemma), form) == lemma
