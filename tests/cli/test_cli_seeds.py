"""The two raw pages of the story that the project began with, through the whole house."""

from __future__ import annotations

import json
from datetime import date

import pytest


@pytest.mark.parametrize("day", [date(2021, 3, 20), date(2021, 5, 13)])
def test_the_february_outreach_is_unanswered_for_a_range_of_days_and_on_somebodys_word(dragoman, shared, day):
    dragoman("read", shared / "seeds")
    found = [json.loads(x) for x in dragoman("silences", "--json", "--as-of", day.isoformat()).stdout.splitlines()]
    (thread,) = [t for t in found if t["opened"]["earliest"] == "2021-02-11"]
    assert thread["parties"] == ["USA", "PRK"]
    assert thread["state"] == "open"
    assert thread["silence_days"] == [(day - date(2021, 2, 20)).days, (day - date(2021, 2, 11)).days]
    assert thread["reported_by"]["of"] == "USA"
    assert thread["reported_by"]["source"]
    table = dragoman("silences", "--as-of", day.isoformat(), COLUMNS="200").stdout
    assert f"{thread['silence_days'][0]}–{thread['silence_days'][1]}" in table


def test_before_the_first_report_nothing_was_known(dragoman, shared):
    dragoman("read", shared / "seeds")
    assert dragoman("silences", "--json", "--as-of", "2021-03-13").stdout == ""
