"""What hangs on an office from behind: "of", "to", "for", appositions, and lists."""

from __future__ import annotations

from itertools import pairwise

from dragoman.reading.who.row import HYPHENS, POSSESSIVE, Row
from dragoman.reading.who.values import PARTY, Draft


class Joins(Row):
    """Joins drafts that make one mention."""

    def joined_by_of(self) -> None:
        """ "the foreign minister of Iran", "the embassy of Japan", "ambassador to the UN", "officials from both Koreas"."""
        for draft in reversed(self.drafts):
            if draft.gone or draft.cls not in {"office", "body", "mission", "embassy", "person"} or not draft.office:
                continue
            named = draft.name is not None and draft.name[1] == draft.last
            if named and draft.codes:
                continue
            i = draft.last + 1
            if i >= len(self.tokens):
                continue
            link = self.tokens[i].form.lower()
            j = i + 1
            if [t.form for t in self.tokens[i : i + 3]] == ["and", "people", "of"]:
                # "the government and people of Peru"
                self.shares(draft, i + 3)
                continue
            while j < len(self.tokens) and self.tokens[j].form.lower() in {"the", "a", "an"}:
                j += 1
            other = next(
                (d for d in self.drafts if d is not draft and not d.gone and d.first <= j <= d.last and d.first >= i),
                None,
            )
            if other is not None and named:
                self.of_state(draft, link, other)
            elif other is not None:
                self.join(draft, link, other)

    def shares(self, draft: Draft, i: int) -> None:
        """Give a body the state that stands behind what it is joined with."""
        other = next((d for d in self.drafts if not d.gone and d.first in {i, i + 1} and d.cls == "name"), None)
        if other is not None and draft.cls == "body" and not draft.codes:
            draft.codes, draft.rule = other.codes, draft.cls + "+of"

    def of_state(self, draft: Draft, link: str, other: Draft) -> None:
        """Give "Prime Minister N of Peru" its state."""
        if link == "of" and other.cls in {"name", "part", "body"} and other.codes and not self.is_modifier(other):
            draft.codes, draft.rule = other.codes, draft.rule + "+of"
            draft.absorb(other)

    def join(self, draft: Draft, link: str, other: Draft) -> None:
        """Join an office with what stands behind it, if the link between them lets it."""
        topical = any(word in draft.office for word in self.book.words("topical"))
        if link in {"to", "for", "on", "at"} and topical and other.cls in PARTY:
            if other.codes == ("UN",) and (
                "ambassador" in draft.office
                or "representative" in draft.office
                or "mission" in draft.office
                or "envoy" in draft.office
            ):
                draft.channel = "un_mission"
            if link in {"to", "in"} and draft.cls == "office":
                draft.posted = other.codes
            draft.absorb(other)
            self.listed(draft, topics=True)
            self.name_after(draft)
        elif (
            draft.name is None
            and link == "of"
            and other.cls == "person"
            and draft.office in self.book.words("relations")
        ):
            draft.whose, draft.codes = other.name, other.codes
            draft.absorb(other)
        elif (
            draft.cls == "body"
            and link == "of"
            and other.cls == "person"
            and other.name is not None
            and not draft.codes
            and draft.office != "leadership"
        ):
            draft.whose, draft.codes, draft.rule = other.name, other.codes, "body+of"
            draft.absorb(other)
        elif (
            not draft.codes
            and link in {"of", "for"}
            and (other.codes or other.cls in {"body", "office"})
            and not self.leads_on(other)
            and other.name is None
            and not self.is_modifier(other)
        ):
            draft.codes, draft.ambiguous, draft.rule = other.codes, other.ambiguous, draft.cls + "+of"
            draft.possessor = other.possessor if draft.possessor is None else draft.possessor
            draft.whose = other.whose
            if other.cls == "body" and not other.codes and other.definite:
                draft.body, draft.definite = other.office, True
            draft.absorb(other)
            self.name_after(draft)
            self.listed(draft)
        elif (
            not draft.codes
            and link in {"from", "with", "at"}
            and draft.kind in {"group", "person"}
            and other.codes
            and other.cls in PARTY | {"body", "embassy", "mission"}
        ) or (not draft.codes and link == "in" and self.rules_there(draft, other)):
            draft.codes, draft.rule = other.codes, draft.cls + "+from"
            draft.absorb(other)
            self.listed(draft)
        elif self.goes_on(draft, link, other):
            draft.absorb(other)
            self.name_after(draft)

    def leads_on(self, other: Draft) -> bool:
        """Whether the party's name only opens a longer one: "director of Peru-based Acme", "director of Peru's Acme League"."""
        behind = self.tokens[other.last + 1 : other.last + 3]
        if not behind or behind[0].form in HYPHENS:
            return bool(behind)
        named = len(behind) == 2 and behind[0].form in POSSESSIVE and behind[1].form[:1].isupper()
        return named and not any(
            d.first == other.last + 2 and d.cls in {"office", "person"} for d in self.drafts if not d.gone
        )

    def goes_on(self, draft: Draft, link: str, other: Draft) -> bool:
        """Whether the place only says more of an office whose party is told: "US senator from Ohio", "US president of the United States"."""
        if not draft.codes or (draft.name is not None and other.cls == "part"):
            return False
        if other.cls == "part":
            return link in {"from", "for", "of"}
        return link == "of" and other.codes == draft.codes and other.name is None

    def rules_there(self, draft: Draft, other: Draft) -> bool:
        """ "her counterparts in Lima", "the regime in Peru", "authorities in Ohio"."""
        if draft.office.startswith("counterpart"):
            return other.cls in {"capital", "name"}
        before = self.tokens[draft.first - 1] if draft.first else None
        if before is not None and before.relation == "compound" and draft.first <= before.head <= draft.last:
            return False
        ruling = draft.cls == "body" or draft.office in {"officials", "lawmakers", "legislators", "prosecutors"}
        return (
            ruling
            and draft.office in self.book.words("home_bodies") | self.book.words("rulers")
            and other.cls in {"name", "part"}
        )

    def is_modifier(self, draft: Draft) -> bool:
        """Whether the party's name only describes the next word: "chief of U.S. affairs"."""
        token = self.tokens[draft.last]
        return (
            draft.cls in {"name", "adj", "capital"}
            and token.head > draft.last
            and token.relation in {"compound", "amod"}
        )

    def listed(self, draft: Draft, *, topics: bool = False) -> None:
        """ "ministers of Chile, Peru and Bolivia": the other members of the list."""
        while draft.plural:
            i = draft.last + 1
            while i < len(self.tokens) and self.tokens[i].form in {",", "and", "&", "the"} and i - draft.last <= 3:
                i += 1
            other = next((d for d in self.drafts if not d.gone and d.first == i), None)
            if i == draft.last + 1 or other is None or other.cls not in {"name", "capital"} or len(other.codes) != 1:
                return
            if not topics:
                draft.codes = tuple(dict.fromkeys(draft.codes + other.codes))
            draft.absorb(other)

    def name_after(self, draft: Draft) -> None:
        """The holder's name right after "of ..." belongs to the office: "President of Chile Juan Roe"."""
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
            self.name(draft, *name)

    def appositions(self) -> None:
        """Join names and offices that stand beside each other between commas."""
        for draft in self.drafts:
            if draft.gone:
                continue
            nxt = next((d for d in self.drafts if not d.gone and d is not draft and d.first > draft.last), None)
            if nxt is None or draft.last + 1 >= len(self.tokens) or self.tokens[draft.last + 1].form != ",":
                continue
            between = [t.form.lower() for t in self.tokens[draft.last + 2 : nxt.first]]
            if (
                any(
                    w not in {"the", "a", "an", "its", "his", "her", "their"}
                    and w not in self.book.passing
                    and not self.within(i, nxt)
                    for i, w in enumerate(between, start=draft.last + 2)
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
                and self.closed(nxt.last + 1)
            ):
                if draft.codes or draft.whose or draft.possessor is not None or draft.definite:
                    name = nxt.name
                    draft.absorb(nxt)
                    assert name is not None
                    self.name(draft, *name)
                    draft.rule += "+apposition"
            elif draft.office == "counterpart" and nxt.office and nxt.codes and not (draft.codes or nxt.plural):
                draft.codes, draft.level, draft.rule = nxt.codes, nxt.level, draft.rule + "+apposition"
            elif (
                draft.cls == "person"
                and draft.name is not None
                and not draft.office
                and nxt.cls == "office"
                and not nxt.plural
                and self.closed(nxt.last + 1)
            ):
                self.described(draft, nxt)

    def shared_owners(self) -> None:
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
            elif (
                second.cls == first.cls == "office"
                and second.codes
                and not (first.codes or first.definite or first.plural)
                and between == ["and"]
                and self.tokens[first.first].form[:1].isupper()
            ):
                # "Minister of Health and head of the Peruvian delegation"
                first.codes, first.rule = second.codes, "owner+" + first.rule
            elif (
                first.cls == "office"
                and (second.cls == "office" or (second.name is not None and second.office))
                and not first.plural
                and first.codes
                and not (second.codes or second.definite or second.plural)
                and between == ["and"]
                and self.tokens[second.first].form[:1].isupper()
            ):
                # "Peruvian Deputy Prime Minister and Foreign Minister"
                second.codes, second.rule = first.codes, "owner+" + second.rule

    def described(self, draft: Draft, office: Draft) -> None:
        """ "Ri Son Gwon, the North Korean foreign minister,"."""
        draft.codes = office.codes or draft.codes
        draft.office, draft.level, draft.former = office.office, office.level, office.former
        draft.possessor = office.possessor
        draft.hint, draft.body = draft.hint or office.hint, draft.body or office.body
        draft.rule = "apposition"
        draft.whose = draft.whose or office.whose
        self.relation(draft)
        draft.absorb(office)

    def within(self, i: int, draft: Draft) -> bool:
        """Whether a word before an office describes it: "the principal adviser"."""
        token = self.tokens[i]
        return token.relation in {"amod", "compound"} and draft.first <= token.head <= draft.last

    def closed(self, i: int) -> bool:
        """Whether an apposition may end before word ``i``: no further member of a list follows."""
        return i >= len(self.tokens) or self.tokens[i].form not in {"and", "or", "&"}
