"""Journeys as announcements, schedules and readouts tell them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.model import Reading

Read = Callable[..., Reading]


def visits(reading: Reading) -> list[tuple[Any, ...]]:
    found = (c.as_json() for c in reading.contacts if c.act == "visit")
    return [(c["from"], c["to"], c["status"], c["start"], c["end"]) for c in found]


@pytest.mark.parametrize(
    ("published", "status"), [("2024-04-10", "planned"), ("2024-04-20", "planned"), ("2024-05-02", "done")]
)
def test_a_journey_from_a_day_to_a_day_ends_on_the_second_and_is_a_plan_until_then(
    read: Read, published: str, status: str
) -> None:
    said = "Portuguese Foreign Minister Paulo Rangel will travel to Angola from April 19 to April 26."
    assert visits(read(said, published)) == [
        (["PRT"], ["AGO"], status, ["2024-04-19", "2024-04-19"], ["2024-04-26", "2024-04-26"])
    ]


def test_who_is_on_a_visit_is_there_now(read: Read) -> None:
    found = visits(read("Portuguese Foreign Minister Paulo Rangel is on a visit to Angola from June 18-21, 2024."))
    assert [v[:3] for v in found] == [(["PRT"], ["AGO"], "ongoing")]


def test_who_accompanies_a_traveller_travels(read: Read) -> None:
    found = visits(read("Foreign Minister Paulo Rangel of Portugal will accompany the president to Angola on June 25."))
    assert [v[:4] for v in found] == [(["PRT"], ["AGO"], "planned", ["2024-06-25", "2024-06-25"])]


def test_a_town_abroad_is_read_by_the_state_behind_it(read: Read) -> None:
    found = visits(read("Portuguese Foreign Minister Paulo Rangel will travel to Munich, Germany, on June 25."))
    assert [v[:4] for v in found] == [(["PRT"], ["DEU"], "planned", ["2024-06-25", "2024-06-25"])]
