"""Which report is a version of which, and which of several readings of one report stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dragoman.ledger.copies import likeness

__all__ = ["is_version_of", "rank_of", "version_order"]

#: A title comes back on other days over other stories ("Press briefing"): without a common address only texts that share this much of their
#: words, or come within two days, are versions. A revision rewrites far less than half of a text.
LIKE = 0.3
NEAR = 2


def is_version_of(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two reports are versions of one page: the same address, or the same outlet and title over much the same text or day.

    Takes mappings with ``url``, ``outlet``, ``title``, ``day`` and ``signature``.
    """
    if one["url"] and other["url"]:
        return bool(one["url"] == other["url"])
    if not one["title"] or (one["outlet"], one["title"]) != (other["outlet"], other["title"]):
        return False
    if one["day"] and other["day"] and abs((one["day"] - other["day"]).days) <= NEAR:
        return True
    return likeness(tuple(one["signature"]), tuple(other["signature"])) >= LIKE


def version_order(report: Mapping[str, Any], updated: str | None) -> tuple[str, str, str]:
    """Sorts versions from the earliest to the latest, by day, then by the moment printed; the key breaks ties."""
    day = report["day"].isoformat() if report["day"] else ""
    return (day, updated or report["published"] or "", report["key"])


def rank_of(coder: str | None, reader: str, key: str) -> tuple[Any, ...]:
    """Sorts readings of one report by which stands: people's word over a program's, a newer version of the program over an older one.

    The key breaks ties, so that the order of arrival never counts.
    """
    numbers = tuple(int(x) for x in re.findall(r"\d+", reader.split("+", 1)[0]))
    return (coder is not None, numbers, coder or "", reader, key)
