"""Help, errors, exit codes: one line that says what to do, and every command and option documented."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from dragoman.cli import commands
from dragoman.exports import COLUMNS
from tests.cli.conftest import environment

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
COMMANDS = sorted(commands.list_commands(click.Context(commands)))


def command(name: str) -> click.Command:
    found = commands.get_command(click.Context(commands), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name):
    (section,) = re.findall(rf"^## `dragoman {name}.*?(?=^## |\Z)", DOC, flags=re.M | re.S)
    for param in command(name).params:
        if isinstance(param, click.Option):
            assert f"`{param.opts[0]}" in section, f"docs/cli.md does not name {param.opts[0]} of {name}"
            assert param.help, f"{param.opts[0]} of {name} has no help"


def test_the_documentation_is_what_the_program_says_of_itself():
    spec = importlib.util.spec_from_file_location("build_docs", ROOT / "docs" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    build = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build)
    assert build.cli_page() == DOC, "run `make docs`"


def test_no_option_is_documented_that_does_not_exist():
    for name in COMMANDS:
        (section,) = re.findall(rf"^## `dragoman {name}.*?(?=^## |\Z)", DOC, flags=re.M | re.S)
        known = {opt for param in command(name).params for opt in param.opts} | {"--help"}
        assert set(re.findall(r"^\| `(--[a-z-]+)", section, flags=re.M)) <= known


def test_every_column_of_the_export_is_documented():
    assert [c for c in COLUMNS if f"| `{c}` |" not in DOC] == []


def test_exit_codes_stand_in_help_and_documentation(dragoman):
    told = dragoman("--help").stdout
    for code in ("0", "1", "2", "3", "4", "130"):
        assert re.search(rf"\b{code} ", told.split("Exit codes:")[1])
        assert f"| {code} |" in DOC


def test_help_answers_at_once():
    def once() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dragoman", "--help"], check=True, capture_output=True, env=environment())
        return time.perf_counter() - began

    assert min(once() for _ in range(5)) < 0.3


@pytest.mark.parametrize(
    "statement", ["import dragoman", "from dragoman.cli import commands; commands(['--help'], standalone_mode=False)"]
)
def test_neither_import_nor_help_loads_what_is_heavy(statement):
    heavy = "{'numpy', 'onnxruntime', 'sqlalchemy', 'lxml', 'rich', 'trafilatura'}"
    code = f"{statement}\nimport sys\nprint(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment())
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (("silences",), 3, "dragoman read"),
        (("read", "missing.txt"), 2, "does not exist"),
        (("raed", "x"), 2, "Did you mean `dragoman read`"),
        (("silences", "--ledgre", "x"), 2, "Did you mean '--ledger'"),
        (("show",), 2, "dragoman show --help"),
        (("silences", "--as-of", "March"), 2, "2021-03-20"),
        (("threads", "--as-recorded", "noon"), 2, "2021-03-20T12:00"),
        (("read", "-", "--workers", "0"), 2, "--workers"),
        (("read", "-", "--published", "soon"), 2, "2021-05-13"),
        (("silences", "--ledger", "notes.txt"), 3, "notes.txt"),
        (("read", "notes.txt", "--ledger", "no/such/folder/x.db"), 3, "folder"),
        (("show", "zzz", "--ledger", "made.db"), 3, "zzz"),
        (("enter", "notes.txt", "--coder", "me"), 2, "Line 1"),
        (("times", "notes.txt"), 2, "Line 1"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(dragoman, tmp_path, args, code, says):
    (tmp_path / "notes.txt").write_text("These are notes and no ledger.\n" * 50)
    if "made.db" in args:
        dragoman("read", "-", "--ledger", "made.db", code=1)
    done = dragoman(*args, code=code)
    last = done.stderr.strip().splitlines()[-1]
    assert says in last
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("dragoman: ")
    assert len(done.stderr.splitlines()) == 1


def test_events_says_which_line_is_no_record(dragoman, tmp_path):
    (tmp_path / "lines.jsonl").write_text('{"id": "1"}\n')
    assert 'has no "text"' in dragoman("events", "lines.jsonl", code=2).stderr


def test_a_reader_that_has_enough_ends_the_command_quietly(sample_ledger):
    piped = f"{sys.executable} -m dragoman export --ledger {sample_ledger} | head -n 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", piped], capture_output=True, text=True, check=False, env=environment()
    )
    assert done.stdout.startswith("contact,")
    assert done.stderr == ""


def test_article_prints_the_documented_shape(dragoman, samples):
    (found,) = [
        json.loads(x) for x in dragoman("article", samples / "straits-evening-gazette-210314.html").stdout.splitlines()
    ]
    assert list(found) == [
        "id", "title", "subtitle", "body", "published", "published_rule", "published_sure", "updated", "timezone", "outlet", "agency", "relayed",
        "dateline", "byline", "section", "captions", "key_points", "links", "language", "machine_translated", "spans",
    ]  # fmt: skip
    assert found["title"] == "No answer from Pyongyang to Washington's feelers"
    assert "Container rates" not in found["body"]


def test_times_reads_and_prints_json_lines(dragoman):
    asked = {"id": "a", "text": "Oslo wrote to Quito in mid-February.", "date": "2021-03-14"}
    (found,) = [json.loads(x) for x in dragoman("times", stdin=json.dumps(asked)).stdout.splitlines()]
    (expression,) = found["times"]
    assert asked["text"][expression["start"] : expression["end"]] == expression["text"]
    assert (expression["earliest"], expression["latest"], expression["precision"]) == (
        "2021-02-11",
        "2021-02-20",
        "third",
    )


def test_a_parse_reads_its_own_output(dragoman, samples):
    parsed = dragoman("parse", samples / "nordhavn-shipping-news-210330.txt").stdout
    assert "# sent_id = " in parsed
    assert "# text = " in parsed
    assert dragoman("parse", "--conllu", "-", stdin=parsed).stdout == parsed


def test_plain_text_is_parsed_whole(dragoman):
    parsed = dragoman("parse", "--plain", "-", stdin="Peru met Chile.").stdout
    assert "1\tPeru\t" in parsed
