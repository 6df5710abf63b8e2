"""Where the PLOVER coder finds source and target with nothing but the text: in clauses, owners, references, and beside the deed."""

from __future__ import annotations

import pytest

from dragoman.language import Language
from dragoman.model import Article
from dragoman.reading.events import Coder

Told = tuple[str, str, str]


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder.load()


def told(language: Language, coder: Coder, text: str) -> set[Told]:
    document = language.document(Article(id="t", body=text))
    events = (e for e in coder.of_document(document).events if e.status != "not_done")
    return {(e.type, ",".join(e.source), ",".join(e.target)) for e in events}


IN_CLAUSES = (
    ("The Chilean envoy said that Peru must release the sailors.", {("REQUEST", "CHL", "PER")}),
    ("Chad's foreign ministry issued a statement condemning Sudan.", {("ACCUSE", "TCD", "SDN")}),
    ("The EU thanked Jordan for hosting Syrian refugees.", {("SUPPORT", "EU", "JOR"), ("AID", "JOR", "SYR")}),
    ("Norway condemned Chad for its invasion of Niger.", {("ACCUSE", "NOR", "TCD"), ("ASSAULT", "TCD", "NER")}),
    ("The Kremlin denies that it hacked Estonian banks.", {("REJECT", "RUS", "EST")}),
    ("Kenya warned that it would close its border with Somalia.", {("THREATEN", "KEN", "SOM")}),
    ("Zambia, which Malawi accuses of dumping maize, kept silent.", {("ACCUSE", "MWI", "ZMB")}),
    ("Serbian officials, accused by Kosovo of smuggling, stayed away.", {("ACCUSE", "XKX", "SRB")}),
    ("Cameroon's president, who met Nigerian envoys last week, fell ill.", {("CONSULT", "CMR", "NGA")}),
    ("Italy blacklisted three firms linked to Belarus.", {("COERCE", "ITA", "BLR")}),
)
OF_OWNERS = (
    ("Ghana is deeply concerned by Togo's arrests of teachers.", {("ACCUSE", "GHA", "TGO")}),
    ("The Polish leader conveyed Poland's condolences to Turkey.", {("SUPPORT", "POL", "TUR")}),
    ("The Brazilian president reiterated Brazil's commitment to helping Haiti.", {("AGREE", "BRA", "HTI")}),
    ("Austria voiced concern about Hungary's treatment of judges.", {("ACCUSE", "AUT", "HUN")}),
    ("Uganda received loans from China.", {("AID", "CHN", "UGA")}),
    ("Mali is backed by Russia in the dispute.", {("SUPPORT", "RUS", "MLI")}),
    ("Canada gains new skills in cooperation with Iceland.", {("COOPERATE", "CAN", "ISL")}),
    ("Portugal and Spain share intelligence.", {("COOPERATE", "PRT", "ESP")}),
    ("The Peruvian-Bolivian war ended in 1884.", {("ASSAULT", "PER", "BOL")}),
    ("Norway hailed the fishing pact between Ghana and Togo.", {("SUPPORT", "GHA", "TGO")}),
)
OF_FORCE = (
    ("Two Kenyan pilots were killed in an Ethiopian air strike.", {("ASSAULT", "ETH", "KEN")}),
    ("A Kenyan air strike in southern Somalia killed four Ugandan drivers.", {("ASSAULT", "KEN", "UGA")}),
    ("Denmark helps Peru in the face of Bolivia's war.", {("AID", "DNK", "PER"), ("ASSAULT", "BOL", "PER")}),
    ("Peru has lost a third of its ports to the Bolivian invasion.", {("ASSAULT", "BOL", "PER")}),
    ("Relatives of the Thai workers killed by Hamas gunmen wept.", {("ASSAULT", "HAMAS", "THA")}),
    ("Kenyan forces captured or killed Somali smugglers.", {("COERCE", "KEN", "SOM"), ("ASSAULT", "KEN", "SOM")}),
)
BY_REFERENCE = (
    ("Ghana and Togo held talks, and they signed a fishing treaty.", {("CONSULT", "GHA", "TGO"), ("SUPPORT", "GHA", "TGO")}),
    ("Norway welcomes the vote in Mali, and we stand with Niger.", {("SUPPORT", "NOR", "MLI"), ("SUPPORT", "NOR", "NER")}),
    ("During her visit to Peru, the Dutch minister opened a school.", {("CONSULT", "NLD", "PER")}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "events"), IN_CLAUSES + OF_OWNERS + OF_FORCE + BY_REFERENCE)
def test_sides_are_found_where_a_reader_finds_them(
    language: Language, coder: Coder, text: str, events: set[Told]
) -> None:
    assert told(language, coder, text) == events


@pytest.mark.parametrize(
    "text",
    [
        "Egypt, Sudan and Ethiopia pledged funds.",
        "The Ghanaian minister studied ways of helping Togo.",
        "Norway urged all countries to press Mali.",
        "Chad's presence poses no threat to Niger.",
        "If Chad asked, Niger would help.",
        "Would Chad attack Niger?",
        "A Norwegian veteran of the Iraq war spoke.",
    ],
)
def test_what_is_talked_of_possible_or_asked_of_others_is_no_event(language: Language, coder: Coder, text: str) -> None:
    assert told(language, coder, text) == set()


def test_negated_recognition_is_a_refusal_that_took_place(language: Language, coder: Coder) -> None:
    assert told(language, coder, "Chad does not recognise Niger.") == {("REJECT", "TCD", "NER")}


def test_a_war_among_several_possible_victims_is_left_uncoded(language: Language, coder: Coder) -> None:
    assert told(language, coder, "Peru, Chile and Ecuador suffer from Bolivia's war.") == set()
