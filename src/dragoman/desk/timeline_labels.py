"""The labels of one row: behind their mark where there is room, before it where there is not, shorter where there is little, else none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.desk.timeline_svg import cut, width_of
from dragoman.desk.timeline_words import since

if TYPE_CHECKING:
    from dragoman.desk.timeline_rows import Bar, Placed

__all__ = ["SIZE", "labelled", "told_of"]

SIZE = 11.0
#: Air around a label; what it keeps from the tick that ends a silence; the least of a cut label that is worth its place; what two labels keep apart.
AIR, TICK, WORTH, APART = 4.0, 6.0, 90.0, 12.0
#: No label takes more: the whole subject stands in the table and in the title.
LONGEST = 280.0
#: A label with its subject has this many forms (with it and without), one with its silence more.
SUBJECT = 2


def labelled(row: Sequence[Placed], bars: Sequence[Bar], left: float, right: float, stop: float) -> list[Placed]:
    """The row's marks, left to right, each with the label that it has room for.

    ``left`` and ``right`` bound the row; ``stop`` is the as-of line, which no label crosses.
    """
    found: list[Placed] = []
    taken = left
    for i, p in enumerate(row):
        fronts = [o.front for o in row[i + 1 :]] + [b.left - AIR for b in bars if b.left > p.x and not _own(b, p)]
        end = min([*fronts, right, *([stop - 3] if p.x < stop else [])])
        start, shown = _behind(p, bars, end)
        before = not shown
        if before:
            ended = [b.right + TICK for b in bars if b.silence.answer and b.right < p.x]
            begin = max([taken + APART, *ended, *([stop + 3] if p.x >= stop > left else [])])
            start, shown = p.front - 1, _fitting(p.words, p.front - 1 - begin)
        reach = start - width_of(shown, SIZE) if before else start + width_of(shown, SIZE)
        on_bar = bool(shown) and any(b.left < max(start, reach) and b.right > min(start, reach) for b in bars)
        found.append(replace(p, label=shown, label_at=start, before=before, on_bar=on_bar))
        taken = max(taken, p.edge, reach if shown and not before else 0.0)
    return found


def told_of(bars: Sequence[Bar], row: Sequence[Placed]) -> list[Bar]:
    """The silences that began before the window, each with what says so, where there is room for it before the row's first mark."""
    found = []
    for bar in bars:
        end = min([bar.right, *(p.front for p in row if p.x > bar.left and not p.before)], default=bar.right)
        end = min([end, *(p.label_at - width_of(p.label, SIZE) for p in row if p.before)])
        found.append(replace(bar, label=_fitting(since(bar.silence), end - bar.left - 2 * TICK)))
    return found


def _behind(p: Placed, bars: Sequence[Bar], end: float) -> tuple[float, str]:
    """Where a label behind the mark begins, and what of it fits: up to the first silence's end, or past that."""
    start = max([p.edge, *(b.left + AIR for b in bars if _own(b, p))])
    ticks = sorted(b.right for b in bars if b.silence.answer and start - TICK < b.right < end)
    for tick in ticks:
        shown = _fitting(p.words, tick - AIR - start)
        if shown:
            return start, shown
        start = tick + TICK
    return start, _fitting(p.words, end - start)


def _fitting(words: Sequence[str], room: float) -> str:
    """The longest of the words that fits; a subject may be cut where enough of it is left, a count of days never."""
    room = min(room, LONGEST)
    whole = next((w for w in words if width_of(w, SIZE) <= room), "")
    if len(words) == SUBJECT and whole != words[0] and room >= WORTH:
        return cut(words[0], room, SIZE)
    return whole


def _own(bar: Bar, p: Placed) -> bool:
    return bar.silence.act == p.mark.id
