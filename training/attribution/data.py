"""What the head on the encoder learns cues of attribution from: sentences of our own with their cues marked, and running text.

``sentences/*.txt`` hold one sentence a line; ``[[`` and ``]]`` stand around each cue; lines that begin with ``#`` are comments. Marked is what the
guidelines of PARC and PolNeAR call a cue: the verb with its auxiliaries, negation, adverbs, particles and the preposition that leads to what is
told ("has repeatedly called for"), nouns, adjectives and phrases of speech, belief, wish, judgement, decree and perception; not the
infinitive's "to" before what is wanted, not "that", not whom it is told to, and no cue within what another tells or within quotation marks.
"""

from __future__ import annotations

import gzip
import random
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from dragoman.language import Language
from dragoman.model import Sentence
from dragoman.reading.speech.quotations import labelled

SENTENCES = Path(__file__).parent / "sentences"
MARK = re.compile(r"\[\[(.*?)\]\]")


#: Sentences of running text that show how seldom cues stand in it: at least so many words each, and so many of each treebank at most.
LEAST_WORDS = 8
TREEBANKS = {"gum_train_free": 4500, "ewt_train": 1500}
MEANTIME = "meantime_en.tar.gz"


@dataclass(frozen=True)
class Example:
    """A sentence as the language room reads it, and for each word whether it stands in a cue; words in contents are not asked for."""

    sentence: Sentence
    cues: tuple[bool, ...]
    asked: tuple[bool, ...]


def unmarked(line: str) -> tuple[str, set[int]]:
    """(the text without marks, the places of its characters that stand in cues). Raises ``ValueError`` where a mark has no other half."""
    text, at = "", 0
    marked: set[int] = set()
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        marked.update(range(len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        at = match.end()
    text += line[at:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"A mark has no other half: {line}")
    return text, marked


def lines(folder: Path = SENTENCES) -> Iterator[str]:
    """The marked sentences, in the order of the files' names."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                yield line


def examples(language: Language, folder: Path = SENTENCES) -> Iterator[Example]:
    """The sentences parsed, with their cues."""
    for line in lines(folder):
        text, marked = unmarked(line)
        for s in language.sentences(text):
            content = labelled(s)[1]
            yield Example(s, tuple(t.start in marked for t in s.tokens), _outside(s, content))


def plain(language: Language, data: Path, dice: random.Random) -> Iterator[Example]:
    """Sentences of running text under ``data`` with the cues that the lexicon of reporting finds in them: right mostly, and far from complete."""
    for text in (*_treebanks(data / "ud", dice), *_meantime(data / MEANTIME)):
        for s in language.sentences(text):
            cue, content = labelled(s)
            yield Example(s, tuple(i in cue for i in range(len(s.tokens))), _outside(s, content))


def _outside(s: Sentence, content: set[int]) -> tuple[bool, ...]:
    return tuple(i not in content for i in range(len(s.tokens)))


def _treebanks(folder: Path, dice: random.Random) -> Iterator[str]:
    for name, most in TREEBANKS.items():
        with gzip.open(folder / f"{name}.conllu.gz", "rt", encoding="utf-8") as rows:
            texts = [row.removeprefix("# text = ").strip() for row in rows if row.startswith("# text = ")]
        dice.shuffle(texts)
        yield from [x for x in texts if len(x.split()) >= LEAST_WORDS][:most]


def _meantime(path: Path) -> Iterator[str]:
    """The sentences of MEANTIME's documents, their words put together with spaces."""
    with tarfile.open(path) as archive:
        for member in sorted((m for m in archive if m.name.endswith(".xml")), key=lambda m: m.name):
            held = archive.extractfile(member)
            if held is None:
                continue
            sentences: dict[str, list[str]] = {}
            for token in ElementTree.parse(held).iter("token"):
                sentences.setdefault(token.get("sentence", ""), []).append(token.text or "")
            yield from (" ".join(words) for words in sentences.values() if len(words) >= LEAST_WORDS)
