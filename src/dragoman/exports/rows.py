"""One row a contact: every field, the words it rests on, the report's address, and the act that it tells of."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from dragoman.ledger import Ledger

__all__ = ["COLUMNS", "csv_lines", "jsonl_lines", "rows"]

#: The columns in their order, and what each holds (docs/cli.md lists them from here). In CSV lists are joined by ``; ``.
COLUMNS = {
    "contact": "content id of the contact",
    "act_id": "content id of the act that this contact and others tell; empty where the view has none",
    "report": "the report's id",
    "report_key": "content id of the report",
    "place": "the contact's place in its report's list, from 0",
    "outlet": "who published",
    "agency": "the wire that it came from",
    "title": "the report's title",
    "url": "the report's address",
    "published": "ISO day or time",
    "first_seen": "ISO day or time",
    "from": "codes",
    "to": "codes",
    "from_person": "names",
    "to_person": "names",
    "act": "overture, proposal, message, call, meeting, visit, mediation, reply, agreement, breakdown",
    "status": "done, ongoing, attempted, planned, conditional, not_done, disputed",
    "channel": "un_mission, embassy, third_party, hotline, phone, video, letter, email, in_person, public_statement, media, multilateral "
    "or unspecified",
    "via": "codes of third parties, or the mission or embassy used",
    "via_person": "names",
    "secret": "true where the text calls it so",
    "start_earliest": "ISO day",
    "start_latest": "ISO day",
    "end_earliest": "ISO day",
    "end_latest": "ISO day",
    "about": "the subject in the text's words",
    "conditions": "who: what",
    "reply": "none, acknowledged, accepted, declined, countered, not_stated",
    "reply_as_of": "ISO day for which the report vouches for the reply",
    "attribution_kind": "named_person, anonymous, institution, document, media, outlet",
    "attribution_source": "who speaks",
    "attribution_of": "code of the party that the source speaks for",
    "attribution_told": "whom it was said to",
    "attribution_reason": "why the source is not named, in the text's words",
    "attribution_relayed": "through whose hands it came, the first after the source first",
    "hedge": "asserted, reported, alleged, expected",
    "denied_by": "codes",
    "where": "body, headline, caption or key_points",
    "plover": "PLOVER event type",
    "cameo": "CAMEO root code, two digits",
    "evidence": "the sentences that carry it, first and last words",
    "coder": "who coded it by hand",
    "note": "the coder's note",
}


def rows(ledger: Ledger, as_of: date | None = None, as_recorded: datetime | None = None) -> Iterator[dict[str, Any]]:
    """The contacts known at the moment, one row each in the order of :data:`COLUMNS`; lists stay lists."""
    acts = _acts(ledger, as_of, as_recorded)
    for known in ledger.contacts(as_of=as_of, as_recorded=as_recorded):
        shape = known.as_json()
        found = {**_of_report(shape), **_of_contact(shape)}
        found["act_id"] = acts.get((found["report_key"], found["place"]))
        yield {name: found.get(name) for name in COLUMNS}


def _acts(ledger: Ledger, as_of: date | None, as_recorded: datetime | None) -> dict[tuple[str, int], str]:
    """The act of each contact that stands on a thread."""
    found: dict[tuple[str, int], str] = {}
    for view in ledger.threads(as_of=as_of, as_recorded=as_recorded):
        for act in view.as_json()["acts"]:
            for told in act["contacts"]:
                found.setdefault((told["key"], told["contact"]), act["id"])
    return found


def _of_report(shape: Mapping[str, Any]) -> dict[str, Any]:
    report = shape["report"]
    names = ("outlet", "agency", "title", "url", "published", "first_seen")
    return {
        "report": report["id"],
        "report_key": report["key"],
        "place": shape["place"],
        **{k: report[k] for k in names},
    }


def _of_contact(shape: Mapping[str, Any]) -> dict[str, Any]:
    start, end = shape["start"] or [None, None], shape["end"] or [None, None]
    said_by = shape["attribution"]
    return {
        **{k: v for k, v in shape.items() if k in COLUMNS and k not in {"report", "place"}},
        "contact": shape["key"],
        "start_earliest": start[0],
        "start_latest": start[1],
        "end_earliest": end[0],
        "end_latest": end[1],
        "where": shape["where"] or "body",
        **{f"attribution_{k}": said_by.get(k) for k in ("kind", "source", "of", "told", "reason", "relayed")},
    }


def jsonl_lines(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One object a line, lists as lists."""
    return (json.dumps(row, ensure_ascii=False) for row in found)


def csv_lines(found: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A head and one line a row (without its end); lists joined, nothing that a spreadsheet would take for a formula."""
    yield _line(COLUMNS)
    for row in found:
        yield _line(_cell(row[name]) for name in COLUMNS)


def _line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        value = "; ".join(f"{x['by'] or '?'}: {x['phrase']}" if isinstance(x, Mapping) else str(x) for x in value)
    text = str(value)
    # The texts of pages are hostile input: a cell that begins like a formula would be run by Excel and its kin.
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
