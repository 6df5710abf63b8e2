"""Addresses on the desk. Every state of a screen is one: path and query, with the day that is looked at carried along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

__all__ = ["Links", "address", "code_in", "code_out"]


def address(path: str, query: Mapping[str, Any] | None = None) -> str:
    """The path with the query's values that are not empty; a list gives the name several times."""
    kept = [(k, v) for k, v in (query or {}).items() if v not in (None, "", [], ())]
    return path + ("?" + urlencode(kept, doseq=True) if kept else "")


def code_out(code: str) -> str:
    """A code as one step of a path. A slash in a code would end the step, so it travels as ``~2F``."""
    return quote(code.replace("~", "~7E").replace("/", "~2F"), safe="~")


def code_in(step: str) -> str:
    """The code that a step of a path stands for."""
    return step.replace("~2F", "/").replace("~7E", "~")


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses that keep the moment: as published by a day, as recorded by a time."""

    as_of: date | None = None
    recorded: datetime | None = None

    @property
    def moment(self) -> dict[str, str | None]:
        """The query that tells the moment."""
        return {
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "recorded": self.recorded.isoformat() if self.recorded else None,
        }

    def to(self, path: str, **query: Any) -> str:
        """Any page."""
        return address(path, {**query, **self.moment})

    def board(self, **query: Any) -> str:
        """The silence board."""
        return self.to("/", **query)

    def pair(self, a: str, b: str, **query: Any) -> str:
        """A pair with its timeline."""
        first, second = sorted((a, b))
        return self.to(f"/pair/{code_out(first)}/{code_out(second)}", **query)

    def thread(self, pair: tuple[str, str], name: str, **query: Any) -> str:
        """One thread."""
        return self.to(f"/thread/{code_out(pair[0])}/{code_out(pair[1])}/{quote(name, safe='')}", **query)

    def act(self, pair: tuple[str, str], name: str, **query: Any) -> str:
        """One act with its evidence."""
        return self.to(f"/act/{code_out(pair[0])}/{code_out(pair[1])}/{quote(name, safe='')}", **query)

    def report(self, key: str, **query: Any) -> str:
        """One report."""
        return self.to(f"/report/{quote(key, safe='')}", **query)

    def party(self, code: str, **query: Any) -> str:
        """One party."""
        return self.to(f"/party/{code_out(code)}", **query)

    def person(self, name: str) -> str:
        """One person."""
        return self.to("/person", name=name)

    def story(self, **query: Any) -> str:
        """A story: parties, subject words and days."""
        return self.to("/story", **query)

    def learned(self, **query: Any) -> str:
        """What was learned between two days."""
        return address("/learned", query)
