"""The labels of our own: how they are drawn, joined and scored against."""

from __future__ import annotations

import gzip
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import Sentence, Token
from evaluation import labels_names
from evaluation.labels import draw, join

A = {"s0": {(0, 4, "PER"), (10, 14, "LOC"), (20, 24, "ORG")}}
B = {"s0": {(0, 4, "PER"), (10, 18, "LOC"), (30, 34, "ORG")}}
POINTER = {"id": "s0", "file": "f", "record": 3, "start": 5, "end": 45, "draw": "random", "text": "not for us to ship"}


def joined_with(*decisions: dict[str, Any]) -> dict[str, Any]:
    (row,) = join.join([POINTER], A, B, list(decisions))
    return row


def test_spans_that_overlap_are_one_dispute_and_the_others_stand_alone() -> None:
    assert join.disputes(A["s0"], B["s0"]) == [
        ([(10, 14, "LOC")], [(10, 18, "LOC")]),
        ([(20, 24, "ORG")], []),
        ([], [(30, 34, "ORG")]),
    ]


def test_two_short_names_against_one_long_are_one_dispute() -> None:
    split, whole = {(0, 4, "LOC"), (5, 20, "ORG")}, {(0, 20, "ORG")}
    assert join.disputes(split, whole) == [([(0, 4, "LOC"), (5, 20, "ORG")], [(0, 20, "ORG")])]


def test_names_that_only_touch_are_two_disputes() -> None:
    assert len(join.disputes({(0, 4, "LOC")}, {(4, 8, "LOC")})) == 2


def test_a_label_that_differs_is_a_dispute() -> None:
    assert join.disputes({(0, 4, "LOC")}, {(0, 4, "ORG")}) == [([(0, 4, "LOC")], [(0, 4, "ORG")])]


def test_without_a_decision_the_first_annotator_stands() -> None:
    assert joined_with()["names"] == sorted(A["s0"])


def test_decisions_choose_a_side_or_a_third_reading() -> None:
    row = joined_with(
        {"id": "s0", "dispute": 0, "kept": "b", "reason": "the longer name"},
        {"id": "s0", "dispute": 1, "kept": [[20, 22, "ORG"]], "reason": "neither"},
    )
    assert row["names"] == [(0, 4, "PER"), (10, 18, "LOC"), (20, 22, "ORG")]
    assert row["disputed"][0] == {
        "a": [(10, 14, "LOC")],
        "b": [(10, 18, "LOC")],
        "kept": [(10, 18, "LOC")],
        "reason": "the longer name",
    }


def test_joined_rows_never_carry_the_text() -> None:
    assert "text" not in joined_with()


def test_a_decision_on_no_dispute_is_refused() -> None:
    with pytest.raises(ValueError, match="no dispute"):
        joined_with({"id": "s0", "dispute": 3, "kept": "b"})


def test_a_sentence_only_one_has_labelled_is_refused() -> None:
    with pytest.raises(ValueError, match="s1"):
        join.join([POINTER], A, {**B, "s1": set()}, [])


def test_agreement_counts_exact_spans_by_label() -> None:
    assert join.agreement(A, B) == pytest.approx(2 / 6)
    assert join.agreement(A, B, "PER") == 1.0
    assert join.agreement(A, B, "LOC") == 0.0
    assert join.agreement({"s0": set()}, {"s0": set()}) == 1.0


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in draw.sentence_spans(text)]


def test_sentences_end_at_full_stops_and_lines_but_not_after_titles() -> None:
    assert cut('  Gen. Ames met Dr. Oyo. They spoke.\n"Did they?" We ask\n\n') == [
        "Gen. Ames met Dr. Oyo.",
        "They spoke.",
        '"Did they?"',
        "We ask",
    ]


def test_furniture_and_sentences_too_short_or_long_are_no_candidates() -> None:
    furniture = "Office of the Speaker Here"
    texts = {n: f"{furniture}\nThe envoy number {n} came\nToo short" for n in range(draw.MOST_RECORDS + 1)}
    texts[9] = "word " * (draw.MOST_WORDS + 1)
    found = {n: [texts[n][a:b] for a, b in spans] for n, spans in draw.candidates(texts).items()}
    assert found == {n: [f"The envoy number {n} came"] for n in range(draw.MOST_RECORDS + 1)} | {9: []}


def test_a_draw_is_the_same_for_a_seed_and_takes_one_fitting_sentence_a_record() -> None:
    texts = dict.fromkeys(range(20), "All was calm and still\nThen Envoy Ames came in\nThen Envoy Oyo came in")

    def drawn(seed: int) -> list[tuple[int, int, int]]:
        spans = {n: list(draw.sentence_spans(text)) for n, text in texts.items()}
        return list(draw.draw(texts, spans, 5, re.compile("Envoy"), random.Random(seed)))

    assert drawn(1) == drawn(1) != drawn(2)
    assert len({record for record, _, _ in drawn(1)}) == 5
    assert all("Envoy" in texts[record][start:end] for record, start, end in drawn(1))


def test_records_of_gold_reports_are_left_out_by_address_and_by_title(tmp_path: Path) -> None:
    story = tmp_path / "gold" / "story"
    (story / "texts").mkdir(parents=True)
    (story / "gold.json").write_text(json.dumps({"url": "https://a.example/1/", "title": "Talks “held”"}))
    (story / "texts" / "r.txt").write_text("A Title of Its Own\nText.\n")
    held = [
        {"url": "https://a.example/1", "title": "Moved", "text": "gold by address"},
        {"url": "https://b.example/", "title": "talks, 'held'", "text": "gold by title"},
        {"link": "https://c.example/", "title": "A title of its own", "text": "gold by its text"},
        {"url": "https://d.example/", "title": "Free", "text": "free"},
    ]
    dump = tmp_path / "dump.jsonl.gz"
    with gzip.open(dump, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(record) + "\n" for record in held)
    assert list(draw.records(dump, draw.gold_marks(tmp_path / "gold"))) == [(3, "free")]


def sentence(*tagged: tuple[str, int, str]) -> Sentence:
    """A sentence of (form, first character, name tag)."""
    tokens = tuple(Token(form, form, "PROPN", {}, -1, "root", at, at + len(form), tag) for form, at, tag in tagged)
    return Sentence(tokens, 0, tokens[-1].end, " ".join(token.form for token in tokens))


def test_names_run_from_their_first_word_to_their_last() -> None:
    read = sentence(("Ann", 0, "B-PER"), ("Ames", 4, "I-PER"), ("of", 9, "O"), ("Oslo", 12, "B-LOC"))
    assert list(labels_names.names_in(read)) == [(0, 8, "PER"), (12, 16, "LOC")]


def test_neighbouring_names_are_told_apart() -> None:
    read = sentence(("Oslo", 0, "B-LOC"), ("Bergen", 5, "B-LOC"), ("NATO", 12, "B-ORG"))
    assert list(labels_names.names_in(read)) == [(0, 4, "LOC"), (5, 11, "LOC"), (12, 16, "ORG")]


def test_the_score_counts_exact_names_over_all_sentences_and_by_label() -> None:
    pairs = [
        (frozenset({(0, 4, "PER"), (9, 12, "LOC")}), frozenset({(0, 4, "PER"), (9, 13, "LOC")})),
        (frozenset(), frozenset({(0, 4, "PER")})),
    ]
    assert labels_names.f1(pairs) == pytest.approx(2 / 5)
    assert labels_names.f1(pairs, "PER") == pytest.approx(2 / 3)
    assert labels_names.f1(pairs, "LOC") == 0.0


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in labels_names.LABELS.read_text(encoding="utf-8").splitlines()]


def test_committed_names_lie_in_their_sentences_and_do_not_overlap() -> None:
    assert len({row["id"] for row in rows()}) == 300
    for row in rows():
        ends = [0]
        for start, end, kind in row["names"]:
            assert ends[-1] <= start < end <= row["end"] - row["start"], row["id"]
            assert kind in {"PER", "ORG", "LOC"}
            ends.append(end)


def test_every_committed_dispute_has_a_reason_and_what_was_kept_is_among_the_names() -> None:
    told = [(row["names"], dispute) for row in rows() for dispute in row["disputed"]]
    assert told
    for names, dispute in told:
        assert dispute["reason"]
        assert all(name in names for name in dispute["kept"])


def test_committed_pointers_cut_whole_words_out_of_the_shared_texts(shared: Path) -> None:
    for read in labels_names.labelled(shared):
        assert read.text == read.text.strip() != ""
        for start, end, _ in read.names:
            around = read.text[max(0, start - 1) : start] + " " + read.text[end : end + 1]
            assert not re.search(r"\w", around), (read.id, read.text[start:end])
