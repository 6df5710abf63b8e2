"""Datelines, agencies, outlets, titles, dates: the parts of the masthead, each by itself."""

from __future__ import annotations

from datetime import date

import pytest

from dragoman.codebook.outlets import Outlet, OutletBook
from dragoman.pages.credits import agency_told, closing_credit, dateline_of
from dragoman.pages.dates import moments
from dragoman.pages.english import language_of
from dragoman.pages.published import from_address
from dragoman.pages.title import without_outlet

BOOK = OutletBook.load()


@pytest.mark.parametrize(
    ("words", "place", "agency"),
    [
        ("WASHINGTON, May 12 (Reuters) - The envoy said so.", "WASHINGTON", "Reuters"),
        ("SEOUL (AFP) – The envoy said so.", "SEOUL", "AFP"),
        ("GENEVA -- The envoy said so.", "GENEVA", None),
        ("ST. JOSEPH, Mich. (AP) — The envoy said so.", "ST. JOSEPH, Mich.", "AP"),
        ("Tokyo, Aug. 18 (Jiji Press)--The envoy said so.", "Tokyo", "Jiji Press"),
        ("TEHRAN, Sep. 28 (MNA) – The envoy said so.", "TEHRAN", "MNA"),
        ("(Reuters) - The envoy said so.", None, "Reuters"),
        ("BEIJING, 3 March (Xinhua) -- The envoy said so.", "BEIJING", "Xinhua"),
        ("LONDON/PARIS, Feb 2 (Reuters) - The envoys said so.", "LONDON/PARIS", "Reuters"),
    ],
)
def test_datelines_give_place_and_agency(words: str, place: str | None, agency: str | None) -> None:
    found = dateline_of(words, BOOK)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)


@pytest.mark.parametrize(
    "words",
    [
        "QUESTION: Does the envoy agree?",
        "MR PRICE: He does.",
        "Israel - which was not told - protested.",
        "Leaders of the African Union (AU) member states met.",
        "The Democratic Republic (DR) — once a colony — agreed.",
        "Yesterday, the envoy said so - and meant it.",
        "US and China: what comes next",
        "He said so.",
    ],
)
def test_speakers_and_asides_are_no_datelines(words: str) -> None:
    found = dateline_of(words, BOOK)
    assert found is None


@pytest.mark.parametrize(
    ("last", "agency"),
    [
        ("The boat was released. (Yonhap)", "Yonhap"),
        ("The boat was released. -- AFP", "AFP"),
        ("Source: Xinhua", "Xinhua"),
        ("The boat was released. (Reuters/NAN)", "Reuters"),
        ("It was the second boat (of three).", None),
    ],
)
def test_the_credit_at_the_end_names_the_agency(last: str, agency: str | None) -> None:
    found = closing_credit(["A report.", last], BOOK)
    assert (found.credit if found else None) == agency


def test_an_agency_that_an_official_told_is_where_the_report_comes_from() -> None:
    found = agency_told(["A senior official told Reuters that there was no answer."], BOOK)
    assert found is not None and found.name == "Reuters"
    assert agency_told(["A senior official told reporters that there was no answer."], BOOK) is None


@pytest.mark.parametrize(
    ("words", "iso", "sure"),
    [
        ("3/14/2021", "2021-03-14", 1.0),
        ("14/3/2021", "2021-03-14", 1.0),
        ("03.04.2021", "2021-04-03", 0.95),
        ("3/4/2021", "2021-04-03", 0.55),
        ("3/4/2021, 1:00 PM", "2021-03-04T13:00", 0.85),
        ("11.14.2019 09:00 AM", "2019-11-14T09:00", 1.0),
        ("By Jane Roe - 11/19/19 06:56 AM EST", "2019-11-19T06:56-05:00", 1.0),
        ("Published Wed, Nov 20 20194:29 AM EST", "2019-11-20T04:29-05:00", 1.0),
        ("Nov. 18, 2019 11:03 PM ET", "2019-11-18T23:03-05:00", 1.0),
        ("12:00 AM, 1 Jan 2020", "2020-01-01T00:00", 1.0),
        ("13 September 2021 12:30 GMT+9", "2021-09-13T12:30+09:00", 1.0),
    ],
)
def test_a_date_says_what_it_is_and_how_sure(words: str, iso: str, sure: float) -> None:
    found = next(moments(words))
    assert (found.iso, found.sure) == (iso, sure)


@pytest.mark.parametrize(
    "words", ["31/31/2021", "30 February 2021", "version 2.14.2021.3", "2021", "10:24", "1/2/3", "Tel : +82-2-727-0114"]
)
def test_what_is_no_date_is_none(words: str) -> None:
    assert next(moments(words), None) is None


def test_the_outlets_country_decides_which_number_is_the_day() -> None:
    assert next(moments("3/4/2021", day_first=False)).iso == "2021-03-04"
    assert next(moments("3/4/2021", day_first=True)).iso == "2021-04-03"


def test_letters_that_name_several_zones_are_told_apart_by_the_outlets_own() -> None:
    assert next(moments("13 May 2021 09:24 IST", home="Asia/Kolkata")).iso == "2021-05-13T09:24+05:30"
    assert next(moments("13 May 2021 09:24 IST")).iso == "2021-05-13T09:24"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://x.org/2021/05/13/a", "2021-05-13"),
        ("https://x.org/view?ud=20210513000120", "2021-05-13"),
        ("https://x.org/view?id=5021051300012", None),
        ("https://x.org/a-20210513.html", "2021-05-13"),
        ("https://x.org/2021/99/99", None),
        (None, None),
    ],
)
def test_addresses_print_days(url: str | None, day: str | None) -> None:
    assert from_address(url) == day


def test_titles_lose_the_outlet_behind_them_and_nothing_else() -> None:
    assert without_outlet("Talks resume - The Nordhavn Gazette", ["The Nordhavn Gazette"]) == "Talks resume"
    assert without_outlet("Talks resume | World | BBC News") == "Talks resume"
    assert without_outlet("Talks resume - at last") == "Talks resume - at last"


def test_languages_are_told_apart() -> None:
    assert language_of("The minister said that the talks would resume before the end of the month.")[0] == "en"
    assert language_of("Der Minister sagte, dass die Gespräche nicht vor dem Ende des Monats beginnen.")[0] == "de"


def test_outlets_are_found_by_domain_and_by_name() -> None:
    herald = BOOK.at("https://m.koreaherald.com/view.php?ud=1")
    assert herald is not None and herald.name == "The Korea Herald" and herald.zone == "Asia/Seoul"
    assert BOOK.named("korea herald") is herald
    assert BOOK.at("https://example.org/") is None
    assert BOOK.at("http://[broken") is None


def test_a_row_holds_on_its_days_only() -> None:
    book = OutletBook.of(
        [
            Outlet("Old Name", "GBR", domains=("x.org",), until=date(2014, 8, 31)),
            Outlet("New Name", "GBR", domains=("x.org",), since=date(2014, 9, 1)),
        ]
    )
    assert book.at("https://x.org", date(2010, 1, 1)).name == "Old Name"  # type: ignore[union-attr]
    assert book.at("https://x.org", date(2020, 1, 1)).name == "New Name"  # type: ignore[union-attr]


def test_the_book_covers_the_world_and_every_zone_exists() -> None:
    from zoneinfo import ZoneInfo

    assert len(BOOK.outlets) >= 250
    assert len({o.country for o in BOOK.outlets}) >= 100
    for zone in {o.zone for o in BOOK.outlets if o.zone}:
        ZoneInfo(zone)
