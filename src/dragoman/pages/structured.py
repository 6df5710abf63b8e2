"""What a page says of itself for machines: schema.org in JSON-LD, ninjs, and the like."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from html import unescape
from typing import Any

from dragoman.pages.dates import moments
from dragoman.pages.lines import clean

__all__ = ["Facts", "facts_of", "join", "objects_in"]

#: Objects of one page that are looked at, and levels into which they are followed.
_MOST_OBJECTS, _DEEPEST = 5000, 12
_ARTICLE = re.compile(
    r"(?:News|Blog|Report|Analysis|Opinion|Review|Background|Advertiser|Satirical|Scholarly|Tech|LiveBlog)?(?:Article|Posting|Newspaper)$"
)
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?$")


@dataclass(frozen=True, slots=True)
class Facts:
    """Values that a page declares; each may be missing."""

    title: str | None = None
    subtitle: str | None = None
    body: str | None = None
    published: str | None = None
    updated: str | None = None
    zone: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: str | None = None
    section: str | None = None
    dateline: str | None = None
    language: str | None = None
    url: str | None = None
    captions: tuple[tuple[str, str | None], ...] = ()


def join(first: Facts, second: Facts) -> Facts:
    """The first facts, with what they lack from the second."""
    lacking = {f.name: getattr(second, f.name) for f in fields(Facts) if not getattr(first, f.name)}
    return replace(first, **lacking)


def objects_in(data: Any) -> Iterator[Mapping[str, Any]]:
    """Every JSON object of a value, outer before inner, left to right; bounded in number and depth."""
    queue: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while queue and seen < _MOST_OBJECTS:
        value, depth = queue.pop(0)
        seen += 1
        if isinstance(value, dict):
            yield value
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        if depth < _DEEPEST:
            queue.extend((x, depth + 1) for x in inner if isinstance(x, dict | list))


def _types(data: Mapping[str, Any]) -> list[str]:
    kind = data.get("@type", data.get("type", ""))
    return [x for x in (kind if isinstance(kind, list) else [kind]) if isinstance(x, str)]


def _words(value: Any) -> str | None:
    """A string, or the name inside an object or the first of a list."""
    if isinstance(value, list):
        found = [w for w in map(_words, value[:5]) if w]
        return ", ".join(found) or None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("headline")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    # Sites escape twice ("&amp;#8217;" in JSON that markup escaped already).
    return clean(unescape(str(value))) or None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def iso_of(value: Any) -> tuple[str | None, str | None]:
    """An ISO date (``Z`` as ``+00:00``, fractions of a second cut) and its zone, of what machines write; nothing where it is no date."""
    words = clean(value) if isinstance(value, str) else ""
    moment = next(iter(moments(words[:60])), None) if words else None
    if moment is None or (moment.start > 0 and not _ISO.match(words) and moment.sure < 1):
        return None, None
    return moment.iso, moment.zone


def _first(data: Mapping[str, Any], *names: str) -> Any:
    return next((data[n] for n in names if data.get(n)), None)


def facts_of(data: Any) -> Facts | None:
    """The facts of the first news object in a JSON value: schema.org's articles, ninjs, or headline with text; ``None`` where there is none."""
    loose: Facts | None = None
    for found in objects_in(data):
        if any(_ARTICLE.search(t) for t in _types(found)):
            return _schema(found)
        if loose is None and _first(found, "headline", "title") and _first(found, *_BODIES):
            loose = _ninjs(found)
    return loose


_BODIES = (
    "body_text",
    "bodytext",
    "body_html",
    "bodyhtml",
    "body_xhtml",
    "bodyxhtml",
    "articleBody",
    "body",
    "content",
    "text",
    "story",
)


def _schema(data: Mapping[str, Any]) -> Facts:
    published, zone = iso_of(_first(data, "datePublished", "dateCreated", "uploadDate"))
    updated, _ = iso_of(data.get("dateModified"))
    image = data.get("image")
    images = [x for x in (image if isinstance(image, list) else [image]) if isinstance(x, dict) and x.get("caption")]
    return Facts(
        title=_words(_first(data, "headline", "name")),
        subtitle=_words(_first(data, "alternativeHeadline")),
        body=_text(_first(data, "articleBody", "text")),
        published=published,
        updated=updated,
        zone=zone,
        outlet=_words(_first(data, "publisher", "sourceOrganization")),
        agency=_words(data.get("provider")),
        byline=_words(_first(data, "author", "creator")),
        section=_words(data.get("articleSection")),
        dateline=_words(_first(data, "dateline", "locationCreated")),
        language=_words(data.get("inLanguage")),
        url=_words(data.get("url")),
        captions=tuple((clean(str(x["caption"])), _words(x.get("creditText") or x.get("author"))) for x in images[:10]),
    )


def _ninjs(data: Mapping[str, Any]) -> Facts:
    """IPTC's ninjs (1.x and 2.x), whose names most loose formats share."""
    published, zone = iso_of(
        _first(
            data,
            "firstcreated",
            "firstCreated",
            "datePublished",
            "published",
            "published_at",
            "date",
            "pubDate",
            "versioncreated",
        )
    )
    updated, _ = iso_of(_first(data, "versioncreated", "versionCreated", "dateModified", "updated", "updated_at"))
    bodies = data.get("bodies")
    inner = (
        next((b.get("value") for b in bodies if isinstance(b, dict) and b.get("value")), None)
        if isinstance(bodies, list)
        else None
    )
    return Facts(
        title=_words(_first(data, "headline", "title")),
        subtitle=_words(_first(data, "subheadline", "description_text", "subtitle", "summary")),
        body=_text(inner) or _text(_first(data, *_BODIES)),
        published=published,
        updated=updated,
        zone=zone,
        outlet=_words(_first(data, "publisher", "outlet", "source", "infosources", "site_name")),
        agency=_words(_first(data, "copyrightholder", "agency", "provider")),
        byline=_words(_first(data, "byline", "author", "by", "authors")),
        section=_words(_first(data, "section", "category")),
        dateline=_words(_first(data, "located", "dateline")),
        language=_words(_first(data, "language", "lang")),
        url=_words(_first(data, "uri", "url", "link")),
    )


def parse_json(text: str) -> Any:
    """The value of a JSON text, or ``None`` where it is none (nested too deep counts as none)."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
