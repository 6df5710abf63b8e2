from __future__ import annotations

import pytest

from dragoman.errors import FormatError
from dragoman.language import Language
from dragoman.language.conllu import documents_of, to_conllu
from dragoman.model import Article, Caption, Document, Link, Span

ARTICLE = Article(
    "report-1",
    'SEOUL, May 13 (Yonhap) -- "We don\'t want talks," he said.\n\n“It’s over,” the envoy\u00a0added — twice. (Yonhap)\n• First point\n',
    title="Envoy SAYS it's over", published="2021-05-13", outlet="The Herald", relayed=("KCNA",),
    captions=(Caption("The envoy in Oslo.", "AP"),), key_points=("No talks", "No date"), links=(Link("More", None),),
    spans={"title": Span(3, 9, "line")},
)  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Document:
    return Language.open().document(ARTICLE)


def test_what_we_write_reads_back_equal(document: Document) -> None:
    assert list(documents_of(to_conllu(document))) == [document]


def test_several_documents_stand_in_one_file(document: Document) -> None:
    empty = Document(Article("nothing", ""), ())
    assert list(documents_of(to_conllu(document) + to_conllu(empty) + to_conllu(document))) == [
        document,
        empty,
        document,
    ]


def test_every_row_has_ten_columns_and_its_places(document: Document) -> None:
    rows = [x.split("\t") for x in to_conllu(document).split("\n") if x and not x.startswith("#")]
    assert len(rows) == sum(len(s.tokens) for s in document.sentences)
    assert all(len(r) == 10 and "start=" in r[9] and "end=" in r[9] and "NER=" in r[9] for r in rows)


FOREIGN = """# newdoc id = theirs
# sent_id = 1
# text = They don't talk (yet).
1\tThey\tthey\tPRON\tPRP\tCase=Nom\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\tMood=Ind\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\ttalk\ttalk\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
4.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_
5\t(\t(\tPUNCT\t-LRB-\t_\t6\tpunct\t_\tSpaceAfter=No
6\tyet\tyet\tADV\tRB\t_\t4\tadvmod\t_\tSpaceAfter=No
7\t)\t)\tPUNCT\t-RRB-\t_\t6\tpunct\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# newpar
1\tNever\tnever\tADV\tRB\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_
"""


def test_another_parsers_file_becomes_a_document() -> None:
    (document,) = documents_of(FOREIGN)
    assert document.article.id == "theirs"
    assert document.article.body == "They don't talk (yet).\n\nNever."
    assert [t.form for t in document.sentences[0].tokens] == ["They", "do", "n't", "talk", "(", "yet", ")", "."]
    for sentence in document.sentences:
        for token in sentence.tokens:
            assert document.article.body[token.start : token.end] == token.form
    assert [s.paragraph for s in document.sentences] == [0, 1]
    assert document.sentences[0].root == 3


def test_what_another_parser_wrote_reads_back_equal_once_we_wrote_it() -> None:
    (document,) = documents_of(FOREIGN)
    assert list(documents_of(to_conllu(document))) == [document]


@pytest.mark.parametrize(
    "text",
    [
        "1\tonly\tthree\n",
        FOREIGN.replace("\t4\tnsubj", "\tx\tnsubj"),
        FOREIGN.replace("\n5\t(", "\nfive\t("),
        '# article = {"id"\n1' + "\t_" * 9,
    ],
)
def test_what_is_not_conllu_is_refused_with_a_word(text: str) -> None:
    with pytest.raises(FormatError):
        list(documents_of(text))


def test_an_empty_file_holds_no_document() -> None:
    assert list(documents_of("")) == []
    assert list(documents_of("\n\n\n")) == []
