"""Offices and bodies within a state, private people, guests of a transcript: sentences of our own, parsed for real."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.codebook.actors import ActorBook
from dragoman.language import Language
from dragoman.model import Article, Mention
from dragoman.reading.actors import read_mentions

BOOK = ActorBook.load()
Who = Callable[..., list[Mention]]
ABOUT_CHILE = "Chile held its breath. Santiago was quiet, and Chileans stayed at home. "


@pytest.fixture(scope="module")
def who(language: Language) -> Who:
    def mentions_of(text: str, outlet: str | None = None, title: str | None = None) -> list[Mention]:
        article = Article("a", text, title=title, published="2021-05-13", outlet=outlet)
        return [m for row in read_mentions(language.document(article), BOOK) for m in row]

    return mentions_of


def said(mentions: list[Mention], words: str) -> tuple[str, ...]:
    found = [m for m in mentions if words in m.text]
    return min(found, key=lambda m: len(m.text)).codes if found else ()


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Ohio Governor Ada Quill signed the law on Friday.", "Quill", "USA"),
        ("The mayor of Osaka resigned on Friday.", "mayor", "JPN"),
        (ABOUT_CHILE + "Senator Ada Quill spoke against the law.", "Quill", "CHL"),
        (ABOUT_CHILE + "The police found nothing, and the court agreed.", "police", "CHL"),
        (ABOUT_CHILE + "The Defence Secretary, Ada Quill, denied it.", "Defence Secretary", "CHL"),
        ("Peruvian Deputy Prime Minister and Foreign Minister Ada Quill left.", "Foreign Minister", "PER"),
        ("The National Crime Agency (NCA) looked into it. Later the NCA closed the case.", "NCA", "GBR"),
    ],
)
def test_who_governs_within_a_state_speaks_for_it(who: Who, text: str, words: str, code: str) -> None:
    assert said(who(text), words) == (code,)


def test_officers_of_a_report_about_several_states_stay_open(who: Who) -> None:
    assert said(who("Chile, Peru and Bolivia met. Senator Ada Quill spoke against the law."), "Quill") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A Peruvian singer sold her house.", "Peruvian"),
        ("A wall fell in Ohio on Friday.", "Ohio"),
        ("The Gulf War was long over by then.", "Gulf War"),
        ("Chile was calm. Ada Quill, vice president of the Acme League, thanked Chile.", "vice president"),
    ],
)
def test_private_people_towns_and_firms_speak_for_nobody(who: Who, text: str, words: str) -> None:
    assert said(who(text), words) == ()


def test_a_governor_weighs_less_than_a_minister(who: Who) -> None:
    (governor,) = [m for m in who("Ohio Governor Ada Quill signed the law.") if "Quill" in m.text]
    assert governor.level == 4


def test_a_president_in_small_letters_beside_a_guest_is_the_guests(who: Who) -> None:
    text = "SECRETARY BLINKEN: I also want to send my best wishes to the president."
    title = "Secretary Antony J. Blinken and Peruvian Foreign Minister Ada Quill Before Their Meeting"
    assert said(who(text, outlet="US Department of State", title=title), "president") == ("PER",)


def test_staff_labelled_by_name_in_a_governments_transcript_are_its_own(who: Who) -> None:
    found = who("MS QUILL: Thank you all. I have nothing to add.", outlet="US Department of State")
    assert said(found, "QUILL") == ("USA",)


def test_a_minister_spoken_to_is_the_one_named_before(who: Who) -> None:
    assert said(who("Peruvian Foreign Minister Ada Quill came in. Welcome, Mr. Minister."), "Mr. Minister") == ("PER",)


def test_two_governments_are_the_two_that_were_named(who: Who) -> None:
    codes = said(who("Officials of Peru and Chile met in Lima. The two governments agreed to go on."), "governments")
    assert set(codes) == {"PER", "CHL"}
