"""Which outlet a page is of: by its address, by known names in its furniture, by its copyright line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.codebook.outlets import Outlet, OutletBook
from dragoman.pages.lines import Unit, holding

__all__ = ["Publisher", "above_all", "find_publisher"]

_COPYRIGHT = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d)?(?:\s?[-–]\s?(?:(?:19|20)\d\d|present))?[,.:]?\s*(?:by\s+)?(?P<who>[^\W\d_][^.|©]{1,60}?)"
    r"(?P<form>,? (?:inc|ltd|llc|plc|corp(?:oration)?|co|gmbh|limited|company|group|media)\b)?(?:\s+all rights.*)?\s*[.|©]?\s*(?:all rights.*)?$",
    re.IGNORECASE,
)
_CHUNK = re.compile(r"\s*(?:[|»–—•·]|\s-\s|\bby\b|,|:)\s*")
#: What a copyright line holds around the name.
_NOT_NAME = re.compile(
    r"^(?:copyright|©|by)\s+|\s+(?:19|20)\d\d.*$|\s+(?:unless|except|and its|or its)\b.*$", re.IGNORECASE
)
_RESERVED = re.compile(r"©|copyright|\(c\)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
#: Two namings in the furniture, one at its very head or one in a copyright line: one alone may be of another paper.
_ENOUGH = 4
#: Lines longer than this hold sentences, in which other outlets are named.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Publisher:
    """The outlet's name, its row in the book if it has one, where the name stands (unit) and the rule that found it."""

    name: str
    outlet: Outlet | None
    unit: int | None
    rule: str


def _copyright(text: str) -> re.Match[str] | None:
    if len(text) > 200 or not _RESERVED.search(text):
        return None
    low = text.lower()
    # A picture's copyright has neither year nor reservation: "Image copyright Getty Images".
    if not (_YEAR.search(low) or "rights" in low or low.startswith(("copyright", "©", "(c)"))):
        return None
    return _COPYRIGHT.search(text)


def _named_chunks(text: str, book: OutletBook) -> list[tuple[Outlet, int]]:
    """The outlets that a line or a part of it names, each with the number of words that name it."""
    if not book.may_name(text):
        return []
    found: dict[Outlet, int] = {}
    for chunk in (text, *_CHUNK.split(text)):
        outlet = book.named(chunk)
        if outlet:
            found.setdefault(outlet, chunk.count(" ") + 1)
    return list(found.items())


def _votes(
    units: Sequence[Unit], outside: Sequence[int], book: OutletBook
) -> tuple[dict[Outlet, float], dict[Outlet, int]]:
    """How much the furniture speaks for each known outlet, and where it is first named."""
    votes: dict[Outlet, float] = defaultdict(float)
    place: dict[Outlet, int] = {}
    short = [i for i in outside if len(units[i].text) <= _LONGEST]
    named = book.naming([units[i].text for i in short])
    for i in sorted({*holding(_RESERVED, units, short), *(short[k] for k in named)}):
        text = units[i].text
        own = _copyright(text)
        if own:
            who = own["who"].strip()
            for outlet in {o for o, _ in [*_named_chunks(who, book), *_named_chunks(who + (own["form"] or ""), book)]}:
                # An agency's copyright stands below its report in every outlet that prints it.
                votes[outlet] += 2 if outlet.agency else 6
                place.setdefault(outlet, i)
        for outlet, words in _named_chunks(text, book):
            # One word alone ("National", "World", "Time") is a menu's entry as often as a paper's name.
            votes[outlet] += 0.4 if words < 2 or outlet.office else 0.5 if outlet.agency else 2 if i > 1 else 4
            place.setdefault(outlet, i)
    return votes, place


def _marked(units: Sequence[Unit], outside: Sequence[int], book: OutletBook) -> tuple[Outlet, int] | None:
    """The outlet whose own phrase stands in the furniture (an office that issues releases)."""
    whole = "\n".join([units[i].text for i in outside]).casefold()
    marks = [(mark, outlet) for mark, outlet in book.marks if mark in whole]
    for i in outside if marks else ():
        text = units[i].text.casefold()
        for mark, outlet in marks:
            if len(text) <= _LONGEST and mark in text:
                return outlet, i
    return None


def _by_copyright(units: Sequence[Unit], outside: Sequence[int]) -> tuple[str, int] | None:
    """The name in the page's last copyright line, if it also stands elsewhere or is short."""
    for i in reversed(holding(_RESERVED, units, outside)):
        match = _copyright(units[i].text)
        if match:
            name = _NOT_NAME.sub("", match["who"]).strip(" ,;-")
            if name and name.count(" ") < 6 and name[0].isupper():
                return name, i
    return None


def find_publisher(
    units: Sequence[Unit], outside: Sequence[int], title_line: str | None, url: str | None, book: OutletBook
) -> Publisher | None:
    """The outlet of a page; ``outside`` are the places of units that are not body, ``title_line`` the title with what stands behind it."""
    outlet = book.at(url)
    if outlet:
        return Publisher(outlet.name, outlet, None, "address")
    if title_line:
        tail = re.split(r"\s+[|»–—-]\s+", title_line)[1:]
        found = next((o for o in map(book.named, reversed(tail)) if o), None)
        if found:
            return Publisher(found.name, found, None, "title_tail")
    votes, place = _votes(units, outside, book)
    if votes:
        best, weight = max(votes.items(), key=lambda x: x[1])
        if weight >= _ENOUGH:
            return Publisher(best.name, best, place[best], "furniture")
    marked = _marked(units, outside, book)
    if marked:
        return Publisher(marked[0].name, marked[0], marked[1], "mark")
    named = _by_copyright(units, outside)
    if named:
        return Publisher(named[0], None, named[1], "copyright")
    return None


def above_all(units: Sequence[Unit], title: int | None) -> Publisher | None:
    """The first line of a report saved without its page, where it stands above the title and has the form of a name."""
    text = units[0].text
    words = text.split()
    if not title or not 1 <= len(words) <= 6 or any(map(str.isdigit, text)) or text[-1] in ".:!?":
        return None
    return Publisher(text, None, 0, "first_line") if all(w[0].isupper() or len(w) <= 3 for w in words) else None
