"""Pages for the tests, written here: no line of them stands in any outlet."""

from __future__ import annotations

from dragoman.model import Article, Page, Rejection
from dragoman.pages import article_of

MENU = [
    "Home",
    "World",
    "Politics",
    "Business",
    "Opinion",
    "Sport",
    "Culture",
    "Weather",
    "Jobs",
    "Podcasts",
    "Sign in",
    "Subscribe",
]
TITLE = "Harbour states resume talks on shared pilots after a year of silence"
LEAD = (
    "NORDHAVN -- The foreign ministers of the two harbour states met on Tuesday for the first time in a year and agreed to let their pilots "
    "work on both sides of the strait again, officials said."
)
QUOTE = '"We have not been this close in months," she added.'
PARAGRAPHS = [
    LEAD,
    "The talks, held behind closed doors in the old customs house, lasted four hours and ended without a joint statement, according to two people "
    "who were in the room and asked not to be named.",
    QUOTE,
    "The ministry said that a second round would follow before the end of the month, and that the other side had offered to host it in its capital.",
    "The two governments had broken off contact last spring, after a pilot boat was held for nine days. The boat and its crew were released in June. (Yonhap)",
]
CAPTION = "The two ministers arrive at the customs house in Nordhavn, Tuesday. (AP-Yonhap)"
FOOT = [
    "MOST POPULAR",
    "1 Ferries cancelled as fog closes the strait",
    "2 Three bakeries share the prize for the best rye",
    "3 Council puts off vote on the new bridge",
    "About us",
    "Contact us",
    "Terms of service",
    "Privacy policy",
    "Copyright The Nordhavn Gazette. All Rights Reserved.",
]


def dump(
    *,
    published: str = "Published : May 13, 2021 - 09:24",
    title: str = TITLE,
    paragraphs: list[str] | None = None,
    head: str = "",
) -> str:
    """A page's dump: menu, section, title, byline, date, caption twice, body, list of the most read, foot."""
    body = "\n\n".join(paragraphs or PARAGRAPHS)
    top = [head] if head else []
    return (
        "\n".join(
            [*top, *MENU, "", "World", "", title, "", "By Jane Roe", published, CAPTION, CAPTION, body, "", *FOOT]
        )
        + "\n"
    )


def html(*, body: str | None = None, head: str = "") -> str:
    """A page of markup with menu, article and foot."""
    menu = "".join(f'<li><a href="/{x.lower()}">{x}</a></li>' for x in MENU)
    inside = body if body is not None else "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    foot = "".join(f"<p>{x}</p>" for x in FOOT)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Nordhavn Gazette</title>{head}</head>'
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{TITLE}</h1>{inside}</article><footer>{foot}</footer></body></html>"
    )


def read(data: str | bytes, **known: str) -> Article | Rejection:
    """What the room makes of a page."""
    return article_of(Page("page", data.encode() if isinstance(data, str) else data, **known))


def article(data: str | bytes, **known: str) -> Article:
    """The article of a page that must hold one."""
    found = read(data, **known)
    assert isinstance(found, Article), found
    return found


def reason(data: str | bytes) -> str:
    """Why a page was refused, of a page that must be."""
    found = read(data)
    assert isinstance(found, Rejection), found
    assert found.stage == "pages"
    return found.reason
