"""Feasts, offices and what else has its days by its name, and expressions that say more together than alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.language import Language
from dragoman.model import Article, TimeExpression
from dragoman.reading.times import read_times

#: A Thursday.
DAY = "2021-05-13"
Read = Callable[..., list[TimeExpression]]


@pytest.fixture
def times(language: Language) -> Read:
    def read(text: str, outlet: str | None = None, published: str = DAY) -> list[TimeExpression]:
        document = language.document(Article(id="t", body=text, published=published, outlet=outlet))
        return [t for row in read_times(document) for t in row]

    return read


def days(t: TimeExpression) -> str:
    low, high = (str(d) if d else "" for d in (t.earliest, t.latest))
    return low if low == high else f"{low}..{high}"


CASES = [
    # feasts
    ("Talks ended on the eve of Ramadan.", "the eve of Ramadan", "2021-04-12"),
    ("We congratulate Peru on its Independence Day.", "Independence Day", ""),
    ("We congratulate Peru on its Independence Day on July 28.", "Independence Day on July 28", "2021-07-28"),
    ("The fireworks on Independence Day will be seen far away.", "Independence Day", "2021-07-04"),
    ("World Refugee Day will be held in Lima.", "World Refugee Day", "2021-06-20"),
    ("The two sides will meet during the Eid holiday.", "the Eid holiday", "2021-05-13"),
    ("The review will end before summer.", "summer", "2021-06-01..2021-08-31"),
    ("The review will end by year's end.", "year's end", "2021-10-01..2021-12-31"),
    ("They met on the first night of Hanukkah 2020.", "Hanukkah 2020", "2020-12-11..2020-12-18"),
    ("They met on Purim.", "Purim", "2021-02-26"),
    # offices
    ("The offer was made under President Obama.", "President Obama", "2009-01-20..2017-01-20"),
    ("The offer was made in the first year of Moon's presidency.", "the first year of Moon's presidency", "2017-05-10..2018-05-09"),
    ("The offer was made in Obama's second term.", "Obama's second term", "2013-01-20..2017-01-20"),
    ("Obama went to Lima. Early in his presidency, the line was open.", "Early in his presidency", "2009-01-20..2011-09-21"),
    ("It has been silent since Biden took office.", "Biden took office", "2021-01-20"),
    ("It has been silent since the start of the Biden administration.", "the start of the Biden administration", "2021-01-20..2021-04-29"),
    # amounts
    ("They met almost a year ago.", "almost a year ago", "2020-05-13..2021-05-13"),
    ("They met a year-and-a-half ago.", "a year-and-a-half ago", "2019-11-01..2019-11-30"),
    ("No envoy came in the last half century.", "the last half century", "1971-05-13..2021-05-13"),
    ("The deadline is a week from Friday.", "a week from Friday", "2021-05-21"),
    ("We will see in the hours and days ahead.", "the hours and days ahead", "2021-05-13..2021-05-23"),
    ("It was built at the turn of the century.", "the turn of the century", "1998-01-01..2002-12-31"),
    ("They met twice in the last two weeks of March.", "the last two weeks of March", "2021-03-18..2021-03-31"),
    ("He had no contact during the last six months of his life.", "six months", ""),
    ("He called nobody in the first 100 days of the Biden administration.", "the first 100 days of the Biden administration", "2021-01-20..2021-04-29"),
    ("We will work on it over the next year.", "the next year", "2021-05-13..2022-05-13"),
    # days of a month
    ("The line was restored on the 27th.", "the 27th", "2021-04-27"),
    ("The two will meet on the 27th.", "the 27th", "2021-05-27"),
    ("They met on the 15th of last month.", "the 15th of last month", "2021-04-15"),
    ("On this historic day, we send our wishes.", "this historic day", "2021-05-13"),
    ("Peru closed the border on Monday. That night, shots were heard.", "That night", "2021-05-10"),
    ("As he said earlier, the line is open.", "earlier", "..2021-05-13"),
    # plans
    ("Plans for a summit in July were announced.", "July", "2021-07-01..2021-07-31"),
    ("Elections planned for December were welcomed.", "December", "2021-12-01..2021-12-31"),
    ("The trial of the two men begins on Friday.", "Friday", "2021-05-14"),
    ("It has until Friday to answer.", "Friday", "2021-05-14"),
    ("It had until Friday to answer.", "Friday", "2021-05-07"),
    # dates beside
    ("She chaired a session in March of last year.", "March of last year", "2020-03-01..2020-03-31"),
    ("The envoy has renewed the mandate for two years.", "two years", ""),
    ("The feasts come in a month's time.", "a month's time", "2021-06-01..2021-06-30"),
    ("The wall fell at the end of the Cold War.", "the end of the Cold War", "1990-12-27..1991-12-26"),
    ("He also said earlier that he might go.", "earlier", "..2021-05-13"),
    ("A year ago today, the line was cut.", "A year ago today", "2020-05-13"),
    ("The talks, held two years ago this month, failed.", "two years ago this month", "2019-05-01..2019-05-31"),
    ("They met on June 12, 2018. Three years on, nothing has changed.", "Three years on", "2021-01-01..2021-12-31"),
    ("It is the first visit by a pope in 70 years.", "70 years", "1951-05-13..2021-05-13"),
    ('"In the last two weeks, we wrote thrice," she said on April 2.', "the last two weeks", "2021-03-19..2021-04-02"),
    ("Peru wrote on April 20. A few days later, on April 27, Chile answered.", "A few days later", "2021-04-27"),
    ("They talked from 9 a.m. to 5 p.m. on Friday.", "9 a.m.", "2021-05-07"),
    ("The office is open Thursday through Saturday.", "Saturday", "2021-05-15"),
    # events
    ("They held a summit on April 3. The day after the summit, Chile withdrew.", "The day", "2021-04-04"),
    ("The vote was held on March 7. On the eve of the vote, the sides met.", "the eve", "2021-03-06"),
    ("Peru tested a missile on Monday. Two days after Peru tested the missile, Chile spoke.", "Two days", "2021-05-12"),
    ("The trial opens on May 30. Peru wrote on Monday. Chile answered the same day.", "the same day", "2021-05-10"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), CASES, ids=[c[0] for c in CASES])
def test_names_and_neighbours_give_the_days(times: Read, text: str, words: str, expected: str) -> None:
    found = times(text)
    assert [days(t) for t in found if t.text == words] == [expected], found


@pytest.mark.parametrize(
    "text",
    [
        "The Good Friday Agreement was praised.",
        "The Easter Rising is remembered.",
        "The report has 2000-plus pages.",
        "Eid Salman wrote back.",
        "At the end of the day, it is their choice.",
        "The mayor Park Won-soon was missed.",
        "The Good Friday agreement was praised.",
        "They buried the past president.",
        "His tenure as coach was short.",
    ],
)
def test_names_that_hold_a_feast_and_counts_are_no_time(times: Read, text: str) -> None:
    assert times(text) == []


def test_a_time_of_day_before_a_weekday_and_a_zone_is_no_year(times: Read) -> None:
    found = times("The ground shook at 4:42 local time on Saturday (2024 Friday, UTC).")
    assert [days(t) for t in found] == ["2021-05-08", "2021-05-07"]


def test_the_administration_is_the_presidents_in_a_report_from_his_country_alone(times: Read) -> None:
    text = "Aid has doubled since the beginning of the Administration."
    assert [days(t) for t in times(text, outlet="U.S. Department of State")] == ["2021-01-20..2021-04-29"]
    assert times(text, outlet="GOV.UK") == []


def test_the_administration_before_is_the_presidents_before(times: Read) -> None:
    (found,) = times("That was so under the previous administration.", outlet="The White House")
    assert (days(found), found.anchor) == ("2017-01-20..2021-01-20", "office:trump")


@pytest.mark.parametrize(
    ("outlet", "expected"),
    [
        ("U.S. Department of State", "2020-10-01..2021-09-30"),
        ("GOV.UK", "2020-04-01..2021-03-31"),
        (None, "2020-07-01..2021-12-31"),
    ],
)
def test_a_fiscal_year_is_that_of_the_outlets_state(times: Read, outlet: str | None, expected: str) -> None:
    assert [days(t) for t in times("More was given in fiscal year 2021.", outlet=outlet)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected", "edtf"),
    [
        ("They met in the winter of 2020.", "2020-06-01..2020-08-31", "2020-32"),
        ("They met last summer.", "2020-12-01..2021-02-28", "2020-30"),
        ("They will meet this spring.", "2021-09-01..2021-11-30", "2021-29"),
    ],
)
def test_seasons_are_the_other_way_round_in_the_south(times: Read, text: str, expected: str, edtf: str) -> None:
    (found,) = times(text, outlet="Department of Foreign Affairs and Trade (Australia)")
    assert (days(found), found.edtf) == (expected, edtf)
