"""What an act is about and on what conditions, read from lines written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Contact, Reading

Read = Callable[..., Reading]


def only(reading: Reading) -> Contact:
    (contact,) = reading.contacts
    return contact


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("The Kenyan president met his Ugandan counterpart to discuss the new railway.", "the new railway"),
        ("The Kenyan president spoke with his Ugandan counterpart about the border.", "the border"),
    ],
)
def test_the_clause_tells_what_an_act_is_about(read: Read, line: str, about: str) -> None:
    assert only(read(line)).about == about


def test_an_act_without_a_subject_has_none(read: Read) -> None:
    assert only(read("The Kenyan president met his Ugandan counterpart on Monday.")).about is None


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("Kenya said it would meet Uganda only if the troops withdraw.", "the troops withdraw"),
        ("Kenya offered talks to Uganda without preconditions.", "without preconditions"),
        ("Kenya said it would meet Uganda on the condition that the troops withdraw.", "the troops withdraw"),
    ],
)
def test_conditions_are_the_words_of_the_party_that_sets_them(read: Read, line: str, phrase: str) -> None:
    (condition,) = only(read(line)).conditions
    assert condition.by == "KEN"
    assert phrase in condition.phrase


def test_an_act_without_conditions_has_none(read: Read) -> None:
    assert only(read("Kenya offered talks to Uganda.")).conditions == ()
