"""``dragoman desk``: the ledger in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from dragoman.cli.common import ledger_option, open_ledger


@click.command("desk", short_help="Look at the ledger in a browser.")
@ledger_option
@click.option(
    "--port", default=8321, show_default=True, type=click.IntRange(0, 65535), help="0 takes any that is free."
)
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Another address than this machine's own demands accounts."
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A further host name under which it is asked; may be repeated.",
)
@click.option(
    "--accounts",
    "accounts_at",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where accounts are kept [default: beside the ledger].",
)
@click.option("--https", is_flag=True, help="A proxy before it speaks HTTPS: cookies are sent over that alone.")
def desk_command(
    ledger_at: str, port: int, host: str, names: tuple[str, ...], accounts_at: Path | None, https: bool
) -> None:
    """Serve the ledger to a browser: silences, timelines, evidence, as of any day.

    On this machine alone unless --host names another address; then everybody signs in, and the first start prints the password
    of the account "admin".
    """
    from dragoman.desk.accounts import accounts_beside
    from dragoman.desk.serving import serve

    on_server = "://" in ledger_at
    if accounts_at is None and not on_server:
        accounts_at = accounts_beside(Path(ledger_at))
    # The name of a server's ledger is its database: its address may hold a password.
    shown = ledger_at.rsplit("/", 1)[-1].split("?", 1)[0] if on_server else Path(ledger_at).name
    with open_ledger(ledger_at) as ledger:
        serve(ledger, shown, host=host, port=port, names=names, accounts_at=accounts_at, https=https, say=click.echo)
