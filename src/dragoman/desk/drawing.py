"""The timeline of a screen: the ledger's values handed to the drawing in the shapes that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from dragoman.codebook.labels import label_of
from dragoman.desk.asking import Asked
from dragoman.desk.links import address
from dragoman.desk.timeline import Drawing, draw
from dragoman.ledger import ThreadView
from dragoman.ledger.acts import Act
from dragoman.ledger.told import Pair

__all__ = ["drawn"]


def drawn(
    asked: Asked,
    threads: Sequence[ThreadView],
    acts: Sequence[tuple[Pair, Act, ThreadView | None]],
    *,
    lanes: Literal["channel", "pair"] = "channel",
    first: date | None = None,
    last: date | None = None,
    title: str = "",
) -> tuple[Drawing, dict[str, Any]]:
    """The drawing of the acts with their threads, and its table twin as data."""
    links = asked.links
    of_act = {a.id: pair for pair, a, _ in acts}
    of_thread = {v.id: v.thread.pair for v in threads}

    def link(kind: str, name: str) -> str:
        if kind == "act":
            return links.act(of_act[name], name)
        if kind == "thread":
            return links.thread(of_thread[name], name)
        return links.report(name)

    def zoom(begin: date | None, end: date | None) -> str:
        query = {k: v for k, v in asked.query.items() if k not in {"first", "last", "format"}}
        days = {"first": begin.isoformat() if begin else None, "last": end.isoformat() if end else None}
        return address(asked.path, {**query, **days})

    made = draw(
        [v.as_json() for v in threads],
        [_entry(a, v) for _, a, v in acts],
        as_of=asked.day,
        lanes=lanes,
        first=first,
        last=last,
        link=link,
        zoom=zoom,
        label=label_of,
        title=title,
    )
    return made, made.as_json()


def _entry(act: Act, thread: ThreadView | None) -> dict[str, Any]:
    """An act as the timeline of the ledger gives it."""
    reports = {m.report.key: m.report for m in act.members}
    return {
        **act.as_json(),
        "about": act.about,
        "thread": thread.id if thread else None,
        "reports": [r.as_json() for r in reports.values()],
    }
