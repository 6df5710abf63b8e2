"""Any page in, the article out, or a named refusal.

:func:`article_of` is the room's door: it takes HTML of any news site, plain-text dumps of pages, wire copy and JSON, and never raises on any bytes.
"""

from __future__ import annotations

from dragoman.errors import PageError
from dragoman.model import Article, Page, Rejection
from dragoman.pages.refusals import REASONS

__all__ = ["REASONS", "article_of"]


def article_of(page: Page) -> Article | Rejection:
    """The article that a page holds, or the rejection that says why there is none.

    What whoever brought the page knows (``page.outlet``, ``page.published``) wins over what the page says. Spans of the article count the characters
    of the decoded page. The same bytes give the same article; no bytes make it raise.
    """
    from dragoman.pages.kinds import read_page

    try:
        return read_page(page)
    except PageError as refusal:
        return Rejection(page.id, "pages", refusal.reason, refusal.detail)
