"""Pages that are no article end as named rejections whose detail says why."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pagekit import MENU, PARAGRAPHS, dump, html, reason

import dragoman.pages
from dragoman.pages import REASONS
from dragoman.pages.walls import _WALLS

HEADLINES = [
    "Ministers of the strait meet again after a year",
    "Fog closes the harbour for a third day in a row",
    "Council puts off its vote on the new bridge",
    "Three bakeries share the prize for best rye",
    "Pilots ask for better boats before the winter",
    "Customs house to open its cellar to visitors",
    "Ferry line names its first captain from the islands",
    "Rowers take gold on home water at last",
]


@pytest.mark.parametrize(
    ("word", "page"),
    [
        ("empty", ""),
        ("empty", " \n\t\r\n \u200b".encode("utf-8").decode()),
        (
            "not_found",
            "\n".join([*MENU, "404", "Page not found", "The page you are looking for does not exist.", "Back to home"]),
        ),
        (
            "consent_wall",
            "We value your privacy\nWe and our 812 partners store and/or access information on a device.\nAccept all\nReject all\nManage options",
        ),
        (
            "paywall",
            "\n".join(
                [
                    *MENU,
                    HEADLINES[0],
                    "Subscribe to continue reading",
                    "Already a subscriber? Sign in",
                    "Cancel anytime",
                ]
            ),
        ),
        (
            "bot_wall",
            "Just a moment...\nChecking your browser before accessing the site.\nPlease enable JavaScript and cookies to continue.",
        ),
        ("index_page", "\n".join([*MENU, *HEADLINES, *HEADLINES[::-1], "About us"])),
        ("video_only", "\n".join([*MENU, HEADLINES[0], "Watch live video", "Duration 2:31", "Share"])),
        ("no_article", "Nordhavn Gazette\nfoo\nbar"),
        ("malformed", '{"headline": "A headline", "articleBody": "not closed'),
        ("no_article", '{"name": "a thing", "price": 3}'),
    ],
)
def test_a_page_without_a_report_is_refused_by_name(word: str, page: str) -> None:
    assert reason(page) == word


@pytest.mark.parametrize(
    "text",
    [
        "Der Außenminister sagte am Dienstag, dass die Gespräche mit der anderen Seite noch in diesem Monat wieder aufgenommen werden sollen. "
        * 4,
        "Le ministre a déclaré mardi que les discussions avec l'autre partie devaient reprendre avant la fin du mois dans la capitale. "
        * 4,
        "Министр заявил во вторник, что переговоры с другой стороной возобновятся до конца месяца. " * 4,
        "外相は火曜日、月末までに協議を再開すると述べた。双方は一年ぶりに会談した。" * 10,
        "قال الوزير يوم الثلاثاء إن المحادثات مع الجانب الآخر ستستأنف قبل نهاية الشهر. " * 4,
        "장관은 화요일 이달 말까지 회담이 재개될 것이라고 말했다. 양측은 일 년 만에 만났다. " * 5,
    ],
)
def test_another_language_is_refused_as_such(text: str) -> None:
    assert reason(f"Titel 123\n\n2021-05-13\n\n{text}\n\n{text}") == "language"


@pytest.mark.parametrize(
    "head", [b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"PK\x03\x04", b"\x1f\x8b\x08"]
)
def test_files_of_other_kinds_are_binary(head: bytes) -> None:
    assert reason(head + b"some bytes " * 50) == "binary"


def test_a_page_in_an_unknown_encoding_is_noise() -> None:
    assert reason(" ".join(PARAGRAPHS).encode("cp037")) == "noise"


def test_too_many_tags_are_too_big_and_too_deep_ones_malformed() -> None:
    assert reason("<html>" + "<b>x</b>" * 100_000) == "too_big"
    assert reason("<html>" + "<div>" * 1000 + "x" + "</div>" * 1000) == "malformed"


def test_a_full_report_beside_an_offer_to_subscribe_is_read() -> None:
    page = dump().replace(
        "MOST POPULAR", "Subscribe to continue reading our weekend edition\nWe use cookies\nMOST POPULAR"
    )
    assert "nine days" in dragoman.pages.article_of(dragoman.model.Page("x", page.encode())).body  # type: ignore[union-attr]


def test_a_report_in_english_that_quotes_another_language_is_read() -> None:
    paragraphs = [
        *PARAGRAPHS[:2],
        '"Nous sommes prêts à reprendre les discussions," he said in French.',
        *PARAGRAPHS[3:],
    ]
    assert (
        "prêts"
        in dragoman.pages.article_of(
            dragoman.model.Page("x", html(body="".join(f"<p>{p}</p>" for p in paragraphs)).encode())
        ).body
    )  # type: ignore[union-attr]


def test_every_reason_is_used_and_every_used_reason_is_listed() -> None:
    sources = "\n".join(p.read_text(encoding="utf-8") for p in Path(dragoman.pages.__file__).parent.glob("*.py"))
    used = {*re.findall(r'refuse\(\s*"(\w+)"', sources), *_WALLS}
    assert used == set(REASONS)
