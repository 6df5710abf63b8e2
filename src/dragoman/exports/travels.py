"""Open data on contact that was held, as records in GUIDE's shape: trips and visits as HistoryAtState gives them (CC0).

``trips``: where the President and the Secretary of State of the United States went (HistoryAtState/travels); ``visits``: which foreign leaders came
(HistoryAtState/visits). One JSON object a line, the fields of their XML.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from dragoman.codebook.actors import ActorBook
from dragoman.errors import FormatError
from dragoman.model import Rejection

__all__ = ["KINDS", "records"]

HOME = "USA"
OUTLET = "Office of the Historian, US Department of State"
ROLES = {"president": "the President", "secretary": "the Secretary of State"}


def records(
    lines: Iterable[str], kind: str, first_seen: date, book: ActorBook | None = None
) -> Iterator[tuple[int, dict[str, Any] | Rejection]]:
    """A record a row with the number of its line, or the rejection of a row whose country the codebook does not know.

    The rows tell no day of publication: ``first_seen`` bounds it. Raises :class:`~dragoman.errors.FormatError` for what is no such row.
    """
    make, known = KINDS[kind], book or ActorBook.load()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name, country, found = make(row)
        except (ValueError, KeyError, TypeError) as error:
            raise FormatError(
                f"Line {number} is no row of {kind} ({error}); give the file as it was downloaded."
            ) from None
        codes = sorted(_codes(known, country) - {HOME})
        if not codes:
            yield number, Rejection(name, "input", "party_unknown", f"no code for {country!r}")
            continue
        found["from" if kind == "visits" else "to"] = codes
        yield (
            number,
            {
                "report": {
                    "id": name,
                    "outlet": OUTLET,
                    "title": _title(found, country),
                    "first_seen": first_seen.isoformat(),
                },
                "coder": "HistoryAtState",
                "contacts": [found],
            },
        )


def _trip(row: Mapping[str, str]) -> tuple[str, str, dict[str, Any]]:
    found = _contact(row, row["remarks"], f"{ROLES[row['role']]} in {row['locale'] or row['country']}")
    return f"travels-{row['id']}", row["country"], {**found, "from": [HOME], "from_person": [row["name"]]}


def _visit(row: Mapping[str, str]) -> tuple[str, str, dict[str, Any]]:
    found = _contact(row, row["description"], "visit to the United States")
    return f"visits-{row['id']}", row["from"], {**found, "to": [HOME], "from_person": [row["visitor"]]}


def _contact(row: Mapping[str, str], words: str, about: str) -> dict[str, Any]:
    first, last = (date.fromisoformat(row[k]).isoformat() for k in ("start-date", "end-date"))
    return {
        "act": "visit",
        "status": "done",
        "channel": ["in_person"],
        "start": [first, first],
        # A few rows have their ends the wrong way round.
        "end": [max(first, last)] * 2,
        "about": about,
        "attribution": {"kind": "document", "source": OUTLET, "of": HOME, "told": None},
        "evidence": [words] if words else [],
        "note": f"HistoryAtState row {row['id']}",
    }


def _title(found: Mapping[str, Any], country: str) -> str:
    return f"{found['from_person'][0]}, {country}, {found['start'][0]}"


def _codes(book: ActorBook, country: str) -> set[str]:
    """The codes of a country as the data write it: "Korea, South", "Denmark (Greenland)"."""
    parts = [p.strip(" )") for p in country.split("(")]
    turned = [" ".join(reversed(p.split(", "))) for p in parts]
    return {code for p in (*parts, *turned) if p for code in book.party(p)}


#: What a row of each kind tells: the report's id, the other side's name, and the contact without that side.
KINDS: dict[str, Callable[[Mapping[str, str]], tuple[str, str, dict[str, Any]]]] = {"trips": _trip, "visits": _visit}
