"""A user's own spaCy pipeline in place of the network, mapped to UD.

spaCy's English models give ClearNLP relations and OntoNotes names; pipelines trained on UD give UD already. Relations
that exist in both pass through; the others are renamed, and prepositions are turned round (ClearNLP hangs the noun on
its preposition, UD the preposition on its noun). spaCy is not installed with dragoman: ``pip install dragoman[spacy]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dragoman.errors import LanguageError
from dragoman.language.document import PLACES
from dragoman.model import Article, Document, Sentence, Token, Where

#: ClearNLP's relations in UD's words (after the tables of the Stanford converter, in spirit; subtypes left out).
RELATIONS = {
    "ROOT": "root", "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj",
    "dative": "iobj", "attr": "xcomp", "oprd": "xcomp", "acomp": "xcomp", "pobj": "obl", "pcomp": "advcl",
    "agent": "case", "prep": "case", "poss": "nmod:poss", "prt": "compound:prt", "relcl": "acl:relcl", "neg": "advmod",
    "npadvmod": "obl:unmarked", "quantmod": "advmod", "nmod": "nmod", "preconj": "cc:preconj", "predet": "det:predet",
    "intj": "discourse", "meta": "dep", "subtok": "goeswith",
}  # fmt: skip
#: OntoNotes' names in our three labels; its other labels (dates, money, nationalities) are no names.
NAMES = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


class SpacyLanguage:
    """Reads articles with a loaded spaCy pipeline; offers what :class:`Language` offers."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    @classmethod
    def open(cls, name: str = "en_core_web_sm") -> SpacyLanguage:
        """The pipeline of that name. Raises :class:`LanguageError` if spaCy or the pipeline is not installed."""
        try:
            import spacy

            return cls(spacy.load(name))
        except (ImportError, OSError) as error:
            raise LanguageError(
                f"spaCy's pipeline {name!r} is not there ({error}): install dragoman[spacy] and it."
            ) from error

    def document(self, article: Article) -> Document:
        """The article read: headline, body, captions and key points, in that order."""
        found = [s for where in PLACES for s in self.sentences(article.text_of(where), where)]
        return Document(article, tuple(found))

    def documents(self, articles: Iterable[Article]) -> Iterator[Document]:
        """The articles read, in their order."""
        return map(self.document, articles)

    def sentences(self, text: str, where: Where = "body") -> tuple[Sentence, ...]:
        """The sentences of one text; offsets point into it."""
        found: list[Sentence] = []
        for sentence in self._pipeline(text).sents if text.strip() else ():
            words = [w for w in sentence if not w.text.isspace()]
            if words:
                found.append(_sentence(words, text, where))
        return tuple(found)


def _sentence(words: list[Any], text: str, where: Where) -> Sentence:
    places = {w.i: n for n, w in enumerate(words)}
    heads = [-1 if w.head.i == w.i else places.get(w.head.i, -1) for w in words]
    if heads.count(-1) != 1:
        # A root that is white space, or several: the first root takes the others.
        root = heads.index(-1) if -1 in heads else 0
        heads = [-1 if n == root else root if h < 0 else h for n, h in enumerate(heads)]
    relations = ["root" if h < 0 else RELATIONS.get(w.dep_, w.dep_) for w, h in zip(words, heads, strict=True)]
    _turn_prepositions(words, heads, relations)
    tokens = tuple(_token(w, heads[n], relations[n], text) for n, w in enumerate(words))
    start, end = tokens[0].start, tokens[-1].end
    return Sentence(tokens, start, end, text[start:end], where, text[:start].count("\n"))


def _turn_prepositions(words: list[Any], heads: list[int], relations: list[str]) -> None:
    """Hang each noun where its preposition hung, and the preposition on the noun."""
    for n, word in enumerate(words):
        if word.dep_ != "pobj" or heads[n] < 0 or words[heads[n]].dep_ not in {"prep", "agent", "dative", "pobj"}:
            continue
        preposition = heads[n]
        above = heads[preposition]
        heads[n], heads[preposition] = above, n
        relations[n] = "root" if above < 0 else "nmod" if words[above].pos_ in _NOUNS else "obl"
        if words[preposition].dep_ == "agent":
            relations[n] = "obl:agent"
        relations[preposition] = "case"


def _token(word: Any, head: int, relation: str, text: str) -> Token:
    kind = NAMES.get(word.ent_type_, "")
    end = word.idx + len(word.text)
    return Token(
        form=word.text, lemma=word.lemma_ or word.text, upos=word.pos_ or "X", feats=dict(word.morph.to_dict()), head=head,
        deprel=relation, start=word.idx, end=end, name=f"{word.ent_iob_}-{kind}" if kind else "O",
        space_after=end == len(text) or text[end : end + 1].isspace(),
    )  # fmt: skip
