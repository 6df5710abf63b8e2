"""How many independent origins stand behind reports: copies of one story, and one official told by one agency, count once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.ledger.copies import likeness
from dragoman.ledger.told import Told

__all__ = ["origins"]

#: Share of common shingles from which two reports are copies, and days within which a story is copied.
COPY = 0.3
COPY_DAYS = 3


def origins(tellings: Iterable[Told]) -> int:
    """The number of independent origins of the tellings."""
    ordered: Sequence[Told] = sorted(tellings, key=lambda t: t.order)
    home = list(range(len(ordered)))
    for i, one in enumerate(ordered):
        for j in range(i):
            if home[i] != home[j] and same_origin(ordered[j], one):
                old, new = max(home[i], home[j]), min(home[i], home[j])
                home = [new if h == old else h for h in home]
    return len(set(home))


def same_origin(one: Told, other: Told) -> bool:
    """Whether two tellings go back to one: the same report, a copy of it, or the same speaker told to the same listener that day."""
    a, b = one.report, other.report
    if a.key == b.key:
        return True
    near = a.day is None or b.day is None or abs((a.day - b.day).days) <= COPY_DAYS
    if not near:
        return False
    if likeness(a.signature, b.signature) >= COPY:
        return True
    wires = {x.lower() for x in (a.agency, a.outlet, *a.relayed) if x} & {
        x.lower() for x in (b.agency, b.outlet, *b.relayed) if x
    }
    said, heard = one.contact.attribution, other.contact.attribution
    speaker = (said.of, (said.source or "").lower()) == (
        heard.of,
        (heard.source or "").lower(),
    ) and said.kind != "outlet"
    return speaker and bool(wires or (said.told and said.told == heard.told))
