"""dragoman reads news reports and keeps a sourced, dated ledger of diplomatic contact.

The same words as on the command line::

    from datetime import date
    from dragoman import Ledger, Pipeline, pages_of, read_page

    reading = read_page("report.html")                  # one report: its contacts, processes, statements
    with Ledger.open("dragoman.db") as ledger:          # many: a history
        for outcome in Pipeline().run(pages_of("reports/"), ledger):
            print(outcome)
        for silence in ledger.silences(as_of=date(2021, 3, 20)):
            print(silence.parties, silence.silence_days, silence.reported_by)

Every name is imported when it is first asked for: ``import dragoman`` loads none of the rooms.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from dragoman.errors import DragomanError
    from dragoman.language import Language
    from dragoman.ledger import Ledger
    from dragoman.model import (
        Article,
        Attribution,
        Contact,
        Document,
        Interval,
        Page,
        Process,
        Quote,
        Reading,
        Rejection,
        Sentence,
        Span,
        Statement,
        TimeExpression,
        Token,
    )
    from dragoman.pages import article_of
    from dragoman.pages.files import pages_of
    from dragoman.pipeline import Pipeline, read_page

_HOMES = {
    "DragomanError": "errors",
    "Language": "language",
    "Ledger": "ledger",
    "Article": "model",
    "Attribution": "model",
    "Contact": "model",
    "Document": "model",
    "Interval": "model",
    "Page": "model",
    "Process": "model",
    "Quote": "model",
    "Reading": "model",
    "Rejection": "model",
    "Sentence": "model",
    "Span": "model",
    "Statement": "model",
    "TimeExpression": "model",
    "Token": "model",
    "article_of": "pages",
    "Pipeline": "pipeline",
    "pages_of": "pages.files",
    "read_page": "pipeline",
}

__all__ = [
    "Article",
    "Attribution",
    "Contact",
    "Document",
    "DragomanError",
    "Interval",
    "Language",
    "Ledger",
    "Page",
    "Pipeline",
    "Process",
    "Quote",
    "Reading",
    "Rejection",
    "Sentence",
    "Span",
    "Statement",
    "TimeExpression",
    "Token",
    "__version__",
    "article_of",
    "pages_of",
    "read_page",
]


def __getattr__(name: str) -> Any:
    """The public name, from the room where it lives."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    return getattr(importlib.import_module(f"dragoman.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
