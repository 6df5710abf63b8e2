"""The labelled mentions: how they are drawn and joined, and when the reader's answer counts."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest

from dragoman.model import Article, Document, Mention, Sentence, Token
from evaluation import mentions
from evaluation.labels import draw_mentions, join_mentions
from evaluation.labels.mentions_pattern import mentions_of

POINTER = {
    "id": "m0",
    "file": "f",
    "record": 3,
    "start": 5,
    "end": 45,
    "kind": "party",
    "draw": "other",
    "sentence": "not ours to ship",
}


def label(codes: list[str], *, ambiguous: bool = False, level: int | None = None) -> dict[str, Any]:
    return {"id": "m0", "codes": codes, "ambiguous": ambiguous, "level": level}


def drawn(sentence: str, *lowered: str) -> set[tuple[str, str]]:
    return {(stratum, sentence[start:end]) for stratum, start, end in mentions_of(sentence, set(lowered))}


def test_a_titled_name_an_office_and_a_reference_are_mentions_of_persons() -> None:
    found = drawn("Foreign Minister Ada Quill rang his Peruvian counterpart after the prime minister had left.")
    assert {
        ("titled", "Foreign Minister Ada Quill"),
        ("referred", "his Peruvian counterpart"),
        ("office", "the prime minister"),
    } <= found


def test_runs_of_capitals_and_definite_descriptions_are_mentions_of_parties() -> None:
    found = drawn("In Quito last year the government paid Acme Corporation for the boats of Peru.")
    assert {
        ("place", "Quito"),
        ("definite", "the government"),
        ("other", "Acme Corporation"),
        ("other", "Peru"),
    } <= found


def test_the_first_word_of_a_sentence_and_pieces_of_names_are_no_mentions() -> None:
    assert drawn("Talks went on in May.", "talks") == set()
    assert ("titled", "General Ann Ames") not in drawn("Attorney Quill General Ann Ames Bee Cee Dee Eff spoke.")


def test_a_record_gives_one_mention_and_a_wording_comes_twice_at_most() -> None:
    texts = dict.fromkeys(range(9), "The boats of Peru lay still all day.\nThe boats of Chile lay still all day.")
    texts = {n: text + f"\nThis is record {n} of many such ones." for n, text in texts.items()}
    rows = list(draw_mentions.drawn(texts, {"other": 9}, random.Random(1)))
    assert len({record for record, *_ in rows}) == len(rows)
    words = [texts[record][start:end] for record, _, start, end in rows]
    assert all(words.count(word) <= 2 for word in words)


def test_labels_that_differ_are_a_dispute_and_both_sides_stay() -> None:
    (row,) = join_mentions.join(
        [POINTER], [label(["PER"])], [label([])], [{"id": "m0", "kept": "b", "reason": "a river"}]
    )
    assert (row["codes"], row["disputed"]["a"]["codes"], row["disputed"]["reason"]) == ([], ["PER"], "a river")
    assert "sentence" not in row


def test_without_a_decision_the_first_annotator_stands() -> None:
    (row,) = join_mentions.join([POINTER], [label(["PER"])], [label([])], [])
    assert row["codes"] == ["PER"]
    assert join_mentions.agreement([row], "codes") == 0.0 and join_mentions.agreement([row], "level") == 1.0


def test_a_decision_on_no_dispute_and_a_mention_only_one_has_labelled_are_refused() -> None:
    with pytest.raises(ValueError, match="no dispute"):
        join_mentions.join([POINTER], [label([])], [label([])], [{"id": "m0", "kept": "b"}])
    with pytest.raises(ValueError, match="m0"):
        join_mentions.join([POINTER], [label([])], [], [])


def document(*words: tuple[str, int]) -> Document:
    """One sentence of (word, place of its head)."""
    tokens, at = [], 0
    for form, head in words:
        tokens.append(Token(form, form, "PROPN", {}, head, "root" if head < 0 else "nmod", at, at + len(form), "O"))
        at += len(form) + 1
    text = " ".join(form for form, _ in words)
    return Document(Article("d", text), (Sentence(tuple(tokens), 0, len(text), text),))


def mention(doc: Document, first: int, last: int, *codes: str, rule: str = "name", **more: Any) -> Mention:
    tokens = doc.sentences[0].tokens
    start, end = tokens[first].start, tokens[last].end
    return Mention(0, first, last, last, start, end, doc.sentences[0].text[start:end], "state", codes, rule, **more)


DELEGATION = document(("Peru", 1), ("delegation", -1), ("to", 3), ("Chile", 1))


def test_the_head_of_a_span_decides_and_not_what_stands_beside_it() -> None:
    found = [mention(DELEGATION, 0, 1, "PER"), mention(DELEGATION, 3, 3, "CHL")]
    assert mentions.answer(DELEGATION, found, 0, 24).codes == {"PER"}


def test_a_row_of_names_is_all_of_them() -> None:
    doc = document(("Peru", -1), ("and", 2), ("Chile", 0))
    found = [mention(doc, 0, 0, "PER"), mention(doc, 2, 2, "CHL")]
    assert mentions.answer(doc, found, 0, 14).codes == {"PER", "CHL"}


def test_the_smallest_mention_around_a_span_speaks_for_it() -> None:
    found = [mention(DELEGATION, 0, 3, "PER", level=3), mention(DELEGATION, 3, 3, "CHL")]
    assert mentions.answer(DELEGATION, found, 19, 24).codes == {"CHL"}
    assert mentions.answer(DELEGATION, found, 5, 24).level == 3


def test_a_capital_that_is_only_a_scene_speaks_for_nobody_and_a_country_stays_itself() -> None:
    city, country = (mention(DELEGATION, 3, 3, "CHL", rule=rule, place_only=True) for rule in ("capital", "name"))
    assert mentions.answer(DELEGATION, [city], 19, 24).codes == set()
    assert mentions.answer(DELEGATION, [country], 19, 24).codes == {"CHL"}


def test_an_ambiguous_label_allows_its_codes_and_none_and_a_declared_doubt_is_right() -> None:
    row = label(["GEO", "USA"], ambiguous=True)
    assert mentions.right(row, mentions.Answer(frozenset({"USA"}))) and mentions.right(row, mentions.Answer())
    assert not mentions.right(row, mentions.Answer(frozenset({"RUS"})))
    assert mentions.right(label(["GEO"]), mentions.Answer(ambiguous=True))
    assert not mentions.right(label(["GEO"]), mentions.Answer())


def test_a_private_person_has_no_level_to_get_wrong_unless_a_party_is_made_up() -> None:
    row = label([], level=5)
    assert mentions.level_right(row, mentions.Answer())
    assert not mentions.level_right(row, mentions.Answer(frozenset({"PER"}), level=2))
    assert not mentions.level_right(label(["PER"], level=2), mentions.Answer(level=None))


def test_the_committed_set_is_whole_and_no_row_carries_text() -> None:
    rows = mentions.rows_of()
    assert (len(rows), sum(r["kind"] == "person" for r in rows)) == (400, 200)
    assert all(set(r) <= {*join_mentions.PLACE, "codes", "ambiguous", "level", "disputed"} for r in rows)
    assert all(r["disputed"]["reason"] for r in rows if "disputed" in r)
    assert all(r["level"] is None for r in rows if r["kind"] == "party")


def test_committed_pointers_cut_whole_words_out_of_the_shared_texts(shared: Path) -> None:
    for row in mentions.rows_of():
        text = mentions.article_of(shared, row).body
        around = text[max(0, row["start"] - 1) : row["start"]] + " " + text[row["end"] : row["end"] + 1]
        assert not re.search(r"\w", around), row["id"]
