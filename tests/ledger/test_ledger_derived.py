"""What is derived as reports come in is what is derived from scratch, on any day, whatever came first."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from dragoman.ledger import Ledger
from dragoman.ledger.history import history_of
from dragoman.ledger.stepping import Steps
from dragoman.ledger.stretches import Reach, anchor_of, cells_of
from dragoman.ledger.thread import Thread
from dragoman.ledger.told import Report, Told, pairs_of
from dragoman.ledger.tracks import runs_of
from dragoman.model import Reading
from tests.ledger.sample_readings import clock, contact, interval, many_readings, reading

#: So small that a few dozen reports make long histories.
SMALL = Reach(whole=12, stretch=4)
DAYS = [date(2020, 12, 31) + timedelta(days=n) for n in (0, 1, 30, 77, 120, 150, 181, 400)]


def told_of(readings: list[Reading], pair: tuple[str, str]) -> list[Told]:
    return [
        Told(Report(r.article.key, r.article.id, r.article.published_day), i, c, n)
        for n, r in enumerate(readings)
        for i, c in enumerate(r.contacts)
        if pair in pairs_of(c) and r.article.published
    ]


def shape(threads: list[Thread]) -> list[object]:
    return [(t.kind, t.opener, t.state, [a.members for a in t.acts], t.changes) for t in threads]


@pytest.mark.parametrize("seed", range(4))
def test_a_history_followed_day_by_day_is_that_derived_from_scratch(seed: int) -> None:
    told = sorted(told_of(many_readings(300, seed=seed), ("PRK", "USA")), key=lambda t: t.order)
    assert len(told) > 15
    steps, known = Steps(("PRK", "USA")), []
    for _, of_day in groupby(told, key=lambda t: t.report.day):
        new = list(of_day)
        known += new
        steps.add(new)
        whole = history_of(("PRK", "USA"), known)
        assert shape(steps.threads) == shape(list(whole.threads))
        assert [a.members for a in steps.acts] == [a.members for a in whole.acts]


@pytest.mark.parametrize("seed", range(6))
def test_the_cuts_followed_day_by_day_are_those_of_each_day(seed: int) -> None:
    choose = random.Random(seed)
    told = [(day := choose.randrange(737_000, 737_200), day - choose.randrange(40)) for _ in range(90)]
    runs = runs_of(told, SMALL)
    for day in range(736_999, 737_202, 7):
        anchors = sorted(a for d, a in told if d <= day)
        standing = sorted(r.cell for r in runs if r.start <= day < r.stop)
        assert standing == (cells_of(anchors, SMALL) if anchors else [])


def test_stretches_cover_all_time_and_hold_few_and_the_later_ones_are_finer() -> None:
    choose = random.Random(1)
    anchors: list[int] = []
    before: list[tuple[int, int]] = []
    for _ in range(200):
        anchors = sorted([*anchors, choose.randrange(737_000, 737_050)])
        cells = cells_of(anchors, SMALL)
        assert all(a.end == b.first for a, b in pairwise(cells))
        for cell in cells:
            held = [a for a in anchors if cell.first <= a < cell.end]
            assert len(held) <= SMALL.stretch or cell.end - cell.first == 1 or len(cells) == 1
            assert not before or any(first <= cell.first and cell.end <= end for first, end in before)
        before = [(c.first, c.end) for c in cells]


def boards(ledger: Ledger, days: list[date]) -> list[list[object]]:
    return [[v.as_json() for v in ledger.silences(as_of=day)] for day in days]


def scratch(ledger: Ledger, days: list[date]) -> list[list[object]]:
    """The boards from all threads of the day, none of which was kept."""
    found = []
    for day in days:
        states = {v.id: v.as_json() for v in ledger.threads(as_of=day) if v.state in {"open", "acknowledged"}}
        found.append([states[k] for k in sorted(states)])
    return found


def without_gaps(board: list[list[object]]) -> list[list[object]]:
    return [
        sorted(({k: v for k, v in row.items() if k != "reading_gaps"} for row in rows), key=lambda x: x["id"])  # type: ignore[attr-defined]
        for rows in board
    ]


def small(place: str) -> Ledger:
    ledger = Ledger.open(place, clock=clock)
    ledger._reach = SMALL
    return ledger


@pytest.mark.parametrize("seed", range(3))
def test_boards_kept_while_reports_come_in_are_those_from_scratch(places: Callable[[], str], seed: int) -> None:
    """In random order, with boards asked for and all settled in between, revised pages, newer readings, earlier first sights."""
    choose = random.Random(seed)
    told = many_readings(60, seed=seed)
    told += [replace(r, reader="1.1", contacts=r.contacts[1:]) for r in choose.sample(told, 6)]
    told += [replace(r, article=replace(r.article, first_seen="2021-01-02")) for r in choose.sample(told, 6)]
    choose.shuffle(told)
    with small(places()) as ledger, small(places()) as fresh:
        for n, r in enumerate(told):
            ledger.enter(r)
            if n % 9 == 8:
                day = choose.choice(DAYS)
                assert without_gaps(boards(ledger, [day])) == without_gaps(scratch(ledger, [day]))
            if n % 25 == 24:
                assert ledger.settle() == 0
        for r in sorted(told, key=lambda r: r.article.key):
            fresh.enter(r)
        expected = boards(fresh, DAYS)
        assert any(expected)
        assert without_gaps(expected) == without_gaps(scratch(fresh, DAYS))
        assert boards(ledger, DAYS) == expected
        ledger.settle()
        assert boards(ledger, DAYS) == expected


def test_emptied_and_derived_anew_the_tables_hold_the_same(places: Callable[[], str]) -> None:
    from dragoman.ledger import derived
    from dragoman.ledger import tables as t

    def rows(ledger: Ledger) -> list[list[tuple[object, ...]]]:
        found = []
        with ledger._store.reading() as conn:
            for table in (t.derived_contact, t.derived_days, t.derived_silence):
                columns = [c for c in table.c if c.name not in {"n", "cell_n"}]
                query = table.select().with_only_columns(*columns)
                found.append(sorted((tuple(r) for r in conn.execute(query)), key=repr))
        return found

    told = many_readings(50, seed=9)
    with small(places()) as ledger:
        assert not ledger.silences()
        for n, r in enumerate(told):
            ledger.enter(r)
            if n % 7 == 0:
                ledger.silences(as_of=DAYS[n % len(DAYS)])
        ledger.settle()
        kept = boards(ledger, DAYS)
        before = rows(ledger)
        with ledger._store.writing() as conn:
            derived.forget(conn)
        assert boards(ledger, DAYS) == kept
        ledger.settle()
        after = rows(ledger)
        assert before[:2] == after[:2]
        assert boards(ledger, DAYS) == kept


def test_what_is_settled_is_looked_up_and_not_derived(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.ledger import filling

    with small(place) as ledger:
        for r in many_readings(30):
            ledger.enter(r)
        assert ledger.settle() == 0
        monkeypatch.setattr(filling, "at_day", lambda *_: pytest.fail("derived again"))
        assert any(boards(ledger, DAYS))


def test_a_further_report_opens_gaps_only_where_it_may_touch(place: str) -> None:
    from dragoman.ledger import filling

    start = date(2019, 1, 1)
    with small(place) as ledger:
        for n in range(60):
            day = start + timedelta(days=10 * n)
            ledger.enter(reading(f"r{n}", day.isoformat(), contact(start=interval(day.isoformat()))))
        ledger.settle()
        ledger.enter(reading("late", "2020-08-30", contact(start=interval("2020-02-01"))))
        with ledger._store.reading() as conn:
            gaps = filling.gaps_of(conn, ("PRK", "USA"))
        assert 1 <= len(gaps) <= 3
        assert all(g.since == date(2020, 8, 30).toordinal() for g in gaps)
        assert all(anchor_of_gap > date(2019, 9, 1) for anchor_of_gap in (date.fromordinal(g.first) for g in gaps))


def test_a_page_of_a_board_is_fetched_alone(place: str) -> None:
    with small(place) as ledger:
        for n in range(120):
            ledger.enter(reading(f"r{n}", "2021-05-01", contact("USA", f"X{n}", start=interval("2021-04-20"))))
        board = ledger.silences(as_of=date(2021, 5, 13))
        assert len(board) == 120
        assert board[-1].id == board[119].id
        assert [v.id for v in board[3:6]] == [board[n].id for n in (3, 4, 5)]
        assert [v.id for v in board] == [board[n].id for n in range(120)]
        with pytest.raises(IndexError):
            board[120]
        assert len({v.id for v in board}) == 120


def test_a_contact_stands_in_its_stretch_at_the_latest_on_the_day_it_was_told() -> None:
    (told,) = told_of([reading("r", "2021-05-01", contact(start=interval("2021-06-01")))], ("PRK", "USA"))
    assert date.fromordinal(anchor_of(told)) == date(2021, 5, 1)
