"""Which reports tell one story, and which go back to one origin. The texts are ours."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ledger import Ledger
from dragoman.ledger.copies import likeness, signature_of
from dragoman.ledger.origins import REWRITTEN, origins, same_story
from dragoman.ledger.stories import alike, packed, profile_of, stories, unpacked
from dragoman.ledger.told import Report, Told
from dragoman.model import Article, Attribution, Contact, Reading

WIRE = (
    "Nordavia's envoy Ilse Brandt handed a letter to Foreign Minister Tomas Kereli in Port Sarel on Tuesday, the ministry said. "
    "The letter offers talks on the ferry line that has been shut since the storm, an official said."
)
RIVAL = (
    "Port Sarel: Kereli, the foreign minister, has been given a letter by Ilse Brandt, who is the envoy of Nordavia here. "
    "People who saw it say that it speaks of ferries and asks for talks in spring."
)
ELSEWHERE = (
    "Farmers in Nordavia blocked three roads to the capital with tractors over the price of milk. "
    "The minister for agriculture, Jon Aske, said subsidies would be looked at again before the harvest."
)
DAY = date(2021, 3, 16)
PROFILES = st.lists(st.dictionaries(st.integers(0, 30), st.floats(0.1, 1), max_size=6), max_size=7)


def report(name: str, title: str, text: str, **more: object) -> Report:
    made = packed(profile_of(title, text))
    return replace(Report(name, name, DAY, signature=signature_of(text), packed_profile=made), **more)  # type: ignore[arg-type]


def told(of: Report, by: Attribution | None = None) -> Told:
    return Told(of, 0, Contact(("NOV",), ("SAR",), "message", "done", attribution=by or Attribution()))


def test_a_report_in_other_words_tells_the_same_story_and_another_from_the_same_country_does_not() -> None:
    one, other, third = (
        profile_of(*x)
        for x in (("Envoy hands over letter", WIRE), ("Letter for Kereli", RIVAL), ("Milk protest", ELSEWHERE))
    )
    assert stories([one, other, third]) == [0, 0, 2]
    assert alike(one, other) > 2 * max(alike(one, third), alike(other, third))


def test_a_report_without_words_is_a_story_of_its_own() -> None:
    assert stories([profile_of("", ""), profile_of(None, " "), profile_of("Letter", WIRE)]) == [0, 1, 2]
    assert stories([]) == []


def test_what_is_stored_of_a_report_says_the_same() -> None:
    one, other = profile_of("Envoy hands over letter", WIRE), profile_of("Letter for Kereli", RIVAL)
    assert abs(alike(unpacked(packed(one)), unpacked(packed(other))) - alike(one, other)) < 0.02


@given(found=PROFILES)
@settings(max_examples=60, deadline=None)
def test_every_report_stands_in_one_story_named_by_its_first(found: list[dict[int, float]]) -> None:
    home = stories([unpacked(packed(p)) for p in found])
    assert all(home[h] == h and h <= i for i, h in enumerate(home))


def test_two_reports_of_one_story_written_apart_are_two_origins() -> None:
    one, other = report("a", "Envoy hands over letter", WIRE), report("b", "Letter for Kereli", RIVAL)
    assert same_story(one, other)
    assert likeness(one.signature, other.signature) < REWRITTEN
    assert origins([told(one), told(other)]) == 2


def test_a_rewrite_that_names_its_wire_is_one_origin_however_few_words_it_keeps() -> None:
    one = report("a", "Envoy hands over letter", WIRE, agency="Sund Wire", outlet="Morning Tide")
    other = report("b", "Letter for Kereli", RIVAL, relayed=("Sund Wire",), outlet="Evening Tide")
    assert origins([told(one), told(other)]) == 1


def test_a_report_taken_from_another_papers_is_no_origin_of_its_own() -> None:
    one = report("a", "Envoy hands over letter", WIRE, outlet="Morning Tide")
    other = report("b", "Letter for Kereli", RIVAL, relayed=("Morning Tide",), outlet="Evening Tide")
    assert origins([told(one), told(other)]) == 1


def test_one_wires_reports_of_different_stories_stay_apart() -> None:
    one = report("a", "Envoy hands over letter", WIRE, agency="Sund Wire")
    other = report("b", "Milk protest", ELSEWHERE, agency="Sund Wire")
    assert origins([told(one), told(other)]) == 2


def test_what_an_official_told_one_paper_others_of_the_story_quote() -> None:
    by = Attribution("anonymous", "an official", "NOV", "Morning Tide")
    unnamed = replace(by, told=None)
    one, other = report("a", "Envoy hands over letter", WIRE), report("b", "Letter for Kereli", RIVAL)
    assert origins([told(one, by), told(other, unnamed)]) == 1
    assert origins([told(one, by), told(other, replace(by, told="Evening Tide"))]) == 2
    assert origins([told(one, unnamed), told(other, unnamed)]) == 2


def test_a_ledger_from_before_knows_its_reports_stories_once_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    article = Article("a", WIRE, title="Envoy hands over letter", published="2021-03-16", outlet="Morning Tide")
    with Ledger.open(path) as ledger:
        ledger.enter(Reading(article, reader="dragoman 1"))
        (before,) = ledger.reports(as_of=DAY)
    with sqlite3.connect(path) as raw:
        raw.execute("ALTER TABLE report DROP COLUMN profile")
        raw.execute("UPDATE ledger_meta SET value = '4' WHERE name = 'version'")
    raw.close()
    with Ledger.open(path) as ledger:
        (after,) = ledger.reports(as_of=DAY)
    assert after.packed_profile == before.packed_profile == packed(profile_of(article.title, article.body))
