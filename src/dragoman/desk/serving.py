"""Starting the desk: its address, its accounts where others can reach it, and the server."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import DeskError

if TYPE_CHECKING:
    from dragoman.ledger import Ledger

__all__ = ["is_loopback", "serve"]


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach what listens on the host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def serve(
    ledger: Ledger,
    name: str,
    *,
    host: str,
    port: int,
    names: Sequence[str] = (),
    accounts_at: Path | None = None,
    https: bool = False,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the ledger until interrupted. ``say`` is told the address, and once the first admin's password.

    On loopback nobody signs in; on any other address everybody does, with the accounts kept at ``accounts_at``. ``https``: a proxy before the
    desk speaks it. Raises :class:`~dragoman.errors.DeskError` where the address cannot be listened on.
    """
    import uvicorn

    from dragoman.desk.accounts import Accounts
    from dragoman.desk.app import app_of
    from dragoman.desk.desk import Desk
    from dragoman.desk.hosts import Hosts

    accounts = None
    if not is_loopback(host):
        if accounts_at is None:
            raise DeskError(
                "other machines can reach this address, so accounts are needed; say where they are kept with --accounts"
            )
        accounts = Accounts.open(accounts_at)
        password = accounts.first_admin()
        if password is not None:
            say(
                f"An account was made: name admin, password {password} (shown this once; it is changed at the first sign-in)."
            )
    desk = Desk(ledger, name, accounts=accounts)
    hosts = Hosts.loopback() if accounts is None else Hosts.of(host, names)
    app = app_of(desk, hosts=hosts, secret=secrets.token_bytes(32), https=https)
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False, ws="none", timeout_graceful_shutdown=5
    )  # fmt: skip
    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    say(f"The desk is at http://{shown}:{listening.getsockname()[1]}/ (Ctrl-C ends it).")
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    """The open socket; taken before anything is said, so that a port in use is told in a sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host.strip("[]"), port))
    except OSError as error:
        found.close()
        raise DeskError(
            f"the desk cannot listen on {host}:{port} ({error.strerror or error}); take another --port"
        ) from None
    found.listen(128)
    return found
