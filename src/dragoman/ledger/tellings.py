"""Contacts fetched by the numbers of their readings and places, the last used ones at hand."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select

from dragoman.ledger import tables as t
from dragoman.ledger.knowing import REPORT_COLUMNS, report_of
from dragoman.ledger.shapes import contact_of
from dragoman.ledger.told import Report, Told

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["Tellings"]

#: Readings asked for by one query: below the number of values that a statement may hold (SQLite: 999 before version 3.32).
CHUNK = 400
#: Contacts kept at hand, some 10 kB each with their reports.
AT_HAND = 4_000


class Tellings:
    """The contacts of a ledger as one transaction sees them."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._at_hand: OrderedDict[tuple[int, int], Told] = OrderedDict()

    def of(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Told]:
        """The contacts by the number of their reading and their place in it. Those that are gone are left out."""
        asked = set(wanted)
        missing: dict[int, set[int]] = defaultdict(set)
        found = {}
        for at in asked:
            if at in self._at_hand:
                self._at_hand.move_to_end(at)
                found[at] = self._at_hand[at]
            else:
                missing[at[0]].add(at[1])
        numbers = sorted(missing)
        for start in range(0, len(numbers), CHUNK):
            for at, told in self._fetched(numbers[start : start + CHUNK]):
                if at[1] in missing[at[0]]:
                    found[at] = self._at_hand[at] = told
        while len(self._at_hand) > AT_HAND:
            self._at_hand.popitem(last=False)
        return found

    def _fetched(self, numbers: list[int]) -> Iterable[tuple[tuple[int, int], Told]]:
        c = t.contact.c
        query = (
            select(c.reading_n, c.place, c.said, *(t.report.c[k] for k in REPORT_COLUMNS))
            .join(t.reading, t.reading.c.n == c.reading_n)
            .join(t.report, t.report.c.n == t.reading.c.report_n)
            .where(c.reading_n.in_(numbers))
        )
        seen: dict[int, Report] = {}
        for row in self._conn.execute(query):
            if row.n not in seen:
                seen[row.n] = report_of(row)
            yield (row.reading_n, row.place), Told(seen[row.n], row.place, contact_of(row.said), row.reading_n)
