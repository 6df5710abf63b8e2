"""Acts, threads and reports in the shapes of FORMATS, made up for the timeline's tests."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

KINDS = ("overture", "proposal", "message", "call", "meeting", "visit", "mediation", "reply", "agreement", "breakdown")
STATUSES = ("done", "ongoing", "attempted", "planned", "conditional", "not_done", "disputed")
CHANNELS = ("un_mission", "phone", "letter", "in_person", "unspecified", "hotline")
DAY = date(2021, 6, 24)


def link(kind: str, name: str) -> str:
    return f"/{kind}/{name}"


def zoom(first: date, last: date) -> str:
    return f"?from={first}&to={last}"


def report(n: int, published: str | None, **more: Any) -> dict[str, Any]:
    return {"id": f"r{n}", "key": f"{n:016x}", "published": published, "first_seen": None, "outlet": "The Courier", "agency": None, "title": "Envoys talked", "url": None, **more}  # fmt: skip


def act(n: int, earliest: str | None = "2021-03-01", latest: str | None = "2021-03-01", **more: Any) -> dict[str, Any]:
    return {
        "id": f"{n:016x}",
        "act": "overture",
        "status": "done",
        "interval": {"earliest": earliest, "latest": latest, "precision": "day"},
        "from": ["USA"],
        "to": ["PRK"],
        "channel": ["unspecified"],
        "contacts": [],
        "about": None,
        "thread": None,
        "reports": [report(n, latest or earliest)],
        **more,
    }


def thread(n: int, acts: list[dict[str, Any]], changes: list[tuple[str | None, str]], **more: Any) -> dict[str, Any]:
    opened = acts[0]["interval"]
    return {
        "id": f"{n:016x}",
        "kind": "overture",
        "parties": ["USA", "PRK"],
        "subject": None,
        "opened": {"earliest": opened["earliest"], "latest": opened["latest"], "text": ""},
        "state": changes[-1][1],
        "silence_days": None,
        "acts": acts,
        "changes": [{"day": d, "state": s, "report": "r"} for d, s in changes],
        **more,
    }


def many(
    count: int, *, years: int = 6, lanes: int = len(CHANNELS)
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Threads and acts over some years up to ``DAY``, the same each time."""
    chance = random.Random(7)
    acts, of = [], {}
    for n in range(count):
        day = DAY - timedelta(days=chance.randrange(1, years * 365))
        name = chance.randrange(max(count // 5, 1))
        acts.append(
            act(
                n,
                str(day),
                str(day + timedelta(days=chance.choice((0, 0, 9)))),
                act=chance.choice(KINDS),
                status=chance.choice(STATUSES),
                channel=[chance.choice(CHANNELS[:lanes])],
                thread=f"{name:016x}",
                about=chance.choice((None, "the review", "a summit in autumn")),
            )
        )
        of.setdefault(name, []).append(acts[-1])
    threads = []
    for name, held in of.items():
        held.sort(key=lambda a: a["interval"]["earliest"])
        opened = date.fromisoformat(held[0]["interval"]["earliest"])
        changes: list[tuple[str | None, str]] = [(str(opened), "open")]
        if name % 2:
            changes.append((str(min(opened + timedelta(days=80), DAY)), "declined"))
        threads.append(thread(name, held, changes))
    return threads, acts
