"""Dates and times as pages print them: where they stand, what they say, how sure the reading is.

Pages print dates in words ("May 13, 2021", "13 May 2021"), in numbers ("3/14/2021", "2021.05.13") and for machines (ISO 8601, RFC 2822); the time
stands after or before, with or without a zone. Relative ones ("3 hours ago") tell nothing without the time of reading and are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

__all__ = ["Moment", "moments"]

_MONTHS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
# A time may be glued to the year where a page's blank between them was lost ("20194:29 AM").
_YEAR = r"(?P<year>(?:19|20)\d\d)(?=\b|_|\d{1,2}:\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
#: Style, the signs of which a text must hold one (any text, where none are told), expression.
_FORMS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (style, signs, re.compile(pattern, re.IGNORECASE))
    for style, signs, pattern in (
        ("iso", "-", r"(?<![\d.])(?P<year>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<day>\d{1,2})(?!\d)(?=T|\b|_)"),
        (
            "year_first",
            "./",
            r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?P<sep>[./])\s?(?P<m>\d{1,2})(?P=sep)\s?(?P<day>\d{1,2})(?!\d)",
        ),
        ("month_day_year", "", rf"\b{_WEEKDAY}{_MONTH}\b\.?\s+{_DAY}\s*,?\s+{_YEAR}"),
        ("day_month_year", "", rf"\b{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH}\b\.?,?[\s-]+{_YEAR}"),
        (
            "numbers",
            "/.-",
            r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d\d)(?!\.?\d)",
        ),
        # Two digits are a year only where a time of day stands behind them.
        (
            "short_year",
            "/.",
            r"(?<![\d./-])(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d\d)(?=,? (?:at )?\d{1,2}:\d\d)",
        ),
    )
)
#: Every form has a year of four digits, or one of two behind a stroke or a point.
_NUMBER = re.compile(r"(?:19|20)\d\d|[/.]\d\d")
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?)?"
    r"(?P<half>\s?(?i:a\.?m\b\.?|p\.?m\b\.?))?"
    r"\s*(?P<zone>\(?(?:(?:GMT|UTC)?\s?[+-]\d{1,2}:?\d{2}|(?:GMT|UTC)\s?[+-]\d{1,2}\b|Z\b|[A-Z]{2,5}\b)\)?)?"
)
_AFTER = re.compile(rf"(?:T|[\s,|/•·–—@-]*(?:at\s+)?|\s*\(\s*){_CLOCK}")
_BEFORE = re.compile(rf"{_CLOCK}(?:[\s,|/•·–—-]+|\s+on\s+)\Z")
#: Zones that pages name by letters. Those that mean several are told apart by the outlet's own zone where that is known (:func:`_zone_of`).
_ZONES = {
    "Z": "UTC",
    "UTC": "UTC",
    "GMT": "UTC",
    "ET": "America/New_York",
    "EST": "-05:00",
    "EDT": "-04:00",
    "CT": "America/Chicago",
    "CDT": "-05:00",
    "MT": "America/Denver",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PT": "America/Los_Angeles",
    "PST": "-08:00",
    "PDT": "-07:00",
    "AKST": "-09:00",
    "HST": "-10:00",
    "BST": "+01:00",
    "WET": "+00:00",
    "WEST": "+01:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "EET": "+02:00",
    "EEST": "+03:00",
    "MSK": "+03:00",
    "TRT": "+03:00",
    "IDT": "+03:00",
    "IRST": "+03:30",
    "IRDT": "+04:30",
    "PKT": "+05:00",
    "NPT": "+05:45",
    "ICT": "+07:00",
    "WIB": "+07:00",
    "HKT": "+08:00",
    "SGT": "+08:00",
    "MYT": "+08:00",
    "PHT": "+08:00",
    "KST": "+09:00",
    "JST": "+09:00",
    "AEST": "+10:00",
    "AEDT": "+11:00",
    "NZST": "+12:00",
    "NZDT": "+13:00",
    "WAT": "+01:00",
    "CAT": "+02:00",
    "SAST": "+02:00",
    "EAT": "+03:00",
    "BRT": "-03:00",
    "ART": "-03:00",
}
#: Letters that stand for several zones: read only beside an outlet whose own zone is among them.
_SHARED_ZONES = {
    "CST": {"America/Chicago": "-06:00", "Asia/Shanghai": "+08:00", "Asia/Taipei": "+08:00"},
    "IST": {"Asia/Kolkata": "+05:30", "Asia/Jerusalem": "+02:00", "Europe/Dublin": "+01:00"},
    "AST": {"Asia/Riyadh": "+03:00", "Asia/Baghdad": "+03:00", "Asia/Qatar": "+03:00", "America/Halifax": "-04:00"},
    "GST": {"Asia/Dubai": "+04:00"},
    "SST": {"Asia/Singapore": "+08:00"},
}


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed date: ISO (``2021-05-13``, ``2021-05-13T09:24``, ``2021-05-13T09:24:00+09:00``), its place, its style, its zone, how sure."""

    iso: str
    start: int
    end: int
    style: str
    sure: float = 1.0
    zone: str | None = None

    @property
    def day(self) -> date:
        """The day that is printed."""
        return date.fromisoformat(self.iso[:10])

    @property
    def timed(self) -> bool:
        """Whether a time of day is printed too."""
        return "T" in self.iso


def _offset(words: str) -> str | None:
    """``+09:00`` of ``GMT+9``, ``+0900``, ``UTC +09:00``."""
    match = re.fullmatch(r"(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?", words)
    if not match or int(match.group(2)) > 14:
        return None
    return f"{match.group(1)}{int(match.group(2)):02d}:{match.group(3) or '00'}"


def _zone_of(words: str | None, home: str | None, when: datetime) -> tuple[str, str | None]:
    """The offset to print behind the time (may be empty) and the zone's name."""
    if not words:
        return "", None
    words = words.strip("() ")
    name = _ZONES.get(words) or _SHARED_ZONES.get(words, {}).get(home or "") or _offset(words)
    if name is None:
        return "", None
    if name in {"UTC", "+00:00", "-00:00"}:
        return "+00:00", "UTC"
    if "/" not in name:
        return name, home if home and _at(home, when) == name else name
    return _at(name, when), name


def _at(zone: str, when: datetime) -> str:
    """The offset of a zone on a day, or nothing where the machine has no data of it."""
    try:
        words = when.replace(tzinfo=ZoneInfo(zone)).strftime("%z")
    except (ZoneInfoNotFoundError, ValueError):
        return ""
    return f"{words[:3]}:{words[3:5]}"


def _day_of(style: str, found: re.Match[str], day_first: bool | None, american: bool) -> tuple[date, float] | None:
    """The day that a match tells, and how sure; nothing where the numbers are no day."""
    parts = found.groupdict()
    sure = 1.0
    year = int(parts["year"]) + (2000 if style == "short_year" else 0)
    if style in {"numbers", "short_year"}:
        a, b = int(parts["a"]), int(parts["b"])
        if a > 12 or b > 12:
            first = a > 12
        elif parts["sep"] == ".":
            first, sure = True, 0.95
        elif a == b:
            first = True
        elif american:
            first, sure = False, 0.85
        elif day_first is None:
            first, sure = True, 0.55
        else:
            first, sure = day_first, 0.9
        day, month = (a, b) if first else (b, a)
    else:
        day = int(parts["day"])
        month = int(parts["m"]) if parts.get("m") else _MONTHS[parts["month"][:3].lower()]
    try:
        return date(year, month, day), sure
    except ValueError:
        return None


def _time_of(clock: re.Match[str] | None) -> tuple[str, bool] | None:
    """``09:24`` or ``22:11:59``, and whether it was told by halves of the day; nothing where it is no time."""
    if clock is None or (clock["minute"] is None and clock["half"] is None):
        return None
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    half = (clock["half"] or "").strip().lower()
    if half:
        if not 1 <= hour <= 12:
            return None if hour > 23 else (f"{hour:02d}:{minute:02d}", False)
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59 or int(clock["second"] or 0) > 59:
        return None
    seconds = f":{clock['second']}" if clock["second"] else ""
    return f"{hour:02d}:{minute:02d}{seconds}", bool(half)


def _moment(style: str, found: re.Match[str], text: str, day_first: bool | None, home: str | None) -> Moment | None:
    after = _AFTER.match(text, found.end())
    time = _time_of(after)
    before = None if time else _BEFORE.search(text, max(0, found.start() - 24), found.start())
    time = time or _time_of(before)
    read = _day_of(style, found, day_first, bool(time and time[1]))
    if read is None:
        return None
    day, sure = read
    if not time:
        return Moment(day.isoformat(), found.start(), found.end(), style, sure)
    clock = after if after and _time_of(after) else before
    assert clock is not None  # time came from one of the two
    iso = f"{day.isoformat()}T{time[0]}"
    offset, zone = _zone_of(clock["zone"], home, datetime.fromisoformat(iso))
    start, end = (
        min(found.start(), clock.start()),
        max(found.end(), clock.end() if zone or not clock["zone"] else clock.start("zone")),
    )
    return Moment(iso + offset, start, max(end, found.end()), style, sure, zone)


def moments(text: str, *, day_first: bool | None = None, home: str | None = None) -> Iterator[Moment]:
    """Every full date (day, month, year) that the text prints, from left to right.

    ``day_first`` says how the outlet writes "3/4/2021" (``None``: not known), ``home`` is its IANA zone, which tells apart letters such as "IST".
    Days before 1990 are no days of a page on the web and are left out.
    """
    if not _NUMBER.search(text):
        return
    found: list[Moment] = []
    for style, form in [(s, f) for s, signs, f in _FORMS if not signs or any(sign in text for sign in signs)]:
        for match in form.finditer(text):
            moment = _moment(style, match, text, day_first, home)
            if (
                moment
                and moment.day.year >= 1990
                and not any(m.start < moment.end and moment.start < m.end for m in found)
            ):
                found.append(moment)
    yield from sorted(found, key=lambda m: m.start)
