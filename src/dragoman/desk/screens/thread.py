"""One thread: its acts in order, its state and why, what its reports differ in, what was foretold and whether it came."""

from __future__ import annotations

from typing import Any

from dragoman.desk.asking import Asked
from dragoman.desk.desk import Desk
from dragoman.desk.drawing import drawn
from dragoman.desk.links import code_in
from dragoman.desk.rendering import View
from dragoman.desk.rows import act_row, report_row, thread_row
from dragoman.errors import RequestRefused
from dragoman.ledger import ThreadView
from dragoman.ledger.acts import NOT_YET, Act
from dragoman.ledger.told import Pair, pair_of

__all__ = ["pair_in", "thread"]


def pair_in(asked: Asked) -> Pair:
    """The pair that stands in the path."""
    return pair_of(code_in(asked.steps["a"]), code_in(asked.steps["b"]))


def thread(desk: Desk, asked: Asked) -> View:
    """The thread of that id, or the word on which day it was first known."""
    pair, name = pair_in(asked), asked.steps["id"]
    view = desk.looking.silent_thread(pair, name, asked.day) if asked.recorded is None else None
    if view is None:
        history = desk.looking.history(pair, asked.day, asked.recorded)
        view = next((v for v in (ThreadView(t, asked.day) for t in history.threads) if v.id == name), None)
    if view is None:
        return unknown_yet(desk, asked, pair, "thread", name)
    row = thread_row(view, asked.links)
    entries = [act_row(a, asked.links, pair, view) for a in view.acts]
    picture, table = drawn(asked, [view], [(pair, a, view) for a in view.acts])
    return View(
        "thread.html",
        f"{_title(row)}",
        {
            "thread": row,
            "acts": entries,
            "changes": [_change(c, asked) for c in view.thread.changes],
            "conflicts": [
                {"act": act_row(a, asked.links, pair)["href"], "what": a.act, **x}
                for a in view.acts
                for x in a.conflicts()
            ],
            "forecasts": [f for a in view.acts for f in forecasts(a, asked)],
            "timeline": table,
        },
        pair=pair,
        up=asked.links.pair(*pair),
        pictures={"timeline": picture},
    )


def _title(row: dict[str, Any]) -> str:
    from dragoman.desk.words import arrow, names

    return f"{names(row['from'])} {arrow(row['act'])} {names(row['to'])}: {row['kind']}"


def _change(change: Any, asked: Asked) -> dict[str, Any]:
    told = change.told
    return {
        "day": change.day.isoformat() if change.day else None,
        "state": change.state,
        "report": report_row(told.report, asked.links),
        "attribution": told.contact.attribution.as_json(),
        "act": told.contact.act,
        "reply": told.contact.reply,
        "status": told.contact.status,
    }


def forecasts(act: Act, asked: Asked) -> list[dict[str, Any]]:
    """What reports said would come, and what later ones say came of it."""
    found = []
    for told in act.members:
        contact = told.contact
        if contact.status not in NOT_YET:
            continue
        due = contact.start.latest if contact.start else None
        if act.status not in NOT_YET:
            outcome = "held" if act.held else word_of(act.status)
        elif due is None:
            outcome = "no day was given"
        else:
            outcome = "no report says that it came" if due < asked.day else "not due yet"
        found.append(
            {
                "said": report_row(told.report, asked.links),
                "status": contact.status,
                "act": contact.act,
                "due": contact.start.as_list() if contact.start else None,
                "conditions": [c.as_json() for c in contact.conditions],
                "outcome": outcome,
                "attribution": contact.attribution.as_json(),
            }
        )
    return found


def word_of(status: str) -> str:
    """A status as an outcome."""
    return {"not_done": "did not happen", "attempted": "was tried, without an answer"}.get(status, status)


def unknown_yet(desk: Desk, asked: Asked, pair: Pair, what: str, name: str) -> View:
    """A page for what the ledger knows on its last day but not on this one; else it is not there at all (404)."""
    history = desk.looking.history(pair, desk.extent().last or desk.today())
    days = [
        m.report.day
        for act in history.acts
        for m in act.members
        if act.id == name or any(ThreadView(t, asked.day).id == name and act in t.acts for t in history.threads)
    ]
    known = min((d for d in days if d), default=None)
    if known is None:
        raise RequestRefused(404, f"There is no {what} of that name between the two in this ledger.")
    href = asked.path + f"?as_of={known.isoformat()}"
    return View(
        "unknown.html",
        f"Not known on {asked.day.isoformat()}",
        {"what": what, "known": known.isoformat(), "known_href": href, "pair_href": asked.links.pair(*pair)},
        pair=pair,
        status=404,
    )
