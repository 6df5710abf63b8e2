"""Sentences of our own, parsed for real."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.codebook.actors import ActorBook
from dragoman.language import Language
from dragoman.model import Article, Document, Mention, Sentence, Token
from dragoman.reading.actors import read_mentions

BOOK = ActorBook.load()


Who = Callable[..., list[Mention]]


@pytest.fixture(scope="module")
def who(language: Language) -> Who:
    def mentions_of(text: str, published: str = "2021-05-13", outlet: str | None = None) -> list[Mention]:
        document = language.document(Article("a", text, published=published, outlet=outlet))
        return [m for row in read_mentions(document, BOOK) for m in row]

    return mentions_of


def one(mentions: list[Mention], words: str) -> Mention:
    found = [m for m in mentions if words in m.text]
    assert found, f"{words!r} is not among {[m.text for m in mentions]}"
    return min(found, key=lambda m: len(m.text))


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Seoul said on Monday that it had not replied.", "Seoul", ("KOR",)),
        ("The Kremlin denied the report.", "Kremlin", ("RUS",)),
        ("The Iranian foreign ministry summoned the Swiss ambassador.", "foreign ministry", ("IRN",)),
        ("The Iranian foreign ministry summoned the Swiss ambassador.", "ambassador", ("CHE",)),
        ("The foreign ministry of Peru rejected the offer.", "foreign ministry of Peru", ("PER",)),
        ("US and South Korean officials met in Hanoi.", "US and South Korean officials", ("USA", "KOR")),
        (
            "The foreign ministers of Kenya, Uganda and Rwanda agreed to talk.",
            "foreign ministers",
            ("KEN", "UGA", "RWA"),
        ),
        ("A spokesperson for Bolivia's defence ministry declined to comment.", "spokesperson", ("BOL",)),
        ("The Brazilian Congress approved the treaty.", "Congress", ("BRA",)),
        ("The Obama administration sent a letter to Tehran.", "Obama administration", ("USA",)),
        ("NATO's secretary general called the Hamas leader.", "secretary general", ("NATO",)),
        ("NATO's secretary general called the Hamas leader.", "leader", ("HAMAS",)),
        ("Chadian rebels and Burkinabe soldiers exchanged prisoners.", "Chadian", ("TCD",)),
        ("The Houthi delegation left for Muscat.", "Houthi delegation", ("HOUTHIS",)),
    ],
)
def test_words_stand_for_their_party(who: Who, text: str, words: str, codes: tuple[str, ...]) -> None:
    assert one(who(text), words).codes == codes


@pytest.mark.parametrize(
    ("text", "words", "is_place"),
    [
        ("The envoys met in Washington on Friday.", "Washington", True),
        ("The envoys held talks with Washington on Friday.", "Washington", False),
        ("He will travel to Ottawa next week.", "Ottawa", True),
        ("It sent a message to Ottawa.", "Ottawa", False),
        ("Fighting went on in Sudan.", "Sudan", True),
        ("Talks with Sudan broke off.", "Sudan", False),
        ("Brussels-based diplomats were sceptical of the EU.", "Brussels", True),
    ],
)
def test_a_city_is_a_government_only_where_it_acts(who: Who, text: str, words: str, is_place: bool) -> None:
    assert one(who(text), words).place_only is is_place


def test_a_dateline_is_a_place() -> None:
    tokens, at = [], 0
    for form in ["NEW", "DELHI", "--", "India", "agreed", "."]:
        upos = {"--": "PUNCT", ".": "PUNCT", "agreed": "VERB"}.get(form, "PROPN")
        tokens.append(Token(form, form, upos, {}, -1 if form == "agreed" else 4, "nsubj", at, at + len(form)))
        at += len(form) + 1
    text = "NEW DELHI -- India agreed ."
    document = Document(Article("a", text), (Sentence(tuple(tokens), 0, len(text), text),))
    found = {m.text: m.place_only for m in read_mentions(document, BOOK)[0]}
    assert found == {"NEW DELHI": True, "India": False}


@pytest.mark.parametrize(
    ("text", "words", "code", "channel"),
    [
        ("It wrote to Pyongyang's mission to the United Nations.", "mission", "PRK", "un_mission"),
        ("A note went through the Swedish embassy in Damascus.", "embassy", "SWE", "embassy"),
        (
            "North Korea's permanent representative to the UN took the letter.",
            "permanent representative",
            "PRK",
            "un_mission",
        ),
    ],
)
def test_a_mission_is_a_channel_of_the_state_that_sent_it(
    who: Who, text: str, words: str, code: str, channel: str
) -> None:
    found = one(who(text), words)
    assert (found.codes, found.channel) == ((code,), channel)


@pytest.mark.parametrize(
    "text",
    [
        "Jordan Smith spoke to his coach.",
        "Michael Jordan scored twice.",
        "She cooked a turkey for us.",
        "Chad Wolf left the office.",
    ],
)
def test_people_and_words_that_look_like_states_are_none(who: Who, text: str) -> None:
    assert not {c for m in who(text) for c in m.codes} & {"JOR", "TCD", "TUR"}


def test_a_name_of_two_states_is_decided_by_the_report_or_left_open(who: Who) -> None:
    assert one(who("Georgia offered to host the talks, Tbilisi said."), "Georgia").codes == ("GEO",)
    assert not [
        m for m in who("Voters in Georgia went to the polls, and officials in Atlanta counted.") if "GEO" in m.codes
    ]
    divided = one(who("Peace in Korea is far away, say North Korea and South Korea."), "Korea")
    assert divided.ambiguous == ("KOR", "PRK") or divided.codes in {("PRK",), ("KOR",)}


@pytest.mark.parametrize(
    ("text", "words", "person", "code", "level"),
    [
        ("US Secretary of State Antony Blinken called.", "Blinken", "Antony Blinken", "USA", 2),
        (
            "Malta sent its deputy foreign minister, Ada Quill, to Rome.",
            "Ada Quill",
            "Ada Quill",
            "MLT",
            3,
        ),
        ("Peruvian Prime Minister Ada Quill resigned.", "Ada Quill", "Ada Quill", "PER", 1),
        ("Ada Quill, the Norwegian foreign minister, called back.", "Ada Quill", "Ada Quill", "NOR", 2),
        ("Norway's foreign minister, Ada Quill, called back.", "Ada Quill", "Ada Quill", "NOR", 2),
        ("UN special envoy for Yemen Ada Quill called back.", "Ada Quill", "Ada Quill", "UN", 3),
        (
            "Fijian Permanent Secretary for Foreign Affairs and Trade Ada Quill called back.",
            "Ada Quill",
            "Ada Quill",
            "FJI",
            3,
        ),
        (
            "US Special Representative for the DPRK Ambassador Ada Quill called back.",
            "Ada Quill",
            "Ada Quill",
            "USA",
            3,
        ),
        ("State Department spokesperson Ada Quill called back.", "Ada Quill", "Ada Quill", "USA", 4),
        ("Former Ghanaian President Ada Quill called back.", "Ada Quill", "Ada Quill", "GHA", 5),
        ("Ada Quill, the sister of President Bo Larch of Peru, wrote a letter.", "Ada Quill", "Ada Quill", "PER", 5),
        ("Kim Yo Jong, the sister of Kim Jong Un, wrote a letter.", "Kim Yo Jong", "Kim Yo Jong", "PRK", 3),
        ("European Council President Ada Quill called.", "Ada Quill", "Ada Quill", "EU", 1),
        ("Hakan Fidan met Nikos Dendias.", "Nikos Dendias", "Nikos Dendias", "GRC", 2),
    ],
)
def test_titles_appositions_and_the_book_tell_who_somebody_is(
    who: Who, text: str, words: str, person: str, code: str, level: int
) -> None:
    found = one(who(text), words)
    assert (found.person, found.codes, found.level) == (person, (code,), level)


def test_the_report_teaches_whom_a_surname_means(who: Who) -> None:
    found = who(
        "Quill refuses talks\n\nNorwegian Foreign Minister Ada Quill refused talks with Fiji. Later Quill met reporters."
    )
    assert {(m.person, m.codes) for m in found if "Quill" in m.text} == {("Ada Quill", ("NOR",))}


def test_the_holder_on_the_reports_day_is_meant(who: Who) -> None:
    text = "President Trump wrote to Moscow."
    assert one(who(text, "2019-03-01"), "Trump").level == 1
    assert one(who("Former President Trump wrote to Moscow.", "2022-03-01"), "Trump").level == 5


def test_a_counterpart_is_of_the_state_named_and_holds_the_same_office(who: Who) -> None:
    found = one(who("German Foreign Minister Heiko Maas met his Turkish counterpart in Berlin."), "counterpart")
    assert (found.codes, found.level) == (("TUR",), 2)


@pytest.mark.parametrize(
    ("text", "words", "codes"),
    [
        ("Armenia and Azerbaijan met. Both sides agreed to meet again.", "Both sides", {"ARM", "AZE"}),
        ("Cuba wrote to Spain. The two countries agreed to meet.", "The two countries", {"CUB", "ESP"}),
        ("North Korea fired a missile. The North said nothing.", "The North", {"PRK"}),
        ("The two Koreas restored a hotline.", "two Koreas", {"PRK", "KOR"}),
        ("A Chilean official spoke. The official asked for silence.", "official", {"CHL"}),
        ("Norwegian Foreign Minister Ada Quill called. The minister asked for talks.", "minister", {"NOR"}),
        ("The State Department called. The department asked for talks.", "department", {"USA"}),
        ("Saudi Arabia refused. The kingdom gave no reason.", "kingdom", {"SAU"}),
        ("Peruvian President Ada Quill called. She asked for talks.", "She", {"PER"}),
        ("India and Pakistan met. The nuclear-armed rivals agreed on a truce.", "rivals", {"IND", "PAK"}),
        (
            "Peruvian President Ada Quill met Chilean President Bo Larch. The two leaders agreed to talk.",
            "leaders",
            {"PER", "CHL"},
        ),
        ("The M23 group refused an offer. The rebels gave no reason.", "rebels", {"M23"}),
        (
            "Peruvian President Ada Quill and Chilean President Bo Larch spoke. Quill's spokesman gave no details.",
            "spokesman",
            {"PER"},
        ),
        ("Sudan's army chief met ECOWAS envoys. The bloc's chairman gave no details.", "chairman", {"ECOWAS"}),
        ('"We will not answer," the Kenyan foreign minister said.', "We", {"KEN"}),
    ],
)
def test_words_that_refer_back_find_their_party(who: Who, text: str, words: str, codes: set[str]) -> None:
    assert set(one(who(text), words).codes) == codes


def test_what_the_text_does_not_settle_stays_open(who: Who) -> None:
    assert not [m for m in who("He called. They asked for talks. The official agreed.") if m.codes]


def test_a_briefings_turns_have_their_own_speakers(who: Who) -> None:
    text = "QUESTION: Have you answered the North Koreans?\nMR PRICE: We have not. We are waiting.\nQUESTION: I see."
    found = who(text, outlet="U.S. Department of State")
    assert {m.codes for m in found if m.text == "We"} == {("USA",)}
    assert not [m for m in found if m.text == "I" and m.codes]


def test_a_governments_own_release_says_we_for_it(who: Who) -> None:
    text = "We call on both parties to talk."
    assert one(who(text, outlet="U.S. Department of State"), "We").codes == ("USA",)
    assert not [m for m in who(text, outlet="The Daily Plover") if m.text == "We" and m.codes]


def test_mentions_point_at_their_words(who: Who) -> None:
    text = "US Secretary of State Antony Blinken met Iran’s foreign minister, Ada Quill, in Vienna."
    for mention in who(text):
        assert text[mention.start : mention.end] == mention.text
        assert mention.first <= mention.head <= mention.last


WORDS = st.sampled_from(["US", "Iran", "'s", "the", "North", "Korea", "Kim", "Jong", "-", "un", "foreign", "minister", "of", "and", ",", "(", ")", "said", '"', "We", "his", "counterpart", "both", "sides", "Blinken", ":", "MR", "he", "embassy", "to", "UN", "former", "for", "Affairs"])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(
                WORDS,
                st.sampled_from(["NOUN", "PROPN", "VERB", "ADP", "PUNCT", "PRON", "ADJ"]),
                st.integers(-1, 14),
                st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-ORG"]),
            ),
            min_size=1,
            max_size=14,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_row_of_words_under_any_tree_is_read(rows: list[list[tuple[str, str, int, str]]]) -> None:
    sentences, at, body = [], 0, ""
    for row in rows:
        tokens = []
        for i, (form, upos, head, name) in enumerate(row):
            head = -1 if head >= len(row) or head == i else head
            tokens.append(
                Token(
                    form, form.lower(), upos, {}, head, "nsubj" if upos == "PRON" else "obl", at, at + len(form), name
                )
            )
            body += form + " "
            at = len(body)
        sentences.append(
            Sentence(tuple(tokens), tokens[0].start, tokens[-1].end, body[tokens[0].start : tokens[-1].end])
        )
    document = Document(Article("a", body, published="2021-05-13"), tuple(sentences))
    found = read_mentions(document, BOOK)
    assert len(found) == len(sentences)
    for number, mentions in enumerate(found):
        for m in mentions:
            assert m.sentence == number
            assert 0 <= m.first <= m.head <= m.last < len(sentences[number].tokens)
            assert body[m.start : m.end] == m.text
