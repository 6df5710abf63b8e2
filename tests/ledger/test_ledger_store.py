"""The ledger's ground, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dragoman.errors import FormatError, LedgerError
from dragoman.ledger import Ledger
from dragoman.model import Page, Rejection
from tests.ledger.sample_readings import NOON, clock, contact, day, full_reading, interval, many_readings, reading


def threads_of(ledger: Ledger, as_of: date | None = None) -> list[str]:
    return [json.dumps(v.as_json()) for v in ledger.threads(as_of=as_of)]


def test_a_reading_comes_back_whole(place: str) -> None:
    told, page = full_reading(), Page("full", b"<html>the page</html>", url="https://example.org/full")
    with Ledger.open(place, clock=clock) as ledger:
        assert ledger.enter(told, page).new
        back = ledger.stored(page, "1.0")
    assert back == told
    assert back.contacts[0].start.text == "mid-February"
    assert back.contacts[0].attribution.cue == "said"
    assert back.contacts[0].spans == told.contacts[0].spans


def test_entering_again_adds_nothing(place: str) -> None:
    page = Page("full", b"the page")
    with Ledger.open(place, clock=clock) as ledger:
        first = ledger.enter(full_reading(), page)
        before = list(ledger.dump())
        second = ledger.enter(full_reading(), page)
        assert (first.new, second.new) == (True, False)
        assert first.report_key == second.report_key
        assert list(ledger.dump()) == before


def test_a_page_is_known_only_to_the_reader_that_read_it(place: str) -> None:
    page = Page("full", b"the page")
    with Ledger.open(place, clock=clock) as ledger:
        ledger.enter(full_reading(), page)
        assert ledger.stored(page, "1.1") is None
        assert ledger.stored(replace(page, published="2021-03-15"), "1.0") is None
        assert ledger.stored(Page("full", b"another page"), "1.0") is None


def test_a_refusal_is_kept_once_and_not_tried_again(place: str) -> None:
    refusal, page = Rejection("noise", "pages", "binary", "starts with a null byte"), Page("noise", b"\0\1")
    with Ledger.open(place, clock=clock) as ledger:
        assert ledger.reject(refusal, page, reader="1.0")
        assert not ledger.reject(refusal, page, reader="1.0")
        assert ledger.stored(page, "1.0") == refusal
        assert ledger.stored(page, "1.1") is None
        assert [r.as_json()["reason"] for r in ledger.rejections()] == ["binary"]


def test_the_order_of_arrival_does_not_matter(places: Callable[[], str]) -> None:
    told = many_readings(25)
    dumps, histories = set(), set()
    shuffles = 20 if "://" not in (first := places()) else 5
    for n in range(shuffles):
        random.Random(n).shuffle(told)
        with Ledger.open(first if n == 0 else places(), clock=clock) as ledger:
            for r in told:
                ledger.enter(r)
            dumps.add("\n".join(ledger.dump()))
            histories.add("\n".join(threads_of(ledger)))
    assert len(dumps) == 1
    assert len(histories) == 1
    assert len(dumps.pop().splitlines()) > 100


def test_both_databases_give_the_same_dump(tmp_path: Path, server: str, request: pytest.FixtureRequest) -> None:
    from tests.ledger.conftest import new_place

    dumps = []
    for kind in ("sqlite", "postgresql"):
        with Ledger.open(new_place(kind, tmp_path, request), clock=clock) as ledger:
            for r in many_readings(20):
                ledger.enter(r)
            dumps.append(list(ledger.dump()))
    assert dumps[0] == dumps[1]


def test_a_report_seen_on_two_days_keeps_the_earlier_whatever_came_first(places: Callable[[], str]) -> None:
    early, late = (reading("r", None, contact(), first_seen=s) for s in ("2021-02-01", "2021-02-09"))
    dumps = []
    for order in ((early, late), (late, early)):
        with Ledger.open(places(), clock=clock) as ledger:
            for r in order:
                ledger.enter(r)
            dumps.append(list(ledger.dump()))
            assert len(ledger.threads(as_of=day("2021-02-03"))) == 1
            assert not ledger.threads(as_of=day("2021-01-31"))
    assert dumps[0] == dumps[1]


def test_a_view_as_published_is_that_of_a_ledger_without_the_later_reports(places: Callable[[], str]) -> None:
    told = many_readings(40, seed=7)
    days = sorted({r.article.published_day for r in told if r.article.published})[::6]
    with Ledger.open(places(), clock=clock) as whole:
        for r in told:
            whole.enter(r)
        for moment in days:
            with Ledger.open(places(), clock=clock) as part:
                for r in told:
                    stamp = r.article.published or r.article.first_seen
                    if stamp and stamp[:10] <= moment.isoformat():
                        part.enter(r)
                assert threads_of(whole, moment) == threads_of(part, moment)
                gaps = [v.as_json() for v in whole.silences(as_of=moment)]
                assert gaps == [v.as_json() for v in part.silences(as_of=moment)]


def test_a_view_as_recorded_holds_what_was_known_at_that_time(place: str) -> None:
    now = [NOON]
    with Ledger.open(place, clock=lambda: now[0]) as ledger:
        ledger.enter(reading("a", "2021-05-01", contact(start=interval("2021-04-20"))))
        now[0] += timedelta(hours=1)
        ledger.enter(reading("b", "2021-04-01", contact("KOR", "PRK", start=interval("2021-03-20"))))
        assert [r.id for r in ledger.reports(as_recorded=NOON + timedelta(minutes=1))] == ["a"]
        assert [v.parties for v in ledger.threads(as_recorded=NOON + timedelta(minutes=1))] == [("USA", "PRK")]
        assert len(ledger.threads(as_recorded=NOON + timedelta(hours=2))) == 2
        assert not ledger.threads(as_recorded=NOON - timedelta(minutes=1))


def test_the_day_printed_counts_not_the_day_in_universal_time(place: str) -> None:
    with Ledger.open(place, clock=clock) as ledger:
        ledger.enter(reading("seoul", "2021-05-02T01:00+09:00", contact()))
        assert not ledger.threads(as_of=day("2021-05-01"))
        assert ledger.threads(as_of=day("2021-05-02"))


def test_a_report_that_nothing_dates_enters_no_published_view_and_is_counted(place: str) -> None:
    with Ledger.open(place, clock=clock) as ledger:
        ledger.enter(reading("undated", None, contact()))
        assert not ledger.threads()
        assert not ledger.reports()
        assert ledger.undated() == 1
        assert len(ledger.threads(as_recorded=NOON)) == 1


def test_a_newer_reader_supersedes_from_the_time_it_was_recorded(place: str) -> None:
    now = [NOON]
    with Ledger.open(place, clock=lambda: now[0]) as ledger:
        ledger.enter(reading("r", "2021-05-01", contact(), reader="1.9"))
        now[0] += timedelta(hours=1)
        ledger.enter(reading("r", "2021-05-01", contact("KOR", "PRK"), reader="1.10"))
        ledger.enter(reading("r", "2021-05-01", contact("JPN", "PRK"), reader="1.2"))
        assert [v.parties for v in ledger.threads()] == [("KOR", "PRK")]
        assert [v.parties for v in ledger.threads(as_recorded=NOON)] == [("USA", "PRK")]


def test_what_a_person_coded_stands_before_what_a_program_read(places: Callable[[], str]) -> None:
    coded = {
        "report": {
            "id": "r",
            "outlet": "Test Wire",
            "title": "Report r",
            "published": "2021-05-01",
            "body": "Report r tells what was done.",
        },
        "contacts": [{"from": ["JPN"], "to": ["PRK"], "act": "overture", "status": "attempted"}],
    }
    read = reading("r", "2021-05-01", contact(), reader="9.9")
    for order in (0, 1):
        with Ledger.open(places(), clock=clock) as ledger:
            for step in ((0, 1), (1, 0))[order]:
                ledger.enter_coded(coded, coder="Ann") if step else ledger.enter(read)
            assert len(ledger.reports()) == 1
            (known,) = ledger.contacts()
            assert known.as_json()["coder"] == "Ann"
            assert known.as_json()["from"] == ["JPN"]


def test_coded_contacts_need_a_coder_and_a_source(place: str) -> None:
    bare = {
        "report": {"id": "r", "outlet": "Test Wire"},
        "contacts": [{"from": ["JPN"], "to": ["PRK"], "act": "overture", "status": "done"}],
    }
    with Ledger.open(place, clock=clock) as ledger:
        with pytest.raises(FormatError, match="coder"):
            ledger.enter_coded(bare)
        with pytest.raises(FormatError, match="source"):
            ledger.enter_coded({**bare, "report": {"id": "r"}}, coder="Ann")
        with pytest.raises(FormatError, match="done, ongoing"):
            ledger.enter_coded({**bare, "contacts": [{**bare["contacts"][0], "status": "perhaps"}]}, coder="Ann")
        with pytest.raises(FormatError, match="adress"):
            ledger.enter_coded({**bare, "contacts": [{**bare["contacts"][0], "adress": "x"}]}, coder="Ann")
        assert not list(ledger.dump())


def test_a_revised_page_takes_the_place_of_the_earlier_one_from_its_day(places: Callable[[], str]) -> None:
    url = "https://example.org/story"
    first = reading("v1", "2021-05-01", contact(), url=url, body="First the envoy wrote.")
    second = reading("v2", "2021-05-04", contact("KOR", "PRK"), url=url, body="Correction: another envoy wrote.")
    for order in ((first, second), (second, first)):
        with Ledger.open(places(), clock=clock) as ledger:
            for r in order:
                ledger.enter(r)
            assert [v.parties for v in ledger.threads(as_of=day("2021-05-03"))] == [("USA", "PRK")]
            assert [v.parties for v in ledger.threads(as_of=day("2021-05-04"))] == [("KOR", "PRK")]


def test_one_title_over_two_stories_is_two_reports(place: str) -> None:
    with Ledger.open(place, clock=clock) as ledger:
        ledger.enter(
            reading(
                "a",
                "2021-05-01",
                contact(),
                title="Briefing",
                body="The first briefing spoke of letters sent north in spring.",
            )
        )
        ledger.enter(
            reading(
                "b",
                "2021-05-09",
                contact(),
                title="Briefing",
                body="A week on, other questions: grain, ships and fees.",
            )
        )
        assert len(ledger.reports()) == 2


def test_a_report_that_cannot_go_in_whole_does_not_go_in(place: str) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    told = full_reading()
    broken = replace(told, contacts=(*told.contacts, replace(told.contacts[0], reply=None)))
    with Ledger.open(place, clock=clock) as ledger:
        before = list(ledger.dump())
        with pytest.raises((LedgerError, SQLAlchemyError, FormatError)):
            ledger.enter(broken)
        assert list(ledger.dump()) == before


def test_a_board_kept_from_before_is_that_of_a_fresh_ledger(places: Callable[[], str]) -> None:
    told = many_readings(30, seed=5)
    last, middle = day("2021-06-30"), day("2021-03-31")
    with Ledger.open(places(), clock=clock) as ledger:
        for r in told[:20]:
            ledger.enter(r)
        boards = [[v.as_json() for v in ledger.silences(as_of=d)] for d in (last, middle, last, middle)]
        assert boards[:2] == boards[2:]
        assert boards[0] != boards[1]
        for r in told[20:]:
            ledger.enter(r)
        with Ledger.open(places(), clock=clock) as fresh:
            for r in told:
                fresh.enter(r)
            for moment in (last, middle):
                found = [v.as_json() for v in ledger.silences(as_of=moment)]
                assert found == [v.as_json() for v in fresh.silences(as_of=moment)]
                states = {v.id: v.state for v in fresh.threads(as_of=moment)}
                assert {v["id"]: v["state"] for v in found} == {
                    k: s for k, s in states.items() if s in {"open", "acknowledged"}
                }


def test_show_gives_the_words_behind_a_thread(place: str) -> None:
    with Ledger.open(place, clock=clock) as ledger:
        ledger.enter(full_reading())
        (view,) = ledger.threads()
        shown = ledger.show(view.id[:8])
        assert shown["what"] == "thread"
        quotes = {q["field"]: q for e in shown["evidence"] for q in e["quotes"]}
        body = shown["evidence"][0]["body"]
        assert quotes["start"]["exact"] == body[57:73]
        assert body.count(quotes["start"]["prefix"] + quotes["start"]["exact"] + quotes["start"]["suffix"]) == 1
        assert ledger.show("full#0")["what"] == "contact"
        with pytest.raises(LedgerError, match="nothing"):
            ledger.show("ffffffffffff")


def test_search_finds_all_the_words_and_lets_no_query_language_through(place: str) -> None:
    with Ledger.open(place, clock=clock) as ledger:
        ledger.enter(full_reading())
        assert [r.id for r in ledger.search("pyongyang february")] == ["full"]
        assert not ledger.search("pyongyang tuesday")
        assert not ledger.search('"')
        assert not ledger.search('x" OR body:"pyongyang')
        assert not ledger.search("  ")


def _enter_all(place: str, until: int) -> None:
    with Ledger.open(place, clock=clock) as ledger:
        for r in many_readings(until):
            ledger.enter(r, Page(r.article.id, r.article.body.encode()))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_at_any_instant_the_next_run_carries_on(places: Callable[[], str]) -> None:
    """The writer is killed dozens of times at random; at the end the ledger is that of one clean run."""
    place, number = places(), 60
    kills = 40 if "://" not in place else 12
    with Ledger.open(clean := places(), clock=clock):
        pass
    _enter_all(clean, number)
    with Ledger.open(place, clock=clock):
        pass
    choose = random.Random(3)
    fork = multiprocessing.get_context("fork")
    landed = 0
    for _ in range(kills):
        writer = fork.Process(target=_enter_all, args=(place, number))
        writer.start()
        time.sleep(choose.random() * 0.12)
        if writer.is_alive() and writer.pid:
            os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        landed += writer.exitcode == -signal.SIGKILL
    assert landed > kills / 2
    with Ledger.open(place, clock=clock) as ledger, Ledger.open(clean, clock=clock) as whole:
        lines = set(whole.dump())
        # What stands there is whole: with each reading all of its contacts.
        held = {r.key: r for r in ledger.reports(as_recorded=NOON)}
        told = {r.article.key: r for r in many_readings(number)}
        for known in ledger.contacts(as_recorded=NOON):
            assert known.told.report.key in told
        assert held.keys() <= told.keys()
        assert len([x for x in ledger.dump() if x not in lines]) <= len(held)
    _enter_all(place, number)
    with Ledger.open(place, clock=clock) as ledger, Ledger.open(clean, clock=clock) as whole:
        assert list(ledger.dump()) == list(whole.dump())


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_several_writers_at_once_lose_and_double_nothing(places: Callable[[], str]) -> None:
    place, clean = places(), places()
    for p in (place, clean):
        with Ledger.open(p, clock=clock):
            pass
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_enter_all, args=(place, 25)) for _ in range(3)]
    for w in writers:
        w.start()
    with Ledger.open(place, clock=clock) as reader:
        seen = [len(reader.threads(as_recorded=NOON)) for _ in range(5)]
    for w in writers:
        w.join()
        assert w.exitcode == 0
    _enter_all(clean, 25)
    with Ledger.open(place, clock=clock) as ledger, Ledger.open(clean, clock=clock) as whole:
        assert list(ledger.dump()) == list(whole.dump())
        assert max(seen) <= len(ledger.threads(as_recorded=NOON)) * 3


def test_the_clock_is_kept_in_universal_time(place: str) -> None:
    from datetime import timezone

    with Ledger.open(place, clock=lambda: datetime(2021, 6, 1, 21, tzinfo=timezone(timedelta(hours=9)))) as ledger:
        ledger.reject(Rejection("a", "pages", "empty"))
        assert ledger.rejections()[0].recorded == datetime(2021, 6, 1, 12, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
