"""Search over texts, people, parties and subjects."""

from __future__ import annotations

from dragoman.codebook.labels import label_of, labels
from dragoman.desk.asking import Asked, Param
from dragoman.desk.desk import Desk, actor_book
from dragoman.desk.rendering import View
from dragoman.desk.rows import report_row
from dragoman.desk.screens.parties import contact_row

__all__ = ["PARAMS", "search"]

PARAMS = (Param("q", "text", "Words; a report holds all of them."),)
MOST = 30


def search(desk: Desk, asked: Asked) -> View:
    """What is called so, says so, or is about it."""
    q = asked.given["q"] or ""
    day, links = asked.day, asked.links
    texts = desk.looking.find(q, day, MOST) if q else []
    subjects = desk.looking.about(day, q, MOST) if q else []
    named = desk.looking.naming(day, q, MOST) if len(q) > 2 else []
    people = {name for t in named for name in (*t.contact.from_person, *t.contact.to_person) if _has(name, q)}
    if q:
        people |= {o.person for o in (*actor_book().occupancies(q), *actor_book().by_surname(q))}
    return View(
        "search.html",
        f"Search: {q}" if q else "Search",
        {
            "q": q,
            "parties": [{"code": c, "name": label_of(c), "href": links.party(c)} for c in _parties(q)],
            "people": [{"name": name, "href": links.person(name)} for name in sorted(people)[:MOST]],
            "texts": [
                {"report": report_row(x.report, links), "before": x.before, "word": x.word, "after": x.after}
                for x in texts
            ],
            "subjects": [contact_row(t, links) for t in subjects],
            "contacts": [contact_row(t, links) for t in named],
        },
        up=links.board(),
    )


def _has(name: str, q: str) -> bool:
    return q.casefold() in name.casefold()


def _parties(q: str) -> list[str]:
    """Codes of the parties of that code or name, or whose name begins so."""
    if not q:
        return []
    found = [q.upper()] if q.upper() in labels() else []
    found += actor_book().party(q)
    if len(q) > 2:
        found += [
            code for code, name in labels().items() if any(w.startswith(q.casefold()) for w in name.casefold().split())
        ]
    return list(dict.fromkeys(found))[:12]
