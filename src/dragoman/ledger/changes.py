"""What changed between two days: threads that came, went, or stand differently. Pure functions over the threads as of either day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dragoman.ledger.history import ThreadView
from dragoman.ledger.told import Report

__all__ = ["ThreadChange", "changes_of"]


@dataclass(frozen=True)
class ThreadChange:
    """A thread that is not as it was; ``before`` is ``None`` where it is new, ``after`` where it is no more."""

    before: ThreadView | None
    after: ThreadView | None

    @property
    def view(self) -> ThreadView:
        """The thread as it stands, or stood last."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def kind(self) -> str:
        """``new``, ``gone``, ``state`` (it stands in another one) or ``told`` (more, or other, is told of it)."""
        if self.before is None or self.after is None:
            return "gone" if self.after is None else "new"
        return "state" if self.before.state != self.after.state else "told"

    @property
    def reports(self) -> tuple[Report, ...]:
        """The reports that tell of it now and did not before, by day; where it is gone, those that told of it."""
        old = _reports(self.before)
        new = _reports(self.after)
        found = {k: r for k, r in new.items() if k not in old} if self.after else old
        return tuple(sorted(found.values(), key=lambda r: (r.day.isoformat() if r.day else "9999", r.key)))

    def as_json(self) -> dict[str, Any]:
        """``{"thread", "change", "kind", "parties", "subject", "before", "after", "reports"}``, the states as words."""
        shape = self.view.as_json()
        return {
            "thread": self.view.id,
            "change": self.kind,
            "kind": self.view.kind,
            "parties": list(self.view.parties),
            "subject": shape["subject"],
            "before": self.before.state if self.before else None,
            "after": self.after.state if self.after else None,
            "reports": [r.as_json() for r in self.reports],
        }


def changes_of(before: Iterable[ThreadView], after: Iterable[ThreadView]) -> list[ThreadChange]:
    """The threads that differ, by pair and opening. A thread is the same by its id: the act that opened it, for its pair."""
    old, new = ({v.id: v for v in views} for views in (before, after))
    found = [ThreadChange(old.get(name), new.get(name)) for name in {**old, **new}]
    return sorted(
        (c for c in found if _differ(c)), key=lambda c: (c.view.thread.pair, c.view.thread.opening.order, c.view.id)
    )


def _differ(change: ThreadChange) -> bool:
    if change.before is None or change.after is None:
        return True
    return _shape(change.before) != _shape(change.after)


def _shape(view: ThreadView) -> tuple[Any, ...]:
    return view.state, tuple(a.members for a in view.acts)


def _reports(view: ThreadView | None) -> dict[str, Report]:
    return {t.report.key: t.report for a in view.acts for t in a.members} if view else {}
