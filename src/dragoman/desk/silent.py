"""The silent threads that a page shows: a page of the board, those of a party, those that changed last. Each costs what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from dragoman.desk.desk import Desk
from dragoman.desk.rows import last_told
from dragoman.errors import LedgerError
from dragoman.ledger import ThreadView
from dragoman.ledger.thread import SILENT
from dragoman.ledger.told import Pair

__all__ = ["Silent", "lately_answered", "silent"]

T = TypeVar("T")
#: Boards up to this length are walked through whole to be sorted another way or narrowed down to a party.
SHORT = 500
#: Of longer ones so many pairs are looked at: those told of last, or a party's most told of.
MOST_PAIRS = 150
#: Answered threads are those of the pairs told of most in the last year; a pair told of more often than this is left to its own page.
LATELY_PAIRS, LATELY_DAYS, LATELY_ROWS, MOST_CONTACTS = 8, 365, 12, 64


@dataclass(frozen=True)
class Silent:
    """The rows of one page, how many there are in all, and whether the list was cut to the pairs that were looked at."""

    rows: Sequence[ThreadView]
    total: int
    cut: bool = False


def silent(
    desk: Desk, day: date, recorded: datetime | None, *, sort: str, party: str | None, first: int, count: int
) -> Silent:
    """So many silent threads from the ``first`` on, by days of silence or (``change``) by the last day on which one was told of."""
    key = ("silent", day, recorded, sort, party, first, count)
    return desk.kept.get(key, lambda: _again(lambda: _silent(desk, day, recorded, sort, party, first, count)))


def _silent(
    desk: Desk, day: date, recorded: datetime | None, sort: str, party: str | None, first: int, count: int
) -> Silent:
    board = desk.ledger.silences(as_of=day, as_recorded=recorded)
    if sort == "days" and party is None:
        return Silent(list(board[first : first + count]), len(board))
    cut = len(board) > SHORT
    if cut:
        found = [t for pair in _pairs(desk, day, party) for t in desk.ledger.silences(day, recorded, pair)]
    else:
        found = [t for t in board if party is None or party in t.thread.pair]
    if sort == "change":
        found.sort(key=lambda t: (last_told(t), t.id), reverse=True)
    elif cut:
        found.sort(key=_longest)
    return Silent(found[first : first + count], len(found), cut)


def _pairs(desk: Desk, day: date, party: str | None) -> list[Pair]:
    if party is not None:
        return [p.pair for p in desk.looking.pairs(day, party, MOST_PAIRS)]
    return [p.pair for p in desk.looking.pairs_told_last(day, MOST_PAIRS)]


def _longest(view: ThreadView) -> tuple[int, str]:
    least = (view.silence_days or (None, None))[0]
    return (-(least if least is not None else -1), view.id)


def _again(derive: Callable[[], T]) -> T:
    """A board whose rows were derived anew while it was looked at is asked for once more."""
    try:
        return derive()
    except LedgerError:
        return derive()


def lately_answered(desk: Desk, day: date, recorded: datetime | None) -> list[ThreadView]:
    """Overtures that were answered or ended, of the pairs told of most in the last year, latest first."""
    return desk.kept.get(("lately", day, recorded), lambda: _lately(desk, day, recorded))


def _lately(desk: Desk, day: date, recorded: datetime | None) -> list[ThreadView]:
    answered: list[ThreadView] = []
    since = day - timedelta(days=LATELY_DAYS)
    for of in desk.looking.pairs_told(since, day, LATELY_PAIRS):
        if of.contacts <= MOST_CONTACTS:
            if recorded is None:
                threads = desk.looking.begun_since(of.pair, since, day)
            else:
                threads = desk.ledger.threads(as_of=day, as_recorded=recorded, pair=of.pair)
            answered += [t for t in threads if t.kind == "overture" and t.state not in SILENT]
    answered.sort(key=lambda t: (t.thread.changes[-1].day or last_told(t), t.id), reverse=True)
    return answered[:LATELY_ROWS]
