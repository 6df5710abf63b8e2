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


def test_a_reason_told_later_of_the_same_official_holds_for_all_that_he_told(read: Read) -> None:
    text = (
        "Norway sent a letter to Chad in May, a senior Norwegian official said on Thursday. "
        "The official, who asked not to be named, added that Chad had replied within a week."
    )
    assert [c.attribution.reason for c in read(text).contacts] == ["who asked not to be named"] * 2


def test_a_reason_told_of_another_official_stays_with_him(read: Read) -> None:
    text = (
        "Norway sent a letter to Chad in May, a Norwegian official said on Thursday. "
        "A Norwegian official, who asked not to be named, said that Chad had replied within a week."
    )
    assert read(text).contacts[0].attribution.reason is None


def test_who_tells_of_anothers_public_act_vouches_for_it(read: Read) -> None:
    text = "Norway proposed talks to Chile last week, Yonhap reported, citing an unnamed Chilean government source."
    attribution = first(read(text)).attribution
    assert (attribution.kind, attribution.of, attribution.told) == ("anonymous", "CHL", "Yonhap")


def test_a_medium_that_passes_on_a_public_act_leaves_it_on_its_makers_word(read: Read) -> None:
    attribution = first(read("Norway proposed talks to Chile last week, Yonhap reported.")).attribution
    assert (attribution.of, attribution.told) == ("NOR", "Yonhap")


def test_a_verb_that_only_the_network_knows_for_a_cue_attributes(language: Language, read: Read) -> None:
    text = "The Norwegian foreign minister groused that Chile had not replied to the letter of Norway."
    assert any(t.cue for t in language.document(Article(id="t", body=text)).sentences[0].tokens)
    assert first(read(text)).attribution.of == "NOR"


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ('"We wrote to them," the minister said in a phone interview.', "said in a phone interview"),
        ("The minister said Tuesday that the letter had come.", "said Tuesday"),
        ("The minister said on Tuesday that the letter had come.", "said"),
    ],
)
def test_the_occasion_that_follows_a_cue_at_once_is_part_of_it(language: Language, text: str, cue: str) -> None:
    found = attributed_words(language.document(Article(id="t", body=text)))
    assert " ".join(text[x.start : x.end] for x in found.cues) == cue


@pytest.mark.parametrize(
    ("denial", "denied_by"),
    [
        ("Sweden denied it.", ("SWE",)),
        ("The Swedish foreign ministry disputes the account.", ("SWE",)),
        ("Sweden did not deny it.", ()),
        ("Norway denied it.", ()),
        ("Sweden denied a report of a coup.", ()),
    ],
)
def test_an_act_denied_in_the_next_sentence_is_disputed_by_who_denies_it(
    read: Read, denial: str, denied_by: tuple[str, ...]
) -> None:
    contact = first(read(f"Belarus said on Monday that Sweden had invited its envoy to Stockholm. {denial}"))
    assert contact.denied_by == denied_by
    assert (contact.status == "disputed") == bool(denied_by)
    assert (contact.attribution.of, len(contact.evidence)) == ("BLR", 2 if denied_by else 1)


def test_a_paper_that_an_office_puts_out_is_a_document_told_to_nobody(read: Read) -> None:
    attribution = first(
        read("According to a readout released by the Kremlin, Putin called Tokayev on Tuesday.")
    ).attribution
    assert (attribution.kind, attribution.source, attribution.told) == ("document", "readout", None)
