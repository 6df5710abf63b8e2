"""Standing efforts and their stages, read from lines written for these tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.model import Process, Reading

Read = Callable[..., Reading]


def only(reading: Reading) -> Process:
    (process,) = reading.processes
    return process


@pytest.mark.parametrize(
    ("line", "stage"),
    [
        ("Norway is conducting a review of its policy toward Chile.", "under_way"),
        ("Norway has completed its Chile policy review.", "concluded"),
        ("Norway announced a review of its policy toward Chile.", "announced"),
        ("Norway has abandoned its Chile policy review.", "abandoned"),
    ],
)
def test_the_words_around_a_review_tell_its_stage(read: Read, line: str, stage: str) -> None:
    process = only(read(line))
    assert (process.owner, process.stage) == ("NOR", stage)


def test_whoever_is_told_of_a_review_was_briefed(read: Read) -> None:
    process = only(read("Norway explained the outcome of its recently concluded policy review to Peru."))
    assert (process.stage, process.briefed) == ("concluded", ("PER",))


def test_a_headline_and_the_body_tell_one_review(read: Read) -> None:
    process = only(read("Norway has completed its Chile policy review.", title="Norway ends policy review"))
    assert process.stage == "concluded"


def test_ongoing_talks_are_a_process_of_the_speaker(read: Read) -> None:
    assert (
        only(read('"Our ongoing talks with Chile are going well," the Norwegian foreign minister said.')).owner == "NOR"
    )


def test_a_review_of_a_book_is_no_process(read: Read) -> None:
    assert not read("A Norwegian minister wrote a review for a magazine.").processes


def test_a_question_tells_no_process(read: Read) -> None:
    assert not read("Has Norway completed its Chile policy review?").processes


def test_every_filled_field_points_at_words(read: Read) -> None:
    process = only(read("Norway announced a review of its policy toward Chile on Monday."))
    assert {"owner", "name", "stage", "date"} <= set(process.spans)


def test_by_when_an_effort_is_to_end_stays_with_it_when_a_later_sentence_tells_it_under_way(read: Read) -> None:
    said = (
        "Norway's government is expected to complete its review of policy toward Peru within weeks. "
        "It is conducting a full review of the policy."
    )
    (found,) = [p for p in read(said, "2024-06-20").processes if p.owner == "NOR"]
    assert found.stage == "under_way"
    assert found.expected_by is not None and found.expected_by.earliest is not None
    assert found.expected_by.earliest > date(2024, 6, 20)
    assert found.spans["expected_by"]
