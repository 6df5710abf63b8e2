"""Channels with a name of their own ("the New York channel"): whom they join, through whom, and when they stood."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from dragoman.errors import CodebookError
from dragoman.model import CHANNELS


@dataclass(frozen=True)
class NamedChannel:
    """One named channel; ``since`` and ``until`` are years, ``until`` ``None`` where it still stands."""

    name: str
    phrases: tuple[str, ...]
    channel: str
    parties: frozenset[str]
    via: tuple[str, ...] = ()
    since: int = 0
    until: int | None = None
    distinct: bool = False

    def joins(self, parties: frozenset[str]) -> bool:
        """Whether the channel may be the one used between these parties (both of its own, or any where its name is distinct)."""
        return len(parties & self.parties) >= (1 if self.distinct else 2)

    def stood(self, year: int) -> bool:
        """Whether the channel stood in that year."""
        return self.since <= year and (self.until is None or year <= self.until)


@lru_cache
def named_channels() -> tuple[NamedChannel, ...]:
    """The named channels of the codebook.

    Raises:
        CodebookError: an entry lacks a field or tells a channel that GUIDE.md does not know.
    """
    text = (resources.files("dragoman.codebook") / "named_channels.toml").read_text(encoding="utf-8")
    found = []
    for entry in tomllib.loads(text)["channel"]:
        if entry.get("channel") not in CHANNELS or not entry.get("phrases") or not entry.get("parties"):
            raise CodebookError(
                f"named_channels.toml: give {entry.get('name', 'each channel')} phrases, channel, parties"
            )
        found.append(
            NamedChannel(
                name=entry["name"],
                phrases=tuple(entry["phrases"]),
                channel=entry["channel"],
                parties=frozenset(entry["parties"]),
                via=tuple(entry.get("via", ())),
                since=entry.get("from", 0),
                until=entry.get("until"),
                distinct=entry.get("distinct", False),
            )
        )
    return tuple(found)
