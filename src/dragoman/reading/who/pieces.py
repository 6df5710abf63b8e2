"""Names, offices and people in a sentence, found in the lists and in the network's tags: one pass over the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dragoman.codebook.actors import ActorBook, Entry, Office
from dragoman.codebook.actors_names import PARTICLES, key_of
from dragoman.model import Sentence, Token
from dragoman.reading.who.values import Piece

_HYPHENS = frozenset({"-", "–", "‑"})
#: A person's name is never longer; bounds the look-ups.
_LONGEST_NAME = 5
#: Months and days that are also family names.
_MONTHS = frozenset({"May", "March", "August", "Sunday", "Monday", "Friday"})
#: Short first words of cities, which a dateline prints in capitals ("LA PAZ", "NEW DELHI").
_SHORT_CITIES = frozenset({"La", "New", "Abu", "San", "Tel", "Den", "Sri", "El"})
#: Behind a title with a hyphen: "President-elect".
_NOT_YET = frozenset({"elect", "designate"})
_GLUED = frozenset({"'s", "'", ","})
#: What may stand in lower case between the capitals of a name.
_INSIDE_NAME = PARTICLES | {"al", "el", "ul", "-", "–"}


class _Form(NamedTuple):
    """What the lists say of a word form, kept so that each form is looked up once."""

    key: str
    low: str
    names: int
    offices: int
    person: bool


class PieceFinder:
    """Finds pieces with one book."""

    def __init__(self, book: ActorBook) -> None:
        self._book = book
        self._forms: dict[str, _Form] = {}

    def pieces(self, sentence: Sentence) -> list[Piece]:
        """The sentence's pieces from left to right, none overlapping."""
        tokens = sentence.tokens
        forms = self._looked_up(tokens)
        keys = [f.key for f in forms]
        people = self._people(tokens, keys, forms)
        found: list[Piece] = []
        i = 0
        while i < len(tokens):
            form = forms[i]
            piece = people.get(i)
            if piece is None and (form.names or form.offices or form.low == "the"):
                piece = self._longer(tokens, keys, i)
            if piece is None:
                i += 1
                continue
            if (
                people
                and not piece.is_person
                and any(j in people and people[j].last > piece.last for j in range(piece.first + 1, piece.last + 1))
            ):
                i += 1
                continue
            found.append(piece)
            i = piece.last + 1
        return found

    def _looked_up(self, tokens: Sequence[Token]) -> list[_Form]:
        known, found = self._forms, []
        for token in tokens:
            form = known.get(token.form)
            if form is None:
                form = known[token.form] = self._look_up(token.form, key_of(token.form))
            found.append(form)
        return found

    def _look_up(self, form: str, key: str) -> _Form:
        book, low = self._book, key.lower()
        if (
            len(key) > 1
            and key.isupper()
            and key.isalpha()
            and not book.starts(key)
            and (len(key) > 3 or key.title() in _SHORT_CITIES)
        ):
            key = key.title()
        first = key.split(" ", 1)[0] if " " in key else key
        offices = book.office_starts(low) or (book.office_starts(low[:-1]) if low.endswith("s") else 0)
        return _Form(key, low, book.starts(first), offices, form[:1].isupper() and book.begins_person(form))

    def with_surnames(self, sentences: Sequence[Sentence], pieces: list[list[Piece]]) -> list[list[Piece]]:
        """The pieces with bare surnames added: of people named in full somewhere in the report, or known to the book."""
        book = self._book
        here: set[str] = set()
        for sentence, row in zip(sentences, pieces, strict=True):
            for piece in row:
                if piece.is_person:
                    name = " ".join(t.form for t in sentence.tokens[piece.first : piece.last + 1])
                    here.update(_called(book, name))
        found = []
        for sentence, row in zip(sentences, pieces, strict=True):
            taken = {j for p in row for j in range(p.first, p.last + 1)}
            added = [
                Piece(i, i)
                for i, t in enumerate(sentence.tokens)
                if i not in taken and t.upos in {"PROPN", "X"} and t.form[:1].isupper() and len(t.form) > 1
                if ((folded := book.fold(t.form)) in here and t.name[2:] == "LOC")
                or (
                    self._may_be_person(sentence.tokens, i)
                    and (folded in here or (book.known_surname(folded) and t.form not in _MONTHS))
                )
            ]
            found.append(sorted(row + added, key=lambda p: p.first) if added else row)
        return found

    def _may_be_person(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether the tag allows a person: "the Biden administration" may be tagged as one organisation."""
        if tokens[i].name[2:] in {"", "PER"}:
            return True
        if i and tokens[i - 1].form in {"'s", "’s"}:
            return True
        following = tokens[i + 1].form.lower() if i + 1 < len(tokens) else ""
        office = self._book.office(following)
        return following in {"'s", "’s"} or (office is not None and office.kind == "body")

    def _longer(self, tokens: Sequence[Token], keys: Sequence[str], i: int) -> Piece | None:
        name, office = self._entry(tokens, keys, i), self._office(tokens, keys, i)
        if name and office:
            return office if office.last > name.last else name
        return name or office

    def _entry(self, tokens: Sequence[Token], keys: Sequence[str], i: int) -> Piece | None:
        book, key = self._book, keys[i]
        if " " in key and "-" in tokens[i].form and not book.starts(key.split(" ", 1)[0]):
            return None
        longest = book.starts(key.split(" ", 1)[0] if " " in key else key)
        if key in {"the", "The", "THE"}:
            return self._short(tokens, keys, i)
        if not longest:
            return None
        for last, text in reversed(_growing(keys, i, longest)):
            entry = book.entry(text)
            if entry is not None and entry.kind != "short" and _is_cased(tokens[i], entry):
                return Piece(i, last, entry)
        return None

    def _short(self, tokens: Sequence[Token], keys: Sequence[str], i: int) -> Piece | None:
        if i + 1 >= len(tokens) or not (entry := self._book.entry("the " + keys[i + 1])):
            return None
        following = tokens[i + 2].form if i + 2 < len(tokens) else ""
        if entry.kind != "short" or (following[:1].isupper() and following not in {"Korea"} and len(following) > 1):
            return None
        if self._entry(tokens, keys, i + 1) or following in _HYPHENS:
            return None
        return Piece(i, i + 1, entry)

    def _office(self, tokens: Sequence[Token], keys: Sequence[str], i: int) -> Piece | None:
        low = keys[i].lower()
        longest = self._book.office_starts(low)
        if not longest and low.endswith("s"):
            longest = self._book.office_starts(low[:-1])
        if not longest or (
            tokens[i].upos in {"VERB", "AUX", "ADV", "PRON", "DET", "ADP"} and not tokens[i].form.isupper()
        ):
            return None
        for last, text in reversed(_growing(keys, i, longest)):
            office = self._book.office(text.lower())
            if office is None or tokens[last].upos in {"VERB", "AUX"}:
                continue
            following = keys[last + 1].lower() if last + 1 < len(keys) else ""
            if _is_headed(tokens, last, office) or (office.kind == "body" and self._book.office(following) is not None):
                return Piece(i, last, office=office)
        return None

    def _people(self, tokens: Sequence[Token], keys: Sequence[str], forms: Sequence[_Form]) -> dict[int, Piece]:
        found: dict[int, Piece] = {}
        i = 0
        while i < len(tokens):
            token = tokens[i]
            if not forms[i].person and token.name in {"O", ""}:
                i += 1
                continue
            known = self._known(tokens, i) if forms[i].person else None
            if token.name == "B-PER" or (token.name == "I-PER" and (i == 0 or not tokens[i - 1].name.endswith("PER"))):
                last = _tagged(tokens, i)
                if known is not None and known.last >= last:
                    found[i] = known
                    i = known.last + 1
                    continue
                first = self._stripped(tokens, keys, i, last)
                first += first < last and self._ends_a_title(tokens, first)
                inner = self._known(tokens, first) if first <= last else None
                end = max(last, inner.last) if inner else last
                if first <= last and tokens[first].form[:1].isupper() and not self._is_party(tokens, keys, first, end):
                    found[first] = Piece(first, end)
                i = end + 1
            elif known is not None:
                found[i] = known
                i = known.last + 1
            else:
                i += 1
        return found

    def _ends_a_title(self, tokens: Sequence[Token], i: int) -> bool:
        """Whether a word tagged with a name belongs to the title: "President-Elect Roe", "Minister of Health Quill"."""
        named = i > 1 and tokens[i - 1].form in {"of", "for"} and tokens[i].form in self._book.words("portfolios")
        return named or tokens[i].form.lower() in _NOT_YET

    def _stripped(self, tokens: Sequence[Token], keys: Sequence[str], first: int, last: int) -> int:
        """Where the name begins once titles and their owners, tagged with it, are left off; past ``last`` if nothing is left."""
        known = self._known(tokens, first)
        if known is not None and known.last >= last:
            return first
        begin = first
        for i in range(first, last + 1):
            if i < begin:
                continue
            office = self._office(tokens, keys, i)
            if office is not None:
                is_name = (
                    office.last >= last
                    and i > begin == first
                    and tokens[i].form[:1].isupper()
                    and not self._owned(tokens, keys, first, i)
                )
                begin = begin if is_name else min(office.last, last) + 1
            elif i == begin and i < last and keys[i].lower() in self._book.titles:
                begin = i + 1
        return self._past_party(tokens, keys, begin, last)

    def _owned(self, tokens: Sequence[Token], keys: Sequence[str], first: int, last: int) -> bool:
        piece = self._entry(tokens, keys, first)
        return piece is not None and piece.last <= last

    def _past_party(self, tokens: Sequence[Token], keys: Sequence[str], first: int, last: int) -> int:
        """Past a party's name before a person's: "North Korea Sung Kim", but not the given name in "Jordan Smith"."""
        piece = self._entry(tokens, keys, first) if first < last else None
        if piece is None or piece.entry is None or piece.last >= last:
            return first
        sure = (
            " " in piece.entry.key or piece.entry.key.isupper() or last - piece.last >= 2 or piece.entry.kind == "adj"
        )
        return piece.last + 1 if sure else first

    def _is_party(self, tokens: Sequence[Token], keys: Sequence[str], first: int, last: int) -> bool:
        piece = self._entry(tokens, keys, first)
        return piece is not None and piece.last >= last

    def _known(self, tokens: Sequence[Token], i: int) -> Piece | None:
        """A full name that the book holds and that begins here."""
        book = self._book
        if not book.begins_person(tokens[i].form):
            return None
        last = i
        ends = [i]
        while last + 1 < len(tokens) and len(ends) < _LONGEST_NAME + 2:
            last += 1
            form = tokens[last].form
            if not (form[:1].isupper() or form.lower() in _INSIDE_NAME or tokens[last - 1].form in _HYPHENS):
                break
            ends.append(last)
        for end in reversed(ends):
            text = " ".join(t.form for t in tokens[i : end + 1])
            if (tokens[end].form[:1].isupper() or tokens[end - 1].form in _HYPHENS) and book.knows(book.fold(text)):
                return Piece(i, end)
        return None


def _called(book: ActorBook, name: str) -> set[str]:
    """Folded words by which the person may be called again: the family name, on either end where the given name is not a known one."""
    words = book.fold(name).split()
    if len(words) < 2:
        return set(words)
    found = set(book.surnames(name))
    return found if book.gender(words[0]) else found | {words[0]}


def _tagged(tokens: Sequence[Token], first: int) -> int:
    """The last word of a name that the network has tagged, less particles at its end, more what is flat below it."""
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].name == "I-PER":
        last += 1
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].relation == "flat"
        and first <= tokens[last + 1].head <= last
        and tokens[last + 1].form[:1].isupper()
    ):
        last += 1
    while (
        last > first
        and not tokens[last].form[:1].isupper()
        and not (tokens[last - 1].form in _HYPHENS and tokens[last].form.isalpha())
    ):
        last -= 1
    return last


def name_run(tokens: Sequence[Token], start: int, taken: set[int]) -> int:
    """The last word of a run of capitalised words from ``start`` (``start - 1`` if there is none): a name after a title."""
    last, i = start - 1, start
    while i < len(tokens) and i not in taken and i - start < _LONGEST_NAME + 2:
        form = tokens[i].form
        if (
            form[:1].isupper()
            and (tokens[i].upos in {"PROPN", "X", "NOUN", "ADJ", "_"})
            and not (form.isupper() and len(form) > 3)
        ):
            last = i
        elif not (form.lower() in _INSIDE_NAME or (i > start and tokens[i - 1].form in _HYPHENS)):
            break
        elif i > start and tokens[i - 1].form in _HYPHENS and form.isalpha():
            last = i
        i += 1
    return last


def _growing(keys: Sequence[str], i: int, longest: int) -> list[tuple[int, str]]:
    """The keys of ever longer stretches from word ``i``, counted in words of the key (hyphens count for nothing)."""
    found, text, size = [], "", 0
    for j in range(i, min(len(keys), i + 2 * longest + 1)):
        key = keys[j]
        if not key:
            continue
        if key in _GLUED and text:
            text += key
            continue
        size += key.count(" ") + 1
        if size > longest:
            break
        text = f"{text} {key}" if text else key
        found.append((j, text))
    return found


def _is_cased(token: Token, entry: Entry) -> bool:
    """A key with a capital matches words with one: keys hold case, so only small-letter keys need a look."""
    return token.form[:1].isupper() or not entry.key[:1].isupper()


def _is_headed(tokens: Sequence[Token], last: int, office: Office) -> bool:
    """Whether the word is a noun here and not the modifier of another ("press freedom", "state visit", "leader board")."""
    token = tokens[last]
    if office.kind == "office" and " " in office.key:
        return True
    if office.kind in {"office"} and office.level <= 4:
        named = last + 1 < len(tokens) and tokens[last + 1].form[:1].isupper()
        return token.upos in {"NOUN", "PROPN", "X", "_"} or token.form[:1].isupper() or (named and token.upos == "ADJ")
    if token.upos not in {"NOUN", "PROPN", "X", "_"}:
        return False
    head = token.head
    if office.kind in {"embassy", "mission"} and last and tokens[last - 1].form.lower() == "the":
        return True
    plain = token.relation != "compound" or (head > last and tokens[head].form[:1].isupper()) or " " in office.key
    return plain or head < 0
