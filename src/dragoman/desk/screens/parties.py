"""Parties and people: with whom they were in contact, and which offices who held when."""

from __future__ import annotations

from datetime import date
from typing import Any

from dragoman.codebook.actors import Occupancy
from dragoman.codebook.labels import label_of
from dragoman.desk.asking import Asked, Param
from dragoman.desk.desk import Desk, actor_book
from dragoman.desk.links import Links, code_in
from dragoman.desk.rendering import View
from dragoman.desk.rows import report_row, thread_rows
from dragoman.desk.silent import silent
from dragoman.ledger.told import Told, pairs_of

__all__ = ["PARTY_PARAMS", "PERSON_PARAMS", "parties", "party", "person"]

PARTY_PARAMS = (Param("office", "text", "Shows all who held this office."),)
PERSON_PARAMS = (Param("name", "text", "The person's name, or a part of it."),)
#: Holders listed on a party's page; the United States alone have thousands in the book.
MOST_HOLDERS = 24
#: Unanswered overtures on it; the board of the party has the rest.
MOST_WAITING = 20


def parties(desk: Desk, asked: Asked) -> View:
    """The parties that reports name, most named first."""
    found = desk.kept.get(("parties", asked.day), lambda: desk.looking.parties(asked.day))
    pairs = desk.kept.get(("pairs", asked.day), lambda: desk.looking.pairs(asked.day, most=40))
    rows = [
        {"code": p.code, "reports": p.reports, "last": _iso(p.last), "href": asked.links.party(p.code)} for p in found
    ]
    return View(
        "parties.html",
        "Parties and pairs",
        {
            "parties": rows,
            "pairs": [
                {
                    "parties": list(p.pair),
                    "contacts": p.contacts,
                    "last": _iso(p.last),
                    "href": asked.links.pair(*p.pair),
                }
                for p in pairs
            ],
        },
        up=asked.links.board(),
    )


def party(desk: Desk, asked: Asked) -> View:
    """One party: its pairs, what it waits for, its offices on the day and over time."""
    code = code_in(asked.steps["code"])
    office = asked.given["office"]
    pairs = desk.looking.pairs(asked.day, code, most=40)
    waiting = silent(desk, asked.day, asked.recorded, sort="days", party=code, first=0, count=MOST_WAITING)
    held = [o for o in actor_book().positions() if o.position.code == code]
    return View(
        "party.html",
        label_of(code),
        {
            "code": code,
            "pairs": [
                {
                    "other": p.pair[1] if p.pair[0] == code else p.pair[0],
                    "contacts": p.contacts,
                    "last": _iso(p.last),
                    "href": asked.links.pair(*p.pair),
                }
                for p in pairs
            ],
            "waiting": thread_rows(waiting.rows, asked.links),
            "waiting_total": waiting.total,
            "board_href": asked.links.board(party=code),
            "today": [_holder(o, asked.links) for o in _on(held, asked.day)],
            "offices": _offices(held, asked.links, code),
            "office": office,
            "holders": [_holder(o, asked.links) for o in _of(held, office)] if office else [],
        },
        up=asked.links.to("/parties"),
    )


def _on(held: list[Occupancy], day: date) -> list[Occupancy]:
    """Who held an office on the day, the highest first; of open terms of one office the newest."""
    found = [o for o in held if o.held_on(day) and (o.since is not None or o.until is not None)]
    newest: dict[str, date] = {}
    for o in found:
        if o.until is None:
            newest[o.position.office] = max(newest.get(o.position.office, date.min), o.since or date.min)
    kept = [o for o in found if o.until is not None or (o.since or date.min) == newest[o.position.office]]
    return sorted(kept, key=lambda o: (o.position.level, o.position.office, o.person))[:MOST_HOLDERS]


def _of(held: list[Occupancy], office: str) -> list[Occupancy]:
    return sorted(
        (o for o in held if o.position.office == office), key=lambda o: o.since or o.until or date.min, reverse=True
    )[:200]


def _offices(held: list[Occupancy], links: Links, code: str) -> list[dict[str, Any]]:
    counts: dict[tuple[int, str], int] = {}
    for o in held:
        counts[o.position.level, o.position.office] = counts.get((o.position.level, o.position.office), 0) + 1
    return [
        {"office": office, "holders": n, "href": links.party(code, office=office)}
        for (_, office), n in sorted(counts.items())[:80]
    ]


def _holder(o: Occupancy, links: Links) -> dict[str, Any]:
    return {
        "person": o.person,
        "href": links.person(o.person),
        "code": o.position.code,
        "office": o.position.office,
        "since": _iso(o.since),
        "until": _iso(o.until),
        "source": o.source,
    }


def person(desk: Desk, asked: Asked) -> View:
    """One person: the offices in the codebook over time, and the contacts that name them."""
    name = asked.given["name"] or ""
    held = sorted(actor_book().occupancies(name), key=lambda o: o.since or date.min, reverse=True) if name else []
    told = desk.looking.naming(asked.day, name) if name else []
    return View(
        "person.html",
        name or "People",
        {
            "name": name,
            "offices": [{**_holder(o, asked.links), "now": o.held_on(asked.day)} for o in held],
            "contacts": [contact_row(t, asked.links) for t in told],
        },
        up=asked.links.to("/parties"),
    )


def contact_row(told: Told, links: Links) -> dict[str, Any]:
    """One report's word on one act, in a list."""
    contact = told.contact
    pairs = pairs_of(contact)
    return {
        "act": contact.act,
        "status": contact.status,
        "from": list(contact.from_),
        "to": list(contact.to),
        "from_person": list(contact.from_person),
        "to_person": list(contact.to_person),
        "about": contact.about,
        "start": contact.start.as_list() if contact.start else None,
        "report": report_row(told.report, links),
        "href": links.report(told.report.key) + f"#contact-{told.place}",
        "pair_href": links.pair(*pairs[0]) if pairs else None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
