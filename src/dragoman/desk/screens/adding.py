"""Reading more pages: dropped files, pasted text, a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from dragoman.desk.asking import Asked
from dragoman.desk.desk import Desk
from dragoman.desk.rendering import View
from dragoman.errors import FetchError, RequestRefused
from dragoman.model import Page, Reading, Rejection

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from dragoman.desk.accounts import Account

__all__ = ["BESIDE", "add", "fetch_and_read", "read_pages", "take_files", "take_link", "take_text"]

#: What may be told beside a page; it wins over what the page says.
BESIDE = {"outlet": "string", "url": "string", "published": "string"}
#: A page longer than this is no news report; the pages room would turn it down as well, later.
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Link:
    """A link to fetch, with what is told beside it."""

    url: str
    told: dict[str, str | None]


def add(desk: Desk, asked: Asked) -> View:
    """The forms."""
    return View("add.html", "Read more pages", {"outcomes": None}, up=asked.links.board())


async def take_files(form: FormData) -> list[Page]:
    """The files of a form as pages."""
    told = _told(form)
    found = []
    for n, value in enumerate(form.getlist("files")):
        if isinstance(value, str):
            continue
        data = await value.read()
        if data or value.filename:
            found.append(Page(_name(value.filename or f"file-{n + 1}"), data, **told))
    if not found:
        raise RequestRefused(400, "No file was sent; choose one or more, or drop them on the page.")
    return _apart(found)


async def take_text(form: FormData) -> list[Page]:
    """A pasted text as a page."""
    text = _field(form, "text")
    if not text:
        raise RequestRefused(400, "No text was sent; paste the report's text, its headline first.")
    title = _field(form, "title")
    told = _told(form)
    # The layout of a text dump: headline, day, body.
    parts = [title, (told["published"] or "")[:10], text]
    data = "\n\n".join(p for p in parts if p).encode("utf-8")
    return [Page(_name(title or text.splitlines()[0]), data, **told)]


async def take_link(form: FormData) -> Link:
    """A link to fetch."""
    link = _field(form, "link")
    if not link:
        raise RequestRefused(400, "No link was sent; paste one that begins with https:// or http://.")
    return Link(link, _told(form))


def fetch_and_read(desk: Desk, asked: Asked, account: Account, link: Link) -> View:
    """Fetch the link by the guarded fetcher and read what came."""
    from dragoman.desk.fetching import fetch

    try:
        found = fetch(link.url)
    except FetchError as error:
        raise RequestRefused(400, f"The link was not fetched. {error}") from None
    told = {**link.told, "url": link.told["url"] or found.final}
    page = Page(
        _name(found.final.rstrip("/").rsplit("/", 1)[-1] or "link"),
        found.data,
        **told,
        first_seen=desk.clock().isoformat(timespec="seconds"),
    )
    return read_pages(desk, asked, account, [page])


def read_pages(desk: Desk, asked: Asked, account: Account, pages: Sequence[Page]) -> View:
    """Read the pages into the ledger and show what came of each."""
    with desk.reading:
        outcomes = list(desk.pipeline.run(pages, desk.ledger))
    rows: list[dict[str, Any]] = []
    for page, outcome in zip(pages, outcomes, strict=True):
        if isinstance(outcome, Rejection):
            rows.append({"id": page.id, "rejected": outcome.as_json()["rejected"]})
        elif isinstance(outcome, Reading):
            article = outcome.article
            rows.append(
                {
                    "id": page.id,
                    "title": article.title,
                    "outlet": article.outlet,
                    "published": article.published,
                    "contacts": len(outcome.contacts),
                    # On its own day: the report may be older or newer than the day that is looked at.
                    "href": f"/report/{article.key}"
                    + (f"?as_of={article.published[:10]}" if article.published else ""),
                }
            )
    return View("add.html", "Read", {"outcomes": rows}, up="/add")


def _told(form: FormData) -> dict[str, str | None]:
    told = {k: _field(form, k) or None for k in BESIDE}
    published = told["published"]
    if published:
        try:
            datetime.fromisoformat(published)
        except ValueError:
            raise RequestRefused(400, "The day of publication is no day; write it as 2021-05-13.") from None
    return told


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    text = value if isinstance(value, str) else ""
    return text.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8").strip()


def _name(given: str) -> str:
    """An id from a file's name or a title: words and dashes, no path."""
    stem = PurePath(given.replace("\\", "/")).name
    stem = re.sub(r"\.(?:html?|txt|json|pdf|mht|warc)$", "", stem, flags=re.IGNORECASE)
    return re.sub(r"[^\w.-]+", "-", stem).strip("-.")[:LONGEST_NAME] or "page"


def _apart(pages: list[Page]) -> list[Page]:
    """The pages, each under an id of its own."""
    from dataclasses import replace

    seen: dict[str, int] = {}
    found = []
    for page in pages:
        seen[page.id] = seen.get(page.id, 0) + 1
        found.append(page if seen[page.id] == 1 else replace(page, id=f"{page.id}-{seen[page.id]}"))
    return found
