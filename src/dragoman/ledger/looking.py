"""What people who look at a ledger ask beside its views: what a report gave, what came on a day, who is spoken of, what stands behind an act.

Every question is bounded: it names a report, a pair or a number of rows, so that a page of a large ledger costs what it shows.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dragoman.ledger.history import History, ThreadView
from dragoman.ledger.told import Pair, Report, Told, pair_of

if TYPE_CHECKING:
    from sqlalchemy import Select

    from dragoman.ledger.knowing import Moment
    from dragoman.ledger.ledger import Ledger

__all__ = ["Extent", "FoundText", "KnownReport", "Looking", "PairCount", "PartyCount", "origin_groups"]

#: Characters of a text shown around the first word found.
AROUND = 110


@dataclass(frozen=True, slots=True)
class Extent:
    """Which days the ledger has reports of, how many they are, and how many more have no day."""

    first: date | None
    last: date | None
    reports: int
    undated: int


@dataclass(frozen=True, slots=True)
class PairCount:
    """A pair, how many contacts are told of it, and the last day on which one was told."""

    pair: Pair
    contacts: int
    last: date | None


@dataclass(frozen=True, slots=True)
class PartyCount:
    """A party, in how many reports it is named, and the last day of one."""

    code: str
    reports: int
    last: date | None


@dataclass(frozen=True, slots=True)
class FoundText:
    """A report in which all words asked for stand, and some of its text around the first."""

    report: Report
    before: str
    word: str
    after: str


@dataclass(frozen=True)
class KnownReport:
    """A report with all that it gave: its article, what the reading that stands says, with quotes, and what was made of its page besides."""

    report: Report
    recorded: str
    article: dict[str, Any]
    body: str
    page_key: str | None
    reader: str
    tellings: tuple[Told, ...]
    processes: tuple[dict[str, Any], ...]
    statements: tuple[dict[str, Any], ...]
    conflicts: tuple[dict[str, Any], ...]
    parties: tuple[str, ...]
    rejections: tuple[dict[str, Any], ...]
    newer: tuple[Report, ...]
    older: tuple[Report, ...]
    readings: tuple[dict[str, Any], ...]


class Looking:
    """Questions to a ledger for people who look at it; all answers are of one moment each."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    # ------------------------------------------------------------------------------------------------ the whole

    def mark(self) -> tuple[int, ...]:
        """Numbers that differ once anything was entered that a view may show; asked for in well under a millisecond."""
        from sqlalchemy import func, select

        from dragoman.ledger import tables as t

        with self._reading() as conn:
            return tuple(
                int(conn.execute(select(func.coalesce(func.max(column), 0))).scalar_one())
                for column in (t.report.c.n, t.reading.c.n, t.judgement.c.n)
            )

    def extent(self) -> Extent:
        """The days of which there are reports."""
        from sqlalchemy import func, select

        from dragoman.ledger import knowing
        from dragoman.ledger import tables as t

        with self._reading() as conn:
            first, last = (conn.execute(select(f(t.report.c.day))).scalar_one() for f in (func.min, func.max))
            reports = int(conn.execute(select(func.count(t.report.c.day))).scalar_one())
            return Extent(first, last, reports, knowing.undated(conn))

    def later(self, day: date, pair: Pair | None = None) -> int:
        """How many reports, of all or of those that tell of a pair, were published after the day."""
        from sqlalchemy import func, select

        from dragoman.ledger import tables as t

        p = t.contact_pair.c
        if pair is None:
            query = select(func.count()).select_from(t.report).where(t.report.c.day > day)
        else:
            a, b = pair_of(*pair)
            query = (
                select(func.count(t.reading.c.report_n.distinct()))
                .join(t.reading, t.reading.c.n == p.reading_n)
                .where(p.a == a, p.b == b, p.day > day, t.reading.c.superseded.is_(None))
            )
        with self._reading() as conn:
            return int(conn.execute(query).scalar_one())

    def change(self, day: date, *, forward: bool, pair: Pair | None = None) -> date | None:
        """The next (or last) day after (or before) the day on which a report told of a contact, between the pair or at all."""
        from sqlalchemy import exists, select

        from dragoman.ledger import tables as t

        if pair is None:
            column = t.report.c.day
            tells = (
                exists()
                .where(t.contact.c.reading_n == t.reading.c.n)
                .where(t.reading.c.report_n == t.report.c.n, t.reading.c.superseded.is_(None))
            )
            query = select(column).where(tells)
        else:
            a, b = pair_of(*pair)
            column = t.contact_pair.c.day
            query = select(column).where(t.contact_pair.c.a == a, t.contact_pair.c.b == b)
        beyond = column > day if forward else column < day
        query = query.where(beyond).order_by(column if forward else column.desc()).limit(1)
        with self._reading() as conn:
            found = conn.execute(query).scalar()
        return found if isinstance(found, date) else None

    # ------------------------------------------------------------------------------------------------ one pair

    def history(self, pair: Pair, as_of: date | None = None, as_recorded: datetime | None = None) -> History:
        """The acts and threads of a pair as known at the moment, with their tellings."""
        of = pair_of(*pair)
        with self._reading() as conn:
            found = self._ledger._histories(conn, self._moment(as_of, as_recorded), of)
        return found[0] if found else History(of, (), ())

    def silent_thread(self, pair: Pair, name: str, day: date) -> ThreadView | None:
        """The thread of that id where it stood without an answer as published by the day and is derived; else ``None``."""
        from dragoman.ledger.board import silent_thread

        with self._reading() as conn:
            found = silent_thread(conn, pair_of(*pair), name, day)
        return ThreadView(found, day) if found else None

    def begun_since(self, pair: Pair, since: date, day: date) -> list[ThreadView]:
        """A pair's threads as published by the day: all of them, or of a long history those that began in its stretches from ``since`` on."""
        from dragoman.ledger import derived, filling

        with self._reading() as conn:
            if derived.is_current(conn):
                return [
                    ThreadView(x, day)
                    for x in filling.begun_since(conn, pair_of(*pair), since, day, self._ledger._reach)
                ]
        return self._ledger.threads(as_of=day, pair=pair)

    def evidence(self, tellings: Iterable[Told]) -> list[dict[str, Any]]:
        """For each telling its report, place, contact, body and quotes (as ``Ledger.show`` gives them)."""
        from dragoman.ledger import recalling

        with self._reading() as conn:
            return [recalling.evidence(conn, told) for told in tellings]

    # ---------------------------------------------------------------------------------------------- one report

    def report(self, key: str) -> KnownReport | None:
        """The report of that key (or whose id is this and no other's) with all that it gave; ``None`` where there is none."""
        from dragoman.ledger.looking_report import known_report

        with self._reading() as conn:
            return known_report(conn, key)

    def page(self, key: str) -> bytes | None:
        """The bytes of a page as it came, ``None`` where they were not kept."""
        from sqlalchemy import select

        from dragoman.ledger import tables as t

        with self._reading() as conn:
            data = conn.execute(select(t.page.c.data).where(t.page.c.key == key)).scalar()
        return zlib.decompress(data) if data is not None else None

    def published(self, first: date, last: date, most: int = 200) -> list[tuple[Report, int]]:
        """The reports published from the first to the last day, both counted, newest first, with the number of contacts each tells."""
        from sqlalchemy import and_, func, select

        from dragoman.ledger import knowing
        from dragoman.ledger import tables as t

        columns = [t.report.c[k] for k in knowing.REPORT_COLUMNS]
        counted = (
            select(func.count())
            .select_from(t.contact)
            .where(t.contact.c.reading_n == t.reading.c.n)
            .correlate(t.reading)
            .scalar_subquery()
        )
        query = (
            select(*columns, counted.label("contacts"))
            .join(t.reading, and_(t.reading.c.report_n == t.report.c.n, t.reading.c.superseded.is_(None)))
            .where(t.report.c.day >= first, t.report.c.day <= last)
            .order_by(t.report.c.day.desc(), t.report.c.key)
            .limit(most)
        )
        with self._reading() as conn:
            return [(knowing.report_of(row), int(row.contacts)) for row in conn.execute(query)]

    def pairs_told(self, first: date, last: date, most: int = 60) -> list[PairCount]:
        """The pairs of which reports of these days (both counted) tell, most told of first."""
        from sqlalchemy import func, select

        from dragoman.ledger import tables as t

        p = t.contact_pair.c
        inside = (
            select(t.reading.c.n)
            .join(t.report, t.report.c.n == t.reading.c.report_n)
            .where(t.report.c.day >= first, t.report.c.day <= last, t.reading.c.superseded.is_(None))
        )
        query = (
            select(p.a, p.b, func.count().label("many"), func.max(p.day).label("last"))
            .where(p.reading_n.in_(inside))
            .group_by(p.a, p.b)
            .order_by(func.count().desc(), p.a, p.b)
            .limit(most)
        )
        return self._pairs(query)

    def pairs_told_last(self, as_of: date, most: int = 60) -> list[PairCount]:
        """The pairs of which reports up to the day tell, the last told of first, and how many contacts are told of each."""
        from sqlalchemy import func, select

        from dragoman.ledger import tables as t

        p = t.contact_pair.c
        query = (
            select(p.a, p.b, func.count().label("many"), func.max(p.day).label("last"))
            .where(p.day <= as_of)
            .group_by(p.a, p.b)
            .order_by(func.max(p.day).desc(), p.a, p.b)
            .limit(most)
        )
        return self._pairs(query)

    # ---------------------------------------------------------------------------------------- parties and people

    def pairs(self, as_of: date, code: str | None = None, most: int = 60) -> list[PairCount]:
        """The pairs (of a party or of all) told of by the day, most told of first."""
        from sqlalchemy import func, or_, select

        from dragoman.ledger import tables as t

        p = t.contact_pair.c
        query = (
            select(p.a, p.b, func.count().label("many"), func.max(p.day).label("last"))
            .where(p.day <= as_of)
            .group_by(p.a, p.b)
            .order_by(func.count().desc(), p.a, p.b)
            .limit(most)
        )
        if code is not None:
            query = query.where(or_(p.a == code, p.b == code))
        return self._pairs(query)

    def parties(self, as_of: date, most: int = 500) -> list[PartyCount]:
        """The parties that reports up to the day name, most named first."""
        from sqlalchemy import func, select

        from dragoman.ledger import tables as t

        c = t.party.c
        query = (
            select(c.code, func.count().label("many"), func.max(c.day).label("last"))
            .where(c.day <= as_of)
            .group_by(c.code)
            .order_by(func.count().desc(), c.code)
            .limit(most)
        )
        with self._reading() as conn:
            return [PartyCount(r.code, int(r.many), r.last) for r in conn.execute(query)]

    def naming(self, as_of: date, person: str, most: int = 60) -> list[Told]:
        """The contacts, latest told first, in which a person of that name (or part of a name) acts or is addressed."""
        from sqlalchemy import Text, cast, or_

        from dragoman.ledger import tables as t

        # JSON escapes no letter here: names stand in it as they are printed.
        like = f"%{_escaped(person)}%"
        c = t.contact.c
        named = or_(*(cast(col, Text).ilike(like, escape="\\") for col in (c.from_person, c.to_person)))
        return self._contacts(as_of, named, most)

    def about(self, as_of: date, words: str, most: int = 60) -> list[Told]:
        """The contacts, latest told first, whose subject holds all the words."""
        from sqlalchemy import and_

        from dragoman.ledger import tables as t

        terms = words.split()
        if not terms:
            return []
        held = and_(*(t.contact.c.about.ilike(f"%{_escaped(w)}%", escape="\\") for w in terms))
        return self._contacts(as_of, held, most)

    def find(self, words: str, as_of: date, most: int = 50) -> list[FoundText]:
        """The reports up to the day whose title or body holds all the words, newest first, with some text around the first word."""
        from dragoman.ledger.looking_text import found_texts

        with self._reading() as conn:
            return found_texts(conn, words, as_of, most)

    # -------------------------------------------------------------------------------------------------- inside

    def _reading(self) -> Any:
        return self._ledger._store.reading()

    def _moment(self, as_of: date | None, as_recorded: datetime | None) -> Moment:
        return self._ledger._moment(as_of, as_recorded)

    def _pairs(self, query: Select[Any]) -> list[PairCount]:
        with self._reading() as conn:
            return [PairCount((r.a, r.b), int(r.many), r.last) for r in conn.execute(query)]

    def _contacts(self, as_of: date, wanted: Any, most: int) -> list[Told]:
        from sqlalchemy import and_, select

        from dragoman.ledger import knowing
        from dragoman.ledger import tables as t
        from dragoman.ledger.shapes import contact_of

        query = (
            select(
                t.contact.c.said,
                t.contact.c.place,
                t.contact.c.reading_n,
                *[t.report.c[k] for k in knowing.REPORT_COLUMNS],
            )
            .join(t.reading, and_(t.reading.c.n == t.contact.c.reading_n, t.reading.c.superseded.is_(None)))
            .join(t.report, t.report.c.n == t.reading.c.report_n)
            .where(t.report.c.day <= as_of, wanted)
            .order_by(t.report.c.day.desc(), t.report.c.key, t.contact.c.place)
            .limit(most)
        )
        with self._reading() as conn:
            return [
                Told(knowing.report_of(row), row.place, contact_of(row.said), row.reading_n)
                for row in conn.execute(query)
            ]


def origin_groups(tellings: Iterable[Told]) -> list[list[Told]]:
    """The tellings by the origin they go back to, in order of telling: several in a group are copies, or one speaker told to one listener."""
    from dragoman.ledger.origins import same_origin

    groups: list[list[Told]] = []
    for told in sorted(tellings, key=lambda t: t.order):
        joined = [g for g in groups if any(same_origin(other, told) for other in g)]
        if not joined:
            groups.append([told])
            continue
        joined[0].append(told)
        for other in joined[1:]:
            joined[0].extend(other)
            groups.remove(other)
    return [sorted(g, key=lambda t: t.order) for g in groups]


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
