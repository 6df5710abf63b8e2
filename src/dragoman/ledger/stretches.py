"""Stretches of a long history: what keeps a pair of tens of thousands of contacts derivable piece by piece.

A pair of up to :attr:`Reach.whole` contacts is derived whole. A longer history is cut into stretches of days of at most :attr:`Reach.stretch`
contacts each: all time is halved again and again where more than that lie in a half. Each stretch is derived together with the stretches beside
it, and gives the acts and threads that began in it. So what a report tells touches its own stretch and its neighbours alone.

The cuts are made of the days of the contacts told by a day and of nothing else: the order of arrival plays no part, and a stretch is only ever cut
finer as more is told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dragoman.ledger.history import History, history_of
from dragoman.ledger.told import Pair, Told

__all__ = [
    "ALWAYS",
    "NEVER",
    "REACH",
    "WHOLE",
    "Cell",
    "Reach",
    "anchor_of",
    "beside",
    "cells_of",
    "core_of",
    "history_in_cells",
    "leaves_of",
    "node_of",
]

#: The first and the last day there are: open ends.
ALWAYS, NEVER = date.min.toordinal(), date.max.toordinal()
#: All days lie in one stretch of two to this many; the power is the first above ``NEVER``.
TALLEST = 22


@dataclass(frozen=True, slots=True)
class Reach:
    """Up to how many contacts a pair's history is derived whole, and how many a stretch of a longer one holds at most.

    ``whole`` costs about 0.1 s to derive, which is what a board may wait for after a further report; three stretches, each with its neighbours,
    cost the half of that.
    """

    whole: int = 384
    stretch: int = 64


REACH = Reach()


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A stretch from day ``first`` up to, not with, day ``end``, derived from the contacts from ``back`` up to ``ahead`` (all ordinals)."""

    first: int
    end: int
    back: int = ALWAYS
    ahead: int = NEVER


#: The cell of a pair whose history is derived whole.
WHOLE = Cell(ALWAYS, NEVER)


def anchor_of(told: Told) -> int:
    """The day (ordinal) by which a contact stands in a stretch: the last on which it may have begun, at most the day it was told."""
    start, day = told.contact.start, told.report.day
    begun = (start.latest or start.earliest) if start else None
    found = min((d for d in (begun, day) if d), default=None)
    return found.toordinal() if found else ALWAYS


def node_of(day: int, height: int) -> tuple[int, int]:
    """The stretch of two to the ``height`` days in which a day lies."""
    first = (day >> height) << height
    return max(first, ALWAYS), min(first + (1 << height), NEVER)


def cells_of(anchors: Sequence[int], reach: Reach = REACH) -> list[Cell]:
    """The stretches into which the sorted anchors of all contacts of a pair cut all time, in order."""
    if len(anchors) <= reach.whole:
        return [WHOLE]
    return beside(list(leaves_of(anchors, 0, TALLEST, reach.stretch)))


def leaves_of(anchors: Sequence[int], day: int, height: int, most: int) -> Iterator[tuple[int, int, int]]:
    """The stretches of at most so many anchors into which the one of that height around the day falls: first day, end, and how many."""
    first, end = node_of(day, height)
    found = bisect_left(anchors, end) - bisect_left(anchors, first)
    if found <= most or height == 0:
        yield first, end, found
        return
    start = (day >> height) << height
    yield from leaves_of(anchors, start, height - 1, most)
    yield from leaves_of(anchors, start + (1 << (height - 1)), height - 1, most)


def beside(leaves: Sequence[tuple[int, int, int]]) -> list[Cell]:
    """Stretches that cover all time, each with the nearest before and after it that hold something."""
    before, backs = ALWAYS, []
    for first, _, held in leaves:
        backs.append(before)
        before = first if held else before
    after, found = NEVER, []
    for (first, end, held), back in zip(reversed(leaves), reversed(backs), strict=True):
        found.append(Cell(first, end, back, after))
        after = end if held else after
    return found[::-1]


def core_of(history: History, cell: Cell) -> History:
    """The acts and threads that began in the stretch."""

    def inside(told: Told) -> bool:
        return cell.first <= anchor_of(told) < cell.end

    return History(
        history.pair,
        tuple(a for a in history.acts if inside(a.members[0])),
        tuple(t for t in history.threads if inside(t.opening.members[0])),
    )


def history_in_cells(
    pair: Pair, contacts: Iterable[Told], anchors: Sequence[int] | None = None, reach: Reach = REACH
) -> History:
    """The history that contacts between the pair tell. ``anchors``: those of all contacts ever told, where some are known no longer."""
    ordered = sorted(contacts, key=anchor_of)
    places = [anchor_of(t) for t in ordered]
    cells = cells_of(sorted(anchors) if anchors is not None else places, reach)
    if len(cells) == 1:
        return history_of(pair, ordered)
    found = [
        core_of(history_of(pair, ordered[bisect_left(places, c.back) : bisect_left(places, c.ahead)]), c) for c in cells
    ]
    return History(
        pair,
        tuple(sorted((a for h in found for a in h.acts), key=lambda a: a.order)),
        tuple(sorted((t for h in found for t in h.threads), key=lambda t: t.opening.order)),
    )
