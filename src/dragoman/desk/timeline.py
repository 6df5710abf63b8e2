"""The timeline of a pair or a story: swim-lanes in SVG, drawn by the server, with a table that says the same.

Takes the JSON shapes of FORMATS and gives values: what the picture shows is what a program gets. Only :func:`draw` joins the parts:
``timeline_marks`` reads the shapes, ``timeline_days`` the axis, ``timeline_rows`` says where everything stands, ``timeline_picture`` draws it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import Any

from dragoman.desk import timeline_words as say
from dragoman.desk.timeline_days import Window, beside, ends_of, fitting, padded, zoomed
from dragoman.desk.timeline_marks import Lanes, Mark, Note, Silence, lane_order, marks_of, notes_of, silences_of
from dragoman.desk.timeline_picture import NARROW, WIDE, Frame, Plan, picture
from dragoman.desk.timeline_rows import Placed, lane_of, thinned
from dragoman.desk.timeline_svg import element, written

__all__ = ["Drawing", "draw", "style"]

Json = Mapping[str, Any]
Link = Callable[[str, str], str]
Zoom = Callable[[date, date], str]
#: Lanes beyond this number, the least busy ones, are drawn as one.
MOST_LANES = 20
OTHERS = "*"


@dataclass(frozen=True)
class Drawing:
    """A timeline: two pictures of the same (for a wide and a narrow screen), a file of its own, and the same as rows and links.

    ``table`` holds the acts in the window, in the order of the picture; ``silences`` the silences that meet it; ``zooms`` links as
    ``(label, address, whether this is what is shown)``; ``earlier`` and ``later`` count the acts outside.
    """

    title: str
    first: date
    last: date
    wide: str = field(repr=False)
    narrow: str = field(repr=False)
    file: str = field(repr=False)
    table: list[dict[str, Any]]
    silences: list[dict[str, Any]]
    zooms: list[tuple[str, str, bool]]
    earlier: int
    later: int

    def as_json(self) -> dict[str, Any]:
        """The same without the pictures."""
        return {
            "title": self.title,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "earlier": self.earlier,
            "later": self.later,
            "acts": self.table,
            "silences": self.silences,
            "zooms": [{"label": label, "href": href, "current": current} for label, href, current in self.zooms],
        }


def draw(
    threads: Sequence[Json],
    acts: Sequence[Json],
    *,
    as_of: date,
    link: Link,
    zoom: Zoom,
    reports: Sequence[Json] | None = None,
    lanes: Lanes = "channel",
    first: date | None = None,
    last: date | None = None,
    label: Callable[[str], str] = str,
    title: str = "",
) -> Drawing:
    """The timeline of the acts (as ``timeline --json`` prints them) and threads known on a day, from ``first`` to ``last`` or as it fits.

    ``link`` gives the address of an ``act``, ``thread`` or ``report`` by its id or key, ``zoom`` that of a window, ``label`` a party's name.
    ``reports`` are those whose publication is shown, where not just those that tell the acts. Acts without any day are not drawn.
    """
    marks = marks_of(acts, lanes)
    silences = silences_of(threads, as_of)
    notes = notes_of(reports if reports is not None else [r for m in marks for r in m.reports])
    window = _window(marks, silences, as_of, first, last)
    seen = [m for m in marks if m.first_day <= window.last and m.last_day >= window.first]
    quiet = [s for s in silences if (s.soft or s.first) <= window.last and s.last >= window.first]
    name = title or "Timeline"
    plans = {
        f.key: _plan(f, window, as_of, marks, seen, quiet, notes, lanes, link, zoom, label, name)
        for f in (WIDE, NARROW)
    }
    roots = {f.key: picture(plans[f.key], f, f.scale(window)) for f in (WIDE, NARROW)}
    order = {lane.name: i for i, lane in enumerate(plans["w"].lanes)}
    return Drawing(
        title=name,
        first=window.first,
        last=window.last,
        wide=written(roots["w"]),
        narrow=written(roots["n"]),
        file=_file(roots["w"]),
        table=[
            _row(m, lanes, link, label)
            for m in sorted(seen, key=lambda m: (order.get(m.lanes[0], len(order)), m.at, m.id))
        ],
        silences=[_silence_row(s, link, label) for s in quiet],
        zooms=_zooms(window, marks, as_of, zoom),
        earlier=sum(1 for m in marks if m.last_day < window.first),
        later=sum(1 for m in marks if m.first_day > window.last),
    )


def style() -> str:
    """The style sheet of the pictures, as text."""
    return files("dragoman.desk").joinpath("static", "timeline.css").read_text(encoding="utf-8")


def _window(
    marks: Sequence[Mark], silences: Sequence[Silence], as_of: date, first: date | None, last: date | None
) -> Window:
    """What is asked for, its missing end fitted."""
    days = [d for m in marks for d in (m.first_day, m.last_day)]
    days += [s.soft or s.first for s in silences]
    fits = padded(fitting(days, as_of))
    found = Window(first or min(fits.first, last or fits.first), last or max(fits.last, first or fits.last))
    return found if found.first <= found.last else Window(found.last, found.first)


def _plan(
    frame: Frame,
    window: Window,
    as_of: date,
    marks: Sequence[Mark],
    seen: Sequence[Mark],
    quiet: Sequence[Silence],
    notes: Sequence[Note],
    lanes: Lanes,
    link: Link,
    zoom: Zoom,
    label: Callable[[str], str],
    title: str,
) -> Plan:
    """What is drawn in one frame."""
    scale = frame.scale(window)
    names = lane_order(seen, lanes)
    # Lanes keep their place while one zooms; those beyond the limit are drawn together.
    busy = set(sorted(names, key=lambda n: -sum(1 for m in seen if n in m.lanes))[:MOST_LANES])
    of: dict[str, tuple[list[Mark], list[Silence]]] = {n: ([], []) for n in names if n in busy}
    if len(names) > len(busy):
        of[OTHERS] = ([], [])
    where: dict[str, str] = {}
    for mark in marks:
        drawn = list(dict.fromkeys(n if n in busy else OTHERS for n in mark.lanes))
        where[mark.id] = drawn[0]
    for mark in seen:
        for n in dict.fromkeys(n if n in busy else OTHERS for n in mark.lanes):
            of[n][0].append(mark)
    for silence in quiet:
        lane = where.get(silence.act, OTHERS)
        if lane not in of:
            of.setdefault(lane, ([], []))
        of[lane][1].append(silence)
    made = []
    for n, (here, silent) in of.items():
        began = {s.act: s for s in reversed(silent)}
        made.append(lane_of(n, here, silent, scale, {m.id: say.labels(m, began.get(m.id)) for m in here}, as_of))
    sides, side = _sides(marks, lanes, label)
    return Plan(
        title=title,
        description=_description(window, as_of, seen, quiet),
        as_of=as_of,
        lanes=thinned(made, of, scale),
        notes=notes,
        names=lambda n: _lane_names(n, lanes, label),
        side=side,
        sides=sides,
        name=label,
        link=link,
        zoom=zoom,
    )


def _lane_names(name: str, lanes: Lanes, label: Callable[[str], str]) -> tuple[str, ...]:
    if name == OTHERS:
        return ("other channels",) if lanes == "channel" else ("other pairs",)
    if lanes == "channel":
        return ("channel not told",) if name == "unspecified" else (say.word(name),)
    return tuple(label(code) for code in name.split(" "))


def _sides(
    marks: Sequence[Mark], lanes: Lanes, label: Callable[[str], str]
) -> tuple[tuple[str, str] | None, Callable[[str, Placed], int]]:
    """How the legend tells the two sides, and whose an act is: on a pair's lane its own two, else those of the party that acts most."""
    if lanes == "pair":

        def by_lane(lane: str, placed: Placed) -> int:
            a, _, b = lane.partition(" ")
            return _side(placed.mark, a, b)

        return ("by the first-named", "by the second-named"), by_lane
    counts = Counter(c for m in marks for c in {*m.from_, *m.to})
    parties = [c for c, _ in sorted(counts.items(), key=lambda x: (-x[1], x[0]))]
    if len(parties) < 2:
        return None, lambda lane, placed: 0
    # Two parties that every act names are a pair, of which the one that acted first comes first; others may be named beside them.
    pair = parties[:2] if all(counts[c] == len(marks) for c in parties[:2]) else []
    focus = next((c for m in marks for c in m.from_ if c in pair), parties[0])
    other = next((c for c in pair if c != focus), "")
    names = (f"by {label(focus)}", f"by {label(other)}" if other else f"to {label(focus)}")
    return names, lambda lane, placed: _side(placed.mark, focus, other)


def _side(mark: Mark, first: str, second: str) -> int:
    """1 for an act of the first toward another, 2 for one of the other side, 0 where it is both's."""
    if mark.arrow == "–":
        return 0
    if first in mark.from_ and second not in mark.from_:
        return 1
    return 2 if first in mark.to and first not in mark.from_ else 0


def _description(window: Window, as_of: date, seen: Sequence[Mark], quiet: Sequence[Silence]) -> str:
    waits = sum(1 for s in quiet if not s.answer)
    return (
        f"{say.counted(len(seen), 'act')} from {say.day(window.first)} to {say.day(window.last)}, as published by {say.day(as_of)}; "
        f"{say.counted(waits, 'overture')} without a reported answer. The table below says the same."
    )


def _zooms(window: Window, marks: Sequence[Mark], as_of: date, zoom: Zoom) -> list[tuple[str, str, bool]]:
    held = ends_of([d for m in marks for d in (m.first_day, m.last_day)] + [as_of])
    whole = padded(held) if held else window
    found = [("earlier", beside(window, -1)), ("later", beside(window, 1)), ("all", whole)]
    found += [(level, zoomed(window, level, as_of)) for level in ("year", "quarter", "month", "week")]
    return [(name, zoom(w.first, w.last), w == window) for name, w in found]


def _row(mark: Mark, lanes: Lanes, link: Link, label: Callable[[str], str]) -> dict[str, Any]:
    return {
        "lane": ", ".join(" – ".join(_lane_names(n, lanes, label)) for n in mark.lanes),
        "id": mark.id,
        "href": link("act", mark.id),
        "when": say.days(mark.earliest, mark.latest),
        "earliest": mark.earliest.isoformat() if mark.earliest else None,
        "latest": mark.latest.isoformat() if mark.latest else None,
        "from": list(mark.from_),
        "to": list(mark.to),
        "act": mark.act,
        "status": mark.status,
        "what": say.what(mark, label),
        "about": mark.about,
        "thread": mark.thread,
        "thread_href": link("thread", mark.thread) if mark.thread else None,
        "reports": [
            {"key": n.key, "href": link("report", n.key), "label": n.label, "day": n.day.isoformat()}
            for n in notes_of(mark.reports)
        ],
    }


def _silence_row(silence: Silence, link: Link, label: Callable[[str], str]) -> dict[str, Any]:
    return {
        "thread": silence.thread,
        "href": link("thread", silence.thread),
        "what": say.silent(silence, label),
        "parties": list(silence.parties),
        "subject": silence.subject,
        "from": say.days(silence.soft or silence.first, silence.first),
        "until": say.day(silence.last),
        "days": silence.days,
        "state": silence.state,
        "ended": bool(silence.answer),
    }


def _file(root: Any) -> str:
    """The picture as a document of its own: with its style inside, on paper's white."""
    from copy import deepcopy

    alone = deepcopy(root)
    alone.set("class", "tl tl-file")
    sheet = element(None, "style")
    sheet.text = style()
    alone.insert(0, sheet)
    _, _, width, height = alone.get("viewBox", "0 0 1200 400").split(" ")
    alone.set("width", width)
    alone.set("height", height)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + written(alone)
