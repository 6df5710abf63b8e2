from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language import trims

DATELINES = [
    "WASHINGTON -- ",
    "SEOUL, May 13 (Yonhap) -- ",
    "PARIS (AP) — ",
    "UNITED NATIONS (Reuters) - ",
    "MOSCOW, May 13. /TASS/. ",
    "HANOI, Vietnam — ",
    "PYONGYANG/SEOUL – ",
    "Pyongyang, March 18 (KCNA) -- ",
    "Tehran (IRNA) – ",
    "BEIJING, Nov. 3 (Xinhua) -- ",
    "Geneva, 12 March 2021 – ",
    "(Reuters) - ",
    "PORT-AU-PRINCE, Haiti (AP) — ",
    "N'DJAMENA — ",
    "KUALA LUMPUR, Aug 4 (Bernama) -- ",
    "BRUSSELS, 3 June (dpa) - ",
    "[Beijing News] — ",
]
REPORT = "The minister met the envoy."


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_is_cut_whole(dateline: str) -> None:
    assert trims.dateline(dateline + REPORT) == len(dateline)


@pytest.mark.parametrize(
    "text",
    [
        "The minister - the second this year - resigned.",
        "Seoul - which has not answered - said nothing.",
        "Kim Yo Jong, sister of the leader, said on May 3 that talks were over.",
        "US officials met in Oslo.",
        "On Monday — a holiday — nobody answered.",
        "North Korea's mission in New York did not answer.",
        "NATO said on Friday that it would send an envoy - its third.",
        "The EU (and the UK) agreed.",
        "Leaders of the Pacific Forum (PIF) met on Friday.",
        "",
        "WASHINGTON --",
    ],
)
def test_prose_keeps_its_head(text: str) -> None:
    assert trims.dateline(text) == 0


@pytest.mark.parametrize(
    "tag", [" (Yonhap)", "(AP)", " (END)", " /TASS/", " — AFP", " [KCNA]", " (Yonhap News Agency)", " - Bernama"]
)
def test_an_agency_tag_after_the_end_of_a_sentence_is_cut(tag: str) -> None:
    assert trims.tag(REPORT + tag) == len(REPORT)


@pytest.mark.parametrize(
    "text",
    [
        "He met the head of the agency (IAEA)",
        "It joined the bloc (EU).",
        "He said so - twice.",
        "They praised the U.S.-Norway Partnership",
        "The U.S. – Norway Dialogue",
        "Really?",
    ],
)
def test_brackets_within_a_sentence_stay(text: str) -> None:
    assert trims.tag(text) == len(text)


def test_a_caption_loses_its_credit() -> None:
    text = "Envoys shake hands in Oslo (AFP/Getty)"
    assert trims.tag(text, caption=True) == len("Envoys shake hands in Oslo")
    assert trims.tag(text) == len(text)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("• Talks end", 2),
        ("- Talks end", 2),
        ("* Talks", 2),
        ("2. Talks end", 3),
        ("–5 degrees", 0),
        ("2.5 million", 0),
    ],
)
def test_bullets_are_cut(text: str, length: int) -> None:
    assert trims.bullet(text) == length


@given(st.text())
def test_any_text_keeps_something_to_read(text: str) -> None:
    assert 0 <= trims.dateline(text) <= len(text)
    assert 0 <= trims.bullet(text) <= len(text)
    assert 0 <= trims.tag(text, caption=True) <= len(text)
    assert not text.strip() or text[trims.dateline(text) :].strip()
