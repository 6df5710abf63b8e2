"""Which party the words of a tree stand for."""

from __future__ import annotations

from dragoman.model import Mention, Sentence, Token
from dragoman.reading.sides import side_of
from dragoman.reading.values import SentenceMentions


def test_a_name_that_the_tree_tears_apart_ends_with_its_parties() -> None:
    # "Secretary" hangs on the conjunct of "Blinken", so that each leads to the other.
    words = [("Secretary", 4, "compound"), ("Blinken", 5, "nsubj"), ("and", 4, "cc"), ("the", 4, "det")]
    words += [("counterpart", 1, "conj"), ("agreed", -1, "root")]
    tokens, at = [], 0
    for form, head, relation in words:
        tokens.append(Token(form, form, "X", {}, head, relation, at, at + len(form)))
        at += len(form) + 1
    s = Sentence(tuple(tokens), 0, at, " ".join(w[0] for w in words))
    name = Mention(0, 0, 1, 1, 0, 17, "Secretary Blinken", "person", ("USA",), "test", person="Blinken")
    assert side_of(s, [1], SentenceMentions.of((name,)), "subject").codes == ("USA",)
