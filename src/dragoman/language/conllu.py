"""Documents as CoNLL-U and back, our own and other parsers'.

What we write reads back to an equal document: comments hold the article (``# article``, JSON), where a sentence stands
(``# where``, ``# paragraph``) and what is quoted in it (``# quoted``). What others write has words, and perhaps
``# text``, ``SpaceAfter=No``, ``# newdoc`` and ``# newpar``: the article's body is then put together from its sentences.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from dragoman.errors import FormatError
from dragoman.language.decode import mapping
from dragoman.model import Article, Caption, Document, Link, Sentence, Span, Token, Where

_COLUMNS = 10


def to_conllu(document: Document) -> str:
    """The document in CoNLL-U, ending in a blank line; places of words in MISC count characters of the text that ``# where`` names."""
    lines = [f"# newdoc id = {document.article.id}", f"# article = {_packed(document.article)}"]
    for number, sentence in enumerate(document.sentences, 1):
        lines += [
            f"# sent_id = {document.article.id}-{number}",
            f"# text = {sentence.text}",
            f"# where = {sentence.where}",
            f"# paragraph = {sentence.paragraph}",
        ]
        if sentence.quoted:
            lines.append("# quoted = " + " ".join(f"{a + 1}-{b + 1}" for a, b in sentence.quoted))
        lines += [_row(i, token) for i, token in enumerate(sentence.tokens)]
        lines.append("")
    if not document.sentences:
        lines.append("")
    return "\n".join(lines) + "\n"


def _row(i: int, t: Token) -> str:
    misc = [f"start={t.start}", f"end={t.end}", f"NER={t.name}"]
    misc += [] if t.space_after else ["SpaceAfter=No"]
    misc += ["Cue=Yes"] if t.cue else []
    feats = "|".join(f"{k}={v}" for k, v in sorted(t.feats.items(), key=lambda kv: kv[0].lower())) or "_"
    columns = (i + 1, t.form, t.lemma, t.upos, "_", feats, t.head + 1, t.deprel, "_", "|".join(misc))
    return "\t".join(map(str, columns))


def _packed(article: Article) -> str:
    fields = {f.name: getattr(article, f.name) for f in dataclasses.fields(article)}
    fields["captions"] = [[c.text, c.credit] for c in article.captions]
    fields["links"] = [[x.title, x.url] for x in article.links]
    fields["spans"] = {k: s.as_list() for k, s in article.spans.items()}
    return json.dumps(fields)


def _unpacked(text: str) -> Article:
    try:
        fields = json.loads(text)
        fields["captions"] = tuple(Caption(*c) for c in fields["captions"])
        fields["links"] = tuple(Link(*x) for x in fields["links"])
        fields["spans"] = {k: Span(*s) for k, s in fields["spans"].items()}
        fields["relayed"] = tuple(fields["relayed"])
        fields["key_points"] = tuple(fields["key_points"])
        return Article(**fields)
    except (ValueError, KeyError, TypeError) as error:
        raise FormatError(
            f"The line '# article' of a CoNLL-U document is broken ({error}): parse the page again."
        ) from error


@dataclass
class _Block:
    """The lines of one sentence: its comments and its rows."""

    comments: dict[str, str] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)


def documents_of(text: str) -> Iterator[Document]:
    """The documents of a CoNLL-U text, one where it names none. Raises :class:`FormatError` where a line is not CoNLL-U."""
    group: list[_Block] = []
    for block in _blocks(text):
        if ("newdoc" in block.comments or "newdoc id" in block.comments) and group:
            yield _document(group)
            group = []
        group.append(block)
    if group:
        yield _document(group)


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        line = line.removesuffix("\r")
        if not line.strip():
            if block.rows or block.comments:
                yield block
            block = _Block()
        elif line.startswith("#"):
            key, _, value = line[1:].partition("=")
            block.comments[key.strip()] = value[1:] if value.startswith(" ") else value
        else:
            row = line.split("\t")
            if len(row) != _COLUMNS:
                raise FormatError(f"Line {number} has {len(row)} columns where CoNLL-U has {_COLUMNS}: check the file.")
            block.rows.append(row)


def _document(group: list[_Block]) -> Document:
    first = group[0].comments
    if "article" in first:
        article = _unpacked(first["article"])
        return Document(article, tuple(_ours(b, article) for b in group if b.rows))
    ident = first.get("newdoc id", "").strip() or first.get("sent_id", "").strip() or "document"
    body = ""
    sentences: list[Sentence] = []
    paragraph = 0
    for block in group:
        if not block.rows:
            continue
        if body:
            new = any(k.startswith("newpar") for k in block.comments)
            paragraph += new
            body += "\n\n" if new else " "
        words = _words(block)
        text = _text(block, words)
        sentences.append(_theirs(words, text, len(body), paragraph))
        body += text
    return Document(Article(ident, body), tuple(sentences))


def _ours(block: _Block, article: Article) -> Sentence:
    tokens = tuple(_token(r, _misc(r[9])) for r in block.rows)
    where = cast(Where, block.comments.get("where", "body"))
    quoted = tuple(tuple(int(x) - 1 for x in part.split("-")) for part in block.comments.get("quoted", "").split())
    start, end = tokens[0].start, tokens[-1].end
    text = article.text_of(where)[start:end]
    paragraph = int(block.comments.get("paragraph", 0))
    return Sentence(tokens, start, end, text, where, paragraph, cast("tuple[tuple[int, int], ...]", quoted))


def _misc(column: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in column.split("|") if "=" in part)


def _token(row: list[str], misc: Mapping[str, str]) -> Token:
    try:
        head = int(row[6]) - 1
        start, end = int(misc["start"]), int(misc["end"])
        feats = mapping(row[5])
    except (ValueError, KeyError) as error:
        raise FormatError(
            f"The word {row[1]!r} of a CoNLL-U document has no head or place ({error}): check the file."
        ) from error
    return Token(
        row[1], row[2], row[3], feats, head, row[7], start, end, misc.get("NER", "O"), misc.get("SpaceAfter") != "No",
        misc.get("Cue") == "Yes",
    )  # fmt: skip


@dataclass
class _Word:
    """A word of somebody else's sentence: its row, its letters in the text, and whether a space follows."""

    row: list[str]
    letters: str
    space: bool


def _words(block: _Block) -> list[_Word]:
    """The words without empty nodes; those of one written word ("don't") share its letters out."""
    found: list[_Word] = []
    until, surface, space, parts = -1, "", True, 0
    for row in block.rows:
        ident = row[0]
        if "." in ident:
            continue
        if "-" in ident:
            a, b = ident.split("-", 1)
            until, surface, space, parts = _number(b), row[1], _spaced(row), _number(b) - _number(a) + 1
            continue
        if _number(ident) > until:
            found.append(_Word(row, row[1], _spaced(row)))
            continue
        parts -= 1
        fits = surface.lower().startswith(row[1].lower())
        letters = surface if not parts else surface[: len(row[1])] if fits else surface[: max(1, len(surface) - parts)]
        surface = surface[len(letters) :]
        found.append(_Word(row, letters, space and not parts))
    return found


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise FormatError(f"{text!r} is no word number of CoNLL-U: check the file.") from None


def _spaced(row: list[str]) -> bool:
    return _misc(row[9]).get("SpaceAfter") != "No"


def _text(block: _Block, words: Iterable[_Word]) -> str:
    """The sentence's text: its comment where all the words stand in it in order, else the words put together."""
    made = "".join(w.letters + (" " if w.space else "") for w in words).rstrip()
    given = block.comments.get("text", "").strip()
    at = 0
    for word in words:
        at = given.find(word.letters, at)
        if at < 0:
            return made
        at += len(word.letters)
    return given or made


def _theirs(words: list[_Word], text: str, start: int, paragraph: int) -> Sentence:
    tokens = []
    at = 0
    for word in words:
        at = text.find(word.letters, at)
        misc: dict[str, Any] = _misc(word.row[9]) | {
            "start": str(start + at),
            "end": str(start + at + len(word.letters)),
        }
        at += len(word.letters)
        misc.pop("SpaceAfter", None)
        if at < len(text) and not text[at].isspace():
            misc["SpaceAfter"] = "No"
        tokens.append(_token(word.row, misc))
    return Sentence(tuple(tokens), start, start + len(text), text, "body", paragraph)
