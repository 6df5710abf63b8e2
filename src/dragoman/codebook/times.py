"""The words of time as data: ``times.toml``, loaded once and checked.

``TimeBook.load()`` gives the frozen book: the lexicon by class, holidays, moon tables, named periods, offices' terms and the zones of datelines.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from dragoman.errors import CodebookError

__all__ = ["Term", "TimeBook"]

Term = tuple[date, date | None]
"""First and last day of a time in office or a period; no last day: it runs on."""


@dataclass(frozen=True)
class TimeBook:
    """All of ``times.toml``, with days as days.

    ``lexicon`` maps a class to its words and their values; ``capital`` names the classes that are read only with a capital; ``words``
    holds the sets of words that rules ask for around an expression; ``holidays`` keeps the rule of each ("12-25", "easter-2", "11:4:4",
    "table:ramadan"; several with "|" where a name means any of them); ``moving`` maps table and year to first day and length in days;
    ``own_feasts`` are the feasts that many countries have, each on a day of its own; ``fiscal`` is the month in which a state's fiscal year begins.
    """

    lexicon: Mapping[str, Mapping[str, Any]]
    capital: frozenset[str]
    words: Mapping[str, frozenset[str]]
    holidays: Mapping[str, str]
    moving: Mapping[str, Mapping[int, tuple[date, int]]]
    own_feasts: frozenset[str]
    fiscal: Mapping[str, int]
    periods: Mapping[str, Term]
    administrations: Mapping[str, tuple[Term, ...]]
    campaigns: Mapping[str, tuple[Term, ...]]
    datelines: Mapping[str, str]

    @staticmethod
    @cache
    def load() -> TimeBook:
        """The book that ships; raises CodebookError where the file breaks its own rules."""
        text = files("dragoman.codebook").joinpath("times.toml").read_text(encoding="utf-8")
        return TimeBook.of(text)

    @staticmethod
    def of(text: str) -> TimeBook:
        """The book written in ``text`` (TOML); raises CodebookError."""
        try:
            raw = tomllib.loads(text)
            return TimeBook(
                lexicon=raw["lexicon"],
                capital=frozenset(raw["capital"]),
                words={name: frozenset(words.split()) for name, words in raw["words"].items()},
                holidays=raw["holidays"],
                moving={
                    name: {int(y): _moving(int(y), day) for y, day in table.items()}
                    for name, table in raw["moving"].items()
                },
                own_feasts=frozenset(raw["own_feasts"]),
                fiscal=raw["fiscal"],
                periods={name: _term(pair) for name, pair in raw["periods"].items()},
                administrations={name: tuple(map(_term, terms)) for name, terms in raw["administrations"].items()},
                campaigns={name: tuple(map(_term, terms)) for name, terms in raw["campaigns"].items()},
                datelines=raw["datelines"],
            )
        except (tomllib.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
            raise CodebookError(
                f"times.toml cannot be used: {error}; mend the file or install dragoman again."
            ) from error


def _term(pair: list[str]) -> Term:
    first, last = pair
    return date.fromisoformat(first), date.fromisoformat(last) if last else None


def _moving(year: int, day: str) -> tuple[date, int]:
    start, _, length = day.partition("/")
    return date.fromisoformat(f"{year}-{start}"), int(length or 1)
