"""Text to sentences of words: what is cut, what stays whole, and that nothing is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.language.segment import Segmenter, Word

SEGMENTER = Segmenter.open()


def forms(text: str) -> list[list[str]]:
    return [[word.form for word in sentence] for sentence in SEGMENTER.sentences(text)]


def cut(text: str) -> str:
    """Words parted by spaces, sentences by " / "."""
    return " / ".join(" ".join(sentence) for sentence in forms(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They don't know.", "They do n't know ."),
        ("They don’t know.", "They do n’t know ."),
        ("Norway's envoy can't come; he'll call.", "Norway 's envoy ca n't come ; he 'll call ."),
        ("The ministry’s note cannot wait.", "The ministry ’s note can not wait ."),
        ("We're gonna see.", "We 're gon na see ."),
        ("The envoys' cars left.", "The envoys ' cars left ."),
        ("It cost $5 or 10%, she said.", "It cost $ 5 or 10 % , she said ."),
        ("They met in mid-February at 10:30 a.m. in Oslo.", "They met in mid-February at 10:30 a.m. in Oslo ."),
        ("He sent an e-mail to the U.S. embassy.", "He sent an e-mail to the U.S. embassy ."),
        ("The Oslo-based group (founded in 1998) agreed.", "The Oslo - based group ( founded in 1998 ) agreed ."),
        ("The aid -- 3,500 tons -- arrived.", "The aid -- 3,500 tons -- arrived ."),
        ("See https://example.org/a-b?c=1.", "See https://example.org/a-b?c=1 ."),
        ("Write to press@mfa.example.no today.", "Write to press@mfa.example.no today ."),
        ("“We wait,” he said.", "“ We wait , ” he said ."),
    ],
)
def test_words_are_cut_as_universal_dependencies_cuts_english(text: str, words: str) -> None:
    assert cut(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Secretary of State met N. Korea's envoy in Hanoi on Jan. 5.",
        "Lt. Gen. Park flew to Washington with Sen. Mary K. Jones on Feb. 12.",
        "St. Petersburg hosted Mr. Novak, Dr. Weiss and Rep. Alan B. Stone.",
        "The army bought No. 2 fuel worth 3.5 million euros from Acme Inc. of Ohio.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(text: str) -> None:
    assert len(forms(text)) == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The talks ended. No date was set.", 2),
        ("“We have sent a letter,” the minister said. “There is no reply.” He did not elaborate.", 3),
        ("Did Oslo answer? It did not! The envoy left.", 3),
        ('"It is over." The general left the room.', 2),
        ("She flew home to the U.S. The talks go on in Geneva without her.", 2),
        ("The letter said nothing new... It was sent back.", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(forms(text)) == count


def test_the_end_of_a_line_ends_a_sentence() -> None:
    assert forms("Envoy in Hanoi\nTalks go on") == [["Envoy", "in", "Hanoi"], ["Talks", "go", "on"]]


def test_text_without_words_has_no_sentences() -> None:
    assert SEGMENTER.sentences("") == SEGMENTER.sentences(" \n\t \r\n") == []


def test_a_line_is_cut_the_same_alone_and_among_others() -> None:
    lines = [
        f'The envoy of state {n} left. He said "no." It was Jan. {n}, and Mr. N. Lee\'s note {n}' for n in range(900)
    ]
    assert forms("\n".join(lines)) == [sentence for line in lines for sentence in forms(line)]


ODD = st.text(st.sampled_from(list("aA1. '’\"-/@:$%()\n\t\u00a0\u200b\u0130ßé中…\ud800_#&")))


@settings(deadline=None)
@given(st.one_of(st.text(st.characters(exclude_categories=())), ODD))
@example("İ.İ-İ")
def test_any_text_keeps_every_character_but_white_space(text: str) -> None:
    at = 0
    for sentence in SEGMENTER.sentences(text):
        assert sentence
        for word in sentence:
            assert isinstance(word, Word)
            assert text[word.start : word.end] == word.form
            assert word.form and not any(sign.isspace() for sign in word.form)
            assert at <= word.start and (at == word.start or text[at : word.start].isspace())
            at = word.end
        assert "\n" not in text[sentence[0].start : sentence[-1].end]
    assert not text[at:].strip()


@pytest.mark.parametrize("piece", ["a", "a.", "-", "a'b", "n't", "www.a", "@", "(", "1,", "\u4e2d."])
def test_five_million_signs_without_a_space_take_seconds(piece: str) -> None:
    began = time.process_time()
    SEGMENTER.sentences(piece * (5_000_000 // len(piece)))
    assert time.process_time() - began < 5


@pytest.mark.parametrize("piece", ["a. ", "(a) ", "N. ", "don't ", "\u201cNo.\u201d ", "- "])
def test_cost_grows_no_faster_than_the_text(piece: str) -> None:
    began = time.process_time()
    SEGMENTER.sentences(piece * 2_000)
    middle = time.process_time()
    SEGMENTER.sentences(piece * 20_000)
    assert time.process_time() - middle < 30 * (middle - began) + 0.5
