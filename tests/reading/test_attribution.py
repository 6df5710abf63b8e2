"""On whose word: sources, their kinds, whom they spoke to, over sentences and in documents of several shapes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.codebook.actors import ActorBook
from dragoman.language import Language
from dragoman.model import Article, Attribution, Caption
from dragoman.reading import Reader
from dragoman.reading.actors import read_mentions
from dragoman.reading.attribution import Attributions, attributed_words, read_attributions
from dragoman.reading.values import SentenceMentions

Told = tuple[Attribution, str]
Reads = Callable[..., Callable[[str], Told]]


@pytest.fixture(scope="session")
def book(reader: Reader) -> ActorBook:
    return reader.book


@pytest.fixture(scope="session")
def attributed(language: Language, book: ActorBook) -> Reads:
    """Reads an article and gives a function from a word of it to (attribution, hedge) of what the word tells."""

    def read(body: str, *, of: str | None = None, known: bool = False, **more: object) -> Callable[[str], Told]:
        document = language.document(Article(id="t", body=body, published="2024-06-20", **more))  # type: ignore[arg-type]
        mentions = tuple(SentenceMentions.of(m) for m in read_mentions(document, book))
        found: Attributions = read_attributions(document, mentions, of, speaker_known=known)

        def told(word: str) -> Told:
            for n, s in enumerate(document.sentences):
                for i, token in enumerate(s.tokens):
                    if token.form == word:
                        return found.of(n, i)[:2]
            raise AssertionError(f"{word} does not stand in the text")

        return told

    return read


def test_an_unnamed_official_who_told_an_agency_is_anonymous_with_his_description(attributed: Reads) -> None:
    source, hedge = attributed("A senior Canadian official told Reuters that Oslo had answered the note.")("answered")
    assert (source.kind, source.source, source.of, source.told) == (
        "anonymous",
        "senior Canadian official",
        "CAN",
        "Reuters",
    )
    assert hedge == "asserted"


def test_the_official_said_later_is_the_one_described_before_and_still_speaks_to_the_same_agency(
    attributed: Reads,
) -> None:
    told = attributed(
        "A senior Canadian official told Reuters that Oslo had answered.\n\nThe official said that talks would resume."
    )
    assert told("resume")[0].source == "senior Canadian official"
    assert told("resume")[0].told == "Reuters"


def test_a_capital_speaks_as_an_institution_of_its_state(attributed: Reads) -> None:
    source, _ = attributed("Ottawa said on Monday that it had invited Norway to talks.")("invited")
    assert (source.kind, source.of) == ("institution", "CAN")


def test_an_unnamed_spokesperson_speaks_as_an_institution(attributed: Reads) -> None:
    source, _ = attributed('"We have invited Oslo," a Canadian foreign ministry spokesperson said.')("invited")
    assert (source.kind, source.of) == ("institution", "CAN")


def test_according_to_names_the_source_of_its_whole_clause(attributed: Reads) -> None:
    source, _ = attributed("Norway invited Canada to talks in May, according to the Norwegian foreign ministry.")(
        "invited"
    )
    assert (source.kind, source.of) == ("institution", "NOR")


def test_what_an_agency_relays_from_an_official_was_told_to_the_agency(attributed: Reads) -> None:
    source, _ = attributed("Norway said it had suspended the talks, Reuters reported.")("suspended")
    assert (source.kind, source.of, source.told) == ("institution", "NOR", "Reuters")


def test_what_only_a_newspaper_reports_is_reported_on_its_word(attributed: Reads) -> None:
    source, hedge = attributed("The New York Times reported that Norway had invited Canada to talks.")("invited")
    assert source.kind == "media"
    assert hedge == "reported"


def test_hearsay_is_the_outlets_word_and_hedged(attributed: Reads) -> None:
    told = attributed("Norway has reportedly invited Canada to talks.", outlet="The Daily Globe")
    assert told("invited") == (Attribution("outlet", "The Daily Globe"), "reported")
    told = attributed("Norway is said to have invited Canada.", outlet="The Daily Globe")
    assert told("invited")[1] == "reported"


def test_what_they_reportedly_said_is_not_asserted_by_them(attributed: Reads) -> None:
    source, _ = attributed("Norway reportedly said the offer was accepted.", outlet="The Daily Globe")("accepted")
    assert source.kind == "outlet"


def test_a_quotation_goes_on_into_the_sentences_after_its_cue(attributed: Reads) -> None:
    told = attributed('"We wrote to them in May," Prime Minister Justin Trudeau said. "They never answered us."')
    assert told("answered")[0].source == "Justin Trudeau"


def test_a_quotation_belongs_to_the_cue_at_its_end(attributed: Reads) -> None:
    told = attributed('"We wrote to them in May. They never answered us," Prime Minister Justin Trudeau said.')
    assert told("wrote")[0].source == "Justin Trudeau"


def test_but_that_goes_on_with_what_was_said(attributed: Reads) -> None:
    told = attributed("Ottawa said it wrote to Norway in May but that Oslo had remained silent.")
    assert told("silent")[0].of == "CAN"


def test_what_the_outlet_tells_in_its_own_voice_is_its_own_word(attributed: Reads) -> None:
    source, hedge = attributed("Norway invited Canada to talks in May.", outlet="The Daily Globe", agency="Reuters")(
        "invited"
    )
    assert (source.kind, source.source, hedge) == ("outlet", "Reuters", "asserted")


def test_a_participle_beside_the_verb_speaks_for_its_subject_not_for_whom_it_urged(attributed: Reads) -> None:
    told = attributed("Norway called on Canada to join, adding that the door remained open.")
    assert told("remained")[0].of == "NOR"


def test_turns_of_a_transcript_stand_on_whoever_holds_the_floor(attributed: Reads) -> None:
    told = attributed(
        "QUESTION: Has anyone answered?\n\nMR SMITH: We invited them in May.\n\nSENIOR ADMINISTRATION OFFICIAL TWO: They declined.",
        of="USA",
    )
    assert told("answered")[0].kind == "media"
    assert (told("invited")[0].kind, told("invited")[0].source, told("invited")[0].of) == (
        "named_person",
        "Smith",
        "USA",
    )
    assert (told("declined")[0].kind, told("declined")[0].of) == ("anonymous", "USA")


def test_a_readout_stands_on_the_spokesperson_to_whom_it_is_attributable(attributed: Reads) -> None:
    told = attributed(
        "The following is attributable to Spokesperson Jane Miller:\n\nThe Secretary called his Norwegian counterpart."
    )
    assert told("called")[0].kind == "named_person"
    assert told("called")[0].source == "Jane Miller"


def test_a_release_stands_on_its_office_or_on_the_spokesperson_whom_the_byline_names(attributed: Reads) -> None:
    body = "The Secretary noted that Norway had accepted the offer."
    told = attributed(body, of="USA", byline="Office of the Spokesperson")
    assert told("accepted")[0] == Attribution("institution", "Office of the Spokesperson", "USA")
    told = attributed(body, of="USA", byline="Jane Miller, Department Spokesperson", known=True)
    assert told("accepted")[0] == Attribution("named_person", "Jane Miller", "USA")


def test_a_joint_statement_is_a_document(attributed: Reads) -> None:
    told = attributed("Canada and Norway agreed to meet.", of="CAN", title="Joint Statement of Canada and Norway")
    assert told("agreed")[0].kind == "document"


def test_a_caption_stands_on_the_agency_whose_picture_it_is(attributed: Reads) -> None:
    told = attributed("Nothing new.", captions=(Caption("The ministers met in Oslo in May.", "AP"),))
    assert told("met")[0] == Attribution("media", "AP")


def test_a_headline_names_its_source_after_the_last_colon(attributed: Reads) -> None:
    told = attributed("Nothing new.", title="Norway invited Canada to talks: officials")
    assert told("invited")[0].kind == "anonymous"


def test_minding_and_doing_make_nobody_a_source(attributed: Reads) -> None:
    told = attributed("Norway knows that Canada will accept.", outlet="The Daily Globe")
    assert told("accept")[0].kind == "outlet"


def test_cues_and_contents_are_found_for_sources_of_no_party(language: Language) -> None:
    body = 'The baker said the oven was cold. "I tried twice," she added. The sun rose.'
    words = attributed_words(language.document(Article(id="t", body=body)))
    assert [body[x.start : x.end] for x in words.cues] == ["said", "added"]
    content = " ".join(body[x.start : x.end] for x in words.contents)
    assert "oven was cold" in content
    assert "tried twice" in content
    assert "sun" not in content


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=' .,:"“”abcXYZ\nsaid told', max_size=80))
def test_any_text_is_read_and_no_word_is_both_cue_and_content(text: str) -> None:
    words = attributed_words(_language().document(Article(id="t", body=text)))
    cues = {(x.start, x.end) for x in words.cues}
    assert not cues & {(x.start, x.end) for x in words.contents}
    assert all(0 <= x.start < x.end <= len(text) for x in (*words.cues, *words.contents))


@lru_cache(maxsize=1)
def _language() -> Language:
    """One network for all examples (hypothesis and fixtures of a session do not go together)."""
    return Language.open()
