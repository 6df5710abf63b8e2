"""Whose an office is: the party, the body or the leader that stands before it."""

from __future__ import annotations

from dragoman.model import Token
from dragoman.reading.who.row import HYPHENS, POSSESSIVE, Row
from dragoman.reading.who.values import PARTY, Draft

_OWN = frozenset({"its", "his", "her", "their", "our", "my"})
#: Behind a hyphen these make a place or a sponsor of the party before them, not an owner ("Brussels-based diplomats").
_SHAPED = frozenset(
    {"based", "born", "bound", "led", "backed", "brokered", "mediated", "sponsored", "controlled", "held"}
)
#: How far before an office its owner may stand, in words.
_REACH = 9


class Owners(Row):
    """Finds the owner before an office."""

    def body_of_another(self, draft: Draft) -> None:
        """ "Brazilian Congress": a body known by a common name belongs to the state that stands before it."""
        at = draft.first
        if at and self.tokens[at - 1].form in POSSESSIVE:
            at -= 1
        owner = self.before(at)
        if owner is not None and owner.cls in {"name", "adj", "capital"} and owner.codes:
            draft.codes = owner.codes
            draft.absorb(owner)

    def owner(self, draft: Draft) -> Draft | None:
        """The party that stands before an office, over adjectives and nouns only; notes "former", "the" and "its" on the way."""
        tokens, i = self.tokens, draft.first - 1
        for _ in range(_REACH):
            if i < 0:
                return None
            token = tokens[i]
            if token.form == ")" and (bracketed := self.bracketed(i)) is not None:
                return bracketed
            low = token.form.lower()
            owner = self.before(i + 1)
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
                    and (draft.level < 5 or draft.office in self.book.words("relations"))
                    and (i < draft.first - 1 or draft.cls == "body")
                    and self.is_possessive_or_body(draft, i)
                ):
                    return owner
                return None
            if low in _SHAPED and i and self.tokens[i - 1].form in HYPHENS:
                return None
            if low in self.book.former:
                draft.former = True
            if low in {"the", "both", "this"}:
                draft.definite = True
                draft.former = draft.former or (i > 0 and self.tokens[i - 1].form.lower() == "formerly")
                return None
            if low in _OWN:
                draft.possessor = i
                return None
            if not (
                low in self.book.passing
                or low in POSSESSIVE
                or token.form in HYPHENS
                or _modifies(token)
                or self.joins_portfolios(i)
            ):
                return None
            i -= 1
        return None

    def joins_portfolios(self, i: int) -> bool:
        """The "and" of "interior and overseas minister"."""
        if self.tokens[i].form != "and" or i == 0 or i + 1 >= len(self.tokens):
            return False
        sides = (self.tokens[i - 1], self.tokens[i + 1])
        return all(t.form.islower() and t.upos in {"ADJ", "NOUN"} for t in sides)

    def is_possessive_or_body(self, draft: Draft, i: int) -> bool:
        """ "Putin's spokesman", "the Biden administration": with the possessive, or right before a body."""
        return self.tokens[i + 1].form in POSSESSIVE or (draft.cls == "body" and i + 1 == draft.first)

    def bracketed(self, i: int) -> Draft | None:
        """The party before a bracket that holds its abbreviation: "the Republic of Korea (ROK) Special Envoy"."""
        inner = self.before(i)
        if inner is None or inner.cls not in PARTY or self.tokens[inner.first - 1].form != "(":
            return None
        outer = self.before(inner.first - 1)
        if outer is not None and outer.codes == inner.codes:
            outer.last = i
            inner.gone = True
            return outer
        return None

    def take_owner(self, draft: Draft, owner: Draft) -> None:
        """Make the owner part of the office's mention, and the office the owner's."""
        draft.codes, draft.ambiguous = owner.codes, owner.ambiguous
        draft.possessor = owner.possessor if owner.possessor is not None else draft.possessor
        draft.whose = owner.name if owner.cls == "person" else owner.whose
        draft.former = draft.former or self.former_before(owner.first)
        linked = owner
        if owner.cls in {"body", "mission", "embassy", "media"} and owner.office:
            draft.definite = draft.definite or owner.definite
            if owner.cls == "body" and not owner.codes and not owner.whose and draft.cls == "office":
                draft.body = owner.office
        draft.absorb(owner)
        draft.rule = "owner+" + draft.cls
        if draft.plural or draft.cls != "office":
            while (other := self.coordinated(linked, listed=linked is not owner)) is not None:
                draft.codes = tuple(dict.fromkeys(other.codes + draft.codes))
                draft.absorb(other)
                draft.plural = True
                linked = other

    def coordinated(self, owner: Draft, *, listed: bool) -> Draft | None:
        """The party that shares the office with this one: "US and South Korean officials"."""
        i = owner.first - 1
        links = []
        while (
            i >= 0
            and (self.tokens[i].form in {",", "and", "&", "or"} or self.tokens[i].form in HYPHENS)
            and owner.first - i <= 2
        ):
            links.append(self.tokens[i].form)
            i -= 1
        # A comma alone joins only the members of a list that an "and" closes.
        other = self.before(i + 1) if links and (links != [","] or listed) else None
        if other is None or other.cls not in {"adj", "name", "capital"} or owner.cls not in {"adj", "name", "capital"}:
            return None
        # "in Iran and Chinese officials" joins nothing: a full name without an adjective's use is only taken among abbreviations and names.
        if other.cls == "name" and owner.cls == "adj" and len(self.tokens[other.first].form) > 5:
            return None
        return other


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
