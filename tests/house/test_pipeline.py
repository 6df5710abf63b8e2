"""The pipeline: one outcome a page, in order, whatever one page does; and the names a notebook uses."""

from __future__ import annotations

from datetime import date

import pytest

import dragoman
from dragoman import Language, Ledger, Page, Pipeline, Reading, Rejection, pages_of, read_page
from dragoman.errors import PageError


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline(Language.open())


def test_read_page_gives_the_reading_of_a_file_of_bytes_and_of_a_page(samples):
    file = samples / "potomac-courier-210315.txt"
    by_path = read_page(file)
    assert isinstance(by_path, Reading)
    assert by_path.contacts
    assert read_page(file.read_bytes()).contacts == by_path.contacts
    assert read_page(Page("x", file.read_bytes()), outlet="The Evening Herald").article.outlet == "The Evening Herald"


def test_read_page_raises_for_what_is_no_report():
    with pytest.raises(PageError) as refusal:
        read_page(b"")
    assert refusal.value.reason == "empty"


def test_each_page_has_one_outcome_in_its_place(pipeline, samples):
    pages = list(pages_of(samples))
    pages[3:3] = [Page("empty", b""), Rejection("lost", "input", "unreadable", "gone")]
    outcomes = list(pipeline.read(pages))
    ids = [x.report if isinstance(x, Rejection) else x.article.id for x in outcomes]
    assert ids == [p.report if isinstance(p, Rejection) else p.id for p in pages]
    assert [type(x) for x in outcomes[3:5]] == [Rejection, Rejection]
    assert all(isinstance(x, Reading) for x in outcomes[:3] + outcomes[5:])


class Failing:
    """A network that fails on batches and on the texts that name Oslo."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def documents(self, articles):
        raise RuntimeError("out of order")

    def document(self, article):
        if "Suez" in article.body:
            raise ZeroDivisionError("no such canal")
        return self.language.document(article)


def test_a_fault_on_one_page_costs_no_other_page_its_reading(samples):
    outcomes = list(Pipeline(Failing(Language.open())).read(pages_of(samples)))  # type: ignore[arg-type]
    (rejected,) = [x for x in outcomes if isinstance(x, Rejection)]
    assert (rejected.report, rejected.stage, rejected.reason) == ("nordhavn-shipping-news-210330", "language", "fault")
    assert "no such canal" in rejected.detail


def test_what_was_read_before_is_answered_from_the_ledger(pipeline, samples, tmp_path, monkeypatch):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        first = list(pipeline.run(pages_of(samples), ledger))
        dump = list(ledger.dump())
        monkeypatch.setattr(Pipeline, "read_batch", lambda self, batch: [] if not batch else pytest.fail("read again"))
        again = list(pipeline.run(pages_of(samples), ledger))
        assert [x.as_json() for x in again] == [x.as_json() for x in first]
        assert list(ledger.dump()) == dump


def test_another_version_of_the_reader_reads_again(pipeline, samples, tmp_path, monkeypatch):
    page = next(iter(pages_of(samples / "potomac-courier-210315.txt")))
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        list(pipeline.run([page], ledger))
        assert ledger.stored(page, pipeline.reader) is not None
        assert ledger.stored(page, "0.0.0+older") is None


def test_a_ledger_answers_in_a_notebook_as_in_the_documentation(sample_ledger_path):
    with Ledger.open(sample_ledger_path) as ledger:
        (silence, *_) = ledger.silences(as_of=date(2021, 3, 16))
        assert silence.parties == ("USA", "PRK")
        assert silence.silence_days is not None


@pytest.fixture(scope="module")
def sample_ledger_path(pipeline, samples, tmp_path_factory):
    place = tmp_path_factory.mktemp("notebook") / "ledger.db"
    with Ledger.open(place) as ledger:
        list(pipeline.run(pages_of(samples), ledger))
    return place


def test_a_pipeline_needs_a_worker():
    with pytest.raises(ValueError, match="1 or more"):
        dragoman.Pipeline(workers=0)
