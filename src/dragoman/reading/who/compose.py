"""Pieces put together: "South Korean" + "foreign minister" + "Chung Eui-yong" is one mention, of one person, for one party.

All rules look at neighbouring words alone, so that they hold where the tree is wrong; the tree gives heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dragoman.codebook.actors import ActorBook, Office
from dragoman.model import Sentence, Token
from dragoman.reading.who.decide import Deciders
from dragoman.reading.who.pieces import name_run
from dragoman.reading.who.values import PARTY, Draft, Kind, Piece, head_of

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_HYPHENS = frozenset({"-", "–", "‑", "/"})
_OWN = frozenset({"its", "his", "her", "their", "our", "my"})
#: How far before an office its owner may stand.
_REACH = 9


class Composer:
    """Makes the drafts of one sentence."""

    def __init__(self, book: ActorBook, deciders: Deciders, number: int, sentence: Sentence) -> None:
        self.book, self.deciders, self.number, self.sentence = book, deciders, number, sentence
        self.tokens: Sequence[Token] = sentence.tokens
        self.drafts: list[Draft] = []

    def compose(self, pieces: Sequence[Piece]) -> list[Draft]:
        """The sentence's drafts from left to right."""
        taken = {j for p in pieces for j in range(p.first, p.last + 1)}
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
        self._drop()
        self._joined_by_of()
        self._appositions()
        self._drop()
        self._shared_owners()
        self._drop_idle()
        return self.drafts

    def _drop(self) -> None:
        self.drafts = [d for d in self.drafts if not d.gone]

    def _drop_idle(self) -> None:
        """Leave off what speaks for no party and never will: "students", "social media", "police"."""
        self.drafts = [
            d
            for d in self.drafts
            if d.codes or d.ambiguous or d.cls in {"person", "embassy", "mission"} or d.whose or self._may_refer(d)
        ]

    def _may_refer(self, draft: Draft) -> bool:
        told = draft.definite or draft.possessor is not None
        return told if draft.cls == "body" else draft.cls == "office" and (draft.level < 5 or told)

    def _add(self, first: int, last: int, cls: str, kind: Kind, codes: tuple[str, ...], rule: str) -> Draft:
        draft = Draft(self.number, first, last, cls, kind, codes, rule)
        self.drafts.append(draft)
        return draft

    def _before(self, i: int) -> Draft | None:
        """The draft that ends right before word ``i``."""
        return next((d for d in reversed(self.drafts) if not d.gone and d.last == i - 1), None)

    # ------------------------------------------------------------------------------------------------ parties

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
        draft = self._add(piece.first, piece.last, entry.kind, kind, entry.codes, entry.kind)
        draft.ambiguous, draft.text = open_codes, entry.key.lower()
        draft.plural = entry.kind in {"people", "joint"}
        if entry.kind == "people":
            draft.kind = "group"
        if entry.kind == "media":
            draft.office = "media"
        if entry.kind == "body":
            self._body_of_another(draft)

    def _body_of_another(self, draft: Draft) -> None:
        """ "Brazilian Congress": a body known by a common name belongs to the state that stands before it."""
        at = draft.first
        if at and self.tokens[at - 1].form in _POSSESSIVE:
            at -= 1
        owner = self._before(at)
        if owner is not None and owner.cls in {"name", "adj", "capital"} and owner.codes:
            draft.codes = owner.codes
            draft.absorb(owner)

    # ------------------------------------------------------------------------------------------------ offices

    def _office(self, piece: Piece, office: Office, taken: set[int], pieces: Sequence[Piece]) -> None:
        tokens = self.tokens
        named = tokens[head_of(self.sentence, piece.first, piece.last)]
        plural = named.feats.get("Number", "Plur" if named.form.endswith("s") else "") == "Plur" and office.key.split(
            " of "
        )[0].split(" for ")[0].endswith(("s", "men", "people"))
        kind: Kind = "organisation"
        if office.kind == "office":
            kind = "group" if plural else "person"
        draft = self._add(piece.first, piece.last, office.kind, kind, (), office.kind)
        draft.office, draft.level, draft.plural = office.key, office.level, plural
        draft.head = head_of(self.sentence, piece.first, piece.last)
        if self._rank_only(draft, piece, pieces):
            return
        self._prefix(draft)
        owner = self._owner(draft)
        if owner is not None:
            self._take_owner(draft, owner)
        if office.kind in {"mission", "embassy", "hotline"}:
            draft.channel = {"mission": "un_mission"}.get(office.kind, office.kind)
        if owner is None:
            draft.hint = self.book.owner(draft.office)
        self._weigh(draft, owner)
        if office.kind == "office" and not plural:
            draft.last = self._portfolio(draft.last, pieces)
            self._titled_name(draft, taken)

    def _rank_only(self, draft: Draft, piece: Piece, pieces: Sequence[Piece]) -> bool:
        """ "Deputy Foreign Minister Sheikh Khalifa", "Special Representative for the DPRK, Ambassador Kim": a rank before the name of an office's holder."""
        if draft.office not in self.book.words("ranks") or not self._is_name(piece.last + 1, pieces):
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
            inner = self._before(i + 1)
            before = (
                self._before(inner.first - 1)
                if inner is not None and self.tokens[inner.first - 1].form == "("
                else None
            )
            if inner is not None and before is not None:
                inner.gone = True
        if before is None or before.cls != "office" or before.plural or before.name is not None:
            return False
        before.last = draft.last
        draft.gone = True
        self._drop()
        return True

    def _prefix(self, draft: Draft) -> None:
        """ "deputy", "assistant", "shadow" before the office change what it is."""
        i = draft.first - 1
        word = self.tokens[i].form.lower() if i >= 0 else ""
        if word in self.book.words("lesser") and draft.cls == "office":
            draft.first = i
            draft.office = f"{word} {draft.office}"
            draft.level = 5 if word == "shadow" else max(draft.level, 2 if draft.level == 1 else 3)

    def _weigh(self, draft: Draft, owner: Draft | None) -> None:
        """A head of an organisation or group is its first; a "president" of a state's bank or party is none of a state."""
        if owner is None or draft.cls != "office":
            return
        if draft.office in self.book.words("heads") and owner.cls == "name" and owner.kind in {"organisation", "group"}:
            draft.level = 1
        elif draft.level == 1 and owner.cls == "body" and owner.kind == "organisation" and not owner.whose:
            draft.level = 2

    def _portfolio(self, last: int, pieces: Sequence[Piece]) -> int:
        """The last word of "for Political and Security Affairs" behind an office, where it is written with capitals."""
        tokens = self.tokens
        if not tokens[last].form[:1].isupper() or last + 2 >= len(tokens) or tokens[last + 1].form not in {"for", "of"}:
            return last
        stops = {p.first for p in pieces if p.is_person or p.office is not None}
        best = last
        for i in range(last + 2, min(last + 16, len(tokens))):
            if i in stops:
                return i - 1 if best > last and self._is_name(i, pieces) else best
            form = tokens[i].form
            if form in self.book.words("portfolios"):
                best = i
            elif not (form[:1].isupper() or form in {"and", "the", "of", "&", ",", "for", "to", "-", "on"}):
                return best
        return best

    def _is_named(self, i: int, pieces: Sequence[Piece]) -> bool:
        """Whether a person's name begins here, perhaps with a rank."""
        rank = next(
            (p for p in pieces if p.first == i and p.office is not None and p.office.key in self.book.words("ranks")),
            None,
        )
        return self._is_name(i if rank is None else rank.last + 1, pieces)

    def _is_name(self, i: int, pieces: Sequence[Piece]) -> bool:
        return any(p.first == i and p.is_person for p in pieces)

    def _topic(self, piece: Piece, pieces: Sequence[Piece]) -> None:
        """ "special envoy for North Korea Sung Kim", "President of France Emmanuel Macron": the office takes its topic before the name comes."""
        draft = self.drafts[-1] if self.drafts else None
        if draft is None or draft.first != piece.first or draft.cls not in {"name", "capital"}:
            return
        i = piece.first - 1
        if i >= 0 and self.tokens[i].form.lower() == "the":
            i -= 1
        office = self._before(i) if i > 0 else None
        if (
            office is None
            or office.cls not in {"office", "embassy", "mission"}
            or office.plural
            or office.name is not None
        ):
            return
        if piece.last + 1 < len(self.tokens):
            following = self.tokens[piece.last + 1]
            if (
                following.form in _POSSESSIVE
                or following.form in _HYPHENS
                or (following.upos in {"NOUN", "ADJ"} and following.relation != "punct")
                or (following.upos == "PROPN" and not self._is_named(piece.last + 1, pieces))
            ):
                return
        self._join(office, self.tokens[i].form.lower(), draft)
        self._drop()

    def _owner(self, draft: Draft) -> Draft | None:
        """The party that stands before an office, over adjectives and nouns only; notes "former", "the" and "its" on the way."""
        tokens, i = self.tokens, draft.first - 1
        for _ in range(_REACH):
            if i < 0:
                return None
            token = tokens[i]
            if token.form == ")" and (bracketed := self._bracketed(i)) is not None:
                return bracketed
            low = token.form.lower()
            owner = self._before(i + 1)
            if owner is not None:
                if owner.cls in PARTY or (
                    owner.cls in {"body", "office"}
                    and (owner.codes or owner.whose)
                    and owner.name is None
                    and not owner.plural
                ):
                    return owner
                if (
                    owner.cls in {"body", "office", "media"}
                    and owner.name is None
                    and draft.cls in {"office", "body"}
                    and owner.last == i
                ):
                    return owner
                if (
                    owner.cls == "person"
                    and owner.name is not None
                    and owner.name[1] == owner.last
                    and draft.cls in {"office", "body"}
                    and draft.level < 5
                    and (i < draft.first - 1 or draft.cls == "body")
                    and self._is_possessive_or_body(draft, i)
                ):
                    return owner
                return None
            if low in self.book.former:
                draft.former = True
            if low == "the":
                draft.definite = True
                return None
            if low in _OWN:
                draft.possessor = i
                return None
            if not (
                low in self.book.passing
                or low in _POSSESSIVE
                or token.form in _HYPHENS
                or _modifies(token)
                or self._joins_portfolios(i)
            ):
                return None
            i -= 1
        return None

    def _joins_portfolios(self, i: int) -> bool:
        """The "and" of "interior and overseas minister"."""
        if self.tokens[i].form != "and" or i == 0 or i + 1 >= len(self.tokens):
            return False
        sides = (self.tokens[i - 1], self.tokens[i + 1])
        return all(t.form.islower() and t.upos in {"ADJ", "NOUN"} for t in sides)

    def _is_possessive_or_body(self, draft: Draft, i: int) -> bool:
        """ "Putin's spokesman", "the Biden administration": with the possessive, or right before a body."""
        return self.tokens[i + 1].form in _POSSESSIVE or (draft.cls == "body" and i + 1 == draft.first)

    def _bracketed(self, i: int) -> Draft | None:
        """The party before a bracket that holds its abbreviation: "the People's Republic of China (PRC) Special Representative"."""
        inner = self._before(i)
        if inner is None or inner.cls not in PARTY or self.tokens[inner.first - 1].form != "(":
            return None
        outer = self._before(inner.first - 1)
        if outer is not None and outer.codes == inner.codes:
            outer.last = i
            inner.gone = True
            return outer
        return None

    def _take_owner(self, draft: Draft, owner: Draft) -> None:
        draft.codes, draft.ambiguous = owner.codes, owner.ambiguous
        draft.possessor = owner.possessor if owner.possessor is not None else draft.possessor
        draft.whose = owner.name if owner.cls == "person" else owner.whose
        draft.former = draft.former or self._former_before(owner.first)
        linked = owner
        if owner.cls in {"body", "mission", "embassy", "media"} and owner.office:
            draft.definite = draft.definite or owner.definite
        draft.absorb(owner)
        draft.rule = "owner+" + draft.cls
        if draft.plural or draft.cls != "office":
            while (other := self._coordinated(linked, listed=linked is not owner)) is not None:
                draft.codes = tuple(dict.fromkeys(other.codes + draft.codes))
                draft.absorb(other)
                draft.plural = True
                linked = other

    def _former_before(self, i: int) -> bool:
        return i > 0 and self.tokens[i - 1].form.lower() in self.book.former

    def _coordinated(self, owner: Draft, *, listed: bool) -> Draft | None:
        """The party that shares the office with this one: "US and South Korean officials"."""
        i = owner.first - 1
        links = []
        while (
            i >= 0
            and (self.tokens[i].form in {",", "and", "&", "or"} or self.tokens[i].form in _HYPHENS)
            and owner.first - i <= 2
        ):
            links.append(self.tokens[i].form)
            i -= 1
        # A comma alone joins only the members of a list that an "and" closes.
        other = self._before(i + 1) if links and (links != [","] or listed) else None
        if other is None or other.cls not in {"adj", "name", "capital"} or owner.cls not in {"adj", "name", "capital"}:
            return None
        # "in Iran and Chinese officials" joins nothing: a full name without an adjective's use is only taken among abbreviations and names.
        if other.cls == "name" and owner.cls == "adj" and len(self.tokens[other.first].form) > 5:
            return None
        return other

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
            self._name(draft, start, last)

    def _name(self, draft: Draft, first: int, last: int) -> None:
        draft.name = (first, last)
        draft.last = max(draft.last, last)
        draft.first = min(draft.first, first)
        draft.kind, draft.cls = "person", "person"
        draft.rule = "title" if not draft.rule.startswith("owner") else "owner+title"

    # ------------------------------------------------------------------------------------------------- people

    def _person(self, first: int, last: int) -> None:
        tokens, at = self.tokens, first
        titled = False
        while (
            at and tokens[at - 1].form.lower().rstrip(".") in self.book.titles and (tokens[at - 1].form[:1].isupper())
        ):
            at -= 1
            titled = True
        before = self._before(at)
        if before is not None and before.cls == "office" and before.name is None and not before.plural:
            self._name(before, first, last)
            before.last = max(before.last, last)
            return
        if before is not None and before.cls in {"body", "embassy"} and before.codes and not titled:
            # "the Trump administration" reads the other way round; "State Department Ned Price" does not occur.
            pass
        draft = self._add(at if titled else first, last, "person", "person", (), "name")
        draft.name = (first, last)
        if (
            before is not None
            and before.cls in {"adj", "name"}
            and before.codes
            and tokens[at - 1].form not in _POSSESSIVE
            and before.kind == "state"
        ):
            # "Iranian Ali Khamenei", "the North's Kim Jong Un" (with the possessive it may be any kin).
            draft.codes = before.codes
            draft.rule = "owner+name"
            draft.absorb(before)
        elif at and tokens[at - 1].form in _POSSESSIVE:
            owner = self._before(at - 1)
            if owner is not None and owner.cls in {"name", "capital"} and owner.kind == "state":
                draft.codes, draft.rule = owner.codes, "owner+name"
                draft.absorb(owner)

    # ----------------------------------------------------------------------------------------------- joining

    def _joined_by_of(self) -> None:
        """ "the foreign minister of Iran", "the embassy of Japan", "ambassador to the UN", "officials from both Koreas"."""
        for draft in reversed(self.drafts):
            if draft.gone or draft.cls not in {"office", "body", "mission", "embassy", "person"} or not draft.office:
                continue
            end = draft.last if draft.name is None or draft.name[0] > draft.last else draft.last
            if draft.name is not None and draft.name[1] == draft.last:
                continue
            i = end + 1
            if i >= len(self.tokens):
                continue
            link = self.tokens[i].form.lower()
            j = i + 1
            while j < len(self.tokens) and self.tokens[j].form.lower() in {"the", "a", "an"}:
                j += 1
            other = next(
                (d for d in self.drafts if d is not draft and not d.gone and d.first <= j <= d.last and d.first >= i),
                None,
            )
            if other is not None:
                self._join(draft, link, other)

    def _join(self, draft: Draft, link: str, other: Draft) -> None:
        topical = any(word in draft.office for word in self.book.words("topical"))
        if link in {"to", "for", "on", "at"} and topical and other.cls in PARTY:
            if other.codes == ("UN",) and (
                "ambassador" in draft.office
                or "representative" in draft.office
                or "mission" in draft.office
                or "envoy" in draft.office
            ):
                draft.channel = "un_mission"
            draft.absorb(other)
            self._name_after(draft)
        elif (
            draft.cls == "body"
            and link == "of"
            and other.cls == "person"
            and other.name is not None
            and not draft.codes
        ):
            draft.whose, draft.rule = other.name, "body+of"
            draft.absorb(other)
        elif (
            not draft.codes
            and link in {"of", "for"}
            and (other.codes or other.cls in {"body", "office"})
            and other.name is None
            and not self._is_modifier(other)
        ):
            draft.codes, draft.ambiguous, draft.rule = other.codes, other.ambiguous, draft.cls + "+of"
            draft.possessor = other.possessor if draft.possessor is None else draft.possessor
            draft.whose = other.whose
            if other.cls == "body" and not other.codes and other.definite:
                draft.body, draft.definite = other.office, True
            draft.absorb(other)
            self._name_after(draft)
            self._listed(draft)
        elif (
            not draft.codes
            and link in {"from", "with", "at"}
            and draft.kind in {"group", "person"}
            and other.codes
            and other.cls in PARTY | {"body", "embassy", "mission"}
        ):
            draft.codes, draft.rule = other.codes, draft.cls + "+from"
            draft.absorb(other)
            self._listed(draft)
        elif not draft.codes and link == "in" and draft.office.startswith("counterpart") and other.cls == "capital":
            draft.codes, draft.rule = other.codes, draft.cls + "+from"
            draft.absorb(other)
            self._listed(draft)
        elif link == "of" and draft.codes and other.codes == draft.codes and other.name is None:
            draft.absorb(other)
            self._name_after(draft)

    def _is_modifier(self, draft: Draft) -> bool:
        """Whether the party's name only describes the next word: "chief of U.S. affairs"."""
        token = self.tokens[draft.last]
        return (
            draft.cls in {"name", "adj", "capital"}
            and token.head > draft.last
            and token.relation in {"compound", "amod"}
        )

    def _listed(self, draft: Draft) -> None:
        """ "delegations of Cyprus, Greece and Israel": the other members of the list."""
        while draft.plural:
            i = draft.last + 1
            while i < len(self.tokens) and self.tokens[i].form in {",", "and", "&", "the"} and i - draft.last <= 3:
                i += 1
            other = next((d for d in self.drafts if not d.gone and d.first == i), None)
            if i == draft.last + 1 or other is None or other.cls not in {"name", "capital"} or len(other.codes) != 1:
                return
            draft.codes = tuple(dict.fromkeys(draft.codes + other.codes))
            draft.absorb(other)

    def _name_after(self, draft: Draft) -> None:
        """The holder's name right after "of ..." belongs to the office: "President of France Emmanuel Macron"."""
        other = next((d for d in self.drafts if not d.gone and d is not draft and d.first == draft.last + 1), None)
        if (
            other is not None
            and other.cls == "person"
            and other.name is not None
            and not other.office
            and draft.name is None
            and draft.kind == "person"
        ):
            name = other.name
            draft.absorb(other)
            self._name(draft, *name)

    def _appositions(self) -> None:
        for draft in self.drafts:
            if draft.gone:
                continue
            nxt = next((d for d in self.drafts if not d.gone and d is not draft and d.first > draft.last), None)
            if nxt is None or draft.last + 1 >= len(self.tokens) or self.tokens[draft.last + 1].form != ",":
                continue
            between = [t.form.lower() for t in self.tokens[draft.last + 2 : nxt.first]]
            if (
                any(
                    w not in {"the", "a", "an", "its", "his", "her", "their"} and w not in self.book.passing
                    for w in between
                )
                or len(between) > 4
            ):
                continue
            if (
                draft.cls == "office"
                and draft.name is None
                and not draft.plural
                and nxt.cls == "person"
                and not nxt.office
                and not between
                and self._closed(nxt.last + 1)
            ):
                if draft.codes or draft.whose or draft.possessor is not None or draft.definite:
                    name = nxt.name
                    draft.absorb(nxt)
                    assert name is not None
                    self._name(draft, *name)
                    draft.rule += "+apposition"
            elif (
                draft.cls == "person"
                and draft.name is not None
                and not draft.office
                and nxt.cls == "office"
                and not nxt.plural
                and self._closed(nxt.last + 1)
            ):
                self._described(draft, nxt)

    def _shared_owners(self) -> None:
        """ "Israeli prime minister N and energy minister S": the second may share the first one's state (if the book does not know better)."""
        for first, second in pairwise(self.drafts):
            between = [t.form for t in self.tokens[first.last + 1 : second.first]]
            if (
                second.name is not None
                and second.office
                and not second.codes
                and first.codes
                and first.name is not None
                and between in (["and"], [","], [",", "and"], ["&"])
            ):
                second.hint = first.codes or first.hint

    def _described(self, draft: Draft, office: Draft) -> None:
        """ "Ri Son Gwon, the North Korean foreign minister,"."""
        draft.codes = office.codes or draft.codes
        draft.office, draft.level, draft.former = office.office, office.level, office.former
        draft.possessor = office.possessor
        draft.rule = "apposition"
        draft.absorb(office)

    def _closed(self, i: int) -> bool:
        """Whether an apposition may end before word ``i``: no further member of a list follows."""
        return i >= len(self.tokens) or self.tokens[i].form not in {"and", "or", "&"}


def _modifies(token: Token) -> bool:
    """Whether the word may stand between an owner and the office: adjectives, nouns in small letters, capitalised parts of titles."""
    if token.upos in {"ADJ", "NUM"}:
        return True
    if token.upos == "VERB" and token.feats.get("VerbForm") == "Part":
        return token.relation in {"amod", "compound"}
    return token.upos in {"NOUN", "PROPN"} and token.relation in {
        "compound",
        "amod",
        "nmod",
        "flat",
        "appos",
        "nmod:desc",
    }
