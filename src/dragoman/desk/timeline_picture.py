"""One picture of a timeline: axis, lanes, marks, silences, reports, the as-of line and the legend, from top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from xml.etree.ElementTree import Element

from dragoman.desk import timeline_words as say
from dragoman.desk.timeline_days import Scale, Tick, Window, named, ticks
from dragoman.desk.timeline_glyphs import Ink, answer_tick, bin_bar, defined, glyph, silence_bar, soft_bar
from dragoman.desk.timeline_legend import legend
from dragoman.desk.timeline_marks import Note
from dragoman.desk.timeline_rows import HALF, Lane, Placed
from dragoman.desk.timeline_svg import SVG, cut, element, linked, number, text, titled, width_of

__all__ = ["NARROW", "WIDE", "Frame", "Plan", "picture"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture's measures in pixels: width, where the days begin and end, whether a lane's name stands above its rows instead of beside them."""

    key: str
    width: float
    left: float
    right: float
    above: bool

    def scale(self, window: Window) -> Scale:
        """The window's days over this frame."""
        return Scale(window, self.left, self.right)


WIDE = Frame("w", 1200, 152, 1188, above=False)
NARROW = Frame("n", 360, 6, 354, above=True)
ROW, PAD, NAME, BINS, WAITING = 25.0, 6.0, 18.0, 52.0, 12.0
AS_OF, AXIS, NOTES, GAP = 18.0, 36.0, 34.0, 8.0
SIZE = 11.0
#: Reports stand in columns of so many pixels; a column of more grows up to its height and tells how many.
COLUMN, TALLEST = 4.0, 22.0
#: Acts that stand on several lanes are joined by lines up to this number; more lines join nothing for the eye.
MOST_SAMES = 24


@dataclass(frozen=True, slots=True)
class Plan:
    """What is drawn, beside its measures. ``side`` tells whose act it is in a lane (1, 2, 0 both's), ``sides`` how the legend says so."""

    title: str
    description: str
    as_of: date
    lanes: Sequence[Lane]
    notes: Sequence[Note]
    names: Callable[[str], tuple[str, ...]]
    side: Callable[[str, Placed], int]
    sides: tuple[str, str] | None
    name: Callable[[str], str]
    link: Callable[[str, str], str]
    zoom: Callable[[date, date], str]


def picture(plan: Plan, frame: Frame, scale: Scale) -> Element:
    """The picture as the root of an SVG."""
    root = element(None, "svg", f"tl tl-{'narrow' if frame.above else 'wide'}", xmlns=SVG, role="group")
    root.set("aria-labelledby", f"tl-title-{frame.key} tl-desc-{frame.key}")
    titled(root, plan.title).set("id", f"tl-title-{frame.key}")
    description = element(root, "desc", id=f"tl-desc-{frame.key}")
    description.text = plan.description
    ink = Ink(frame.key)
    defined(root, ink)
    tops: list[float] = []
    y = AS_OF + AXIS
    for lane in plan.lanes:
        tops.append(y)
        y += _height(lane, frame)
    _grid(root, plan, frame, scale, tops, y)
    _as_of(root, plan, frame, scale, y + NOTES)
    _bars(root, plan, frame, scale, tops, ink)
    _marks(root, plan, frame, scale, tops, ink)
    _notes(root, plan, frame, scale, y)
    used = {(p.mark.group, p.mark.status) for lane in plan.lanes for p in lane.placed}
    used |= {("", s) for lane in plan.lanes for b in lane.bins for s in b.counts}
    bars = [b for lane in plan.lanes for b in lane.bars]
    soft = any(p.soft for lane in plan.lanes for p in lane.placed)
    bins = any(lane.bins for lane in plan.lanes)
    sided = {plan.side(lane.name, p) for lane in plan.lanes for p in lane.placed}
    sides = [(i, name) for i, name in enumerate(plan.sides or (), start=1) if i in sided]
    y = legend(
        root, frame.left if not frame.above else 8, y + NOTES + GAP, frame.right, used, ink,
        sides=sides, waits=any(not b.silence.answer for b in bars), answered=any(b.silence.answer for b in bars),
        soft=soft, bins=bins, notes=bool(plan.notes),
    )  # fmt: skip
    root.set("viewBox", f"0 0 {number(frame.width)} {number(y + 4)}")
    return root


def _height(lane: Lane, frame: Frame) -> float:
    body = BINS + WAITING + 16 if lane.bins else lane.rows * ROW
    return body + 2 * PAD + (NAME if frame.above else 0)


def _body(lane: Lane, top: float, frame: Frame) -> float:
    return top + PAD + (NAME if frame.above else 0)


def _grid(root: Element, plan: Plan, frame: Frame, scale: Scale, tops: Sequence[float], bottom: float) -> None:
    """Bands, the lanes' names, and the axis with its lines."""
    back = element(root, "g", "tl-back")
    for i, (lane, top) in enumerate(zip(plan.lanes, tops, strict=True)):
        height = _height(lane, frame)
        element(back, "rect", "tl-band" if i % 2 else "tl-band tl-odd", x=0, y=top, width=frame.width, height=height)
        element(back, "path", "tl-edge", d=f"M0,{number(top)}H{number(frame.width)}")
        _lane_name(back, plan, frame, lane, top, height)
    element(back, "path", "tl-edge", d=f"M0,{number(bottom)}H{number(frame.width)}")
    fine, coarse = ticks(scale.window, scale.right - scale.left)
    axis = element(root, "g", "tl-axis")
    starts_coarse = {t.first for t in coarse}
    for tick in fine:
        x = scale.at(tick.first)
        if x >= scale.left:
            strong = " tl-strong" if tick.first in starts_coarse or not coarse else ""
            element(axis, "path", f"tl-grid{strong}", d=f"M{number(x)},{number(AS_OF + AXIS - 4)}V{number(bottom)}")
    for tick in coarse:
        x = scale.at(tick.first)
        if x >= scale.left:
            element(axis, "path", "tl-grid tl-strong", d=f"M{number(x)},{number(AS_OF + 4)}V{number(bottom)}")
        _tick(axis, plan, scale, tick, AS_OF + 14, "tl-coarse", centred=False)
    for tick in fine:
        _tick(axis, plan, scale, tick, AS_OF + (30 if coarse else 24), "tl-fine", centred=tick.level != "week")


def _tick(axis: Element, plan: Plan, scale: Scale, tick: Tick, y: float, classes: str, *, centred: bool) -> None:
    left, right = scale.clip(scale.at(tick.first)), scale.clip(scale.at(tick.last, 1.0))
    shown = named(tick.first, "month", whole=True) if tick.level == "month" and classes == "tl-coarse" else tick.label
    # Whole stretches of the finer line have room for their names by their level; what the window cuts may not.
    sure = (
        scale.window.holds(tick.first)
        and scale.window.holds(tick.last)
        and classes == "tl-fine"
        and tick.level != "decade"
    )
    if not sure and width_of(shown, 12) + (4 if centred else 8) > right - left:
        return
    link = linked(
        axis, plan.zoom(tick.first, tick.last), f"Show {named(tick.first, tick.level, whole=True)}", "tl-tick"
    )
    if centred:
        text(link, shown, (left + right) / 2, y, classes, "middle")
    else:
        text(link, shown, left + 4, y, classes)


def _lane_name(back: Element, plan: Plan, frame: Frame, lane: Lane, top: float, height: float) -> None:
    lines = plan.names(lane.name)
    if frame.above:
        shown = cut(" – ".join(lines), frame.width - 90, 12)
        text(back, shown, 8, top + 15, "tl-lane")
        text(back, say.counted(lane.count, "act"), 18 + width_of(shown, 13.5), top + 15, "tl-count")
        return
    y = top + height / 2 - (len(lines) - 1) * 7.5 - 2
    for i, line in enumerate(lines):
        text(back, cut(line, frame.left - 20, 12), 10, y + 15 * i, "tl-lane")
    text(back, say.counted(lane.count, "act"), 10, y + 15 * len(lines) - 1, "tl-count")


def _bars(root: Element, plan: Plan, frame: Frame, scale: Scale, tops: Sequence[float], ink: Ink) -> None:
    """Silences, behind all marks; and thin lines between the marks of one act on several lanes."""
    silences = element(root, "g", "tl-silences")
    for lane, top in zip(plan.lanes, tops, strict=True):
        for bar in sorted(lane.bars, key=lambda b: b.left):
            y = _body(lane, top, frame) + (bar.row + 0.5) * ROW
            href = plan.link("thread", bar.silence.thread)
            link = linked(silences, href, say.silent(bar.silence, plan.name), "tl-link tl-silent")
            silence_bar(link, ink, bar.left, bar.right, y, lasts=not bar.silence.answer)
            if bar.label:
                text(link, bar.label, bar.left + 6, y + 4, "tl-label tl-on-bar")
            if bar.silence.answer and scale.window.holds(bar.silence.last):
                answer_tick(link, bar.right, y)
    at: dict[str, list[tuple[float, float]]] = {}
    for lane, top in zip(plan.lanes, tops, strict=True):
        for p in lane.placed:
            at.setdefault(p.mark.id, []).append((p.x, _body(lane, top, frame) + (p.row + 0.5) * ROW))
    same = element(root, "g", "tl-sames")
    several = [places for places in at.values() if len(places) > 1]
    for places in several if len(several) <= MOST_SAMES else ():
        for (x, a), (_, b) in pairwise(places):
            element(same, "path", "tl-same", d=f"M{number(x)},{number(a)}V{number(b)}")


def _marks(root: Element, plan: Plan, frame: Frame, scale: Scale, tops: Sequence[float], ink: Ink) -> None:
    """Marks with their labels in the order in which things happened, and the bars of what is counted."""
    group = element(root, "g", "tl-acts")
    seen: set[str] = set()
    placed = [
        (p, lane, _body(lane, top, frame)) for lane, top in zip(plan.lanes, tops, strict=True) for p in lane.placed
    ]
    for p, lane, body in sorted(placed, key=lambda x: (x[0].mark.at, x[0].mark.id)):
        y = body + (p.row + 0.5) * ROW
        name = f"act-{p.mark.id}" if p.mark.id not in seen and not frame.above else None
        seen.add(p.mark.id)
        link = linked(group, plan.link("act", p.mark.id), say.told(p.mark, plan.name), "tl-link", id=name)
        side = plan.side(lane.name, p)
        if p.soft:
            soft_bar(link, ink, p, side, y)
        # Something to hit with a finger, larger than what is seen.
        element(link, "rect", "tl-hit", x=p.x - HALF - 2, y=y - ROW / 2, width=2 * HALF + 4, height=ROW)
        glyph(link, p.mark.group, p.mark.status, side, p.x, y, ink)
        if p.label:
            on_bar = " tl-on-bar" if p.on_bar else ""
            text(link, p.label, p.label_at, y + 4, f"tl-label{on_bar}", "end" if p.before else None)
    most = max((b.total for lane in plan.lanes for b in lane.bins), default=1)
    for lane, top in zip(plan.lanes, tops, strict=True):
        base = _body(lane, top, frame) + BINS + 14
        waiting = max((b.waiting for b in lane.bins), default=1) or 1
        for b in lane.bins:
            held = f"{say.counted(b.total, 'act')}: {say.shares(b.counts)}" if b.total else "no acts"
            waits = f"; {say.counted(b.waiting, 'overture')} without an answer" if b.waiting else ""
            title = f"{' – '.join(plan.names(lane.name))}, {named(b.stretch.first, b.stretch.level, whole=True)}: {held}{waits}"
            link = linked(group, plan.zoom(b.stretch.first, b.stretch.last), title, "tl-link tl-bin")
            bin_bar(link, ink, b, base, BINS / most, WAITING / waiting)


def _as_of(root: Element, plan: Plan, frame: Frame, scale: Scale, bottom: float) -> None:
    """The line at the end of the as-of day; what lies beyond is not known yet and is shaded."""
    group = element(root, "g", "tl-asof")
    label = f"as of {say.day(plan.as_of)}"
    if plan.as_of < scale.window.first or plan.as_of > scale.window.last:
        late = plan.as_of > scale.window.last
        x = frame.right if late else frame.left
        text(group, label + " →" if late else "← " + label, x, 12, "tl-asof-label", "end" if late else None)
        if not late:
            element(
                group,
                "rect",
                "tl-unknown",
                x=frame.left,
                y=AS_OF + AXIS,
                width=frame.right - frame.left,
                height=bottom - AS_OF - AXIS,
            )
        return
    x = scale.at(plan.as_of, 1.0)
    element(group, "rect", "tl-unknown", x=x, y=AS_OF + AXIS, width=frame.right - x, height=bottom - AS_OF - AXIS)
    element(group, "path", "tl-asof-line", d=f"M{number(x)},{number(AS_OF - 2)}V{number(bottom)}")
    middle = width_of(label, SIZE) / 2
    if x + middle > frame.right:
        text(group, label, min(x + 3, frame.right), 12, "tl-asof-label", "end")
    elif x - middle < 4:
        text(group, label, 4, 12, "tl-asof-label")
    else:
        text(group, label, x, 12, "tl-asof-label", "middle")


def _notes(root: Element, plan: Plan, frame: Frame, scale: Scale, top: float) -> None:
    """The reports at the time of their publication, as ticks that grow where several stand together."""
    group = element(root, "g", "tl-notes")
    columns: dict[int, list[Note]] = {}
    for note in plan.notes:
        if scale.window.holds(note.day):
            columns.setdefault(int(scale.at(note.day, note.share) / COLUMN), []).append(note)
    shown = sum(map(len, columns.values()))
    if frame.above:
        text(group, f"{say.counted(shown, 'report')}, when published", 8, top + NOTES - 3, "tl-count")
        base = top + NOTES - 14
    else:
        text(group, "reports", 10, top + 16, "tl-lane")
        text(group, f"{shown:,} published", 10, top + 29, "tl-count")
        base = top + NOTES - 4
    tallest = TALLEST - (6 if frame.above else 0)
    most = max(map(len, columns.values()), default=1)
    step = min(5.0, (tallest - 8) / max(most - 1, 1))
    for notes in columns.values():
        x = min(scale.at(n.day, n.share) for n in notes)
        if len(notes) == 1:
            href, title = plan.link("report", notes[0].key), f"{say.day(notes[0].day)}: {notes[0].label}"
        else:
            href = plan.zoom(notes[0].day, notes[-1].day)
            title = f"{say.days(notes[0].day, notes[-1].day)}: {len(notes)} reports; {notes[0].label} …"
        link = linked(group, href, title, "tl-link tl-note")
        element(link, "path", "tl-note-hit", d=f"M{number(x)},{number(base)}V{number(base - tallest)}")
        element(
            link, "path", "tl-note-tick", d=f"M{number(x)},{number(base)}V{number(base - 8 - step * (len(notes) - 1))}"
        )
