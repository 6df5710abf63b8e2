"""What counts as a trip told by the releases, and what as found."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from dragoman.ledger import Ledger
from evaluation.trips import Held, Release, Trip, figures, held, in_coverage, named, releases, tells, trips

SHARED = Path(os.environ.get("DRAGOMAN_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def a_trip(first: str = "2021-06-01", last: str = "2021-06-02", country: str = "Costa Rica") -> Trip:
    return Trip(
        "secretary", date.fromisoformat(first), date.fromisoformat(last), "A. Secretary", country, named(country)
    )


def a_release(day: str, text: str) -> Release:
    return Release(f"r-{day}", day, date.fromisoformat(day), "Title", text)


def a_contact(first: str, last: str, sides: tuple[str, str] = ("USA", "CRI"), told: bool = True) -> Held:
    return Held(sides, "meeting", told, date.fromisoformat(first), date.fromisoformat(last), "r#0", ())


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Korea, South", {"KOR"}),
        ("Denmark (Greenland)", {"DNK", "GRL"}),
        ("Democratic Republic of the Congo (Zaire)", {"COD"}),
        ("Vatican City", {"VAT"}),
        ("Nowhere", set()),
    ],
)
def test_countries_are_known_as_the_data_write_them(written: str, codes: set[str]) -> None:
    assert named(written) == codes


@pytest.mark.parametrize(
    ("day", "text", "counts"),
    [
        ("2021-06-16", "The Secretary met officials in Costa Rica.", True),
        ("2021-06-17", "The Secretary met officials in Costa Rica.", False),
        ("2021-05-18", "He will travel to Costa Rica.", True),
        ("2021-05-17", "He will travel to Costa Rica.", False),
        ("2021-06-02", "A national day of Costa Rica.", False),
        ("2021-06-02", "He travels to Costa Ricans' homes.", False),
        ("2021-06-02", "He travels to Panama.", False),
    ],
)
def test_a_trip_counts_by_a_release_within_14_days_with_its_country_and_a_word_of_travel(
    day: str, text: str, counts: bool
) -> None:
    assert bool(in_coverage([a_trip()], [a_release(day, text)])) is counts


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        (a_contact("2021-06-02", "2021-06-02"), True),
        (a_contact("2021-06-02", "2021-06-02", ("CRI+PAN", "USA")), True),
        (a_contact("2021-06-02", "2021-06-02", ("USA", "PAN")), False),
        (a_contact("2021-06-02", "2021-06-02", ("PAN", "CRI")), False),
        (a_contact("2021-06-03", "2021-06-04"), False),
        (a_contact("2021-05-30", "2021-06-05"), True),
        (a_contact("2021-05-30", "2021-06-06"), False),
    ],
)
def test_a_contact_is_found_by_both_parties_on_days_that_overlap_and_are_not_loose(contact: Held, found: bool) -> None:
    assert contact.on(a_trip()) is found


def test_a_plan_counts_in_recall_but_not_as_told() -> None:
    plan = a_contact("2021-06-01", "2021-06-02", told=False)
    assert figures([a_trip(), a_trip("2021-07-01", "2021-07-02")], [plan]) == {
        "threads/trips/recall": 0.5,
        "threads/trips/recall_told": 0.0,
        "threads/trips/counted": 2.0,
    }


def test_held_are_visits_and_meetings_with_days_and_a_deed_without_end_lies_before_its_telling(tmp_path: Path) -> None:
    def contact(act: str, status: str, start: list[str | None] | None) -> dict[str, object]:
        return {"from": ["USA"], "to": ["CRI"], "act": act, "status": status, "start": start, "evidence": ["He met …"]}

    told = [
        contact("meeting", "done", ["2021-06-01", None]),
        contact("visit", "planned", ["2021-06-10", "2021-06-11"]),
        contact("visit", "conditional", ["2021-06-10", "2021-06-11"]),
        contact("visit", "ongoing", [None, "2021-06-02"]),
        contact("call", "done", ["2021-06-01", "2021-06-01"]),
        contact("meeting", "done", None),
    ]
    with Ledger.open(tmp_path / "l.db") as ledger:
        report = {"id": "r", "outlet": "U.S. Department of State", "published": "2021-06-03", "title": "T"}
        ledger.enter_coded({"report": report, "contacts": told}, coder="test")
    assert sorted((c.act, c.told, c.first.day, c.last.day) for c in held(tmp_path / "l.db")) == [
        ("meeting", True, 1, 3),
        ("visit", False, 10, 11),
        ("visit", True, 3, 3),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("On Monday Secretary Blinken will travel to Costa Rica.", True),
        ("Secretary Blinken spoke. Ministers met in Costa Rica.", False),
        ("Secretary Blinken thanked Costa Rica.", False),
    ],
)
def test_a_trip_is_named_by_one_sentence_with_traveller_country_and_travel(text: str, told: bool) -> None:
    days = (date(2021, 6, 1), date(2021, 6, 2))
    trip = Trip("secretary", *days, "Antony John Blinken", "Costa Rica", named("Costa Rica"))
    assert tells(a_release("2021-06-01", text), trip) is told


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="needs ../shared/data (or DRAGOMAN_SHARED)")
def test_the_open_data_and_the_releases_are_read_whole() -> None:
    told = releases(SHARED / "data")
    counted = in_coverage(trips(SHARED / "data"), told)
    assert len(told) == 2025
    assert len(counted) > 80
    assert all(t.near(r.day) for t, fit in counted.items() for r in fit)
