"""Text dumps of pages: body without furniture, masthead with its evidence."""

from __future__ import annotations

import pytest
from pagekit import CAPTION, FOOT, LEAD, MENU, PARAGRAPHS, QUOTE, TITLE, article, dump


def test_the_body_is_complete_and_holds_no_menu() -> None:
    body = article(dump()).body.split("\n\n")
    assert body == PARAGRAPHS
    assert not set(body) & {*MENU, *FOOT}


def test_a_short_quotation_between_paragraphs_is_kept() -> None:
    assert QUOTE in article(dump()).body.split("\n\n")


def test_the_last_paragraph_keeps_its_agency_credit() -> None:
    assert article(dump()).body.endswith("(Yonhap)")


def test_a_caption_printed_twice_is_one_caption_and_no_body() -> None:
    found = article(dump())
    assert [c.text for c in found.captions] == [CAPTION]
    assert found.captions[0].credit == "AP-Yonhap"
    assert CAPTION not in found.body


def test_the_masthead_is_read() -> None:
    found = article(dump())
    assert (found.title, found.byline, found.dateline, found.agency) == (TITLE, "Jane Roe", "NORDHAVN", "Yonhap")
    assert (found.published, found.published_rule, found.published_sure) == ("2021-05-13T09:24", "label", 1.0)
    assert found.outlet == "The Nordhavn Gazette"
    assert found.language == "en"
    assert not found.machine_translated


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("3/14/2021, 10:11:59 PM", "2021-03-14T22:11:59"),
        ("14 March 2021", "2021-03-14"),
        ("Sunday, March 14, 2021 at 9:05 p.m. EDT", "2021-03-14T21:05-04:00"),
        ("Sun, 14 Mar 2021 21:05:00 +0900", "2021-03-14T21:05:00+09:00"),
        ("2021.03.14 21:05", "2021-03-14T21:05"),
        ("2021-03-14T21:05:00Z", "2021-03-14T21:05:00+00:00"),
    ],
)
def test_dates_of_every_style_are_read_in_the_masthead(words: str, iso: str) -> None:
    assert article(dump(published=words)).published == iso


def test_the_day_of_the_crawl_is_not_the_publication_date() -> None:
    found = article(dump(head=" date 2021-05-20  Back To Top"))
    assert found.published == "2021-05-13T09:24"


def test_with_nothing_else_the_day_of_the_crawl_is_a_guess_that_says_so() -> None:
    found = article(dump(head=" date 2021-05-20  Back To Top", published="Staff reporter"))
    assert found.published == "2021-05-20"
    assert found.published_rule == "crawl_date"
    assert found.published_sure < 0.5


def test_the_date_of_an_event_in_the_body_is_never_the_publication_date() -> None:
    paragraphs = [
        LEAD,
        "The last round was held on March 2, 2019, in the same room of the same house, and it ended in the same way.",
        *PARAGRAPHS[1:],
    ]
    assert article(dump(published="Staff reporter", paragraphs=paragraphs)).published is None


def test_what_is_told_beside_the_page_wins() -> None:
    found = article(dump(), published="2020-01-01", outlet="Other Paper")
    assert (found.published, found.published_rule, found.outlet) == ("2020-01-01", "given", "Other Paper")


def test_an_update_is_told_apart_from_the_publication() -> None:
    found = article(dump(published="Published: 13 May 2021 09:24 GMT   Updated: 14 May 2021 10:00 GMT"))
    assert (found.published, found.updated, found.timezone) == (
        "2021-05-13T09:24+00:00",
        "2021-05-14T10:00+00:00",
        "UTC",
    )


def test_the_day_in_the_address_is_a_guess_that_says_so() -> None:
    found = article(dump(published="Staff reporter"), url="https://example.org/2021/05/13/talks")
    assert (found.published, found.published_rule) == ("2021-05-13", "address")
    assert found.published_sure < 1.0


def test_a_lead_told_before_the_text_and_the_title_again_are_repeats() -> None:
    lead = PARAGRAPHS[1]
    page = "\n\n".join(
        [
            "Some Paper",
            TITLE,
            "3/14/2021, 10:11:59 PM",
            f"{lead} From before",
            "In a surprise to many",
            TITLE,
            lead,
            *PARAGRAPHS[2:],
            "Similar news:",
            "Fog closes the strait for a third day",
        ]
    )
    found = article(page)
    assert found.body.split("\n\n") == [lead, *PARAGRAPHS[2:]]
    assert found.title == TITLE


def test_bullets_above_the_text_are_key_points_and_headlines_below_are_links() -> None:
    points = ["The ministers met for four hours.", "A second round is to follow this month."]
    page = (
        dump()
        .replace("By Jane Roe", "By Jane Roe\n\n" + "\n\n".join(f"  • {p}" for p in points))
        .replace("MOST POPULAR", "Related stories\nFog closes the strait for a third day\nMOST POPULAR")
    )
    found = article(page)
    assert list(found.key_points) == points
    assert found.links[0].title == "Fog closes the strait for a third day"


def test_lines_wrapped_at_a_column_are_put_back_together() -> None:
    import textwrap

    wire = "\n\n".join([TITLE, "13 May 2021", *("\n".join(textwrap.wrap(p, 72)) for p in PARAGRAPHS)])
    assert article(wire).body.split("\n\n") == PARAGRAPHS


def test_paragraphs_of_wire_copy_told_apart_by_indents_stay_apart() -> None:
    import textwrap

    wire = TITLE + "\n13 May 2021\n" + "\n".join("\n".join(textwrap.wrap("   " + p, 72)) for p in PARAGRAPHS)
    assert article(wire).body.split("\n\n") == PARAGRAPHS


def test_readers_comments_are_no_body() -> None:
    comments = "\n".join(
        f"reader{k} says:\nMay 14, 2021 at 6:3{k} am\nI have lived on the strait for forty years and I have seen ministers come and go, this is what they always say."
        for k in range(6)
    )
    body = article(dump().replace("MOST POPULAR", f"6 Comments\n{comments}\nMOST POPULAR")).body
    assert "forty years" not in body
    assert body.endswith("(Yonhap)")


def test_a_page_that_says_it_was_translated_by_a_machine_is_marked_with_the_reason() -> None:
    found = article(
        dump().replace("By Jane Roe", "By Jane Roe\nThis article was automatically translated from the original.")
    )
    assert found.machine_translated
    assert "says_so" in found.spans["machine_translated"].rule
