"""Pasted links: fetched from public addresses alone, within bounds. The servers are real ones on this machine, reached through the connector."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.desk.addresses import is_public
from dragoman.desk.fetching import FetchBounds, connect_to, fetch, resolve_name
from dragoman.errors import FetchError

PUBLIC = "93.184.215.14"
PAGE = b"<p>Two delegations met.</p>"


def answer(body: bytes = PAGE, status: str = "200 OK", **headers: str) -> bytes:
    told = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }
    return (
        f"HTTP/1.1 {status}\r\n".encode() + b"".join(f"{k}: {v}\r\n".encode() for k, v in told.items()) + b"\r\n" + body
    )


@contextmanager
def serving(
    speak: Callable[[socket.socket, bytes], None], *, tls: ssl.SSLContext | None = None
) -> Iterator[tuple[int, list[bytes]]]:
    """A server that hands each request to ``speak``; gives its port and the requests that came."""
    requests: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def serve() -> None:
        while not stopped.is_set():
            try:
                made, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=handle, args=(made,), daemon=True).start()

    def handle(made: socket.socket) -> None:
        try:
            with tls.wrap_socket(made, server_side=True) if tls else made as talk:
                got = b""
                while b"\r\n\r\n" not in got and (piece := talk.recv(65536)):
                    got += piece
                requests.append(got)
                speak(talk, got)
        except OSError:
            pass

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listening.getsockname()[1]), requests
    finally:
        stopped.set()
        listening.close()


def always(data: bytes) -> Callable[[socket.socket, bytes], None]:
    return lambda talk, _: talk.sendall(data)


class Net:
    """Names with their addresses, and every address led to one port of this machine; remembers what was asked of it."""

    def __init__(self, port: int, **names: list[str]) -> None:
        self.port, self.names = port, {k.replace("_", "."): v for k, v in names.items()}
        self.resolved: list[str] = []
        self.reached: list[tuple[str, int]] = []

    def resolve(self, host: str, port: int) -> list[str]:
        self.resolved.append(host)
        if host in self.names:
            return self.names[host]
        if host.endswith(".example"):
            return [PUBLIC]
        return resolve_name(host, port)

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.reached.append((address, port))
        assert is_public(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def fetch(self, url: str, **more: Any) -> Any:
        return fetch(url, resolve=self.resolve, connect=self.connect, **more)


def reason(net: Net, url: str, **more: Any) -> str:
    with pytest.raises(FetchError) as error:
        net.fetch(url, **more)
    return error.value.reason


def test_a_page_comes_as_its_server_sent_it():
    with serving(always(answer())) as (port, requests):
        found = Net(port).fetch("http://news.example/a?b=c d".replace(" ", "%20"))
    assert (found.final, found.type, found.data) == ("http://news.example/a?b=c%20d", "text/html; charset=utf-8", PAGE)
    head = requests[0].decode()
    assert head.startswith("GET /a?b=c%20d HTTP/1.1\r\nHost: news.example\r\n")
    assert "cookie" not in head.lower() and "authorization" not in head.lower() and "referer" not in head.lower()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.1.1/", "http://172.16.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://0.0.0.0/", "http://224.0.0.1/", "http://255.255.255.255/",
        "http://240.0.0.1/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[ff02::1]/",
        "http://[::]/", "http://[2002:7f00:1::]/", "http://[64:ff9b::7f00:1]/", "http://[::127.0.0.1]/", "http://[fec0::1]/", "http://168.63.129.16/",
        "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0/", "http://127.0.0.1./", "http://localhost./",
        "http://１２７.０.０.１/", "http://127。0。0。1/", "http://ⓛocalhost/",
    ],
)  # fmt: skip
def test_no_spelling_of_an_inside_address_is_reached(url):
    net = Net(1)
    assert reason(net, url) in ("address", "name", "link")
    assert net.reached == []


@pytest.mark.parametrize(
    "addresses",
    [["10.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1", PUBLIC], ["fe80::1%eth0"], ["not an address"], ["::ffff:8.8.8.8"]],
)
def test_a_name_with_one_inside_address_is_refused_whole(addresses):
    net = Net(1, inside_example=addresses)
    assert reason(net, "http://inside.example/") == "address"
    assert net.reached == []


def test_the_connection_goes_to_the_address_that_was_checked():
    with serving(always(answer())) as (port, _):
        net = Net(port)
        answers = iter([[PUBLIC], ["127.0.0.1"]])
        # A name server that gives another address the second time: there is no second time.
        fetch("http://rebinding.example/", resolve=lambda host, port: next(answers), connect=net.connect)
    assert net.reached == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1/", "http://inside.example/", "//[::1]/", "http://localhost:80/", "http://169.254.169.254/"]
)
@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"]
)
def test_a_redirect_inside_is_not_followed(to, status):
    with serving(always(answer(b"", status, Location=to))) as (port, requests):
        net = Net(port, inside_example=["10.0.0.1"])
        assert reason(net, "http://news.example/") == "address"
    assert len(requests) == 1


@pytest.mark.parametrize(
    ("to", "why"),
    [("file:///etc/passwd", "scheme"), ("gopher://news.example/", "scheme"), ("http://news.example:8080/", "port"), ("http://a:b@news.example/", "credentials"),
     ("javascript:alert(1)", "scheme"), ("data:text/html,x", "scheme"), ("http://[::1", "link")],
)  # fmt: skip
def test_a_redirect_is_held_to_the_same_rules(to, why):
    with serving(always(answer(b"", "302 Found", Location=to))) as (port, _):
        assert reason(Net(port), "http://news.example/") == why


def test_redirects_are_followed_but_not_for_ever():
    def speak(talk: socket.socket, got: bytes) -> None:
        n = int(got.split(b" ")[1][2:])
        talk.sendall(answer() if n == 0 else answer(b"", "302 Found", Location=f"n{n - 1}"))

    with serving(speak) as (port, _):
        assert Net(port).fetch("http://news.example/n5").final == "http://news.example/n0"
        assert reason(Net(port), "http://news.example/n6") == "redirects"


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://news.example/", "scheme"), ("file:///etc/passwd", "scheme"), ("news.example", "scheme"), ("", "scheme"),
        ("http://news.example:22/", "port"), ("https://news.example:80/", "port"), ("http://news.example:99999/", "link"),
        ("http://user@news.example/", "credentials"), ("http://:@news.example/", "credentials"), ("http://news.example@127.0.0.1/", "credentials"),
        ("http:///path", "link"), ("http://", "link"), ("http://news.example\\@127.0.0.1/", "link"), ("http://news.example/\r\nHost: x", "link"),
        ("http://new s.example/", "link"), ("http://" + "a" * 300 + ".example/", "link"), ("http://news.example/" + "a" * 9000, "link"),
        ("http://" + "a" * 64 + ".example/", "name"), ("http://a..example/", "name"), ("http://%31%32%37.example/", "name"), ("http://nowhere.invalid/", "name"),
    ],
)  # fmt: skip
def test_what_is_no_link_to_a_page_is_said(url, why):
    net = Net(1, nowhere_invalid=[])
    assert reason(net, url) == why
    assert net.reached == []


def test_another_answer_than_a_page_is_told():
    with serving(always(answer(b"no", "404 Not Found"))) as (port, _), pytest.raises(FetchError, match="404") as error:
        Net(port).fetch("http://news.example/")
    assert error.value.reason == "status"


SMALL = FetchBounds(wire_bytes=50_000, page_bytes=100_000, seconds=0.5)


def test_a_page_may_be_so_large_and_no_larger():
    with serving(always(answer(b"x" * 49_000))) as (port, _):
        assert len(Net(port).fetch("http://news.example/", bounds=SMALL).data) == 49_000
    for body in (answer(b"x" * 51_000), answer(b"x" * 51_000, Content_Length="10" * 9)):
        with serving(always(body)) as (port, _):
            assert reason(Net(port), "http://news.example/", bounds=SMALL) == "too large"


def test_a_small_package_that_unpacks_to_a_large_page_is_refused():
    bomb = gzip.compress(b"x" * 20_000_000, mtime=0)
    assert len(bomb) < 50_000
    with serving(always(answer(bomb, Content_Encoding="gzip"))) as (port, _):
        assert reason(Net(port), "http://news.example/", bounds=SMALL) == "too large"
    with serving(always(answer(gzip.compress(PAGE, mtime=0), Content_Encoding="gzip"))) as (port, _):
        assert Net(port).fetch("http://news.example/", bounds=SMALL).data == PAGE


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (PAGE, "gzip"),
        (gzip.compress(PAGE * 99, mtime=0)[:-9], "gzip"),
        (PAGE, "br"),
        (zlib.compress(PAGE), "deflate"),
        (gzip.compress(gzip.compress(PAGE, mtime=0)), "gzip, gzip"),
    ],
)
def test_a_page_that_cannot_be_unpacked_is_refused(body, coding):
    with serving(always(answer(body, Content_Encoding=coding))) as (port, _):
        assert reason(Net(port), "http://news.example/", bounds=SMALL) == "encoding"


def test_endless_headers_are_refused():
    def speak(talk: socket.socket, _: bytes) -> None:
        talk.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            talk.sendall(b"X: y\r\n" * 1000)

    with serving(speak) as (port, _):
        assert reason(Net(port), "http://news.example/", bounds=SMALL) in ("too large", "connection")


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"])
def test_a_server_that_drips_is_left(start):
    def speak(talk: socket.socket, _: bytes) -> None:
        talk.sendall(start)
        for _ in range(100):
            talk.sendall(b"x")
            time.sleep(0.05)

    with serving(speak) as (port, _):
        began = time.monotonic()
        assert reason(Net(port), "http://news.example/", bounds=SMALL) == "too slow"
        assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no http\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        answer()[:-5],
    ],
)
def test_an_answer_that_makes_no_sense_is_told(data):
    with serving(always(data)) as (port, _):
        assert reason(Net(port), "http://news.example/", bounds=SMALL) == "connection"


def test_a_second_address_is_tried_where_the_first_is_dead():
    with serving(always(answer())) as (port, _):
        net = Net(port, two_example=["93.184.215.15", PUBLIC])

        def connect(address: str, port: int, seconds: float) -> socket.socket:
            if address.endswith(".15"):
                raise ConnectionRefusedError
            return net.connect(address, port, seconds)

        assert fetch("http://two.example/", resolve=net.resolve, connect=connect).data == PAGE


def test_the_machines_own_address_is_not_connected_to():
    with socket.create_server(("127.0.0.1", 0)) as listening, pytest.raises(OSError, match="own"):
        connect_to("127.0.0.1", listening.getsockname()[1], 1.0)


@pytest.fixture(scope="session")
def certified(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's and a client's context with a certificate for news.example, signed by nobody else."""
    home = tmp_path_factory.mktemp("tls")
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=news.example",
    ]
    command += ["-addext", "subjectAltName=DNS:news.example", "-keyout", str(home / "key"), "-out", str(home / "cert")]
    subprocess.run(command, check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(home / "cert", home / "key")
    return server, ssl.create_default_context(cafile=str(home / "cert"))


def test_an_encrypted_page_is_fetched_where_its_name_is_certified(certified):
    server, trust = certified
    with serving(always(answer()), tls=server) as (port, _):
        net = Net(port)
        assert net.fetch("https://news.example/", trust=trust).data == PAGE
        assert net.reached == [(PUBLIC, 443)]
        assert reason(net, "https://other.example/", trust=trust) == "connection"
        assert reason(net, "https://news.example/") == "connection"


# ------------------------------------------------------------------------------------------------------------- any input


@given(st.ip_addresses())
@example(ip_address("64:ff9b::7f00:1"))
def test_no_address_that_is_not_global_is_public(address):
    if is_public(str(address)):
        assert address.is_global
        assert not (
            address.is_private
            or address.is_loopback
            or address.is_link_local
            or address.is_multicast
            or address.is_reserved
            or address.is_unspecified
        ) or (str(address).startswith("64:ff9b::"))


@given(
    st.ip_addresses(v=4, network="127.0.0.0/8")
    | st.ip_addresses(v=4, network="10.0.0.0/8")
    | st.ip_addresses(v=4, network="169.254.0.0/16")
)
def test_no_inside_address_is_public_in_any_wrapping(address):
    high, low = divmod(int(address), 65536)
    told = [
        str(address),
        f"::ffff:{address}",
        f"::{address}",
        f"64:ff9b::{address}",
        f"2002:{high:x}:{low:x}::1",
        f"2001::{high ^ 0xFFFF:x}:{low ^ 0xFFFF:x}",
    ]
    assert [t for t in told if is_public(t)] == []


@given(st.text(max_size=60))
def test_what_is_no_address_is_not_public(text):
    assert not is_public(text) or ip_address(text).is_global


URLS = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["http://", "https://", "http:/", "//", "HTTP://", "ftp://", "", "javascript:", "http:\\\\"]),
    st.sampled_from(["", "user@", "a:b@", "news.example@", "%40"]),
    st.sampled_from(
        [
            "127.0.0.1",
            "localhost",
            "[::1]",
            "0x7f.1",
            "2130706433",
            "[::ffff:10.0.0.1]",
            "news.example",
            "10.0.0.1",
            "①②⑦.0.0.1",
            "0",
        ]
    )
    | st.text(max_size=20),
    st.sampled_from(["", ":80", ":443", ":22", ":0", ":", ":x", "."]),
    st.text(max_size=20) | st.sampled_from(["/", "?x", "#@127.0.0.1", "\\@127.0.0.1", "/\r\nX: y"]),
)


@settings(deadline=None, max_examples=400)
@given(URLS | st.text(max_size=60))
def test_no_link_whatever_reaches_an_inside_address(url):
    reached: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        # Numbers in any spelling as the C library reads them; every other name leads inside.
        try:
            return [socket.inet_ntoa(socket.inet_aton(host))]
        except (OSError, UnicodeError):
            pass
        try:
            return [str(ip_address(host))]
        except ValueError:
            return [PUBLIC] if host == "news.example" else ["10.0.0.1"]

    def connect(address: str, port: int, seconds: float) -> socket.socket:
        assert port in (80, 443)
        reached.append(address)
        raise ConnectionRefusedError

    with pytest.raises(FetchError) as error:
        fetch(url, resolve=resolve, connect=connect)
    assert str(error.value)
    assert all(ip_address(a).is_global for a in reached)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_answer_ends_in_a_page_or_a_fetch_error(data, to):
    one, other = socket.socketpair()
    head = b"HTTP/1.1 302 Found\r\nLocation: " + to.encode("utf-8", "replace").replace(b"\n", b"") + b"\r\n\r\n"
    with one, other:
        other.sendall(data if len(data) % 2 else head + data)
        other.shutdown(socket.SHUT_WR)
        try:
            fetch(
                "http://news.example/",
                resolve=lambda h, p: [PUBLIC],
                connect=lambda a, p, s: one,
                bounds=FetchBounds(seconds=2, redirects=0),
            )
        except FetchError as error:
            assert str(error)
