"""Any bytes end in an article or a rejection, in bounded time and memory."""

from __future__ import annotations

import random
import time
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pagekit import dump, html, reason

from dragoman.model import Article, Page, Rejection
from dragoman.pages import REASONS, article_of

MEGABYTE = 1024 * 1024


def checked(data: bytes) -> Article | Rejection:
    found = article_of(Page("x", data))
    if isinstance(found, Rejection):
        assert found.reason in REASONS
        assert found.detail
        return found
    assert found.body.strip()
    assert found.key  # the content id can be made of whatever was read
    assert all(0 <= s.start <= s.end for s in found.spans.values())
    return found


@given(st.binary(max_size=3000))
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_in_an_article_or_a_rejection(data: bytes) -> None:
    checked(data)


@given(st.text(max_size=2000))
@settings(max_examples=150, deadline=None)
def test_any_text_ends_in_an_article_or_a_rejection(text: str) -> None:
    checked(text.encode("utf-8", "surrogatepass"))


PIECES = ["<p>", "</p>", "<div", ">", "<script>", "</script", "&amp;", "&#x110000;", "&#55357;", "<!--", "-->", "<![CDATA[", "{", "}", "[", '"', "\\ud800", "\n", "\r\n", "\u2028",
          "The minister said on Monday that talks would resume. ", "May 13, 2021", "13/13/2021", "99:99", "By ", "(Reuters) - ", "© ", "• ", "\u00ad", "\u202e", "\u200b", "\x00", "é", "日本", '{"@type":"NewsArticle","headline":"x","articleBody":"']  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", "<html><body>", "{", dump()[:700]]))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_mixture_of_what_pages_are_made_of_ends_in_an_article_or_a_rejection(pieces: list[str], head: str) -> None:
    checked((head + "".join(pieces)).encode("utf-8", "surrogatepass"))


@given(st.integers(0, 2000), st.binary(min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_damaged_page_ends_in_an_article_or_a_rejection(place: int, damage: bytes) -> None:
    for page in (dump().encode(), html().encode()):
        checked(page[:place] + damage + page[place + len(damage) :])


BOMBS = {
    "nested tags": b"<div>" * (2 * MEGABYTE),
    "nested tags below the limit of their number": b"<html><body>" + b"<div>" * 100_000,
    "unclosed tags": b"<a " * (3 * MEGABYTE),
    "open brackets": b"<" * (10 * MEGABYTE),
    "unclosed comments": b"<html>" + b"<!--" * (2 * MEGABYTE),
    "unclosed scripts": b"<html>" + b"<script>" * MEGABYTE,
    "entities": b"<p>" + b"&amp;" * (2 * MEGABYTE) + b"</p>",
    "one line": b"word " * (2 * MEGABYTE),
    "one word": b"a" * (10 * MEGABYTE),
    "empty lines": b"\n" * (10 * MEGABYTE),
    "short lines": b"ab\n" * (3 * MEGABYTE),
    "commas": b"A, " * (3 * MEGABYTE),
    "nested JSON": b"[{" * (4 * MEGABYTE),
    "digits": b"1/1/" * (2 * MEGABYTE),
    "JSON with nested markup": b'{"headline": "x y z", "body": "' + b"<p>" * MEGABYTE + b'"}',
}


@pytest.mark.parametrize("name", BOMBS)
def test_ten_megabytes_of_anything_end_in_a_rejection_within_seconds(name: str) -> None:
    start = time.process_time()
    found = article_of(Page("bomb", BOMBS[name]))
    spent = time.process_time() - start
    assert isinstance(found, Rejection), name
    assert found.reason in REASONS
    assert spent < 5.0, f"{name}: {spent:.1f} s"


def test_fifty_megabytes_are_refused_before_they_are_read() -> None:
    data = b"x" * (50 * MEGABYTE)
    tracemalloc.start()
    assert reason(data) == "too_big"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * MEGABYTE


def test_memory_stays_bounded_by_a_multiple_of_the_page() -> None:
    data = b"The minister said that talks would go on. \n" * 100_000
    tracemalloc.start()
    article_of(Page("x", data))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * len(data)


def test_the_same_bytes_give_the_same_article() -> None:
    one, other = (article_of(Page("x", dump().encode())) for _ in range(2))
    assert one == other


def test_random_bytes_are_noise_or_binary() -> None:
    rng = random.Random(7)
    assert {reason(rng.randbytes(5000)) for _ in range(20)} <= {"noise", "binary"}
