"""``dragoman enter`` and ``dragoman export``: contacts coded by people in, tables out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import click

from dragoman.cli.common import as_of_options, ledger_option, open_ledger
from dragoman.errors import FormatError


@click.command("enter", short_help="Enter contacts that people coded.")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@ledger_option
@click.option("--coder", metavar="NAME", help="Who coded the contacts, where the file does not say.")
@click.option(
    "--columns", metavar="MAP", help='For CSV: names of the file\'s columns by field, as "from=sender,to=receiver".'
)
def enter_command(file: IO[str], ledger_at: str, coder: str | None, columns: str | None) -> None:
    """Enter contacts that people coded: JSON lines in the shape that `read --json` prints, or CSV (FILE ends in .csv).

    A coder and a source (the report's outlet or address) are required. What a person coded stands before what the program read from the same
    report. Entering a file again adds nothing.
    """
    lines = _csv_records(file, columns) if getattr(file, "name", "").lower().endswith(".csv") else _json_records(file)
    new = known = 0
    with open_ledger(ledger_at, must_exist=False) as ledger:
        for number, record in lines:
            try:
                entered = ledger.enter_coded(record, coder=coder or record.get("coder"))
            except FormatError as error:
                raise FormatError(f"Line {number}: {error}") from None
            new, known = new + entered.new, known + (not entered.new)
    click.echo(f"{new} entered, {known} known before. In {ledger_at}.")


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


def _csv_records(file: IO[str], columns: str | None) -> Iterator[tuple[int, dict[str, Any]]]:
    from dragoman.exports import coded

    return coded.records(file, coded.column_map(columns))


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
