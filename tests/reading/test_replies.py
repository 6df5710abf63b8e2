"""Answers and silences, read from lines written for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.model import Reading

Read = Callable[..., Reading]
LETTER = "Canada sent Cuba a letter last month. "
INVITED = "Canada invited Cuba to talks. "


def reply_of(reading: Reading) -> str:
    first = next(c for c in reading.contacts if c.from_ == ("CAN",))
    return first.reply


@pytest.mark.parametrize(
    "silence",
    [
        "Ottawa said it had received no reply.",
        "Havana has made no move to answer it.",
        "Havana has remained silent.",
        "There has been no word from Havana.",
        "It is up to Cuba to respond.",
        "The ball is in Havana's court.",
        "Cuba has yet to respond.",
        "Cuba left the letter unanswered.",
    ],
)
def test_a_silence_told_by_verb_noun_or_adjective_leaves_the_letter_unanswered(read: Read, silence: str) -> None:
    reading = read(LETTER + silence)
    assert reply_of(reading) == "none"
    assert reading.contacts[0].status == "attempted"


def test_little_interest_is_a_refusal(read: Read) -> None:
    assert reply_of(read(INVITED + "Cuba has shown little interest in talking.")) == "declined"


def test_calling_an_offer_insincere_declines_it(read: Read) -> None:
    assert reply_of(read(INVITED + "Cuba called the offer insincere.")) == "declined"


def test_studying_a_proposal_only_acknowledges_it(read: Read) -> None:
    reading = read("Canada proposed a summit to Cuba. Cuba said it would study the proposal.")
    assert reply_of(reading) == "acknowledged"


def test_an_if_clause_tells_no_silence(read: Read) -> None:
    assert reply_of(read(LETTER + "The matter will go to court if Cuba does not respond.")) == "not_stated"


def test_a_question_tells_no_silence(read: Read) -> None:
    assert reply_of(read(LETTER + "Has Cuba not responded to it?")) == "not_stated"


def test_an_unanswered_hotline_call_is_an_attempted_call(read: Read) -> None:
    reading = read("Cuba did not answer a hotline call from Canada on Monday.")
    (call,) = [c for c in reading.contacts if c.act == "call"]
    assert (call.from_, call.to) == (("CAN",), ("CUB",))
    assert (call.status, call.reply, call.channel) == ("attempted", "none", ("hotline",))


def test_who_tells_that_calls_went_unanswered_made_them(read: Read) -> None:
    reading = read("Cuba has not answered the daily calls through the hotline, the Canadian foreign ministry said.")
    (call,) = [c for c in reading.contacts if c.act == "call"]
    assert (call.from_, call.to, call.reply) == (("CAN",), ("CUB",), "none")


def test_an_approach_without_an_addressee_was_made_to_whoever_is_silent_next(read: Read) -> None:
    reading = read("Canada has made several overtures. Cuba has not responded to them.")
    (overture,) = [c for c in reading.contacts if c.act == "overture"]
    assert (overture.from_, overture.to, overture.reply) == (("CAN",), ("CUB",), "none")


def test_the_reply_points_at_the_words_that_tell_it(read: Read) -> None:
    body = LETTER + "Cuba has not responded."
    (contact,) = read(body).contacts
    assert "responded" in {body[x.start : x.end] for x in contact.spans["reply"]}


def test_a_call_of_another_month_that_nobody_took_is_a_call_of_its_own(read: Read) -> None:
    found = read(
        "Chad did not answer Sudan's daily hotline calls on Monday. "
        "Chad did not respond to a routine hotline call in January."
    )
    calls = [c for c in found.contacts if c.act == "call"]
    assert [(c.from_, c.to, c.status, c.reply) for c in calls] == [(("SDN",), ("TCD",), "attempted", "none")] * 2
    assert calls[0].start != calls[1].start


def test_a_call_that_was_taken_is_a_call_and_no_reply(read: Read) -> None:
    found = read("Sudanese officers answered Chad's morning calls on the military hotline on Monday.")
    assert [(c.act, c.from_, c.to, c.status, c.reply) for c in found.contacts] == [
        ("call", ("TCD",), ("SDN",), "done", "acknowledged")
    ]


def test_of_two_calls_of_a_day_the_one_may_be_taken_and_the_other_not(read: Read) -> None:
    found = read(
        "Sudanese officers answered Chad's morning calls on the military hotline on Monday. "
        "Sudan did not answer Chad's afternoon calls on Monday, officials said."
    )
    assert [(c.act, c.status, c.reply) for c in found.contacts] == [
        ("call", "done", "acknowledged"),
        ("call", "attempted", "none"),
    ]
