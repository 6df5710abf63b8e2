"""Words in cues of attribution: what the head on the encoder finds, that it hangs on nothing but the sentence, and how it is taught."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dragoman.errors import LanguageError
from dragoman.language import Language
from dragoman.language.conllu import documents_of, to_conllu
from dragoman.language.cues import NEAR, RELATIONS, ROWS, UPOS, Cues
from dragoman.language.network import SHIPPED, Network
from dragoman.model import Article
from training.attribution.data import lines, unmarked

LONG = "The envoys, who had sat in the same hall since noon, fear that the ferry has gone, and the night, " * 3


@pytest.fixture(scope="module")
def language() -> Language:
    return Language.open()


def cues(language: Language, text: str) -> list[str]:
    return [t.form for s in language.sentences(text) for t in s.tokens if t.cue]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The harbour master makes no secret of his contempt for the ferry company.", "secret"),
        ("Fishermen along the coast are wary of the new quotas.", "wary"),
        ("The bishop shrugged off the complaint of his choir.", "shrugged"),
    ],
)
def test_a_phrase_that_no_lexicon_of_reporting_holds_is_found(language: Language, text: str, cue: str) -> None:
    assert cue in cues(language, text)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left at nine with forty cars on board.",
        "The company has built two bridges since the spring.",
        "Snow closed the pass and the school.",
    ],
)
def test_plain_actions_hold_no_cue(language: Language, text: str) -> None:
    assert cues(language, text) == []


def test_what_is_said_of_a_sentence_hangs_on_nothing_beside_it(language: Language) -> None:
    texts = ["Critics deplore the tax.", LONG.strip(" ,") + ".", "He left.", "The mayor is wary of trams."]
    alone = [language.document(Article(id="a", body=t)).sentences for t in texts]
    together = [d.sentences for d in language.documents([Article(id="a", body=t) for t in texts])]
    assert alone == together


def test_odds_of_a_sentence_are_the_same_whatever_stands_in_the_rows_that_fill_it_up() -> None:
    head, draw = Cues.open(), np.random.default_rng(3)
    vectors = draw.normal(size=(ROWS + 3, 384)).astype(np.float32)
    upos, relations = ["NOUN"] * len(vectors), ["root", *["nmod:poss"] * (len(vectors) - 1)]
    heads = [-1, *range(len(vectors) - 1)]
    first = head.odds(vectors, upos, heads, relations)
    assert len(first) == len(vectors)
    assert first.tobytes() == head.odds(np.asfortranarray(vectors), upos, heads, relations).tobytes()


def test_odds_are_what_reckoning_them_word_by_word_gives() -> None:
    with np.load(SHIPPED.parent / "cues.npz") as arrays:
        held = {name: arrays[name].astype(np.float64) for name in Cues.PARTS}
    vectors = np.random.default_rng(1).normal(size=(5, 384)).astype(np.float32)
    upos, heads = ["ADJ", "AUX", "VERB", "NOUN", "PUNCT"], [2, 2, -1, 2, 2]
    relations = ["nsubj", "aux", "root", "obj", "punct"]
    words = [
        np.concatenate((
            np.maximum(v @ held["inner"] + held["inner_bias"], 0),
            held["upos"][UPOS.index(u)], held["relation"][RELATIONS.index(r)],
        ))
        for v, u, r in zip(vectors, upos, relations, strict=True)
    ]  # fmt: skip
    nought = np.zeros_like(words[0])
    wanted = []
    for i, word in enumerate(words):
        around = np.concatenate([words[i + k] if 0 <= i + k < 5 else nought for k in NEAR])
        near = np.maximum(around @ held["near"] + held["near_bias"], 0)
        above = words[heads[i]] if heads[i] >= 0 else nought
        below = sum((w for w, h in zip(words, heads, strict=True) if h == i), nought)
        settled = np.maximum(np.concatenate((near, word, above, below)) @ held["tree"] + held["tree_bias"], 0)
        wanted.append(settled @ held["last"] + held["last_bias"])
    assert np.allclose(Cues.open().odds(vectors, upos, heads, relations), wanted, atol=1e-3)


def test_a_word_or_relation_that_the_treebanks_lack_is_read_all_the_same() -> None:
    assert len(Cues.open().odds(np.zeros((1, 384), np.float32), ["PROPN"], [-1], ["parataxis:url"])) == 1


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cues.npz"
    path.write_bytes(b"nothing")
    with pytest.raises(LanguageError, match=r"cues\.npz"):
        Cues.open(path)


def test_a_network_without_the_head_finds_no_cue() -> None:
    network = Network(SHIPPED, threads=1, batch_words=64, cues=None)
    (parsed,) = network.parse([["Critics", "deplore", "the", "tax", "."]])
    assert parsed.cues == (False,) * 5


def test_cues_go_into_conllu_and_come_back(language: Language) -> None:
    document = language.document(Article(id="a", body="The bishop shrugged off the complaint."))
    (again,) = documents_of(to_conllu(document))
    assert again == document
    assert any(t.cue for s in again.sentences for t in s.tokens)


def test_marks_of_a_sentence_tell_its_cues() -> None:
    text, marked = unmarked("He [[has said]] that she [[left]].")
    assert text == "He has said that she left."
    assert "".join(text[i] for i in sorted(marked)) == "has saidleft"
    with pytest.raises(ValueError, match="other half"):
        unmarked("He [[said no.")


def test_every_sentence_of_ours_is_well_marked_and_stands_once() -> None:
    texts = [unmarked(line)[0] for line in lines()]
    assert len(texts) >= 1200
    assert len(texts) == len(set(texts))
