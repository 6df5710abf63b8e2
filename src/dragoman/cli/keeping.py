"""Keeping a ledger: ``changes``, ``reread``, ``settle``, ``backup``."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.common import as_day, console, json_option, ledger_option, open_ledger, print_json

if TYPE_CHECKING:
    from dragoman.model import Contact, Reading, Rejection


@click.command("changes", short_help="What changed between two days.")
@click.option("--from", "since", metavar="DAY", required=True, callback=as_day, help="The earlier day, YYYY-MM-DD.")
@click.option("--to", "until", metavar="DAY", callback=as_day, help="The later day [default: today].")
@ledger_option
@json_option
def changes_command(since: date, until: date | None, ledger_at: str, as_json: bool) -> None:
    """The threads that stand otherwise as published by the later day than they did by the earlier one.

    A thread is new, gone (a report that told it was revised, or two threads proved to be one), in another state, or more is told of it.
    """
    with open_ledger(ledger_at) as ledger:
        found = [change.as_json() for change in ledger.changes(since, until)]
    if as_json:
        print_json(found)
        return
    from dragoman.cli.tables import changes_table

    out = console()
    out.print(changes_table(found, out.width, f"From {since} to {until or 'today'}"))


@click.command("reread", short_help="Read stored pages again with this version.")
@ledger_option
@click.option("--apply", "apply_", is_flag=True, help="Enter the new readings; the old ones are kept.")
@json_option
def reread_command(ledger_at: str, apply_: bool, as_json: bool) -> None:
    """Read again each page that another version of dragoman read into the ledger, and show what would change.

    Nothing is written without --apply. With it each new reading takes the place of the old one, which is kept and still stands in views of
    what was recorded before.
    """
    from dragoman.cli.tables import counted, print_rereading
    from dragoman.model import Reading
    from dragoman.pipeline import Pipeline

    out = console()
    pages = changed = 0
    with open_ledger(ledger_at) as ledger:
        for page, old, outcome in Pipeline().reread(ledger):
            pages += 1
            found = difference(old, outcome)
            changed += bool(found["gone"] or found["new"] or found["fields"] or found["rejected"])
            if as_json:
                print_json([found])
                sys.stdout.flush()
            else:
                print_rereading(out, found)
            if apply_ and isinstance(outcome, Reading):
                ledger.enter(outcome, page)
    if not as_json:
        done = "entered" if apply_ else "nothing is written without --apply"
        out.print(f"{counted(pages, 'page')} read again, {changed} with another reading; {done}.", style="dim")


#: What is compared of a report beside its contacts.
FIELDS = ("title", "published", "outlet", "agency", "body")


def difference(old: Reading, new: Reading | Rejection) -> dict[str, Any]:
    """What a new reading changes of an old one: the shape that ``reread --json`` prints."""
    from dragoman.model import Reading

    found: dict[str, Any] = {"report": old.article.id, "key": old.article.key, "before": old.reader, "after": None}
    if not isinstance(new, Reading):
        return {**found, "rejected": new.as_json()["rejected"], "fields": {}, "gone": [], "new": [], "same": 0}
    values = {k: (getattr(old.article, k), getattr(new.article, k)) for k in FIELDS}
    gone, came = _without(old.contacts, new.contacts), _without(new.contacts, old.contacts)
    return {
        **found,
        "after": new.reader,
        "rejected": None,
        "fields": {k: list(v) for k, v in values.items() if v[0] != v[1]},
        "gone": [c.as_json() for c in gone],
        "new": [c.as_json() for c in came],
        "same": len(old.contacts) - len(gone),
    }


def _without(contacts: tuple[Contact, ...], others: tuple[Contact, ...]) -> list[Contact]:
    """The contacts that say something else than each of the others."""
    rest = [c.key for c in others]
    found = []
    for contact in contacts:
        if contact.key in rest:
            rest.remove(contact.key)
        else:
            found.append(contact)
    return found


@click.command("settle", short_help="Derive the silences of all days in advance.")
@ledger_option
def settle_command(ledger_at: str) -> None:
    """Derive the silences of all days in advance, so that the board of any past day is looked up at once.

    Of use after many reports came in, by `read` or `enter`. A board is right without it: it derives what its own day lacks, and keeps it.
    """
    with open_ledger(ledger_at) as ledger:
        ledger.settle()


@click.command("backup", short_help="Copy the whole ledger while it is in use.")
@click.argument("copy", metavar="FILE|URL")
@ledger_option
def backup_command(copy: str, ledger_at: str) -> None:
    """Copy the whole ledger, as it stands at this moment, to a new file or an empty database; readers and writers may go on.

    The way back is the same: `dragoman backup --ledger COPY NEW`. It also moves a ledger from a file to a server, or back.
    """
    with open_ledger(ledger_at) as ledger:
        ledger.copy(copy)
    click.echo(f"Copied to {copy}.")
