"""The evidence behind an act: each telling with its words marked, the chain by which it came, and the rule or model behind each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dragoman.desk.desk import Desk
from dragoman.desk.links import Links
from dragoman.desk.marks import KINDS, marked, was_read
from dragoman.desk.rows import report_row
from dragoman.desk.words import whose_word
from dragoman.ledger.looking import origin_groups
from dragoman.ledger.told import Told

__all__ = ["chain_of", "evidence_groups", "fields_of"]

#: The fields shown, in this order; a person's name goes with its party's.
FIELDS = (
    "from", "from_person", "to", "to_person", "act", "status", "channel", "via", "via_person", "secret", "start", "end", "about", "conditions",
    "reply", "reply_as_of", "attribution", "hedge", "denied_by",
)  # fmt: skip
#: Values that say that the report says nothing.
UNSAID = {"channel": ["unspecified"], "reply": "not_stated", "secret": False, "hedge": "asserted"}


def evidence_groups(desk: Desk, tellings: Sequence[Told], links: Links) -> list[dict[str, Any]]:
    """The tellings by origin, each with its evidence: reports of one group are copies or go back to one speaker."""
    told = list(tellings)
    pieces = {(t.report.key, t.place): p for t, p in zip(told, desk.looking.evidence(told), strict=True)}
    groups = []
    for group in origin_groups(told):
        shown = [_telling(t, pieces[t.report.key, t.place], links) for t in group]
        groups.append({"independent": len(group) == 1, "tellings": shown})
    return groups


def _telling(told: Told, piece: Mapping[str, Any], links: Links) -> dict[str, Any]:
    contact, quotes = piece["contact"], piece["quotes"]
    where = piece["where"] or "body"
    text = piece["body"] if where == "body" else piece["report"]["title"] if where == "headline" else None
    return {
        "report": report_row(told.report, links),
        "href": links.report(told.report.key) + f"#contact-{told.place}",
        "place": told.place,
        "where": where,
        "contact": contact,
        "chain": chain_of(told),
        "paragraphs": marked(text, quotes) if text is not None else _around(quotes),
        "fields": fields_of(contact, quotes),
        "coder": contact.get("coder"),
    }


def _around(quotes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of captions and key points the ledger keeps the words around each quote."""
    longest = max(quotes, key=lambda q: len(q["exact"]), default=None)
    if longest is None:
        return []
    parts = ((longest["prefix"], ""), (longest["exact"], "sentence"), (longest["suffix"], ""))
    return [{"at": 0, "segments": [{"text": t, "kind": k, "fields": []} for t, k in parts if t]}]


def chain_of(told: Told) -> list[dict[str, str]]:
    """The way of the word, from who spoke to who published: ``{"role", "name"}``, no name twice."""
    by, report = told.contact.attribution, told.report
    steps = [
        ("speaks", whose_word({"source": by.source, "of": by.of, "kind": by.kind}) if by.kind != "outlet" else ""),
        ("was told", by.told or ""),
        ("wire", report.agency or ""),
        *(("passed on", name) for name in report.relayed),
        ("published", report.outlet or report.id),
    ]
    found: list[dict[str, str]] = []
    for role, name in steps:
        if name and not any(x["name"].casefold() == name.casefold() for x in found):
            found.append({"role": role, "name": name})
    return found


def fields_of(contact: Mapping[str, Any], quotes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each field that the report fills, with the words it was read from and the rule or model that read them."""
    found = []
    for name in FIELDS:
        value = contact.get(name)
        words = [q for q in quotes if q["field"] == name]
        if value in (None, [], "") or (value == UNSAID.get(name) and not any(map(was_read, words))):
            continue
        found.append(
            {
                "field": name,
                "kind": KINDS.get(name, ""),
                "value": value,
                "words": list(dict.fromkeys(q["exact"] for q in words if was_read(q))),
                "rules": list(dict.fromkeys(q["rule"] for q in words)),
            }
        )
    return found
