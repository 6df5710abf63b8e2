"""One report: its article with all that it gave, the raw page beside it as text, and what was not read of it."""

from __future__ import annotations

from typing import Any

from dragoman.desk.asking import Asked, Param
from dragoman.desk.desk import Desk
from dragoman.desk.evidence import chain_of, fields_of
from dragoman.desk.links import Links
from dragoman.desk.marks import marked
from dragoman.desk.rendering import View
from dragoman.desk.rows import report_row
from dragoman.errors import RequestRefused
from dragoman.ledger.looking import KnownReport
from dragoman.ledger.told import Told, pairs_of

__all__ = ["PARAMS", "report"]

PARAMS = (Param("raw", "choice", "`yes` shows the page as it came beside the article.", ("yes", "no")),)
#: Letters of a raw page that are shown; a page may have tens of millions.
MOST_RAW = 200_000
#: Contacts whose quotes are fetched and marked.
MOST_CONTACTS = 100


def report(desk: Desk, asked: Asked) -> View:
    """The report of that key."""
    found = desk.looking.report(asked.steps["key"])
    if found is None:
        raise RequestRefused(404, "There is no report of that name in this ledger.")
    day = found.report.day
    if day is not None and day > asked.day:
        data = {
            "what": "report",
            "known": day.isoformat(),
            "known_href": asked.path + f"?as_of={day.isoformat()}",
            "pair_href": None,
        }
        return View("unknown.html", f"Not known on {asked.day.isoformat()}", data, status=404)
    pieces = desk.looking.evidence(found.tellings[:MOST_CONTACTS])
    quotes = [q for p in pieces if p["where"] in (None, "body") for q in p["quotes"]]
    raw = _raw(desk, found) if asked.given["raw"] == "yes" else None
    article = {k: v for k, v in found.article.items() if k not in {"spans", "links"}}
    return View(
        "report.html",
        found.report.title or found.report.id,
        {
            "report": report_row(found.report, asked.links),
            "article": article,
            "recorded": found.recorded,
            "reader": found.reader,
            "paragraphs": marked(found.body, quotes, whole=True),
            "contacts": [
                _contact(t, p, asked.links) for t, p in zip(found.tellings[:MOST_CONTACTS], pieces, strict=True)
            ],
            "processes": list(found.processes),
            "statements": list(found.statements),
            "conflicts": list(found.conflicts),
            "parties": [{"code": c, "href": asked.links.party(c)} for c in found.parties],
            "rejections": list(found.rejections),
            "newer": [report_row(r, Links()) for r in found.newer],
            "older": [report_row(r, asked.links) for r in found.older],
            "readings": list(found.readings),
            "has_page": found.page_key is not None,
            "raw": raw,
            "raw_href": asked.links.report(found.report.key, raw=None if raw is not None else "yes"),
        },
        up=asked.links.board(),
    )


def _contact(told: Told, piece: dict[str, Any], links: Links) -> dict[str, Any]:
    pairs = pairs_of(told.contact)
    return {
        "place": told.place,
        "contact": piece["contact"],
        "fields": fields_of(piece["contact"], piece["quotes"]),
        "chain": chain_of(told),
        "pairs": [{"parties": list(p), "href": links.pair(*p)} for p in pairs],
    }


def _raw(desk: Desk, found: KnownReport) -> dict[str, Any] | None:
    """The page as it came, as text: what is no UTF-8 shows as the sign for it."""
    data = desk.looking.page(found.page_key) if found.page_key else None
    if data is None:
        return None
    text = data[: 4 * MOST_RAW].decode("utf-8", "replace")
    return {"text": text[:MOST_RAW], "bytes": len(data), "cut": len(text) > MOST_RAW or len(data) > 4 * MOST_RAW}
