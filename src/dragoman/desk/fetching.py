"""The one way in which the desk fetches a link that somebody pasted: to public addresses alone, within bounds of size and time.

A name is resolved once, every address that it has must be public, and the connection goes to the address that was checked; each redirect is
checked anew. No cookies, no credentials, no proxies of the environment. What the text of the link hides (``http://2130706433/``) comes out when it
is resolved.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from ipaddress import ip_address
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from dragoman.desk.addresses import is_public
from dragoman.desk.fetching_wire import Wire, decoded
from dragoman.errors import FetchError

__all__ = ["FetchBounds", "Fetched", "connect_to", "fetch", "resolve_name"]

Clock = Callable[[], float]
#: Gives the numeric addresses of a host; takes host and port.
Resolve = Callable[[str, int], Sequence[str]]
#: Opens a connection to a numeric address; takes address, port and the seconds that it may take.
Connect = Callable[[str, int, float], socket.socket]

PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: Longer links are refused (RFC 9110 asks for at least 8000 to be taken).
LONGEST_URL = 8000
#: A host name's length, RFC 1035.
LONGEST_HOST = 253
#: Says who asks; some sites answer nobody who does not.
AGENT = "Mozilla/5.0 (compatible; dragoman; reads one page that its user asked for)"


@dataclass(frozen=True, slots=True)
class FetchBounds:
    """How much a fetch may take: bytes over the wire and after decompression, seconds in all, redirects, addresses tried for a name."""

    wire_bytes: int = 10 * 2**20
    page_bytes: int = 20 * 2**20
    seconds: float = 20.0
    redirects: int = 5
    addresses: int = 3


BOUNDS = FetchBounds()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: the link asked for, the one it came from after redirects, its media type and its bytes, decompressed."""

    url: str
    final: str
    type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Target:
    """A link taken apart."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def named(self) -> str:
        """The host as the Host header writes it."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.named}{self.path}"


def resolve_name(host: str, port: int) -> list[str]:
    """The numeric addresses of a host as this machine resolves it, each once. Raises :class:`OSError` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


def connect_to(address: str, port: int, seconds: float) -> socket.socket:
    """A connection to a numeric address. Raises :class:`OSError`, also where the address turns out to be this machine's own."""
    made = socket.create_connection((address, port), timeout=seconds)
    if made.getpeername()[0] == made.getsockname()[0]:
        made.close()
        raise OSError("the address is this machine's own")
    return made


def fetch(
    url: str,
    *,
    bounds: FetchBounds = BOUNDS,
    resolve: Resolve = resolve_name,
    connect: Connect = connect_to,
    clock: Clock = time.monotonic,
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """The page behind a link. Blocks; ``clock`` gives seconds that only rise, ``trust`` whom to believe (default: the system's authorities).

    Raises :class:`~dragoman.errors.FetchError`: ``reason`` is ``link``, ``scheme``, ``port``, ``credentials``, ``name``, ``address``, ``redirects``,
    ``status``, ``encoding``, ``too large``, ``too slow`` or ``connection``.
    """
    deadline = clock() + bounds.seconds
    at = url
    for _ in range(bounds.redirects + 1):
        target = _target(at)
        address = _checked(target, resolve, bounds)
        wire = _reach(target, address, connect, deadline, clock, bounds, trust)
        try:
            status, location, kind, data = _ask(target, wire, bounds)
        finally:
            wire.close()
        if status in REDIRECTS and location:
            at = _next(target, location)
            continue
        if status != 200:
            raise FetchError("status", f"The site answered with {status} instead of the page; paste its text instead.")
        return Fetched(url, target.url, kind, data)
    raise FetchError("redirects", "The link leads on and on; open it in a browser and paste the last address.")


def _target(url: str) -> _Target:
    """The link's parts, each allowed. Raises :class:`~dragoman.errors.FetchError`."""
    # Browsers read a backslash as a slash and drop tabs and line ends, other readers do not: what is read in two ways is not read.
    if len(url) > LONGEST_URL or not url.isprintable() or any(c in url for c in ' \\"<>'):
        raise FetchError("link", "This is no link that can be fetched; paste one address that begins with http.")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise FetchError("link", "This is no link that can be fetched; look for a slip in it.") from None
    if parts.scheme not in PORTS:
        raise FetchError("scheme", "Only links that begin with http:// or https:// are fetched.")
    if "@" in parts.netloc:
        raise FetchError("credentials", "Links with a name or password before the host are not fetched; take that out.")
    if port not in (None, PORTS[parts.scheme]):
        raise FetchError("port", "Only pages on the web's own ports (80 and 443) are fetched.")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + ("?" + _query(parts.query) if parts.query else "")
    return _Target(parts.scheme, _ascii(host), PORTS[parts.scheme], path if path.startswith("/") else "/" + path)


def _query(text: str) -> str:
    return quote(text, safe="/%:@!$&'()*+,;=~-._?[]")


def _ascii(host: str) -> str:
    if not host or len(host) > LONGEST_HOST:
        raise FetchError("link", "The link names no host; paste one address that begins with http.")
    try:
        if ":" in host:
            return str(ip_address(host))
        found = host.encode("idna").decode("ascii").lower()
    except ValueError:
        raise FetchError("name", f"{host[:60]} is no name of a site; look for a slip in it.") from None
    if not all(c.isalnum() or c in "-._" for c in found):
        raise FetchError("name", f"{host[:60]} is no name of a site; look for a slip in it.")
    return found


def _checked(target: _Target, resolve: Resolve, bounds: FetchBounds) -> list[str]:
    """The host's addresses, all of them public: one that leads inside condemns the name. Raises :class:`~dragoman.errors.FetchError`."""
    try:
        found = list(resolve(target.host, target.port))
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise FetchError("name", f"No site is called {target.host[:60]}; look for a slip in the link.")
    if not all(is_public(a) for a in found):
        raise FetchError("address", "The link leads to an address that is not public; such links are never fetched.")
    return found[: bounds.addresses]


def _reach(
    target: _Target,
    addresses: Sequence[str],
    connect: Connect,
    deadline: float,
    clock: Clock,
    bounds: FetchBounds,
    trust: ssl.SSLContext | None,
) -> Wire:
    """A connection to the first of the addresses that answers, encrypted where the scheme asks for it."""
    for address in addresses:
        left = deadline - clock()
        if left <= 0:
            raise FetchError("too slow", "The site took too long to answer; try again, or paste the text instead.")
        try:
            made = connect(address, target.port, left)
        except OSError:
            continue
        try:
            made.settimeout(max(deadline - clock(), 0.001))
            if target.scheme == "https":
                made = (trust or ssl.create_default_context()).wrap_socket(made, server_hostname=target.host)
        except (OSError, ValueError) as error:
            made.close()
            raise FetchError("connection", f"The site's encryption could not be checked ({_short(error)}).") from None
        return Wire(made, deadline, clock, bounds.wire_bytes)
    raise FetchError("connection", f"{target.host[:60]} could not be reached; try again later.")


def _ask(target: _Target, wire: Wire, bounds: FetchBounds) -> tuple[int, str, str, bytes]:
    """Status, where it leads on, media type, and the body of a page that came whole."""
    connection = HTTPConnection(target.host, target.port)
    connection.sock = _as_socket(wire)
    answer = HTTPResponse(_as_socket(wire), method="GET")
    try:
        connection.putrequest("GET", target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in (
            ("Host", target.named),
            ("User-Agent", AGENT),
            ("Accept", "text/html,application/xhtml+xml,text/plain,application/json;q=0.9,*/*;q=0.1"),
            ("Accept-Language", "en"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        answer.begin()
        location, kind = answer.getheader("Location") or "", answer.getheader("Content-Type") or ""
        if answer.status != 200:
            return answer.status, location, kind, b""
        coding = (answer.getheader("Content-Encoding") or "").strip().lower()
        data = decoded(answer, coding, bounds.page_bytes)
        if answer.length and not coding:
            raise IncompleteRead(b"", answer.length)
        return 200, "", kind[:200], data
    except TimeoutError:
        raise FetchError("too slow", "The site took too long; try again, or paste the text instead.") from None
    except (HTTPException, OSError, ValueError) as error:
        raise FetchError("connection", f"The site's answer broke off or makes no sense ({_short(error)}).") from None


def _as_socket(wire: Wire) -> Any:
    """``http.client`` asks of its socket ``sendall`` and ``makefile`` alone, which the wire has."""
    return wire


def _next(target: _Target, location: str) -> str:
    try:
        # Header bytes come as latin-1; what is not ASCII there is UTF-8 on the sites that send it.
        return urljoin(target.url, quote(location.strip(), safe="/%:@!$&'()*+,;=~-._?[]#", encoding="latin-1"))
    except (UnicodeError, ValueError):
        raise FetchError("link", "The site leads on to something that is no link.") from None


def _short(error: Exception) -> str:
    return type(error).__name__
