"""What a time expression means: a TIMEX3 value and the days that it allows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dragoman.model import Precision
from dragoman.reading.timing import days as cal

Type = Literal["DATE", "TIME", "DURATION", "SET"]

#: How coarse each kind of moment is, in the words of ``model.Precision``.
PRECISIONS: dict[str, Precision] = {
    "day": "day",
    "time": "day",
    "week": "week",
    "weekend": "week",
    "month": "month",
    "quarter": "season",
    "half": "season",
    "season": "season",
    "year": "year",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """So many units: ``count`` is ``None`` for an unsaid number ("several weeks"); ``unit`` is the letter of times.toml."""

    count: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading. ``kind`` is the calendar's word for it (day, month, … vague, duration, set, clock).

    ``bare`` marks a month, day, weekday, quarter or season said without its year, which a year said beside it may still set. ``silent`` marks a
    stretch that the grammar has understood as no time expression (an age). ``anchor`` names what it was counted from.
    """

    kind: str
    type: Type
    value: str
    earliest: date | None = None
    latest: date | None = None
    mod: str | None = None
    precision: Precision | None = None
    anchor: str | None = None
    bare: bool = False
    silent: bool = False
    amount: Amount | None = None
    rule: str = ""
    deictic: bool = False

    @property
    def days(self) -> cal.Days | None:
        """Both ends, where both are bounded."""
        return (self.earliest, self.latest) if self.earliest and self.latest else None

    def sliced(self, part: str) -> Moment:
        """Its early, mid, late, opening or closing part, with TIMEX3's mod."""
        mod = {"OPENING": "START", "CLOSE": "END"}.get(part, part)
        name = f"{mod.lower()}_of_{self.rule or self.kind}"
        if self.days is None or self.kind in ("day", "time"):
            return replace(self, mod=mod, rule=name)
        first, last = cal.slice_days(self.days, part)
        precision: Precision = (
            "third" if self.kind == "month" else "vague" if self.kind not in ("year", "season") else "season"
        )
        return replace(self, mod=mod, earliest=first, latest=last, precision=precision, rule=name)


def day(when: date, **more: object) -> Moment:
    """One day."""
    return _dated("day", when.isoformat(), (when, when), more)


def month(year: int, number: int, **more: object) -> Moment:
    """One month."""
    return _dated("month", f"{year:04d}-{number:02d}", cal.month_days(year, number), more)


def year(number: int, **more: object) -> Moment:
    """One year."""
    return _dated("year", f"{number:04d}", cal.year_days(number), more)


def week(when: date, **more: object) -> Moment:
    """The ISO week in which a day lies."""
    iso = when.isocalendar()
    return _dated("week", f"{iso.year:04d}-W{iso.week:02d}", cal.week_days(when), more)


def weekend(when: date, **more: object) -> Moment:
    """The weekend of the ISO week in which a day lies."""
    iso = when.isocalendar()
    return _dated("weekend", f"{iso.year:04d}-W{iso.week:02d}-WE", cal.weekend_days(when), more)


def quarter(in_year: int, number: int, **more: object) -> Moment:
    """One quarter."""
    return _dated("quarter", f"{in_year:04d}-Q{number}", cal.quarter_days(in_year, number), more)


def half(in_year: int, number: int, **more: object) -> Moment:
    """One half of a year."""
    return _dated("half", f"{in_year:04d}-H{number}", cal.half_days(in_year, number), more)


def season(in_year: int, code: str, *, south: bool = False, **more: object) -> Moment:
    """One season."""
    return _dated("season", f"{in_year:04d}-{code}", cal.season_days(in_year, code, south=south), more)


def decade(first: int, **more: object) -> Moment:
    """Ten years; TIMEX3 writes the first three digits."""
    return _dated("decade", f"{first // 10:03d}", cal.year_days(first, 10), more)


def century(number: int, **more: object) -> Moment:
    """The n-th century, 1901-2000 being the 20th; TIMEX3 writes the first two digits of most of its years."""
    return _dated("century", f"{number - 1:02d}", cal.year_days(100 * (number - 1) + 1, 100), more)


def vague(ref: str, earliest: date | None = None, latest: date | None = None, **more: object) -> Moment:
    """PAST_REF, PRESENT_REF or FUTURE_REF with the days that it allows."""
    return replace(Moment("vague", "DATE", ref, earliest, latest, precision="vague"), **more)  # type: ignore[arg-type]


def unknown(kind: str, value: str, **more: object) -> Moment:
    """A date told relative to a day that is not known: no interval, never an invented one."""
    return replace(Moment(kind, "DATE", value, precision=PRECISIONS.get(kind, "vague")), **more)  # type: ignore[arg-type]


def _dated(kind: str, value: str, days: cal.Days, more: dict[str, object]) -> Moment:
    made = Moment(kind, "DATE", value, days[0], days[1], precision=PRECISIONS.get(kind, "vague"))
    return replace(made, **more) if more else made  # type: ignore[arg-type]


def by_unit(unit: str, when: date, **more: object) -> Moment:
    """The calendar's unit (a letter of times.toml) in which a day lies; KeyError for a unit that the calendar has no names for."""
    makers = {
        "D": lambda: day(when, **more),
        "N": lambda: day(when, **more),
        "W": lambda: week(when, **more),
        "F": lambda: week(when, **more),
        "WE": lambda: weekend(when, **more),
        "M": lambda: month(when.year, when.month, **more),
        "Q": lambda: quarter(when.year, (when.month + 2) // 3, **more),
        "Y": lambda: year(when.year, **more),
        "DE": lambda: decade(when.year // 10 * 10, **more),
        "CE": lambda: century((when.year + 99) // 100, **more),
    }
    return makers[unit]()


#: Units as so many days or months, for shifting.
_IN_DAYS = {"D": 1, "N": 1, "W": 7, "F": 14, "WE": 7}
_IN_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200, "ML": 12000}


def shift(when: date, amount: float, unit: str) -> date:
    """The day so many units on (or back); hours and less stay on the day unless they make whole ones. Raises OverflowError or ValueError."""
    if unit in _IN_MONTHS:
        return cal.add_months(when, round(amount * _IN_MONTHS[unit]))
    if unit in _IN_DAYS:
        return when + timedelta(days=round(amount * _IN_DAYS[unit]))
    hours = {"h": 1.0, "min": 1 / 60, "s": 1 / 3600}.get(unit)
    if hours is None:
        raise ValueError(f"no day lies {amount} {unit} away")
    return when + timedelta(days=int(amount * hours / 24))


_TIMEX_UNITS = {
    "h": "H",
    "min": "M",
    "s": "S",
    "N": "D",
    "F": "W",
    "WE": "WE",
    "DE": "Y",
    "CE": "Y",
    "ML": "Y",
    "Q": "M",
}
_TIMEX_TIMES = {"F": 2, "DE": 10, "CE": 100, "ML": 1000, "Q": 3}


def duration_value(amount: Amount) -> str:
    """TIMEX3's value of an amount: P3D, PT2H, P20Y for two decades, PXW for an unsaid number (PXDE, PXCE for unsaid decades, centuries)."""
    timed = "T" if amount.unit in ("h", "min", "s") else ""
    if amount.count is None:
        unit = amount.unit if amount.unit in ("DE", "CE", "ML", "Q") else _TIMEX_UNITS.get(amount.unit, amount.unit)
        return f"P{timed}X{unit}"
    count = amount.count * _TIMEX_TIMES.get(amount.unit, 1)
    unit = _TIMEX_UNITS.get(amount.unit, amount.unit)
    return f"P{timed}{count:g}{unit}"


def edtf(moment: Moment) -> str | None:
    """The Extended Date/Time Format of ISO 8601-2 (levels 0 to 2), or ``None`` where nothing is bounded."""
    if moment.type == "SET" or (moment.earliest is None and moment.latest is None):
        return None
    approximate = "~" if moment.mod == "APPROX" else ""
    if moment.mod in (None, "APPROX") and moment.type == "DATE":
        plain = _edtf_value(moment)
        if plain:
            return plain + approximate
    low = moment.earliest.isoformat() if moment.earliest else ".."
    high = moment.latest.isoformat() if moment.latest else ".."
    return low if low == high else f"{low}/{high}"


#: EDTF's numbers of the northern seasons; those of the southern ones are eight further.
_EDTF_SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}


def _edtf_value(moment: Moment) -> str | None:
    value = moment.value
    if moment.kind in ("day", "month", "year"):
        return value if "X" not in value else None
    if moment.kind == "decade":
        return f"{value}X"
    if moment.kind == "season":
        south = moment.earliest is not None and moment.earliest.month != cal.SEASONS[value[5:]]
        return f"{value[:4]}-{_EDTF_SEASONS[value[5:]] + 8 * south}"
    if moment.kind == "quarter":
        return f"{value[:4]}-{32 + int(value[-1])}"
    if moment.kind == "half":
        return f"{value[:4]}-{39 + int(value[-1])}"
    return None
