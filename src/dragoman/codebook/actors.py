"""Parties, people and offices: who a name stands for, and who held which post on a day.

The tables lie in ``codebook/actors/`` (their heads say what each column means); ``compiled.json`` is the same, packed for loading.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from dragoman.codebook.actors_names import fold, key_of, surnames
from dragoman.errors import CodebookError

__all__ = ["ActorBook", "Entry", "Occupancy", "Office", "Position"]

_PACKED = Path(__file__).with_name("actors") / "compiled.json"
#: Folded names kept at hand (a few megabytes); beyond it they are forgotten and made anew.
_MOST_FOLDED = 50_000


class Entry(NamedTuple):
    """What a name stands for.

    ``kind`` is the class of the words (``name``, ``adj``, ``people``, ``capital``, ``weak``, ``seat``, ``body``, ``media``, ``short``, ``joint``,
    ``part``, ``ambiguous``,
    ``nobody``), ``what`` whether the party is a ``state``, an ``organisation`` or a ``group`` (for ``ambiguous`` the class that the
    words have once decided).
    """

    kind: str
    codes: tuple[str, ...]
    what: str
    key: str


class Office(NamedTuple):
    """An office or body of any state: ``kind`` is ``office``, ``body``, ``media``, ``mission``, ``embassy`` or ``hotline``."""

    kind: str
    level: int
    key: str


@dataclass(frozen=True, slots=True)
class Position:
    """A post: of which party, its title, its level (1 to 5)."""

    code: str
    office: str
    level: int


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Who held a post, from when to when (either end ``None`` where open or not known), and the source, or ``unchecked``."""

    person: str
    position: Position
    since: date | None
    until: date | None
    source: str

    def held_on(self, day: date) -> bool:
        """Whether the post was held on that day, both ends included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def _first_day(text: str) -> date | None:
    parts = [int(p) for p in text.split("-")] if text else []
    return date(*[*parts, 1, 1][:3]) if parts else None


def _last_day(text: str) -> date | None:
    parts = [int(p) for p in text.split("-")] if text else []
    if not parts:
        return None
    if len(parts) == 3:
        return date(parts[0], parts[1], parts[2])
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    return (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - timedelta(days=1)


class ActorBook:
    """The names of parties, the offices, and the people who held them."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._names: Mapping[str, Sequence[Any]] = data["names"]
        self._first: Mapping[str, int] = data["first"]
        self._offices: Mapping[str, Sequence[Any]] = data["offices"]
        self._office_first: Mapping[str, int] = data["office_first"]
        self._people: Sequence[Sequence[Any]] = data["people"]
        self._full: Mapping[str, Sequence[int]] = data["full"]
        self._last: Mapping[str, Sequence[int]] = data["last"]
        self._gender: Mapping[str, str] = data["gender"]
        self._outlets: Mapping[str, str] = data["outlets"]
        self._order: Mapping[str, str] = data["order"]
        self._spellings: Mapping[str, str] = data["spellings"]
        self._words: Mapping[str, Sequence[str]] = data["words"]
        self._sorts: Mapping[str, str] = data["sorts"]
        self._common = frozenset(data["common"])
        self._owners: Mapping[str, str] = data["owners"]
        self._lists: dict[str, frozenset[str]] = {}
        self._folded: dict[str, str] = {}
        self._begun: dict[str, bool] = {}
        self.ambiguous: Mapping[str, Mapping[str, Any]] = data["ambiguous"]

    @classmethod
    def load(cls, *extra_files: Path) -> ActorBook:
        """The book of the package, with the user's own files (TOML or CSV of occupancies) on top.

        Raises:
            CodebookError: a file is not readable or breaks the rules of its table.
        """
        try:
            data = json.loads(_PACKED.read_bytes())
        except (OSError, ValueError) as error:
            raise CodebookError(f"{_PACKED} is not readable; reinstall dragoman ({error})") from error
        if extra_files:
            # Imported late: users without files of their own never pay for the compiler.
            from dragoman.codebook.actors_compile import pack

            data = pack(extra_files, data)
        return cls(data)

    # ------------------------------------------------------------------------------------------------ parties

    def starts(self, key: str) -> int:
        """How many words the longest name has that begins with this word; 0 if none does."""
        return self._first.get(key, 0)

    def entry(self, key: str) -> Entry | None:
        """What the name stands for, ``None`` for a word that names no party (:func:`key_of` made the key)."""
        row = self._names.get(key)
        return Entry(row[0], tuple(row[1]), row[2], key) if row else None

    def party(self, name: str) -> tuple[str, ...]:
        """The codes that a name alone stands for, empty if none."""
        entry = self.entry(key_of(name))
        return tuple(c for c in entry.codes if c) if entry else ()

    def office_starts(self, word: str) -> int:
        """As :meth:`starts`, for offices; ``word`` in small letters."""
        return self._office_first.get(word, 0)

    def office(self, key: str) -> Office | None:
        """The office or body of that title in small letters, ``None`` if it is none."""
        row = self._offices.get(key)
        if row is None and key.endswith("s"):
            row = self._offices.get(key[:-1])
            row = row if row and row[0] == "office" else None
        return Office(row[0], row[1], key) if row else None

    def sort(self, code: str) -> str:
        """Whether the code is a ``state``, an ``organisation`` or a ``group``; empty for a code that the book does not hold."""
        return self._sorts.get(code, "")

    def is_common(self, key: str) -> bool:
        """Whether many states have a body of that name ("Senate")."""
        return key in self._common

    def of_kind(self, noun: str) -> frozenset[str] | None:
        """The states to which a noun like "kingdom" can refer, ``None`` where it can mean any."""
        codes = self._words.get("of " + noun)
        return frozenset(codes) if codes is not None else None

    def owner(self, office: str) -> tuple[str, ...]:
        """The code of the only party that has an office of that title, empty for the titles of many."""
        code = self._owners.get(office)
        return (code,) if code else ()

    def words(self, name: str) -> frozenset[str]:
        """One of the word lists of ``grammar.toml``.

        Raises:
            KeyError: there is no list of that name.
        """
        known = self._lists.get(name)
        if known is None:
            known = self._lists[name] = frozenset(self._words[name])
        return known

    @cached_property
    def former(self) -> frozenset[str]:
        """Words that say that the office is no longer held."""
        return frozenset(self._words["former"])

    @cached_property
    def passing(self) -> frozenset[str]:
        """Words that may stand between a state's name and the office."""
        return frozenset(self._words["pass"]) | self.former

    @cached_property
    def titles(self) -> frozenset[str]:
        """Forms of address before a name, in small letters."""
        return frozenset(self._words["titles"])

    @cached_property
    def references(self) -> Mapping[str, frozenset[str]]:
        """Nouns that refer back, by what they refer to: ``pair``, ``rivals`` (also without "two"), ``state``, ``organisation``, ``group``."""
        return {k: frozenset(self._words[k]) for k in ("pair", "rivals", "state", "organisation", "group")}

    def outlet(self, name: str) -> str | None:
        """The party whose own outlet this is (a publisher's name or host), ``None`` for all others."""
        return self._outlets.get(name.lower().removeprefix("www."))

    # ------------------------------------------------------------------------------------------------- people

    def fold(self, name: str) -> str:
        """The name as people are compared."""
        known = self._folded.get(name)
        if known is None:
            if len(self._folded) > _MOST_FOLDED:
                self._folded.clear()
            known = self._folded[name] = fold(name, self._spellings)
        return known

    def surnames(self, name: str, codes: Sequence[str] = ()) -> tuple[str, ...]:
        """By which folded names a report may call the person later; the codes decide on the order of the names."""
        orders = {self._order.get(c, "given") for c in codes} or {"given"}
        order = orders.pop() if len(orders) == 1 else "both"
        return surnames(self.fold(name), order)

    def gender(self, name: str) -> str:
        """``f``, ``m`` or empty, by the given names alone."""
        words = self.fold(name).split()
        tries = (
            (words[0], " ".join(words[:2]), " ".join(words[1:]), words[-1] if len(words) > 1 else "") if words else ()
        )
        return next((g for t in tries if (g := self._gender.get(t, ""))), "")

    def _rows(self, places: Sequence[int]) -> tuple[Occupancy, ...]:
        return tuple(
            Occupancy(r[0], Position(r[1], r[2], r[3]), _first_day(r[4]), _last_day(r[5]), r[6])
            for r in (self._people[i] for i in places)
        )

    def occupancies(self, name: str) -> tuple[Occupancy, ...]:
        """Every post of the person of that full name (or known by-name), in any romanisation and order."""
        folded = self.fold(name)
        places = self._full.get(folded, ())
        words = folded.split()
        if not places and len(words) > 2:
            # Longer than the book has it: a further family name at the end, or given names in the middle.
            shorter = {i for key in (" ".join(words[:-1]), f"{words[0]} {words[-1]}") for i in self._full.get(key, ())}
            if len({self._people[i][0] for i in shorter}) == 1:
                places = sorted(shorter)
        return self._rows(places)

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(k.split(" ", 1)[0] for k in self._full)

    def begins_person(self, form: str) -> bool:
        """Whether some full name of the book begins with that word."""
        known = self._begun.get(form)
        if known is None:
            known = self._begun[form] = self.fold(form).split(" ", 1)[0] in self._beginnings
        return known

    def knows(self, folded: str) -> bool:
        """Whether a folded full name is in the book."""
        return folded in self._full

    def known_surname(self, folded: str) -> bool:
        """Whether somebody in the book goes by that folded name alone."""
        return folded in self._last

    def by_surname(self, name: str) -> tuple[Occupancy, ...]:
        """Every post of all people whom a report may call by that name alone."""
        return self._rows(self._last.get(self.fold(name), ()))

    def holders(self, code: str, office: str, day: date) -> tuple[Occupancy, ...]:
        """Who held the office of that exact title on that day; a term without an end ends with the next one's beginning."""
        held = [o for o in self._by_post.get((code, office), ()) if o.held_on(day)]
        newest = max((o.since or date.min for o in held), default=date.min)
        return tuple(o for o in held if o.until is not None or (o.since or date.min) == newest)

    @cached_property
    def _by_post(self) -> dict[tuple[str, str], list[Occupancy]]:
        found: dict[tuple[str, str], list[Occupancy]] = {}
        for row in self._rows(range(len(self._people))):
            found.setdefault((row.position.code, row.position.office), []).append(row)
        return found

    def positions(self) -> tuple[Occupancy, ...]:
        """All rows."""
        return self._rows(range(len(self._people)))
