"""The silences of a pair day by day, as rows that say from which day to which they stood: pure functions over what was told when."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from dragoman.ledger.stepping import Scores, Steps
from dragoman.ledger.stretches import NEVER, TALLEST, WHOLE, Cell, Reach, anchor_of, beside, leaves_of, node_of
from dragoman.ledger.thread import Thread
from dragoman.ledger.told import Pair, Told

__all__ = ["Known", "Run", "Stood", "runs_of", "stood_in"]


@dataclass(frozen=True, slots=True)
class Known:
    """A contact that is known from day ``day`` up to, not with, day ``until`` (ordinals)."""

    told: Told
    day: int
    until: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that stood so from day ``start`` up to, not with, day ``stop``."""

    cell: Cell
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Stood:
    """A silent thread that stood just so from day ``start`` up to, not with, day ``stop``."""

    thread: Thread
    start: int
    stop: int


def runs_of(told: Iterable[tuple[int, int]], reach: Reach) -> list[Run]:
    """Which stretches a pair's history was cut into from when to when; ``told`` are the days and anchors of all its contacts."""
    open_: dict[Cell, int] = {}
    found: list[Run] = []
    cuts = _Cuts(reach)
    for day, of_day in groupby(sorted(told), key=lambda x: x[0]):
        cells = cuts.after(anchor for _, anchor in of_day)
        if cells is None:
            continue
        now = set(cells)
        found += [Run(cell, open_.pop(cell), day) for cell in list(open_) if cell not in now]
        for cell in cells:
            open_.setdefault(cell, day)
    return found + [Run(cell, start, NEVER) for cell, start in open_.items()]


class _Cuts:
    """The stretches while more is told."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._anchors: list[int] = []
        self._firsts: list[int] = []
        self._leaves: list[tuple[int, int, int]] = []

    def after(self, anchors: Iterable[int]) -> list[Cell] | None:
        """The stretches once these are told too, ``None`` where they are as before."""
        new = list(anchors)
        fresh = not self._anchors
        for anchor in new:
            insort(self._anchors, anchor)
        if len(self._anchors) <= self._reach.whole:
            return [WHOLE] if fresh else None
        if not self._leaves:
            self._leaves = list(leaves_of(self._anchors, 0, TALLEST, self._reach.stretch))
            self._firsts = [leaf[0] for leaf in self._leaves]
            return beside(self._leaves)
        changed = [self._recount(at) for at in sorted({bisect_right(self._firsts, x) - 1 for x in new}, reverse=True)]
        return beside(self._leaves) if any(changed) else None

    def _recount(self, at: int) -> bool:
        """Count one stretch again; whether it was cut, or was empty and holds something now."""
        first, end, held = self._leaves[at]
        height = next(h for h in range(TALLEST, -1, -1) if node_of(first, h) == (first, end))
        parts = list(leaves_of(self._anchors, first, height, self._reach.stretch))
        self._leaves[at : at + 1] = parts
        self._firsts[at : at + 1] = [p[0] for p in parts]
        return len(parts) > 1 or held == 0


def stood_in(pair: Pair, run: Run, known: Sequence[Known], scores: Scores) -> Iterator[Stood]:
    """The silent threads that began in the run's stretch, each from when to when it stood just so. ``known``: the contacts within its reach."""
    days = sorted({d for k in known for d in (k.day, k.until) if run.start < d < run.stop})
    steps: Steps | None = None
    standing: dict[tuple[object, ...], tuple[Thread, int]] = {}
    held: list[Steps] = []
    for day in (run.start, *days):
        if steps is None or any(k.until == day for k in known):
            steps = Steps(pair, scores)
            # Threads are told apart by the acts they hold, as objects: none may make room for another while rows are open.
            held.append(steps)
            new = [k.told for k in known if k.day <= day < k.until]
        else:
            new = [k.told for k in known if k.day == day < k.until]
        steps.add(new)
        now = {
            _signature(t): t for t in steps.silent() if run.cell.first <= anchor_of(t.opening.members[0]) < run.cell.end
        }
        for name in [n for n in standing if n not in now]:
            thread, start = standing.pop(name)
            yield Stood(thread, start, day)
        for name, thread in now.items():
            standing.setdefault(name, (thread, day))
    for thread, start in standing.values():
        yield Stood(thread, start, run.stop)


def _signature(thread: Thread) -> tuple[object, ...]:
    """Equal for equal threads of one run of steps."""
    changes = tuple((c.day, c.state, id(c.told)) for c in thread.changes)
    return (thread.kind, thread.opener, thread.state, tuple(map(id, thread.acts)), changes)
