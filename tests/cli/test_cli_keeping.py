"""Changes, backups, reading again and open data, from the command line."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from dragoman.ledger import Ledger
from dragoman.model import Page
from tests.ledger.sample_readings import contact, interval, reading


def test_changes_tell_what_a_report_changed(dragoman, tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    with Ledger.open(place) as ledger:
        ledger.enter(reading("offer", "2021-03-01", contact(start=interval("2021-02-20"))))
        answer = contact("PRK", "USA", "reply", "done", interval("2021-05-01"), about="declined the offer of talks")
        ledger.enter(reading("answer", "2021-05-02", answer))
    command = ("changes", "--ledger", str(place), "--json")
    (new,) = map(json.loads, dragoman(*command, "--from", "2021-01-01", "--to", "2021-04-01").stdout.splitlines())
    assert (new["change"], new["before"], new["after"]) == ("new", None, "open")
    (answered,) = map(json.loads, dragoman(*command, "--from", "2021-04-01", "--to", "2021-06-01").stdout.splitlines())
    assert (answered["change"], answered["before"], answered["after"]) == ("state", "open", "declined")
    assert [r["id"] for r in answered["reports"]] == ["answer"]
    assert not dragoman(*command, "--from", "2021-05-03", "--to", "2021-06-01").stdout
    assert "earlier day first" in dragoman(*command, "--from", "2021-05-03", "--to", "2021-01-01", code=2).stderr


def test_a_backup_is_the_whole_ledger_and_comes_back(dragoman, sample_ledger, tmp_path: Path) -> None:
    copy, back = tmp_path / "copy.db", tmp_path / "back.db"
    dragoman("backup", str(copy), "--ledger", str(sample_ledger))
    dragoman("backup", str(back), "--ledger", str(copy))
    with Ledger.open(sample_ledger) as one, Ledger.open(back) as other:
        assert list(one.dump()) == list(other.dump())
    assert "exists already" in dragoman("backup", str(copy), "--ledger", str(sample_ledger), code=3).stderr


def test_reread_shows_what_would_change_and_keeps_the_old_reading(dragoman, samples: Path, tmp_path: Path) -> None:
    place, text = tmp_path / "ledger.db", sorted(samples.glob("*.txt"))[0]
    then = datetime(2021, 7, 1, tzinfo=UTC)
    with Ledger.open(place, clock=lambda: then) as ledger:
        old = reading("old", "2021-03-01", contact("SWE", "FIN"), reader="0.0")
        ledger.enter(old, Page(text.stem, text.read_bytes()))
        before = list(ledger.dump())
    (found,) = map(json.loads, dragoman("reread", "--ledger", str(place), "--json").stdout.splitlines())
    assert [c["from"] for c in found["gone"]] == [["SWE"]]
    assert found["before"] == "0.0"
    assert "title" in found["fields"]
    with Ledger.open(place) as ledger:
        assert list(ledger.dump()) == before
    assert "entered" in dragoman("reread", "--ledger", str(place), "--apply").stdout
    with Ledger.open(place) as ledger:
        assert all("SWE" not in c.as_json()["from"] for c in ledger.contacts())
        assert [c.as_json()["from"] for c in ledger.contacts(as_recorded=then)] == [["SWE"]]
        assert set(before) <= set(ledger.dump())
    assert not dragoman("reread", "--ledger", str(place), "--json").stdout


def test_trips_and_visits_go_in_as_held_contact(dragoman, tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    trip = {
        "id": "1",
        "role": "secretary",
        "name": "Ann Envoy",
        "start-date": "2012-03-30",
        "end-date": "2012-03-31",
        "country": "Korea, South",
        "locale": "Seoul",
        "remarks": "Met with the President; toured the border.",
        "file": "x",
    }
    visit = {
        "id": "2",
        "start-date": "1985-02-07",
        "end-date": "1985-02-10",
        "visitor": "King Example",
        "from": "Saudi Arabia",
        "description": "State Visit.",
    }
    for kind, row in (("trips", trip), ("visits", visit), ("visits", {**visit, "id": "3", "from": "Nowhere"})):
        file = tmp_path / f"{kind}{row['id']}.jsonl"
        file.write_text(json.dumps(row) + "\n")
        for _ in range(2):
            dragoman("enter", str(file), "--from", kind, "--first-seen", "2021-01-01", "--ledger", str(place))
    lines = dragoman("export", "--jsonl", "--ledger", str(place)).stdout.splitlines()
    rows = {row["report"]: row for row in map(json.loads, lines)}
    assert sorted(rows) == ["travels-1", "visits-2"]
    assert (rows["travels-1"]["from"], rows["travels-1"]["to"]) == (["USA"], ["KOR"])
    assert (rows["travels-1"]["start_earliest"], rows["travels-1"]["end_latest"]) == ("2012-03-30", "2012-03-31")
    assert rows["travels-1"]["status"] == "done"
    assert rows["visits-2"]["from_person"] == ["King Example"]
    refused = json.loads(dragoman("rejections", "--json", "--ledger", str(place)).stdout)
    assert refused["reason"] == "party_unknown"


def test_the_plain_views_open_with_other_tools(dragoman, sample_ledger) -> None:
    dragoman("settle", "--ledger", str(sample_ledger))
    conn = sqlite3.connect(f"file:{sample_ledger}?mode=ro", uri=True)
    assert conn.execute("SELECT count(*) FROM contacts").fetchone()[0] > 10
    assert conn.execute("SELECT count(*) FROM derived_silence WHERE until = '9999-12-31'").fetchone()[0] > 0
    assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    conn.close()
