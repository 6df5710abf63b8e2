"""``dragoman read`` on files, folders, standard input, and on what is no report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from dragoman.model import Rejection


def lines(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_report_comes_out_in_the_documented_shape(dragoman, samples):
    (found,) = lines(dragoman("read", samples / "potomac-courier-210313.txt", "--json", "--no-ledger").stdout)
    assert list(found) == ["report", "contacts", "processes", "statements", "conflicts"]
    assert list(found["report"])[:2] == ["id", "key"]
    assert found["report"]["id"] == "potomac-courier-210313"
    assert found["report"]["published"].startswith("2021-03-13")
    assert "body" not in found["report"]
    assert found["contacts"], "the report tells of an approach"
    for contact in found["contacts"]:
        filled = {k for k in ("from", "to", "act", "status") if contact[k]}
        assert filled <= set(contact["spans"]), "every filled field shows its words"
        assert contact["key"]


def test_no_ledger_leaves_no_file(dragoman, samples, tmp_path):
    dragoman("read", samples / "potomac-courier-210313.txt", "--no-ledger")
    assert list(tmp_path.iterdir()) == []


def test_reading_a_report_again_prints_it_again_and_adds_nothing(dragoman, samples, tmp_path):
    first = lines(dragoman("read", samples / "potomac-courier-210313.txt", "--json").stdout)
    before = dragoman("export", "--jsonl").stdout
    assert lines(dragoman("read", samples / "potomac-courier-210313.txt", "--json").stdout) == first
    assert dragoman("export", "--jsonl").stdout == before


def test_a_folder_is_read_with_all_inside_and_equal_stems_are_told_apart(dragoman, samples, tmp_path):
    for inside in ("one", "two"):
        (tmp_path / "pages" / inside).mkdir(parents=True)
        shutil.copy(samples / "potomac-courier-210315.txt", tmp_path / "pages" / inside / "report.txt")
    shutil.copy(samples / "nordhavn-shipping-news-210330.txt", tmp_path / "pages")
    (tmp_path / "pages" / ".hidden.txt").write_text("not a report")
    found = lines(dragoman("read", "pages", "--json", "--no-ledger").stdout)
    assert [x["report"]["id"] for x in found] == ["nordhavn-shipping-news-210330", "one/report", "two/report"]


def test_standard_input_takes_its_id_from_the_option(dragoman, samples):
    page = (samples / "potomac-courier-210315.txt").read_bytes()
    (found,) = lines(dragoman("read", "-", "--id", "psaki", "--json", "--no-ledger", stdin=page).stdout)
    assert found["report"]["id"] == "psaki"


def test_what_the_option_tells_wins_and_says_so(dragoman, samples):
    page = samples / "potomac-courier-210315.txt"
    options = ("--published", "2021-03-17", "--outlet", "The Evening Herald", "--url", "https://example.org/1")
    (found,) = lines(dragoman("read", page, "--json", "--no-ledger", *options).stdout)
    report = found["report"]
    assert (report["published"], report["published_rule"]) == ("2021-03-17", "given")
    assert (report["outlet"], report["url"]) == ("The Evening Herald", "https://example.org/1")


NOISE = {
    "empty.txt": b"",
    "blank.txt": b"\n \n\t\n",
    "binary.bin": bytes(range(256)) * 400,
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(5000),
    "noise.txt": bytes((i * 7919 + i * i * 31) % 251 for i in range(20000)),
    "ebcdic.txt": "The minister met his counterpart in Oslo on Monday. ".encode("cp037") * 20,
    "line.txt": b"x" * (50 * 2**20),
}


@pytest.mark.parametrize("name", NOISE)
def test_what_is_no_report_ends_as_a_rejection_that_says_why(dragoman, tmp_path, name):
    (tmp_path / name).write_bytes(NOISE[name])
    (found,) = lines(dragoman("read", name, "--json", code=1).stdout)
    assert set(found) == {"report", "rejected"}
    assert found["rejected"]["stage"] in {"input", "pages"}
    assert found["rejected"]["reason"] not in {"", "fault"}
    (row,) = lines(dragoman("rejections", "--json").stdout)
    assert list(row) == ["report", "stage", "reason", "detail", "recorded"]
    assert row["reason"] == found["rejected"]["reason"]


def test_one_bad_page_does_not_stop_the_others(dragoman, samples, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"")
    found = lines(dragoman("read", "bad.txt", samples / "potomac-courier-210315.txt", "--json", "--no-ledger").stdout)
    assert ["rejected" in x for x in found] == [True, False]


def test_processes_give_the_same_lines_in_the_same_order(dragoman, samples):
    alone = dragoman("read", samples, "--json", "--no-ledger").stdout
    assert dragoman("read", samples, "--json", "--no-ledger", "--workers", "2").stdout == alone


def test_a_parse_can_be_read_in_place_of_the_page(dragoman, samples):
    page = samples / "potomac-courier-210315.txt"
    parsed = dragoman("parse", page).stdout
    assert parsed.startswith("# newdoc id = potomac-courier-210315")
    direct = lines(dragoman("read", page, "--json", "--no-ledger").stdout)[0]
    by_parse = lines(
        dragoman("read", "--conllu", "-", "--json", "--no-ledger", "--published", "2021-03-15", stdin=parsed).stdout
    )[0]
    assert [c["act"] for c in by_parse["contacts"]] == [c["act"] for c in direct["contacts"]]


def test_an_unreadable_file_is_a_rejection(tmp_path, monkeypatch):
    from dragoman.pages.files import pages_of

    page = tmp_path / "page.txt"
    page.write_text("text")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (found,) = pages_of(page)
    assert isinstance(found, Rejection)
    assert (found.stage, found.reason) == ("input", "unreadable")
