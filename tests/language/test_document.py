from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import LanguageError
from dragoman.language import Language
from dragoman.model import Article, Caption, Document


@pytest.fixture(scope="module")
def language() -> Language:
    return Language.open()


def stands(document: Document) -> None:
    """Every word stands where it says, in order, in a tree with one root."""
    for sentence in document.sentences:
        text = document.article.text_of(sentence.where)
        assert text[sentence.start : sentence.end] == sentence.text
        assert [t.head for t in sentence.tokens].count(-1) == 1
        last = sentence.start
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.form
            assert token.start >= last
            last = token.end


def test_headline_body_captions_and_key_points_come_in_that_order(language: Language) -> None:
    article = Article(
        "a",
        "It was so.\n\nIt is over.",
        title="Talks end",
        captions=(Caption("The hall."), Caption("The envoy.")),
        key_points=("One point",),
    )
    document = language.document(article)
    assert [s.where for s in document.sentences] == ["headline", "body", "body", "caption", "caption", "key_points"]
    assert [s.paragraph for s in document.of("body")] == [0, 1]
    stands(document)


def test_a_dateline_and_a_tag_are_left_out_and_offsets_stay_true(language: Language) -> None:
    body = "WASHINGTON, May 13 (Yonhap) -- The envoy wrote to Hanoi on Friday.\n\nNobody answered. (Yonhap)"
    document = language.document(Article("a", body))
    assert [s.text for s in document.sentences] == ["The envoy wrote to Hanoi on Friday.", "Nobody answered."]
    stands(document)
    first = document.sentences[0]
    assert first.tokens[first.root].lemma == "write"
    assert [t.form for t in first.tokens if t.relation == "nsubj"] == ["envoy"]


def test_bullets_are_read_without_their_marks(language: Language) -> None:
    document = language.document(Article("a", "• Talks ended on Friday.\n• The envoy left."))
    assert [s.tokens[0].form for s in document.sentences] == ["Talks", "The"]
    stands(document)


def test_documents_read_together_are_those_read_alone(language: Language) -> None:
    articles = [Article(str(n), f"The envoy wrote {n} letters. " * (n % 4) + "\n\nHe left.") for n in range(12)]
    assert list(language.documents(articles)) == [language.document(a) for a in articles]


def test_an_article_without_text_is_a_document_without_sentences(language: Language) -> None:
    for body in ("", " ", "\n\n\n", "\u200b \u00a0\n"):
        document = language.document(Article("a", body))
        stands(document)
        assert document.article.body == body


def test_a_sentence_longer_than_the_encoder_reads_is_cut_at_a_safe_place(language: Language) -> None:
    text = (
        "The ministry said "
        + "; ".join(f"that envoy {n} of the delegation had written to his counterpart" for n in range(120))
        + "."
    )
    found = language.sentences(text)
    assert len(found) > 1
    assert all(s.tokens[-1].form == ";" for s in found[:-1])
    assert sum(len(s.tokens) for s in found) == text.count(" ") + 1 + text.count(";") + 1
    stands(Document(Article("a", text), found))


@pytest.mark.parametrize(
    "text", ["-" * 3000, "x" * 5000, "a-" * 2000, "ab " * 1500, "🇰🇵" * 700, "“" * 600, "\u0301" * 900]
)
def test_one_endless_word_is_read_without_harm(language: Language, text: str) -> None:
    stands(Document(Article("a", text), language.sentences(text)))


ODD = st.text(alphabet=st.characters(codec="utf-8"), max_size=120)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(ODD, ODD)
def test_any_text_is_read_and_every_word_stands_where_it_says(title: str, body: str) -> None:
    document = OPEN.document(Article("a", body, title=title))
    stands(document)


OPEN = Language.open()


def test_headlines_in_capitals_read_like_prose(language: Language) -> None:
    (sentence,) = language.sentences("NORTH KOREA REJECTS OFFER OF TALKS", "headline")
    root = sentence.tokens[sentence.root]
    assert (root.form, root.lemma, root.upos) == ("REJECTS", "reject", "VERB")
    assert [t.form for t in sentence.tokens if t.relation == "obj"] == ["OFFER"]


def test_title_case_headlines_read_like_prose(language: Language) -> None:
    (sentence,) = language.sentences("Minister Hands Letter to Envoy in Geneva", "headline")
    assert sentence.tokens[sentence.root].lemma == "hand"
    assert [t.form for t in sentence.tokens if t.relation == "obj"] == ["Letter"]


def test_case_tells_the_state_from_the_pronoun(language: Language) -> None:
    (sentence,) = language.sentences("The US told us nothing.")
    us = [t for t in sentence.tokens if t.form.lower() == "us"]
    assert [t.upos for t in us] == ["PROPN", "PRON"]
    assert [t.name for t in us] == ["B-LOC", "O"]


def test_vectors_come_one_a_word(language: Language) -> None:
    sentences = language.sentences("The envoy wrote. Nobody answered.")
    assert [v.shape for v in language.vectors(sentences)] == [(len(s.tokens), 384) for s in sentences]


def test_a_folder_without_the_network_is_refused_with_a_word(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="install dragoman again"):
        Language.open(tmp_path)


def test_the_files_that_ship_stay_small() -> None:
    from dragoman.language.network import SHIPPED

    assert sum(p.stat().st_size for p in SHIPPED.iterdir()) < 40e6
