"""Which acts answer each other: the threads between one pair, in the order in which things happened.

Each act, in its turn, goes on a thread that stands or opens one. How well it goes is a score of what the two have in common (:func:`link`); what it
does to the thread's state is GUIDE.md's "threads".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dragoman.ledger.acts import Act
from dragoman.ledger.merge import ANSWERS
from dragoman.ledger.spans import days_between
from dragoman.ledger.subjects import answer_told, names_line
from dragoman.ledger.thread import SILENT, Change, Thread, link, told_apart, whole
from dragoman.ledger.told import Pair

__all__ = ["threads_of"]

#: The first talks of a pair in so many days answer an offer to talk, whatever they were about.
FIRST_TALKS, FIRST_TALKS_DAYS = 1.5, 180
#: An offer that tells no subject and no day is the standing one again.
NOTHING_ELSE = 1.0
#: How much an act must have in common with a thread to go on with it, to answer it, and so on; set by hand, as in merge.py.
CONTINUES, ANSWERS_IT, ROUND, BREAKS, AGREES, JOINS = 1.0, 0.0, 1.5, 1.0, 1.0, 2.0
#: A daily line: calls left unanswered further apart than this had answered ones between them.
LINE_DAYS = 31
#: A thread that is answered or closed and has had no act for so long takes none any more.
FORGOTTEN = timedelta(days=2 * 366)
OPENS = frozenset({"done", "attempted", "ongoing", "disputed"})


def threads_of(pair: Pair, acts: Iterable[Act]) -> list[Thread]:
    """The threads between the pair, in the order in which they were opened. ``acts`` come in the order in which they happened."""
    builder = _Builder(pair)
    for act in acts:
        builder.take(act)
    return builder.threads


def on_line(act: Act) -> bool:
    """Whether the act is one of a standing line of communication: a call over it, its cutting, its restoring."""
    return "hotline" in act.channels and act.group in {"exchange", "agreement", "breakdown"}


class _Builder:
    """Puts the acts of one pair on threads."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.threads: list[Thread] = []
        #: The threads to which an act may still be put: those that wait, and those that had an act not long ago.
        self._standing: list[Thread] = []
        #: The line's last thread, and the last day of talks held.
        self._current: Thread | None = None
        self._talked: date | None = None

    def take(self, act: Act) -> None:
        """Put one act, no earlier than those before it, where it belongs."""
        self._forget(act)
        self._put(act)
        if act.group in {"exchange", "agreement"} and act.held:
            until = whole(act).last
            self._talked = max((d for d in (self._talked, until) if d), default=None)

    def _forget(self, act: Act) -> None:
        """Leave behind what ended so long ago that nothing is put to it any more."""
        day = act.when.first or act.when.last
        if day is None or day.toordinal() <= FORGOTTEN.days:
            return
        self._standing = [
            t for t in self._standing if t.state in SILENT or t.days.last is None or t.days.last > day - FORGOTTEN
        ]

    def _put(self, act: Act) -> None:
        if on_line(act):
            self._line(act)
        else:
            getattr(self, f"_{act.group}")(act)

    def _open(self, kind: str, act: Act, state: str = "open") -> Thread:
        thread = Thread(kind, self.pair, act, act.side(self.pair))
        thread.turn(state, act)
        self.threads.append(thread)
        self._standing.append(thread)
        if kind == "line" and on_line(act):
            self._current = thread
        return thread

    def _best(self, act: Act, among: Iterable[Thread], least: float) -> Thread | None:
        """The thread that the act goes with best, the later one of two equal."""
        scored = [(link(act, t), i, t) for i, t in enumerate(among)]
        best = max(scored, key=lambda x: (round(x[0], 6), x[1]), default=None)
        return best[2] if best and best[0] >= least else None

    # ------------------------------------------------------------------------------------------------ the groups

    def _address(self, act: Act) -> None:
        """An overture, proposal or message restates one that waits for its answer, or opens a thread; a plan to make one does neither."""
        if act.status not in OPENS:
            return
        if act.act == "mediation" and all(t.contact.reply == "not_stated" for t in act.members):
            # A go-between's work is part of the rounds that it brings about; nobody is told to owe it an answer.
            found = self._best(act, [t for t in self._standing if t.state != "closed"], ROUND)
            if found:
                found.add(act)
                return
            if act.held:
                self._open("round", act, "accepted")
                return
        waiting = [
            t
            for t in self._standing
            if t.kind == "overture" and t.state in SILENT and t.opener == act.side(self.pair) and not told_apart(act, t)
        ]
        bonus = NOTHING_ELSE if not act.subject and act.start.first is None else 0.0
        thread = self._best(act, waiting, CONTINUES - bonus) or self._best(act, self._troubled_lines(act), JOINS)
        if thread is None:
            thread = self._open("overture", act)
        else:
            thread.add(act)
        self._replies(act, thread)

    def _troubled_lines(self, act: Act) -> list[Thread]:
        if not any(names_line(t.contact.about) for t in act.members):
            return []
        return [t for t in self._standing if t.kind == "line" and t.state != "accepted"]

    def _replies(self, act: Act, thread: Thread) -> None:
        """The answers that reports tell with the act itself; none does not undo one."""
        answers = [t for t in act.members if t.contact.reply in ANSWERS]
        for told in sorted(answers, key=lambda t: (t.contact.reply_as_of or t.report.day or date.max, t.order)):
            self._answered(thread, Change(told.contact.reply_as_of or told.report.day, told.contact.reply, told))

    def _answered(self, thread: Thread, change: Change) -> None:
        if change.state == "acknowledged" and thread.state not in SILENT:
            return
        thread.change(change)

    def _reply(self, act: Act) -> None:
        """An answer goes to what it answers: parties reversed, the same report, subject, channel."""
        if not act.held:
            return
        side = act.side(self.pair)
        asked = [t for t in self._standing if t.opener is None or side is None or t.opener != side]
        told = next((s for t in act.members if (s := answer_told(t.contact.about, t.contact.plover))), None)
        thread = self._best(act, [t for t in asked if t.state != "closed"], ANSWERS_IT)
        if thread is None:
            thread = self._open("overture", act, told or "acknowledged")
            thread.opener = next((c for c in self.pair if c != side), None) if side else None
            return
        thread.add(act)
        state = told or (thread.state if thread.state in ANSWERS else "acknowledged")
        self._answered(thread, Change(act.when.last or act.members[0].report.day, state, act.members[0]))

    def _exchange(self, act: Act) -> None:
        """A call or meeting answers an overture or is a round of talks; a call that nobody took is an overture."""
        if act.status in {"attempted", "disputed"} and not act.held:
            if any(t.contact.reply == "none" for t in act.members) or act.status == "attempted":
                self._address(act)
            return
        if act.status not in {"done", "ongoing", "planned"}:
            return
        planned = act.status == "planned"
        standing = [t for t in self._standing if t.kind in {"overture", "round"} and (planned or t.state != "closed")]
        first = self._first_talks(act)
        scored = [(link(act, t) + FIRST_TALKS * (first and _asks_to_talk(t)), i, t) for i, t in enumerate(standing)]
        best = max(scored, key=lambda x: (round(x[0], 6), x[1]), default=None)
        if best is None or best[0] < ROUND:
            self._open("round", act, "accepted")
            return
        thread = best[2]
        thread.add(act)
        for other in [thread, *(t for t in standing if first and not planned and t is not thread and _asks_to_talk(t))]:
            if other.state in SILENT and _after(act, other.opening):
                other.answered_by(act, "acknowledged" if other.opening.act == "proposal" else "accepted")

    def _first_talks(self, act: Act) -> bool:
        """Whether no other talks between the pair are known to have been held in the months before."""
        day = act.when.first or act.when.last
        return self._talked is None or (day is not None and (day - self._talked).days > FIRST_TALKS_DAYS)

    def _agreement(self, act: Act) -> None:
        """What both commit to answers what was asked for."""
        if not act.held:
            thread = self._best(act, [t for t in self._standing if t.state != "closed"], ROUND)
            if thread:
                thread.add(act)
            return
        thread = self._best(act, [t for t in self._standing if t.state != "closed"], AGREES)
        if thread is None:
            self._open("round", act, "accepted")
            return
        thread.add(act)
        thread.answered_by(act, "accepted")
        self._also_answered(act, thread)

    def _also_answered(self, act: Act, thread: Thread) -> None:
        """Other offers that a report tells as leading to the agreement are answered by it too."""
        for other in self._standing:
            if other is not thread and other.state in SILENT and other.kind == "overture" and link(act, other) >= JOINS:
                other.answered_by(act, "accepted")

    def _breakdown(self, act: Act) -> None:
        """What was cut off is closed; a cut of which nothing before is told is a thread of its own."""
        if act.status not in {"done", "ongoing", "planned", "disputed"}:
            return
        thread = self._best(act, [t for t in self._standing if t.state != "closed"], BREAKS)
        if thread is None:
            if not act.doubted:
                self._open("line", act, "closed")
            return
        thread.add(act)
        if not act.doubted:
            thread.turn("closed", act)

    # -------------------------------------------------------------------------------------------------- the line

    def _line(self, act: Act) -> None:
        """A line's troubles are threads: from the cut or the first call left unanswered to its restoring."""
        if act.status in {"conditional", "not_done"}:
            return
        current = next(
            (t for t in reversed(self.threads) if t.kind == "line" and any(on_line(a) for a in t.acts)), None
        )
        {"exchange": self._line_call, "agreement": self._line_restored, "breakdown": self._line_cut}[act.group](
            act, current
        )

    def _line_call(self, act: Act, current: Thread | None) -> None:
        if act.status == "planned":
            return
        if act.held:
            if current is None:
                self._open("line", act, "accepted")
                return
            current.add(act)
            if current.state in SILENT and all(_after(act, a) for a in current.acts if a is not act and not a.held):
                current.turn("accepted", act)
        elif current is not None and current.state != "accepted" and _near(current, act):
            current.add(act)
        else:
            self._open("line", act)

    def _line_cut(self, act: Act, current: Thread | None) -> None:
        if current is not None and current.state != "accepted" and _near(current, act):
            current.add(act)
            if not act.doubted:
                current.turn("closed", act)
        else:
            self._open("line", act, "closed")

    def _line_restored(self, act: Act, current: Thread | None) -> None:
        if act.status == "planned":
            if current is not None:
                current.add(act)
            return
        if current is not None and (current.state != "accepted" or _near(current, act)):
            current.add(act)
            current.turn("accepted", act)
            self._also_answered(act, current)
            return
        waiting = [t for t in self._standing if t.kind == "overture" and t.state in SILENT]
        thread = self._best(act, waiting, ROUND)
        if thread is None:
            self._open("line", act, "accepted")
            return
        thread.add(act)
        thread.turn("accepted", act)


def _asks_to_talk(thread: Thread) -> bool:
    """Whether the thread waits for an answer to an offer of talks, or to a call."""
    return thread.kind == "overture" and thread.state in SILENT and thread.opening.act in {"overture", "call"}


def _after(act: Act, earlier: Act) -> bool:
    """Whether an act came on a later day than another did, or may have where its day is not told."""
    if act.when.last is None or earlier.when.last is None:
        return True
    last = earlier.last.last or earlier.last.first or earlier.when.last
    if earlier.when.first and act.when.first:
        return act.when.last > min(last, max(earlier.when.last, last)) or (act.start.first is None)
    return act.when.last >= earlier.when.first if earlier.when.first else True


def _near(thread: Thread, act: Act) -> bool:
    gap = days_between(whole(thread.last), act.when)
    return gap is None or gap <= LINE_DAYS
