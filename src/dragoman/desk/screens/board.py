"""Home: the silence board, and below it what was answered lately."""

from __future__ import annotations

from typing import Any

from dragoman.desk.asking import Asked, Param
from dragoman.desk.desk import Desk
from dragoman.desk.rendering import View
from dragoman.desk.rows import thread_rows
from dragoman.desk.silent import lately_answered, silent

__all__ = ["PARAMS", "board"]

PARAMS = (
    Param("sort", "choice", "By the days of silence (default) or by the last change.", ("days", "change")),
    Param("party", "text", "Only rows of this party's code."),
    Param("page", "number", "Which page of rows, from 1.", most=100_000),
)
#: Rows a page: what is read in one go, and drawn in some milliseconds.
ROWS = 50


def board(desk: Desk, asked: Asked) -> View:
    """One row an overture that nobody is reported to have answered."""
    party, sort, page = asked.given["party"], asked.given["sort"] or "days", max(asked.given["page"] or 1, 1)
    found = silent(desk, asked.day, asked.recorded, sort=sort, party=party, first=(page - 1) * ROWS, count=ROWS)
    pages = max((found.total + ROWS - 1) // ROWS, 1)
    answered = lately_answered(desk, asked.day, asked.recorded) if page == 1 and not party else []

    def at(**query: Any) -> str:
        kept = {"sort": None if sort == "days" else sort, "party": party, "page": None if page == 1 else page}
        return asked.links.board(**{**kept, **query})

    return View(
        "board.html",
        "Silence board",
        {
            "rows": thread_rows(found.rows, asked.links),
            "total": found.total,
            "cut": found.cut,
            "page": page,
            "pages": pages,
            "sort": sort,
            "party": party,
            "answered": thread_rows(answered, asked.links),
            "hrefs": {
                "days": at(sort=None, page=None),
                "change": at(sort="change", page=None),
                "all": at(party=None, page=None),
                "previous": at(page=page - 1 if page > 2 else None) if page > 1 else None,
                "next": at(page=page + 1) if page < pages else None,
            },
        },
    )
