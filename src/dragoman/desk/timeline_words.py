"""What the timeline says in words: days, acts, silences, counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from dragoman.desk.timeline_days import MONTHS
from dragoman.desk.timeline_marks import Mark, Silence

__all__ = ["STATUSES_IN_ORDER", "counted", "day", "days", "labels", "shares", "silent", "since", "told", "what", "word"]

Name = Callable[[str], str]
#: From the surest to the least sure; the order of the legend and of stacked counts.
STATUSES_IN_ORDER = ("done", "ongoing", "attempted", "planned", "conditional", "not_done", "disputed")
STATES = {"accepted": "accepted", "declined": "declined", "countered": "countered", "closed": "ended"}


def word(value: str) -> str:
    """A value of the vocabulary as a person writes it."""
    return value.replace("_", " ").replace("un mission", "UN mission")


def counted(number: int, singular: str) -> str:
    """``1 act``, ``2,000 acts``."""
    return f"{number:,} {singular}{'' if number == 1 else 's'}"


def day(value: date, *, year: bool = True) -> str:
    """``13 Mar 2021``."""
    return f"{value.day} {MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")


def days(earliest: date | None, latest: date | None) -> str:
    """``11–20 Feb 2021``, ``by 6 May 2021``, ``from 1 Jul 2021``, ``day unknown``."""
    if earliest and latest:
        if earliest == latest:
            return day(latest)
        if (earliest.year, earliest.month) == (latest.year, latest.month):
            return f"{earliest.day}–{day(latest)}"
        return f"{day(earliest, year=earliest.year != latest.year)} – {day(latest)}"
    if latest:
        return f"by {day(latest)}"
    return f"from {day(earliest)}" if earliest else "day unknown"


def what(mark: Mark, name: Name) -> str:
    """``USA → PRK overture, attempted``."""
    from_, to = (", ".join(name(c) for c in codes) for codes in (mark.from_, mark.to))
    return f"{from_} {mark.arrow} {to} {word(mark.act)}, {word(mark.status)}"


def told(mark: Mark, name: Name) -> str:
    """All that a mark says, for pointing at it and for reading it out."""
    parts = [what(mark, name), days(mark.earliest, mark.latest)]
    if not mark.dated and mark.told:
        parts[-1] += f", told {day(mark.told)}"
    if mark.channels != ("unspecified",):
        parts.append(", ".join(word(c) for c in mark.channels))
    if mark.about:
        parts.append(mark.about)
    return "; ".join((*parts, counted(len(mark.reports), "report")))


def labels(mark: Mark, silence: Silence | None) -> tuple[str, ...]:
    """The few words beside a mark, and shorter ones for where they have no room."""
    if silence is not None and silence.answer:
        after = "" if silence.days == "0 days or more" else f" after {silence.days}"
        state = STATES.get(silence.answer, word(silence.answer))
        return (f"{word(mark.act)} · {state}{after}", f"{state}{after}", state)
    if silence is not None:
        return (f"{word(mark.act)} · {silence.days} without an answer", silence.days, word(mark.act))
    return (f"{word(mark.act)} · {mark.about}", word(mark.act)) if mark.about else (word(mark.act),)


def since(silence: Silence) -> tuple[str, ...]:
    """The few words on a silence that began before the window, and fewer ones."""
    begun = days(silence.soft, silence.first) if silence.soft else day(silence.first)
    return (f"no answer since {begun} · {silence.days}", f"no answer since {begun}", silence.days)


def silent(silence: Silence, name: Name) -> str:
    """All that a bar of silence says."""
    sides = " and ".join(name(c) for c in silence.parties)
    subject = f"; {silence.subject}" if silence.subject else ""
    if silence.answer:
        end = f"{STATES.get(silence.answer, word(silence.answer))} {day(silence.last)}"
        return f"{sides}: {silence.days} from {days(silence.soft, silence.first)} until {end}{subject}"
    return f"{sides}: no answer reported, {silence.days} on {day(silence.last)}{subject}"


def shares(counts: Mapping[str, int]) -> str:
    """``20 done, 14 attempted``."""
    order: Sequence[str] = [s for s in STATUSES_IN_ORDER if counts.get(s)]
    return ", ".join(f"{counts[s]:,} {word(s)}" for s in order)
