"""What is dear to derive, kept for as long as it is true: silence boards, lists of what was answered, counts over the whole ledger.

A value stands under the mark of what the ledger held when it was derived. While others write, a dear value is shown as it was and derived anew
beside; a cheap one is derived at once. The desk's own writes are always seen by the next page (:meth:`Kept.forget`).
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from dragoman.ledger.looking import Looking

__all__ = ["Kept"]

T = TypeVar("T")
Mark = tuple[int, ...]

#: Seconds that a page waits for a value to be derived anew when it has an older one to show.
DEAR = 0.05
#: Values kept: the days and pages that people step through. A page of a board takes some 300 KB.
MOST = 400
#: Seconds for which the mark once asked for is taken to stand: a page asks for several values at once.
MARKED = 0.02
#: Seconds of rest after a dear value was derived beside, as a multiple of what that took: a quarter of a processor goes into all of them at most.
REST = 3.0


@dataclass(frozen=True)
class Value:
    """A value, the mark of what the ledger held, how many seconds it took, and when it was derived."""

    value: Any
    mark: Mark
    took: float
    at: float


class Kept:
    """The values at hand. Safe to use from many threads."""

    def __init__(self, looking: Looking, clock: Callable[[], float] = time.monotonic) -> None:
        self._looking = looking
        self._clock = clock
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._locks: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self._marked: tuple[float, Mark] | None = None
        self._beside = threading.Lock()
        self._rests_until = float("-inf")

    def forget(self) -> None:
        """Derive every value anew when it is next asked for."""
        with self._lock:
            self._values.clear()
            self._marked = None

    def get(self, key: Hashable, derive: Callable[[], T]) -> T:
        """The value of that key, derived where none is at hand or it is no longer true."""
        with self._lock:
            kept = self._values.get(key)
            lock = self._locks.setdefault(key, threading.Lock())
            if kept:
                self._values.move_to_end(key)
        mark = self._mark()
        if kept is not None and kept.mark == mark:
            return cast(T, kept.value)
        if kept is not None and kept.took > DEAR:
            self._begin_anew(key, derive, mark, lock)
            return cast(T, kept.value)
        with lock:
            with self._lock:
                again = self._values.get(key)
            if again is not None and again.mark == mark:
                return cast(T, again.value)
            return self._derive(key, derive, mark)

    def _mark(self) -> Mark:
        marked, now = self._marked, self._clock()
        if marked is not None and now - marked[0] < MARKED:
            return marked[1]
        mark = self._looking.mark()
        self._marked = (self._clock(), mark)
        return mark

    def _begin_anew(self, key: Hashable, derive: Callable[[], Any], mark: Mark, lock: threading.Lock) -> None:
        """Derive a value in a thread of its own, unless one is being derived so or was just now: whoever asks next begins again."""
        if self._clock() < self._rests_until or not self._beside.acquire(blocking=False):
            return
        if not lock.acquire(blocking=False):
            self._beside.release()
            return
        threading.Thread(name="desk-derives", target=self._anew, args=(key, derive, mark, lock), daemon=True).start()

    def _anew(self, key: Hashable, derive: Callable[[], Any], mark: Mark, lock: threading.Lock) -> None:
        began = self._clock()
        try:
            self._derive(key, derive, mark)
        finally:
            ended = self._clock()
            self._rests_until = ended + REST * (ended - began)
            lock.release()
            self._beside.release()

    def _derive(self, key: Hashable, derive: Callable[[], T], mark: Mark) -> T:
        began = self._clock()
        value = derive()
        ended = self._clock()
        with self._lock:
            self._values[key] = Value(value, mark, ended - began, ended)
            while len(self._values) > MOST:
                dropped, _ = self._values.popitem(last=False)
                self._locks.pop(dropped, None)
        return value
