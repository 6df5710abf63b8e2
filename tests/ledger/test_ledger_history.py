"""One history out of many reports: acts, threads, silences, conflicts."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ledger.copies import likeness, signature_of
from dragoman.ledger.history import History, ThreadView, history_of
from dragoman.ledger.merge import groups, same_act
from dragoman.ledger.origins import origins
from dragoman.ledger.silences import DaysRead, gaps, months_of, silence
from dragoman.ledger.spans import Range
from dragoman.ledger.subjects import answer_told, count_told
from dragoman.ledger.told import Report, Told
from dragoman.model import ACTS, CHANNELS, REPLIES, STATUSES, Attribution, Contact, Interval
from tests.ledger.sample_readings import contact, day, interval

PAIR = ("PRK", "USA")


def report(name: str, published: str, body: str = "", **more: Any) -> Report:
    return Report(key=name, id=name, day=day(published), published=published, signature=signature_of(body), **more)


def told(published: str, *contacts: Contact, name: str | None = None, **more: Any) -> list[Told]:
    of = report(name or f"r{published}", published, **more)
    return [Told(of, i, c) for i, c in enumerate(contacts)]


def history(*reports: list[Told]) -> History:
    return history_of(PAIR, [t for r in reports for t in r])


def states(*reports: list[Told]) -> list[tuple[str, str]]:
    return [(t.kind, t.state) for t in history(*reports).threads]


def letter(first: str | None = "2021-02-10", last: str | None = None, **more: Any) -> Contact:
    start = Interval(day(first), day(last or first), "day") if first or last else None
    return contact(act="message", channel=("letter",), start=start, reply=more.pop("reply", "none"), **more)


# ------------------------------------------------------------------------------------------------------------ merging


def test_two_reports_of_one_letter_are_one_act() -> None:
    (act,) = history(
        told("2021-02-12", letter()), told("2021-03-01", letter("2021-02-08", "2021-02-14", about="a letter on talks"))
    ).acts
    assert len(act.members) == 2
    assert act.start == Range(day("2021-02-10"), day("2021-02-10"))


def test_what_one_report_tells_apart_stays_apart_whatever_others_say() -> None:
    one = told("2021-02-20", letter("2021-02-10"), letter("2021-02-12"), name="a")
    other = told("2021-02-21", letter("2021-02-09", "2021-02-13"), name="b")
    acts = history(one, other).acts
    assert sorted(len(a.members) for a in acts) == [1, 2]


def test_calls_of_other_persons_on_one_day_are_two_acts() -> None:
    leaders = contact(
        act="call", status="done", start=interval("2021-05-12"), channel=("phone",), from_person=("Ann Leader",)
    )
    ministers = contact(
        act="call", status="done", start=interval("2021-05-12"), channel=("phone",), from_person=("Bo Minister",)
    )
    assert len(history(told("2021-05-12", leaders, name="a"), told("2021-05-13", ministers, name="b")).acts) == 2


def test_a_name_in_full_and_its_surname_are_one_person() -> None:
    full = contact(act="call", status="done", start=interval("2021-05-12"), to_person=("Kim Jong Un",))
    short = contact(act="call", status="done", start=interval("2021-05-12"), to_person=("Kim Jong-un",))
    assert len(history(told("2021-05-12", full, name="a"), told("2021-05-13", short, name="b")).acts) == 1


def test_a_plan_and_its_deed_are_one_act_and_the_deed_dates_it() -> None:
    plan = contact(
        act="meeting", status="planned", start=Interval(day("2021-08-31"), None), via=("IRQ",), channel=("in_person",)
    )
    deed = contact(act="meeting", status="done", start=interval("2021-09-21"), via=("IRQ",), channel=("in_person",))
    (act,) = history(told("2021-08-31", plan), told("2021-09-28", deed)).acts
    assert (act.status, act.start.first) == ("done", day("2021-09-21"))


def test_a_counted_run_is_neither_another_number_nor_one_of_it() -> None:
    three = contact(
        act="meeting",
        status="done",
        start=Interval(day("2021-01-01"), day("2021-12-31")),
        about="three rounds of talks",
    )
    four = contact(
        act="meeting", status="done", start=Interval(day("2021-01-01"), day("2021-12-31")), about="four rounds of talks"
    )
    one = contact(act="meeting", status="done", start=interval("2021-05-05"), about="rounds of talks")
    assert len(history(told("2021-08-31", three), told("2022-03-13", four), told("2021-05-06", one)).acts) == 3


def test_an_offer_and_an_answer_are_never_one_act() -> None:
    reply = contact("PRK", "USA", "reply", "done", interval("2021-02-10"))
    assert same_act(told("2021-02-12", letter())[0], told("2021-02-13", reply)[0]).veto == "message and reply"


def test_a_score_says_its_reasons() -> None:
    score = same_act(told("2021-02-12", letter())[0], told("2021-03-01", letter())[0]).as_json()
    assert score["veto"] is None
    assert ["days within 1", 3.0] in score["reasons"]


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("three rounds of talks", 3),
        ("fourth round", None),
        ("one meeting", None),
        ("several calls", 0),
        ("talks", None),
    ],
)
def test_counts_are_read_from_the_subject(phrase: str, count: int | None) -> None:
    assert count_told(phrase) == count


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        ("declined the invitation", "declined"),
        ("refused to accept", "declined"),
        ("agreed to talks", "accepted"),
        ("well received", "acknowledged"),
        ("spoke of the weather", None),
    ],
)
def test_answers_are_read_from_what_the_reply_is_about(phrase: str, answer: str | None) -> None:
    assert answer_told(phrase) == answer


# ------------------------------------------------------------------------------------------------------------ threads


def test_an_overture_without_an_answer_is_open_and_its_silence_a_range() -> None:
    found = history(told("2021-03-14", letter("2021-02-11", "2021-02-20")))
    view = ThreadView(found.threads[0], date(2021, 3, 14)).as_json()
    assert (view["state"], view["silence_days"]) == ("open", [22, 31])
    assert view["changes"][0]["report"] == "r2021-03-14"


def test_an_answer_told_with_the_overture_counts_from_its_report() -> None:
    late = letter(reply="declined", reply_as_of=day("2021-04-01"))
    assert states(told("2021-02-12", letter())) == [("overture", "open")]
    assert states(told("2021-02-12", letter()), told("2021-04-01", late)) == [("overture", "declined")]


def test_hearsay_of_receipt_is_acknowledged_and_goes_on_counting() -> None:
    found = history(told("2021-05-13", letter(reply="acknowledged")))
    view = ThreadView(found.threads[0], date(2021, 5, 13))
    assert (view.state, view.silence_days) == ("acknowledged", (92, 92))


def test_a_later_word_of_no_answer_does_not_undo_one_and_stands_as_a_conflict() -> None:
    first, later = letter(reply="declined", about="talks on arms"), letter(reply="none", about="talks on arms")
    found = history(told("2021-03-01", first), told("2021-06-01", later))
    view = ThreadView(found.threads[0], date(2021, 6, 1)).as_json()
    assert view["state"] == "declined"
    assert [c["field"] for c in view["conflicts"]] == ["reply"]


def test_a_reply_months_later_in_another_report_finds_what_it_answers() -> None:
    offer = contact(
        act="overture", status="done", start=interval("2021-06-21"), about="talks without preconditions on arms"
    )
    other = contact(act="proposal", status="done", start=interval("2021-07-01"), about="vaccines for clinics")
    reply = contact("PRK", "USA", "reply", "done", interval("2021-09-30"), about="rejected the offer of arms talks")
    found = history(told("2021-06-21", offer), told("2021-07-01", other), told("2021-09-30", reply))
    assert {t.opening.about: t.state for t in found.threads} == {
        "talks without preconditions on arms": "declined",
        "vaccines for clinics": "open",
    }


def test_a_reply_read_as_a_rejection_declines_where_its_words_tell_nothing() -> None:
    reply = contact("PRK", "USA", "reply", "done", interval("2021-06-22"), plover="REJECT")
    assert states(told("2021-02-12", letter()), told("2021-06-23", reply)) == [("overture", "declined")]
    bare = contact("PRK", "USA", "reply", "done", interval("2021-06-22"), plover="CONSULT")
    assert states(told("2021-02-12", letter()), told("2021-06-23", bare)) == [("overture", "acknowledged")]


def test_the_side_that_asked_does_not_answer_itself() -> None:
    reply = contact("USA", "PRK", "reply", "done", interval("2021-03-01"), about="rejected the demand")
    found = history(told("2021-02-12", letter()), told("2021-03-01", reply))
    assert found.threads[0].state == "open"


def test_a_restated_offer_continues_the_thread_and_the_silence_counts_from_the_first() -> None:
    offers = [
        told(d, contact(act="overture", status="done", start=interval(d), about="meet anywhere, anytime", reply="none"))
        for d in ("2021-06-21", "2021-07-06", "2021-08-03")
    ]
    found = history(*offers)
    (thread,) = found.threads
    view = ThreadView(thread, date(2021, 8, 4))
    assert (len(thread.acts), view.silence_days, view.since_last_attempt) == (3, (44, 44), (1, 1))


def test_an_offer_after_a_refusal_is_a_thread_of_its_own() -> None:
    first = contact(act="overture", start=interval("2021-02-10"), about="meet on arms", reply="declined", status="done")
    second = contact(act="overture", start=interval("2021-06-10"), about="meet on arms", reply="none")
    assert states(told("2021-03-01", first), told("2021-06-12", second)) == [
        ("overture", "declined"),
        ("overture", "open"),
    ]


@pytest.mark.parametrize("status", ["planned", "conditional", "not_done"])
def test_what_was_not_done_opens_no_thread(status: str) -> None:
    assert states(told("2021-02-12", contact(act="overture", status=status, start=interval("2021-02-20")))) == []


def test_first_talks_in_months_answer_an_offer_to_talk() -> None:
    offer = contact(act="overture", start=interval("2021-02-10"), about="dialogue", reply="none")
    talks = contact(act="meeting", status="done", start=interval("2021-04-02"), about="arms")
    assert states(told("2021-02-12", offer), told("2021-04-02", talks)) == [("overture", "accepted")]


def test_a_call_the_day_before_does_not_answer() -> None:
    offer = contact(act="overture", start=interval("2021-02-10"), about="dialogue", reply="none")
    talks = contact(act="call", status="done", start=interval("2021-02-09"), about="dialogue")
    assert ("overture", "open") in states(told("2021-02-12", offer), told("2021-02-12", talks, name="b"))


def test_an_agreement_answers_the_letters_that_its_report_tells_of() -> None:
    deal = contact("USA", "PRK", "agreement", "done", Interval(None, day("2021-08-03")), about="a line restored")
    assert states(told("2021-08-04", letter("2021-04-01", "2021-04-30", reply="acknowledged"), deal)) == [
        ("overture", "accepted")
    ]


def test_a_report_that_vouches_for_silence_goes_before_talks_that_are_only_put_beside_it() -> None:
    offer = contact(act="overture", start=interval("2021-02-10"), reply="none", reply_as_of=day("2021-05-12"))
    talks = contact(act="agreement", status="done", start=Interval(None, day("2021-05-12")))
    assert states(told("2021-05-13", offer, talks)) == [("overture", "open")]


def hot(first: str, act: str, status: str = "done", **more: Any) -> Contact:
    return contact(act=act, status=status, start=interval(first), channel=("hotline",), **more)


def test_a_line_cut_is_closed_and_restored_is_accepted() -> None:
    cut, back = hot("2020-06-09", "breakdown"), hot("2021-07-27", "agreement")
    assert states(told("2020-06-09", cut)) == [("line", "closed")]
    assert states(told("2020-06-09", cut), told("2021-07-27", back)) == [("line", "accepted")]


def test_calls_left_unanswered_after_that_open_a_thread_that_the_next_restoring_ends() -> None:
    reports = [
        told("2020-06-09", hot("2020-06-09", "breakdown")),
        told("2021-07-27", hot("2021-07-27", "agreement")),
        told("2021-08-10", hot("2021-08-10", "call", "attempted", reply="none")),
    ]
    assert states(*reports) == [("line", "accepted"), ("line", "open")]
    back = told("2021-10-04", hot("2021-10-04", "agreement"))
    assert states(*reports, back) == [("line", "accepted"), ("line", "accepted")]


def test_a_call_answered_in_the_morning_does_not_answer_that_of_the_afternoon() -> None:
    morning, afternoon = hot("2021-08-10", "call"), hot("2021-08-10", "call", "attempted", reply="none")
    assert states(told("2021-08-10", morning, afternoon))[-1] == ("line", "open")


def test_a_cut_that_is_only_guessed_leaves_the_calls_unanswered() -> None:
    calls = hot("2023-04-07", "call", "attempted", reply="none")
    guess = hot("2023-04-08", "breakdown", hedge="alleged")
    assert states(told("2023-04-11", calls, guess)) == [("line", "open")]


def round_(first: str, about: str, act: str = "meeting", status: str = "done") -> Contact:
    return contact(act=act, status=status, start=interval(first), via=("IRQ",), channel=("in_person",), about=about)


def test_rounds_of_talks_are_one_thread_that_a_suspension_closes() -> None:
    held = told(
        "2021-09-22", round_("2021-04-09", "first round of talks"), round_("2021-09-21", "fourth round of talks")
    )
    broken = told(
        "2022-03-13",
        round_("2022-03-13", "fifth round of talks suspended", "breakdown"),
        round_("2022-03-16", "fifth round", status="planned"),
    )
    assert states(held) == [("round", "accepted")]
    assert states(held, broken) == [("round", "closed")]


def test_who_cut_the_ties_told_differently_is_one_act_with_a_conflict() -> None:
    one = contact("USA", "PRK", "breakdown", "done", interval("2016-01-01", "2016-12-31"), about="severed ties")
    other = contact("PRK", "USA", "breakdown", "done", interval("2016-01-01", "2016-12-31"), about="cut ties")
    found = history(told("2022-03-13", one), told("2023-03-10", other))
    (thread,) = found.threads
    assert thread.state == "closed"
    (row,) = found.acts[0].conflicts()
    assert row["field"] == "from"
    assert {v["value"][0]: v["reports"] for v in row["values"]} == {"USA": ["r2022-03-13"], "PRK": ["r2023-03-10"]}


# ------------------------------------------------------------------------------------------------------------ origins

STORY = "Officials said on Friday that the envoy had written to the other side in the middle of the month, and that no answer had come so far. "


def test_copies_of_one_story_count_once() -> None:
    by = {"attribution": Attribution("anonymous", "an official", "USA", "Test Wire")}
    a = told("2021-03-14", letter(**by), name="a", body=STORY * 2 + "A desk in the north added this line at the end.")
    b = told("2021-03-15", letter(**by), name="b", body="Printed elsewhere with a new lead. " + STORY * 2)
    c = told(
        "2021-03-15",
        letter(),
        name="c",
        body="Another paper asked the ministry itself, which confirmed a letter and said little else on it.",
    )
    assert likeness(a[0].report.signature, b[0].report.signature) > 0.3
    assert origins([*a, *b]) == 1
    assert origins([*a, *b, *c]) == 2


def test_one_official_told_by_one_agency_counts_once() -> None:
    by = {"attribution": Attribution("anonymous", "senior official", "USA", "Test Wire")}
    a = told("2021-03-14", letter(**by), name="a", agency="Test Wire")
    b = told("2021-03-14", letter(**by), name="b", agency="Test Wire", outlet="Other")
    assert origins([*a, *b]) == 1


# --------------------------------------------------------------------------------------------------------- properties

DAYS = st.dates(date(2020, 1, 1), date(2022, 1, 1))
MAYBE = st.none() | DAYS


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    first, last = draw(MAYBE), draw(MAYBE)
    return Range(last, first) if first and last and last < first else Range(first, last)


@st.composite
def contacts(draw: st.DrawFn) -> Contact:
    span = draw(ranges())
    a, b = draw(st.permutations(PAIR))
    return contact(
        a,
        b,
        draw(st.sampled_from(ACTS)),
        draw(st.sampled_from(STATUSES)),
        draw(st.sampled_from([None, Interval(span.first, span.last)])),
        channel=(draw(st.sampled_from(CHANNELS)),),
        reply=draw(st.sampled_from(REPLIES)),
        about=draw(st.sampled_from([None, "arms talks", "prisoners", "three rounds of talks", "restore the hotline"])),
        hedge=draw(st.sampled_from(["asserted", "alleged"])),
    )


@st.composite
def reports(draw: st.DrawFn) -> list[Told]:
    found = []
    for n in range(draw(st.integers(1, 6))):
        of = Report(key=f"k{n}", id=f"r{n}", day=draw(MAYBE))
        found += [Told(of, i, c) for i, c in enumerate(draw(st.lists(contacts(), min_size=1, max_size=3)))]
    return found


def shape(found: Iterable[tuple[Told, ...]]) -> list[list[tuple[str, int]]]:
    return sorted(sorted((t.report.key, t.place) for t in g) for g in found)


@settings(max_examples=150, deadline=None)
@given(reports(), st.randoms(use_true_random=False))
def test_groups_part_the_contacts_the_same_in_any_order_and_keep_apart_what_reports_do(
    found: list[Told], order: random.Random
) -> None:
    parted = groups(found)
    assert sorted((t.report.key, t.place) for g in parted for t in g) == sorted((t.report.key, t.place) for t in found)
    for group in parted:
        assert len({t.report.key for t in group}) == len(group)
        for one, other in combinations(group, 2):
            assert same_act(one, other).veto is None
    mixed = list(found)
    order.shuffle(mixed)
    assert shape(groups(mixed)) == shape(parted)


@settings(max_examples=150, deadline=None)
@given(reports(), reports())
def test_scores_are_symmetric(some: list[Told], others: list[Told]) -> None:
    one, other = some[0], others[-1]
    forth, back = same_act(one, other), same_act(other, one)
    assert forth.total == pytest.approx(back.total)
    assert (forth.veto is None) == (back.veto is None)


@settings(max_examples=150, deadline=None)
@given(reports(), DAYS, st.randoms(use_true_random=False))
def test_threads_hold_together_whatever_the_reports(found: list[Told], moment: date, order: random.Random) -> None:
    whole = history_of(PAIR, found)
    views = [ThreadView(t, moment).as_json() for t in whole.threads]
    acts = [a["id"] for v in views for a in v["acts"]]
    assert len(acts) == len(set(acts))
    for v in views:
        assert v["state"] in {"open", "acknowledged", "accepted", "declined", "countered", "closed"}
        assert v["state"] == v["changes"][-1]["state"]
        days = [c["day"] for c in v["changes"] if c["day"]]
        assert days == sorted(days)
        assert (v["silence_days"] is None) or v["state"] in {"open", "acknowledged"}
    mixed = list(found)
    order.shuffle(mixed)
    assert [ThreadView(t, moment).as_json() for t in history_of(PAIR, mixed).threads] == views


@given(ranges(), DAYS)
def test_a_silence_lies_between_its_bounds_and_is_never_below_zero(start: Range, moment: date) -> None:
    found = silence(start, moment)
    if not start.known:
        assert found is None
        return
    assert found is not None
    least, most = found
    assert (least is None) == (start.last is None)
    assert (most is None) == (start.first is None)
    assert (least or 0) >= 0
    if least is not None and most is not None:
        assert least <= most
        for true in (start.first, start.last):
            assert true is not None
            assert least <= max(0, (moment - true).days) <= most


@given(ranges(), DAYS, st.integers(0, 400))
def test_a_silence_grows_day_by_day(start: Range, moment: date, later: int) -> None:
    now, then = silence(start, moment), silence(start, moment + timedelta(days=later))
    if now is None or then is None:
        assert now == then
        return
    for a, b in zip(now, then, strict=True):
        if a is not None and b is not None:
            assert b in (a + later, max(0, b)) and 0 <= b - a <= later


@given(DAYS, st.integers(0, 60), st.sets(DAYS, max_size=30))
def test_gaps_are_the_days_not_read(first: date, length: int, read: set[date]) -> None:
    last = first + timedelta(days=length)
    found = {a + timedelta(days=i) for a, b in gaps(first, last, read) for i in range((b - a).days + 1)}
    assert found == {first + timedelta(days=i) for i in range(length + 1)} - read


@given(
    first=DAYS,
    last=DAYS,
    one=st.sets(DAYS, max_size=20),
    other=st.sets(DAYS, max_size=20),
)
@settings(max_examples=300, deadline=None)
def test_the_gaps_of_a_pair_are_those_of_its_days_whatever_day_they_are_asked_from(
    first: date, last: date, one: set[date], other: set[date]
) -> None:
    read = DaysRead(last, {code: months_of(d for d in days if d <= last) for code, days in (("A", one), ("B", other))})
    for begun in (last, first):
        wanted = gaps(begun, last, one | other)
        assert read.gaps(("A", "B"), begun) == wanted
        assert read.printed(("A", "B"), begun) == [[a.isoformat(), b.isoformat()] for a, b in wanted]
