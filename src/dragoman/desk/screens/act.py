"""One act with its evidence panel."""

from __future__ import annotations

from dragoman.desk.asking import Asked
from dragoman.desk.desk import Desk
from dragoman.desk.evidence import evidence_groups
from dragoman.desk.rendering import View
from dragoman.desk.rows import act_row, report_row, thread_row
from dragoman.desk.screens.thread import forecasts, pair_in, unknown_yet
from dragoman.desk.words import arrow, names, word
from dragoman.ledger import ThreadView
from dragoman.ledger.acts import Act
from dragoman.ledger.told import Pair

__all__ = ["act"]

#: Tellings whose words are shown; an act told more often says how many more there are.
MOST_TELLINGS = 40


def _found(desk: Desk, asked: Asked, pair: Pair, name: str) -> tuple[Act | None, list[ThreadView]]:
    """The act and the threads on which it stands: among the pair's silent ones, which are at hand, else in its history."""
    silent = desk.ledger.silences(asked.day, asked.recorded, pair) if asked.recorded is None else ()
    threads = [view.thread for view in silent if any(a.id == name for a in view.acts)]
    acts = [a for t in threads for a in t.acts]
    if not threads:
        history = desk.looking.history(pair, asked.day, asked.recorded)
        threads = [t for t in history.threads if any(a.id == name for a in t.acts)]
        acts = list(history.acts)
    return next((a for a in acts if a.id == name), None), [ThreadView(t, asked.day) for t in threads]


def act(desk: Desk, asked: Asked) -> View:
    """The act of that id, or the word on which day it was first known."""
    pair, name = pair_in(asked), asked.steps["id"]
    found, views = _found(desk, asked, pair, name)
    if found is None:
        return unknown_yet(desk, asked, pair, "act", name)
    row = act_row(found, asked.links, pair, views[0] if views else None)
    first = found.members[0]
    groups = evidence_groups(desk, found.members[:MOST_TELLINGS], asked.links)
    reports = {m.report.id: report_row(m.report, asked.links) for m in found.members}
    conflicts = [
        {
            "field": c["field"],
            "values": [{"value": v["value"], "reports": [reports[r] for r in v["reports"]]} for v in c["values"]],
        }
        for c in found.conflicts()
    ]
    return View(
        "act.html",
        f"{names(found.from_)} {arrow(found.act)} {names(found.to)}: {word(found.act)}",
        {
            "act": row,
            "thread": thread_row(views[0], asked.links) if views else None,
            "known_attribution": first.contact.attribution.as_json(),
            "groups": groups,
            "origins": len(groups),
            "more": max(len(found.members) - MOST_TELLINGS, 0),
            "conflicts": conflicts,
            "forecasts": forecasts(found, asked),
        },
        pair=pair,
        up=row["thread"]["href"] if row["thread"] else asked.links.pair(*pair),
    )
