"""The command ``dragoman``: each stage usable alone, in a pipe, in the shapes of FORMATS.

``--help`` answers at once: the commands' modules import click and the standard library alone, all else inside the functions that need it.
"""

from __future__ import annotations

import click

import dragoman
from dragoman.cli.common import Commands, run

__all__ = ["commands", "main"]

_EXIT_CODES = """\b
Exit codes: 0 done · 1 every input was rejected · 2 wrong usage, or input not in its shape ·
3 the ledger cannot do it · 4 the installation or the machine cannot do it · 130 interrupted"""


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
    epilog=_EXIT_CODES,
    commands_at={
        "demo": "dragoman.cli.demo",
        "read": "dragoman.cli.read",
        "silences": "dragoman.cli.views",
        "threads": "dragoman.cli.views",
        "timeline": "dragoman.cli.views",
        "show": "dragoman.cli.views",
        "changes": "dragoman.cli.keeping",
        "rejections": "dragoman.cli.views",
        "desk": "dragoman.cli.desk",
        "enter": "dragoman.cli.enter",
        "export": "dragoman.cli.enter",
        "reread": "dragoman.cli.keeping",
        "settle": "dragoman.cli.keeping",
        "backup": "dragoman.cli.keeping",
        "article": "dragoman.cli.stages",
        "parse": "dragoman.cli.stages",
        "times": "dragoman.cli.stages",
        "events": "dragoman.cli.stages",
        "codebook": "dragoman.cli.codebook",
    },
)
@click.version_option(dragoman.__version__, message="%(prog)s %(version)s")
def commands() -> None:
    """Read news reports and keep a sourced, dated ledger of diplomatic contact.

    \b
    dragoman read reports/            read a folder into ./dragoman.db
    dragoman silences                 which approaches nobody is reported to have answered
    dragoman timeline USA PRK         what passed between two parties, act by act
    dragoman show ID                  one thread, act or report, with the words it rests on
    dragoman desk                     all of it in a browser
    """


def main() -> None:
    """The command ``dragoman``."""
    run(commands)
