"""Readings made up for the tests: short reports of our own on parties that anyone may name."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dragoman.model import (
    Article,
    Attribution,
    Condition,
    Conflict,
    Contact,
    Interval,
    Process,
    Reading,
    Span,
    Statement,
)

NOON = datetime(2021, 6, 1, 12, tzinfo=UTC)


def clock() -> datetime:
    return NOON


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def interval(first: str | None, last: str | None = None) -> Interval:
    return Interval(day(first), day(last if last is not None else first), "day", "then", "test")


def contact(
    from_: str = "USA",
    to: str = "PRK",
    act: str = "overture",
    status: str = "attempted",
    start: Interval | None = None,
    **more: Any,
) -> Contact:
    return Contact(tuple(from_.split("+")), tuple(to.split("+")), act, status, start=start, **more)


def reading(
    name: str,
    published: str | None,
    *contacts: Contact,
    outlet: str = "Test Wire",
    body: str | None = None,
    reader: str = "1.0",
    first_seen: str | None = None,
    url: str | None = None,
    title: str | None = None,
    parties: tuple[str, ...] | None = None,
    **more: Any,
) -> Reading:
    article = Article(
        id=name,
        body=body if body is not None else f"Report {name} tells what was done.",
        title=title or f"Report {name}",
        published=published,
        outlet=outlet,
        first_seen=first_seen,
        url=url,
    )
    named = parties if parties is not None else tuple(sorted({c for x in contacts for c in (*x.from_, *x.to)}))
    return Reading(article, contacts, parties=named, reader=reader, **more)


def full_reading() -> Reading:
    """A reading with every field filled."""
    body = "The ministry said on Monday it had written to Pyongyang in mid-February. No answer came."
    said = Attribution("institution", "the ministry", "USA", "reporters", "said")
    told = contact(
        start=Interval(day("2021-02-11"), day("2021-02-20"), "third", "mid-February", "month part"),
        act="message",
        channel=("letter", "un_mission"),
        from_person=("Ann Envoy",),
        to_person=("Kim Example",),
        via=("SWE",),
        via_person=("Per Bote",),
        secret=True,
        end=Interval(None, day("2021-03-14"), "vague", "since", "run"),
        about="talks about talks",
        conditions=(Condition("USA", "without preconditions"),),
        reply="none",
        reply_as_of=day("2021-03-14"),
        attribution=said,
        hedge="reported",
        evidence=("The ministry said … in mid-February.",),
        denied_by=("PRK",),
        where="body",
        plover="CONSULT",
        cameo="04",
        spans={"act": (Span(33, 40, "frame write"),), "start": (Span(57, 73, "month part"),)},
        note="a note",
    )
    return reading(
        "full",
        "2021-03-14T10:00",
        told,
        body=body,
        url="https://example.org/full",
        processes=(
            Process(
                "USA", "policy review", "under_way", interval("2021-03-01"), interval("2021-04-01"), ("KOR",), said
            ),
        ),
        statements=(Statement("PRK", "talks", "demand", "drop the hostile policy", interval("2021-03-10"), said),),
        conflicts=(Conflict(("well received", "no answer"), "whether it was answered"),),
    )


def many_readings(number: int, seed: int = 1) -> list[Reading]:
    """Readings of a made-up half-year between a few parties: dated and undated, told twice, revised, copied."""
    choose = random.Random(seed)
    codes = ["USA", "PRK", "KOR", "IRN", "SAU"]
    found = []
    for i in range(number):
        published = date(2021, 1, 1) + timedelta(days=choose.randrange(180))
        contacts = []
        for _ in range(choose.randrange(1, 4)):
            a, b = choose.sample(codes, 2)
            act = choose.choice(
                ["overture", "message", "call", "meeting", "reply", "agreement", "breakdown", "proposal"]
            )
            first = published - timedelta(days=choose.randrange(20))
            start = choose.choice([None, Interval(first, first), Interval(None, published), Interval(first, published)])
            contacts.append(
                contact(
                    a,
                    b,
                    act,
                    choose.choice(["done", "attempted", "planned", "not_done", "ongoing", "disputed", "conditional"]),
                    start,
                    channel=(choose.choice(["hotline", "phone", "letter", "unspecified", "in_person"]),),
                    reply=choose.choice(["none", "not_stated", "acknowledged", "declined", "accepted"]),
                    about=choose.choice(
                        [None, "nuclear talks", "prisoners", "three rounds of talks", "restore the line"]
                    ),
                )
            )
        stamp = choose.choice([published.isoformat(), published.isoformat() + "T09:30", None])
        found.append(
            reading(
                f"r{i}",
                stamp,
                *contacts,
                outlet=choose.choice(["Test Wire", "Daily Test"]),
                title=choose.choice([f"Report {i}", "Talks"]),
                first_seen=None if choose.random() < 0.5 else published.isoformat(),
                url=f"https://example.org/{choose.randrange(number)}" if choose.random() < 0.3 else None,
            )
        )
    return found
