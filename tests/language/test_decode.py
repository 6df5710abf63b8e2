from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from dragoman.language.decode import Names, heads_of, mapping, without_peoples

SCORES = st.integers(0, 4).flatmap(
    lambda n: hnp.arrays(np.float64, (n, n + 1), elements=st.floats(-50, 50, allow_nan=False, width=32), unique=False)
)
LARGE = st.integers(1, 40).flatmap(
    lambda n: hnp.arrays(np.float32, (n, n + 1), elements=st.floats(-20, 20, allow_nan=False, width=32))
)


def is_tree(heads: list[int]) -> bool:
    """Whether there is one root and every word leads to it."""
    if heads.count(-1) != 1:
        return False
    for start in range(len(heads)):
        at, steps = start, 0
        while at >= 0 and steps <= len(heads):
            at, steps = heads[at], steps + 1
        if at >= 0:
            return False
    return True


def total(scores: np.ndarray, heads: tuple[int, ...] | list[int]) -> float:
    return float(sum(scores[i, h + 1] for i, h in enumerate(heads)))


@given(SCORES)
def test_the_tree_is_the_best_of_all_trees_with_one_root(scores: np.ndarray) -> None:
    n = len(scores)
    found = heads_of(scores)
    if n == 0:
        assert found == []
        return
    every = (
        h
        for h in itertools.product(range(-1, n), repeat=n)
        if is_tree(list(h)) and all(i != x for i, x in enumerate(h))
    )
    best = max(total(scores, h) for h in every)
    assert is_tree(found)
    assert np.isclose(total(scores, found), best, atol=1e-6)


@given(LARGE)
def test_a_tree_of_any_size_has_one_root_and_no_cycle(scores: np.ndarray) -> None:
    assert is_tree(heads_of(scores))


def test_two_words_that_choose_each_other_are_parted() -> None:
    scores = np.array([[1.0, -9.0, 5.0], [0.0, 6.0, -9.0]])
    assert heads_of(scores) == [-1, 0]


LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")


@given(hnp.arrays(np.float32, (3, 6, len(LABELS)), elements=st.floats(-9, 9, allow_nan=False, width=32)))
def test_no_name_goes_on_that_did_not_begin(scores: np.ndarray) -> None:
    for labels in Names(LABELS).of(scores, [6, 3, 0]):
        for before, label in zip(["O", *labels], labels, strict=False):
            assert not label.startswith("I-") or before[2:] == label[2:]


def test_a_name_that_only_goes_on_gets_its_beginning() -> None:
    scores = np.full((1, 2, len(LABELS)), -5.0, dtype=np.float32)
    scores[0, 0, LABELS.index("I-PER")] = 5
    scores[0, 0, LABELS.index("B-PER")] = 4
    scores[0, 1, LABELS.index("I-PER")] = 5
    assert Names(LABELS).of(scores, [2]) == [["B-PER", "I-PER"]]


def test_features_become_a_mapping() -> None:
    assert mapping("_") == {}
    assert mapping("Mood=Ind|Tense=Past") == {"Mood": "Ind", "Tense": "Past"}


def test_peoples_are_no_names() -> None:
    names = ["B-PER", "O", "B-LOC", "O", "B-PER", "I-PER", "B-ORG"]
    upos = ["PROPN", "VERB", "ADJ", "NOUN", "PROPN", "PROPN", "PROPN"]
    feats = [{"Number": "Plur"}, {}, {}, {}, {"Number": "Sing"}, {"Number": "Sing"}, {"Number": "Plur"}]
    assert without_peoples(names, upos, feats) == ["O", "O", "O", "O", "B-PER", "I-PER", "B-ORG"]
