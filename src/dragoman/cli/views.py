"""What the ledger says: ``silences``, ``threads``, ``timeline``, ``show``, ``rejections``."""

from __future__ import annotations

from datetime import date, datetime

import click

from dragoman.cli.common import (
    as_of_options,
    console,
    json_option,
    ledger_option,
    open_ledger,
    print_json,
)
from dragoman.errors import FormatError


@click.command("silences", short_help="Approaches without a reported answer.")
@ledger_option
@as_of_options
@json_option
def silences_command(ledger_at: str, as_of: date | None, as_recorded: datetime | None, as_json: bool) -> None:
    """The approaches that nobody is reported to have answered, longest silence first.

    Days of silence are a range where the approach is dated by a range ("mid-February"). An approach whose receipt was acknowledged without a
    word on its substance counts as unanswered.
    """
    with open_ledger(ledger_at) as ledger:
        found = [thread.as_json() for thread in ledger.silences(as_of=as_of, as_recorded=as_recorded)]
        undated = ledger.undated()
    if as_json:
        print_json(found)
        return
    from dragoman.cli.tables import counted, silence_table

    out = console()
    out.print(silence_table(found, out.width, _titled("No answer reported", as_of, as_recorded)))
    if undated:
        out.print(f"{counted(undated, 'report')} without any date: in no view by day.", style="dim")


@click.command("threads", short_help="All threads and how they stand.")
@ledger_option
@as_of_options
@json_option
def threads_command(ledger_at: str, as_of: date | None, as_recorded: datetime | None, as_json: bool) -> None:
    """All threads: an approach, a line, a round of talks or a standing effort, with what followed on it and how it stands."""
    with open_ledger(ledger_at) as ledger:
        found = [thread.as_json() for thread in ledger.threads(as_of=as_of, as_recorded=as_recorded)]
        found += [process.as_json() for process in ledger.processes(as_of=as_of, as_recorded=as_recorded)]
    if as_json:
        print_json(found)
        return
    from dragoman.cli.tables import threads_table

    out = console()
    out.print(threads_table(found, out.width, _titled("Threads", as_of, as_recorded)))


@click.command("timeline", short_help="What passed between two parties.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@ledger_option
@as_of_options
@json_option
def timeline_command(
    a: str, b: str, ledger_at: str, as_of: date | None, as_recorded: datetime | None, as_json: bool
) -> None:
    """What passed between two parties, act by act.

    A and B are codes (USA, PRK, EU) or names ("North Korea").
    """
    pair = (code_of(a), code_of(b))
    with open_ledger(ledger_at) as ledger:
        found = [act.as_json() for act in ledger.timeline(*pair, as_of=as_of, as_recorded=as_recorded)]
    if as_json:
        print_json(found)
        return
    from dragoman.cli.tables import acts_table

    out = console()
    if not found:
        out.print(f"The ledger knows of no contact between {pair[0]} and {pair[1]} in this view.", style="dim")
        return
    out.print(acts_table(found, out.width, _titled(f"{pair[0]} and {pair[1]}", as_of, as_recorded)))


def code_of(name: str) -> str:
    """The code of a party: a code as it is, or the one that a name stands for."""
    if name.isupper() and name.isascii() and " " not in name:
        return name
    from dragoman.codebook.actors import ActorBook

    codes = ActorBook.load().party(name)
    if len(codes) != 1:
        raise FormatError(f"{name!r} names no single party; use a code such as USA, PRK or EU.")
    return codes[0]


@click.command("show", short_help="One thread, act or report with its evidence.")
@click.argument("name", metavar="ID")
@ledger_option
@as_of_options
@json_option
def show_command(name: str, ledger_at: str, as_of: date | None, as_recorded: datetime | None, as_json: bool) -> None:
    """One thread, act, contact or report, with the words it rests on marked in their paragraph.

    ID is the id that a table shows, or its first letters; for a report its name or key.
    """
    with open_ledger(ledger_at) as ledger:
        found = ledger.show(name, as_of=as_of, as_recorded=as_recorded)
    if as_json:
        print_json([found])
        return
    from dragoman.cli.showing import print_found

    print_found(console(), found)


@click.command("rejections", short_help="Inputs that were not read, and why.")
@ledger_option
@json_option
def rejections_command(ledger_at: str, as_json: bool) -> None:
    """The inputs that were not read, at which stage, and why."""
    with open_ledger(ledger_at) as ledger:
        found = [rejection.as_json() for rejection in ledger.rejections()]
    if as_json:
        print_json(found)
        return
    from dragoman.cli.tables import rejections_table

    console().print(rejections_table(found))


def _titled(title: str, as_of: date | None, as_recorded: datetime | None) -> str:
    known = f", as published by {as_of}" if as_of else ""
    held = f", as recorded by {as_recorded:%Y-%m-%d %H:%M} UTC" if as_recorded else ""
    return f"{title}{known}{held}"
