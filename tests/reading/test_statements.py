"""Statements on the ground between two parties, read from lines written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Peru accused Chile of violating the treaty.", "accusation"),
        ("Peru called on Chile to withdraw its troops.", "demand"),
        ("Peru said Chile must withdraw its troops.", "demand"),
        ("Peru threatened Chile with war.", "threat"),
        ("Peru praised Chile for its restraint.", "praise"),
        ("Peru said it remains open to dialogue with Chile.", "policy"),
        ("Peru's president said his country has no hostile intent toward Chile.", "policy"),
        ("Peru's foreign minister described Chile's decision as \"a grave provocation\".", "accusation"),
    ],
)
def test_the_words_tell_the_kind_of_statement(read: Read, line: str, kind: str) -> None:
    (statement,) = read(line).statements
    assert (statement.by, statement.about, statement.kind) == ("PER", "CHL", kind)


def test_a_deed_condemned_is_that_of_the_party_of_which_the_report_tells_most(read: Read) -> None:
    reading = read("Chile began an operation. Chile fired missiles. The operation was condemned by Peru.")
    assert ("PER", "CHL", "accusation") in {(s.by, s.about, s.kind) for s in reading.statements}


def test_what_is_asked_of_a_third_is_no_demand_of_the_one_who_is_asked(read: Read) -> None:
    reading = read("Peru asked Bolivia to urge Chile to withdraw.")
    assert "BOL" not in {s.by for s in reading.statements}


def test_a_partys_own_release_tells_how_it_stands_on_talks_not_what_it_blames(read: Read) -> None:
    body = "The United States condemns the actions of Chile. The United States remains open to dialogue with Chile."
    reading = read(body, outlet="U.S. Department of State")
    assert [s.kind for s in reading.statements] == ["policy"]


def test_without_preconditions_sets_no_condition(read: Read) -> None:
    reading = read("Peru said it was willing to hold talks with Chile without preconditions.")
    assert "condition" not in {s.kind for s in reading.statements}


def test_living_conditions_set_none(read: Read) -> None:
    assert not read("Peru said living conditions in Chile are harsh.").statements


def test_a_question_states_nothing(read: Read) -> None:
    assert not read("Has Peru accused Chile of violating the treaty?").statements


def test_every_filled_field_points_at_words(read: Read) -> None:
    body = "Peru accused Chile of violating the treaty."
    (statement,) = read(body).statements
    told = {name: [body[x.start : x.end] for x in spans] for name, spans in statement.spans.items()}
    assert told["by"] == ["Peru"]
    assert told["about"] == ["Chile"]
    assert told["kind"] == ["accused"]
