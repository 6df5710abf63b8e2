"""The single stages, each usable alone in a pipe: ``article``, ``parse``, ``times``, ``events``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

import click

from dragoman.cli.common import NOTHING, console, print_json
from dragoman.cli.read import files_argument, inputs_of, page_options
from dragoman.errors import FormatError
from dragoman.model import Article, Document, Page, Rejection

if TYPE_CHECKING:
    from dragoman.pipeline import Input

stage_json_option = click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line [default: unless on a terminal]."
)
lines_argument = click.argument("file", type=click.File("r", encoding="utf-8"), default="-")


@click.command("article", short_help="Take the article out of pages.")
@files_argument
@stage_json_option
@page_options
def article_command(paths: Sequence[str], as_json: bool, **known: Any) -> None:
    """Take the article out of pages: title, day, outlet, agency, body, without the page's furniture.

    Reads HTML, text dumps of pages, JSON-LD. Prints one JSON object a line, or a readable page on a terminal.
    """
    from dragoman.cli.tables import print_article, print_rejection
    from dragoman.pipeline import Pipeline

    pages, _ = inputs_of(paths, **known)
    out = console()
    rejected = articles = 0
    for found in Pipeline().articles(pages):
        articles, rejected = articles + isinstance(found, Article), rejected + isinstance(found, Rejection)
        if as_json or not sys.stdout.isatty():
            print_json([found.as_json()])
        elif isinstance(found, Rejection):
            print_rejection(out, found)
        else:
            print_article(out, found)
    sys.exit(NOTHING if rejected and not articles else 0)


@click.command("parse", short_help="Parse pages: CoNLL-U.")
@files_argument
@click.option(
    "--conllu", is_flag=True, help="The files hold CoNLL-U already: check it and print it as it was understood."
)
@click.option("--plain", is_flag=True, help="The files hold plain text, and all of it is to be parsed.")
@page_options
def parse_command(paths: Sequence[str], conllu: bool, plain: bool, **known: Any) -> None:
    """Parse pages into sentences, words, tree and names: CoNLL-U on standard output.

    MISC holds where each word stands (start, end: characters of the article's text) and the name it belongs to (NER).
    """
    from dragoman.language.conllu import to_conllu
    from dragoman.pipeline import Pipeline

    if conllu and plain:
        raise click.UsageError("--conllu and --plain exclude each other.")
    pages, _ = inputs_of(paths, **known)
    rejected = parsed = 0
    for found in _conllu_documents(pages) if conllu else _documents(Pipeline(), pages, plain):
        if isinstance(found, Rejection):
            rejected += 1
            click.echo(
                f"dragoman: {found.report} was not read ({found.stage}): {found.reason} {found.detail}".rstrip(),
                err=True,
            )
        else:
            parsed += 1
            click.echo(to_conllu(found), nl=False)
    sys.exit(NOTHING if rejected and not parsed else 0)


def _documents(pipeline: Any, pages: Iterable[Input], plain: bool) -> Iterator[Document | Rejection]:
    if not plain:
        yield from pipeline.documents(pages)
        return
    for page in pages:
        if isinstance(page, Rejection):
            yield page
        else:
            yield pipeline.language.document(_plain_article(page))


def _plain_article(page: Page) -> Article:
    try:
        text = page.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(f"{page.id} is not UTF-8 text; without --plain other encodings are recognised.") from None
    return Article(
        page.id,
        text.replace("\r\n", "\n").strip(),
        outlet=page.outlet,
        url=page.url,
        published=page.published,
        published_rule="given" if page.published else None,
        published_sure=1.0 if page.published else 0.0,
        first_seen=page.first_seen,
    )


def _conllu_documents(pages: Iterable[Input]) -> Iterator[Document]:
    from dragoman.cli.read import parsed

    return parsed(pages, {})


@click.command("times", short_help="Find time expressions and their days.")
@lines_argument
@stage_json_option
def times_command(file: IO[str], as_json: bool) -> None:
    """Find the time expressions of texts, with the days that they allow.

    Reads JSON lines {"id", "text", "date"} (the day the text is from) from FILE or standard input; prints JSON lines.
    """
    from dragoman.cli.tables import print_times
    from dragoman.language import Language
    from dragoman.reading.times import read_times

    language = Language.open()
    out = console()
    for record in records_of(file):
        article = Article(record["id"], record["text"], published=record.get("date"))
        document = language.document(article)
        times = [t.as_json() for sentence in read_times(document) for t in sentence]
        if as_json or not sys.stdout.isatty():
            print_json([{"id": record["id"], "times": times}])
            sys.stdout.flush()
        else:
            print_times(out, article, times)


@click.command("events", short_help="Code political events by PLOVER.")
@lines_argument
@stage_json_option
def events_command(file: IO[str], as_json: bool) -> None:
    """Code political events of any kind by PLOVER, with CAMEO's root, source, target, status, spans and contexts.

    Reads JSON lines {"id", "text", "date"}, optionally with "source" and "target" that stand in the text (then that pair alone
    is coded); prints JSON lines. There is no default code: "uncoded" says of each sentence without an event why it has none.
    """
    del as_json  # there is no other shape
    from dragoman.language import Language
    from dragoman.reading.events import coded

    print_json(coded(Language.open(), records_of(file)))


def records_of(file: IO[str]) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines with "id", "text" and "date"; says which line is none."""
    from datetime import datetime

    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise FormatError(
                f'Line {number} is not JSON ({error}); each line is one object {{"id", "text", "date"}}.'
            ) from None
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise FormatError(f'Line {number} has no "text"; each line is one object {{"id", "text", "date"}}.')
        day = record.get("date")
        try:
            datetime.fromisoformat(day or "2000-01-01")
        except (TypeError, ValueError):
            raise FormatError(f'The "date" of line {number} is {day!r}; write it as 2021-05-13.') from None
        yield {**record, "id": str(record.get("id", number))}
