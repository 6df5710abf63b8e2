"""The bounded questions of those who look at a ledger, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dragoman.ledger import Ledger, Told
from dragoman.ledger.looking import Looking, origin_groups
from dragoman.model import Attribution, Page, Rejection
from tests.ledger.sample_readings import clock, contact, full_reading, interval, reading

D = date.fromisoformat


@pytest.fixture
def looking(place):
    """A ledger of five reports on three pairs, one undated, one revised."""
    with Ledger.open(place, clock=clock) as ledger:
        ledger.enter(full_reading(), Page("full", b"<p>raw page</p>"))
        ledger.enter(
            reading(
                "one",
                "2021-03-16",
                contact(start=interval("2021-03-15"), about="arms talks", from_person=("Ann Envoy",)),
            )
        )
        ledger.enter(
            reading(
                "two",
                "2021-03-20",
                contact("USA", "IRN", "message", about="100% of_the grain"),
                contact("USA", "PRK", "call", "done"),
            )
        )
        ledger.enter(reading("none", "2021-03-22", body="No contact at all; the word is zebra. It is Ünïcode."))
        ledger.enter(reading("undated", None, contact("KOR", "PRK")))
        ledger.reject(Rejection("full", "reading", "fault", "why"), Page("full", b"<p>raw page</p>"), reader="0.9")
        yield Looking(ledger)  # fmt: skip


def test_the_extent_counts_days_reports_and_the_undated(looking):
    found = looking.extent()
    assert (found.first, found.last, found.reports, found.undated) == (D("2021-03-14"), D("2021-03-22"), 4, 1)


def test_the_extent_of_nothing(place):
    with Ledger.open(place, clock=clock) as ledger:
        found = Looking(ledger).extent()
    assert (found.first, found.last, found.reports, found.undated) == (None, None, 0, 0)


def test_the_mark_differs_once_something_is_entered(looking):
    before = looking.mark()
    assert looking.mark() == before
    looking._ledger.enter(reading("three", "2021-03-25", contact("USA", "CHN")))
    assert looking.mark() != before


def test_what_is_learned_later_is_counted_for_all_and_for_a_pair(looking):
    assert looking.later(D("2021-03-13")) == 4
    assert looking.later(D("2021-03-16")) == 2
    assert looking.later(D("2021-03-16"), ("PRK", "USA")) == 1
    assert looking.later(D("2021-03-22")) == 0


def test_changes_of_knowledge_are_days_on_which_a_report_told_of_a_contact(looking):
    assert looking.change(D("2021-03-16"), forward=True) == D("2021-03-20")
    assert looking.change(D("2021-03-20"), forward=True) is None  # on the 22nd no contact was told of
    assert looking.change(D("2021-03-16"), forward=False) == D("2021-03-14")
    assert looking.change(D("2021-03-01"), forward=True, pair=("USA", "IRN")) == D("2021-03-20")
    assert looking.change(D("2021-03-14"), forward=False) is None


def test_a_pairs_history_is_that_of_the_threads(looking):
    history = looking.history(("USA", "PRK"), D("2021-03-31"))
    threads = looking._ledger.threads(D("2021-03-31"), pair=("PRK", "USA"))
    assert [t.opening.id for t in history.threads] == [v.acts[0].id for v in threads]
    assert {m.report.id for a in history.acts for m in a.members} == {"full", "one", "two"}
    nothing = looking.history(("AAA", "BBB"), D("2021-03-31"))
    assert (nothing.pair, nothing.acts, nothing.threads) == (("AAA", "BBB"), (), ())


def test_a_report_with_all_that_it_gave(looking):
    key = full_reading().article.key
    found = looking.report(key)
    assert found is not None and found.report.id == "full"
    assert len(found.tellings) == len(found.processes) == len(found.statements) == len(found.conflicts) == 1
    assert found.reader == "1.0" and found.parties == ("PRK", "USA")
    assert [r["reason"] for r in found.rejections] == ["fault"]
    assert looking.page(found.page_key) == b"<p>raw page</p>"
    assert looking.report("full").report.key == key
    assert looking.report("nowhere") is None and looking.page("nowhere") is None
    (piece,) = looking.evidence(found.tellings)
    assert {q["field"] for q in piece["quotes"]} == {"act", "start"}


def test_a_revised_report_names_its_later_version(looking):
    ledger = looking._ledger
    first = reading("a", "2021-03-23", contact(), url="https://example.org/a", body="The first words of it.")
    second = reading("b", "2021-03-24", contact(), url="https://example.org/a", body="Other words of it, revised.")
    ledger.enter(first)
    ledger.enter(second)
    assert [r.id for r in looking.report(first.article.key).newer] == ["b"]
    assert [r.id for r in looking.report(second.article.key).older] == ["a"]


def test_reports_of_some_days_newest_first_with_their_contacts(looking):
    found = looking.published(D("2021-03-16"), D("2021-03-22"))
    assert [(r.id, n) for r, n in found] == [("none", 0), ("two", 2), ("one", 1)]
    assert len(looking.published(D("2021-03-16"), D("2021-03-22"), most=1)) == 1


def test_pairs_and_parties_by_how_often_and_how_lately_they_are_told_of(looking):
    day = D("2021-03-31")
    assert [(p.pair, p.contacts) for p in looking.pairs(day)] == [(("PRK", "USA"), 3), (("IRN", "USA"), 1)]
    assert [p.pair for p in looking.pairs(day, "IRN")] == [("IRN", "USA")]
    assert [p.pair for p in looking.pairs(D("2021-03-16"))] == [("PRK", "USA")]
    assert [p.pair for p in looking.pairs_told(D("2021-03-20"), day)] == [("IRN", "USA"), ("PRK", "USA")]
    assert {p.last for p in looking.pairs_told_last(day)} == {D("2021-03-20")}
    parties = looking.parties(day)
    assert [(p.code, p.reports) for p in parties] == [("PRK", 3), ("USA", 3), ("IRN", 1)]


def test_contacts_by_a_persons_name_and_by_subject(looking):
    day = D("2021-03-31")
    assert [t.report.id for t in looking.naming(day, "envoy")] == ["one", "full"]
    assert [t.report.id for t in looking.naming(D("2021-03-15"), "Ann Envoy")] == ["full"]
    assert [t.report.id for t in looking.about(day, "TALKS")] == ["one", "full"]
    # The signs of LIKE are letters like others.
    assert [t.report.id for t in looking.about(day, "100% of_")] == ["two"]
    assert looking.about(day, "1__%") == [] and looking.about(day, " ") == []


def test_texts_that_hold_all_the_words_with_what_stands_around_the_first(looking):
    (found,) = looking.find("zebra contact", D("2021-03-31"))
    assert found.report.id == "none"
    assert found.before + found.word + found.after == "No contact at all; the word is zebra. It is Ünïcode."
    assert [x.report.id for x in looking.find("zeb", D("2021-03-31"))] == ["none"]  # the last word may be a beginning
    assert looking.find("zebra", D("2021-03-21")) == []


@pytest.mark.parametrize(
    "words", ["", "'", '"', "a\x00b", "\ud800", "* NOT (", "zebra:*", "!&|", "%", "\\", "NEAR(a b)"]
)
def test_no_words_break_the_search(looking, words):
    assert isinstance(looking.find(words, D("2021-03-31")), list)


def test_tellings_are_grouped_by_the_origin_they_go_back_to():
    said = Attribution("named_person", "a spokesman", "USA", "Reuters")
    by = ["The ministry wrote to the other side on Monday and had no answer to its letter so far, it said."] * 2
    by += ["Another paper found out on its own that letters went unanswered; it names no one in the capital for that."]
    readings = [
        reading(f"r{n}", str(D("2021-03-14") + timedelta(days=n)), contact(attribution=said if n < 2 else Attribution()), body=b)
        for n, b in enumerate(by)
    ]  # fmt: skip
    from dragoman.ledger.copies import signature_of
    from dragoman.ledger.told import Report

    told = [
        Told(Report(r.article.key, r.article.id, r.article.published_day, signature=signature_of(r.article.body)), 0, r.contacts[0])
        for r in readings
    ]  # fmt: skip
    assert [[t.report.id for t in g] for g in origin_groups(reversed(told))] == [["r0", "r1"], ["r2"]]
    assert origin_groups([]) == []
