"""A history followed from day to day: as published by each of many days, at the cost of what each day changed.

The same rules as :func:`dragoman.ledger.history.history_of`, and the same result at every step (held by a test): only what a further contact
may touch is worked out again. Contacts that nothing links are grouped apart, so a contact touches the groups that it is linked with; acts go on
threads in the order in which they happened, so an act touches those from its own place on.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dragoman.ledger.acts import Act
from dragoman.ledger.merge import ENOUGH, Score, groups, same_act
from dragoman.ledger.thread import SILENT, Thread
from dragoman.ledger.threads import _Builder
from dragoman.ledger.told import Pair, Told

__all__ = ["Scores", "Steps"]

#: Acts between two kept states of the threads. A state costs as much to keep as an act to place.
EVERY = 8
#: Scores remembered at a time: some 50 MB.
MOST = 200_000


class Scores:
    """Remembers the score of two contacts, and the act that some tell: they depend on these alone.

    Holds on to the contacts, which it tells apart as objects.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Score] = {}
        self._held: dict[int, Told] = {}
        self._acts: dict[tuple[int, ...], Act] = {}

    def __call__(self, one: Told, other: Told) -> Score:
        """As :func:`~dragoman.ledger.merge.same_act`."""
        a, b = id(one), id(other)
        at = (a, b) if a < b else (b, a)
        found = self._known.get(at)
        if found is None:
            if len(self._known) >= MOST:
                self._known, self._held, self._acts = {}, {}, {}
            whole = same_act(one, other)
            # The reasons are for people and take ten times the room.
            found = self._known[at] = Score(whole.total, (), whole.veto)
            self._held[a], self._held[b] = one, other
        return found

    def act(self, members: tuple[Told, ...]) -> Act:
        """The act that the contacts tell, the same object as before: what it worked out of itself is kept."""
        names = tuple(map(id, members))
        if names not in self._acts:
            self._acts[names] = Act(members)
        return self._acts[names]


class Steps:
    """The history of a pair's contacts while more of them become known."""

    def __init__(self, pair: Pair, scores: Scores | None = None) -> None:
        self.pair = pair
        self._scores = scores or Scores()
        #: Which contacts hang together by links, those of each lump, and the acts that each lump makes.
        self._lump: dict[int, int] = {}
        self._held: dict[str, list[Told]] = {}
        self._members: dict[int, list[Told]] = {}
        self._made: dict[int, list[Act]] = {}
        self._numbers = 0
        self.acts: list[Act] = []
        self._builder = _Builder(pair)
        self._kept: list[tuple[int, _Builder]] = [(0, _copy(self._builder))]

    @property
    def threads(self) -> list[Thread]:
        """The threads as they stand; a further step makes new ones."""
        return self._builder.threads

    def silent(self) -> list[Thread]:
        """Those that wait for an answer."""
        return [t for t in self._builder.threads if t.state in SILENT]

    def add(self, contacts: Iterable[Told]) -> None:
        """Take in contacts that became known."""
        touched: set[int] = set()
        for told in contacts:
            touched.add(self._place(told))
        for lump in touched & self._members.keys():
            self._made[lump] = [self._scores.act(g) for g in groups(self._members[lump], self._scores)]
        self._follow(sorted((a for made in self._made.values() for a in made), key=lambda a: a.order))

    def _place(self, told: Told) -> int:
        """Put a contact to the lumps that it is linked with, which thereby become one; gives the number of that."""
        others = self._held.setdefault(told.group, [])
        linked = {self._lump[id(o)] for o in others if self._links(told, o)}
        others.append(told)
        self._numbers += 1
        number = self._numbers
        members = [told]
        for lump in linked:
            members += self._members.pop(lump)
            self._made.pop(lump, None)
        self._members[number] = members
        for member in members:
            self._lump[id(member)] = number
        return number

    def _links(self, one: Told, other: Told) -> bool:
        score = self._scores(one, other)
        return score.veto is None and score.total >= ENOUGH

    def _follow(self, acts: list[Act]) -> None:
        """Put the acts on threads, from the first that is another than before."""
        same = next((i for i, (a, b) in enumerate(zip(self.acts, acts, strict=False)) if a is not b), None)
        if same is None:
            same = min(len(self.acts), len(acts))
        while self._kept[-1][0] > same:
            self._kept.pop()
        at, kept = self._kept[-1]
        self._builder = _copy(kept)
        for i in range(at, len(acts)):
            if i - self._kept[-1][0] >= EVERY:
                self._kept.append((i, _copy(self._builder)))
            self._builder.take(acts[i])
        self.acts = acts


def _copy(builder: _Builder) -> _Builder:
    """The same state once more, with threads of its own; acts and tellings, which never change, are shared."""
    twins = {id(t): _twin(t) for t in builder.threads}

    def own(value: Any) -> Any:
        if isinstance(value, Thread):
            return twins.get(id(value), value)
        if isinstance(value, list):
            return [twins.get(id(x), x) for x in value]
        return value.copy() if isinstance(value, set | dict) else value

    found = _Builder.__new__(_Builder)
    found.__dict__.update({k: own(v) for k, v in vars(builder).items()})
    return found


def _twin(thread: Thread) -> Thread:
    found = Thread.__new__(Thread)
    found.__dict__.update({k: v.copy() if isinstance(v, list | set | dict) else v for k, v in vars(thread).items()})
    return found
