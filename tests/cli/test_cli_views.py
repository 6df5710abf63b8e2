"""What the ledger's commands print, for people and for programs."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from dragoman.exports import COLUMNS

THREAD = [
    "id", "kind", "parties", "subject", "opened", "state", "state_since", "silence_days", "since_last_attempt", "reported_by", "origins",
    "acts", "changes", "conflicts",
]  # fmt: skip


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_threads_come_in_the_documented_shape(dragoman, sample_ledger):
    found = lines(dragoman("threads", "--ledger", sample_ledger, "--json", "--as-of", "2021-06-30").stdout)
    assert found
    for thread in found:
        assert list(thread) == [*THREAD, *(["process"] if thread["kind"] == "process" else [])]
        assert list(thread["opened"]) == ["earliest", "latest", "text"]
        assert list(thread["reported_by"]) == ["source", "of", "told", "until"]
        for act in thread["acts"]:
            assert list(act) == ["id", "act", "status", "interval", "from", "to", "channel", "contacts"]
            assert all(list(c) == ["report", "key", "contact"] for c in act["contacts"])


def test_the_february_outreach_stands_unanswered_on_the_board(dragoman, sample_ledger):
    found = lines(dragoman("silences", "--ledger", sample_ledger, "--json", "--as-of", "2021-03-16").stdout)
    (thread, *_) = [t for t in found if t["opened"]["earliest"] == "2021-02-11"]
    assert thread["parties"] == ["USA", "PRK"]
    assert thread["state"] == "open"
    low, high = thread["silence_days"]
    assert low <= (date(2021, 3, 16) - date(2021, 2, 15)).days <= high
    assert thread["reported_by"]["until"]
    assert all(len(gap) == 2 for gap in thread["reading_gaps"])


def test_before_the_first_report_the_board_is_empty(dragoman, sample_ledger):
    assert dragoman("silences", "--ledger", sample_ledger, "--json", "--as-of", "2021-03-12").stdout == ""
    assert (
        "No approach stands unanswered"
        in dragoman("silences", "--ledger", sample_ledger, "--as-of", "2021-03-12").stdout
    )


def test_what_was_recorded_later_does_not_count(dragoman, sample_ledger):
    assert (
        lines(dragoman("threads", "--ledger", sample_ledger, "--json", "--as-recorded", "2021-06-30T12:00").stdout)
        == []
    )
    assert lines(dragoman("threads", "--ledger", sample_ledger, "--json", "--as-recorded", "2099-01-01").stdout)


def test_a_timeline_takes_names_as_well_as_codes(dragoman, sample_ledger):
    by_code = dragoman("timeline", "USA", "PRK", "--ledger", sample_ledger, "--json").stdout
    assert by_code
    assert dragoman("timeline", "North Korea", "United States", "--ledger", sample_ledger, "--json").stdout == by_code
    assert "names no single party" in dragoman("timeline", "Atlantis", "USA", "--ledger", sample_ledger, code=2).stderr


def test_show_marks_the_words_in_their_paragraph(dragoman, sample_ledger):
    (thread, *_) = lines(dragoman("silences", "--ledger", sample_ledger, "--json", "--as-of", "2021-03-14").stdout)
    shown = dragoman("show", thread["id"][:8], "--ledger", sample_ledger, FORCE_COLOR="1", COLUMNS="200").stdout
    assert "\x1b[" in shown
    plain = dragoman("show", thread["id"][:8], "--ledger", sample_ledger).stdout
    assert "\x1b[" not in plain
    assert "since the middle of February" in " ".join(plain.split())
    (whole,) = lines(dragoman("show", thread["id"], "--ledger", sample_ledger, "--json").stdout)
    for piece in whole["evidence"]:
        for quote in piece["quotes"]:
            if piece["where"] == "body":
                assert piece["body"][quote["start"] : quote["end"]] == quote["exact"]


@pytest.mark.parametrize("width", ["80", "120", "200"])
@pytest.mark.parametrize("command", [("silences",), ("threads",), ("timeline", "USA", "PRK"), ("rejections",)])
def test_tables_fit_the_terminal(dragoman, sample_ledger, command, width):
    out = dragoman(*command, "--ledger", sample_ledger, COLUMNS=width).stdout
    assert out.strip()
    assert max(len(line) for line in out.splitlines()) <= int(width)


def test_no_color_means_none(dragoman, sample_ledger):
    assert "\x1b[3" not in dragoman("silences", "--ledger", sample_ledger, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_an_export_has_every_column_and_stable_ids(dragoman, sample_ledger):
    table = list(csv.DictReader(io.StringIO(dragoman("export", "--ledger", sample_ledger).stdout)))
    rows = lines(dragoman("export", "--ledger", sample_ledger, "--jsonl").stdout)
    assert list(table[0]) == list(COLUMNS) == list(rows[0])
    assert [r["contact"] for r in table] == [r["contact"] for r in rows]
    assert all(r["evidence"] and r["report"] and r["published"] for r in rows)
    assert any(r["act_id"] for r in rows)


def test_what_people_coded_goes_in_and_comes_out_by_csv(dragoman, tmp_path):
    sheet = tmp_path / "coded.csv"
    sheet.write_text(
        "sender,receiver,act,status,channel,start_earliest,start_latest,about,conditions,reply,outlet,published,report,secret\n"
        "NOR,CHL,overture,attempted,embassy; letter,2023-04-01,2023-04-10,fishing rights,NOR: without delay,none,The Fjord Post,2023-05-01,fjord,true\n"
        "CHL,NOR,visit,planned,in_person,2023-06-01,,=SUM(A1),,,The Fjord Post,2023-05-01,fjord,\n"
    )
    options = ("--columns", "from=sender,to=receiver", "--coder", "A. Analyst")
    assert "1 entered, 0 known before" in dragoman("enter", sheet, *options).stdout
    assert "0 entered, 1 known before" in dragoman("enter", sheet, *options).stdout
    first, second = csv.DictReader(io.StringIO(dragoman("export").stdout))
    expected = {
        "from": "NOR",
        "to": "CHL",
        "act": "overture",
        "status": "attempted",
        "channel": "embassy; letter",
        "secret": "true",
    }
    expected |= {
        "start_earliest": "2023-04-01",
        "start_latest": "2023-04-10",
        "about": "fishing rights",
        "reply": "none",
    }
    expected |= {"conditions": "NOR: without delay", "coder": "A. Analyst", "outlet": "The Fjord Post"}
    assert {k: first[k] for k in expected} == expected
    assert second["about"] == "'=SUM(A1)", "a spreadsheet must not run what a page says"
    (tmp_path / "again.csv").write_text(dragoman("export").stdout)
    dragoman("enter", "again.csv", "--ledger", "second.db")
    assert dragoman("export", "--ledger", "second.db").stdout == dragoman("export").stdout


def test_what_people_coded_needs_a_coder_and_a_source(dragoman, tmp_path):
    report = {
        "report": {"id": "x", "outlet": "The Fjord Post"},
        "contacts": [{"from": ["NOR"], "to": ["CHL"], "act": "call", "status": "done"}],
    }
    assert "coder" in dragoman("enter", "-", code=2, stdin=json.dumps(report)).stderr
    report["report"] = {"id": "x"}
    assert "outlet" in dragoman("enter", "-", "--coder", "me", code=2, stdin=json.dumps(report)).stderr
