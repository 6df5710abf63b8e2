"""``dragoman read``: pages in, what they say out, and into the ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dragoman.cli.common import NOTHING, console, json_option, ledger_option, open_ledger, print_json
from dragoman.errors import FormatError
from dragoman.model import Document, Page, Reading, Rejection
from dragoman.pages.files import MAX_BYTES, STDIN, files_under, pages_of

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from dragoman.pipeline import Input, Outcome, Pipeline

F = TypeVar("F", bound=Callable[..., Any])

files_argument = click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, allow_dash=True)
)


def page_options(command: F) -> F:
    """What whoever brings a page knows about it: it wins over what the page says."""
    for option in (
        click.option(
            "--id",
            "name",
            metavar="NAME",
            help="The report's id, for one file or standard input [default: the file's stem].",
        ),
        click.option("--url", metavar="URL", help="The page's address; wins over the page's own word."),
        click.option("--outlet", metavar="NAME", help="Who published; wins over the page's own word."),
        click.option(
            "--published", metavar="DAY", help="Day or time of publication (ISO); wins over the page's own word."
        ),
        click.option(
            "--first-seen", metavar="DAY", help="When the page was first seen: a bound where it prints no date."
        ),
    ):
        command = option(command)
    return command


def inputs_of(
    paths: Sequence[str],
    name: str | None,
    url: str | None,
    outlet: str | None,
    published: str | None,
    first_seen: str | None,
) -> tuple[Iterable[Input], int]:
    """The pages behind the arguments, and how many there are."""
    _check_times(published, first_seen)
    known: dict[str, str | None] = {"url": url, "outlet": outlet, "published": published, "first_seen": first_seen}
    files = files_under([Path(p) for p in paths if p != STDIN])
    total = len(files) + (STDIN in paths)
    if name and total != 1:
        raise click.UsageError(f"--id names one report, and {total} are given.")

    def pages() -> Iterator[Input]:
        if STDIN in paths:
            yield Page(name or "stdin", sys.stdin.buffer.read(MAX_BYTES + 1), **known)
        for page in pages_of(*files, **known):
            yield _renamed(page, name) if name else page

    return pages(), total


def _check_times(*times: str | None) -> None:
    from datetime import datetime

    for time in times:
        try:
            datetime.fromisoformat(time or "2000-01-01")
        except ValueError:
            raise click.BadParameter(
                f"{time!r} is no day or time; write 2021-05-13 or 2021-05-13T09:24+09:00."
            ) from None


def _renamed(page: Input, name: str) -> Input:
    return replace(page, id=name) if isinstance(page, Page) else replace(page, report=name)


@click.command("read", short_help="Read reports into the ledger.")
@files_argument
@json_option
@ledger_option
@click.option("--no-ledger", is_flag=True, help="Read without writing anything.")
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read."
)
@click.option("--conllu", is_flag=True, help="The files hold parsed documents, as `dragoman parse` prints them.")
@page_options
def read_command(
    paths: Sequence[str], as_json: bool, ledger_at: str, no_ledger: bool, workers: int, conllu: bool, **known: Any
) -> None:
    """Read reports: files, folders (with all inside) and `-` for standard input.

    Prints what each report says, whether or not the ledger knew it, and enters it there. A report stands in the ledger whole or not at all;
    when a run is interrupted, the same command carries on. An input that cannot be read is a line with the reason; exit code 1 if all were.
    """
    from dragoman.cli.tables import print_reading, print_summary
    from dragoman.pipeline import Pipeline

    pages, total = inputs_of(paths, **known)
    if total == 0:
        raise click.UsageError("There is no file in the folders named.")
    pipeline = Pipeline(workers=min(workers, total))
    tally = _Tally()
    out = console()
    with ExitStack() as stack:
        outcomes = _outcomes(pipeline, pages, conllu, known, None if no_ledger else ledger_at, stack)
        bar = stack.enter_context(_bar(as_json and sys.stdout.isatty()))
        task = bar.add_task("reading", total=None if conllu else total)
        for outcome in outcomes:
            tally.count(outcome)
            bar.advance(task)
            if as_json:
                print_json([outcome.as_json()])
                sys.stdout.flush()
            else:
                _above(bar, task, lambda outcome=outcome: print_reading(out, outcome))  # type: ignore[misc]
    if not as_json:
        print_summary(out, tally.reports, tally.contacts, tally.rejected, None if no_ledger else ledger_at)
    sys.exit(NOTHING if tally.rejected and not tally.reports else 0)


def _outcomes(
    pipeline: Pipeline,
    pages: Iterable[Input],
    conllu: bool,
    known: dict[str, str | None],
    ledger_at: str | None,
    stack: ExitStack,
) -> Iterator[Outcome]:
    if conllu:
        documents = parsed(pages, known)
        if ledger_at is None:
            return pipeline.read_documents(documents)
        return pipeline.run_documents(documents, stack.enter_context(open_ledger(ledger_at, must_exist=False)))
    if ledger_at is None:
        return pipeline.read(pages)
    return pipeline.run(pages, stack.enter_context(open_ledger(ledger_at, must_exist=False)))


def parsed(pages: Iterable[Input], known: dict[str, str | None]) -> Iterator[Document]:
    """The documents of CoNLL-U files; what is told by option wins here too."""
    from dragoman.language.conllu import documents_of

    told = {k: known[k] for k in ("url", "outlet", "published", "first_seen") if known.get(k)}
    for page in pages:
        if isinstance(page, Rejection):
            raise FormatError(page.detail)
        try:
            text = page.data.decode("utf-8")
        except UnicodeDecodeError:
            raise FormatError(
                f"{page.id} is not CoNLL-U in UTF-8; `dragoman parse` prints what is read here."
            ) from None
        for document in documents_of(text):
            article = replace(document.article, **told)  # type: ignore[arg-type]
            if known.get("published"):
                article = replace(article, published_rule="given", published_sure=1.0)
            yield replace(document, article=article)


def _bar(hidden: bool) -> Progress:
    """Progress on standard error, on a terminal alone; it goes away when the run ends."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    err = console(err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=err, transient=True, disable=hidden or not err.is_terminal)


def _above(bar: Progress, task: TaskID, write: Callable[[], None]) -> None:
    """Write to standard output while the bar stands on the same terminal: take it away, write, put it back."""
    if bar.disable or not sys.stdout.isatty():
        write()
        return
    bar.stop()
    write()
    bar.start()


class _Tally:
    """Counts for the last line."""

    def __init__(self) -> None:
        self.reports = self.contacts = self.rejected = 0

    def count(self, outcome: Outcome) -> None:
        if isinstance(outcome, Reading):
            self.reports += 1
            self.contacts += len(outcome.contacts)
        else:
            self.rejected += 1
