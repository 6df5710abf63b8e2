"""Whether two names may be one person's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

__all__ = ["persons_alike", "tokens"]


@lru_cache(maxsize=65536)
def tokens(name: str) -> tuple[str, ...]:
    """The name's parts in lower case, hyphens parted, without initials: reports write "Kim Jong Un" and "Kim Jong-un"."""
    return tuple(w for w in re.findall(r"[^\W\d_]+", name.lower()) if len(w) > 1)


def persons_alike(mine: Iterable[str], theirs: Iterable[str]) -> float | None:
    """1 where the two lists share a person, 0 where they may, -1 where they name others; ``None`` where one names nobody."""
    a, b = [tokens(n) for n in mine if tokens(n)], [tokens(n) for n in theirs if tokens(n)]
    if not a or not b:
        return None
    return max(_alike(x, y) for x in a for y in b)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if set(one) <= set(other) or set(other) <= set(one):
        return 1.0
    if one[-1] != other[-1]:
        return -1.0
    # One surname with other given names: "Joe" and "Joseph" may be one person, "Ann" and "Joseph" rather not, but spellings differ.
    return 1.0 if one[0][0] == other[0][0] else 0.0
