"""What a report has named so far: the parties and people to whom later words may refer back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from dragoman.codebook.actors import ActorBook
from dragoman.model import Sentence
from dragoman.reading.who.offices import offices_agree
from dragoman.reading.who.values import Draft

#: A pronoun looks no further back, in sentences.
_PRONOUN_REACH = 3
#: A shortened description ("the official") looks further.
_NOUN_REACH = 12
_SUBJECT = frozenset({"nsubj"})


@dataclass
class Memory:
    """The drafts of earlier sentences, nearest last, and what they say of subjects and genders."""

    book: ActorBook
    _by_sentence: dict[int, list[tuple[Draft, bool]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    barrier: int = 0
    """No pronoun looks before this sentence: another speaker began here."""

    def add(self, sentence: Sentence, draft: Draft) -> None:
        """Take up a draft once it is resolved."""
        self._by_sentence.setdefault(draft.sentence, []).append((draft, self._is_subject(sentence, draft)))
        if len(draft.codes) == 1 and not draft.place_only and draft.cls != "noun":
            self.counts.update(draft.codes)

    def _is_subject(self, sentence: Sentence, draft: Draft) -> bool:
        for i in range(draft.first, draft.last + 1):
            token = sentence.tokens[i]
            if token.relation in _SUBJECT and not draft.first <= token.head <= draft.last:
                return True
        return False

    def back(self, here: Draft, reach: int) -> list[tuple[Draft, bool]]:
        """Earlier drafts, nearest sentence first; within a sentence subjects first."""
        first = max(self.barrier, here.sentence - reach)
        found: list[tuple[Draft, bool]] = []
        for number in range(here.sentence, first - 1, -1):
            rows = self._by_sentence.get(number, ())
            if number == here.sentence:
                rows = [r for r in rows if r[0].first < here.first]
            found += sorted(rows, key=lambda r: (not r[1], r[0].first))
        return found

    def person(self, here: Draft, gender: str, *, but: Draft | None = None, nearest: bool = False) -> Draft | None:
        """Whom "he" or "she" means: subjects first, or with ``nearest`` (for "him") the person named last."""
        rows = self.back(here, _PRONOUN_REACH)
        if nearest:
            rows = sorted(rows, key=lambda r: (-r[0].sentence, -r[0].first))
        for draft, _ in rows:
            if draft.cls == "pronoun" and draft.person is None:
                continue
            if draft.kind not in {"person", "pronoun"} or draft.plural or draft.office in {"sister", "brother"}:
                continue
            if but is not None and (draft is but or (draft.person is not None and draft.person == but.person)):
                continue
            known = self.book.gender(draft.person) if draft.person else ""
            if known and known != gender:
                continue
            return draft
        return None

    def thing(self, here: Draft) -> Draft | None:
        """What "it" means: the last subject that is a state, an organisation or a body."""
        for draft, subject in self.back(here, 1):
            if draft.cls == "pronoun":
                continue
            if (
                subject
                and draft.kind in {"state", "organisation", "group"}
                and draft.cls not in {"adj", "people"}
                and draft.codes
                and not draft.place_only
            ):
                return draft if not draft.plural else None
        return None

    def plural(self, here: Draft) -> tuple[str, ...]:
        """What "they" means: the codes of the last plural subject, empty if the last subject was single."""
        rows = self.back(here, 1)
        for number in sorted({d.sentence for d, _ in rows}, reverse=True):
            subjects = [d for d, s in rows if s and d.sentence == number]
            if not subjects:
                continue
            lead = subjects[0]
            if lead.plural or lead.cls in {"body", "people"} or lead.kind == "group":
                return lead.codes
            return self.company(here)
        return ()

    def pair(self, here: Draft) -> tuple[str, ...]:
        """The two parties of whom "both sides" speaks; empty where two do not stand out."""
        for draft, _ in self.back(here, 1):
            if draft.cls in {"pronoun", "noun"} and draft.plural and len(draft.codes) == 2:
                return draft.codes
        together = self.company(here)
        if len(together) == 2:
            return together
        seen: list[str] = []
        for number in range(here.sentence, max(self.barrier, here.sentence - 4) - 1, -1):
            for draft, _ in self.rows_of(number):
                repeats = draft.cls == "noun" and len(draft.codes) == 1
                if not (draft.place_only or repeats) and (number != here.sentence or draft.first < here.first):
                    seen.extend(c for c in draft.codes if c not in seen)
            # Those who bring two sides together are seldom one of them.
            sides = [c for c in seen if self.book.sort(c) != "organisation"]
            if len(sides) >= 2:
                return self._two(sides)
        return self._two(seen) if len(seen) >= 2 else ()

    def pair_here(self, here: Draft) -> tuple[str, ...]:
        """The two states, and no third, that the sentence names before the draft; else nothing."""
        rows = self.rows_of(here.sentence)
        named = dict.fromkeys(c for d, _ in rows if d.first < here.first and d.cls != "pronoun" for c in d.codes)
        return tuple(named) if len(named) == 2 else ()

    def _two(self, seen: list[str]) -> tuple[str, ...]:
        best = sorted(seen, key=lambda c: (-self.counts[c], seen.index(c)))[:2]
        return tuple(c for c in seen if c in best)

    def rows_of(self, number: int) -> list[tuple[Draft, bool]]:
        """The drafts of one sentence."""
        return self._by_sentence.get(number, [])

    def party(
        self, here: Draft, sort: str, among: frozenset[str] | None, *, but: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """The party of that sort (and ``among`` those codes, ``but`` not these) named last ("the country", "the bloc").

        Of several in a sentence it is the one named most; with ``but`` the last few sentences alone are looked at.
        """
        at, codes = -1, []
        for draft, _ in self.back(here, _PRONOUN_REACH if but else _NOUN_REACH):
            if at >= 0 and draft.sentence != at:
                break
            if (
                len(draft.codes) == 1
                and draft.codes != but
                and draft.cls != "media"
                and self.book.sort(draft.codes[0]) == sort
                and (among is None or draft.codes[0] in among)
            ):
                at = draft.sentence
                codes.append(draft.codes)
        return max(codes, key=lambda c: self.counts[c[0]], default=())

    def company(self, here: Draft) -> tuple[str, ...]:
        """The parties of the people whom the last sentence with two or more brings together ("they", "the leaders")."""
        rows = self.back(here, 2)
        for number in sorted({d.sentence for d, _ in rows}, reverse=True):
            found = tuple(
                dict.fromkeys(
                    c
                    for d, _ in sorted(rows, key=lambda r: r[0].first)
                    if d.sentence == number and d.kind == "person" and d.cls == "person"
                    for c in d.codes
                )
            )
            if len(found) > 1:
                return found
        return ()

    def body(self, here: Draft, word: str) -> Draft | None:
        """The nearest body whose name ends in the word ("the department")."""
        for draft, _ in self.back(here, 60):
            if not draft.codes or draft.cls == "pronoun":
                continue
            by_name = draft.cls == "name" and draft.kind == "organisation" and word == "council"
            if (by_name or draft.cls in {"body", "embassy", "mission"}) and (draft.office or draft.text).endswith(word):
                return draft
            if draft.kind == "person" and word in draft.office.split():
                return draft
        return None

    def holder(self, here: Draft, office: str, *, former: bool) -> Draft | None:
        """The nearest person or unnamed official whose office may be meant by a shorter title."""
        generic = office in {"official", "diplomat", "officer"}
        for draft, _ in self.back(here, 60 if not generic else _NOUN_REACH):
            if not draft.office or not draft.codes or draft.cls == "pronoun" or draft.kind not in {"person", "group"}:
                continue
            if former and not draft.former:
                continue
            if offices_agree(self.book, draft.office, office) or offices_agree(
                self.book, draft.office.removesuffix("s"), office
            ):
                return draft
        return None

    def single(self, here: Draft, reach: int) -> tuple[str, ...]:
        """The code of the only state that the last sentences speak of; empty if there are several."""
        codes = {
            c for d, _ in self.back(here, reach) if d.kind == "state" or d.cls in {"body", "person"} for c in d.codes
        }
        return tuple(codes) if len(codes) == 1 else ()
