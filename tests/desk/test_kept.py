"""What is dear to derive is kept while it is true, and shown as it was while it is derived anew."""

from __future__ import annotations

import threading

from dragoman.desk.kept import DEAR, Kept


class Source:
    """Stands for a ledger: its mark, and a clock."""

    def __init__(self) -> None:
        self.held = 1
        self.now = 0.0

    def mark(self) -> tuple[int, ...]:
        return (self.held,)

    def time(self) -> float:
        self.now += 0.001
        return self.now


def made(source: Source, seconds: float = 0.0):
    calls = []

    def derive() -> str:
        source.now += seconds
        calls.append(source.held)
        return f"value of {source.held}"

    return Kept(source, source.time), derive, calls


def test_a_value_is_derived_once_for_what_the_ledger_holds():
    source = Source()
    kept, derive, calls = made(source)
    assert kept.get("k", derive) == kept.get("k", derive) == "value of 1"
    assert calls == [1]


def test_a_cheap_value_is_derived_at_once_when_the_ledger_holds_more():
    source = Source()
    kept, derive, _calls = made(source)
    kept.get("k", derive)
    source.held, source.now = 2, source.now + 1
    assert kept.get("k", derive) == "value of 2"


def test_a_dear_value_is_shown_as_it_was_and_derived_anew_beside():
    source = Source()
    kept, derive, _calls = made(source, seconds=10 * DEAR)
    kept.get("k", derive)
    source.held, source.now = 2, source.now + 100
    assert kept.get("k", derive) == "value of 1"
    for thread in threading.enumerate():
        if thread.name == "desk-derives":
            thread.join(5)
    assert kept.get("k", derive) == "value of 2"


def test_one_value_at_a_time_is_derived_beside_and_then_comes_a_rest():
    source = Source()
    gate = threading.Event()
    calls = []

    def derive(key: str) -> str:
        calls.append(key)
        source.now += 10 * DEAR
        if source.held > 1:
            gate.wait(5)
        return f"{key} of {source.held}"

    def ended() -> None:
        for thread in threading.enumerate():
            if thread.name == "desk-derives":
                thread.join(5)

    kept = Kept(source, source.time)
    for key in ("a", "b"):
        kept.get(key, lambda key=key: derive(key))
    source.held, source.now = 2, source.now + 100
    assert [kept.get(key, lambda key=key: derive(key)) for key in ("a", "b")] == ["a of 1", "b of 1"]
    gate.set()
    ended()
    assert calls == ["a", "b", "a"]
    kept.get("b", lambda: derive("b"))
    assert calls == ["a", "b", "a"], "it rests"
    source.now += 100
    kept.get("b", lambda: derive("b"))
    ended()
    assert calls == ["a", "b", "a", "b"]


def test_what_the_desk_writes_itself_is_seen_by_the_next_page():
    source = Source()
    kept, derive, _calls = made(source, seconds=10 * DEAR)
    kept.get("k", derive)
    source.held = 2
    kept.forget()
    assert kept.get("k", derive) == "value of 2"


def test_many_who_ask_at_once_wait_for_one():
    source = Source()
    gate = threading.Event()
    calls = []

    def derive() -> int:
        calls.append(1)
        gate.wait(5)
        return 7

    kept = Kept(source, source.time)
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(kept.get("k", derive))) for _ in range(8)]
    for t in threads:
        t.start()
    gate.set()
    for t in threads:
        t.join(5)
    assert found == [7] * 8 and len(calls) == 1
