"""An article read from what a page shows, joined with what it declares for machines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dragoman.codebook.outlets import OutletBook
from dragoman.model import Article, Caption, Page, Span
from dragoman.pages.dates import moments
from dragoman.pages.structured import Facts
from dragoman.pages.title import without_outlet

__all__ = ["with_facts"]

Finder = Callable[[str], Span | None]


def with_facts(article: Article, facts: Facts, page: Page, find: Finder) -> Article:
    """The article with declared title, outlet, dates, byline and section; ``find`` gives a value's place in the page.

    What the page declares wins over what was guessed from its lines; a printed publication time with a label wins over a declared day without a time
    on the same day.
    """
    spans = dict(article.spans)
    book = OutletBook.load()
    known = book.at(page.url or facts.url) or book.named(facts.outlet) or book.named(article.outlet)
    outlet = page.outlet or (known.name if known else facts.outlet) or article.outlet
    agency = article.agency or (
        (a.credit if (a := book.named(facts.agency)) else facts.agency) if facts.agency else None
    )
    names = [x for x in (outlet, facts.outlet, *((known.short, *known.aliases) if known else ())) if x]
    title = without_outlet(facts.title, names) if facts.title else article.title
    changed = {
        "title": title,
        "outlet": outlet,
        "agency": agency,
        "byline": article.byline or facts.byline,
        "section": facts.section or article.section,
        "dateline": article.dateline or facts.dateline,
        "subtitle": article.subtitle or (facts.subtitle if facts.subtitle != title else None),
    }
    for name, value in changed.items():
        if value and value != getattr(article, name):
            place = find(value)
            if place:
                spans[name] = Span(place.start, place.end, "declared")
    captions = article.captions or tuple(Caption(text, credit) for text, credit in facts.captions)
    relayed = tuple(x for x in (agency,) if x and x != outlet)
    changed_article = replace(article, **changed, captions=captions, relayed=relayed, spans=spans)  # type: ignore[arg-type]
    return _dated(changed_article, facts, page, known.zone if known else None, find)


def _dated(article: Article, facts: Facts, page: Page, home: str | None, find: Finder) -> Article:
    spans = dict(article.spans)
    changed: dict[str, str | float | None] = {}
    declared = facts.published
    shown_day = article.published[:10] if article.published and article.published_sure >= 0.9 else None
    if not page.published and declared:
        keeps_shown = shown_day is not None and (
            # The day of a report is the local day that the page prints; a declared UTC time may fall on the next one.
            shown_day != declared[:10] or ("T" not in declared and article.published is not None)
        )
        if not keeps_shown:
            changed |= {"published": declared, "published_rule": "declared", "published_sure": 1.0}
            place = _place_of_date(declared, find)
            if place:
                spans["published"] = Span(place.start, place.end, "declared")
            elif "published" in spans:
                del spans["published"]
            changed["timezone"] = facts.zone or (home if "T" in declared else None)
    if facts.updated and not article.updated:
        changed["updated"] = facts.updated
        place = _place_of_date(facts.updated, find)
        if place:
            spans["updated"] = Span(place.start, place.end, "declared")
    return replace(article, **changed, spans=spans)  # type: ignore[arg-type]


def _place_of_date(iso: str, find: Finder) -> Span | None:
    """Where a date that machines wrote stands: as far as its minutes, or its day."""
    for form in (iso[:16], iso[:10], iso[:10].replace("-", "")):
        place = find(form)
        if place and next(iter(moments(iso)), None):
            return place
    return None
