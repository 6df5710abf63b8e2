"""When a page was published and updated, by what it prints, and how sure that is.

A dump prints many dates: the day of the crawl at its head, the dates of other stories, dates in the body. The publication date is the
one that a label names or that stands in the masthead, between title and first paragraph; every other choice is a guess and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.codebook.forms import form
from dragoman.pages.dates import Moment, moments
from dragoman.pages.lines import Unit, holding

__all__ = ["Dated", "find_dates", "from_address", "on_dateline"]

_PUBLISHED = re.compile(
    r"\b(?:publish(?:ed)?|posted|first published|issued|created|released?|date|dated|uploaded|filed|input|on air|print edition|registered"
    r"|publication date|date of publication|pub date)"
    r"\s*(?:on|at|date|time)?\s*[:|–-]?\s*$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"\b(?:(?:last |first )?(?:updated?|modified|revised|edited|corrected)|last update)\s*(?:on|at|date|time)?\s*[:|–-]?\s*$",
    re.IGNORECASE,
)
#: Words of the tools that save pages: a date beside them is the day of the saving.
_CRAWL = re.compile(
    r"\b(?:date|back to top|retrieved|archived|accessed|saved|crawled|fetched|captured|today(?: is|'s date)?|snapshot|cached)\b",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2]|[1-9](?=[/_-]))[/_-]?(0[1-9]|[12]\d|3[01]|[1-9](?=[/_-]))(?!\d{1,3}(?:\D|$))"
)
#: A year, or two numbers with a stroke or a point between them; begins with its digit, for which a search looks first.
_YEAR = re.compile(r"\d(?:(?:(?<=1)9|(?<=2)0)\d\d|[/.]\d\d\b)")
#: A line is a date's own line where the rest of it is this short.
_REST = 45


@dataclass(frozen=True, slots=True)
class Dated:
    """A chosen date with its place in the page, the rule that chose it, and how sure it is."""

    moment: Moment
    start: int
    end: int
    rule: str
    sure: float


@dataclass(frozen=True, slots=True)
class _Candidate:
    moment: Moment
    unit: int
    start: int
    end: int
    label: str
    own_line: bool


def from_address(url: str | None) -> str | None:
    """The day that an address prints ("/2021/05/13/", "20210513"), as ISO date."""
    match = _IN_ADDRESS.search(url or "")
    if not match:
        return None
    try:
        return date(*map(int, match.groups())).isoformat()
    except ValueError:
        return None


#: How sure a dateline's day is as the day of publication: wires print it, papers run the story that day or the next.
_WIRED, _WIRED_NO_YEAR = 0.85, 0.6
#: Below this sureness a page's date is a guess that a dateline's day outweighs.
_GUESS = 0.6


def on_dateline(day: str | None, start: int, text: str, found: Dated | None, url: str | None) -> Dated | None:
    """The publication date once the dateline's day ("SEOUL, April 10, 2023 (Agency) --") has been heard.

    It outweighs a guess, and none at all. A day without its year takes the year of the page's guess or address: the last such day
    not after it. ``start`` is where the day may stand in ``text``, from there on.
    """
    if day is None or (found is not None and found.sure >= _GUESS):
        return found
    at = text.find(day, start)
    whole = next(moments(day), None)
    if at < 0:
        return found
    if whole is not None:
        return Dated(whole, at, at + len(day), "dateline", _WIRED)
    bound = from_address(url) or (found.moment.iso[:10] if found else None)
    if bound is None:
        return found
    years = (int(bound[:4]), int(bound[:4]) - 1)
    dated = (m for year in years for m in moments(f"{day}, {year}"))
    near = next((m for m in dated if m.iso[:10] <= bound), None)
    return Dated(near, at, at + len(day), "dateline", _WIRED_NO_YEAR) if near else found


def _label(raw: str, moment: Moment, before: str) -> str:
    """``published``, ``updated`` or nothing, by the words right before a date (on its line or on the line above)."""
    words = raw[: moment.start][-40:]
    words = words if words.strip(" :|-–—(") else before[-40:]
    if _UPDATED.search(words):
        return "updated"
    return "published" if _PUBLISHED.search(words) else ""


def _candidates(
    text: str, units: Sequence[Unit], places: Sequence[int], day_first: bool | None, home: str | None
) -> Iterator[_Candidate]:
    for i in holding(_YEAR, units, places):
        unit = units[i]
        raw = text[unit.start : min(unit.end, unit.start + 400)]
        before = units[i - 1].text if i else ""
        found = list(moments(raw, day_first=day_first, home=home))
        rest = len(raw) - sum(m.end - m.start for m in found)
        for m in found:
            yield _Candidate(m, i, unit.start + m.start, unit.start + m.end, _label(raw, m, before), rest <= _REST)


def _crawled(text: str, units: Sequence[Unit], found: _Candidate, title: int | None) -> bool:
    """Whether a date at the very head, far above the title, is the day of the saving or today's date on a front banner."""
    if found.unit > 2:
        return False
    unit = units[found.unit]
    if found.unit == 0 and form("crawl_stamp").match(f"{text[unit.start : unit.end]} "):
        return True
    if title is not None and title - found.unit <= 2:
        return False
    return title is None or title - found.unit > 4 or _CRAWL.search(text[unit.start : unit.end]) is not None


def _weight(
    found: _Candidate, text: str, units: Sequence[Unit], title: int | None, first: int, last: int
) -> tuple[str, float]:
    """The rule under which a date may be the publication date, and how sure it then is."""
    i = found.unit
    if found.label == "updated":
        return "updated", 0.5
    if found.label == "published" and not _crawled(text, units, found, title):
        near = title is not None and title - 2 <= i <= first + 1
        return ("label", 1.0) if near or not first < i else ("label", 0.8)
    if _crawled(text, units, found, title):
        return "crawl_date", 0.3
    if title is not None and title < i <= first and found.own_line:
        return "masthead", 0.95
    if title is not None and title - 4 <= i <= first:
        beside = 0.95 if title - i <= 2 else 0.85
        return "masthead", beside if found.own_line else 0.7
    if title is None and i < first and first - i <= 6:
        return "masthead", 0.75
    if i == last + 1 or i == last:
        return "foot", 0.6 if found.own_line else 0.4
    if i < first:
        return "above_title", 0.4
    return "elsewhere", 0.2


def find_dates(
    text: str,
    units: Sequence[Unit],
    title: int | None,
    body: Sequence[int],
    *,
    day_first: bool | None = None,
    home: str | None = None,
    skip: frozenset[int] = frozenset(),
) -> tuple[Dated | None, Dated | None]:
    """Publication and update as the page prints them; either may be ``None``.

    ``title`` is the title's place among the units, ``body`` the body's places; dates inside the body tell of events and are not looked
    at, nor are those of ``skip``. The rule of a date is ``label``, ``masthead``, ``above_title``, ``foot``, ``updated`` (only an update
    is printed), ``crawl_date`` or ``elsewhere``, from sure to guessed.
    """
    first, last = (body[0], body[-1]) if body else (len(units), len(units))
    inside = set(body)
    places = [i for i in range(len(units)) if i not in skip and i not in inside]
    ranked: list[tuple[float, Dated]] = []
    updated: Dated | None = None
    for found in _candidates(text, units, places, day_first, home):
        rule, sure = _weight(found, text, units, title, first, last)
        sure = round(sure * found.moment.sure, 3)
        dated = Dated(found.moment, found.start, found.end, rule, sure)
        if rule == "updated":
            near = title is None or title - 2 <= found.unit <= last + 3
            updated = updated or (dated if near else None)
        score = sure + 0.02 * found.moment.timed
        ranked.append((score, dated))
    best = max(ranked, key=lambda x: x[0])[1] if ranked else None
    if updated is not None:
        updated = Dated(updated.moment, updated.start, updated.end, "label", 1.0)
    return best, updated
