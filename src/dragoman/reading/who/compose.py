"""Pieces put together: "South Korean" + "foreign minister" + "Chung Eui-yong" is one mention, of one person, for one party.

All rules look at neighbouring words alone, so that they hold where the tree is wrong; the tree gives heads.
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.codebook.actors import Office
from dragoman.reading.who.joins import Joins
from dragoman.reading.who.owners import Owners
from dragoman.reading.who.pieces import name_run
from dragoman.reading.who.private import speaks_for_nobody
from dragoman.reading.who.row import HYPHENS, POSSESSIVE
from dragoman.reading.who.values import Draft, Kind, Piece, head_of

#: Who leads a political party holds no office of state by that.
_PARTY_HEAD = 4
#: Delegations are working level unless their head is told.
_DELEGATES = 4
#: Forms of address before an office: "Mr. Secretary", "Madam Vice President".
_ADDRESS = frozenset({"Mr", "Madam", "Madame"})


class Composer(Owners, Joins):
    """Makes the drafts of one sentence."""

    def compose(self, pieces: Sequence[Piece]) -> list[Draft]:
        """The sentence's drafts from left to right."""
        # A town's name right after a title is its holder's: "Secretary Florence".
        taken = {j for p in pieces if not (p.entry and p.entry.kind == "part") for j in range(p.first, p.last + 1)}
        for piece in pieces:
            if self.drafts and not self.drafts[-1].gone and piece.first <= self.drafts[-1].last:
                continue
            if piece.entry is not None:
                self._party(piece, pieces)
                self._topic(piece, pieces)
            elif piece.office is not None:
                self._office(piece, piece.office, taken, pieces)
            else:
                self._person(piece.first, piece.last)
        self.drop()
        self.joined_by_of()
        self.appositions()
        self.drop()
        self.shared_owners()
        self.drafts = [d for d in self.drafts if not speaks_for_nobody(self.book, self.sentence, d)]
        self._drop_idle()
        return self.drafts

    def _drop_idle(self) -> None:
        """Leave off what speaks for no party and never will: "students", "social media", "police"."""
        self.drafts = [
            d
            for d in self.drafts
            if ((d.codes or d.ambiguous) and d.cls != "part")
            or d.cls in {"person", "embassy", "mission"}
            or d.whose
            or self._may_refer(d)
        ]

    def _may_refer(self, draft: Draft) -> bool:
        told = draft.definite or draft.possessor is not None
        if draft.cls == "body" and self.tokens[draft.first].form[:1].isupper() and draft.first == draft.last:
            told = told or draft.office in self.book.words("home_bodies")
        return told if draft.cls == "body" else draft.cls == "office" and (draft.level < 5 or told)

    def _party(self, piece: Piece, pieces: Sequence[Piece]) -> None:
        assert piece.entry is not None
        entry, open_codes = self.deciders.entry(piece.entry)
        if (
            entry is None
            and piece.entry.kind == "body"
            and (office := self.book.office(piece.entry.key.lower())) is not None
        ):
            self._office(Piece(piece.first, piece.last, office=office), office, set(), pieces)
            return
        if entry is None or entry.kind == "nobody":
            return
        kind: Kind = "group" if entry.what == "group" else "organisation" if entry.what == "organisation" else "state"
        draft = self.add(piece.first, piece.last, entry.kind, kind, entry.codes, entry.kind)
        draft.ambiguous, draft.text = open_codes, entry.key.lower()
        draft.plural = entry.kind in {"people", "joint"}
        if entry.kind == "people":
            draft.kind = "group"
        if entry.kind == "media":
            draft.office = "media"
        if entry.kind == "body":
            self.body_of_another(draft)

    def _office(self, piece: Piece, office: Office, taken: set[int], pieces: Sequence[Piece]) -> None:
        tokens = self.tokens
        named = tokens[head_of(self.sentence, piece.first, piece.last)]
        plural = named.feats.get("Number", "Plur" if named.form.endswith("s") else "") == "Plur" and office.key.split(
            " of "
        )[0].split(" for ")[0].endswith(("s", "men", "people"))
        kind: Kind = "organisation"
        if office.kind == "office":
            kind = "group" if plural else "person"
        draft = self.add(piece.first, piece.last, office.kind, kind, (), office.kind)
        draft.office, draft.level, draft.plural = office.key, office.level, plural
        draft.head = head_of(self.sentence, piece.first, piece.last)
        if self._rank_only(draft, piece, pieces):
            return
        self._prefix(draft)
        self._addressed(draft)
        owner = self.owner(draft)
        if owner is not None:
            self.take_owner(draft, owner)
        if office.kind in {"mission", "embassy", "hotline"}:
            draft.channel = {"mission": "un_mission"}.get(office.kind, office.kind)
        if owner is None:
            draft.hint = self._only_owner(draft.office)
        if draft.office in self.book.words("private_people") and not draft.plural:
            draft.codes, draft.ambiguous = (), ()
        if office.key.startswith("delegation"):
            draft.level = _DELEGATES
        self._weigh(draft, owner)
        if office.kind == "office" and not plural:
            draft.last = self._not_yet(self._portfolio(draft.last, pieces))
            self._titled_name(draft, taken)

    def _rank_only(self, draft: Draft, piece: Piece, pieces: Sequence[Piece]) -> bool:
        """ "Defence Minister General Horn", "Special Envoy for the Sahel, Ambassador Quill": a rank between office and name."""
        if draft.office not in self.book.words("ranks") or not self.is_name(piece.last + 1, pieces):
            return False
        i = draft.first - 1
        while i > 0 and self.tokens[i].form in {",", ")"}:
            i -= 1
        gap = i + 1 < draft.first
        before = next(
            (
                d
                for d in reversed(self.drafts)
                if d is not draft
                and not d.gone
                and (d.last == i or (gap and d.last == i - 2 and self.tokens[i - 1].form == "("))
            ),
            None,
        )
        if gap and self.tokens[draft.first - 1].form == ")":
            inner = self.before(i + 1)
            before = (
                self.before(inner.first - 1) if inner is not None and self.tokens[inner.first - 1].form == "(" else None
            )
            if inner is not None and before is not None:
                inner.gone = True
        if before is None or before.cls != "office" or before.plural or before.name is not None:
            return False
        before.last = draft.last
        draft.gone = True
        self.drop()
        return True

    def _prefix(self, draft: Draft) -> None:
        """ "deputy", "assistant", "shadow" before the office change what it is."""
        i = draft.first - 1
        word = self.tokens[i].form.lower() if i >= 0 else ""
        if word in self.book.words("lesser") and draft.cls == "office":
            draft.first = i
            draft.office = f"{word} {draft.office}"
            draft.level = 5 if word == "shadow" else max(draft.level, 2 if draft.level == 1 else 3)

    def _only_owner(self, office: str) -> tuple[str, ...]:
        """The only party with an office of that title, if the report names it or is about no other state."""
        found, home = self.book.owner(office), self.deciders.home()
        return found if not found or not home or self.deciders.named[found[0]] else ()

    def _addressed(self, draft: Draft) -> None:
        """ "Mr. Minister": who is spoken to was named before."""
        i = draft.first - 1
        if draft.cls == "office" and i >= 0 and self.tokens[i].form.rstrip(".") in _ADDRESS:
            draft.first, draft.definite = i, True

    def _weigh(self, draft: Draft, owner: Draft | None) -> None:
        """A head of an organisation or group is its first; a "president" of a state's bank or party is none of a state."""
        if owner is None or draft.cls != "office":
            return
        if owner.cls == "body" and owner.text.endswith(" party"):
            draft.level = max(draft.level, _PARTY_HEAD)
            return
        if draft.office in self.book.words("heads") and owner.cls == "name" and owner.kind in {"organisation", "group"}:
            draft.level = 1
        elif (
            draft.level == 1
            and owner.cls == "body"
            and not all(self.book.sort(c) == "organisation" for c in owner.codes)
            and owner.kind == "organisation"
            and not owner.whose
        ):
            draft.level = 2

    def _portfolio(self, last: int, pieces: Sequence[Piece]) -> int:
        """The last word of "for Trade and Consular Affairs" behind an office, where it is written with capitals."""
        tokens = self.tokens
        if (
            not tokens[last].form[:1].isupper()
            or last + 2 >= len(tokens)
            or tokens[last + 1].form not in {"for", "of", "on"}
        ):
            return last
        stops = {p.first for p in pieces if p.is_person or p.office is not None}
        best = last
        for i in range(last + 2, min(last + 16, len(tokens))):
            form = tokens[i].form
            if form in self.book.words("portfolios") and not self.is_name(i, pieces):
                best = i
            elif i in stops:
                return i - 1 if best > last and self.is_name(i, pieces) else best
            elif not (form[:1].isupper() or form in {"and", "the", "of", "&", ",", "for", "to", "-", "on"}):
                return best
        return best

    def _not_yet(self, last: int) -> int:
        """Past the "-designate" behind an office."""
        behind = [t.form.lower() for t in self.tokens[last + 1 : last + 3]]
        return last + 2 if len(behind) == 2 and behind[0] in HYPHENS and behind[1] in {"designate", "elect"} else last

    def _topic(self, piece: Piece, pieces: Sequence[Piece]) -> None:
        """ "special envoy for the Sahel Ada Quill", "President of Chile Juan Roe": the office takes its topic before the name comes."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or draft.first != piece.first or draft.cls not in {"name", "capital", "part"}:
            return
        i = piece.first - 1
        if i >= 0 and self.tokens[i].form.lower() == "the":
            i -= 1
        office = self.before(i) if i > 0 else None
        if (
            office is None
            or office.cls not in {"office", "embassy", "mission"}
            or office.plural
            or office.name is not None
        ):
            return
        if piece.last + 1 < len(self.tokens):
            following = self.tokens[piece.last + 1]
            goes_on = following.form in POSSESSIVE | HYPHENS or following.upos in {"NOUN", "ADJ", "PROPN"}
            if goes_on and not self.is_named(piece.last + 1, pieces):
                return
        self.join(office, self.tokens[i].form.lower(), draft)
        self.drop()

    def _titled_name(self, draft: Draft, taken: set[int]) -> None:
        """A run of capitalised words after a title that no list and no tag knows is the holder's name."""
        start = draft.last + 1
        while (
            start < len(self.tokens)
            and self.tokens[start].form.lower().rstrip(".") in self.book.titles
            and self.tokens[start].form[:1].isupper()
        ):
            start += 1
        if start in taken or start >= len(self.tokens) or not self.tokens[draft.last].form[:1].isupper():
            return
        last = name_run(self.tokens, start, taken)
        if last >= start and self.tokens[start].form[:1].isupper():
            self.name(draft, start, last)

    def _person(self, first: int, last: int) -> None:
        tokens, at = self.tokens, first
        titled = False
        while (
            at and tokens[at - 1].form.lower().rstrip(".") in self.book.titles and (tokens[at - 1].form[:1].isupper())
        ):
            at -= 1
            titled = True
        before = self.before(at)
        if before is not None and before.cls == "office" and before.name is None and not before.plural:
            self.name(before, first, last)
            before.last = max(before.last, last)
            return
        if before is not None and before.cls in {"body", "embassy"} and before.codes and not titled:
            # "the Trump administration" reads the other way round; "State Department Ned Price" does not occur.
            pass
        draft = self.add(at if titled else first, last, "person", "person", (), "name")
        draft.name = (first, last)
        if (
            before is not None
            and before.cls in {"adj", "name"}
            and before.codes
            and tokens[at - 1].form not in POSSESSIVE
            and before.kind == "state"
        ):
            # "Iranian Ali Khamenei", "the North's Kim Jong Un" (with the possessive it may be any kin).
            draft.codes = before.codes
            draft.rule = "owner+name"
            draft.absorb(before)
        elif at and tokens[at - 1].form in POSSESSIVE:
            owner = self.before(at - 1)
            if owner is not None and owner.cls in {"name", "capital"} and owner.kind == "state":
                draft.codes, draft.rule = owner.codes, "owner+name"
                draft.absorb(owner)
