"""The PLOVER coder: which type a sentence tells of a pair, what is composed, and what is left uncoded."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.codebook.plover import PLOVER_TYPES, PloverBook
from dragoman.codebook.plover_acts import ActBook
from dragoman.codebook.plover_contexts import Contexts
from dragoman.errors import CodebookError
from dragoman.language import Language
from dragoman.model import ACTS, STATUSES, Article
from dragoman.reading.events import Coder, coded

PAIRS = (
    ("Peru agreed to open its ports to Bolivia.", "Peru", "Bolivia", "AGREE"),
    ("The Norwegian minister met his Chilean counterpart in Lima.", "The Norwegian minister", "Chilean counterpart", "CONSULT"),
    ("Ghana praised Togo for its handling of the floods.", "Ghana", "Togo", "SUPPORT"),
    ("Ecuador freed twelve Colombian fishermen on Monday.", "Ecuador", "Colombian fishermen", "RETREAT"),
    ("Kenya cooperates with Uganda on the railway.", "Kenya", "Uganda", "COOPERATE"),
    ("Japan donated rice to Laos after the storm.", "Japan", "Laos", "AID"),
    ("Ethiopian troops withdrew from Somalia.", "Ethiopian troops", "Somalia", "RETREAT"),
    ("Austria urged Hungary to join the mission.", "Austria", "Hungary", "REQUEST"),
    ("Chad accused Sudan of arming the rebels.", "Chad", "Sudan", "ACCUSE"),
    ("Iceland rejected a proposal from Denmark.", "Iceland", "Denmark", "REJECT"),
    ("Eritrea threatened to attack Djibouti.", "Eritrea", "Djibouti", "THREATEN"),
    ("Nurses demonstrated against the government of Malta.", "Nurses", "the government of Malta", "PROTEST"),
    ("Gabon severed diplomatic ties with Benin.", "Gabon", "Benin", "SANCTION"),
    ("Police arrested a union leader in the port.", "Police", "a union leader", "COERCE"),
    ("Rebels launched an attack on an army convoy.", "Rebels", "an army convoy", "ASSAULT"),
    ("Zambia deployed troops along the border with Malawi.", "Zambia", "Malawi", "MOBILIZE"),
)  # fmt: skip

COMPOSED = (
    ("Spain refused to meet Andorra.", "Spain", "Andorra", "REJECT"),
    ("Spain will not support Andorra.", "Spain", "Andorra", "REJECT"),
    ("Peru will provide aid to Bolivia.", "Peru", "Bolivia", "AGREE"),
    ("Peru suspended its cooperation with Bolivia.", "Peru", "Bolivia", "SANCTION"),
    ("Peru demanded that Bolivia release the sailors.", "Peru", "Bolivia", "REQUEST"),
    ("Togo sent troops to help Benin.", "Togo", "Benin", "AID"),
    ("Togo released a report on Benin.", "Togo", "Benin", None),
    ("Officials said Peru had bombed Bolivia.", "Peru", "Bolivia", "ASSAULT"),
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


@pytest.mark.parametrize(("text", "source", "target", "type_"), PAIRS + COMPOSED)
def test_a_given_pair_is_coded_by_the_word_that_rules_it(
    language: Language, coder: Coder, text: str, source: str, target: str, type_: str | None
) -> None:
    events = coder.of_pair(language.document(Article(id="t", body=text)), source, target).events
    assert [e.type for e in events] == ([type_] if type_ else [])
    if not events:
        return
    (event,) = events
    assert text[slice(*event.source_span)] == source
    assert text[slice(*event.target_span)] == target


def test_what_the_lexicon_does_not_know_is_left_uncoded(language: Language, coder: Coder) -> None:
    document = language.document(Article(id="t", body="Peru borders Bolivia in the south."))
    assert coder.of_pair(document, "Peru", "Bolivia").events == ()


def test_a_string_that_does_not_stand_in_the_text_is_left_uncoded(language: Language, coder: Coder) -> None:
    document = language.document(Article(id="t", body="Peru attacked Bolivia."))
    assert coder.of_pair(document, "Peru", "Brazil").events == ()


def test_without_a_pair_both_parties_are_found_with_their_codes(language: Language) -> None:
    text = "Chad accused Sudan of harbouring rebels."
    (line,) = coded(language, [{"id": "7", "text": text, "date": "2024-06-20"}])
    (event,) = line["events"]
    assert line["id"] == "7"
    assert (event["type"], event["cameo"], event["source"], event["target"]) == ("ACCUSE", "11", ["TCD"], ["SDN"])
    assert (event["source_text"], event["target_text"], event["status"]) == ("Chad", "Sudan", "done")
    assert text[slice(*event["spans"]["trigger"])] == "accused"


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        ("Ghanaian officers arrested a Togolese banker.", "COERCE", ("GHA",), ("TGO",)),
        ("Peru and Bolivia signed an agreement.", "SUPPORT", ("PER",), ("BOL",)),
        ("Talks between Peru and Bolivia resumed.", "CONSULT", ("PER",), ("BOL",)),
        ("Sudan was criticised by Chad.", "ACCUSE", ("TCD",), ("SDN",)),
    ],
)
def test_without_a_pair_sides_are_read_from_owners_pairs_and_agents(
    language: Language, coder: Coder, text: str, type_: str, source: tuple[str, ...], target: tuple[str, ...]
) -> None:
    (event,) = coder.of_document(language.document(Article(id="t", body=text))).events
    assert (event.type, event.source, event.target) == (type_, source, target)


def test_a_text_without_two_parties_has_no_events(language: Language, coder: Coder) -> None:
    assert coder.of_document(language.document(Article(id="t", body="Heavy rain fell in Peru on Monday."))).events == ()


def test_what_did_not_happen_is_not_done(language: Language, coder: Coder) -> None:
    document = language.document(Article(id="t", body="Chad did not attack Sudan."))
    (event,) = coder.of_pair(document, "Chad", "Sudan").events
    assert (event.type, event.status) == ("ASSAULT", "not_done")


def test_the_lexicon_tells_every_type_in_verbs() -> None:
    told = {
        phrase.code.type for (kind, _), row in PloverBook.load().phrases.items() for phrase in row if kind == "verb"
    }
    assert told - {""} == set(PLOVER_TYPES)


def test_a_lexicon_with_an_unknown_type_is_refused() -> None:
    with pytest.raises(CodebookError, match="unknown type"):
        PloverBook.of('[[group]]\ntype = "GOSSIP"\ncameo = "99"\nverbs = "gossip"\n[composed]\n')


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.text(min_size=1, max_size=4), st.text(min_size=1, max_size=4))
def test_any_text_is_coded_without_a_crash(language: Language, text: str, source: str, target: str) -> None:
    (line,) = coded(language, [{"id": "t", "text": text, "source": source, "target": target}])
    assert len(line["events"]) <= 1


@pytest.mark.parametrize(
    ("text", "type_", "source", "target"),
    [
        ("Peru's invasion of Bolivia shocked the region.", "ASSAULT", "PER", "BOL"),
        ("Norway condemned Chad's attack on Sudan last week.", "ACCUSE", "NOR", "TCD"),
        ("Norway expressed concern about the arrests in Mali.", "ACCUSE", "NOR", "MLI"),
        ("On behalf of the government of Norway, I congratulate the people of Mali.", "SUPPORT", "NOR", "MLI"),
        ("Norway remains committed to supporting Mali.", "AGREE", "NOR", "MLI"),
        ("The Norwegian minister wrote to thank Ghana.", "SUPPORT", "NOR", "GHA"),
    ],
)
def test_source_and_target_stand_where_the_type_has_them(
    language: Language, coder: Coder, text: str, type_: str, source: str, target: str
) -> None:
    events = coder.of_document(language.document(Article(id="t", body=text))).events
    assert (type_, (source,), (target,)) in [(e.type, e.source, e.target) for e in events]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Heavy rain fell in Peru on Monday.", "fewer than two parties"),
        ("Peru borders Bolivia.", "no word of the lexicon"),
        ("Peru could attack Bolivia.", "only possible"),
    ],
)
def test_what_is_left_uncoded_says_why(language: Language, text: str, reason: str) -> None:
    (line,) = coded(language, [{"id": "1", "text": text}])
    assert line["events"] == []
    assert [u["reason"] for u in line["uncoded"]] == [reason]


def test_a_request_for_talks_has_the_mode_meet_and_the_text_gives_contexts(language: Language, coder: Coder) -> None:
    text = "Peru rejected talks with Bolivia about the border."
    (event,) = coder.of_document(language.document(Article(id="t", body=text))).events
    assert (event.type, event.mode, event.target) == ("REJECT", "meet", ("BOL",))
    assert "territory" in event.contexts


def test_every_act_and_status_has_a_row_in_the_mapping_and_what_did_not_happen_has_no_code() -> None:
    book = ActBook.load()
    for act in ACTS:
        for status in STATUSES:
            row = book.find(act, status)
            assert row is not None
            assert row.type == "" if status == "not_done" else row.type in PLOVER_TYPES
    assert {row["act"] for row in book.table()} == set(ACTS)


def test_a_mapping_with_a_mode_that_the_manual_lacks_is_refused() -> None:
    with pytest.raises(CodebookError, match="no such type or mode"):
        ActBook.of([{"act": "call", "type": "AGREE", "mode": "phone"}])


def test_contexts_other_than_the_manuals_are_refused() -> None:
    with pytest.raises(CodebookError, match="weather"):
        Contexts.of({"weather": "rain"})
