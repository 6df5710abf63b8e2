"""Search in titles and bodies for a screen: newest first, a bounded number, with some text around what was found."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, literal_column, select, text

from dragoman.ledger import tables as t
from dragoman.ledger.knowing import REPORT_COLUMNS, report_of
from dragoman.ledger.looking import AROUND, FoundText

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

__all__ = ["found_texts"]


def found_texts(conn: Connection, words: str, as_of: date, most: int) -> list[FoundText]:
    """The reports up to the day that hold all the words."""
    # A NUL ends a string for SQLite and is refused by PostgreSQL; lone surrogates are no text at all.
    clean = words.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
    terms = re.findall(r"\w+", clean)
    if not terms:
        return []
    columns = [t.report.c[k] for k in REPORT_COLUMNS]
    query: Select[Any] = select(*columns, t.report.c.body).where(t.report.c.day <= as_of)
    if conn.dialect.name == "sqlite":
        # Each word as a quoted string: nothing of FTS5's query language is let through. The last may be a beginning.
        asked = " ".join(f'"{w}"' for w in terms) + "*"
        hits: Select[Any] = (
            select(literal_column("rowid")).select_from(text("report_text")).where(text("report_text MATCH :asked"))
        )
        query = query.where(t.report.c.n.in_(hits.params(asked=asked)))
    else:
        vector = func.to_tsvector("simple", func.coalesce(t.report.c.title, "") + " " + t.report.c.body)
        query = query.where(vector.op("@@")(func.to_tsquery("simple", " & ".join(terms) + ":*")))
    query = query.order_by(t.report.c.day.desc(), t.report.c.key).limit(most)
    return [FoundText(report_of(row), *_around(row.body, terms)) for row in conn.execute(query)]


def _around(body: str, terms: list[str]) -> tuple[str, str, str]:
    hit = next((m for w in terms if (m := re.search(re.escape(w), body, re.IGNORECASE))), None)
    if hit is None:
        return (body[: 2 * AROUND], "", "")
    start, end = max(0, hit.start() - AROUND), min(len(body), hit.end() + AROUND)
    before = ("… " if start else "") + body[start : hit.start()]
    after = body[hit.end() : end] + (" …" if end < len(body) else "")
    return (before, hit.group(), after)
