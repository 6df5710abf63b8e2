from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.codebook.actors import ActorBook
from dragoman.codebook.actors_compile import PACKED, packed_text
from dragoman.codebook.actors_names import fold, key_of, surnames
from dragoman.errors import CodebookError

BOOK = ActorBook.load()


def test_the_packed_file_is_as_fresh_as_its_tables() -> None:
    assert PACKED.read_text(encoding="utf-8") == packed_text(), "run python -m dragoman.codebook.actors_compile"


def test_loading_takes_less_than_fifty_milliseconds() -> None:
    taken = []
    for _ in range(5):
        start = time.process_time()
        ActorBook.load()
        taken.append(time.process_time() - start)
    assert min(taken) < 0.05


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("N. Korea", "PRK"), ("DPRK", "PRK"), ("D.P.R.K.", "PRK"), ("Pyongyang", "PRK"), ("KCNA", "PRK"), ("ROK", "KOR"), ("the Blue House", "KOR"),
        ("U.S.", "USA"), ("US", "USA"), ("Foggy Bottom", "USA"), ("Pentagon", "USA"), ("State Department", "USA"), ("UAE", "ARE"), ("UK", "GBR"),
        ("Whitehall", "GBR"), ("the Kremlin", "RUS"), ("PRC", "CHN"), ("Zhongnanhai", "CHN"), ("Élysée", "FRA"), ("IRGC", "IRN"), ("Islamabad", "PAK"),
        ("Côte d’Ivoire", "CIV"), ("Burma", "MMR"), ("Türkiye", "TUR"), ("Turkey", "TUR"), ("Eswatini", "SWZ"), ("Timor-Leste", "TLS"),
        ("Palestinian Authority", "PSE"), ("the Vatican", "VAT"), ("Kosovo", "XKX"), ("Taipei", "TWN"), ("Hong Kong", "HKG"),
        ("UN Security Council", "UN"), ("European Commission", "EU"), ("IAEA", "IAEA"), ("E3", "E3"), ("P5+1", "P5_1"), ("the Quad", "QUAD"),
        ("Hezbollah", "HEZBOLLAH"), ("Ansar Allah", "HOUTHIS"), ("Rapid Support Forces", "RSF"), ("Polisario", "POLISARIO"), ("M23", "M23"),
        ("Tigray People's Liberation Front", "TPLF"), ("Kurdistan Workers' Party", "PKK"), ("South Sudan", "SSD"), ("Guinea-Bissau", "GNB"),
    ],
)  # fmt: skip
def test_a_name_stands_for_its_party(name: str, code: str) -> None:
    assert BOOK.party(name.removeprefix("the ")) == (code,)


@pytest.mark.parametrize("word", ["us", "turkey", "chad", "jordan", "Chinaa", "Irann", "Washingtonian", "who", "seoul"])
def test_other_case_and_misspelling_name_nobody(word: str) -> None:
    assert BOOK.party(word) == ()


@pytest.mark.parametrize("name", ["Korea", "Congo", "Georgia"])
def test_a_name_of_several_parties_says_so(name: str) -> None:
    entry = BOOK.entry(name)
    assert entry is not None
    assert entry.kind == "ambiguous"


def test_every_code_of_the_shared_list_is_known() -> None:
    for code in [
        "UN",
        "EU",
        "NATO",
        "IAEA",
        "OPCW",
        "OSCE",
        "ASEAN",
        "AU",
        "ARAB_LEAGUE",
        "GCC",
        "G7",
        "G20",
        "QUAD",
        "UNHCR",
        "WHO",
        "IMF",
        "WTO",
        "ICC",
        "ICJ",
        "ICRC",
        "INTERPOL",
        "ARCTIC_COUNCIL",
        "EUROPE",
        "E3",
        "MERCOSUR",
    ]:
        assert BOOK.sort(code) == "organisation", code
    for code in [
        "HAMAS",
        "HEZBOLLAH",
        "HOUTHIS",
        "TALIBAN",
        "SDF",
        "PKK",
        "FARC",
        "NUG",
        "TPLF",
        "LNA",
        "RSF",
        "WAGNER",
        "IRAQI_MILITIAS",
    ]:
        assert BOOK.sort(code) == "group", code


def test_the_book_holds_the_world() -> None:
    states = {
        r.position.code for r in BOOK.positions() if BOOK.sort(r.position.code) == "state" and r.position.level <= 2
    }
    assert len(states) >= 60


@pytest.mark.parametrize(
    ("said", "known"),
    [("Kim Jong-un", "Kim Jong Un"), ("Sergei Lavrov", "Sergey Lavrov"), ("Mohammad bin Salman", "Mohammed bin Salman"), ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
     ("Abdel Fattah al-Sisi", "Abdel Fattah el-Sisi"), ("Hayashi Yoshimasa", "Yoshimasa Hayashi"), ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
     ("Antony J. Blinken", "Antony Blinken"), ("Nicolas Maduro", "Nicolás Maduro"), ("Moammar Gadhafi", "Muammar Gaddafi")],
)  # fmt: skip
def test_a_person_is_known_in_any_romanisation_and_order(said: str, known: str) -> None:
    assert {r.position for r in BOOK.occupancies(said)} & {r.position for r in BOOK.occupancies(known)}


@pytest.mark.parametrize(
    ("name", "order", "called"),
    [("Antony Blinken", "given", "blinken"), ("Kim Jong Un", "family", "kim"), ("Ursula von der Leyen", "given", "von der leyen"),
     ("Bashar al-Assad", "given", "assad"), ("Fumio Kishida", "both", "kishida")],
)  # fmt: skip
def test_a_report_calls_people_by_their_family_name(name: str, order: str, called: str) -> None:
    assert called in surnames(fold(name, {}), order)


@pytest.mark.parametrize(
    ("office", "day", "person"),
    [("secretary of state", date(1991, 6, 1), "James Baker"), ("secretary of state", date(2003, 2, 5), "Colin Powell"), ("secretary of state", date(2021, 5, 12), "Antony Blinken"),
     ("president", date(2012, 1, 1), "Barack Obama"), ("president", date(2020, 12, 31), "Donald Trump"), ("ambassador to the united nations", date(2018, 3, 1), "Nikki Haley")],
)  # fmt: skip
def test_us_offices_are_held_by_whom_the_open_data_names(office: str, day: date, person: str) -> None:
    assert [o.person for o in BOOK.holders("USA", office, day)] == [person]


def test_one_president_holds_the_office_on_any_day() -> None:
    day = date(1990, 1, 1)
    while day < date(2026, 1, 1):
        assert 1 <= len(BOOK.holders("USA", "president", day)) <= 2, day
        day += timedelta(days=13)


def test_rows_say_where_they_come_from() -> None:
    sources = {r.source.split(" ")[0] for r in BOOK.positions()}
    assert {"unchecked", "HistoryAtState/pocom"} <= sources
    assert [x for x in sources - {"unchecked", "HistoryAtState/pocom"} if not x.startswith("https://")] == []


def test_terms_do_not_end_before_they_begin() -> None:
    assert [r for r in BOOK.positions() if r.since and r.until and r.until < r.since and r.source == "unchecked"] == []


def test_users_add_parties_and_offices_of_their_own(tmp_path: Path) -> None:
    toml = tmp_path / "mine.toml"
    toml.write_text(
        '[groups.RED_HAND]\nnames = ["Red Hand Front"]\n[[occupancies]]\nperson = "Ada Quill"\ncode = "NZL"\noffice = "foreign minister"\nlevel = 2\nfrom = "2031-01"\n',
        encoding="utf-8",
    )
    csv = tmp_path / "more.csv"
    csv.write_text(
        "person,code,office,level,from,to,source\nBo Larch|Bo M. Larch,ISL,president,1,2030,2034-05,my notes\n",
        encoding="utf-8",
    )
    book = ActorBook.load(toml, csv)
    assert book.party("Red Hand Front") == ("RED_HAND",)
    assert [o.person for o in book.holders("NZL", "foreign minister", date(2032, 2, 2))][-1:] == ["Ada Quill"]
    assert [o.until for o in book.occupancies("Bo Larch")] == [date(2034, 5, 31)]
    assert ActorBook.load().party("Red Hand Front") == ()


@pytest.mark.parametrize("text", ["names = [", '[[occupancies]]\nperson = "X"\n'])
def test_a_broken_file_of_the_users_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError):
        ActorBook.load(path)


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for(text: str) -> None:
    assert isinstance(BOOK.party(text), tuple)
    assert isinstance(BOOK.occupancies(text), tuple)
    assert key_of(key_of(text)) == key_of(text)
