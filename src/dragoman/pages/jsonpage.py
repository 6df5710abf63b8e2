"""A page that is JSON (schema.org NewsArticle, ninjs, or headline with text) to an article."""

from __future__ import annotations

import json
from dataclasses import replace

from dragoman.model import Article, Page, Span
from dragoman.pages.dump import Hints, article_of_units
from dragoman.pages.lines import units_of
from dragoman.pages.markup import check_markup, looks_like_html, render
from dragoman.pages.merge import with_facts
from dragoman.pages.refusals import refuse
from dragoman.pages.structured import facts_of, parse_json

__all__ = ["article_of_json", "looks_like_json"]


def looks_like_json(text: str) -> bool:
    """Whether a text begins as a JSON object, or a list of such."""
    head = text[:200].lstrip("\ufeff \t\r\n")
    return head.startswith("{") or (head.startswith("[") and head[1:].lstrip()[:1] in {"{", "]"})


def article_of_json(page: Page, source: str) -> Article:
    """The article of a JSON page; spans count the characters of the source.

    Raises:
        PageError: ``malformed`` (no JSON), ``no_article`` (no news object with text in it), or another refusal.
    """
    data = parse_json(source.lstrip("\ufeff"))
    if data is None:
        raise refuse("malformed", "begins as JSON and is none, or is nested too deep")
    facts = facts_of(data)
    if facts is None or not facts.body:
        raise refuse("no_article", "JSON without a news object that has a headline and a text")
    body = facts.body
    if looks_like_html(body) or "<p" in body[:5000].lower():
        check_markup(body)
        body = render(body).text
    units = units_of(body)
    text = body if units else ""
    hints = Hints(tuple(u.text for u in units), facts.title)
    article = article_of_units(page, text, units, hints)
    spans = {k: found for k, s in article.spans.items() if (found := _in_source(source, text, s))}
    return with_facts(replace(article, spans=spans), facts, page, lambda value: _find(source, value))


def _find(source: str, value: str) -> Span | None:
    for form in (json.dumps(value, ensure_ascii=False)[1:-1], json.dumps(value)[1:-1], value):
        at = source.find(form)
        if at >= 0:
            return Span(at, at + len(form), "")
    return None


def _in_source(source: str, text: str, span: Span) -> Span | None:
    """The place in the JSON source of a stretch of the body: by its first and last words."""
    head = _find(source, text[span.start : min(span.end, span.start + 30)])
    foot = _find(source, text[max(span.start, span.end - 30) : span.end])
    if not head or not foot or foot.end < head.start:
        return None
    return Span(head.start, foot.end, span.rule)
