"""Treebanks as texts: sentences joined by single spaces, words with their offsets, some of them abbreviated as newspapers do."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Row:
    """One word of a treebank; ``spaced`` tells whether white space follows."""

    form: str
    spaced: bool
    upos: str
    relation: str
    name: str


@dataclass(frozen=True)
class Text:
    """One document: its text, the words with their spans, and the number of words of each sentence."""

    text: str
    rows: tuple[Row, ...]
    spans: tuple[tuple[int, int], ...]
    lengths: tuple[int, ...]


Document = list[list[Row]]


def documents(path: Path) -> Iterator[Document]:
    """The documents (borders at ``# newdoc``) of a gzipped CoNLL-U file, each a list of sentences."""
    document: Document = []
    sentence: list[Row] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if row[0].startswith("# newdoc"):
                if document:
                    yield document
                document = []
            elif row[0].isdigit():
                marks = dict(mark.split("=", 1) for mark in row[9].split("|") if "=" in mark)
                spaced = marks.get("SpaceAfter") != "No"
                sentence.append(Row(row[1], spaced, row[3], row[7].split(":")[0], marks.get("NER", "O")))
            elif sentence:
                document.append(sentence)
                sentence = []
    if sentence:
        document.append(sentence)
    if document:
        yield document


def joined(of: list[Document]) -> Text:
    """Documents as one text; between two of them stands a space, as between two sentences."""
    rows = [row for document in of for sentence in document for row in sentence]
    lasts = {sum(len(s) for d in of[: i + 1] for s in d) - 1 for i in range(len(of))}
    spans, parts, at = [], [], 0
    for number, row in enumerate(rows):
        spans.append((at, at + len(row.form)))
        part = row.form + (" " if row.spaced or number in lasts else "")
        parts.append(part)
        at += len(part)
    lengths = tuple(len(sentence) for document in of for sentence in document)
    return Text("".join(parts).rstrip(), tuple(rows), tuple(spans), lengths)


def texts(path: Path) -> list[Text]:
    """Each document of a file as a text."""
    return [joined([document]) for document in documents(path)]


def varied(of: list[Document], draw: random.Random, *, join: float, abbreviate: float) -> list[Text]:
    """Texts to learn from: neighbours run together with the chance ``join`` (so that ends of documents, which are known, are learned from too),
    and abbreviations and other names put in with the chance ``abbreviate`` a document."""
    made: list[Text] = []
    group: list[Document] = []
    for document in of:
        short = draw.random() < abbreviate
        group.append([abbreviated(renamed(sentence, draw), draw) for sentence in document] if short else document)
        if draw.random() >= join:
            made.append(joined(group))
            group = []
    if group:
        made.append(joined(group))
    return made


_SHORT_MONTHS = {
    "January": "Jan.", "February": "Feb.", "March": "Mar.", "April": "Apr.", "August": "Aug.", "September": "Sept.",
    "October": "Oct.", "November": "Nov.", "December": "Dec.",
}  # fmt: skip
_SHORT_TITLES = {
    "General": "Gen.", "Senator": "Sen.", "President": "Pres.", "Lieutenant": "Lt.", "Colonel": "Col.", "Governor": "Gov.",
    "Representative": "Rep.", "Professor": "Prof.", "Secretary": "Sec.", "Captain": "Capt.", "Major": "Maj.", "Sergeant": "Sgt.",
    "Doctor": "Dr.", "Admiral": "Adm.", "Ambassador": "Amb.", "Saint": "St.", "Reverend": "Rev.", "Fort": "Ft.", "Mount": "Mt.",
}  # fmt: skip
_SHORT_SIDES = {"North": "N.", "South": "S.", "East": "E.", "West": "W."}
_SHORT_STATES = {
    "US": "U.S.",
    "USA": "U.S.",
    "UK": "U.K.",
    "UN": "U.N.",
    "EU": "E.U.",
    "America": "U.S.",
    "UAE": "U.A.E.",
    "Britain": "U.K.",
}
_SHORT_FIRMS = {
    "Corporation": "Corp.",
    "Company": "Co.",
    "Incorporated": "Inc.",
    "Limited": "Ltd.",
    "Brothers": "Bros.",
    "Corp": "Corp.",
    "Inc": "Inc.",
}
_ABSORBING = {*_SHORT_STATES.values(), *_SHORT_FIRMS.values()}
_INITIALS = "ABCDEFGHIJKLMNOPRSTVW"
#: What stands before names in news, and rarely in the treebanks.
_POSTS = (
    "Secretary", "Deputy Secretary", "Assistant Secretary", "President", "Vice President", "Minister", "Foreign Minister", "Prime Minister",
    "Ambassador", "Special Envoy", "General", "Governor", "Senator", "Constable", "Princess", "King", "Chairman", "spokesman", "spokeswoman",
    "director", "Chancellor", "Sheikh", "Premier", "Commissioner", "Judge", "Mr.", "Ms.", "Mrs.", "Dr.", "Sen.", "Gen.", "Lt. Gen.", "Rep.", "Gov.",
)  # fmt: skip
_ONSETS = [
    "b",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gh",
    "h",
    "j",
    "k",
    "kh",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
    "y",
    "z",
    "zh",
]
_VOWELS = ["a", "a", "a", "ai", "au", "e", "e", "ei", "i", "i", "ia", "o", "o", "ou", "u", "uu", "y"]
_CODAS = ("", "", "", "", "k", "l", "m", "n", "n", "ng", "r", "s", "sh", "t", "v", "nd")
#: Chances of each change where it is possible.
_MONTH, _TITLE, _SIDE, _STATE, _FIRM, _FIRST, _MIDDLE, _POST, _INVENTED = 0.5, 0.5, 0.5, 0.6, 0.5, 0.2, 0.15, 0.2, 0.5

Step = Callable[[Row, Row | None, random.Random], list[Row] | None]


def _by_table(table: dict[str, str], chance: float, fits: Callable[[Row], bool], bare: bool = False) -> Step:
    """Swap a form for a short one where the next word fits; ``bare``: also where no fitting word follows."""

    def step(row: Row, after: Row | None, draw: random.Random) -> list[Row] | None:
        if row.form not in table or draw.random() >= chance:
            return None
        if bare or (row.spaced and after is not None and fits(after)):
            return [replace(row, form=table[row.form])]
        return None

    return step


def _names(row: Row, after: Row | None, draw: random.Random) -> list[Row] | None:
    """A first name as an initial, or an initial put after it."""
    if row.name != "B-PER" or after is None or after.name != "I-PER" or not row.spaced or not row.form.istitle():
        return None
    chance = draw.random()
    initial = replace(row, form=f"{draw.choice(_INITIALS)}.")
    if chance < _FIRST:
        return [initial, replace(initial, form=f"{draw.choice(_INITIALS)}.")] if chance < _FIRST / 4 else [initial]
    return [row, replace(initial, name="I-PER")] if chance < _FIRST + _MIDDLE else None


_STEPS: tuple[Step, ...] = (
    _by_table(_SHORT_MONTHS, _MONTH, lambda after: after.form[0].isdigit()),
    _by_table(_SHORT_TITLES, _TITLE, lambda after: after.upos == "PROPN"),
    _by_table(_SHORT_SIDES, _SIDE, lambda after: after.upos == "PROPN"),
    _by_table(_SHORT_STATES, _STATE, lambda _: True, bare=True),
    _by_table(_SHORT_FIRMS, _FIRM, lambda _: True, bare=True),
    _names,
)


def invented(draw: random.Random) -> str:
    """A name of nobody, in no language: so that unknown names are learned to be names."""
    syllables = (
        draw.choice(_ONSETS) + draw.choice(_VOWELS) + draw.choice(_CODAS)
        for _ in range(draw.choice((1, 2, 2, 2, 3, 3, 4)))
    )
    return "".join(syllables).capitalize()


def renamed(sentence: list[Row], draw: random.Random) -> list[Row]:
    """The sentence with some of its people under other names and with posts before them."""
    made: list[Row] = []
    for row in sentence:
        plain = row.name in ("B-PER", "I-PER") and row.form.istitle() and row.form.isalpha() and len(row.form) > 2
        if plain and row.name == "B-PER" and draw.random() < _POST:
            made.extend(Row(word, True, "PROPN", row.relation, "O") for word in draw.choice(_POSTS).split())
        made.append(replace(row, form=invented(draw)) if plain and draw.random() < _INVENTED else row)
    return made


def abbreviated(sentence: list[Row], draw: random.Random) -> list[Row]:
    """The sentence with some of its months, titles, states and first names as newspapers shorten them.

    A short form at the end of a sentence takes its full stop in, as GUM has it.
    """
    made: list[Row] = []
    for number, row in enumerate(sentence):
        after = sentence[number + 1] if number + 1 < len(sentence) else None
        if row.form == "." and made and not made[-1].spaced and made[-1].form in _ABSORBING:
            made[-1] = replace(made[-1], spaced=row.spaced)
            continue
        made.extend(next((new for step in _STEPS if (new := step(row, after, draw)) is not None), [row]))
    return made
