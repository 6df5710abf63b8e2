"""Through whose hands words came to the page, and why their source is not named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dragoman.language import Language
from dragoman.ledger.shapes import contact_of, said
from dragoman.model import Article, Contact, Reading
from dragoman.reading.attribution import attributed_words

Read = Callable[..., Reading]


def first(reading: Reading) -> Contact:
    return reading.contacts[0]


def test_the_chain_leads_from_the_official_over_the_agency_to_the_outlet(read: Read) -> None:
    text = "Norway offered Chile talks, a senior Norwegian official told Reuters."
    attribution = first(read(text, outlet="The Korea Herald", agency="Yonhap")).attribution
    assert attribution.source == "senior Norwegian official"
    assert attribution.relayed == ("Reuters", "Yonhap", "The Korea Herald")


def test_who_quotes_the_official_is_a_link_with_its_words(read: Read) -> None:
    text = "Norway offered Chile talks, a Norwegian official said on Monday, Yonhap reported."
    contact = first(read(text, outlet="The Korea Herald"))
    assert contact.attribution.relayed == ("Yonhap", "The Korea Herald")
    (span,) = contact.spans["relayed"]
    assert text[span.start : span.end] == "Yonhap"


def test_a_report_in_its_own_voice_is_relayed_by_those_after_it(read: Read) -> None:
    contact = first(read("Norway offered Chile talks on Monday.", outlet="The Korea Herald", agency="Yonhap"))
    assert (contact.attribution.source, contact.attribution.relayed) == ("Yonhap", ("The Korea Herald",))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Norway offered Chile talks, a Norwegian official said on condition of anonymity because he was not authorized to speak.",
         "on condition of anonymity because he was not authorized to speak"),
        ("Norway offered Chile talks, according to a diplomat who asked not to be named.", "who asked not to be named"),
        ("Norway offered Chile talks, a Norwegian official said.", None),
    ],
)  # fmt: skip
def test_why_a_source_is_not_named_is_kept_in_the_texts_words(read: Read, text: str, reason: str | None) -> None:
    contact = first(read(text))
    assert contact.attribution.reason == reason
    assert [text[s.start : s.end] for s in contact.spans.get("reason", ())] == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("text", "source", "told"),
    [
        ('"We offered talks to Chile," the Norwegian foreign minister said in a statement carried by the NTB news agency.',
         "Norwegian foreign minister", "NTB news agency"),
        ('"Norway offered talks to Chile," Chilean president Luis Rojas told the BBC\'s Anna Smith.', "Luis Rojas", "BBC"),
        ("Norway offered Chile talks, Yonhap reported, citing a Norwegian official.", "Norwegian official", "Yonhap"),
        ("Spokeswoman Anna Berg of Norway confirmed that the Chilean official had told CNN that Chile had offered talks to Norway.",
         "Chilean official", "CNN"),
    ],
)  # fmt: skip
def test_whom_it_was_told_to(read: Read, text: str, source: str, told: str) -> None:
    attribution = first(read(text)).attribution
    assert (attribution.source, attribution.told) == (source, told)


def test_but_that_goes_on_with_what_was_said(read: Read) -> None:
    text = "The Norwegian foreign ministry said it had offered talks to Chile but that Chile had rejected the offer."
    sources = {c.act: c.attribution.source for c in read(text).contacts}
    assert sources == {"overture": "Norwegian foreign ministry", "reply": "Norwegian foreign ministry"}


def test_the_chain_and_the_reason_come_back_from_the_ledgers_shape(read: Read) -> None:
    text = "Norway offered Chile talks, a Norwegian official told Reuters on condition of anonymity."
    contact = first(read(text, outlet="The Korea Herald"))
    shape: dict[str, Any] = said(contact)
    assert list(shape["attribution"]) == ["kind", "source", "of", "told", "reason", "relayed"]
    assert contact_of(shape).attribution == contact.attribution


def test_the_dash_before_the_name_that_signs_a_quotation_is_its_cue(language: Language) -> None:
    text = "“Nobody has written to us since the summer.” ― Anna Berg."
    document = language.document(Article(id="t", body=text))
    assert [text[s.start : s.end] for s in attributed_words(document).cues] == ["―"]
