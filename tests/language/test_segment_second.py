"""The second opinion on ends of sentences: who is asked about what, and that it hangs on nothing but the line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from dragoman.language.network import SHIPPED, Network
from dragoman.language.segment import Segmenter
from dragoman.language.segment_second import MARGIN, WINDOW, Ends, opinions, stretches

#: Two notes without a full stop between them, and prose that leaves no doubt.
UNMARKED = "thanks for the note we will look at it on Monday Best regards Nina see you in Oslo"
CLEAR = "The envoys met in Oslo on Friday. They agreed to meet again."


def opened(threads: int = 1) -> Segmenter:
    return Segmenter.open(Network(SHIPPED, threads=threads, batch_words=512))


@pytest.fixture(scope="module")
def ends() -> Ends:
    with np.load(SHIPPED.parent / "segment_ends.npz") as held:
        return Ends(dict(held), Network(SHIPPED, threads=1, batch_words=512))


class Listening:
    """A judge that remembers what it was asked and always says the same."""

    def __init__(self, odds: float) -> None:
        self.odds = odds
        self.asked: list[list[str]] = []

    def __call__(self, texts: Sequence[Sequence[str]]) -> list[npt.NDArray[np.float64]]:
        self.asked += [list(text) for text in texts]
        return [np.full(len(text), self.odds) for text in texts]


def held() -> dict[str, npt.NDArray[np.generic]]:
    with np.load(SHIPPED.parent / "segment_weights.npz") as arrays:
        return dict(arrays)


def listening(odds: float) -> Segmenter:
    return Segmenter(held(), Listening(odds))


def forms(segmenter: Segmenter, text: str, prose: bool = False) -> list[list[str]]:
    return [[word.form for word in sentence] for sentence in segmenter.sentences(text, prose=prose)]


@pytest.mark.parametrize("length", [1, 2, WINDOW - 1, WINDOW, WINDOW + 1, 2 * WINDOW, 1000])
def test_each_word_of_a_line_is_judged_once_with_words_read_on_both_sides(length: int) -> None:
    judged: list[int] = []
    for s in stretches(length):
        assert s.end - s.start <= WINDOW
        assert s.first == 0 or s.first - s.start >= MARGIN
        assert s.last == length or s.end - s.last >= MARGIN
        judged += range(s.first, s.last)
    assert judged == list(range(length))


def test_only_stretches_with_a_doubted_word_are_read() -> None:
    line = [f"w{n}" for n in range(200)]
    doubted = np.zeros(400, np.bool_)
    doubted[[205, 399]] = True
    judge = Listening(1.5)
    told = opinions([line, line], doubted, judge)
    assert np.flatnonzero(told).tolist() == [205, 399]
    assert judge.asked == [line[:WINDOW], line[-len(judge.asked[1]) :]]


def test_a_judge_decides_where_the_small_models_are_in_doubt() -> None:
    assert len(forms(listening(30.0), UNMARKED)) > 1
    assert len(forms(listening(-30.0), UNMARKED)) == 1


def test_a_judge_is_not_asked_about_plain_prose() -> None:
    judge = Listening(0.0)
    assert len(forms(Segmenter(held(), judge), CLEAR)) == 2
    assert judge.asked == []


def test_in_prose_no_judge_ends_a_sentence_where_no_mark_closes() -> None:
    assert len(forms(listening(30.0), UNMARKED, prose=True)) == 1


def test_what_is_said_of_a_stretch_is_the_same_alone_and_among_others(ends: Ends) -> None:
    texts = [UNMARKED.split(), CLEAR.split(), (UNMARKED + " " + CLEAR).split(), ["Monday"]]
    together = ends(texts)
    for text, odds in zip(texts, together, strict=True):
        assert len(odds) == len(text)
        assert ends([text])[0].tolist() == odds.tolist()


def test_sentences_are_the_same_whatever_other_lines_the_text_has_and_on_any_threads() -> None:
    lines = [UNMARKED, CLEAR, f"{UNMARKED} {CLEAR} " * 9]
    alone = [forms(opened(), line) for line in lines]
    assert forms(opened(threads=2), "\n".join(lines)) == [s for sentences in alone for s in sentences]


def test_of_a_stretch_beyond_the_encoders_reach_nothing_is_known(ends: Ends) -> None:
    assert ends([["-" * 60] * 64])[0].tolist() == [0.0] * 64


def test_the_encoder_sees_the_end_of_a_note_that_has_no_full_stop(ends: Ends) -> None:
    note, close = "Could you send us the minutes of the meeting", "Thanks for all your help"
    odds = ends([f"{note} {close} Nina".split()])[0]
    assert int(odds[:-1].argmax()) in (len(note.split()) - 1, len(f"{note} {close}".split()) - 1)
