"""HTML and JSON pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pagekit import FOOT, LEAD, PARAGRAPHS, TITLE, article, html

BODY = "\n\n".join(PARAGRAPHS)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Nordhavn Gazette"},
        {
            "@type": ["NewsArticle"],
            "headline": TITLE,
            "datePublished": "2021-05-13T09:24:00+02:00",
            "dateModified": "2021-05-13T11:00:00Z",
            "author": [{"@type": "Person", "name": "Jane Roe"}],
            "publisher": {"@type": "Organization", "name": "The Nordhavn Gazette"},
            "articleSection": "World",
        },
    ],
}


def test_the_body_of_markup_is_complete_and_holds_no_furniture() -> None:
    assert article(html()).body.split("\n\n") == PARAGRAPHS
    assert FOOT[1] not in article(html()).body


def test_linked_data_gives_title_dates_outlet_author_and_section() -> None:
    page = html(head=f'<script type="application/ld+json">{json.dumps(LINKED)}</script>')
    found = article(page)
    assert (found.title, found.outlet, found.byline, found.section) == (
        TITLE,
        "The Nordhavn Gazette",
        "Jane Roe",
        "World",
    )
    assert (found.published, found.updated, found.published_rule) == (
        "2021-05-13T09:24:00+02:00",
        "2021-05-13T11:00:00+00:00",
        "declared",
    )
    span = found.spans["published"]
    assert page[span.start : span.end].startswith("2021-05-13")


def test_meta_elements_give_what_linked_data_lacks() -> None:
    head = '<meta property="og:site_name" content="The Nordhavn Gazette"><meta content="2021-05-13T09:24:00Z" property="article:published_time">'
    found = article(html(head=head))
    assert (found.title, found.outlet, found.published, found.timezone) == (
        TITLE,
        "The Nordhavn Gazette",
        "2021-05-13T09:24:00+00:00",
        "UTC",
    )


def test_broken_linked_data_is_passed_over() -> None:
    assert article(html(head='<script type="application/ld+json">{"@type": "NewsArticle", </script>')).title == TITLE


def test_a_schema_org_article_is_read() -> None:
    data = dict(LINKED["@graph"][1], articleBody=BODY)  # type: ignore[index,arg-type]
    source = json.dumps(data)
    found = article(source)
    assert found.body.split("\n\n") == PARAGRAPHS
    assert (found.title, found.outlet, found.dateline, found.agency) == (
        TITLE,
        "The Nordhavn Gazette",
        "NORDHAVN",
        "Yonhap",
    )
    span = found.spans["title"]
    assert source[span.start : span.end] == TITLE


@pytest.mark.parametrize("name", ["body_text", "body_html", "bodies"])
def test_ninjs_is_read_with_text_or_markup(name: str) -> None:
    markup = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    body = {"body_text": BODY, "body_html": markup, "bodies": [{"contenttype": "text/html", "value": markup}]}[name]
    found = article(
        json.dumps(
            {
                "uri": "urn:x",
                "headline": TITLE,
                "byline": "Jane Roe",
                "firstcreated": "2021-05-13T09:24:00Z",
                "located": "Nordhavn",
                "content" if name == "bodies" else "n": LEAD,
                name: body,
            }
        )
    )
    assert found.body.split("\n\n") == PARAGRAPHS
    assert (found.title, found.byline, found.published) == (TITLE, "Jane Roe", "2021-05-13T09:24:00+00:00")


def test_halves_of_surrogate_pairs_in_json_are_left_out() -> None:
    source = json.dumps({"headline": TITLE, "body": BODY}).replace("customs", "cus\\ud83dtoms")
    assert article(source).body.split("\n\n") == PARAGRAPHS


def test_the_sample_reports_are_read(samples: Path) -> None:
    for path in sorted(samples.iterdir()):
        found = article(path.read_bytes())
        assert found.title and found.published, path.name
        assert found.published_sure >= 0.9, path.name
