"""How many independent origins stand behind reports: copies of one story, and one official told by one agency, count once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from dragoman.ledger.copies import likeness
from dragoman.ledger.stories import SAME_STORY, alike
from dragoman.ledger.told import Report
from dragoman.model import Attribution

__all__ = ["origins", "same_story"]

#: Share of common shingles from which two reports are copies whatever else they say, and days within which a story is copied.
COPY = 0.3
COPY_DAYS = 3
#: A desk that cuts and rewrites leaves at least this much of a text. Of eight pairs of one story in ECB+ that share a tenth to a seventh, six go back
#: to one wire or statement (looked at by hand); below a tenth they share a quoted sentence.
REWRITTEN = 0.1


class Telling(Protocol):
    """What one report says of something, on whose word: a contact or a process."""

    @property
    def report(self) -> Report: ...
    @property
    def attribution(self) -> Attribution: ...
    @property
    def order(self) -> tuple[str, str, int]: ...


def origins(tellings: Iterable[Telling]) -> int:
    """The number of independent origins of the tellings."""
    ordered: Sequence[Telling] = sorted(tellings, key=lambda t: t.order)
    home = list(range(len(ordered)))
    for i, one in enumerate(ordered):
        for j in range(i):
            if home[i] != home[j] and same_origin(ordered[j], one):
                old, new = max(home[i], home[j]), min(home[i], home[j])
                home = [new if h == old else h for h in home]
    return len(set(home))


def same_story(one: Report, other: Report) -> bool:
    """Whether two reports tell one story: much the same people, places and things, within days."""
    return _near(one, other) and alike(one.profile, other.profile) >= SAME_STORY


def same_origin(one: Telling, other: Telling) -> bool:
    """Whether two tellings go back to one: the same report, a copy or rewrite of it, one wire, or the same speaker told to the same listener."""
    a, b = one.report, other.report
    if a.key == b.key:
        return True
    if not _near(a, b):
        return False
    shared = likeness(a.signature, b.signature)
    if shared >= COPY:
        return True
    story, wire = same_story(a, b), _one_wire(a, b)
    if story and (shared >= REWRITTEN or wire):
        return True
    heard_together = wire or _one_desk(a, b) or _same_listener(one, other, story=story)
    return heard_together and _same_speaker(one, other)


def _near(one: Report, other: Report) -> bool:
    return one.day is None or other.day is None or abs((one.day - other.day).days) <= COPY_DAYS


def _one_wire(one: Report, other: Report) -> bool:
    """Whether both were taken from one wire, or one from the other's outlet: a rewrite or translation names it where it shares no words with it."""
    mine, theirs = _taken_from(one), _taken_from(other)
    outlets = {x.outlet.lower() for x in (one, other) if x.outlet}
    return bool(mine & theirs or outlets & mine or outlets & theirs)


def _one_desk(one: Report, other: Report) -> bool:
    return bool(one.outlet and other.outlet and one.outlet.lower() == other.outlet.lower())


def _taken_from(report: Report) -> frozenset[str]:
    own = (report.outlet or "").lower()
    return frozenset(x.lower() for x in (report.agency, *report.relayed) if x) - {own}


def _same_speaker(one: Telling, other: Telling) -> bool:
    said, heard = one.attribution, other.attribution
    if said.kind == "outlet":
        return False
    return (said.of, (said.source or "").lower()) == (heard.of, (heard.source or "").lower())


def _same_listener(one: Telling, other: Telling, *, story: bool) -> bool:
    """Whether both name one listener; in one story a name told and none are one: what is told to one outlet alone, others quote by its name."""
    said, heard = one.attribution.told, other.attribution.told
    return said == heard if said and heard else story and bool(said or heard)
