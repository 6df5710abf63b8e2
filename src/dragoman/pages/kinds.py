"""Which kind of page it is, and who reads it."""

from __future__ import annotations

from dragoman.model import Article, Page
from dragoman.pages.decode import decode
from dragoman.pages.dump import article_of_text

__all__ = ["read_page"]


def read_page(page: Page) -> Article:
    """The article of a page of any kind.

    Raises:
        PageError: a refusal (``refusals.REASONS``).
    """
    text = decode(page.data)
    return article_of_text(page, text)
