"""Time expressions in news and releases: their days held against 300 candidates of our own labelling (``labels/README.md``).

A candidate is a word that may tell a time; what is right is told by ``labels/times_convention.md``. ``measure(shared, parse)`` gives
``times/labels/interval`` (the share of right readings over all candidates), and the same of those that have days (``dated``) and
of those that are dated and neither full dates nor bare years by draw (``hard``). Run alone, with the errors:
``python -m evaluation.times_labels --shared DIR --errors``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dragoman.language import Language
from dragoman.model import Article, Document, TimeExpression
from dragoman.reading.times import read_times

LABELS = Path(__file__).parent / "labels" / "times" / "times.jsonl"

Parse = Callable[[Article], Document]
Days = tuple[date | None, date | None]
NO_DAYS: Days = (None, None)
#: The convention's tolerances of a date: up to so many days wide, so many days at either end.
_TOLERANCES = ((6, 1), (16, 3), (62, 7))
_WEEK = 7
#: Characters before and after a sentence that are read with it: more than any rule looks back, and the events told after it.
_BEFORE, _AFTER = 6000, 1500
_BETWEEN_ENDS = re.compile(r"\s*(?:to|and|until|till|through|[-–—])\s*", re.IGNORECASE)
_MOST_TOLERANCE = 31


@dataclass(frozen=True)
class Label:
    """One candidate: its word and the expression that it stands in (characters within the text), and the days that pass."""

    id: str
    draw: str
    kind: str
    word: tuple[int, int]
    extent: tuple[int, int] | None
    days: tuple[Days, ...]

    @property
    def dated(self) -> bool:
        """Whether the candidate has days by its label."""
        return self.days[0] != NO_DAYS


def days_of(pair: Sequence[str | None]) -> Days:
    """Two ISO days, either of which may be missing."""
    first, last = (date.fromisoformat(d) if d else None for d in pair)
    return first, last


def label_of(row: dict[str, Any], offset: int = 0) -> Label:
    """The label in a row of the set, its characters counted from the sentence's place in its text."""
    extent = row["extent"]
    return Label(
        row["id"],
        row["draw"],
        row["kind"],
        (row["word"][0] + offset, row["word"][1] + offset),
        (extent[0] + offset, extent[1] + offset) if extent else None,
        tuple(days_of(pair) for pair in (row["interval"], *row.get("also", ()))),
    )


def is_right(label: Label, found: Sequence[TimeExpression], text: str) -> bool:
    """Whether what was found in the text is right by the convention."""
    read = days_read(label, found, text)
    return any(_passes(label.kind, days, read) for days in label.days)


def days_read(label: Label, found: Sequence[TimeExpression], text: str) -> Days:
    """The days of the expression that touches the candidate; of a range that is read as its two ends ("from" and "to"), from the one to the other."""
    touching = touched(label, found)
    if touching is None:
        return NO_DAYS
    low, high = label.extent or label.word
    ends = sorted((e for e in found if low <= e.start and e.end <= high), key=lambda e: e.start)
    if len(ends) == 2 and touching in ends and _BETWEEN_ENDS.fullmatch(text[ends[0].end : ends[1].start]):
        return ends[0].earliest, ends[1].latest
    return touching.earliest, touching.latest


def touched(label: Label, found: Sequence[TimeExpression]) -> TimeExpression | None:
    """The expression that touches the candidate's word; where the word only binds the labelled one, what touches that. Of several the longest."""
    low, high = label.word
    if label.extent and (label.extent[1] <= low or high <= label.extent[0]):
        low, high = label.extent
    touching = [e for e in found if e.start < high and low < e.end]
    return max(touching, key=lambda e: e.end - e.start, default=None)


def _passes(kind: str, days: Days, read: Days) -> bool:
    if days == NO_DAYS or read == NO_DAYS:
        return days == read
    return _vague_passes(days, read) if kind == "vague" else _date_passes(days, read)


def _date_passes(days: Days, read: Days) -> bool:
    if any((a is None) != (b is None) for a, b in zip(days, read, strict=True)):
        return False
    allowed = _tolerance(days)
    return all(a is None or b is None or abs((a - b).days) <= allowed for a, b in zip(days, read, strict=True))


def _tolerance(days: Days) -> int:
    if days[0] is None or days[1] is None:
        return _WEEK
    wide = _width(days[0], days[1])
    return next((t for most, t in _TOLERANCES if wide <= most), min(wide // 10, _MOST_TOLERANCE))


def _width(first: date, last: date) -> int:
    return (last - first).days + 1


def _vague_passes(days: Days, read: Days) -> bool:
    if any(b is None and a is not None for a, b in zip(days, read, strict=True)):
        return False
    first, last = read
    if days[0] is not None and days[1] is not None and first is not None and last is not None:
        wide, asked = (max(_width(*pair), _WEEK) for pair in ((first, last), (days[0], days[1])))
        return first <= days[1] and days[0] <= last and wide <= 2 * asked and asked <= 2 * wide
    if first is not None and last is not None:  # bounded where the label is open: inside it, and no point
        inside = (days[0] is None or days[0] <= first) and (days[1] is None or last <= days[1])
        return inside and _width(first, last) >= _WEEK
    given = [(a, b) for a, b in zip(days, read, strict=True) if a is not None and b is not None]
    return bool(given) and all(abs((a - b).days) <= _MOST_TOLERANCE for a, b in given)


@cache
def _records(path: Path) -> tuple[dict[str, Any], ...]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


def window(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a text that is read for a sentence: whole lines around it, so that the hour-long briefings need no hour."""
    low = text.rfind("\n", 0, max(0, start - _BEFORE)) + 1
    high = text.find("\n", min(len(text), end + _AFTER))
    return low, len(text) if high < 0 else high


def article_of(record: dict[str, Any], name: str, low: int, high: int) -> Article:
    """Part of a report as it is read in use: with the outlet whose zone tells the day of a time stamp."""
    address = record.get("link") or record["url"]
    outlet = "U.S. Department of State" if "state.gov" in address else "Wikinews"
    published = record.get("published") or record["date"]
    zone = "UTC" if len(published) > len("2021-05-13") else None
    return Article(
        id=name,
        body=record["text"][low:high],
        title=record["title"],
        published=published,
        timezone=zone,
        outlet=outlet,
        url=address,
    )


def readings(shared: Path, parse: Parse, labels: Path = LABELS) -> Iterator[tuple[Label, str, list[TimeExpression]]]:
    """Each label with the text that it points into and what is read there."""
    for line in labels.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        record = _records(shared / "data" / row["file"])[row["record"]]
        low, high = window(record["text"], row["start"], row["end"])
        article = article_of(record, row["id"], low, high)
        found = [e for sentence in read_times(parse(article)) for e in sentence]
        yield label_of(row, row["start"] - low), article.body, found


def share(right: Sequence[bool]) -> float | None:
    """The share of the right ones; ``None`` of none."""
    return sum(right) / len(right) if right else None


def figures(told: Sequence[tuple[Label, bool]]) -> dict[str, float | None]:
    """The keys, of labels and whether each was read right."""
    return {
        "times/labels/interval": share([right for _, right in told]),
        "times/labels/dated": share([right for label, right in told if label.dated]),
        "times/labels/hard": share([right for label, right in told if label.dated and label.draw != "plain"]),
    }


def measure(shared: Path, parse: Parse, labels: Path = LABELS) -> dict[str, float | None]:
    """``times/labels/…``; ``None`` without the texts."""
    if not (shared / "data").exists():
        return figures([])
    return figures([(label, is_right(label, found, text)) for label, text, found in readings(shared, parse, labels)])


def _show_errors(shared: Path, parse: Parse, labels: Path) -> None:
    told = []
    for label, text, found in readings(shared, parse, labels):
        right = is_right(label, found, text)
        told.append((label, right))
        if not right:
            low, high = label.word
            read = touched(label, found)
            print(f"{label.id} {label.draw} {label.kind} wanted {[_shown(d) for d in label.days]}")
            print(f"  read {(read.text, _shown((read.earliest, read.latest)), read.rule) if read else None}")
            print(f"  …{text[max(0, low - 100) : low]}[{text[low:high]}]{text[high : high + 70]}…".replace("\n", " "))
    for key, figure in figures(told).items():
        print(f"{key} {figure}")


def _shown(days: Days) -> str:
    return "/".join(str(d or "..") for d in days)


def main() -> None:
    """Print the figures, and on request each candidate that was read wrong."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--shared", type=Path, default=Path("../shared"))
    ask.add_argument("--labels", type=Path, default=LABELS, help="another set of the same shape")
    ask.add_argument("--errors", action="store_true")
    asked = ask.parse_args()
    parse = Language.open().document
    if asked.errors:
        _show_errors(asked.shared, parse, asked.labels)
        return
    for key, figure in measure(asked.shared, parse, asked.labels).items():
        print(f"{key} {figure:.4f}" if figure is not None else f"{key} –")


if __name__ == "__main__":
    main()
