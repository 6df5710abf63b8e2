"""The language room's door: an article in, a document of parsed sentences out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.language import quotes, trims
from dragoman.language.network import POSITIONS, SHIPPED, Array, Network, Parsed
from dragoman.language.segment import Segmenter, Word
from dragoman.model import Article, Document, Sentence, Token, Where

#: The places of an article in the order in which a document has them.
PLACES: tuple[Where, ...] = ("headline", "body", "caption", "key_points")
#: Words handed to the network in one batch, padding counted: larger ones gain nothing and cost memory.
BATCH_WORDS = 512
#: Words gathered from several articles before they are parsed together.
WINDOW_WORDS = 6000
#: The encoder keeps two positions for itself.
ROOM = POSITIONS - 2
#: Where a sentence that is too long is best cut, the best first.
_SAFE_CUTS = (frozenset(";"), frozenset({":", "--", "—", "–"}), frozenset({","}), frozenset({"and", "or", "but"}))
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence that is cut but not yet parsed."""

    words: tuple[Word, ...]
    where: Where
    paragraph: int


class Language:
    """Reads English news: sentences, words, parts of speech, morphology, lemmas, trees, names, quotations.

    Holds the network; opening takes a moment, so open it once. Safe to share between threads.
    """

    def __init__(self, network: Network, segmenter: Segmenter) -> None:
        self._network = network
        self._segmenter = segmenter

    @classmethod
    def open(cls, path: Path | None = None, *, threads: int = 1, batch_words: int = BATCH_WORDS) -> Language:
        """The language that ships, or the network in the folder ``path``.

        ``threads`` batches of about ``batch_words`` words are parsed at a time; neither changes what is read. Raises
        :class:`LanguageError` if the network's files are missing or broken.
        """
        network = Network(path or SHIPPED, threads=threads, batch_words=batch_words)
        return cls(network, Segmenter.open(network))

    def document(self, article: Article) -> Document:
        """The article read: headline, body, captions and key points, in that order."""
        return next(self.documents([article]))

    def documents(self, articles: Iterable[Article]) -> Iterator[Document]:
        """The articles read, in their order; sentences of several are parsed together, which is faster."""
        waiting: list[tuple[Article, list[Draft]]] = []
        words = 0
        for article in articles:
            drafts = [d for where in PLACES for d in self._drafts(article.text_of(where), where)]
            waiting.append((article, drafts))
            words += sum(len(d.words) for d in drafts)
            if words >= WINDOW_WORDS:
                yield from self._read(waiting)
                waiting, words = [], 0
        yield from self._read(waiting)

    def sentences(self, text: str, where: Where = "body") -> tuple[Sentence, ...]:
        """The sentences of one text; offsets point into it."""
        drafts = self._drafts(text, where)
        parsed = self._network.parse([[w.form for w in d.words] for d in drafts])
        return tuple(_finished(text, drafts, parsed))

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Parsed]:
        """What the network says of sentences that are already cut into words (for evaluation and CoNLL-U input)."""
        return self._network.parse(sentences)

    def vectors(self, sentences: Sequence[Sentence]) -> list[Array]:
        """The encoder's vectors of each sentence's words [words, 384]."""
        return self._network.vectors([[t.form for t in s.tokens] for s in sentences])

    def _read(self, waiting: Sequence[tuple[Article, list[Draft]]]) -> Iterator[Document]:
        parsed = iter(self._network.parse([[w.form for w in d.words] for _, drafts in waiting for d in drafts]))
        for article, drafts in waiting:
            mine = [next(parsed) for _ in drafts]
            found: list[Sentence] = []
            for where in PLACES:
                chosen = [n for n, d in enumerate(drafts) if d.where == where]
                found += _finished(article.text_of(where), [drafts[n] for n in chosen], [mine[n] for n in chosen])
            yield Document(article, tuple(found))

    def _drafts(self, text: str, where: Where) -> list[Draft]:
        """The text cut into sentences, paragraph by paragraph, with nothing in them that is no prose."""
        prose, begins = _prose(text, where)
        found: list[Draft] = []
        for words in self._segmenter.sentences(prose, prose=True):
            paragraph = bisect_right(begins, words[0].start) - 1
            found += [Draft(part, where, paragraph) for part in self._fitting(tuple(words))]
        return found

    def _fitting(self, words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
        """The sentence, or its parts where it is longer than the encoder reads."""
        counts = [self._network.count(w.form) for w in words]
        start = 0
        while sum(counts[start:]) > ROOM:
            end, total = start, 0
            while total + counts[end] <= ROOM:
                total += counts[end]
                end += 1
            cut = _safe_cut(words, start, end)
            yield words[start:cut]
            start = cut
        if start < len(words):
            yield words[start:]


def _prose(text: str, where: Where) -> tuple[str, list[int]]:
    """The text with blanks for what is no prose, as long as it was; and where each paragraph begins.

    Cutting the whole text at once is several times as fast as cutting its paragraphs one by one.
    """
    parts: list[str] = []
    begins: list[int] = []
    at = 0
    dated = where != "body"
    for line in _LINE.finditer(text):
        start, end = line.span()
        if not line.group().strip():
            continue
        if where != "headline":
            start += trims.bullet(text[start:end])
            end = start + trims.tag(text[start:end], caption=where == "caption")
        if not dated and len(begins) < trims.DATELINE_PARAGRAPHS:
            blank = len(text[start:end]) - len(text[start:end].lstrip())
            cut = trims.dateline(text[start + blank : end])
            dated = cut > 0
            start += blank + cut if cut else 0
        parts += [text[at : line.start()], " " * (start - line.start()), text[start:end], " " * (line.end() - end)]
        begins.append(line.start())
        at = line.end()
    return "".join([*parts, text[at:]]), begins


def _safe_cut(words: Sequence[Word], start: int, end: int) -> int:
    """Where to cut within ``start`` and ``end``: after a semicolon, a dash, a comma, before "and" or "but", else at the end."""
    least = start + (end - start) // 2
    for marks in _SAFE_CUTS:
        for i in range(end - 1, least, -1):
            if words[i].form in marks:
                return i if words[i].form.isalpha() else i + 1
    return max(end, start + 1)


def _finished(text: str, drafts: Sequence[Draft], parsed: Sequence[Parsed]) -> Iterator[Sentence]:
    """Sentences of one text, with their quotations paired."""
    marks = []
    for n, (draft, said) in enumerate(zip(drafts, parsed, strict=True)):
        for i, (word, upos) in enumerate(zip(draft.words, said.upos, strict=True)):
            before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
            punctuation = upos in {"PUNCT", "SYM"}
            marks.append(quotes.Mark(
                word.form, n, i, draft.paragraph, punctuation,
                not before or before.isspace() or before in "([—–-", not after or after.isspace(),
            ))  # fmt: skip
    spans = quotes.quoted(marks, len(drafts))
    for draft, said, quoted in zip(drafts, parsed, spans, strict=True):
        start, end = draft.words[0].start, draft.words[-1].end
        tokens = tuple(
            Token(
                form=w.form, lemma=said.lemmas[i], upos=said.upos[i], feats=said.feats[i], head=said.heads[i],
                deprel=said.deprels[i], start=w.start, end=w.end, name=said.names[i],
                space_after=text[w.end : w.end + 1].isspace() or w.end == len(text), cue=said.cues[i],
            )
            for i, w in enumerate(draft.words)
        )  # fmt: skip
        yield Sentence(tokens, start, end, text[start:end], draft.where, draft.paragraph, quoted)
