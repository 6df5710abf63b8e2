"""What we learned between two days: the reports that came, what they opened, answered and added."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dragoman.desk.asking import EARLIEST, Asked, Param
from dragoman.desk.desk import Desk
from dragoman.desk.rendering import View
from dragoman.desk.rows import act_row, report_row, thread_row, thread_rows
from dragoman.errors import RequestRefused
from dragoman.ledger import ThreadView
from dragoman.ledger.told import Pair

__all__ = ["PARAMS", "learned"]

PARAMS = (
    Param("first", "day", "The first day on which what is shown was published; left out: a week before the last."),
    Param("last", "day", "The last such day; left out: the day looked at."),
)
WEEK = timedelta(days=6)
#: Pairs whose histories before and after are compared, most told of first; and those that are told of too often for a page.
MOST_PAIRS, MOST_CONTACTS = 25, 400
MOST_REPORTS = 200


def learned(desk: Desk, asked: Asked) -> View:
    """What the reports of these days changed."""
    last = asked.given["last"] or asked.day
    first = asked.given["first"] or max(last - WEEK, EARLIEST + WEEK)
    if last < first:
        raise RequestRefused(400, "The last day lies before the first.")
    reports = desk.looking.published(first, last, MOST_REPORTS)
    pairs = desk.looking.pairs_told(first, last, MOST_PAIRS)
    news: dict[str, list[dict[str, Any]]] = {"opened": [], "changed": [], "acts": []}
    skipped = []
    for of in pairs:
        if of.contacts > MOST_CONTACTS:
            skipped.append({"parties": list(of.pair), "href": asked.links.pair(*of.pair)})
            continue
        for kind, rows in _news(desk, asked, of.pair, first, last).items():
            news[kind] += rows
    news["changed"].sort(key=lambda r: r["state_since"] or "", reverse=True)
    return View(
        "learned.html",
        "What we learned",
        {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "reports": [{**report_row(r, asked.links), "contacts": n} for r, n in reports],
            "more": len(reports) == MOST_REPORTS,
            "news": news,
            "skipped": skipped,
            "pairs": len(pairs),
        },
        up=asked.links.board(),
    )


def _news(desk: Desk, asked: Asked, pair: Pair, first: date, last: date) -> dict[str, list[dict[str, Any]]]:
    """The threads opened and changed and the acts told first in these days, as known on the last of them."""
    before = desk.looking.history(pair, first - timedelta(days=1), asked.recorded)
    after = desk.looking.history(pair, last, asked.recorded)
    old = {v.id: v for v in (ThreadView(t, first) for t in before.threads)}
    new = [ThreadView(t, last) for t in after.threads]
    known = {a.id for a in before.acts}
    home = {a.id: v for v in new for a in v.acts}
    opened = thread_rows((v for v in new if v.id not in old), asked.links)
    changed = [
        {**thread_row(v, asked.links), "was": old[v.id].state}
        for v in new
        if v.id in old and old[v.id].state != v.state
    ]
    # The act that opens a thread is told with it.
    openings = {v.acts[0].id for v in new if v.id not in old}
    acts = [
        act_row(a, asked.links, pair, home.get(a.id)) for a in after.acts if a.id not in known and a.id not in openings
    ]
    return {"opened": opened, "changed": changed, "acts": acts}
