"""What the commands share: late imports, exit codes, options, and printing for people and for programs."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from dragoman.errors import DragomanError, FormatError, LedgerError

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.ledger import Ledger

#: The exit codes of every command; docs/cli.md and the help's last lines list them.
DONE, NOTHING, USAGE, LEDGER, INSTALLATION, INTERRUPTED = 0, 1, 2, 3, 4, 130

DEFAULT_LEDGER = "dragoman.db"

F = TypeVar("F", bound=Callable[..., Any])


class Commands(click.Group):
    """A group whose commands are imported when they are asked for, and whose errors are one line with an exit code."""

    def __init__(self, *args: Any, commands_at: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._commands_at = commands_at

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order in which a newcomer needs them."""
        return list(self._commands_at)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or ``None`` where there is none."""
        if cmd_name not in self._commands_at:
            return None
        found = getattr(importlib.import_module(self._commands_at[cmd_name]), f"{cmd_name}_command")
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a guess at what was meant."""
        import difflib

        if args and not args[0].startswith("-") and args[0] not in self._commands_at:
            near = difflib.get_close_matches(args[0], self._commands_at, n=1)
            hint = f" Did you mean `dragoman {near[0]}`?" if near else " `dragoman --help` lists the commands."
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours ends in one line on standard error and its exit code."""
        try:
            return super().invoke(ctx)
        except DragomanError as error:
            leave(sentence(str(error)), _code_of(error))
        except KeyboardInterrupt:
            leave("Interrupted. What was read so far is kept; the same command carries on from there.", INTERRUPTED)
        except BrokenPipeError:
            # `dragoman … | head`: the reader has enough. Nothing more may be written to the closed pipe at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(DONE)


def run(commands: click.Group) -> NoReturn:
    """Call the commands as the shell asks; a wrong call is one line, as every other error is."""
    try:
        code = commands.main(prog_name="dragoman", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(USAGE)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "dragoman"
        leave(f"{sentence(error.format_message())} `{where} --help` tells how.", USAGE)
    except click.ClickException as error:
        leave(sentence(error.format_message()), USAGE)
    except click.Abort:
        leave("Interrupted.", INTERRUPTED)
    sys.exit(code if isinstance(code, int) else DONE)


def _code_of(error: DragomanError) -> int:
    if isinstance(error, LedgerError):
        return LEDGER
    return USAGE if isinstance(error, FormatError) else INSTALLATION


def sentence(message: str) -> str:
    """The message as a sentence: the rooms' own begin small and end without a stop. A file's name stays as it is written."""
    first = message.split(" ", 1)[0]
    return (
        (message[:1].upper() if first.isalpha() else message[:1])
        + message[1:]
        + ("" if message.endswith((".", "?", "!")) else ".")
    )


def leave(message: str, code: int) -> NoReturn:
    """End with one line on standard error."""
    one_line = " ".join(message.split())
    click.echo(f"dragoman: {one_line}", err=True)
    sys.exit(code)


# ---------------------------------------------------------------------------------------------------------- options


def ledger_option(command: F) -> F:
    """``--ledger``."""
    return click.option(
        "--ledger",
        "ledger_at",
        metavar="FILE|URL",
        default=DEFAULT_LEDGER,
        show_default=True,
        envvar="DRAGOMAN_LEDGER",
        show_envvar=True,
        help="The ledger: an SQLite file, or the URL of a PostgreSQL database.",
    )(command)


def json_option(command: F) -> F:
    """``--json``."""
    return click.option(
        "--json", "as_json", is_flag=True, help="One JSON object a line, in the shapes of docs/cli.md."
    )(command)


def as_of_options(command: F) -> F:
    """``--as-of`` and ``--as-recorded``."""
    command = click.option(
        "--as-recorded",
        metavar="TIME",
        callback=_time,
        help="From what this ledger held at that time (ISO, UTC unless it names a zone).",
    )(command)
    return click.option(
        "--as-of",
        metavar="DAY",
        callback=as_day,
        help="From what had been published by that day, YYYY-MM-DD (the local day that each page prints).",
    )(command)


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> date | None:
    """An option's day."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it as 2021-03-20.") from None


def _time(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no time; write it as 2021-03-20T12:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


# ----------------------------------------------------------------------------------------------------------- ledger


def utc_now() -> datetime:
    """The clock that the commands hand to the ledger."""
    return datetime.now(UTC)


def open_ledger(at: str, *, must_exist: bool = True) -> Ledger:
    """The ledger at a path or URL; commands that only look say so where there is none, instead of making an empty one."""
    if must_exist and "://" not in at and not Path(at).exists():
        leave(f"There is no ledger at {at}. Make one with `dragoman read FILES`, or name it with --ledger.", LEDGER)
    from dragoman.ledger import Ledger

    return Ledger.open(at, clock=utc_now)


# --------------------------------------------------------------------------------------------------------- printing


def console(*, err: bool = False) -> Console:
    """Colour and width for a terminal; plain lines of any length where the output goes into a pipe, or NO_COLOR is set."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    piped = not stream.isatty() and not os.environ.get("FORCE_COLOR")
    width = int(os.environ["COLUMNS"]) if os.environ.get("COLUMNS", "").isdigit() else None
    return Console(
        file=stream, highlight=False, emoji=False, markup=False, width=width or (PIPED_WIDTH if piped else None)
    )


#: Columns of a table that goes into a pipe: wide enough that no cell of ours is cut, narrow enough to be read in an editor.
PIPED_WIDTH = 160


def print_json(records: Iterable[Any]) -> None:
    """One object a line, letters as they are."""
    for record in records:
        click.echo(json.dumps(record, ensure_ascii=False))
