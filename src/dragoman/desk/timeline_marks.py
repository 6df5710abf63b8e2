"""What stands in the picture, read from the JSON shapes of FORMATS: marks (acts), silences (threads), notes (reports). Values only, no pixels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from dragoman.model import ACT_GROUPS, CHANNELS, SYMMETRIC_ACTS

__all__ = ["Lanes", "Mark", "Note", "Silence", "lane_order", "marks_of", "notes_of", "silences_of"]

Json = Mapping[str, Any]
Lanes = Literal["channel", "pair"]
SILENT = frozenset({"open", "acknowledged"})
NOT_YET = frozenset({"planned", "conditional"})


@dataclass(frozen=True, slots=True)
class Mark:
    """An act as it is drawn. ``earliest`` and ``latest`` are as told; ``at`` is the day under which it is
    sorted, bounded by its reports where need be.

    ``side`` is 1 for the lane's first party, 2 for the second, 0 where it is both's. ``lanes`` are the lanes on which it stands.
    """

    id: str
    act: str
    group: str
    status: str
    earliest: date | None
    latest: date | None
    at: date
    told: date | None
    from_: tuple[str, ...]
    to: tuple[str, ...]
    channels: tuple[str, ...]
    about: str
    thread: str | None
    lanes: tuple[str, ...]
    reports: tuple[Json, ...]

    @property
    def dated(self) -> bool:
        """Whether its reports bound its day at all."""
        return self.earliest is not None or self.latest is not None

    @property
    def known_at(self) -> bool:
        """Whether one day is told."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def arrow(self) -> str:
        """Between its sides."""
        return "–" if self.act in SYMMETRIC_ACTS else "→"

    @property
    def first_day(self) -> date:
        """The first day to show with it."""
        return self.earliest or self.at

    @property
    def last_day(self) -> date:
        """The last day to show with it."""
        return self.latest or self.at


@dataclass(frozen=True, slots=True)
class Silence:
    """A stretch in which a thread stood without an answer on substance: from ``first`` (``soft`` if earlier is possible) to ``last``.

    ``answer`` is the state that ended it, "" while it lasts; ``days`` the count in words.
    """

    thread: str
    act: str
    parties: tuple[str, ...]
    subject: str
    soft: date | None
    first: date
    last: date
    answer: str
    state: str
    days: str


@dataclass(frozen=True, slots=True)
class Note:
    """A report, by the moment of its publication: a day and the share of its hours that had passed."""

    key: str
    day: date
    share: float
    label: str


def marks_of(acts: Iterable[Json], lanes: Lanes) -> list[Mark]:
    """The acts that have any day, each once, in the order in which they happened. One without any day stands nowhere in a picture."""
    found: dict[str, Mark] = {}
    for act in acts:
        mark = _mark(act, lanes)
        if mark is None:
            continue
        known = found.get(mark.id)
        if known is not None:
            # The same act seen from another pair: one mark, on the lanes of both.
            lanes_of_both = tuple(dict.fromkeys((*known.lanes, *mark.lanes)))
            mark = replace(known, lanes=lanes_of_both)
        found[mark.id] = mark
    # Sorting keeps the order in which the acts came: within a day that in which they happened.
    return sorted(found.values(), key=lambda m: m.at)


def _mark(act: Json, lanes: Lanes) -> Mark | None:
    interval = act.get("interval") or {}
    earliest, latest = _day(interval.get("earliest")), _day(interval.get("latest"))
    reports = tuple(act.get("reports") or ())
    told = min((d for r in reports if (d := _day(r.get("published") or r.get("first_seen")))), default=None)
    status = str(act["status"])
    middle = date.fromordinal((earliest.toordinal() + latest.toordinal()) // 2) if earliest and latest else None
    # What is done was done by the day on which it was told, what is planned comes after it: the reports bound what the words leave open.
    at = middle or latest or _later(earliest, told, status) or told
    if at is None:
        return None
    from_, to = tuple(map(str, act["from"])), tuple(map(str, act["to"]))
    channels = tuple(c for c in CHANNELS if c in act["channel"]) or ("unspecified",)
    return Mark(
        id=str(act["id"]),
        act=str(act["act"]),
        group=ACT_GROUPS.get(str(act["act"]), "address"),
        status=status,
        earliest=earliest,
        latest=latest,
        at=at,
        told=told,
        from_=from_,
        to=to,
        channels=channels,
        about=str(act.get("about") or ""),
        thread=act.get("thread"),
        lanes=channels if lanes == "channel" else _pairs(from_, to),
        reports=reports,
    )


def _later(earliest: date | None, told: date | None, status: str) -> date | None:
    if earliest is None or status in NOT_YET or told is None:
        return earliest
    return max(earliest, told) if told < earliest else earliest


def _pairs(from_: Sequence[str], to: Sequence[str]) -> tuple[str, ...]:
    found = sorted({" ".join(sorted((a, b))) for a in from_ for b in to if a != b})
    return tuple(found) or (" ".join((*from_, *to)),)


def silences_of(threads: Iterable[Json], as_of: date) -> list[Silence]:
    """The stretches of silence of the threads, one for each time that they stood without an answer; those that nothing dates are left out."""
    found = []
    for thread in threads:
        changes = list(thread.get("changes") or ())
        opened = thread.get("opened") or {}
        earliest, latest = _day(opened.get("earliest")), _day(opened.get("latest"))
        for i, change in enumerate(changes):
            if change["state"] not in SILENT or (i and changes[i - 1]["state"] in SILENT):
                continue
            end = next((c for c in changes[i + 1 :] if c["state"] not in SILENT), None)
            first = (latest or earliest if not i else None) or _day(change["day"])
            last = _day(end["day"]) if end else as_of
            if first is None or last is None or last < first:
                continue
            soft = earliest if not i and earliest and earliest < first else None
            state = str(end["state"]) if end else ""
            found.append(_silence(thread, soft, first, last, state, bounded=bool(i or earliest)))
    return found


def _silence(thread: Json, soft: date | None, first: date, last: date, answer: str, *, bounded: bool) -> Silence:
    told = thread.get("silence_days") if not answer else None
    least, most = told if told else ((last - first).days, (last - (soft or first)).days if bounded else None)
    return Silence(
        thread=str(thread["id"]),
        act=str(thread["acts"][0]["id"]) if thread.get("acts") else "",
        parties=tuple(map(str, thread["parties"])),
        subject=str(thread.get("subject") or ""),
        soft=soft,
        first=first,
        last=last,
        answer=answer,
        state=answer or str(thread["state"]),
        days=_days(least, most),
    )


def _days(least: int | None, most: int | None) -> str:
    if least is None and most is None:
        return "unknown"
    if least is None:
        return f"up to {most} days"
    if most is None:
        return f"{least} days or more"
    return f"{least} day{'' if least == 1 else 's'}" if least == most else f"{least}–{most} days"


def notes_of(reports: Iterable[Json]) -> list[Note]:
    """The reports that have a day, each once, in the order of their publication."""
    found: dict[str, Note] = {}
    for report in reports:
        stamp = str(report.get("published") or report.get("first_seen") or "")
        day = _day(stamp)
        if day is not None:
            label = " · ".join(str(x) for x in (report.get("outlet") or report.get("agency"), report.get("title")) if x)
            found[str(report["key"])] = Note(
                str(report["key"]), day, _share(stamp), label or str(report.get("id") or "")
            )
    return sorted(found.values(), key=lambda n: (n.day, n.share, n.key))


def _share(stamp: str) -> float:
    """How much of the local day had passed at the time that the stamp prints; noon where it prints none."""
    hours, minutes = stamp[11:13], stamp[14:16]
    if not (hours.isdecimal() and minutes.isdecimal()):
        return 0.5
    return min((int(hours) * 60 + int(minutes)) / 1440, 1.0)


def lane_order(marks: Iterable[Mark], lanes: Lanes) -> list[str]:
    """The lanes on which anything stands: channels in the codebook's order, pairs by how much passed between them."""
    counts: dict[str, int] = {}
    for mark in marks:
        for lane in mark.lanes:
            counts[lane] = counts.get(lane, 0) + 1
    if lanes == "channel":
        return [c for c in CHANNELS if c in counts]
    return sorted(counts, key=lambda k: (-counts[k], k))


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None
