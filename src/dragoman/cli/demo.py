"""``dragoman demo``: the main job on sample reports, from raw pages to the silence board."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.common import console, open_ledger
from dragoman.model import Reading, Rejection

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.ledger import Ledger

SAMPLES = Path(__file__).parent.parent / "samples"
#: Days on which the board stands differently: before any answer, after the second attempt, after the offer of June.
BOARD_DAYS = (date(2021, 3, 16), date(2021, 5, 10), date(2021, 6, 22))
PAIR = ("USA", "PRK")
LAST_DAY = date(2021, 6, 24)


@click.command("demo", short_help="Read sample reports and show the main job.")
@click.option(
    "--ledger",
    "ledger_at",
    metavar="FILE",
    default="demo.db",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where the demo's ledger is made anew.",
)
def demo_command(ledger_at: Path) -> None:
    """Read fourteen sample reports into a fresh ledger and show what it says.

    The samples tell of the outreach of the United States to North Korea from February to June 2021, in our own words, under invented mastheads.
    """
    from dragoman.pipeline import Pipeline

    out = console()
    _clear(ledger_at)
    pipeline = Pipeline()
    with open_ledger(str(ledger_at), must_exist=False) as ledger:
        _read(out, pipeline, ledger)
        _boards(out, ledger)
        _thread(out, ledger)
        _timeline(out, ledger)
    _next_steps(out, ledger_at)


def _clear(ledger_at: Path) -> None:
    """Remove the ledger of an earlier demo; a file that is something else is refused by the ledger, and stays."""
    if ledger_at.exists():
        open_ledger(str(ledger_at)).close()
        for end in ("", "-wal", "-shm"):
            ledger_at.with_name(ledger_at.name + end).unlink(missing_ok=True)


def _heading(out: Console, text: str) -> None:
    from rich.rule import Rule
    from rich.text import Text

    out.print()
    out.print(Rule(Text(text, style="bold"), align="left", style="dim"))


def _read(out: Console, pipeline: Any, ledger: Ledger) -> None:
    from rich.text import Text

    from dragoman.cli.tables import counted, print_rejection, table
    from dragoman.pages.files import pages_of

    _heading(out, "The reports: wire copies, a page full of menus, a translation, ships")
    made = table("published", "outlet", "title", "contacts")
    with out.status("reading"):
        outcomes = list(pipeline.run(pages_of(SAMPLES), ledger))
    readings = [x for x in outcomes if isinstance(x, Reading)]
    for reading in sorted(readings, key=lambda r: r.article.published or "9"):
        article = reading.article
        made.add_row(
            (article.published or "no date")[:10],
            article.outlet or article.id,
            Text(article.title or "", overflow="ellipsis", no_wrap=True),
            str(len(reading.contacts)),
        )
    out.print(made)
    for rejection in (x for x in outcomes if isinstance(x, Rejection)):
        print_rejection(out, rejection)
    out.print(f"{counted(made.row_count, 'report')} in the ledger.", style="dim")


def _boards(out: Console, ledger: Ledger) -> None:
    from dragoman.cli.tables import silence_table

    _heading(out, "The silence board: what stood unanswered, as published by three days")
    for day in BOARD_DAYS:
        found = [thread.as_json() for thread in ledger.silences(as_of=day)]
        out.print(silence_table(found, out.width, f"{day:%-d %B %Y}"))
        out.print()


def _thread(out: Console, ledger: Ledger) -> None:
    from dragoman.cli.showing import print_found

    _heading(out, "One thread with its evidence")
    threads = ledger.threads(as_of=LAST_DAY, pair=PAIR)
    if threads:
        # The one that most reports speak of.
        longest = max(threads, key=lambda t: sum(len(a.members) for a in t.acts))
        print_found(out, ledger.show(longest.id, as_of=LAST_DAY))


def _timeline(out: Console, ledger: Ledger) -> None:
    from dragoman.cli.tables import acts_table

    _heading(out, "What passed between the two, act by act")
    out.print(acts_table([entry.as_json() for entry in ledger.timeline(*PAIR, as_of=LAST_DAY)], out.width))


def _next_steps(out: Console, ledger_at: Path) -> None:
    from rich.text import Text

    _heading(out, "Try next")
    command = _command()
    for line, what in (
        (f"desk --ledger {ledger_at}", "all of it in a browser: http://127.0.0.1:8321/"),
        (f"silences --ledger {ledger_at} --as-of 2021-05-12", "the board on another day"),
        (f"threads --ledger {ledger_at} --as-of 2021-06-30", "all threads; `show` any id"),
        (f"export --ledger {ledger_at} --csv", "one row a contact, for a spreadsheet"),
        ("read report.html", "your own page, into ./dragoman.db"),
    ):
        out.print(Text.assemble((f"  {command} {line}", "bold"), (f"   {what}", "dim")))


def _command() -> str:
    """What to type for ``dragoman`` here: its name where it was called so, else its path beside the interpreter."""
    import sys

    if Path(sys.argv[0]).name == "dragoman":
        return "dragoman"
    beside = Path(sys.executable).with_name("dragoman")
    return str(beside.relative_to(Path.cwd())) if beside.is_relative_to(Path.cwd()) else str(beside)
