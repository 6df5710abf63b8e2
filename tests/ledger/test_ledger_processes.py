"""Standing efforts told by several reports: one effort, its stages, its forecast, who was told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from dragoman.ledger import Ledger
from dragoman.ledger.processes import ProcessTold, ProcessView, processes_of
from dragoman.ledger.told import Report
from dragoman.model import Article, Interval, Process, Reading

NAME = "review of its policy toward Lutonia"


def told(day: str, stage: str, name: str = NAME, owner: str | None = "NOR", **more: object) -> ProcessTold:
    at = date.fromisoformat(day)
    made = Process(owner, name, stage, **more)  # type: ignore[arg-type]
    return ProcessTold(Report(f"{day}/{name}/{stage}", day, at), 0, made)


def within(first: str | None, last: str | None) -> Interval:
    a, b = (date.fromisoformat(x) if x else None for x in (first, last))
    return Interval(a, b, "vague", "", "given")


def views(*tellings: ProcessTold, on: str = "2022-12-31") -> list[ProcessView]:
    return processes_of(tellings, date.fromisoformat(on))


def test_a_review_announced_under_way_and_concluded_is_one_effort_with_its_changes() -> None:
    (view,) = views(
        told("2022-01-10", "announced"),
        told("2022-02-10", "under_way", "Lutonia policy review"),
        told("2022-05-03", "concluded", "review", briefed=("SWE",)),
    )
    assert [stage for _, stage, _ in view.changes] == ["announced", "under_way", "concluded"]
    assert (view.state, view.briefed) == ("concluded", ("SWE",))
    line = view.as_json()
    assert (line["kind"], line["parties"], line["origins"]) == ("process", ["NOR", "SWE"], 3)


def test_another_owners_another_subjects_and_another_kinds_are_other_efforts() -> None:
    found = views(
        told("2022-01-10", "under_way"),
        told("2022-01-11", "under_way", owner="SWE"),
        told("2022-01-12", "under_way", "review of the fisheries treaty"),
        told("2022-01-13", "under_way", "peace talks with Lutonia"),
    )
    assert len(found) == 4


def test_a_later_word_does_not_take_an_end_back_but_a_new_one_may_begin() -> None:
    assert [v.state for v in views(told("2022-05-03", "concluded"), told("2022-05-20", "under_way"))] == ["concluded"]
    again = views(told("2022-05-03", "concluded"), told("2022-11-20", "announced"))
    assert [v.state for v in again] == ["concluded", "announced"]


FORECAST = within("2022-03-08", "2022-04-30")


@pytest.mark.parametrize(
    ("end", "day", "fared"),
    [
        (None, "2022-04-01", "pending"),
        (None, "2022-05-01", "overdue"),
        (("concluded", "2022-04-02", None), "2022-05-01", "kept"),
        (("concluded", "2022-06-02", within("2022-06-01", "2022-06-01")), "2022-07-01", "missed"),
        (("concluded", "2022-06-02", within(None, "2022-06-01")), "2022-07-01", "unsure"),
        (("abandoned", "2022-04-02", None), "2022-05-01", "missed"),
    ],
)
def test_a_forecast_is_kept_missed_or_still_to_come(
    end: tuple[str, str, Interval | None] | None, day: str, fared: str
) -> None:
    tellings = [told("2022-03-01", "under_way", expected_by=FORECAST)]
    if end is not None:
        tellings.append(told(end[1], end[0], date=end[2]))
    (view,) = views(*tellings, on=day)
    assert view.kept == fared


def test_without_a_forecast_none_is_kept() -> None:
    (view,) = views(told("2022-03-01", "under_way"))
    assert view.kept is None


def test_the_order_of_arrival_does_not_matter() -> None:
    tellings = [
        told("2022-01-10", "announced"),
        told("2022-02-10", "under_way", "Lutonia policy review", expected_by=FORECAST),
        told("2022-02-11", "under_way", "review of the fisheries treaty"),
        told("2022-05-03", "concluded", "review"),
    ]
    lines = [v.as_json() for v in views(*tellings)]
    for seed in range(5):
        Random(seed).shuffle(tellings)
        assert [v.as_json() for v in views(*tellings)] == lines


def test_a_ledger_gives_its_processes_as_of_a_day(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        for day, stage in (("2022-01-10", "under_way"), ("2022-05-03", "concluded")):
            article = Article(day, f"On {day} a paper said so.", title=day, published=day, outlet="Morning Tide")
            ledger.enter(Reading(article, processes=(Process("NOR", NAME, stage),), reader="dragoman 1"))
        states = [[v.state for v in ledger.processes(as_of=date(2022, m, 28))] for m in (1, 4, 5)]
    assert states == [["under_way"], ["under_way"], ["concluded"]]
