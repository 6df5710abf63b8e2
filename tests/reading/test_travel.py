"""Meetings that headlines alone tell, journeys to towns, being somewhere, schedules. The texts are ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dragoman.model import Contact, Reading

Read = Callable[..., Reading]


def contacts(read: Read, title: str | None, body: str, published: str = "2023-05-17") -> tuple[Contact, ...]:
    return read(body, published, title=title).contacts


@pytest.mark.parametrize(
    ("title", "status"),
    [
        (
            "Foreign Secretary David Lammy And Norwegian Foreign Minister Espen Barth Eide Before Their Meeting",
            "planned",
        ),
        (
            "Foreign Secretary David Lammy and Norwegian Foreign Minister Espen Barth Eide at a Joint Press Conference",
            "done",
        ),
    ],
)
def test_officials_of_two_states_before_the_press_together_meet(read: Read, title: str, status: str) -> None:
    (told,) = contacts(read, title, "Thank you all for coming. The weather was kind to us.")
    assert (told.act, told.status, told.from_, told.to, told.where) == (
        "meeting",
        status,
        ("GBR",),
        ("NOR",),
        "headline",
    )
    assert told.start is not None and (told.start.earliest, told.start.latest) == (date(2023, 5, 16), date(2023, 5, 17))
    assert told.to_person == ("Espen Barth Eide",)


def test_a_meeting_of_that_day_in_the_text_is_the_same_and_one_of_years_ago_is_not(read: Read) -> None:
    title = "Foreign Secretary David Lammy And Norwegian Foreign Minister Espen Barth Eide Before Their Meeting"
    same = contacts(read, title, "Lammy met Eide in London on Wednesday.")
    assert [(c.act, c.where) for c in same] == [("meeting", "body")]
    other = contacts(read, title, "In 2019 the British prime minister met the Norwegian prime minister in Oslo.")
    assert [c.where for c in other] == ["body", "headline"]


@pytest.mark.parametrize(
    "title",
    [
        "Foreign Secretary David Lammy And Norwegian Foreign Minister Espen Barth Eide Before Their Virtual Meeting",
        "Foreign Secretary David Lammy and Home Secretary Yvette Cooper at a Joint Press Conference",
        "Remarks on Norwegian Foreign Minister Espen Barth Eide",
    ],
)
def test_who_was_apart_or_of_one_state_or_is_only_spoken_of_has_not_met(read: Read, title: str) -> None:
    assert not contacts(read, title, "Thank you all for coming.")


def test_a_journey_to_a_town_is_to_the_state_it_lies_in(read: Read) -> None:
    (told,) = contacts(read, None, "Norwegian Foreign Minister Espen Barth Eide will travel to Geneva on May 20.")
    assert (told.act, told.status, told.from_, told.to) == ("visit", "planned", ("NOR",), ("CHE",))


def test_a_minister_who_was_somewhere_visited(read: Read) -> None:
    (told,) = contacts(read, None, "The Norwegian foreign minister was in Peru on Monday.")
    assert (told.act, told.status, told.from_, told.to) == ("visit", "done", ("NOR",), ("PER",))


@pytest.mark.parametrize(
    "body",
    [
        "Norway's ambassador is in Lima.",
        "Three Norwegians are in Peru.",
        "The Norwegian foreign minister is not in Peru.",
        "The Norwegian foreign minister may be in Peru.",
    ],
)
def test_who_lives_there_or_is_nobody_or_is_not_there_does_not_visit(read: Read, body: str) -> None:
    assert not [c for c in contacts(read, None, body) if c.act == "visit"]


def test_whose_visit_it_is_travels(read: Read) -> None:
    (told,) = contacts(read, None, "French President Emmanuel Macron spoke during the visit of the King of Jordan.")
    assert (told.from_, told.to) == (("JOR",), ("FRA",))


def test_what_a_schedule_tells_in_the_present_is_planned_for_its_day(read: Read) -> None:
    body = "The foreign minister of Norway meets with the foreign minister of Peru in Oslo."
    (plan,) = contacts(read, "Public Schedule – May 18, 2023", body)
    assert plan.status == "planned"
    assert plan.start is not None and plan.start.earliest == plan.start.latest == date(2023, 5, 18)
    (deed,) = contacts(read, "Talks in Oslo", body)
    assert deed.status == "done"


def test_a_visit_told_without_a_day_is_not_put_on_the_day_of_the_headline(read: Read) -> None:
    title = "Foreign Secretary David Lammy And Norwegian Foreign Minister Espen Barth Eide Before Their Meeting"
    told = contacts(read, title, "The Norwegian prime minister thanked us during his visit to London.")
    (meeting,) = [c for c in told if c.where == "headline"]
    assert meeting.act == "meeting" and meeting.start is not None and meeting.start.rule == "appearance"
    assert all(c.start is None or c.start.rule != "appearance" for c in told if c.act == "visit")
