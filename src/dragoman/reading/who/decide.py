"""What the report as a whole says about words that may stand for several parties, or for none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence

from dragoman.codebook.actors import ActorBook, Entry
from dragoman.reading.who.values import Piece

#: Classes whose words name one party whatever stands around them.
_PLAIN = frozenset({"name", "adj", "people", "capital", "seat", "body", "media"})
#: Classes that tell what a report is about: also its provinces and towns.
_ABOUT = _PLAIN - {"media"} | {"part"}
#: A state named less often is not what a report is about.
_FEWEST = 2
#: What a headline names counts so many times.
_HEADLINE = 3
#: How many times as often as the next one it is named.
_AHEAD = 1.5


class Deciders:
    """Decides words by what else the report names."""

    def __init__(
        self, book: ActorBook, pieces: Iterable[Sequence[Piece]], text: str, *, headlines: Container[int] = ()
    ) -> None:
        self._book = book
        self.named: Counter[str] = Counter()
        self._about: Counter[str] = Counter()
        for number, row in enumerate(pieces):
            for piece in row:
                if piece.entry and piece.entry.kind in _PLAIN | {"joint"} and not book.is_common(piece.entry.key):
                    self.named.update(piece.entry.codes)
                if piece.entry and piece.entry.kind in _ABOUT:
                    self._about.update(piece.entry.codes * (_HEADLINE if number in headlines else 1))
        self._text = text

    def home(self) -> tuple[str, ...]:
        """The one state that the report is about: the half of all that it names at least, and well before the next; empty where none stands out."""
        states = [(n, c) for c, n in self._about.items() if self._book.sort(c) == "state"]
        first, second = (*sorted(states, reverse=True), (0, ""), (0, ""))[:2]
        stands_out = (
            first[0] >= _FEWEST and first[0] >= _AHEAD * second[0] and 2 * first[0] >= sum(n for n, _ in states)
        )
        return (first[1],) if stands_out else ()

    def entry(self, entry: Entry) -> tuple[Entry | None, tuple[str, ...]]:
        """The entry as it is meant here (``None``: no party) and, where undecided, the codes that it may stand for."""
        if entry.kind in {"weak", "short"}:
            if not any(self.named[c] for c in entry.codes):
                return None, ()
            return entry._replace(kind="capital" if entry.kind == "weak" else "name"), ()
        if entry.kind == "body" and self._book.is_common(entry.key) and not self.named[entry.codes[0]]:
            return None, ()
        if entry.kind != "ambiguous":
            return entry, ()
        rules = self._book.ambiguous[entry.key]
        code = self._near(rules["near"]) or self._named(entry.codes)
        if code is None and rules["default"]:
            code = entry.codes[0]
        if code is None:
            return entry._replace(kind=entry.what, what="state", codes=()), tuple(c for c in entry.codes if c)
        if code in {"", "none"}:
            return None, ()
        return entry._replace(kind=entry.what, what="state", codes=(code,)), ()

    def _near(self, near: dict[str, list[str]]) -> str | None:
        votes = {code: sum(self._text.count(word) for word in words) for code, words in near.items()}
        best = max(votes, key=lambda c: votes[c], default=None)
        if best is None or not votes[best] or list(votes.values()).count(votes[best]) > 1:
            return None
        return best

    def _named(self, codes: Sequence[str]) -> str | None:
        named = [c for c in codes if c and self.named[c]]
        return named[0] if len(named) == 1 and "" not in codes else None
