"""HTML to an article: the body by readability, the rest by what the page declares and by what it shows."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

from dragoman.model import Article, Page, Span
from dragoman.pages.dump import Hints, article_of_units
from dragoman.pages.extraction import extracted
from dragoman.pages.lines import clean, squeeze, units_of
from dragoman.pages.markup import Rendered, check_markup, render
from dragoman.pages.merge import with_facts
from dragoman.pages.structured import Facts, facts_of, iso_of, join, parse_json

__all__ = ["article_of_html", "body_of_html", "extracted"]

_SCRIPT = re.compile(r"<script\b[^<>]*application/ld\+json[^<>]*>(.*?)</script", re.IGNORECASE | re.DOTALL)
_META = re.compile(r"<meta\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([A-Za-z_:][\w:.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_HEADING = re.compile(r"<h1\b[^<>]*>(.{1,1000}?)</h1", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{1,500})", re.IGNORECASE)
_TIME = re.compile(r"<time\b([^<>]*)>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LANGUAGE = re.compile(r"<html\b[^<>]*\blang\s*=\s*[\"']?([A-Za-z-]{2,10})", re.IGNORECASE)
#: The names under which sites declare what we ask for, the surest first.
_DECLARED = {
    "title": ("og:title", "twitter:title", "dc.title", "title", "headline", "parsely-title", "sailthru.title"),
    "subtitle": ("og:description", "description", "twitter:description"),
    "published": (
        "article:published_time", "article:published", "datepublished", "og:published_time", "parsely-pub-date", "sailthru.date",
        "dc.date.issued", "dc.date", "dcterms.created", "pubdate", "publish-date", "publish_date", "publication_date", "date",
        "article.published", "displaydate", "originalpublicationdate", "last-modified",
    ),
    "updated": ("article:modified_time", "article:modified", "og:updated_time", "datemodified", "lastmod", "dcterms.modified", "article.updated"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher", "twitter:app:name:iphone"),
    "byline": ("author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator", "byl"),
    "section": ("article:section", "parsely-section", "section"),
    "language": ("og:locale", "content-language", "language"),
}  # fmt: skip
#: Below this many characters the extractor found a teaser, and what the page shows is read instead.
_LEAST = 150


def _attributes(words: str) -> dict[str, str]:
    return {m[1].lower(): unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(words)}


def _declared(source: str) -> Facts:
    """Facts of the meta elements, headings and time elements."""
    metas: dict[str, str] = {}
    for match in _META.finditer(source):
        found = _attributes(match[1])
        name = found.get("property") or found.get("name") or found.get("itemprop") or found.get("http-equiv") or ""
        if name and found.get("content"):
            metas.setdefault(name.lower(), clean(unescape(found["content"])))
    values = {field: next((metas[n] for n in names if metas.get(n)), None) for field, names in _DECLARED.items()}
    heading = _HEADING.search(source)
    shown = clean(unescape(_TAG.sub(" ", heading[1]))) if heading else ""
    title = _TITLE.search(source)
    values["title"] = values["title"] or shown or (clean(unescape(title[1])) if title else None)
    published, zone = iso_of(values["published"])
    if published is None:
        times = (_attributes(m[1]).get("datetime") for m in _TIME.finditer(source))
        published, zone = next((x for x in map(iso_of, times) if x[0]), (None, None))
    updated, _ = iso_of(values["updated"])
    language = values["language"] or (m[1] if (m := _LANGUAGE.search(source)) else None)
    byline = values["byline"]
    return Facts(
        title=values["title"],
        subtitle=values["subtitle"],
        published=published,
        updated=updated,
        zone=zone,
        outlet=values["outlet"],
        byline=None if byline and byline.startswith(("http", "www.")) else byline,
        section=values["section"],
        language=language,
    )


def _linked_data(source: str) -> Facts | None:
    for match in _SCRIPT.finditer(source):
        data: Any = parse_json(match[1].strip().removeprefix("<!--").removesuffix("-->"))
        facts = facts_of(data) if data is not None else None
        if facts:
            return facts
    return None


def declared_facts(source: str) -> Facts:
    """All that a page declares: JSON-LD first, then meta elements, headings, time elements."""
    linked = _linked_data(source)
    meta = _declared(source)
    return join(linked, meta) if linked else meta


def _paragraphs(source: str, facts: Facts, url: str | None) -> list[str]:
    """The body: the extractor's, or what the page declares where that is all there is."""
    found = extracted(source)
    if sum(map(len, found)) >= _LEAST:
        return found
    declared = render(facts.body).text if facts.body else ""
    return [u.text for u in units_of(declared)] if len(declared) >= _LEAST else []


def body_of_html(source: str, url: str | None = None) -> str:
    """The body alone, for the measure: paragraphs parted by blank lines, no language refused."""
    check_markup(source)
    facts = declared_facts(source)
    shown = render(source)
    units = units_of(shown.text)
    found = _paragraphs(source, facts, url)
    from dragoman.pages.dump import body_of_dump, body_with_hints

    return body_with_hints(units, Hints(tuple(found), facts.title)) if found else body_of_dump(shown.text)


def article_of_html(page: Page, source: str) -> Article:
    """The article of an HTML page; spans count the characters of the source.

    Raises:
        PageError: a refusal (``refusals.REASONS``).
    """
    check_markup(source)
    facts = declared_facts(source)
    url = page.url or facts.url
    shown = render(source)
    found = _paragraphs(source, facts, url)
    article = article_of_units(page, shown.text, units_of(shown.text), Hints(tuple(found), facts.title))
    spans = {name: shown.to_source(span) for name, span in article.spans.items()}
    if found:
        spans["body"] = _body_span(shown, article.body.split("\n\n"), spans["body"])
    return with_facts(replace(article, spans=spans), facts, page, lambda value: _find(source, shown, value))


def _body_span(shown: Rendered, paragraphs: list[str], fallback: Span) -> Span:
    """From the first paragraph's first words to the last one's last, in the source."""
    head, foot = paragraphs[0][:40], paragraphs[-1][-40:]
    start = shown.text.find(head)
    end = shown.text.find(foot, start + 1) if start >= 0 else -1
    if start < 0 or end < 0:
        return Span(fallback.start, fallback.end, "readability")
    return shown.to_source(Span(start, end + len(foot), "readability"))


def _find(source: str, shown: Rendered, value: str) -> Span | None:
    """Where a declared value stands in the source: as shown, as written in an attribute, or as escaped in JSON."""
    at = shown.text.find(value)
    if at >= 0:
        return shown.to_source(Span(at, at + len(value), ""))
    for form in (value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]):
        at = source.find(form)
        if at >= 0:
            return Span(at, at + len(form), "")
    if not squeeze(value):
        return None
    words = [re.escape(w) for w in value.split()[:12]]
    match = re.compile(r"\s+".join(words)).search(source)
    return Span(match.start(), match.end(), "") if match else None
