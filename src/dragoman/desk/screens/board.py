"""Home: the silence board, and below it what was answered lately."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from dragoman.desk.asking import Asked, Param
from dragoman.desk.desk import Desk
from dragoman.desk.rendering import View
from dragoman.desk.rows import last_told, thread_row
from dragoman.ledger import ThreadView
from dragoman.ledger.thread import SILENT

__all__ = ["PARAMS", "board"]

PARAMS = (
    Param("sort", "choice", "By the days of silence (default) or by the last change.", ("days", "change")),
    Param("party", "text", "Only rows of this party's code."),
    Param("page", "number", "Which page of rows, from 1.", most=100_000),
)
#: Rows a page: what is read in one go, and drawn in some milliseconds.
ROWS = 50
#: Pairs of which the answered threads are derived for the second table, those told of lately; and the days that are lately.
LATELY_PAIRS, LATELY_DAYS, LATELY_ROWS = 8, 365, 12
#: A pair told of more often than this is left to its own page: deriving it takes longer than a board may.
MOST_CONTACTS = 150


def board(desk: Desk, asked: Asked) -> View:
    """One row an overture that nobody is reported to have answered."""
    found = desk.board(asked.day, asked.recorded)
    party = asked.given["party"]
    if party:
        found = [t for t in found if party in t.thread.pair]
    sort = asked.given["sort"] or "days"
    if sort == "change":
        found = sorted(found, key=lambda t: (last_told(t), t.id), reverse=True)
    page = max(asked.given["page"] or 1, 1)
    pages = max((len(found) + ROWS - 1) // ROWS, 1)
    rows = [thread_row(t, asked.links) for t in found[(page - 1) * ROWS : page * ROWS]]

    def at(**query: Any) -> str:
        return asked.links.board(
            **{"sort": None if sort == "days" else sort, "party": party, "page": None if page == 1 else page, **query}
        )

    return View(
        "board.html",
        "Silence board",
        {
            "rows": rows,
            "total": len(found),
            "page": page,
            "pages": pages,
            "sort": sort,
            "party": party,
            "answered": lately(desk, asked) if page == 1 and not party else [],
            "hrefs": {
                "days": at(sort=None, page=None),
                "change": at(sort="change", page=None),
                "all": at(party=None, page=None),
                "previous": at(page=page - 1 if page > 2 else None) if page > 1 else None,
                "next": at(page=page + 1) if page < pages else None,
            },
        },
    )


def lately(desk: Desk, asked: Asked) -> list[dict[str, Any]]:
    """Overtures that were answered or ended, of the pairs told of most in the last year, latest first."""
    found = desk.kept.get(("lately", asked.day, asked.recorded), lambda: _lately(desk, asked.day, asked.recorded))
    return [thread_row(t, asked.links) for t in found]


def _lately(desk: Desk, day: date, recorded: datetime | None) -> list[ThreadView]:
    pairs = desk.looking.pairs_told(day - timedelta(days=LATELY_DAYS), day, LATELY_PAIRS)
    answered: list[ThreadView] = []
    for of in pairs:
        if of.contacts <= MOST_CONTACTS:
            threads = desk.ledger.threads(as_of=day, as_recorded=recorded, pair=of.pair)
            answered += [t for t in threads if t.kind == "overture" and t.state not in SILENT]
    answered.sort(key=lambda t: (t.thread.changes[-1].day or last_told(t), t.id), reverse=True)
    return answered[:LATELY_ROWS]
