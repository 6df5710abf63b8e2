"""HTML as the lines that a reader sees, with the place of every character in the source; and the guard against hostile markup."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from html import unescape

from dragoman.model import Span
from dragoman.pages.refusals import refuse

__all__ = ["Rendered", "check_markup", "looks_like_html", "render"]

#: Real pages have 500 to 5,000 tags and 20 to 60 levels; parsers slow down, or give up, long before these.
MOST_TAGS = 150_000
DEEPEST = 400
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
#: Elements that a missing end tag does not nest (HTML, "optional tags"): they close themselves.
_LOOSE = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "thead",
        "tbody",
        "tfoot",
        "option",
        "optgroup",
        "colgroup",
        "body",
        "html",
        "head",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "nobr",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "iframe",
        "object",
        "select",
        "textarea",
        "math",
        "canvas",
    ]
)
#: One piece of a page: comment, declaration, tag, entity, or a run of text. No piece can be read twice, so the whole is linear.
_PIECE = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)|<(?P<close>/?)(?P<tag>[A-Za-z][A-Za-z0-9:-]*)(?P<rest>[^<>]*)>?|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?)"
    r"|(?P<text>[^<&]+)|(?P<stray>[<&])",
    re.DOTALL,
)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|article|p|script|section|main|table|span|h1)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)([^<>]*)")
_SPACES = re.compile(r"\s+")


def looks_like_html(text: str) -> bool:
    """Whether a text is markup: a known tag near its beginning, or several further on."""
    head = text[:3000]
    if head.lstrip()[:1] == "<" and _HTML.search(head):
        return True
    return len(_HTML.findall(text[:50_000])) >= 3


def check_markup(source: str) -> None:
    """Refuse what would cost a parser unbounded time or memory.

    Raises:
        PageError: ``too_big`` (more tags than any page has) or ``malformed`` (tags nested deeper than parsers go).
    """
    tags = max(source.count("<"), source.count("&") // 2)
    if tags > MOST_TAGS:
        raise refuse("too_big", f"{tags} tags or pairs of entities, {MOST_TAGS} at most")
    depth = deepest = 0
    for close, tag, rest in _ANY_TAG.findall(source):
        name = tag.lower()
        if name in _VOID or name in _LOOSE or rest.endswith("/"):
            continue
        depth = max(0, depth - 1) if close else depth + 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise refuse("malformed", f"tags nested {deepest} deep, {DEEPEST} at most")


@dataclass(frozen=True)
class Rendered:
    """Visible text, one block a line; ``places[i]`` is where its character ``i`` stands in the source."""

    text: str
    places: array[int]
    source_length: int

    def to_source(self, span: Span) -> Span:
        """The span in the source of a span in the visible text."""
        if not self.places:
            return Span(0, 0, span.rule)
        start = self.places[min(span.start, len(self.places) - 1)]
        last = self.places[min(max(span.end - 1, span.start), len(self.places) - 1)]
        return Span(start, min(last + 1, self.source_length), span.rule)


class _Writer:
    """Collects characters with their places; white space as a browser shows it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.places = array("l")
        self.blank = True

    def add(self, words: str, start: int, exact: bool) -> None:
        """Append text; ``exact``: character ``i`` stands at ``start + i`` (else all at ``start``, an entity)."""
        at = 0
        for match in _SPACES.finditer(words):
            self._put(words[at : match.start()], start + at if exact else start, exact)
            if not self.blank:
                self._put(" ", start + match.start() if exact else start, exact)
                self.blank = True
            at = match.end()
        self._put(words[at:], start + at if exact else start, exact)

    def _put(self, words: str, start: int, exact: bool) -> None:
        if words:
            self.parts.append(words)
            self.places.extend(range(start, start + len(words)) if exact else [start] * len(words))
            self.blank = False

    def line(self, at: int) -> None:
        """End the line, with a blank line after it."""
        if self.parts and self.parts[-1] != "\n\n":
            self.parts.append("\n\n")
            self.places.extend([at, at])
        self.blank = True


def render(source: str) -> Rendered:
    """The lines that a reader of the page sees, without scripts, styles and markup; linear in the source's length."""
    writer = _Writer()
    at = 0
    while at < len(source):
        match = _PIECE.match(source, at)
        if match is None:
            break
        at = match.end()
        tag = (match["tag"] or "").lower()
        if tag:
            if tag in _HIDDEN and not match["close"] and not (match["rest"] or "").endswith("/"):
                at = _after_hidden(source, at, tag)
                writer.line(match.start()) if tag not in {"script", "style"} else None
            elif tag not in _INLINE:
                writer.line(match.start())
        elif match["entity"]:
            writer.add(unescape(match["entity"]), match.start(), False)
        elif match["text"] or match["stray"]:
            writer.add(match.group(), match.start(), True)
    return Rendered("".join(writer.parts), writer.places, len(source))


def _after_hidden(source: str, at: int, tag: str) -> int:
    """Where an element that shows nothing ends; the page's end where nothing closes it (``head`` ends at ``body`` too)."""
    ends = [e.start() for e in (re.compile(rf"</{tag}\b", re.IGNORECASE).search(source, at),) if e]
    if tag == "head":
        body = re.compile(r"<body\b", re.IGNORECASE).search(source, at)
        ends += [body.start()] if body else []
    return min(ends) if ends else (at if tag in {"head", "object", "select", "noscript"} else len(source))
