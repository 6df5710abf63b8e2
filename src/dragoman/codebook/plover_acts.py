"""How the acts and statuses of the ledger map to PLOVER and CAMEO (``plover_acts.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dragoman.codebook.plover import MODES, PLOVER_TYPES
from dragoman.errors import CodebookError
from dragoman.model import ACTS, STATUSES

__all__ = ["ActBook", "ActCode"]


@dataclass(frozen=True, slots=True)
class ActCode:
    """One row of the mapping: which acts, in which statuses and with which answer (none: any), and their code.

    ``type`` is empty where the schemes have no code; ``may`` are the types that the act's own words may tell instead; ``cameo`` is the
    root and what the table of 2021 tells beyond it; ``section`` the manual's section, ``note`` where the act has no home.
    """

    act: str
    statuses: tuple[str, ...]
    answer: str | None
    type: str
    mode: str | None
    cameo: str
    may: frozenset[str]
    section: str
    note: str


@dataclass(frozen=True)
class ActBook:
    """The mapping; the first row that fits an act counts."""

    rows: tuple[ActCode, ...]

    @staticmethod
    @cache
    def load() -> ActBook:
        """The mapping that ships; raises :class:`~dragoman.errors.CodebookError` where a row names what there is not."""
        path = resources.files("dragoman.codebook") / "plover_acts.toml"
        return ActBook.of(tomllib.loads(path.read_text(encoding="utf-8"))["row"])

    @staticmethod
    def of(rows: Iterable[dict[str, Any]]) -> ActBook:
        """The mapping of the rows of a table; raises :class:`~dragoman.errors.CodebookError`."""
        return ActBook(tuple(_row(r) for r in rows))

    def find(self, act: str, status: str, answer: str | None = None) -> ActCode | None:
        """The row of an act; ``None`` where the mapping has none."""
        return next(
            (
                r
                for r in self.rows
                if r.act in (act, "*") and (not r.statuses or status in r.statuses) and r.answer in (None, answer)
            ),
            None,
        )

    def table(self) -> Iterator[dict[str, str]]:
        """One flat row for each act, status and answer, as it is exported: keys in the order of the columns."""
        for r in self.rows:
            for act in ACTS if r.act == "*" else (r.act,):
                for status in r.statuses or STATUSES:
                    yield {
                        "act": act,
                        "status": status,
                        "answer": r.answer or "",
                        "plover": r.type,
                        "mode": r.mode or "",
                        "cameo": r.cameo,
                        "or_by_its_words": " ".join(sorted(r.may)),
                        "manual": r.section,
                        "note": r.note,
                    }


def _row(row: dict[str, Any]) -> ActCode:
    kind, mode = row["type"], row.get("mode")
    may = frozenset(row.get("may", ()))
    named = ({kind} - {""}) | may
    if named - set(PLOVER_TYPES) or (mode and mode not in MODES.get(kind, ())):
        raise CodebookError(
            f"plover_acts.toml: {row['act']}: no such type or mode: {kind} {mode}, {', '.join(sorted(may))}"
        )
    if row["act"] not in (*ACTS, "*") or set(row.get("status", ())) - set(STATUSES):
        raise CodebookError(f"plover_acts.toml: no such act or status: {row['act']!r}, {row.get('status')}")
    return ActCode(
        act=row["act"],
        statuses=tuple(row.get("status", ())),
        answer=row.get("answer"),
        type=kind,
        mode=mode,
        cameo=row.get("cameo", ""),
        may=may,
        section=row.get("section", ""),
        note=row.get("note", ""),
    )
