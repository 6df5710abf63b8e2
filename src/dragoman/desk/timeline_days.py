"""Days along the picture: which window is shown, where a day stands in it, the ticks beneath, and the windows that zooming leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

__all__ = ["LEVELS", "Level", "Scale", "Tick", "Window", "ends_of", "fitting", "level_of", "starts", "ticks", "zoomed"]

Level = Literal["day", "week", "month", "quarter", "year", "decade"]
LEVELS: tuple[Level, ...] = ("day", "week", "month", "quarter", "year", "decade")
#: About how many days each has; used to choose a level, never to compute a date.
LENGTHS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3652}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: The first view leaves out what stands at an end where that leaves this share of the days or less, and at most the second share of the
#: acts' days; of many acts the third, but this number in any case (an act counts with its first and its last day).
RATHER, FEW, FEW_OF_MANY, AT_LEAST = 0.55, 0.25, 0.03, 4
#: The least window shown, so that a single day's act has an axis to stand on.
LEAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Window:
    """The days shown, both counted."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    def holds(self, day: date) -> bool:
        """Whether the day is among them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day stands: the window's days spread over the pixels from ``left`` to ``right``."""

    window: Window
    left: float
    right: float

    @property
    def per_day(self) -> float:
        """Pixels a day."""
        return (self.right - self.left) / self.window.days

    def at(self, day: date, share: float = 0.0) -> float:
        """The pixel of a day, ``share`` of its hours gone; outside the window beyond its edges."""
        return self.left + ((day - self.window.first).days + share) * self.per_day

    def clip(self, x: float) -> float:
        """The nearest pixel inside."""
        return min(max(x, self.left), self.right)

    def day(self, x: float) -> date:
        """The day that stands at a pixel."""
        return moved(self.window.first, int((self.clip(x) - self.left) / self.per_day))


@dataclass(frozen=True, slots=True)
class Tick:
    """A stretch of the axis, named: a day, week, month, quarter, year or decade from ``first`` to ``last``."""

    first: date
    last: date
    label: str
    level: Level


def moved(day: date, days: int) -> date:
    """The day so many later (or earlier), at most the calendar's last and at least its first."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def start_of(day: date, level: Level) -> date:
    """The first day of the week (Monday), month, quarter, year or decade in which the day lies."""
    if level == "week":
        return moved(day, -day.weekday())
    if level == "month":
        return day.replace(day=1)
    if level == "quarter":
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    if level == "year":
        return date(day.year, 1, 1)
    if level == "decade":
        return date(max(day.year // 10 * 10, MINYEAR), 1, 1)
    return day


def next_of(start: date, level: Level) -> date | None:
    """The first day of the next one, ``None`` where the calendar ends."""
    if level in ("day", "week"):
        days = 1 if level == "day" else 7
        return start + timedelta(days) if start <= date.max - timedelta(days) else None
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[level]
    month = start.month - 1 + months
    year = (start.year + month // 12) // (10 if level == "decade" else 1) * (10 if level == "decade" else 1)
    return date(year, month % 12 + 1, 1) if year <= MAXYEAR else None


def starts(window: Window, level: Level) -> Iterator[Tick]:
    """The stretches of a level that meet the window, whole, in order."""
    at: date | None = start_of(window.first, level)
    while at is not None and at <= window.last:
        after = next_of(at, level)
        yield Tick(at, after - timedelta(1) if after else date.max, named(at, level), level)
        at = after


def named(start: date, level: Level, *, whole: bool = False) -> str:
    """What a stretch is called on the axis; ``whole`` with its year, as it stands alone."""
    year = f" {start.year}" if whole else ""
    if level == "day":
        return f"{start.day} {MONTHS[start.month - 1]}{year}" if whole else str(start.day)
    if level == "week":
        return (
            f"week of {start.day} {MONTHS[start.month - 1]}{year}"
            if whole
            else f"{start.day} {MONTHS[start.month - 1]}"
        )
    if level == "month":
        return f"{MONTHS[start.month - 1]}{year}"
    if level == "quarter":
        return f"Q{(start.month - 1) // 3 + 1}{year}"
    return f"{start.year}s" if level == "decade" else str(start.year)


def level_of(days: int, width: float, least: float) -> Level:
    """The finest level of which each stretch gets at least so many pixels."""
    return next((v for v in LEVELS if LENGTHS[v] * width / days >= least), "decade")


def ticks(window: Window, width: float) -> tuple[list[Tick], list[Tick]]:
    """The axis in two lines: fine stretches as far as their names have room, and the coarser ones that tell which year or month they are of."""
    room = {"day": 18, "week": 46, "month": 30, "quarter": 30, "year": 30, "decade": 0}
    fine: Level = next(v for v in LEVELS if LENGTHS[v] * width / window.days >= room[v])
    coarse: Level | None = {"day": "month", "week": "year", "month": "year", "quarter": "year"}.get(fine)  # type: ignore[assignment]
    found = list(starts(window, fine))
    if fine == "decade":
        return joined(found, 1 + int(48 * window.days / (width * LENGTHS["decade"]))), []
    return found, list(starts(window, coarse)) if coarse else []


def joined(found: Sequence[Tick], count: int) -> list[Tick]:
    """So many decades as one stretch, named by its first year."""
    if count == 1:
        return list(found)
    groups = [found[i : i + count] for i in range(0, len(found), count)]
    return [Tick(g[0].first, g[-1].last, str(g[0].first.year), "decade") for g in groups]


def ends_of(days: Iterable[date]) -> Window | None:
    """The window from the first to the last of the days, ``None`` of none."""
    found = sorted(days)
    return Window(found[0], found[-1]) if found else None


def fitting(days: Sequence[date], as_of: date) -> Window:
    """The window of the first view: from the first act to the as-of day, or to what is planned beyond it, without far outliers at either end."""
    found = sorted(days) or [as_of]
    first, last = found[0], max(found[-1], as_of)
    few = min(int(FEW * len(found)), max(AT_LEAST, int(FEW_OF_MANY * len(found))))
    for day in found[1 : few + 1]:
        if (last - day).days < RATHER * (last - first).days:
            first = day
    for day in [d for d in reversed(found[-few - 1 :]) if d >= as_of] + [as_of]:
        if found[-few - 1] <= day and (day - first).days < RATHER * (last - first).days:
            last = day
    return padded(Window(first, last))


def padded(window: Window) -> Window:
    """A little wider, so that nothing stands on the edge."""
    more = max(window.days * 3 // 100, (LEAST_DAYS - window.days + 1) // 2, 1)
    return Window(moved(window.first, -more), moved(window.last, more))


def zoomed(window: Window, level: Level, as_of: date) -> Window:
    """The stretch of a level around the middle of the window, or around the as-of day where the window shows it."""
    middle = as_of if window.holds(as_of) else moved(window.first, window.days // 2)
    first = start_of(middle, level)
    after = next_of(first, level)
    return Window(first, after - timedelta(1) if after else date.max)


def beside(window: Window, step: int) -> Window:
    """The window so many widths later (or earlier), of whole months, quarters or years where it is one."""
    for level in LEVELS[1:5]:
        if window.first == start_of(window.first, level):
            after = next_of(window.first, level)
            if after is not None and window.last == after - timedelta(1):
                return zoomed(
                    Window(*(moved(d, step * window.days) for d in (window.first, window.last))), level, date.min
                )
    return Window(moved(window.first, step * window.days), moved(window.last, step * window.days))
