"""The demo: the main job on the samples, and nothing of anybody's lost."""

from __future__ import annotations

import time


def test_the_demo_shows_the_boards_a_thread_and_the_timeline_in_under_a_minute(dragoman, tmp_path):
    began = time.monotonic()
    out = dragoman("demo").stdout
    assert time.monotonic() - began < 60
    assert "14 reports in the ledger" in out
    assert "not read" not in out
    for part in (
        "The silence board",
        "16 March 2021",
        "One thread with its evidence",
        "What passed between the two",
        "Try next",
    ):
        assert part in out
    board = out.split("16 March 2021")[1].split("10 May 2021")[0]
    assert "USA → PRK" in board
    assert "24–33" in board
    assert (tmp_path / "demo.db").exists()
    assert dragoman("demo").stdout == out, "a second run starts afresh"


def test_the_unrelated_report_gives_no_contact_and_copies_count_once(dragoman, sample_ledger):
    import json

    said = [json.loads(x) for x in dragoman("export", "--jsonl", "--ledger", sample_ledger).stdout.splitlines()]
    assert not [x for x in said if x["report"].startswith("nordhavn")]
    threads = [
        json.loads(x)
        for x in dragoman("threads", "--json", "--as-of", "2021-03-13", "--ledger", sample_ledger).stdout.splitlines()
    ]
    (thread,) = [t for t in threads if t["opened"]["earliest"] == "2021-02-11"]
    assert {c["report"] for a in thread["acts"] for c in a["contacts"]} >= {
        "potomac-courier-210313",
        "lakeshore-tribune-210313",
    }
    assert thread["origins"] == 1


def test_the_demo_leaves_a_file_alone_that_is_no_ledger(dragoman, tmp_path):
    (tmp_path / "demo.db").write_text("my notes, kept in a file of that name\n" * 20)
    assert "is not a ledger" in dragoman("demo", code=3).stderr
    assert (tmp_path / "demo.db").read_text().startswith("my notes")
