"""How real an act is, by minimal pairs: the same act told as done, planned, denied, refused, wished for."""

from __future__ import annotations

import pytest

from dragoman.language import Language
from dragoman.model import ACT_GROUPS, Article, Contact
from dragoman.reading import Reader

#: (base, past, participle, group of the act)
PREDICATES = [
    ("meet Minsk's envoy", "met Minsk's envoy", "met Minsk's envoy", "exchange"),
    ("speak with the Belarusian minister", "spoke with the Belarusian minister", "spoken with the Belarusian minister", "exchange"),
    ("talk to the Belarusian leader", "talked to the Belarusian leader", "talked to the Belarusian leader", "exchange"),
    ("hold talks with Belarus", "held talks with Belarus", "held talks with Belarus", "exchange"),
    ("confer with the Belarusian envoy", "conferred with the Belarusian envoy", "conferred with the Belarusian envoy", "exchange"),
    ("negotiate with Belarus", "negotiated with Belarus", "negotiated with Belarus", "exchange"),
    ("visit Belarus", "visited Belarus", "visited Belarus", "exchange"),
    ("travel to Belarus", "travelled to Belarus", "travelled to Belarus", "exchange"),
    ("host the Belarusian president", "hosted the Belarusian president", "hosted the Belarusian president", "exchange"),
    ("receive the Belarusian envoy", "received the Belarusian envoy", "received the Belarusian envoy", "exchange"),
    ("call the Belarusian president", "called the Belarusian president", "called the Belarusian president", "exchange"),
    ("phone the Belarusian president", "phoned the Belarusian president", "phoned the Belarusian president", "exchange"),
    ("write to the Belarusian president", "wrote to the Belarusian president", "written to the Belarusian president", "address"),
    ("send a letter to Belarus", "sent a letter to Belarus", "sent a letter to Belarus", "address"),
    ("deliver a message to Belarus", "delivered a message to Belarus", "delivered a message to Belarus", "address"),
    ("hand a note to the Belarusian envoy", "handed a note to the Belarusian envoy", "handed a note to the Belarusian envoy", "address"),
    ("summon the Belarusian ambassador", "summoned the Belarusian ambassador", "summoned the Belarusian ambassador", "address"),
    ("invite the Belarusian president", "invited the Belarusian president", "invited the Belarusian president", "address"),
    ("reach out to Belarus", "reached out to Belarus", "reached out to Belarus", "address"),
    ("contact the Belarusian government", "contacted the Belarusian government", "contacted the Belarusian government", "address"),
    ("sign an agreement with Belarus", "signed an agreement with Belarus", "signed an agreement with Belarus", "agreement"),
    ("reach a deal with Belarus", "reached a deal with Belarus", "reached a deal with Belarus", "agreement"),
    ("conclude a treaty with Belarus", "concluded a treaty with Belarus", "concluded a treaty with Belarus", "agreement"),
    ("restore relations with Belarus", "restored relations with Belarus", "restored relations with Belarus", "agreement"),
    ("sever ties with Belarus", "severed ties with Belarus", "severed ties with Belarus", "breakdown"),
    ("suspend talks with Belarus", "suspended talks with Belarus", "suspended talks with Belarus", "breakdown"),
    ("expel the Belarusian ambassador", "expelled the Belarusian ambassador", "expelled the Belarusian ambassador", "breakdown"),
    ("recall its ambassador from Belarus", "recalled its ambassador from Belarus", "recalled its ambassador from Belarus", "breakdown"),
]  # fmt: skip

FORMS = {
    "done": "The Polish foreign ministry {past} on Monday.",
    "done before": "In 2018 the Polish foreign minister {past}.",
    "done, said": "The Polish foreign minister has {participle}, the ministry said.",
    "planned": "The Polish foreign minister will {base} on Friday.",
    "planned, is to": "The Polish foreign minister is to {base} next week.",
    "planned, plans": "The Polish foreign minister plans to {base} next month.",
    "planned, expected": "The Polish foreign minister is expected to {base} in the coming days.",
    "not_done": "The Polish foreign minister did not {base}.",
    "not_done, failed": "The Polish foreign minister failed to {base}.",
    "not_done, refused": "The Polish foreign minister refused to {base}.",
    "not_done, was to have": "The Polish foreign minister was to have {participle} on Monday but stayed at home.",
    "conditional": "The Polish foreign minister would {base} if sanctions were lifted.",
    "conditional, only if": "The Polish foreign minister said he would {base} only if sanctions were lifted.",
    "disputed": "The Polish foreign minister denied that he had {participle}.",
    "attempted": "The Polish foreign minister tried to {base}.",
    "nothing, duty": "The Polish foreign minister should {base}.",
    "nothing, question": "Will the Polish foreign minister {base}?",
}
#: A negated consultation is no entry ("no contact so far", GUIDE.md), nor is a ministry a traveller or a host.
NO_ENTRY = {(w, f) for w in ("confer", "negotiate") for f in ("not_done",)}
NO_TRAVELLER = {"visit", "travel", "host", "receive", "call", "phone"}


def _cases() -> list[tuple[str, str, str, str]]:
    found = []
    for base, past, participle, group in PREDICATES:
        for name, form in FORMS.items():
            word = base.split()[0]
            if (word, name) in NO_ENTRY or (name == "done" and word in NO_TRAVELLER):
                continue
            found.append((name, form.format(base=base, past=past, participle=participle), group, word))
    return found


CASES = _cases()


@pytest.fixture(scope="module")
def readings(language: Language, reader: Reader) -> dict[str, tuple[Contact, ...]]:
    articles = [Article(id=str(n), body=text, published="2024-06-19") for n, (_, text, _, _) in enumerate(CASES)]
    return {d.article.body: reader.read(d).contacts for d in language.documents(articles)}


@pytest.mark.parametrize(("name", "text", "group"), [c[:3] for c in CASES], ids=[f"{c[3]}-{c[0]}" for c in CASES])
def test_the_standing_of_an_act_is_read_from_its_grammar(
    name: str, text: str, group: str, readings: dict[str, tuple[Contact, ...]]
) -> None:
    contacts = readings[text]
    status = name.split(",")[0].split()[0]
    if status == "nothing":
        assert not contacts
        return
    assert status in {c.status for c in contacts}
    assert status in {"conditional", "attempted"} or group in {ACT_GROUPS[c.act] for c in contacts}
    assert not any(c.status in {"done", "ongoing"} for c in contacts) or status == "done"
