"""Which kind of page it is, and who reads it."""

from __future__ import annotations

from dragoman.model import Article, Page
from dragoman.pages.decode import decode

__all__ = ["read_page"]


def read_page(page: Page) -> Article:
    """The article of a page of any kind: HTML, JSON, or text with or without the page around it.

    Raises:
        PageError: a refusal (``refusals.REASONS``).
    """
    from dragoman.pages.dump import article_of_text
    from dragoman.pages.html import article_of_html
    from dragoman.pages.jsonpage import article_of_json, looks_like_json
    from dragoman.pages.markup import looks_like_html

    text = decode(page.data)
    if looks_like_json(text):
        return article_of_json(page, text)
    if looks_like_html(text):
        return article_of_html(page, text)
    return article_of_text(page, text)
