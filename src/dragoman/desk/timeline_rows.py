"""Where everything stands: the rows of each lane, so that nothing covers anything; or, where too much would, counts by stretches of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dragoman.desk.timeline_days import Scale, Tick, level_of, starts
from dragoman.desk.timeline_labels import SIZE, labelled, told_of
from dragoman.desk.timeline_marks import Mark, Silence
from dragoman.desk.timeline_svg import width_of

__all__ = ["Bar", "Bin", "Lane", "Placed", "lane_of", "thinned"]

#: Half a mark's width with its air; marks on one row stand at least so far apart that none covers another.
HALF, NEAR = 9.0, 13.0
#: How far a bar fades where an end is open, and the width that a label may ask for when rows are given out.
FADE, LABEL = 44.0, 150.0
#: Rows up to which labels have room of their own; rows beyond which a lane is counted instead, also in windows that can hardly be made shorter.
ROOMY, MOST_ROWS, MOST_ROWS_DEEP, DEEP_DAYS = 6, 8, 30, 31
#: Marks drawn in one picture (some 600 bytes each); the fullest lanes are counted until no more are left.
MOST_MARKS = 400
#: Pixels of a stretch whose acts are counted.
BIN = 15.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark at ``x``, with the pixels between which its day lies, open ends fading, and its label.

    ``words`` are its possible labels, from the longest to the shortest. ``label`` begins at ``label_at``, or ends there where it stands
    ``before`` the mark; ``on_bar`` says that it is written on a silence.
    """

    mark: Mark
    x: float
    left: float
    right: float
    row: int = 0
    words: tuple[str, ...] = ()
    label: str = ""
    label_at: float = 0.0
    before: bool = False
    on_bar: bool = False

    @property
    def edge(self) -> float:
        """Where a label behind it may begin."""
        going = 6.0 if self.mark.status == "ongoing" else 0.0
        return max(self.x + HALF + going, self.right if self.soft else 0.0) + 4

    @property
    def front(self) -> float:
        """Where what stands before it must end."""
        return min(self.x - HALF, self.left if self.soft else self.x) - 3

    @property
    def soft(self) -> bool:
        """Whether a bar for a range of days is drawn."""
        return not self.mark.known_at


@dataclass(frozen=True, slots=True)
class Bar:
    """A silence between two pixels, on the row of the act that it followed; where that lies before the window it has a label of its own."""

    silence: Silence
    left: float
    right: float
    row: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of time with how many acts it holds, by status, and how many overtures waited in it."""

    stretch: Tick
    left: float
    right: float
    counts: Mapping[str, int]
    waiting: int

    @property
    def total(self) -> int:
        """All its acts."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with its rows of marks, or with its bins where there are too many for rows."""

    name: str
    count: int
    rows: int
    placed: tuple[Placed, ...] = ()
    bars: tuple[Bar, ...] = ()
    bins: tuple[Bin, ...] = ()


@dataclass(slots=True)
class _Track:
    """What shares a row: an act alone, or a thread's acts and silences in this lane."""

    left: float
    right: float
    placed: list[Placed] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)


def lane_of(
    name: str,
    marks: Sequence[Mark],
    silences: Sequence[Silence],
    scale: Scale,
    words: Mapping[str, tuple[str, ...]],
    as_of: date,
    *,
    counted: bool = False,
) -> Lane:
    """The lane with its marks and the silences that began on it, all of which meet the window. ``words`` holds the labels by act.

    ``counted`` asks for counts at once.
    """
    if not counted:
        deep = scale.window.days <= DEEP_DAYS
        tracks = _tracks([_placed(m, scale, words.get(m.id, ())) for m in marks], [_bar(s, scale) for s in silences])
        for with_labels, most in ((True, ROOMY), (False, MOST_ROWS_DEEP if deep else MOST_ROWS)):
            rows = _rows(tracks, with_labels=with_labels, most=most)
            if rows is not None:
                return _lane(name, len(marks), rows, scale, as_of)
    return Lane(name, len(marks), 0, bins=tuple(_bins(marks, silences, scale)))


def thinned(
    lanes: Sequence[Lane], again: Mapping[str, tuple[Sequence[Mark], Sequence[Silence]]], scale: Scale
) -> list[Lane]:
    """The lanes, the fullest of them counted until the picture holds no more marks than it may."""
    found = list(lanes)
    while sum(len(lane.placed) for lane in found) > MOST_MARKS:
        i = max(range(len(found)), key=lambda i: len(found[i].placed))
        name = found[i].name
        found[i] = lane_of(name, *again[name], scale, {}, scale.window.last, counted=True)
    return found


def _placed(mark: Mark, scale: Scale, words: tuple[str, ...]) -> Placed:
    left = scale.at(mark.earliest) if mark.earliest else None
    right = scale.at(mark.latest, 1.0) if mark.latest else None
    if left is not None and right is not None:
        left, right = scale.clip(left), scale.clip(right)
        return Placed(mark, (left + right) / 2, left, right, words=words)
    x = scale.clip(scale.at(mark.at, 0.5))
    ahead = left is not None or (right is None and mark.status in ("planned", "conditional"))
    return Placed(mark, x, x if ahead else x - FADE, x + FADE if ahead else x, words=words)


def _bar(silence: Silence, scale: Scale) -> Bar:
    return Bar(
        silence,
        scale.clip(scale.at(silence.first, 0.5)),
        scale.clip(scale.at(silence.last, 0.5 if silence.answer else 1.0)),
    )


def _tracks(placed: Sequence[Placed], bars: Sequence[Bar]) -> list[_Track]:
    of: dict[str, _Track] = {}
    found: list[_Track] = []
    # Sorting keeps the order of what happened on one day.
    for p in sorted(placed, key=lambda p: p.x):
        known = of.get(p.mark.thread or "") if p.mark.thread else None
        if known is not None and all(abs(p.x - o.x) >= NEAR for o in known.placed[-3:]):
            known.placed.append(p)
            known.left, known.right = min(known.left, p.left, p.x - HALF), max(known.right, p.right, p.x + HALF)
            continue
        track = _Track(min(p.left, p.x - HALF), max(p.right, p.x + HALF), [p])
        found.append(track)
        if p.mark.thread and known is None:
            of[p.mark.thread] = track
    by_act = {p.mark.id: track for track in found for p in track.placed}
    for bar in bars:
        known = by_act.get(bar.silence.act) or of.get(bar.silence.thread)
        if known is None:
            # Nothing of its thread lies in the window: the silence stands alone.
            found.append(_Track(bar.left, bar.right + 3, [], [bar]))
            continue
        known.bars.append(bar)
        known.left, known.right = min(known.left, bar.left), max(known.right, bar.right + 3)
    return sorted(found, key=lambda t: (t.left, t.right))


def _wanted(track: _Track) -> float:
    """How far the label of a track's last mark would like to reach."""
    if not track.placed:
        return track.right
    last = track.placed[-1]
    return max(track.right, last.edge + min(width_of(last.words[0], SIZE) + 6 if last.words else 0.0, LABEL))


def _rows(tracks: Sequence[_Track], *, with_labels: bool, most: int) -> list[list[_Track]] | None:
    """The tracks on rows, first come first served; ``None`` where they need more than ``most``."""
    rows: list[list[_Track]] = []
    ends: list[float] = []
    for track in tracks:
        right = _wanted(track) if with_labels else track.right
        row = next((i for i, end in enumerate(ends) if end + 2 <= track.left), None)
        if row is None:
            if len(rows) == most:
                return None
            row = len(rows)
            rows.append([])
            ends.append(0.0)
        rows[row].append(track)
        ends[row] = right
    return rows


def _lane(name: str, count: int, rows: Sequence[Sequence[_Track]], scale: Scale, as_of: date) -> Lane:
    placed: list[Placed] = []
    bars: list[Bar] = []
    stop = scale.at(as_of, 1.0)
    for i, row in enumerate(rows):
        silent = [replace(b, row=i) for track in row for b in track.bars]
        here = sorted((replace(p, row=i) for track in row for p in track.placed), key=lambda p: p.x)
        here = labelled(here, silent, scale.left, scale.right, stop)
        placed += here
        bars += told_of([b for b in silent if b.left <= scale.left], here) + [b for b in silent if b.left > scale.left]
    return Lane(name, count, max(len(rows), 1), tuple(placed), tuple(bars))


def _bins(marks: Sequence[Mark], silences: Sequence[Silence], scale: Scale) -> Iterable[Bin]:
    level = level_of(scale.window.days, scale.right - scale.left, BIN)
    stretches = list(starts(scale.window, level))
    firsts = [s.first for s in stretches]
    counts: list[Counter[str]] = [Counter() for _ in stretches]
    for mark in marks:
        counts[_index(firsts, min(max(mark.at, scale.window.first), scale.window.last))][mark.status] += 1
    waiting = [0] * (len(stretches) + 1)
    for silence in silences:
        first, last = max(silence.first, scale.window.first), min(silence.last, scale.window.last)
        if first <= last:
            waiting[_index(firsts, first)] += 1
            waiting[_index(firsts, last) + 1] -= 1
    stands = 0
    for stretch, count, change in zip(stretches, counts, waiting, strict=False):
        stands += change
        if count or stands:
            left, right = scale.clip(scale.at(stretch.first)), scale.clip(scale.at(stretch.last, 1.0))
            yield Bin(stretch, left, right, count, stands)


def _index(firsts: Sequence[date], day: date) -> int:
    from bisect import bisect_right

    return max(bisect_right(firsts, day) - 1, 0)
