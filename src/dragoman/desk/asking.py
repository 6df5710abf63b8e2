"""What a request asks for: its parameters read by their description, and the moment that is looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal, Protocol

from dragoman.desk.links import Links
from dragoman.errors import RequestRefused

__all__ = ["MOMENT", "Asked", "Param", "read_params"]

#: Days outside of these cannot be stepped from and stand in no report.
EARLIEST, LATEST = date(1000, 1, 1), date(2999, 12, 31)
#: A query's text is words to search by, not a page.
MOST_LETTERS = 400
MOST_VALUES = 12

Kind = Literal["day", "time", "text", "choice", "number", "texts"]


class Many(Protocol):
    """A query that may hold a name several times."""

    def getlist(self, key: Any, /) -> list[str]:
        """The values of a name."""
        ...


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a page's query: its name, kind and meaning, for reading it and for the description of the API."""

    name: str
    kind: Kind
    what: str
    choices: tuple[str, ...] = ()
    most: int = 1_000_000

    def read(self, values: Sequence[str]) -> Any:
        """The value, ``None`` where nothing is given; raises :class:`~dragoman.errors.RequestRefused` (400) for one of another kind."""
        given = [v for v in values if v != ""]
        if self.kind == "texts":
            return [_text(self, v) for v in given[:MOST_VALUES]]
        if not given:
            return None
        return _READ[self.kind](self, given[-1])

    def schema(self) -> dict[str, Any]:
        """Its JSON schema."""
        if self.kind == "day":
            return {"type": "string", "format": "date"}
        if self.kind == "time":
            return {"type": "string", "format": "date-time"}
        if self.kind == "number":
            return {"type": "integer", "minimum": 0, "maximum": self.most}
        if self.kind == "choice":
            return {"type": "string", "enum": list(self.choices)}
        text = {"type": "string", "maxLength": MOST_LETTERS}
        return {"type": "array", "items": text, "maxItems": MOST_VALUES} if self.kind == "texts" else text


def _day(param: Param, value: str) -> date:
    try:
        found = date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) else None
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found <= LATEST:
        raise RequestRefused(400, f"“{param.name}” is no day; write it as 2021-03-20.")
    return found


def _time(param: Param, value: str) -> datetime:
    try:
        found = datetime.fromisoformat(value.replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found.date() <= LATEST:
        raise RequestRefused(400, f"“{param.name}” is no time; write it as 2021-03-20T12:00.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _text(param: Param, value: str) -> str:
    if len(value) > MOST_LETTERS:
        raise RequestRefused(400, f"“{param.name}” is longer than {MOST_LETTERS} characters; write less.")
    # Lone surrogates and NULs are no text, and no database takes them.
    return value.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8").strip()


def _number(param: Param, value: str) -> int:
    if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or int(value) > param.most:
        raise RequestRefused(400, f"“{param.name}” is no number from 0 to {param.most}.")
    return int(value)


def _choice(param: Param, value: str) -> str:
    if value not in param.choices:
        raise RequestRefused(400, f"“{param.name}” is one of {', '.join(param.choices)}.")
    return value


_READ = {"day": _day, "time": _time, "text": _text, "number": _number, "choice": _choice}

#: What every page of the ledger takes.
MOMENT = (
    Param("as_of", "day", "As published by this day; left out: the last day of which there is a report."),
    Param("recorded", "time", "As recorded in this ledger by this time (ISO, UTC unless it names a zone)."),
    Param("format", "choice", "`json` gives the page's data; so does `Accept: application/json`.", ("html", "json")),
)


def read_params(params: Sequence[Param], query: Many) -> dict[str, Any]:
    """The values of the parameters described; others in the query are left alone."""
    return {p.name: p.read(query.getlist(p.name)) for p in params}


@dataclass(frozen=True)
class Asked:
    """A request, read: the moment, the query's values, the path's steps, and who asks."""

    path: str
    steps: Mapping[str, str]
    given: Mapping[str, Any]
    day: date
    query: Mapping[str, Any] = field(default_factory=dict)
    may_write: bool = True

    @property
    def as_of(self) -> date | None:
        """The day that was asked for, ``None`` where the latest is meant."""
        found = self.given.get("as_of")
        return found if isinstance(found, date) else None

    @property
    def recorded(self) -> datetime | None:
        """The time by which it must have been recorded, ``None`` for all that is recorded."""
        found = self.given.get("recorded")
        return found if isinstance(found, datetime) else None

    @property
    def links(self) -> Links:
        """Addresses that keep the moment."""
        return Links(self.as_of, self.recorded)
