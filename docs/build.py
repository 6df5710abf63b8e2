"""``make docs``: writes docs/cli.md and the excerpts of README.md from the program itself, so that they say what it does.

The notes below are what ``--help`` has no room for: shapes and their reasons.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from dragoman.cli import commands
from dragoman.exports import COLUMNS

ROOT = Path(__file__).resolve().parent.parent
#: Width of the excerpts: what a README shows without a bar to scroll.
WIDTH = "100"
#: Of the evidence this many lines are shown.
LINES = 14

HEAD = """\
# The command line

`dragoman COMMAND --help` says the same in the terminal. Tables are for people: colour on a terminal, plain text in a pipe or with `NO_COLOR`; `COLUMNS` sets
their width. With `--json` a command prints one JSON object a line, keys in the order given here, nulls kept; days are ISO days, spans are `[start, end]` in
characters. An error is one line on standard error that says what to do.

| exit code | means |
| --- | --- |
| 0 | done; also where some inputs were rejected and others read |
| 1 | every input was rejected |
| 2 | wrong usage, or an input that is not in its shape |
| 3 | the ledger cannot do it: none there, not a ledger, a newer one, not writable, held too long; or nothing in it has that ID |
| 4 | the installation or the machine cannot do it: a file of its own is not usable, or a reading process was ended from outside |
| 130 | interrupted by Ctrl-C; what was read is kept |

The ledger is `dragoman.db` in the working folder unless `--ledger` or the environment variable `DRAGOMAN_LEDGER` names another file, or the URL of a
PostgreSQL database (`postgresql://user@host/name`, with `pip install dragoman[postgresql]`).

`--as-of DAY` answers from what had been published by that day, `--as-recorded TIME` from what this ledger held at that time; they are different questions.
"""

#: For each command its arguments and its note.
NOTES: dict[str, tuple[str, str]] = {
    "demo": (
        "",
        """Reads the samples that come with dragoman (docs/samples.md) into a ledger made anew, and prints the silence board as of three days, one thread
with its evidence, and the timeline of the pair. An older demo's file is removed first; a file that is no ledger is left alone.""",
    ),
    "read": (
        "PATH...",
        """Reads HTML, text dumps of pages, JSON-LD and wire copy. A report's `id` is its file's stem; where two stems are equal the folder is put before
them. Every report is entered whole, as soon as it is read: after Ctrl-C or a kill the same command carries on, and files that this version of the
reader has read before are answered from the ledger. With `--workers` several processes read and one writes, in the order of the files.

With `--json` one object a line: `{"report": {"id", "key", … the fields of article but its body and spans …, "url"}, "contacts": […], "processes": […],
"statements": […], "conflicts": […]}`. Each contact has the fields of the export below (as lists and objects), `key`, and
`"spans": {field: [[start, end, rule], …]}`: characters of the article's text from which the field was read, and what read it. An input that was not read
is `{"report": {"id"}, "rejected": {"stage", "reason", "detail"}}`.""",
    ),
    "silences": (
        "",
        """`--json`: the shape of `threads`, with `"reading_gaps": [[day, day], …]`: runs of days on which no report that names either party was published.
The table tells their number as "unread". Sorted by the least number of days of silence, longest first. Reports without any date are in no view by day
and are counted below the table.""",
    ),
    "threads": (
        "",
        """`--json`: `{"id", "kind": overture|line|round|process, "parties": [a, b], "subject", "opened": {"earliest", "latest", "text"}, "state": open|acknowledged|
accepted|declined|countered|closed, "state_since", "silence_days": [least, most]|null, "since_last_attempt": [least, most]|null, "reported_by": {"source",
"of", "told", "until"}, "origins": n, "acts": [{"id", "act", "status", "interval": {"earliest", "latest", "precision"}, "from", "to", "channel",
"contacts": [{"report", "key", "contact"}]}], "changes": [{"day", "state", "report"}], "conflicts": [{"field", "values": [{"value", "reports"}]}]}`.
`origins` counts independent tellings: copies of one wire story are one.""",
    ),
    "timeline": (
        "A B",
        """`--json`: the acts as in `threads`, each with `"about"`, `"thread"` (the id of the thread on which it stands, or null) and `"reports"`.""",
    ),
    "show": (
        "ID",
        """The sentence that carries the contact is underlined; the words from which act, parties, day, channel, answer and source were read stand out in colour.
`--json`: `{"what": thread|act|contact|report, "found": {…}, "evidence": [{"report", "place", "contact", "where", "body", "quotes": [{"field", "start", "end",
"rule", "exact", "prefix", "suffix"}]}]}`.""",
    ),
    "changes": (
        "",
        """`--json`: `{"thread", "change": new|gone|state|told, "kind", "parties", "subject", "before": state|null, "after": state|null, "reports": [{"id",
"key", "published", "first_seen", "outlet", "agency", "title", "url"}]}`; `reports` are those that tell of it by the later day and did not by the earlier.""",
    ),
    "reread": (
        "",
        """Pages are kept in the ledger as they came, so nothing is fetched. `--json`: one object a page: `{"report", "key", "before": reader, "after": reader|null,
"rejected": {"stage", "reason", "detail"}|null, "fields": {name: [old, new]}, "gone": [contact, …], "new": [contact, …], "same": n}`. A page that this
version does not read is shown as such and keeps its reading.""",
    ),
    "settle": (
        "",
        """A ledger of a million contacts takes a while; it may be stopped and called again.""",
    ),
    "backup": (
        "FILE|URL",
        """Nothing may stand at the new place. The copy is of one moment and whole: reports, pages, every reading, and what is derived.""",
    ),
    "rejections": (
        "",
        """`--json`: `{"report", "stage", "reason", "detail", "recorded"}`. `stage` is input, pages, language or reading; the reason `fault` is an error of dragoman's
own: please report it.""",
    ),
    "desk": (
        "",
        """Prints the address to open; Ctrl-C ends it. Every page is also JSON under the same address (`?format=json`), `/api` describes them. docs/desk.md
tells of its pages, keys and accounts.""",
    ),
    "enter": (
        "FILE",
        """JSON lines in the shape that `read --json` prints, or CSV (a file that ends in .csv) with the columns of the export; contacts of one report may
stand on several rows. `-` is standard input. A coder and the report's outlet or address are required.""",
    ),
    "export": (
        "",
        """One row a contact. In CSV, lists are joined by `; `, and a cell that a spreadsheet would take for a formula begins with an apostrophe.

| column | holds |
| --- | --- |
{columns}""",
    ),
    "article": (
        "PATH...",
        """One object a line, also without `--json` unless the output is a terminal: `{"id", "title", "subtitle", "body", "published", "published_rule",
"published_sure": 0..1, "updated", "timezone", "outlet", "agency", "relayed", "dateline", "byline", "section", "captions": [{"text", "credit"}], "key_points",
"links": [{"title", "url"}], "language", "machine_translated", "spans": {field: [start, end, rule]}}`; spans are characters of the page.""",
    ),
    "parse": (
        "PATH...",
        """CoNLL-U with `# newdoc id`, `# sent_id`, `# text`, and in MISC `start=…|end=…|NER=…|SpaceAfter=No`. Rejected pages are named on standard error.""",
    ),
    "times": (
        "[FILE]",
        """Reads `{"id", "text", "date"}`, prints `{"id", "times": [{"start", "end", "text", "type": DATE|TIME|DURATION|SET, "value", "mod", "earliest", "latest",
"precision": day|week|third|month|season|year|vague, "edtf", "anchor", "rule"}]}`; `value` and `mod` are TIMEX3's.""",
    ),
    "events": (
        "[FILE]",
        """Prints `{"id", "events": [{"type", "mode", "cameo", "source": [codes], "target": [codes], "source_text", "target_text", "status", "spans": {"trigger",
"source", "target"}, "rule", "contexts": [PLOVER's]}], "uncoded": [{"span", "reason"}]}`: with `source` and `target` given, one event or none. The
types, their words and the reasons: docs/codebook.md.""",
    ),
    "codebook": (
        "",
        """Columns: `act`, `status`, `answer` (of a reply), `plover`, `mode`, `cameo`, `or_by_its_words`, `manual`, `note`.""",
    ),
}


def cli_page() -> str:
    """The text of docs/cli.md."""
    context = click.Context(commands)
    parts = [HEAD]
    for name in commands.list_commands(context):
        command = commands.get_command(context, name)
        assert command is not None
        arguments, note = NOTES[name]
        parts += [
            f"## `dragoman {name}{' ' + arguments if arguments else ''}`",
            "",
            _help_of(command),
            "",
            _filled(note),
            "",
            *_options(command),
        ]
    return "\n".join(parts).rstrip("\n") + "\n"


def _help_of(command: click.Command) -> str:
    return re.sub(r"\n[ ]*", "\n", command.help or "").replace("\b\n", "").strip()


def _filled(note: str) -> str:
    return note.replace("{columns}", "\n".join(f"| `{name}` | {what} |" for name, what in COLUMNS.items())).strip()


def _options(command: click.Command) -> list[str]:
    options = [p for p in command.params if isinstance(p, click.Option)]
    rows = [
        f"| `{p.opts[0]}{'' if p.is_flag else ' ' + (p.metavar or '').replace('|', ' or ')}` | {p.help} |"
        for p in options
    ]
    return ["| option | |", "| --- | --- |", *rows, ""]


def readme(text: str) -> str:
    """README with its excerpts as the program prints them now."""
    with tempfile.TemporaryDirectory() as scratch:
        ledger = str(Path(scratch) / "demo.db")
        _said("demo", "--ledger", ledger)
        first = json.loads(_said("silences", "--json", "--as-of", "2021-03-16", "--ledger", ledger).splitlines()[0])
        board = _said("silences", "--as-of", "2021-03-16", "--ledger", ledger)
        evidence = _said("show", first["acts"][0]["contacts"][0]["report"], "--as-of", "2021-03-16", "--ledger", ledger)
    text = re.sub(r"dragoman show \w{8} ", f"dragoman show {first['id'][:8]} ", text)
    shown = "\n".join(evidence.strip("\n").splitlines()[:LINES])
    return _put(_put(text, "board", board), "evidence", shown)


def _said(*command: str) -> str:
    environment = {**os.environ, "COLUMNS": WIDTH}
    return subprocess.run(
        [sys.executable, "-m", "dragoman", *command], check=True, capture_output=True, text=True, env=environment
    ).stdout


def _put(text: str, name: str, excerpt: str) -> str:
    block = "\n".join(f"    {line.rstrip()}".rstrip() for line in excerpt.strip("\n").splitlines())
    return re.sub(
        rf"(<!-- demo: {name} -->\n).*?(<!-- demo: end -->)",
        lambda m: f"{m[1]}\n{block}\n\n{m[2]}",
        text,
        count=1,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    (ROOT / "docs" / "cli.md").write_text(cli_page(), encoding="utf-8")
    page = ROOT / "README.md"
    page.write_text(readme(page.read_text(encoding="utf-8")), encoding="utf-8")
