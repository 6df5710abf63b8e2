"""An analyst's spreadsheet as records in GUIDE's shape: the reverse of the exported CSV, with a map for columns of other names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman.errors import FormatError
from dragoman.exports.rows import COLUMNS

__all__ = ["column_map", "records"]

#: Columns that hold several values, joined by a semicolon.
LISTS = frozenset({"from", "to", "from_person", "to_person", "channel", "via", "via_person", "evidence", "denied_by"})
#: What tells a report; the rest tells the contact.
OF_REPORT = ("outlet", "agency", "title", "url", "published", "first_seen")
#: What the ledger works out itself and does not take from a table.
DERIVED = frozenset({"contact", "act_id", "report", "report_key", "place"})


def column_map(told: str | None) -> dict[str, str]:
    """``from=sender,to=receiver`` as field by column; raises :class:`~dragoman.errors.FormatError` for a field that there is not."""
    found: dict[str, str] = {}
    for part in (told or "").split(","):
        if not part.strip():
            continue
        field, _, column = part.partition("=")
        if field.strip() not in COLUMNS or not column.strip():
            raise FormatError(
                f"The column map has {part.strip()!r}; write FIELD=COLUMN with a field of `dragoman export`."
            )
        found[column.strip()] = field.strip()
    return found


def records(lines: Iterable[str], columns: Mapping[str, str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows, those of one report together, each with the number of its first line."""
    table = csv.DictReader(lines)
    names = {name: columns.get(name, name) for name in table.fieldnames or []}
    if not {"from", "to", "act", "status"} <= set(names.values()):
        raise FormatError("The table lacks a column from, to, act or status; name them with --columns from=…,to=…")
    reports: dict[tuple[str, ...], tuple[int, dict[str, Any]]] = {}
    for row in table:
        cells = {names[k]: v for k, v in row.items() if k in names and v}
        report = {k: cells.get(k) for k in OF_REPORT}
        name = cells.get("report") or f"line{table.line_num}"
        report["id"] = name
        key = (name, *(str(report[k]) for k in OF_REPORT))
        _, record = reports.setdefault(
            key, (table.line_num, {"report": report, "coder": cells.get("coder"), "contacts": []})
        )
        record["contacts"].append(_contact(cells, table.line_num))
    yield from reports.values()


def _contact(cells: Mapping[str, str], number: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, text in cells.items():
        if (
            name in DERIVED
            or name in OF_REPORT
            or name not in COLUMNS
            or name.startswith(("start_", "end_", "attribution_"))
        ):
            continue
        # The export guards cells that begin like a formula with an apostrophe.
        text = text[1:] if text[:2] in {"'=", "'+", "'-", "'@"} else text
        found[name] = [x.strip() for x in text.split(";") if x.strip()] if name in LISTS else text
    found["secret"] = _truth(cells.get("secret"), number)
    found["conditions"] = [_condition(x) for x in cells.get("conditions", "").split(";") if x.strip()]
    for name in ("start", "end"):
        span = [cells.get(f"{name}_earliest"), cells.get(f"{name}_latest")]
        found[name] = span if any(span) else None
    said_by: dict[str, Any] = {k: cells.get(f"attribution_{k}") for k in ("kind", "source", "of", "told", "reason")}
    said_by["relayed"] = [x.strip() for x in (cells.get("attribution_relayed") or "").split(";") if x.strip()]
    found["attribution"] = said_by if any(said_by.values()) else None
    if found.get("where") == "body":
        del found["where"]
    return found


def _truth(text: str | None, number: int) -> bool:
    value = (text or "false").strip().lower()
    if value not in {"true", "false", "1", "0", "yes", "no"}:
        raise FormatError(f"Line {number} has secret {text!r}; write true or false.")
    return value in {"true", "1", "yes"}


def _condition(text: str) -> dict[str, str | None]:
    by, colon, phrase = text.strip().partition(": ")
    if not colon:
        return {"by": None, "phrase": by}
    return {"by": None if by == "?" else by, "phrase": phrase}
