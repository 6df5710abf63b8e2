"""``dragoman codebook``: how the ledger's acts and statuses map to PLOVER and CAMEO."""

from __future__ import annotations

import click

from dragoman.cli.common import console, print_json

__all__ = ["codebook_command"]


@click.command("codebook", short_help="How acts map to PLOVER and CAMEO.")
@click.option("--csv", "as_csv", is_flag=True, help="A table as CSV.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines.")
def codebook_command(as_csv: bool, as_json: bool) -> None:
    """Print how each act and status of the ledger maps to PLOVER and CAMEO, with the section of PLOVER's manual.

    An empty type: the schemes have no code for it. "or_by_its_words": types that the words of the act may tell instead.
    """
    import csv
    import sys

    from dragoman.codebook.plover_acts import ActBook

    rows = list(ActBook.load().table())
    if as_json:
        print_json(rows)
    elif as_csv or not sys.stdout.isatty():
        table = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    else:
        from rich.table import Table

        shown = Table(*rows[0])
        for row in rows:
            shown.add_row(*row.values())
        console().print(shown)
