"""Threads and acts as rows of a screen: plain data with links, the same for HTML and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dragoman.desk.links import Links
from dragoman.ledger import Report, ThreadView
from dragoman.ledger.acts import Act

__all__ = ["act_row", "first_known", "last_told", "report_row", "strip", "thread_row", "thread_rows"]

#: Grey pieces drawn in one row's strip; beyond it the eye sees one grey anyway.
MOST_PIECES = 60


def last_told(view: ThreadView) -> date:
    """The last day on which a report told of the thread."""
    return max((m.report.day for a in view.thread.acts for m in a.members if m.report.day), default=date.min)


def first_known(act: Act) -> Report:
    """The report by which the act was first known."""
    return act.members[0].report


def thread_rows(views: Iterable[ThreadView], links: Links) -> list[dict[str, Any]]:
    """The rows of a list.

    One act toward several parties opens a thread with each: of those that stand alike the first has a row, in which the others are named.
    """
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for view in views:
        alike = (view.thread.opening.id, view.state, view.silence_days, view.thread.opener)
        row = found.get(alike)
        if row is None:
            found[alike] = {**thread_row(view, links), "others": []}
        else:
            other = next((c for c in view.thread.pair if c not in row["pair"]), view.thread.pair[0])
            row["others"].append(
                {"pair": list(view.thread.pair), "party": other, "href": links.thread(view.thread.pair, view.id)}
            )
    return list(found.values())


def thread_row(view: ThreadView, links: Links) -> dict[str, Any]:
    """One row of a board or a list of threads."""
    opening, pair = view.thread.opening, view.thread.pair
    first, last = opening.start.as_list()
    known = first_known(opening)
    since = view.thread.changes[-1].day if view.thread.changes else None
    gaps = view.reading_gaps
    a, b = view.parties
    told = last_told(view)
    return {
        "id": view.id,
        "href": links.thread(pair, view.id),
        "evidence": links.act(pair, opening.id),
        "timeline": links.pair(*pair),
        "kind": view.kind,
        "pair": list(pair),
        "from": list(opening.from_) or [a],
        "to": list(opening.to) or [b],
        "act": opening.act,
        "subject": next((x.about for x in view.acts if x.about), None),
        "channel": sorted({c for x in view.acts for c in x.channels}),
        "secret": any(x.secret for x in view.acts),
        "opened": {"earliest": first, "latest": last, "text": opening.words},
        "known": {"day": _iso(known.day), "report": known.outlet or known.id, "href": links.report(known.key)},
        "silence_days": _list(view.silence_days),
        "since_last_attempt": _list(view.since_last_attempt),
        "reported_by": view.reported_by,
        "state": view.state,
        "state_since": _iso(since),
        "last_told": _iso(told) if told != date.min else None,
        "acts": len(view.acts),
        "reports": len({m.report.key for x in view.acts for m in x.members}),
        "conflicts": sum(len(x.conflicts()) for x in view.acts),
        "unread_days": sum((y - x).days + 1 for x, y in gaps) if gaps is not None else None,
        "reading_gaps": [[x.isoformat(), y.isoformat()] for x, y in gaps] if gaps is not None else None,
        "strip": strip(view),
    }


def strip(view: ThreadView) -> dict[str, Any] | None:
    """The silence as a bar from 0 to 100: ``soft`` the days on which it may have opened, ``gaps`` those on which nothing was read."""
    start = view.thread.opening.start
    first = start.first or start.last
    if view.silence_days is None or first is None or view.reading_gaps is None:
        return None
    days = max((view.day - first).days + 1, 1)

    def piece(a: date, b: date) -> list[float]:
        left = max((a - first).days, 0)
        right = min((b - first).days + 1, days)
        return [round(100 * left / days, 2), round(100 * max(right - left, 0) / days, 2)]

    soft = piece(first, start.last) if start.last and start.last > first else None
    return {"soft": soft, "gaps": [piece(a, b) for a, b in view.reading_gaps[:MOST_PIECES]], "days": days}


def act_row(act: Act, links: Links, pair: Sequence[str], thread: ThreadView | None = None) -> dict[str, Any]:
    """One act in a list."""
    first, last = act.start.as_list()
    known = first_known(act)
    of = (pair[0], pair[1])
    reports = {m.report.key: m.report for m in act.members}
    return {
        "id": act.id,
        "href": links.act(of, act.id),
        "pair": list(of),
        "act": act.act,
        "status": act.status,
        "from": list(act.from_),
        "to": list(act.to),
        "from_person": _persons(m.contact.from_person for m in act.members),
        "to_person": _persons(m.contact.to_person for m in act.members),
        "channel": sorted(act.channels),
        "via": sorted(act.via),
        "secret": act.secret,
        "opened": {"earliest": first, "latest": last, "text": act.words},
        "about": act.about,
        "reply": act.best.reply,
        "known": {"day": _iso(known.day), "report": known.outlet or known.id, "href": links.report(known.key)},
        "reports": [report_row(r, links) for r in reports.values()],
        "thread": {"id": thread.id, "href": links.thread(of, thread.id), "state": thread.state} if thread else None,
        "conflicts": act.conflicts(),
    }


def _persons(tellings: Iterable[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(name for names in tellings for name in names))


def report_row(report: Report, links: Links) -> dict[str, Any]:
    """A report's masthead with its address on the desk."""
    return {
        **report.as_json(),
        "day": _iso(report.day),
        "relayed": list(report.relayed),
        "href": links.report(report.key),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _list(days: tuple[int | None, int | None] | None) -> list[int | None] | None:
    return list(days) if days is not None else None
