"""Copies of one story: how much of their words two reports share."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["HASHES", "SHINGLE", "likeness", "signature_of"]

#: Words in a row that are compared. Three survive the cuts and small rewrites of a desk; single words are shared by any two reports of a field.
SHINGLE = 3
#: Min-hashes a report: the standard error of the share is at most 1 / (2 * sqrt(128)) = .044.
HASHES = 128
#: A Mersenne prime above 32 bits: products of two 29-bit numbers stay below 2**63.
PRIME = (1 << 31) - 1


def signature_of(text: str) -> tuple[int, ...]:
    """The min-hashes of the text's shingles (Broder 1997), empty for a text shorter than one; the same on every machine."""
    import numpy as np

    words = re.findall(r"\w+", text.lower())
    if len(words) < SHINGLE:
        return ()
    found = {_hash(" ".join(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1)}
    a, b = _family()
    values = np.fromiter(sorted(found), dtype=np.int64)
    mixed = (a[:, None] * values[None, :] + b[:, None]) % PRIME
    return tuple(int(x) for x in mixed.min(axis=1))


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The estimated share (Jaccard) of the shingles of two texts, from 0 to 1; 0 where one is too short."""
    if not one or not other:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def _hash(words: str) -> int:
    import zlib

    return zlib.crc32(words.encode("utf-8")) & 0x7FFFFFFF


@lru_cache(maxsize=1)
def _family() -> tuple[NDArray[np.int64], NDArray[Any]]:
    """The hash functions x -> a*x + b mod PRIME; from a fixed seed, as signatures are stored and compared across machines."""
    import numpy as np

    random = np.random.RandomState(20210213)
    return (
        random.randint(1, PRIME, HASHES).astype(np.int64),
        random.randint(0, PRIME, HASHES).astype(np.int64),
    )
