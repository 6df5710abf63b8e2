"""Files as pages: every file its own id, whatever the files are called."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dragoman.pages.files import files_under, names_of

NAMES = st.sampled_from(["a.txt", "a.html", "b.txt", "a", ".a", "a.b.txt", "ä.txt"])
FOLDERS = st.lists(st.sampled_from(["x", "y", "a"]), max_size=3)


@given(st.lists(st.tuples(FOLDERS, NAMES), min_size=1, max_size=12, unique_by=lambda t: (tuple(t[0]), t[1])))
def test_every_file_has_an_id_of_its_own(found):
    files = [Path("/reports", *folders, name) for folders, name in found]
    names = names_of(files)
    assert len(set(names)) == len(names) == len(files)


def test_the_id_is_the_stem_unless_two_would_share_it():
    assert names_of([Path("/r/one.txt"), Path("/r/two.html")]) == ["one", "two"]
    assert names_of([Path("/r/x/one.txt"), Path("/r/y/one.txt"), Path("/r/two.txt")]) == ["x/one", "y/one", "two"]
    assert names_of([Path("/r/x/one.txt"), Path("/r/x/one.html")]) == ["x/one.txt", "x/one.html"]


def test_a_folder_gives_its_files_in_order_without_hidden_ones_and_ledgers(tmp_path):
    for name in ("b.txt", "a.html", ".git/config", "dragoman.db", "dragoman.db-wal", "in/c.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")
    found = files_under([tmp_path, tmp_path / "b.txt"])
    assert [f.relative_to(tmp_path).as_posix() for f in found] == ["a.html", "b.txt", "in/c.json"]


def test_a_ledger_is_left_out_of_a_folder_but_read_when_it_is_named(tmp_path):
    (tmp_path / "x.db").write_text("text")
    assert files_under([tmp_path]) == []
    assert files_under([tmp_path / "x.db"]) == [tmp_path / "x.db"]
