"""Which reports tell one story: the words that say what a report is about, weighed by how rare they are, and groups of alike reports.

Reports of one story need share no sentence: a desk's rewrite and a rival's own report name the same people, places and things. Copies of one text
are another matter (:mod:`dragoman.ledger.copies`): only they make one origin.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from math import log, sqrt

from dragoman.ledger.subjects import stem

__all__ = ["SAME_STORY", "Profile", "alike", "packed", "profile_of", "stories", "unpacked"]

#: How much each rare word of a report says of it, by the word's hash: of length 1, empty for a report without words.
Profile = Mapping[int, float]

#: Mean likeness from which two groups of reports tell one story. The middle of the range in which B-cubed on the stories of ECB+ (Cybulska and
#: Vossen 2014; one of the two of each topic, as news mostly are of different things) stays within a point of its best: .16 to .23
#: (``python -m training.stories``, November 2026).
SAME_STORY = 0.195
#: What a title's word counts beside one of the text, and a capitalised one beside another: names and titles say most of what a story is.
TITLE, CAPITALISED = 4.0, 2.0
#: News begin with what happened: words of the text that count whole, and what those after them do.
LEAD, AFTER_LEAD = 200, 0.5
#: The rarity of a word counts by this power. With the three above it was chosen on ECB+.
RARITY = 1.25
#: Words kept of a report, the weightiest first; a news report has some two hundred.
KEPT = 300
#: Profiles are stored with a word's hash in four bytes and its weight in one.
STEPS = 255


def profile_of(title: str | None, text: str) -> Profile:
    """What a report is about."""
    weights: dict[str, float] = {}
    for n, word in enumerate(_words(text)):
        _add(weights, word, 1.0 if n < LEAD else AFTER_LEAD)
    for word in _words(title or ""):
        _add(weights, word, TITLE)
    rare = {_hash(w): _damped(n) * _rarity(w) for w, n in weights.items()}
    heaviest = sorted((w for w in rare.items() if w[1] > 0), key=lambda x: (-x[1], x[0]))[:KEPT]
    return _unit(dict(heaviest))


def alike(one: Profile, other: Profile) -> float:
    """How much two reports are about the same, from 0 to 1 (the cosine of their profiles)."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return min(1.0, sum(weight * many[word] for word, weight in few.items() if word in many))


def stories(profiles: Sequence[Profile]) -> list[int]:
    """The story of each report, as the place of its first one: groups join while the mean likeness of their members is enough (average linkage)."""
    import numpy as np

    n = len(profiles)
    likeness = np.full((n, n), -1.0)
    for i in range(n):
        for j in range(i):
            likeness[i, j] = likeness[j, i] = alike(profiles[i], profiles[j])
    home, size = list(range(n)), np.ones(n)
    while n:
        i, j = sorted(divmod(int(likeness.argmax()), n))
        if likeness[i, j] < SAME_STORY or i == j:
            break
        mean = (likeness[i] * size[i] + likeness[j] * size[j]) / (size[i] + size[j])
        mean[likeness[i] < 0] = -1.0
        mean[[i, j]] = -1.0
        likeness[i], likeness[:, i] = mean, mean
        likeness[j], likeness[:, j] = -1.0, -1.0
        size[i] += size[j]
        home = [i if h == j else h for h in home]
    return home


def packed(profile: Profile) -> bytes:
    """The profile in five bytes a word: its hash, and its weight in steps of the heaviest one's."""
    most = max(profile.values(), default=1.0)
    rows = ((word, round(weight / most * STEPS)) for word, weight in sorted(profile.items()))
    return b"".join(word.to_bytes(4, "big") + bytes([steps]) for word, steps in rows if steps)


def unpacked(data: bytes) -> Profile:
    """The profile that :func:`packed` packed."""
    return _unit({int.from_bytes(data[i : i + 4], "big"): float(data[i + 4]) for i in range(0, len(data), 5)})


def _words(text: str) -> list[str]:
    return [
        w.split("'")[0] if w.endswith("'s") else w for w in re.findall(r"[^\W_]+(?:'[a-z]+)?", text.replace("’", "'"))
    ]


def _add(weights: dict[str, float], word: str, weight: float) -> None:
    if len(word) > 1:
        key = stem(word.lower())
        weights[key] = weights.get(key, 0.0) + weight * (CAPITALISED if word[0].isupper() else 1.0)


def _damped(count: float) -> float:
    return 1.0 + log(count) if count >= 1.0 else count


def _rarity(word: str) -> float:
    held, of = _background()
    return float(max(0.0, log((of + 1) / (held.get(word, 1) + 1))) ** RARITY)


def _unit(weights: dict[int, float]) -> Profile:
    length = sqrt(sum(w * w for w in weights.values()))
    return {word: w / length for word, w in weights.items()} if length else {}


def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8"))


@lru_cache(maxsize=1)
def _background() -> tuple[Mapping[str, int], int]:
    """In how many documents each word stands, and of how many (``story_words.tsv``, made by ``training.stories``)."""
    lines = files("dragoman.ledger").joinpath("story_words.tsv").read_text(encoding="utf-8").splitlines()
    held = {word: int(count) for word, count in (line.split("\t") for line in lines)}
    return held, held.pop("")
