"""Stretches of the calendar: months, weeks, quarters, seasons, thirds, holidays. Pure functions of dates; all spans are (first day, last day).

Dates that the calendar cannot hold (years before 1 or after 9999) raise OverflowError or ValueError, which the grammar takes as "not a date".
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from dragoman.codebook.times import TimeBook

Days = tuple[date, date]

#: First month of TIMEX3's seasons, each three months long, on the northern half of the earth (GUIDE.md: "summer 2020" is 06-01..08-31).
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
#: Parts of a whole as fractions: early, mid, late are thirds; the opening and the close of a long whole are quarters.
SLICES = {"START": (0, 4), "MID": (4, 8), "END": (8, 12), "OPENING": (0, 3), "CLOSE": (9, 12)}


def month_days(year: int, month: int) -> Days:
    """The days of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_days(year: int, years: int = 1) -> Days:
    """The days of a year, or of several that begin with it."""
    return date(year, 1, 1), date(year + years - 1, 12, 31)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, held to the month's end."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def week_days(day: date) -> Days:
    """Monday to Sunday of the ISO week in which the day lies."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekend_days(day: date) -> Days:
    """Saturday and Sunday of the ISO week in which the day lies."""
    monday, sunday = week_days(day)
    return monday + timedelta(days=5), sunday


def quarter_days(year: int, quarter: int) -> Days:
    """The days of a quarter, 1 to 4."""
    return date(year, 3 * quarter - 2, 1), month_days(year, 3 * quarter)[1]


def half_days(year: int, half: int) -> Days:
    """The days of a half of the year, 1 or 2."""
    return date(year, 6 * half - 5, 1), month_days(year, 6 * half)[1]


def season_days(year: int, season: str, *, south: bool = False) -> Days:
    """The days of a season; the winter of a year begins in its December, on the southern half of the earth the summer."""
    first = date(year, (SEASONS[season] + 5) % 12 + 1 if south else SEASONS[season], 1)
    return first, add_months(first, 3) - timedelta(days=1)


def slice_days(days: Days, part: str) -> Days:
    """The early, mid, late, opening or closing part of a stretch: months by days 1-10, 11-20, 21-end, longer stretches by whole months."""
    first, last = days
    start, end = SLICES[part]
    if first.day == 1 and last == month_days(first.year, first.month)[1]:
        cuts = {"START": (1, 10), "OPENING": (1, 10), "MID": (11, 20), "END": (21, last.day), "CLOSE": (21, last.day)}
        low, high = cuts[part]
        return first.replace(day=low), first.replace(day=high)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months >= 12 and first.day == 1:
        return add_months(first, months * start // 12), add_months(first, months * end // 12) - timedelta(days=1)
    size = (last - first).days + 1
    low, high = size * start // 12, max(-(-size * end // 12), 1)
    return first + timedelta(days=low), first + timedelta(days=min(max(high, low + 1), size) - 1)


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian computus, as printed in Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, as a Gregorian date (Meeus, Astronomical Algorithms, 1991, chapter 8), for 1900 to 2099."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday (1 Monday to 7 Sunday) of a month; -1 is the last."""
    first, last = month_days(year, month)
    if n < 0:
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (n - 1))


def holiday_days(rule: str, year: int, book: TimeBook) -> Days | None:
    """The days of a holiday in a year by its rule in times.toml, or ``None`` where its table does not reach that year."""
    if rule.startswith("table:"):
        entry = book.moving[rule[6:]].get(year)
        return (entry[0], entry[0] + timedelta(days=entry[1] - 1)) if entry else None
    if rule.startswith("orthodox"):
        day = orthodox_easter(year) + timedelta(days=int(rule[8:] or 0))
        return day, day
    if rule.startswith("easter"):
        day = easter(year) + timedelta(days=int(rule[6:] or 0))
        return day, day
    if ":" in rule:
        spec, _, shift = rule.partition("+")
        month, weekday, n = map(int, spec.split(":"))
        day = nth_weekday(year, month, weekday, n) + timedelta(days=int(shift or 0))
        return day, day
    day = date(year, int(rule[:2]), int(rule[3:]))
    return day, day
