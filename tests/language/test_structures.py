"""Thirty sentences of our own with the structures of news about diplomacy: who, to whom, through whom, when, on whose word."""

from __future__ import annotations

import pytest

from dragoman.language import Language
from dragoman.model import Sentence

#: Each: the sentence, and what must hang where as ``word relation head`` (relation without its subtype).
SENTENCES: list[tuple[str, list[str]]] = [
    (
        "The minister handed a letter to his Thai counterpart through the Swiss embassy on Friday.",
        ["minister nsubj handed", "letter obj handed", "counterpart obl handed", "embassy obl handed", "Friday obl handed"],
    ),
    (
        "Norway has reached out to the junta through several channels since March, but has received no answer, a diplomat said.",
        ["Norway nsubj reached", "junta obl reached", "channels obl reached", "March obl reached", "answer obj received", "diplomat nsubj said"],
    ),
    ("The envoy gave the foreign ministry a note on Tuesday.", ["envoy nsubj gave", "ministry iobj gave", "note obj gave", "Tuesday obl gave"]),
    ("Seoul offered Hanoi a meeting in Geneva.", ["Seoul nsubj offered", "Hanoi iobj offered", "meeting obj offered"]),
    (
        "Lagos and Accra exchanged messages via their missions to the United Nations.",
        ["Lagos nsubj exchanged", "messages obj exchanged", "missions obl exchanged"],
    ),
    (
        "The president told reporters that she would write to the king next week.",
        ["president nsubj told", "reporters iobj|obj told", "she nsubj write", "king obl write", "week obl write"],
    ),
    ("A letter was delivered to the prime minister by the Omani ambassador.", ["letter nsubj delivered", "minister obl delivered", "ambassador obl delivered"]),
    ('"We have nothing to discuss with them," the spokeswoman told a news agency on Monday.', ["spokeswoman nsubj told", "agency iobj|obj told", "Monday obl told"]),
    ("According to two officials, the talks were held in secret in Muscat.", ["officials obl held", "talks nsubj held", "Muscat obl held"]),
    ("The two leaders spoke by phone for an hour late on Sunday.", ["leaders nsubj spoke", "phone obl spoke", "Sunday obl spoke"]),
    ("Brussels invited the Kenyan delegation to a summit in June.", ["Brussels nsubj invited", "delegation obj invited", "summit obl invited"]),
    ("The Kremlin denied that its envoy had met the rebels.", ["Kremlin nsubj denied", "envoy nsubj met", "rebels obj met"]),
    ("Tunis has not responded to the proposal that Rome made in April.", ["Tunis nsubj responded", "proposal obl responded", "Rome nsubj made", "April obl made"]),
    ("The foreign minister of Peru flew to Quito to meet his counterpart.", ["minister nsubj flew", "Quito obl flew", "counterpart obj meet"]),
    ("Washington asked Qatar to pass a message to the movement.", ["Washington nsubj asked", "Qatar obj|iobj asked", "message obj pass", "movement obl pass"]),
    ("The hotline has rung twice a day since Thursday, the ministry said.", ["hotline nsubj rung", "Thursday obl rung", "ministry nsubj said"]),
    ("A senior official, who asked not to be named, said the offer was conveyed through Oslo.", ["official nsubj said", "offer nsubj conveyed", "Oslo obl conveyed"]),
    ("The ministry summoned the ambassador over the arrests.", ["ministry nsubj summoned", "ambassador obj summoned", "arrests obl summoned"]),
    ("Manila will send a special envoy to Beijing within weeks.", ["Manila nsubj send", "envoy obj send", "Beijing obl send", "weeks obl send"]),
    ("In a letter to the council, the general rejected the ceasefire.", ["letter obl rejected", "council nmod letter", "general nsubj rejected", "ceasefire obj rejected"]),
    ("The prime minister thanked Egypt for its mediation during a call with the emir.", ["minister nsubj thanked", "Egypt obj thanked", "mediation obl thanked", "call obl thanked"]),
    ("Neither side has answered the other since the talks collapsed in May.", ["side nsubj answered", "other obj answered", "talks nsubj collapsed", "May obl collapsed"]),
    ("The White House said it had tried to contact the regime by email in mid-February.", ["House nsubj said", "regime obj contact", "email obl contact", "mid-February obl contact"]),
    ("The report was carried by the state news agency on Wednesday.", ["report nsubj carried", "agency obl carried", "Wednesday obl carried"]),
    ("Ankara and Athens agreed on Thursday to resume talks on the islands.", ["Ankara nsubj agreed", "Thursday obl agreed", "talks obj resume", "islands nmod talks"]),
    ("The embassy forwarded the request to the capital, where it was declined.", ["embassy nsubj forwarded", "request obj forwarded", "capital obl forwarded", "it nsubj declined"]),
    ("If the sanctions are lifted, Caracas would return to the table.", ["sanctions nsubj lifted", "Caracas nsubj return", "table obl return"]),
    ("He declined to say whether the message had reached the leader.", ["He nsubj declined", "message nsubj reached", "leader obj reached"]),
    ("The Swiss president will host both foreign ministers in Bern on 3 May.", ["president nsubj host", "ministers obj host", "Bern obl host"]),
    ("Iraq's foreign minister briefed his Iranian counterpart on the visit in an interview with a Lebanese channel.", ["minister nsubj briefed", "counterpart obj briefed", "visit obl briefed"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def language() -> Language:
    return Language.open()


def holds(sentence: Sentence, claim: str) -> bool:
    word, relations, head = claim.split()
    return any(
        t.form == word and t.relation in relations.split("|") and t.head >= 0 and sentence.tokens[t.head].form == head
        for t in sentence.tokens
    )


@pytest.mark.parametrize(("text", "claims"), SENTENCES, ids=[t[:40] for t, _ in SENTENCES])
def test_recipients_channels_times_and_speakers_hang_where_they_belong(
    language: Language, text: str, claims: list[str]
) -> None:
    (sentence,) = language.sentences(text)
    said = [f"{t.form} {t.relation} {sentence.tokens[t.head].form if t.head >= 0 else '-'}" for t in sentence.tokens]
    assert [c for c in claims if not holds(sentence, c)] == [], said


def test_there_are_thirty() -> None:
    assert len(SENTENCES) == 30
