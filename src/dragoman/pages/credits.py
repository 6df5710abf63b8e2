"""Whose report it is: agency, dateline, byline, and through whose hands the report came."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.codebook.outlets import Outlet, OutletBook

__all__ = ["Dateline", "agency_in_byline", "agency_told", "closing_credit", "dateline_of"]

_PLACE = r"(?:[A-Z][\w.'’-]*|[A-Z]\.)(?:[ -](?:[A-Z][\w.'’-]*|de|la|el|al|of|the|on|upon|sur)){0,4}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    r"(?:(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?,? )?"
    rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}}\.? {_MONTH})(?:,? (?:19|20)\d\d)?"
)
_DASH = r"\s?(?:--+|[–—―]|-(?=\s))\s?"
#: "WASHINGTON, May 12 (Reuters) -", "SEOUL (AFP) –", "(Reuters) —", "WASHINGTON --", "Tokyo, Aug. 18 (Jiji Press)--", "TEHRAN, Sep. 28 (MNA) –".
_DATELINE = re.compile(
    rf"^(?P<place>{_PLACE}(?:,? ?/ ?{_PLACE}|, {_PLACE}){{0,2}})?(?:,? ?(?P<day>{_DAY}))?,?"
    rf"\s*(?:[\[(](?P<agency>[^()\[\]]{{2,60}})[\])])?\s*(?P<dash>{_DASH}|:\s|(?<=\))\s)"
)
#: A name in a dateline's brackets that the book does not know: an agency's all the same.
_NAMELIKE = re.compile(r"^[A-Z][\w.&-]*(?: [A-Z][\w.&-]*){0,3}$")
_SHOUTED = re.compile(r"^[A-Z][A-Z.'’ ,/-]{2,}$")
_CLOSING = re.compile(r"(?:\((?P<paren>[^()]{2,60})\)|[-–—]+\s?(?P<dash>[A-Z][\w /&.-]{1,40}))[.\s]*$")
_SOURCE = re.compile(
    r"^(?:source|agency|agencies|with (?:input|inputs|reporting) (?:from|by)|via)\s*:?\s*(?P<who>.{2,60})$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:told|tells|informed|said to|interview(?:ed)? (?:with|by)|speaking to|quoted by|reported by|according to|reported to|cited by)"
    r"\s+(?P<who>(?:the )?[A-Z][\w’']*(?:[ -][A-Z][\w’']*){0,4})"
    r"|\b(?P<verb>(?:the )?[A-Z][\w’']*(?:[ -][A-Z][\w’']*){0,4})\s+(?:news agency\s+)?(?:reported|reports|has reported)\b"
)
_SPLIT = re.compile(r"\s*(?:/|,|&|\band\b|\bwith\b|-|\|)\s*")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Place (as printed), day and agency that stand before a report's first words; ``end`` is where they end, in the paragraph."""

    place: str | None
    day: str | None
    agency: str | None
    end: int


def dateline_of(paragraph: str, book: OutletBook) -> Dateline | None:
    """The dateline at the head of a paragraph; ``None`` where it has none.

    A place alone is a dateline where it is in capitals and a dash stands behind it; else a day or an agency must stand beside it, so that
    "Israel - which ..." and a speaker's name ("QUESTION:") are none.
    """
    match = _DATELINE.match(paragraph[:200])
    if not match or not (match["place"] or match["agency"]):
        return None
    place, day, inside = match["place"], match["day"], match["agency"]
    agency = (
        next((o for o in map(book.named, [inside, *_SPLIT.split(inside)]) if o and o.agency), None) if inside else None
    )
    if inside and agency is None and (place is None or not match["dash"].strip()):
        return None
    if match["dash"].strip() == ":" and not (day and place):
        return None
    if place and not (day or inside):
        shouted = _SHOUTED.match(place) and len(place) > 2
        if not shouted or match["dash"].strip() in {":", ""}:
            return None
    if place and inside and not agency and not day and not _SHOUTED.match(place):
        return None
    return Dateline(
        place, day, agency.credit if agency else (inside if inside and _NAMELIKE.match(inside) else None), match.end()
    )


def agency_in_byline(byline: str | None, book: OutletBook) -> Outlet | None:
    """The agency that a byline names ("By Yonhap", "REUTERS", "Jane Roe, AFP")."""
    if not byline:
        return None
    parts = [byline, *_SPLIT.split(re.sub(r"^(?:by|from)\s+", "", byline, flags=re.IGNORECASE))]
    return next((o for o in map(book.named, parts) if o and o.agency), None)


def closing_credit(paragraphs: Sequence[str], book: OutletBook) -> Outlet | None:
    """The agency credited at the end of the report: "(Yonhap)", "-- AFP", "Source: Xinhua"."""
    for text in paragraphs[-2:]:
        match = _CLOSING.search(text[-80:])
        words = (match["paren"] or match["dash"]) if match else None
        line = _SOURCE.match(text) if len(text) < 80 else None
        words = line["who"].strip(" .") if line else words
        if not words:
            continue
        found = next((o for o in map(book.named, [words, *_SPLIT.split(words)]) if o and (o.agency or line)), None)
        if found:
            return found
    return None


def agency_told(paragraphs: Sequence[str], book: OutletBook) -> Outlet | None:
    """The agency that the first paragraphs say the news was told to or reported by ("told Reuters"): the report it is retold from."""
    for text in paragraphs[:3]:
        for match in _TOLD.finditer(text):
            words = match["who"] or match["verb"]
            found = book.named(words) or book.named(words.split()[0])
            if found and found.agency:
                return found
    return None
