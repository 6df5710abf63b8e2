"""What holds of every contact: its words can be shown, one act is one entry, halves are completed from beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dragoman
from dragoman.language import Language
from dragoman.model import Article, Contact, Page, Reading, Rejection
from dragoman.pages import article_of
from dragoman.reading import Reader

SAMPLES = sorted(
    p for p in (Path(dragoman.__file__).parent / "samples").iterdir() if p.suffix in {".txt", ".html", ".json"}
)
Read = Callable[..., Reading]


def filled(contact: Contact) -> set[str]:
    bare = contact.as_json(bare=True)
    told = {k for k, v in bare.items() if v not in (None, [], "", False)}
    if contact.reply == "not_stated":
        told.discard("reply")
    return told - {"evidence", "where", "plover", "cameo", "via_person", "note", "coder"}


def stands(mark: str, text: str) -> bool:
    parts = [re.sub(r"\s+", " ", p).strip() for p in mark.split("…")]
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


@pytest.fixture(scope="module")
def readings(language: Language, reader: Reader) -> list[Reading]:
    articles = [article_of(Page(id=p.stem, data=p.read_bytes())) for p in SAMPLES]
    read = [a for a in articles if not isinstance(a, Rejection)]
    return [reader.read(d) for d in language.documents(read)]


def test_every_filled_field_shows_the_words_it_was_read_from(readings: list[Reading]) -> None:
    contacts = [c for r in readings for c in r.contacts]
    assert contacts
    assert [(c.act, filled(c) - set(c.spans)) for c in contacts if filled(c) - set(c.spans)] == []


def test_every_span_stands_in_the_text_it_points_into(readings: list[Reading]) -> None:
    for reading in readings:
        for contact in reading.contacts:
            length = len(reading.article.text_of(contact.where))
            for spans in contact.spans.values():
                assert all(0 <= s.start <= s.end <= length and s.rule for s in spans)


def test_every_evidence_mark_stands_in_the_report(readings: list[Reading]) -> None:
    for reading in readings:
        article = reading.article
        places = ("headline", "body", "caption", "key_points")
        text = re.sub(r"\s+", " ", " ".join(article.text_of(w) for w in places))  # type: ignore[arg-type]
        assert all(stands(mark, text) for c in reading.contacts for mark in c.evidence)


def test_no_party_stands_on_both_sides(readings: list[Reading]) -> None:
    assert not any(set(c.from_) & set(c.to) for r in readings for c in r.contacts)


def test_one_act_told_three_times_is_one_entry(read: Read) -> None:
    text = (
        "Kenya's foreign minister met his Ugandan counterpart in Nairobi on Monday.\n\n"
        "The Kenyan and Ugandan ministers met for two hours, the ministry said.\n\n"
        "At the meeting between Kenya and Uganda the two discussed the lake."
    )
    contacts = read(text).contacts
    assert [(set(c.from_ + c.to), c.act) for c in contacts] == [({"KEN", "UGA"}, "meeting")]


def test_partners_told_apart_are_acts_of_their_own(read: Read) -> None:
    contacts = read(
        "The Finnish president met with Norway's king on Monday, then with the Danish prime minister."
    ).contacts
    assert sorted(c.to[0] for c in contacts) == ["DNK", "NOR"]


def test_what_was_said_in_a_call_is_no_second_entry(read: Read) -> None:
    text = "The Turkish president spoke by phone with his Greek counterpart on Sunday. He urged the Greek president to be patient."
    assert [c.act for c in read(text).contacts] == ["call"]


def test_an_answer_completes_and_marks_the_approach_it_answers(read: Read) -> None:
    contacts = read("Ethiopia invited the Eritrean president to Addis Ababa in March. Asmara has not replied.").contacts
    assert [(c.act, c.reply, c.status) for c in contacts] == [("overture", "none", "attempted")]


def test_a_refusal_is_an_answer_and_the_offer_carries_it(read: Read) -> None:
    contacts = read("Pakistan's prime minister offered talks to India. New Delhi rejected the offer.").contacts
    assert {(c.act, c.reply) for c in contacts} == {("overture", "declined"), ("reply", "not_stated")}


def test_a_day_that_is_not_told_falls_back_on_publication_and_says_so(read: Read) -> None:
    (contact,) = read("Peru's foreign minister met his Bolivian counterpart in Lima.").contacts
    assert contact.start is not None and contact.start.latest is not None
    assert contact.spans["start"][0].rule == "fallback:published"


def test_openness_to_talks_in_general_is_no_contact(read: Read) -> None:
    assert read("Norway remains open to dialogue with Belarus.").contacts == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), published=st.sampled_from([None, "2024-02-29"]))
def test_any_text_is_read_without_harm(text: str, published: str | None, language: Language, reader: Reader) -> None:
    reading = reader.read(language.document(Article(id="x", body=text, published=published)))
    assert all(c.from_ and c.to for c in reading.contacts)
