"""What goes wrong with a ledger's file ends with the data whole and a sentence that says what to do."""

from __future__ import annotations

import multiprocessing
import multiprocessing.queues
import os
import sqlite3
import tempfile
from pathlib import Path

import pytest

from dragoman.errors import LedgerBusy, LedgerError, LedgerUnwritable, NewerLedger, NotALedger
from dragoman.ledger import Ledger
from dragoman.model import Page, Rejection
from tests.ledger.sample_readings import clock, contact, full_reading, reading

NOBODY = 65534


def test_a_text_file_is_no_ledger_and_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Dear diary, " * 200)
    with pytest.raises(NotALedger, match="name another file"):
        Ledger.open(file)
    assert file.read_text() == "Dear diary, " * 200


def test_another_programs_database_is_no_ledger_and_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as conn:
        conn.execute("CREATE TABLE report (id)")
    conn.close()
    before = file.read_bytes()
    with pytest.raises(NotALedger, match="something else"):
        Ledger.open(file)
    assert file.read_bytes() == before


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(NotALedger, match="name a file in it"):
        Ledger.open(tmp_path)


def test_a_ledger_in_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnwritable, match="does not exist"):
        Ledger.open(tmp_path / "nowhere" / "ledger.db")


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    with Ledger.open(tmp_path / "new.db", clock=clock) as ledger:
        assert ledger.enter(full_reading()).new


def test_a_path_may_hold_any_sign(tmp_path: Path) -> None:
    file = tmp_path / "50% of #1? é.db"
    with Ledger.open(file, clock=clock) as ledger:
        ledger.enter(full_reading())
    assert file.is_file()
    with Ledger.open(file, clock=clock) as ledger:
        assert len(ledger.reports()) == 1


def test_a_ledger_of_a_newer_version_is_left_alone(place: str) -> None:
    from sqlalchemy import text

    with Ledger.open(place, clock=clock) as ledger, ledger._store.writing() as conn:
        conn.execute(text("UPDATE ledger_meta SET value = '999' WHERE name = 'version'"))
    with pytest.raises(NewerLedger, match="install the newer one"):
        Ledger.open(place)


def test_a_ledger_cut_short_is_told_from_a_whole_one(tmp_path: Path) -> None:
    file = tmp_path / "cut.db"
    with Ledger.open(file, clock=clock) as ledger:
        ledger.enter(full_reading())
    file.write_bytes(b"SQLite format 3\0" + os.urandom(4096))
    with pytest.raises(NotALedger, match="backup"):
        Ledger.open(file)


def test_a_full_disk_leaves_the_ledger_whole(tmp_path: Path) -> None:
    file = tmp_path / "small.db"
    with Ledger.open(file, clock=clock) as ledger:
        ledger.enter(full_reading())
        before = list(ledger.dump())
        from sqlalchemy import event

        # SQLite's own way to a disk without room: the file may not grow.
        event.listen(ledger._store.engine, "checkout", lambda raw, *_: raw.execute("PRAGMA max_page_count = 1"))
        with pytest.raises(LedgerUnwritable, match="make room"):
            for n in range(200):
                ledger.enter(reading(f"big{n}", "2021-05-01", contact(), body="word " * 20000))
        assert len([x for x in before if x in set(ledger.dump())]) == len(before)
    with Ledger.open(file, clock=clock) as ledger:
        assert set(before) <= set(ledger.dump())
        assert ledger.enter(reading("after", "2021-05-01", contact())).new


def _as_nobody(folder: Path, answers: multiprocessing.queues.Queue[str]) -> None:
    """Read and write a ledger as a user to whom file modes matter (they do not to root)."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        with Ledger.open(folder / "ledger.db", clock=clock) as ledger:
            answers.put(f"{len(ledger.threads())} {len(ledger.silences())}")
            ledger.reject(Rejection("a", "pages", "empty"))
    except LedgerError as error:
        answers.put(f"{type(error).__name__}: {error}")


@pytest.fixture
def readonly() -> Path:
    """A ledger that nobody may write, in a folder that nobody may write."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-ro-"))
    with Ledger.open(folder / "ledger.db", clock=clock) as ledger:
        ledger.enter(full_reading())
    (folder / "ledger.db").chmod(0o444)
    folder.chmod(0o555)
    return folder


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_ledger_that_may_only_be_read_can_be_read(readonly: Path) -> None:
    # The child is forked from here, with all that it needs loaded: another user may not reach the interpreter's files.
    from dragoman.ledger import board  # noqa: F401

    with Ledger.open(readonly / "ledger.db", clock=clock) as ledger:
        assert len(ledger.threads()) == 1
        assert ledger.stored(Page("none", b""), "1") is None
    for file in readonly.glob("ledger.db-*"):
        file.unlink()
    fork = multiprocessing.get_context("fork")
    answers = fork.Queue()
    child = fork.Process(target=_as_nobody, args=(readonly, answers))
    child.start()
    assert answers.get(timeout=20) == "1 1"
    refused = answers.get(timeout=20)
    child.join()
    assert refused.startswith("LedgerUnwritable")
    assert "writable" in refused


def test_a_ledger_held_by_another_process_is_busy_and_then_not(tmp_path: Path) -> None:
    file = tmp_path / "busy.db"
    with Ledger.open(file, clock=clock, wait=0.2) as ledger:
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerBusy, match="try again"):
            ledger.enter(full_reading())
        assert ledger.reports() == []
        other.execute("ROLLBACK")
        other.close()
        assert ledger.enter(full_reading()).new


def test_a_server_ledger_held_by_another_process_is_busy(
    server: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from tests.ledger.conftest import new_place

    place = new_place("postgresql", tmp_path, request)
    with Ledger.open(place, clock=clock, wait=0.2) as ledger, Ledger.open(place, clock=clock) as other:
        with other._store.writing(), pytest.raises(LedgerBusy, match="try again"):
            ledger.enter(full_reading())
        assert ledger.enter(full_reading()).new


def test_a_server_that_does_not_answer_is_named() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(LedgerError, match="server runs"):
        Ledger.open("postgresql://nobody@127.0.0.1:1/none")


def test_an_address_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(LedgerError, match="postgresql://"):
        Ledger.open("oracul://host/ledger")


def test_the_file_opens_as_a_plain_database(tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    with Ledger.open(file, clock=clock) as ledger:
        ledger.enter(full_reading())
    conn = sqlite3.connect(file)
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert conn.execute("SELECT report, act, reply FROM unanswered").fetchall() == [("full", "message", "none")]
    assert conn.execute("SELECT count(*) FROM report_text WHERE report_text MATCH 'february'").fetchone() == (1,)
    conn.close()
