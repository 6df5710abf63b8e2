"""Spans stay true to the page, whatever characters stand in it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from pagekit import LEAD, PARAGRAPHS, TITLE, article, dump, html

from dragoman.pages.lines import clean, units_of
from dragoman.pages.markup import render

MARKS = "\u00ad\u200b\u200e\u202a\ufeff\u2060"


def test_spans_of_a_dump_point_at_what_they_say() -> None:
    page = dump()
    found = article(page)
    said = {name: page[s.start : s.end] for name, s in found.spans.items()}
    assert said["title"] == TITLE
    assert said["published"] == "May 13, 2021 - 09:24"
    assert said["dateline"] == "NORDHAVN"
    assert said["byline"] == "By Jane Roe"
    assert said["body"].startswith("NORDHAVN --") and said["body"].endswith("(Yonhap)")
    assert "Nordhavn Gazette" in said["outlet"]


def test_characters_that_print_nothing_change_no_word_and_no_offset() -> None:
    page = dump().replace("harbour", f"har{MARKS}bour").replace("By Jane", "\u200fBy\u00a0Jane").replace("\n", "\r\n")
    found = article(page)
    assert found.title == TITLE
    assert found.body.split("\n\n") == PARAGRAPHS
    span = found.spans["title"]
    assert clean(page[span.start : span.end]) == TITLE


def test_smart_quotes_and_dashes_are_kept_as_printed() -> None:
    paragraphs = [
        LEAD.replace("--", "—"),
        "“We’ll see,” she said of the talks, which both sides had put off for months — and may again.",
        *PARAGRAPHS[1:],
    ]
    assert article(dump(paragraphs=paragraphs)).body.split("\n\n") == paragraphs


def test_encodings_are_told_by_their_bytes_or_by_the_page() -> None:
    text = dump(
        paragraphs=[
            *PARAGRAPHS[:4],
            "The café near the customs house — “Zum Anker” — stayed open for the reporters, who waited there. (Yonhap)",
        ]
    )
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"):
        assert "café near the customs house — “Zum Anker”" in article(text.encode(encoding)).body, encoding
    page = html(
        head='<meta charset="windows-1251">',
        body="".join(
            f"<p>{p}</p>"
            for p in [*PARAGRAPHS, "He was quoted by the paper «Новости пролива» as saying the same thing on Monday."]
        ),
    )
    assert "«Новости пролива»" in article(page.replace('<meta charset="utf-8">', "").encode("cp1251")).body


def test_entities_are_read_and_their_place_in_the_source_is_kept() -> None:
    page = html(
        body="".join(f"<p>{p}</p>" for p in [LEAD.replace("two harbour", "two&nbsp;harbour"), *PARAGRAPHS[1:]])
    ).replace("a year of", "a&#32;year&shy; of")
    found = article(page)
    assert "two harbour states" in found.body
    span = found.spans["body"]
    assert page[span.start : span.end].startswith("NORDHAVN") and page[span.start : span.end].endswith("(Yonhap)")
    at = found.spans["title"]
    assert page[at.start : at.end].startswith("Harbour states") and page[at.start : at.end].endswith("silence")


@given(st.text(alphabet=st.sampled_from("ab. \n\r\t<>&;#p/-!\"'=é\u00ad\u200b\u2028日"), max_size=300))
@settings(max_examples=300, deadline=None)
def test_units_and_rendered_text_point_into_their_source(text: str) -> None:
    for unit in units_of(text):
        assert clean(text[unit.start : unit.end]) == unit.text
    shown = render(text)
    assert len(shown.text) == len(shown.places)
    assert all(0 <= p <= len(text) for p in shown.places)
    assert list(shown.places) == sorted(shown.places)


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=2, max_size=5, unique=True))
@settings(max_examples=20, deadline=None)
def test_every_paragraph_of_the_body_stands_in_the_page(paragraphs: list[str]) -> None:
    page = dump(paragraphs=[LEAD, *[p for p in paragraphs if p != LEAD]])
    squeezed = " ".join(page.split())
    assert all(p in squeezed for p in article(page).body.split("\n\n"))
