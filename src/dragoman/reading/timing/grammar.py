"""The grammar, put together once: which rows read on which level.

Numbers; then dates, units, amounts and clock times; then what is made of these (parts, "ago", years said beside); then days with their
times; last what the
words around an amount make of it ("within weeks").
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.codebook.times import TimeBook
from dragoman.reading.timing import (
    rules_amounts,
    rules_clock,
    rules_explicit,
    rules_names,
    rules_numbers,
    rules_parts,
    rules_ranges,
    rules_relative,
    rules_sets,
    rules_told,
    rules_vague,
    rules_years,
)
from dragoman.reading.timing.patterns import Alphabet, Grammar, Level, Rule

MACROS = {"NUM": "(INTS|DECS|ONES|TENS|COUNT)"}
KINDS = (
    "day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century", "fiscal", "range", "period",
    "time", "clock", "feast", "stretch", "vague", "duration", "set", "age", "count",
)  # fmt: skip
_CLASSES = {
    "ISO": ("iso",),
    "YMD": ("ymd",),
    "DMY": ("dmy",),
    "CLOCK": ("clock",),
    "DOTTED": ("dotted",),
    "DECADE": ("decade",),
    "YEAR": ("year",),
    "FOUR": ("four",),
    "N12": ("n12",),
    "HOUR": ("zero", "n12", "n23", "n24"),
    "YY": ("zero", "n12", "n23", "n24", "n31", "n59", "n99"),
    "INTS": ("zero", "n12", "n23", "n24", "n31", "n59", "n99", "three", "four", "year", "big", "long"),
    "DECS": ("decimal", "dotted"),
    "NUMBERS": (
        "zero",
        "n12",
        "n23",
        "n24",
        "n31",
        "n59",
        "n99",
        "three",
        "four",
        "year",
        "big",
        "long",
        "decimal",
        "dotted",
    ),
    "ORD31": ("ordinal31", "ordinal"),
}


def alphabet_of(book: TimeBook) -> Alphabet:
    """The signs that the rules tell apart."""
    signs = Alphabet(book)
    for kind in KINDS:
        signs.kind(kind)
    for name, numbers in _CLASSES.items():
        signs.define(name, numbers=numbers)
    signs.kinds["ordinal31"], signs.kinds["ordinal"] = signs.numbers["ordinal31"], signs.numbers["ordinal"]
    signs.define("COUNT", kinds=("count",))
    signs.define("MON", classes=("MONTH", "MONTH_SHORT"))
    signs.define("DAYNUM", numbers=("n12", "n23", "n24", "n31", "ordinal31"), classes=("ORDINAL",))
    for name, words in (("ADMINISTRATION", book.administrations), ("CAMPAIGN", book.campaigns)):
        signs.classes[name] = "".join(signs.word(w) for w in words)
    return signs


@cache
def grammar() -> Grammar:
    """The grammar over the book that ships."""
    book = TimeBook.load()
    signs = alphabet_of(book)
    names = rules_names.name_rules(list(book.holidays), list(book.periods), sorted(book.own_feasts))
    base = (
        *rules_explicit.DAY_RULES,
        *rules_years.PERIOD_RULES,
        *names,
        *rules_relative.RULES,
        *rules_told.RULES,
        *rules_vague.RULES,
        *rules_sets.SET_RULES,
        *rules_amounts.AMOUNT_RULES,
        *rules_clock.CLOCK_RULES,
    )
    tables: tuple[tuple[Rule, ...], ...] = (
        rules_numbers.RULES,
        base,
        (*rules_years.RANGE_RULES, *rules_explicit.DAY_OF_RULES, *rules_amounts.REACH_RULES, *rules_parts.PART_RULES),
        (*rules_parts.PART_RULES, *rules_names.NAMED_PART_RULES, *rules_ranges.RULES, *rules_parts.COMBINED_RULES),
        rules_clock.DAY_TIME_RULES,
        (
            *rules_clock.DAY_TIME_RULES,
            *rules_amounts.CONTEXT_RULES,
            *rules_told.PERIOD_RULES,
            *rules_parts.PART_RULES,
        ),
    )
    levels = tuple(Level(tuple((rule, signs.compile(rule.pattern, MACROS)) for rule in table)) for table in tables)
    return Grammar(signs, levels, _trigger(signs, book))


#: Classes without which (and without ``words.trigger`` of the book) no sentence holds a time expression.
_TRIGGER_CLASSES = (
    "MONTH", "MONTH_SHORT", "WEEKDAY", "WEEKDAYS", "UNIT", "UNITS", "SEASON", "DAYPART", "DAYPARTS", "TODAY", "MERIDIEM", "FREQUENCY",
    "NOW", "RECENTLY",
    "BEFORE_NOW", "SOON", "ISO", "YMD", "DMY", "CLOCK", "DECADE", "YEAR", "ADMINISTRATION", "CAMPAIGN", "FOUR", "ZONE",
)  # fmt: skip


def _trigger(signs: Alphabet, book: TimeBook) -> re.Pattern[str]:
    found = "".join(signs.set_of(name) for name in _TRIGGER_CLASSES)
    found += signs.numbers["ordinal31"]
    found += "".join(signs.word(word) for word in sorted(book.words["trigger"]))
    for phrase in (*book.holidays, *book.periods, *book.own_feasts):
        found += signs.word(phrase.split()[0])
    return re.compile(f"[{re.escape(found)}]")
