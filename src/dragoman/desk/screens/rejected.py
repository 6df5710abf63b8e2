"""What was not read, at which stage, and why."""

from __future__ import annotations

from dragoman.desk.asking import Asked, Param
from dragoman.desk.desk import Desk
from dragoman.desk.rendering import View

__all__ = ["PARAMS", "rejections"]

PARAMS = (Param("page", "number", "Which page of rows, from 1.", most=100_000),)
ROWS = 100


def rejections(desk: Desk, asked: Asked) -> View:
    """The inputs that were not read, the latest first."""
    found = desk.ledger.rejections()[::-1]
    page = max(asked.given["page"] or 1, 1)
    pages = max((len(found) + ROWS - 1) // ROWS, 1)
    return View(
        "rejections.html",
        "Not read",
        {
            "rows": [r.as_json() for r in found[(page - 1) * ROWS : page * ROWS]],
            "total": len(found),
            "page": page,
            "pages": pages,
            "hrefs": {
                "previous": asked.links.to("/rejections", page=page - 1) if page > 1 else None,
                "next": asked.links.to("/rejections", page=page + 1) if page < pages else None,
            },
        },
        up=asked.links.board(),
    )
