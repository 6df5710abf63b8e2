"""Standing efforts and their stages, read from lines written for these tests."""

from __future__ import annotations

from collections.abc import Callable

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
