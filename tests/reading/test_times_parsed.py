"""Time expressions whose days the parse decides: beside quotations, after events of the report, in the clause that tells them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.language import Language
from dragoman.model import Article, Reading
from dragoman.reading.times import read_times

#: A Thursday.
DAY = "2021-05-13"


@pytest.fixture
def days(language: Language) -> Callable[[str], dict[str, str]]:
    def read(text: str) -> dict[str, str]:
        document = language.document(Article(id="t", body=text, published=DAY))
        found = [t for row in read_times(document) for t in row]
        return {
            t.text: f"{t.earliest or ''}..{t.latest or ''}".replace(f"{t.earliest}..{t.earliest}", f"{t.earliest}")
            for t in found
        }

    return read


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # feasts, seasons, terms of office
        ("They met during Tet in 2020.", "Tet in 2020", "2020-01-25"),
        ("They met at the end of Ramadan.", "the end of Ramadan", "2021-05-05..2021-05-12"),
        ("The truce has held since Orthodox Easter.", "Orthodox Easter", "2021-05-02"),
        ("The ban dates from the end of the Trump administration.", "the end of the Trump administration", "2020-01-21..2021-01-20"),
        ("They met last summer.", "last summer", "2020-06-01..2020-08-31"),
        # events of the report
        ("The two held a summit on May 3. Two days after the summit, an envoy called.", "Two days", "2021-05-05"),
        ("The two held a summit on April 2. Weeks after the summit, talks ended.", "Weeks", "2021-04-09..2021-05-28"),
        ("He had called a day before they met on May 7.", "a day", "2021-05-06"),
        ("The mayor fell ill on Friday. This comes a week after he met the king.", "a week", "2021-04-23..2021-04-30"),
        # what was told a few sentences before
        ("The sides met on Friday. Nobody came. Rain fell. The following day, they parted.", "The following day", "2021-05-08"),
        # quotations
        ('"We will answer tomorrow," the minister said on Monday.', "Monday", "2021-05-10"),
        ('"We will answer tomorrow," the minister said on Monday.', "tomorrow", "2021-05-11"),
        # lengths that are no dates
        ("Over the last year they wrote twice.", "the last year", "2020-05-13..2021-05-13"),
        ("Never were more tests made in a single year.", "a single year", ".."),
    ],
)  # fmt: skip
def test_days_that_only_the_report_around_them_tells(
    days: Callable[[str], dict[str, str]], text: str, words: str, expected: str
) -> None:
    assert days(text)[words] == expected


def test_a_quotation_without_a_day_counts_from_the_day_of_the_news(days: Callable[[str], dict[str, str]]) -> None:
    text = 'On Monday, Prime Minister Berg joined the call for a truce. Many were in the hall. "We raise this today with the envoy," she said.'
    assert days(text)["today"] == "2021-05-10"


def test_what_comes_a_week_after_an_act_dates_the_act(read: Callable[..., Reading]) -> None:
    text = "Norway's prime minister fell ill on Friday. This comes a week after he met the president of Chile."
    (meeting,) = [c for c in read(text, published=DAY).contacts if c.act == "meeting"]
    assert meeting.start is not None
    assert (str(meeting.start.earliest), str(meeting.start.latest)) == ("2021-04-23", "2021-04-30")
