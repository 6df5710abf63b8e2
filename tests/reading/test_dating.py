"""When acts took place: by their own words, by what they were done after, and by the report around them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.model import Reading

Read = Callable[..., Reading]
D = date.fromisoformat


def starts(reading: Reading, act: str) -> list[tuple[date | None, date | None]]:
    return [(c.start.earliest, c.start.latest) for c in reading.contacts if c.act == act and c.start]


@pytest.mark.parametrize(
    ("text", "act", "first", "last"),
    [
        # published on Thursday, 20 June 2024
        ("Norway's prime minister landed on Monday and met with the president of Chile.", "meeting", "2024-06-17", "2024-06-17"),
        ("Norway sent Chile a letter after his envoy was arrested on Tuesday.", "message", "2024-06-18", "2024-06-20"),
        ("Norway sent Chile a letter after Peru closed two ports on Tuesday.", "message", "2024-06-18", "2024-06-20"),
        ("Norway sent Chile a letter following Monday's vote.", "message", "2024-06-17", "2024-06-20"),
        ("Norway's foreign minister will meet Chile's foreign minister ahead of Saturday's vote.", "meeting", "2024-06-20", "2024-06-22"),
        ("Norway's foreign minister met Chile's foreign minister before the vote on Tuesday.", "meeting", None, "2024-06-18"),
    ],
)  # fmt: skip
def test_an_act_lies_after_or_before_what_the_sentence_dates(
    read: Read, text: str, act: str, first: str | None, last: str
) -> None:
    assert starts(read(text), act) == [(D(first) if first else None, D(last))]


def test_what_was_done_on_the_way_lies_within_the_journey(read: Read) -> None:
    text = (
        "Norway's foreign minister will travel to Chile and Peru June 24-28. "
        "In Lima, the foreign minister will also meet with the foreign minister of Bolivia."
    )
    assert (D("2024-06-24"), D("2024-06-28")) in starts(read(text), "meeting")


def test_a_call_told_without_a_day_has_that_of_the_two_sides_beside_it(read: Read) -> None:
    text = (
        "Norwegian Foreign Minister Anna Berg on Tuesday explained the plan to her Chilean counterpart, the ministry said.\n\n"
        '"The minister set out the plan," the ministry said of a call between Berg and Chilean Foreign Minister Luis Rojas.'
    )
    assert starts(read(text), "call") == [(D("2024-06-18"), D("2024-06-18"))]


def test_a_day_of_other_sides_is_not_taken_over(read: Read) -> None:
    text = (
        "The prime minister of Norway on Tuesday explained the plan to the president of Peru.\n\n"
        "Norway also held a phone call with Chile, the ministry said."
    )
    assert starts(read(text), "call") == [(None, D("2024-06-20"))]


def test_what_was_done_over_a_dated_event_lies_after_it(read: Read) -> None:
    text = (
        "On May 7, Chile and Peru signed a fisheries agreement. The agreement covers two bays. Trade has grown.\n\n"
        "Norway expelled the ambassador of Chile over the agreement."
    )
    assert starts(read(text), "breakdown") == [(D("2024-05-07"), D("2024-06-20"))]


def test_the_sentence_taken_up_by_this_issue_dates_the_act_from_below(read: Read) -> None:
    text = "On May 7, Chile closed two bays. Norway expelled the ambassador of Chile over this issue."
    assert starts(read(text), "breakdown") == [(D("2024-05-07"), D("2024-06-20"))]
