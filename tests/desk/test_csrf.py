"""Writes need a token of a page of ours, and the desk answers under its own names alone."""

from __future__ import annotations

from typing import Any

import pytest
from asking import Answer, ask, form
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dragoman.desk.csrf import check, make, same_origin, token_of
from dragoman.desk.guards import guarded
from dragoman.desk.headers import CONTENT_POLICY
from dragoman.desk.hosts import Hosts, host_and_port
from dragoman.desk.limits import form_of

SECRET = bytes(32)


async def page(request: Request) -> PlainTextResponse:
    return PlainTextResponse(token_of(request))


async def quiet(request: Request) -> PlainTextResponse:
    return PlainTextResponse("nothing to write here")


async def write(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"wrote {form_of(request).get('words', '')}")


async def broken(request: Request) -> PlainTextResponse:
    raise RuntimeError("a fault of ours")


def desk(**more: Any) -> Any:
    routes = [
        Route("/", page),
        Route("/quiet", quiet),
        Route("/write", write, methods=["POST", "PUT", "PATCH", "DELETE"]),
        Route("/broken", broken),
    ]
    return guarded(Starlette(routes=routes), **{"hosts": Hosts.loopback(), "secret": SECRET, **more})


def visit(app: Any) -> tuple[str, str]:
    """The browser's cookie, as it is sent back, and a page's token."""
    answer = ask(app)
    return "; ".join(f"{n}={v}" for n, v in answer.cookies.items()), answer.body.decode()


def send(app: Any, cookie: str, token: str, **headers: str) -> Answer:
    kind, pieces = form({"csrf": token, "words": "hello"})
    return ask(app, "POST", "/write", {**kind, "cookie": cookie, **headers}, pieces)


def test_a_form_of_our_own_page_writes():
    app = desk()
    cookie, token = visit(app)
    answer = send(app, cookie, token, origin="http://localhost:8000", **{"sec-fetch-site": "same-origin"})
    assert (answer.status, answer.body) == (200, b"wrote hello")


def test_a_script_of_ours_writes_with_the_header():
    app = desk()
    cookie, token = visit(app)
    answer = ask(
        app, "PUT", "/write", {"cookie": cookie, "x-csrf-token": token, "content-type": "application/json"}, [b"{}"]
    )
    assert answer.status == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_write_passes_without_a_token(method):
    app = desk()
    cookie, _ = visit(app)
    assert ask(app, method, "/write", {"cookie": cookie}).status == 403


def test_a_token_is_of_no_use_to_another_browser():
    app = desk()
    _, token = visit(app)
    other, _ = visit(app)
    assert send(app, other, token).status == 403
    assert send(app, "", token).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
        {"origin": "http://localhost.evil.example:8000"},
        {"origin": "file://"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_sites_page_cannot_write_even_with_a_token(headers):
    app = desk()
    cookie, token = visit(app)
    assert send(app, cookie, token, **headers).status == 403


def test_every_page_has_another_token_and_all_of_them_hold():
    app = desk()
    cookie, first = visit(app)
    second = ask(app, headers={"cookie": cookie}).body.decode()
    assert first != second
    assert {send(app, cookie, t).status for t in (first, second)} == {200}


def test_the_cookie_is_set_only_by_pages_that_hold_a_form():
    app = desk()
    assert ask(app, address="/quiet").cookies == {}
    told = ask(app).header("set-cookie")
    assert "HttpOnly" in told and "SameSite=Lax" in told and "Path=/" in told and "Secure" not in told
    told = ask(desk(https=True), scheme="https").header("set-cookie")
    assert told.startswith("__Host-") and "; Secure" in told


@given(st.text(), st.text(max_size=200))
def test_no_text_passes_for_a_token(bound, given_):
    assert not check(SECRET, bound, given_)
    assert check(SECRET, bound, make(SECRET, bound, bytes(16)))


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=20))
def test_any_origin_and_host_are_judged_without_a_fault(host, origin, site):
    assert same_origin("http", host, origin, site) in (True, False)
    if same_origin("http", host, origin, None):
        assert host_and_port(host)[0] in origin.lower()


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:1"])
def test_the_desk_answers_under_this_machines_names(host):
    assert ask(desk(), headers={"host": host}).status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        "127.0.0.2",
        "[::2]",
        "localhost@evil.example",
        "10.0.0.5",
        None,
    ],
)
def test_a_name_that_was_bent_to_this_machine_gets_no_answer(host):
    answer = ask(desk(), headers={"host": host})
    assert answer.status == 421
    assert answer.cookies == {}


def test_with_a_host_the_desk_answers_under_it_and_under_numbers():
    hosts = Hosts.of("0.0.0.0", ["Desk.Example.org"])
    assert all(hosts.answer(h) for h in ("desk.example.org", "10.0.0.5:8000", "[fd00::1]:80", "localhost"))
    assert not any(hosts.answer(h) for h in ("evil.example", "", None, "desk.example.org.evil"))


@given(st.text(max_size=60))
def test_any_host_header_is_judged_without_a_fault(host):
    if Hosts.loopback().answer(host):
        assert host_and_port(host)[0] in ("localhost", "127.0.0.1", "::1")


@pytest.mark.parametrize(
    ("address", "host"),
    [("/", "localhost"), ("/nowhere", "localhost"), ("/", "evil.example"), ("/static/x.css", "localhost")],
)
def test_every_answer_carries_the_headers(address, host):
    answer = ask(desk(), address=address, headers={"host": host})
    assert answer.header("content-security-policy") == CONTENT_POLICY
    assert answer.header("x-content-type-options") == "nosniff"
    assert answer.header("referrer-policy") == "same-origin"
    assert (answer.header("cache-control") == "no-store") != address.startswith("/static/")


def test_a_fault_of_ours_carries_the_headers_too():
    seen: list[Answer] = []

    async def kept(scope: Any, receive: Any, send: Any) -> None:
        async def keep(message: Any) -> None:
            if message["type"] == "http.response.start":
                found = [(n.decode(), v.decode()) for n, v in message["headers"]]
                seen.append(Answer(message["status"], found))
            await send(message)

        await app(scope, receive, keep)

    app = desk()
    with pytest.raises(RuntimeError):
        ask(kept, address="/broken")
    assert seen[0].status == 500
    assert seen[0].header("content-security-policy") == CONTENT_POLICY


def test_the_policy_lets_nothing_inline_run():
    assert "unsafe" not in CONTENT_POLICY
    assert {
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    } <= set(CONTENT_POLICY.split("; "))
