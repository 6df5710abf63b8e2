"""The named refusals: every reason for which a page is not read, in one place."""

from __future__ import annotations

from dragoman.errors import PageError

__all__ = ["REASONS", "refuse"]

#: Reason and what it means. A reason is a fixed word that users filter by; the detail beside it says the rest.
REASONS = {
    "empty": "nothing is printed on the page",
    "too_big": "more bytes, lines or tags than any news page has",
    "binary": "the bytes are a picture, an archive, a document of an office program or the like",
    "noise": "the bytes decode to no text in any encoding that the page could be in",
    "malformed": "markup or JSON that breaks its own rules beyond repair",
    "not_found": "the site says that the page does not exist or could not be served",
    "consent_wall": "only a question about cookies or consent was served",
    "paywall": "only an offer to subscribe or to log in was served",
    "bot_wall": "only a check for robots or a request to switch on JavaScript was served",
    "index_page": "a list of headlines that lead to articles, not an article",
    "video_only": "a video, sound or gallery page without a report in words",
    "language": "the article is not in English",
    "no_article": "text, but no paragraph that reads as a report",
}


def refuse(reason: str, detail: str = "") -> PageError:
    """The error that ends the reading of a page; ``reason`` must be one of :data:`REASONS` (``KeyError`` if not)."""
    return PageError(reason, detail or REASONS[reason])
