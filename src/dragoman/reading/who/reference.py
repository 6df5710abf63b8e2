"""Words that refer back: pronouns, "the official", "both sides", "his counterpart". What the report does not settle stays unsettled."""

from __future__ import annotations

from datetime import date

from dragoman.codebook.actors import ActorBook
from dragoman.model import Sentence
from dragoman.reading.who.domestic import is_domestic, serves_another
from dragoman.reading.who.memory import Memory
from dragoman.reading.who.offices import is_foreign_minister, offices_agree
from dragoman.reading.who.speech import Speaker
from dragoman.reading.who.values import Draft, Kind

_FIRST_SINGULAR = frozenset({"i", "me", "my", "myself", "mine"})
_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_SECOND = frozenset({"you", "your", "yours"})
_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs"})
_PRONOUNS = _FIRST_SINGULAR | _FIRST_PLURAL | _SECOND | _HE | _SHE | _IT | _THEY
_SORTS: dict[str, Kind] = {"state": "state", "organisation": "organisation", "group": "group"}
_TWO = frozenset({"two", "both", "either", "neither", "each"})
_SELF_EVIDENT = {"alliance": "NATO", "bloc": "EU", "watchdog": "IAEA"}


class Referrer:
    """Resolves the references of one report, sentence by sentence."""

    def __init__(
        self, book: ActorBook, memory: Memory, *, own: tuple[str, ...], home: tuple[str, ...], day: date | None
    ) -> None:
        self._book, self._memory, self._own, self._home, self._day = book, memory, own, home, day
        self._heads: list[Draft] = []
        self._above: dict[str, None] = {}

    def found(self, number: int, sentence: Sentence, drafts: list[Draft], speakers: dict[int, Speaker]) -> list[Draft]:
        """New drafts for the words of the sentence that refer back; ``speakers`` says who speaks each quoted or spoken word."""
        taken = {i for d in drafts for i in range(d.first, d.last + 1)}
        made: list[Draft] = []
        for i, token in enumerate(sentence.tokens):
            if i in taken:
                continue
            low = token.form.lower()
            draft = None
            if low in _PRONOUNS and token.upos in {"PRON", "DET", "_"} and token.form != "US":
                draft = self._pronoun(number, sentence, i, low, speakers.get(i), [*drafts, *made])
            elif token.upos in {"NOUN", "PROPN", "NUM", "_"} or low == "two":
                draft = self._noun(number, sentence, i, low)
            if draft is not None:
                made.append(draft)
                self._memory.add(sentence, draft)
                self._own_office(sentence, draft, drafts)
        return made

    def _own_office(self, sentence: Sentence, owner: Draft, drafts: list[Draft]) -> None:
        """ "the bloc's special envoy": what follows the possessive belongs to what the noun stands for."""
        i = owner.last + 1
        if owner.cls != "noun" or i >= len(sentence.tokens) or sentence.tokens[i].form not in {"'s", "’s", "'", "’"}:
            return
        office = next((d for d in drafts if d.office and not d.codes and 0 < d.first - i <= 3), None)
        if office is not None:
            office.codes, office.rule = owner.codes, office.rule + "+reference"

    # ----------------------------------------------------------------------------------------------- pronouns

    def pronoun(self, number: int, sentence: Sentence, i: int) -> Draft | None:
        """The draft of "he" or "she" as the subject of a verb of saying."""
        low = sentence.tokens[i].form.lower()
        return self._pronoun(number, sentence, i, low, None, []) if low in _HE | _SHE else None

    def _subject(self, sentence: Sentence, i: int, drafts: list[Draft]) -> Draft | None:
        """The subject of the verb whose object word ``i`` is: "him" is never its own subject."""
        for subject in sentence.dependants(sentence.tokens[i].head, "nsubj"):
            return next((d for d in drafts if d.first <= subject <= d.last), None)
        return None

    def _pronoun(
        self, number: int, sentence: Sentence, i: int, low: str, speaker: Speaker | None, drafts: list[Draft]
    ) -> Draft | None:
        draft = Draft(number, i, i, "pronoun", "pronoun", (), "pronoun")
        if low in _FIRST_SINGULAR | _FIRST_PLURAL | _SECOND:
            return self._of_speaker(draft, low, speaker)
        if low in _HE or low in _SHE:
            but = speaker.draft if speaker else None
            is_object = sentence.tokens[i].relation in {"obj", "iobj", "obl"}
            if is_object:
                but = self._subject(sentence, i, drafts) or but
            person = self._memory.person(draft, "f" if low in _SHE else "m", but=but, nearest=is_object)
            return _like(draft, person, "pronoun:person")
        if sentence.tokens[i].deprel.startswith("expl"):
            return None
        if low in _IT:
            if low == "it" and sentence.tokens[i].relation != "nsubj":
                return None
            return _like(draft, self._memory.thing(draft), "pronoun:thing")
        draft.codes, draft.rule, draft.plural = self._memory.plural(draft), "pronoun:plural", True
        return draft if draft.codes else None

    def _of_speaker(self, draft: Draft, low: str, speaker: Speaker | None) -> Draft | None:
        if low in _SECOND:
            if speaker is None or speaker.draft is not None or speaker.codes or speaker.person != "asks":
                return None
            draft.codes, draft.rule = self._own, "pronoun:asked"
            return draft if draft.codes else None
        if speaker is None:
            if low in _FIRST_PLURAL:
                draft.codes, draft.rule = self._own, "pronoun:outlet"
            return draft if draft.codes else None
        draft.codes, draft.rule = speaker.codes, "pronoun:speaker"
        if low in _FIRST_SINGULAR and speaker.codes:
            draft.person = speaker.person
            if speaker.draft is not None:
                draft.office, draft.level = speaker.draft.office, speaker.draft.level
        return draft if draft.codes else None

    # -------------------------------------------------------------------------------------------------- nouns

    def _noun(self, number: int, sentence: Sentence, i: int, low: str) -> Draft | None:
        words = self._book.references
        before = [t.form.lower() for t in sentence.tokens[max(0, i - 3) : i]]
        first = max(0, i - 1)
        draft = Draft(number, i, i, "noun", "group", (), "reference")
        following = sentence.tokens[i + 1].form if i + 1 < len(sentence.tokens) else ""
        if sentence.tokens[i].form[:1].isupper() and following in {"for", "of"}:
            return None
        if (
            (low in words["pair"] and _TWO & set(before))
            or (low in {"pair", "duo"} and before[-1:] == ["the"])
            or (low in words["rivals"] and "the" in self._described(sentence, i))
            or (low == "two" and before[-1:] == ["the"] and self._ends(sentence, i))
        ):
            draft.first = next(
                (j for j in range(max(0, i - 3), i) if sentence.tokens[j].form.lower() in _TWO | {"the"}), first
            )
            draft.codes, draft.plural, draft.rule = (
                self._memory.pair(draft) or self._pair_above(),
                True,
                "reference:pair",
            )
            return draft if draft.codes else None
        if not {"the", "this", "that"} & set(before):
            return None
        for key, kind in _SORTS.items():
            if low in words[key]:
                draft.kind = kind
                return self._party(draft, key, low)
        return None

    def _pair_above(self) -> tuple[str, ...]:
        """The two states that the headline names, if it names two."""
        return tuple(self._above) if len(self._above) == 2 else ()

    def _described(self, sentence: Sentence, i: int) -> list[str]:
        """The words before a noun back to its article."""
        found = []
        for token in reversed(sentence.tokens[max(0, i - 6) : i]):
            found.append(token.form.lower())
            if token.upos not in {"ADJ", "VERB", "PUNCT", "NOUN", "NUM", "ADV"}:
                break
        return found

    def _ends(self, sentence: Sentence, i: int) -> bool:
        return i + 1 >= len(sentence.tokens) or sentence.tokens[i + 1].upos not in {"NOUN", "PROPN", "ADJ", "NUM"}

    def _party(self, draft: Draft, sort: str, low: str) -> Draft | None:
        among = self._book.of_kind(low)
        found = self._memory.party(draft, sort, among, but=self._own) or self._memory.party(draft, sort, among)
        if low == "city" and found != self._home:
            return None
        code = _SELF_EVIDENT.get(low, "")
        if not found and not self._memory.counts[code]:
            return None
        draft.codes = (code,) if self._memory.counts[code] else found
        draft.rule = "reference:" + draft.kind
        return draft

    # ----------------------------------------------------------------------------------------- shortened titles

    def complete(self, sentence: Sentence, draft: Draft, speaker: Speaker | None) -> None:
        """Give a title or body without an owner the party that the report settles, if it does."""
        self._settle(sentence, draft, speaker)
        if sentence.where == "headline":
            self._above.update(dict.fromkeys(c for c in draft.codes if self._book.sort(c) == "state"))
            if draft.kind == "person" and len(draft.codes) == 1:
                self._heads.append(draft)
        if self._own and not draft.codes and draft.name is not None and "minister" in draft.office:
            # In a government's own text about one other state, a minister of nobody's is that one's.
            others = tuple(c for c in self._above if c not in self._own)
            draft.codes = others if len(others) == 1 else ()
        if self._home and is_domestic(self._book, sentence, draft):
            draft.codes, draft.rule = self._home, draft.rule + "+home"

    def _settle(self, sentence: Sentence, draft: Draft, speaker: Speaker | None) -> None:
        if draft.office in {"counterpart", "counterparts"}:
            self._counterpart(sentence, draft)
        if draft.possessor is not None and self._waits(sentence, draft) != (speaker is not None):
            return
        if (
            draft.codes
            or draft.cls in {"pronoun", "noun"}
            or (draft.name is not None and draft.person is not None and not draft.body and draft.possessor is None)
        ):
            return
        if draft.possessor is not None:
            low = sentence.tokens[draft.possessor].form.lower()
            owner = self._beside(sentence, draft) or self._pronoun(
                draft.sentence, sentence, draft.possessor, low, speaker, []
            )
            if owner is not None:
                draft.codes, draft.rule = owner.codes, draft.rule + "+possessor"
            return
        if draft.body and not draft.codes:
            draft.codes = self._of_body(draft, draft.body.split(" ")[-1])
            draft.rule += "+reference"
        if draft.hint and not draft.name:
            draft.codes, draft.rule = draft.hint, draft.rule + "+office"
        if draft.codes or not draft.definite or draft.name is not None:
            return
        if draft.cls != "office" or not serves_another(sentence, draft):
            self._refer(sentence, draft)

    def _refer(self, sentence: Sentence, draft: Draft) -> None:
        """Give "the minister", "the ministry", "the officials" whom they mean."""
        word = draft.office.split(" of ")[0].split(" for ")[0].split(" ")[-1]
        if draft.cls == "office" and not draft.plural:
            self._officer(draft, printed=sentence.tokens[draft.last].form)
        elif draft.cls in {"body", "embassy", "mission"}:
            two = word.endswith("s") and sentence.tokens[draft.first - 1].form.lower() in _TWO
            draft.codes = self._memory.pair(draft) if two else self._of_body(draft, word)
            draft.rule = "reference:body" if draft.codes else draft.rule
        elif draft.cls == "office" and draft.plural and sentence.tokens[draft.first - 1].form.lower() in _TWO | {"the"}:
            found = self._memory.holder(draft, draft.office.removesuffix("s"), former=draft.former)
            if found is not None and found.plural:
                draft.codes, draft.rule = found.codes, "reference:officials"
            else:
                draft.codes, draft.rule = self._memory.company(draft), "reference:company"
                if not draft.codes and sentence.tokens[draft.first - 1].form.lower() in _TWO:
                    draft.codes, draft.rule = self._memory.pair_here(draft), "reference:pair"

    def _beside(self, sentence: Sentence, draft: Draft) -> Draft | None:
        """The person whom an "and" joins with "his colleagues"."""
        at = draft.possessor
        if not at or sentence.tokens[at - 1].form != "and" or sentence.tokens[at].form.lower() not in _HE | _SHE:
            return None
        rows = self._memory.rows_of(draft.sentence)
        return next((d for d, _ in rows if d.last == at - 2 and d.kind == "person" and d.codes), None)

    def _of_body(self, draft: Draft, word: str) -> tuple[str, ...]:
        """The party of "the department", "the regime", "the military"."""
        words = ("government", "regime") if word in {"government", "regime"} else (word,)
        found = [f for w in words if (f := self._memory.body(draft, w)) is not None]
        if found:
            return max(found, key=lambda f: (f.sentence, f.first)).codes
        if word in {"department", "administration", "ministry", "embassy"} and self._own:
            return self._own
        if word in self._book.references["group"]:
            return self._memory.party(draft, "group", None)
        if word == "administration" and self._memory.counts["USA"]:
            return ("USA",)
        if word in {"regime", "government", "military", "army", "side", "authorities", "junta"}:
            near = self._memory.single(draft, 1)
            foreign = word in {"regime", "junta"} and self._own
            return near or (self._memory.party(draft, "state", None, but=self._own) if foreign else ())
        return ()

    def _waits(self, sentence: Sentence, draft: Draft) -> bool:
        """Whether the owner is "our" or "my", which only the speaker settles."""
        return (
            draft.possessor is not None
            and sentence.tokens[draft.possessor].form.lower() in _FIRST_SINGULAR | _FIRST_PLURAL
        )

    def _officer(self, draft: Draft, *, printed: str) -> None:
        found = self._memory.holder(draft, draft.office, former=draft.former)
        if found is not None:
            draft.codes, draft.rule = found.codes, "reference:officer"
            draft.person = found.person
            draft.level = found.level or draft.level
            return
        office = {"secretary": "secretary of state", "deputy secretary": "deputy secretary of state"}.get(
            draft.office, draft.office
        )
        if (head := self._headed(draft, printed)) is not None:
            draft.codes, draft.rule = head.codes, "reference:headline"
            draft.person, draft.level = (head.person, head.level) if head.office else (None, draft.level)
            return
        if draft.level <= 2 and printed[:1].islower() and self._own:
            return
        if self._own and self._day is not None:
            rows = self._book.holders(self._own[0], office, self._day)
            if len(rows) == 1:
                draft.codes, draft.person, draft.rule = self._own, rows[0].person, "reference:outlet"

    def _headed(self, draft: Draft, printed: str) -> Draft | None:
        """Whom of those in the headline a title means: the one of that office, or in small letters ("the president") anybody of the only guest's."""
        same = [h for h in self._heads if offices_agree(self._book, h.office, draft.office)]
        if len({h.codes for h in same}) == 1:
            return same[0]
        guests = [h for h in self._heads if h.codes != self._own]
        alone = self._own and draft.level <= 2 and printed[:1].islower() and len({h.codes for h in guests}) == 1
        return Draft(draft.sentence, 0, 0, "person", "person", guests[0].codes, "") if alone else None

    def _counterpart(self, sentence: Sentence, draft: Draft) -> None:
        """ "his Russian counterpart" holds the office of him whose counterpart he is."""
        mine = None
        if draft.possessor is not None:
            low = sentence.tokens[draft.possessor].form.lower()
            mine = self._memory.person(draft, "f" if low == "her" else "m") if low in {"his", "her"} else None
        if mine is None:
            rows = self._memory.back(draft, 1)
            rows = [r for r in rows if r[0].kind in {"person", "group"} and r[0].office and r[0] is not draft]
            many = [d for d, _ in rows if d.plural and draft.plural and d.sentence == draft.sentence]
            mine = max(many, key=lambda d: d.first, default=rows[0][0] if rows else None)
        if mine is not None:
            draft.level = draft.level or mine.level
            same = set(mine.codes) & set(draft.codes)
            draft.office = (
                "foreign minister" if is_foreign_minister(self._book, mine.office) and not same else mine.office
            ) or draft.office
        if draft.plural and not draft.codes and mine is not None and draft.possessor is not None:
            draft.codes = tuple(c for c in self._memory.company(draft) if c not in mine.codes)
        draft.possessor = None
        draft.definite = False


def _like(draft: Draft, found: Draft | None, rule: str) -> Draft | None:
    if found is None or not found.codes:
        return None
    draft.codes, draft.person, draft.rule = found.codes, found.person, rule
    if found.kind in {"person", "pronoun"}:
        draft.office, draft.level, draft.former = found.office, found.level, found.former
    return draft
