"""Who publishes news: outlets and agencies, with what is peculiar to their pages (``outlets.toml``).

A row may hold for some years only (``from``, ``until``): a paper that changed its name, its domain or its zone has several rows.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dragoman.errors import CodebookError

__all__ = ["Outlet", "OutletBook"]

_FILE = Path(__file__).with_name("outlets.toml")
#: "a-z" is asked first, for it is what most signs are.
_WORD = re.compile(r"[a-z\w]+")
#: Countries that write the month first in "3/14/2021".
_MONTH_FIRST = frozenset({"USA", "PHL", "FSM", "PLW", "MHL"})


@dataclass(frozen=True, slots=True)
class Outlet:
    """One publisher.

    ``name`` is what it calls itself, ``short`` how other outlets credit it; ``aliases`` further names; ``marks`` phrases that stand on its pages
    alone (a bureau, a spokesperson's office); ``zone`` the IANA zone of its time stamps; ``agency`` whether others print its reports; ``relay``
    whether it prints others' reports as a rule; ``translated`` whether it prints machine translations;
    ``office`` whether it is a government or organisation, which news pages name as a subject.
    """

    name: str
    country: str
    short: str = ""
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    zone: str | None = None
    agency: bool = False
    relay: bool = False
    translated: bool = False
    office: bool = False
    day_first: bool | None = None
    since: date | None = None
    until: date | None = None

    @property
    def credit(self) -> str:
        """The name under which others credit it."""
        return self.short or self.name

    @property
    def writes_day_first(self) -> bool:
        """Whether "3/4/2021" is 3 April on its pages."""
        return self.country not in _MONTH_FIRST if self.day_first is None else self.day_first

    def holds_on(self, day: date | None) -> bool:
        """Whether the row holds on a day (always, where the day is not known)."""
        return day is None or ((self.since is None or self.since <= day) and (self.until is None or day <= self.until))


@lru_cache(maxsize=8192)
def _key(name: str) -> str:
    """A name without what varies in print: case, "The", points, "News Agency"."""
    words = re.sub(r"[^\w&+]+", " ", name.casefold()).split()
    while words and words[0] == "the":
        words = words[1:]
    return " ".join(words)


@dataclass(frozen=True)
class OutletBook:
    """All outlets, found by domain or by name."""

    outlets: tuple[Outlet, ...]
    by_domain: Mapping[str, tuple[Outlet, ...]] = field(repr=False, default_factory=dict)
    by_name: Mapping[str, tuple[Outlet, ...]] = field(repr=False, default_factory=dict)

    @cached_property
    def marks(self) -> tuple[tuple[str, Outlet], ...]:
        """Every mark in lower case, with its outlet."""
        return tuple((mark.casefold(), o) for o in self.outlets for mark in o.marks)

    @cached_property
    def clues(self) -> frozenset[str]:
        """The longest word of each name, in folded case: a text with none of them names no outlet."""
        return frozenset(max(_WORD.findall(name) or [""], key=len) for name in self.by_name)

    def naming(self, texts: Sequence[str]) -> list[int]:
        """The places of the texts (of one line each) that :meth:`may_name` may be true of; far faster than asking each."""
        whole = "\n".join(texts).casefold()
        ends = list(accumulate(len(line) + 1 for line in whole.split("\n")))
        found = set[int]()
        for clue in self.clues.intersection(_WORD.findall(whole)):
            at = whole.find(clue)
            while at >= 0:
                line = bisect_right(ends, at)
                found.add(line)
                at = whole.find(clue, ends[line])
        return sorted(found)

    def may_name(self, text: str) -> bool:
        """Whether a text may hold an outlet's name: told by its words alone, far faster than asking for each part of it."""
        return not self.clues.isdisjoint(_WORD.findall(text.casefold()))

    @classmethod
    def load(cls, *extra: Path) -> OutletBook:
        """The shipped book; rows of ``extra`` files (same shape) come first where both know a domain or name.

        Raises:
            CodebookError: a file is missing, no TOML, or a row is not in shape.
        """
        return _load(tuple(extra))

    @classmethod
    def of(cls, outlets: Iterable[Outlet]) -> OutletBook:
        """A book of the given outlets."""
        rows = tuple(outlets)
        domains: dict[str, tuple[Outlet, ...]] = {}
        names: dict[str, tuple[Outlet, ...]] = {}
        for row in rows:
            for domain in row.domains:
                domains[domain] = (*domains.get(domain, ()), row)
            for name in {_key(x) for x in (row.name, row.short, *row.aliases) if x}:
                names[name] = (*names.get(name, ()), row)
        return cls(rows, domains, names)

    def at(self, url: str | None, day: date | None = None) -> Outlet | None:
        """The outlet at an address: its host or the nearest parent domain that the book knows."""
        if not url:
            return None
        try:
            host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
        except ValueError:
            return None
        labels = host.split(".")
        for k in range(len(labels) - 1):
            found = self._of_day(self.by_domain.get(".".join(labels[k:]), ()), day)
            if found:
                return found
        return None

    def named(self, name: str | None, day: date | None = None) -> Outlet | None:
        """The outlet of a name, short name or alias, whatever its case and with or without "The"."""
        rows = self.by_name.get(_key(name)) if name else None
        return self._of_day(rows, day) if rows else None

    @staticmethod
    def _of_day(rows: tuple[Outlet, ...], day: date | None) -> Outlet | None:
        return next((x for x in rows if x.holds_on(day)), None)


def _outlet(row: dict[str, Any], file: Path) -> Outlet:
    known = {
        "name",
        "short",
        "country",
        "domains",
        "aliases",
        "marks",
        "zone",
        "agency",
        "relay",
        "translated",
        "office",
        "day_first",
        "from",
        "until",
    }
    if not isinstance(row.get("name"), str) or not isinstance(row.get("country"), str) or not row.keys() <= known:
        raise CodebookError(f"{file.name}: an outlet needs name and country, and may have only {sorted(known)}: {row}")
    return Outlet(
        name=row["name"],
        country=row["country"],
        short=row.get("short", ""),
        domains=tuple(row.get("domains", ())),
        aliases=tuple(row.get("aliases", ())),
        marks=tuple(row.get("marks", ())),
        zone=row.get("zone"),
        agency=bool(row.get("agency", False)),
        relay=bool(row.get("relay", False)),
        translated=bool(row.get("translated", False)),
        office=bool(row.get("office", False)),
        day_first=row.get("day_first"),
        since=row.get("from"),
        until=row.get("until"),
    )


@lru_cache(maxsize=8)
def _load(extra: tuple[Path, ...]) -> OutletBook:
    rows: list[Outlet] = []
    for file in (*extra, _FILE):
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CodebookError(f"{file}: cannot be read: {error}") from error
        rows.extend(_outlet(row, file) for row in data.get("outlet", ()))
    return OutletBook.of(rows)
