"""Channels, go-betweens and secrecy, read from lines written for these tests; named channels as data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.codebook.channels import named_channels
from dragoman.model import CHANNELS, Contact, Reading

Read = Callable[..., Reading]


def only(reading: Reading) -> Contact:
    (contact,) = reading.contacts
    return contact


@pytest.mark.parametrize(
    ("line", "channel"),
    [
        ("The Kenyan president spoke by phone with his Ugandan counterpart.", {"phone"}),
        ("The Kenyan president spoke with his Ugandan counterpart on Monday.", {"unspecified"}),
        ("The Kenyan president held a call with his Ugandan counterpart.", {"phone"}),
        ("The Kenyan president met his Ugandan counterpart in Nairobi.", {"in_person"}),
        ("A meeting between the Kenyan and Ugandan presidents ended on Monday.", {"in_person"}),
        ("Kenya and Uganda held a virtual meeting on Monday.", {"video"}),
        ("Kenya held talks with Uganda on Monday.", {"unspecified"}),
        (
            "The Kenyan president met his Ugandan counterpart on the margins of the summit.",
            {"in_person", "multilateral"},
        ),
        ("Kenya sent a letter to Uganda.", {"letter"}),
    ],
)
def test_the_clause_tells_the_channel(read: Read, line: str, channel: set[str]) -> None:
    assert set(only(read(line)).channel) == channel


def test_a_summit_of_two_is_no_multilateral_meeting(read: Read) -> None:
    assert only(read("The summit between Kenya and Uganda ended on Monday.")).channel == ("in_person",)


def test_security_council_resolutions_are_no_channel(read: Read) -> None:
    contact = only(read("Kenya met Uganda to discuss the Security Council resolutions."))
    assert "multilateral" not in contact.channel


def test_a_go_between_is_named_by_what_it_lends(read: Read) -> None:
    contact = only(read("Kenya sent a message to Uganda through Omani mediators."))
    assert "third_party" in contact.channel
    assert contact.via == ("OMN",)


def test_a_named_channel_brings_its_third_party(read: Read) -> None:
    contact = only(read("Washington sent a message to Tehran through the Swiss embassy."))
    assert "third_party" in contact.channel
    assert contact.via == ("CHE",)


@pytest.mark.parametrize("word", ["secretly", "quietly", "privately"])
def test_words_of_secrecy_make_an_act_secret(read: Read, word: str) -> None:
    assert only(read(f"The Kenyan president {word} met his Ugandan counterpart.")).secret


def test_without_such_words_an_act_is_not_secret(read: Read) -> None:
    assert not only(read("The Kenyan president met his Ugandan counterpart.")).secret


def test_every_named_channel_tells_a_channel_of_the_guide_and_joins_two_parties() -> None:
    for named in named_channels():
        assert named.channel in CHANNELS
        assert len(named.parties) >= 2


def test_a_named_channel_counts_only_between_its_own_parties_and_while_it_stood() -> None:
    office = next(c for c in named_channels() if c.name == "inter-Korean liaison office")
    assert office.joins(frozenset({"KOR", "PRK"}))
    assert not office.joins(frozenset({"KOR", "JPN"}))
    assert office.stood(2019)
    assert not office.stood(2022)
