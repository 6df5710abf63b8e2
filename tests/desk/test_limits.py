"""Requests are bounded before anything else reads them."""

from __future__ import annotations

from typing import Any

import pytest
from asking import ask, form, upload
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from dragoman.desk.accounts import LOCAL
from dragoman.desk.limits import Bodies, Bounds, Lines, form_of

SMALL = Bounds(
    path_bytes=50,
    query_bytes=100,
    form_bytes=5000,
    other_bytes=100,
    file_bytes=1000,
    field_bytes=500,
    files=3,
    fields=4,
    seconds=0.2,
)


async def echo(scope: Any, receive: Any, send: Any) -> None:
    request = Request(scope, receive)
    found = form_of(request)
    body = await request.body()
    files = [(n, v.filename, len(await v.read())) for n, v in found.multi_items() if not isinstance(v, str)]
    words = sorted((n, v) for n, v in found.multi_items() if isinstance(v, str))
    await PlainTextResponse(f"{words} {files} {len(body)}")(scope, receive, send)


def desk(account: Any = LOCAL) -> Any:
    inner = Bodies(echo, bounds=SMALL)

    async def with_account(scope: Any, receive: Any, send: Any) -> None:
        scope["state"] = {"account": account}
        await inner(scope, receive, send)

    return Lines(with_account, bounds=SMALL)


def test_long_addresses_are_refused():
    assert ask(desk(), address="/" + "a" * 49).status == 200
    assert ask(desk(), address="/" + "a" * 50).status == 414
    assert ask(desk(), address="/?q=" + "a" * 98).status == 200
    assert ask(desk(), address="/?q=" + "a" * 99).status == 414


def test_unknown_methods_are_refused():
    assert {ask(desk(), m).status for m in ("TRACE", "CONNECT", "PROPFIND", "")} == {405}


def test_a_form_within_the_bounds_comes_whole():
    headers, pieces = form({"words": "a pasted page"})
    assert ask(desk(), "POST", "/", headers, pieces).body == b"[('words', 'a pasted page')] [] 0"
    headers, pieces = upload({"a.html": b"x" * 900, "b.html": b"y"}, {"words": "two pages"})
    assert ask(desk(), "POST", "/", headers, pieces).body == (
        b"[('words', 'two pages')] [('file', 'a.html', 900), ('file', 'b.html', 1)] 0"
    )


def test_another_body_comes_whole_within_its_own_bound():
    kind = {"content-type": "application/json"}
    assert ask(desk(), "POST", "/", kind, [b"x" * 60, b"x" * 40]).body == b"[] [] 100"
    assert ask(desk(), "POST", "/", kind, [b"x" * 60, b"x" * 41]).status == 413


@pytest.mark.parametrize(
    ("files", "fields"),
    [
        ({f"{i}.html": b"x" for i in range(4)}, {}),
        ({"a.html": b"x" * 1001}, {}),
        ({f"{i}.html": b"x" * 999 for i in range(3)}, {"words": "x" * 501}),
        ({}, {str(i): "x" for i in range(5)}),
        ({}, {str(i): "x" * 400 for i in range(4)} | {"0": "x" * 4000}),
    ],
    ids=["too many files", "too large a file", "too long a field", "too many fields", "too much in all"],
)
def test_too_much_of_anything_is_refused(files, fields):
    headers, pieces = upload(files, fields)
    assert ask(desk(), "POST", "/", headers, pieces).status == 413


def test_what_is_told_to_be_too_large_is_not_read():
    asked = ask(
        desk(), "POST", "/", {"content-type": "multipart/form-data; boundary=x", "content-length": "5001"}, stall=True
    )
    assert asked.status == 413


@pytest.mark.parametrize("told", ["-1", "1e3", "²", "9" * 400, "x"])
def test_a_length_that_is_no_number_is_refused(told):
    assert ask(desk(), "POST", "/", {"content-type": "application/json", "content-length": told}).status == 413


def test_more_than_was_told_is_refused_when_it_comes():
    headers = {"content-type": "application/x-www-form-urlencoded", "content-length": "10"}
    assert ask(desk(), "POST", "/", headers, [b"words=" + b"x" * 490] * 11).status == 413


def test_what_does_not_come_in_time_is_refused():
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert ask(desk(), "POST", "/", headers, [b"words="], stall=True).status == 408


def test_a_stranger_may_send_a_name_and_a_password_and_no_file():
    headers, pieces = form({"name": "admin", "password": "x" * 100})
    assert ask(desk(None), "POST", "/login", headers, pieces).status == 200
    headers, pieces = upload({"a.html": b"x"})
    assert ask(desk(None), "POST", "/login", headers, pieces).status == 413


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        [
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=nope",
            'multipart/form-data; boundary="x"; charset=\xff',
            "multipart/form-data; boundary=x; charset=utf-16",
            "",
            "text/plain",
        ]
    ),
    st.lists(
        st.binary(max_size=300)
        | st.sampled_from([b"--x\r\n", b"--x--", b'Content-Disposition: form-data; name="a"\r\n\r\n', b"\r\n"]),
        max_size=8,
    ),
)
def test_any_body_ends_in_an_answer(kind, pieces):
    assert ask(desk(), "POST", "/", {"content-type": kind}, pieces).status in (200, 400, 413)
