"""``dragoman enter`` and ``dragoman export``: contacts coded by people in, tables out."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

import click

from dragoman.cli.common import as_day, as_of_options, ledger_option, open_ledger, utc_now
from dragoman.errors import FormatError
from dragoman.model import Rejection


@click.command("enter", short_help="Enter contacts that people coded.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@ledger_option
@click.option("--coder", metavar="NAME", help="Who coded the contacts, where the file does not say.")
@click.option(
    "--columns", metavar="MAP", help='For CSV: names of the file\'s columns by field, as "from=sender,to=receiver".'
)
@click.option(
    "--from",
    "kind",
    metavar="DATA",
    type=click.Choice(("trips", "visits")),
    help="FILE is open data of HistoryAtState: `trips` of US presidents and secretaries of state, `visits` of foreign leaders.",
)
@click.option(
    "--first-seen", metavar="DAY", callback=as_day, help="For --from: when the data were first seen [default: today]."
)
def enter_command(
    file: Path, ledger_at: str, coder: str | None, columns: str | None, kind: str | None, first_seen: date | None
) -> None:
    """Enter contacts that people coded: JSON lines in the shape that `read --json` prints, or CSV (FILE ends in .csv); either may end in .gz.

    A coder and a source (the report's outlet or address) are required. What a person coded stands before what the program read from the same
    report. Entering a file again adds nothing.
    """
    new = known = refused = 0
    with ExitStack() as stack:
        lines = _records(stack.enter_context(_opened(file)), file, columns, kind, first_seen or utc_now().date())
        ledger = stack.enter_context(open_ledger(ledger_at, must_exist=False))
        for number, record in lines:
            if isinstance(record, Rejection):
                ledger.reject(record)
                refused += 1
                continue
            try:
                entered = ledger.enter_coded(record, coder=coder or record.get("coder"))
            except FormatError as error:
                raise FormatError(f"Line {number}: {error}") from None
            new, known = new + entered.new, known + (not entered.new)
    also = f", {refused} refused (`dragoman rejections` tells why)" if refused else ""
    click.echo(f"{new} entered, {known} known before{also}. In {ledger_at}.")


def _opened(file: Path) -> AbstractContextManager[IO[str]]:
    if str(file) == "-":
        return nullcontext(TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline=""))
    if file.suffix == ".gz":
        return TextIOWrapper(gzip.GzipFile(file), encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")


def _records(
    lines: IO[str], file: Path, columns: str | None, kind: str | None, first_seen: date
) -> Iterator[tuple[int, dict[str, Any] | Rejection]]:
    if kind:
        from dragoman.exports import travels

        return travels.records(lines, kind, first_seen)
    if file.name.lower().removesuffix(".gz").endswith(".csv"):
        from dragoman.exports import coded

        return iter(coded.records(lines, coded.column_map(columns)))
    return iter(_json_records(lines))


def _json_records(file: IO[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(file, 1):
        if line.strip():
            try:
                record = json.loads(line)
            except ValueError as error:
                raise FormatError(
                    f"Line {number} is not JSON ({error}); each line is one report with its contacts."
                ) from None
            if not isinstance(record, dict):
                raise FormatError(f"Line {number} is no object; each line is one report with its contacts.")
            yield number, record


@click.command("export", short_help="One row a contact, as CSV or JSON lines.")
@ledger_option
@as_of_options
@click.option("--csv", "kind", flag_value="csv", default="csv", help="Comma-separated, with a head [default].")
@click.option("--jsonl", "kind", flag_value="jsonl", help="One JSON object a line.")
def export_command(ledger_at: str, as_of: date | None, as_recorded: datetime | None, kind: str) -> None:
    """Print one row a contact: every field, the words it rests on, the report's address.

    docs/cli.md lists the columns. Ids are stable: the same contact has the same id in every ledger.
    """
    from dragoman.exports import csv_lines, jsonl_lines, rows

    with open_ledger(ledger_at) as ledger:
        found = rows(ledger, as_of, as_recorded)
        for line in jsonl_lines(found) if kind == "jsonl" else csv_lines(found):
            click.echo(line)
