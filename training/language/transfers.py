"""Sentences of our own with their trees: who hands what to whom, through whom, when and where.

EWT and GUM hold few letters handed over by embassies, and a network trained on them alone hangs "to Beijing" on the
envoy who is sent there. These sentences are put together from parts whose trees are known; morphology and lemmas are
left unknown, so that they teach the tree alone. For contrast there are nouns that keep their "to" ("a visit to Lima").
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from training.language.data import Sentence

#: Stands for what is not known; no class has this name, so nothing is learnt from it.
UNKNOWN = "?"

PLACES = """Seoul Hanoi Nairobi Caracas Ankara Oslo Rabat Lima Tbilisi Muscat Quito Dakar Manila Kigali Havana Bern Cairo
Doha Geneva Vienna Jakarta Astana Minsk Riga Nicosia Amman Windhoek Suva Norway Chile Qatar Oman Kenya Peru Iraq Georgia
Cyprus Vietnam Bolivia Ghana Jordan Fiji Pyongyang Beijing Washington Moscow Tehran Tokyo Brussels""".split()  # noqa: SIM905
PEOPLE = """Lavrov Okonjo Haddad Nguyen Petrosyan Mbeki Kim Tanaka Rahman Duarte Lindqvist Osei Wang Blinken
Farouk""".split()  # noqa: SIM905
FULL = ["Amara Diallo", "Choe Son Hui", "Pedro Ruiz", "Leila Haddad", "Bui Thanh Son", "Igor Melnik", "Sung Kim"]
OFFICES = "minister ministry president government king envoy ambassador spokesman junta regime council emir delegation".split()  # noqa: SIM905
ADJECTIVES = "foreign Thai Iranian Swiss Kenyan senior special Russian Omani Cuban prime deputy Norwegian".split()  # noqa: SIM905
THINGS = "letter note message request offer proposal invitation reply document warning envoy delegation copy list draft gift".split()  # noqa: SIM905
#: Past, base, participle, present of verbs that carry something to somebody.
TRANSFER = [
    ("sent", "send", "sent", "sends"), ("handed", "hand", "handed", "hands"), ("passed", "pass", "passed", "passes"),
    ("delivered", "deliver", "delivered", "delivers"), ("conveyed", "convey", "conveyed", "conveys"),
    ("forwarded", "forward", "forwarded", "forwards"), ("gave", "give", "given", "gives"), ("relayed", "relay", "relayed", "relays"),
    ("presented", "present", "presented", "presents"), ("submitted", "submit", "submitted", "submits"),
    ("brought", "bring", "brought", "brings"), ("returned", "return", "returned", "returns"), ("offered", "offer", "offered", "offers"),
    ("dispatched", "dispatch", "dispatched", "dispatches"), ("extended", "extend", "extended", "extends"),
]  # fmt: skip
DOUBLE = [("gave", "give", "given", "gives"), ("sent", "send", "sent", "sends"), ("handed", "hand", "handed", "hands"),
          ("offered", "offer", "offered", "offers"), ("promised", "promise", "promised", "promises")]  # fmt: skip
#: Verbs that do not carry, and nouns that keep their "to".
KEEPING = [("cancelled", "cancel", "cancelled", "cancels"), ("discussed", "discuss", "discussed", "discusses"),
           ("criticised", "criticise", "criticised", "criticises"), ("welcomed", "welcome", "welcomed", "welcomes")]  # fmt: skip
KEEPERS = "visit trip threat flight answer return aid".split()  # noqa: SIM905
MEETING = [("met", "meet", "met", "meets"), ("hosted", "host", "hosted", "hosts"), ("received", "receive", "received", "receives"),
           ("briefed", "brief", "briefed", "briefs"), ("summoned", "summon", "summoned", "summons")]  # fmt: skip
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
MONTHS = "January February March April June July August September October November December".split()  # noqa: SIM905


@dataclass(frozen=True)
class Word:
    """A word whose head is a place in its phrase, -1 for the phrase's own head."""

    form: str
    upos: str
    head: int
    relation: str


Phrase = list[Word]


def head_of(phrase: Phrase) -> int:
    return next(i for i, w in enumerate(phrase) if w.head < 0)


def joined(*parts: tuple[Phrase, str]) -> Phrase:
    """One phrase of several; the part whose relation is ``root`` gives the head, and the others hang on it."""
    starts, at = [], 0
    for phrase, _ in parts:
        starts.append(at)
        at += len(phrase)
    root = next(s + head_of(p) for s, (p, r) in zip(starts, parts, strict=True) if r == "root")
    found: Phrase = []
    for start, (phrase, relation) in zip(starts, parts, strict=True):
        for word in phrase:
            if word.head >= 0:
                found.append(replace(word, head=word.head + start))
            elif relation == "root":
                found.append(word)
            else:
                found.append(replace(word, head=root, relation=relation))
    return found


def word(form: str, upos: str) -> Phrase:
    return [Word(form, upos, -1, "root")]


class Maker:
    """Makes sentences by lot."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.headline = False

    def name(self) -> Phrase:
        roll = self.dice.random()
        if roll < 0.65:
            return word(self.dice.choice(PLACES), "PROPN")
        if roll < 0.85:
            return word(self.dice.choice(PEOPLE), "PROPN")
        first, *rest = self.dice.choice(FULL).split()
        return [Word(first, "PROPN", -1, "root"), *(Word(r, "PROPN", 0, "flat") for r in rest)]

    def noun(self, nouns: list[str], owned: bool = True) -> Phrase:
        parts: list[tuple[Phrase, str]] = []
        roll = self.dice.random()
        if not self.headline:
            if owned and roll < 0.25:
                parts.append((word(self.dice.choice(["its", "his", "her", "their"]), "PRON"), "nmod:poss"))
            elif owned and roll < 0.4:
                parts.append(
                    (
                        joined((word(self.dice.choice(PLACES), "PROPN"), "root"), (word("'s", "PART"), "case")),
                        "nmod:poss",
                    )
                )
            else:
                parts.append((word(self.dice.choice(["the", "a"]) if nouns is not OFFICES else "the", "DET"), "det"))
        if self.dice.random() < 0.45:
            parts.append((word(self.dice.choice(ADJECTIVES), "ADJ"), "amod"))
        return joined(*parts, (word(self.dice.choice(nouns), "NOUN"), "root"))

    def party(self) -> Phrase:
        return self.name() if self.dice.random() < 0.5 else self.noun(OFFICES)

    def under(self, preposition: str, phrase: Phrase) -> Phrase:
        return joined((word(preposition, "ADP"), "case"), (phrase, "root"))

    def channel(self) -> tuple[Phrase, str]:
        return self.under(
            self.dice.choice(["through", "via"]),
            self.noun(["embassy", "mission", "ambassador", "channel", "mediators"]),
        ), "obl"

    def time(self) -> tuple[Phrase, str]:
        roll = self.dice.random()
        if roll < 0.5:
            return self.under("on", word(self.dice.choice(DAYS), "PROPN")), "obl"
        if roll < 0.65:
            return self.under(self.dice.choice(["in", "since"]), word(self.dice.choice(MONTHS), "PROPN")), "obl"
        if roll < 0.75:
            return self.under("within", word(self.dice.choice(["days", "weeks", "hours"]), "NOUN")), "obl"
        adjective = self.dice.choice(["last", "next", "this"])
        return joined((word(adjective, "DET" if adjective == "this" else "ADJ"), "det" if adjective == "this" else "amod"),
                      (word(self.dice.choice(["week", "month", "year"]), "NOUN"), "root")), "obl:unmarked"  # fmt: skip

    def place(self) -> tuple[Phrase, str]:
        return self.under("in", word(self.dice.choice(PLACES), "PROPN")), "obl"

    def around(self) -> list[tuple[Phrase, str]]:
        """None to two of a channel, a time and a place, in any order."""
        made = [self.channel(), self.time(), self.place()]
        self.dice.shuffle(made)
        return made[: self.dice.choice([0, 1, 1, 2])]

    def verb(self, forms: tuple[str, str, str, str]) -> list[tuple[Phrase, str]]:
        past, base, participle, present = forms
        if self.headline:
            return [(word(present, "VERB"), "root")]
        roll = self.dice.random()
        if roll < 0.55:
            return [(word(past, "VERB"), "root")]
        if roll < 0.75:
            return [(word(self.dice.choice(["will", "would", "may"]), "AUX"), "aux"), (word(base, "VERB"), "root")]
        return [(word(self.dice.choice(["has", "had"]), "AUX"), "aux"), (word(participle, "VERB"), "root")]

    def clause(self) -> Phrase:
        subject = (self.party(), "nsubj")
        roll = self.dice.random()
        if roll < 0.5:
            verb, thing = self.verb(self.dice.choice(TRANSFER)), (self.noun(THINGS), "obj")
            return joined(subject, *verb, thing, (self.under("to", self.party()), "obl"), *self.around())
        if roll < 0.65:
            verb, thing = self.verb(self.dice.choice(DOUBLE)), (self.noun(THINGS, owned=False), "obj")
            return joined(subject, *verb, (self.party(), "iobj"), thing, *self.around())
        if roll < 0.8:
            kept = joined((self.noun(KEEPERS), "root"), (self.under("to", self.party()), "nmod"))
            return joined(subject, *self.verb(self.dice.choice(KEEPING)), (kept, "obj"), *self.around()[:1])
        whom = (self.noun(["counterpart", "ministers", "envoys", "ambassador", "delegation"]), "obj")
        return joined(
            subject,
            *self.verb(self.dice.choice(MEETING)),
            whom,
            self.place(),
            *[self.time()][: self.dice.randint(0, 1)],
        )

    def sentence(self) -> Sentence:
        self.headline = self.dice.random() < 0.2
        phrase = self.clause()
        if self.headline:
            phrase = [replace(w, form=w.form if w.upos == "ADP" else w.form[:1].upper() + w.form[1:]) for w in phrase]
        elif self.dice.random() < 0.25:
            comma, said = word(",", "PUNCT"), word("said", "VERB")
            phrase = joined(
                (phrase, "ccomp"),
                (comma, "punct"),
                (self.party(), "nsubj"),
                (said, "root"),
                (word(".", "PUNCT"), "punct"),
            )
        else:
            phrase = joined((phrase, "root"), (word(".", "PUNCT"), "punct"))
        first = phrase[0].form
        forms = (first[:1].upper() + first[1:], *(w.form for w in phrase[1:]))
        unknown = (UNKNOWN,) * len(phrase)
        return Sentence(
            forms, (None,) * len(phrase), upos=tuple(w.upos for w in phrase), feats=unknown, lemmas=unknown,
            heads=tuple(w.head + 1 for w in phrase), labels=tuple(w.relation for w in phrase), origin="transfers",
        )  # fmt: skip


def transfers(count: int, seed: int) -> list[Sentence]:
    """So many sentences, the same for the same seed."""
    maker = Maker(random.Random(seed))
    return [maker.sentence() for _ in range(count)]
