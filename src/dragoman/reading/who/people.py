"""People in one report: learnt from its own titles and appositions first, from the book of offices second."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.codebook.actors import ActorBook, Occupancy
from dragoman.model import Sentence
from dragoman.reading.who.offices import offices_agree
from dragoman.reading.who.values import Draft

#: Days for which a post just left is still told as held (a death, a change of government in the news).
_GRACE = 30


@dataclass
class Person:
    """A person as far as the report has told: the fullest name, the parties, the post."""

    name: str
    keys: frozenset[str]
    codes: tuple[str, ...] = ()
    office: str = ""
    level: int = 0
    former: bool = False
    gender: str = ""
    hint: tuple[str, ...] = ()
    told: bool = False
    """Whether the report itself told the party (not the book)."""
    places: list[tuple[int, int]] = field(default_factory=list)


class People:
    """The people of one report, in order of their first full naming."""

    def __init__(self, book: ActorBook, day: date | None, named: Iterable[str] = ()) -> None:
        self._book, self._day = book, day
        self._named = frozenset(named)
        self.known: list[Person] = []
        self._by_full: dict[str, Person] = {}
        self._by_key: dict[str, list[Person]] = {}
        self._own: tuple[str, ...] = ()
        self._met: dict[str, Person | None] = {}

    # ------------------------------------------------------------------------------------------------ learning

    def learn(self, sentence: Sentence, draft: Draft) -> None:
        """Take up a full name with what its title or apposition says; the report's first word on a post stands."""
        text = name_text(sentence, draft)
        full = self._book.fold(text)
        if " " not in full or not text:
            return
        person = self._by_full.get(full)
        if person is None:
            person = self._new(text, full, draft.codes)
        if draft.codes and not person.told:
            person.codes, person.told = draft.codes, True
            self._index(person, self._book.surnames(person.name, draft.codes))
        if draft.office and not person.office and draft.office not in self._book.words("honours"):
            person.office, person.level, person.former = draft.office, draft.level, draft.former
        elif draft.former and offices_agree(self._book, person.office, draft.office):
            person.former = True
        person.hint = person.hint or draft.hint
        person.places.append((draft.sentence, draft.first))

    def finish(self, own: tuple[str, ...] = ()) -> None:
        """Ask the book about those whom the report leaves untold; titles without an owner in a government's own text are its own."""
        self._own = own
        for person in self.known:
            post = self._post(self._book.occupancies(person.name), person.codes, person.office)
            if post is None:
                person.codes = person.codes or person.hint or self.default(person.office)
                continue
            if not person.codes:
                person.codes = (post.position.code,)
                self._index(person, self._book.surnames(person.name, person.codes))
            if not person.office and post.position.code in person.codes:
                self._appoint(person, post)
            if not person.told:
                person.name = max(person.name, post.person, key=len) if " " not in person.name else person.name

    def default(self, office: str) -> tuple[str, ...]:
        """The outlet's own party for a title that it uses of its own people."""
        others = self._book.words("anyones") | self._book.words("private_people")
        return self._own if office and "minister" not in office and office not in others else ()

    def _appoint(self, person: Person, post: Occupancy) -> None:
        person.office, person.level = post.position.office, post.position.level
        person.former = self._day is not None and post.until is not None and (self._day - post.until).days > _GRACE

    def _new(self, text: str, full: str, codes: Sequence[str]) -> Person:
        person = Person(text, frozenset(full.split()), gender=self._book.gender(text))
        self.known.append(person)
        self._by_full[full] = person
        self._index(person, self._book.surnames(text, codes) + (() if codes else self._book.surnames(text, ("JPN",))))
        return person

    def _index(self, person: Person, keys: Iterable[str]) -> None:
        for key in (*keys, *person.keys):
            rows = self._by_key.setdefault(key, [])
            if person not in rows:
                rows.append(person)

    @property
    def surnames(self) -> frozenset[str]:
        """Folded words by which people of this report may be called again."""
        return frozenset(self._by_key)

    # ----------------------------------------------------------------------------------------------- resolving

    def text(self, sentence: Sentence, draft: Draft) -> str:
        """The name as printed."""
        return name_text(sentence, draft)

    def resolve(self, sentence: Sentence, draft: Draft) -> Person | None:
        """Whom a name stands for; ``None`` where neither report nor book tells."""
        text = name_text(sentence, draft)
        full = self._book.fold(text)
        if (person := self._by_full.get(full)) is not None:
            return person
        rows = self._by_key.get(full, [])
        if not rows and " " in full:
            rows = [p for p in self.known if set(full.split()) <= p.keys]
        person = self._choose(rows, full, draft)
        if person is None and not (rows and not draft.office):
            person = self._from_book(text, full, draft)
        elif person is not None and person.level == 5 and not person.former and not draft.office and " " not in full:
            # A leader goes by the surname even where only a relative is named in full.
            leader = self._from_book(text, full, draft)
            person = leader if leader is not None and leader.level == 1 else person
        return person

    def _choose(self, rows: Sequence[Person], full: str, draft: Draft) -> Person | None:
        fitting = [p for p in rows if not draft.codes or not p.codes or set(draft.codes) & set(p.codes)]
        if draft.office:
            titled = [p for p in fitting if offices_agree(self._book, p.office, draft.office)]
            fitting = (
                titled
                or [p for p in fitting if not p.office]
                or (fitting if len(fitting) == 1 and fitting[0].level >= 2 else [])
            )
        by_surname = [p for p in fitting if full in self._book.surnames(p.name, p.codes)]
        fitting = by_surname or fitting
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        here = (draft.sentence, draft.first)
        before = [(max(at for at in p.places if at < here), p) for p in fitting if any(at < here for at in p.places)]
        if not before:
            return fitting[0]
        # Of several with one name the head of state goes by it; relatives are named in full ("Kim Yo Jong").
        top = [p for _, p in before if p.level == 1 and not p.former]
        if len(top) == 1 and not draft.office:
            return top[0]
        return max(before, key=lambda pair: pair[0])[1]

    def leader(self, name: str) -> tuple[str, ...]:
        """The party that a head of state or government of that name led, whenever that was ("the Obama administration")."""
        rows = self._book.occupancies(name) or self._book.by_surname(name)
        codes = {r.position.code for r in rows if r.position.level == 1}
        if len(codes) > 1 and self._day is not None:
            codes = {
                r.position.code for r in rows if r.position.level == 1 and r.held_on(self._day)
            } or codes & self._named
        return tuple(codes) if len(codes) == 1 else ()

    def settle(self, sentence: Sentence, draft: Draft) -> None:
        """Remember the party of a named person that was only settled by what it refers back to ("its foreign minister, N")."""
        person = self._by_full.get(self._book.fold(name_text(sentence, draft)))
        if person is not None and not person.codes:
            person.codes = draft.codes

    def _from_book(self, text: str, full: str, draft: Draft) -> Person | None:
        key = f"{full}|{draft.office}|{','.join(draft.codes)}"
        if key not in self._met:
            self._met[key] = self._ask(text, draft)
        return self._met[key]

    def _ask(self, text: str, draft: Draft) -> Person | None:
        rows = self._book.occupancies(text) or self._book.by_surname(text)
        if " " in text.strip() and not self._book.occupancies(text):
            return None
        rows = tuple(r for r in rows if not draft.codes or r.position.code in draft.codes)
        if draft.office:
            titled = tuple(r for r in rows if offices_agree(self._book, r.position.office, draft.office))
            rows = titled or (rows if " " in text.strip() else ())
        elif self._day is not None:
            rows = tuple(r for r in rows if r.position.level <= 2) if not self._book.occupancies(text) else rows
            rows = tuple(r for r in rows if self._is_near(r)) or rows
        if (
            not draft.office
            and not draft.codes
            and {r.position.code for r in rows} - self._named
            and {r.position.code for r in rows} & self._named
        ):
            rows = tuple(r for r in rows if r.position.code in self._named)
        names = {r.person for r in rows}
        if len(names) > 1 and self._day is not None:
            held = tuple(r for r in rows if r.held_on(self._day))
            rows = held or rows
            names = {r.person for r in rows}
        if len(names) != 1:
            return None
        post = self._post(rows, (), draft.office)
        if post is None or (not draft.office and not self._is_near(post)):
            return None
        found = self._new(post.person, self._book.fold(post.person), (post.position.code,))
        found.codes = (post.position.code,)
        self._appoint(found, post)
        return found

    def _is_near(self, post: Occupancy) -> bool:
        """Whether the post was held within a year of the report: a bare surname is used of people in the news."""
        day = self._day
        if day is None:
            return True
        return (post.since is None or (post.since - day).days < 180) and (
            post.until is None or (day - post.until).days < 1500
        )

    def _post(self, rows: Sequence[Occupancy], codes: Sequence[str], office: str) -> Occupancy | None:
        """The post that a report of this day means: held then, else the last before, else the first after."""
        fitting = [r for r in rows if not codes or r.position.code in codes]
        if office:
            fitting = [r for r in fitting if offices_agree(self._book, r.position.office, office)] or fitting
        if not fitting or self._day is None:
            return fitting[-1] if fitting else None
        day = self._day
        held = [r for r in fitting if r.held_on(day)]
        if held:
            return min(held, key=lambda r: (r.position.level, -(r.since or date.min).toordinal()))
        past = [r for r in fitting if r.until is not None and r.until < day]
        if past:
            return max(past, key=lambda r: (r.until or date.min, -r.position.level))
        return min(fitting, key=lambda r: r.since or date.min)


def name_text(sentence: Sentence, draft: Draft) -> str:
    """The name as printed, without its title; in a headline of capitals with one capital a word."""
    if draft.name is None:
        return ""
    first, last = draft.name
    tokens = sentence.tokens
    text = "".join(
        t.form + (" " if t.space_after and i < last else "")
        for i, t in enumerate(tokens[first : last + 1], start=first)
    )
    return text.title() if text.isupper() and len(text) > 4 else text
