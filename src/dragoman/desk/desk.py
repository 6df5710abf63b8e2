"""What the screens share: the open ledger, the questions they ask of it, what is kept, the reader of further pages."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from dragoman.desk.kept import Kept
from dragoman.ledger import Ledger
from dragoman.ledger.looking import Extent, Looking

if TYPE_CHECKING:
    from anyio import CapacityLimiter

    from dragoman.codebook.actors import ActorBook
    from dragoman.desk.accounts import Accounts
    from dragoman.pipeline import Pipeline

__all__ = ["Desk", "actor_book"]

T = TypeVar("T")
#: Pages made at once. Python runs one thread at a time: more of them only wait for each other, and all get their page late.
AT_ONCE = 8


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Desk:
    """One desk on one ledger. ``name`` is what its pages call the ledger; ``accounts`` is ``None`` where nobody need sign in."""

    ledger: Ledger
    name: str
    clock: Callable[[], datetime] = _now
    accounts: Accounts | None = None
    reading: threading.Lock = field(default_factory=threading.Lock)
    """Held while pages are read: the network takes one batch at a time."""

    @cached_property
    def _threads(self) -> CapacityLimiter:
        from anyio import CapacityLimiter

        return CapacityLimiter(AT_ONCE)

    async def aside(self, work: Callable[..., T], *args: Any) -> T:
        """What the work gives, done in a thread; as many at once as get on with it, the others in the order in which they came."""
        from anyio.to_thread import run_sync

        return await run_sync(partial(work, *args), limiter=self._threads)

    @cached_property
    def looking(self) -> Looking:
        """The bounded questions."""
        return Looking(self.ledger)

    @cached_property
    def kept(self) -> Kept:
        """What was derived for earlier pages and still holds."""
        return Kept(self.looking)

    @cached_property
    def pipeline(self) -> Pipeline:
        """The reader of further pages; its network is loaded with the first one."""
        from dragoman.pipeline import Pipeline

        return Pipeline()

    def extent(self) -> Extent:
        """The days of which there are reports."""
        return self.kept.get(("extent",), self.looking.extent)

    def today(self) -> date:
        """The day by the clock."""
        return self.clock().date()


@lru_cache(maxsize=1)
def actor_book() -> ActorBook:
    """The codebook's parties and people."""
    from dragoman.codebook.actors import ActorBook

    return ActorBook.load()
