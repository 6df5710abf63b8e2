"""The source at a word: its name or description, its kind, the party it speaks for, and whom it spoke to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dragoman.codebook.outlets import Outlet, OutletBook
from dragoman.codebook.words import word_lists
from dragoman.model import Attribution, Mention, Sentence, Span
from dragoman.reading.sides import side_of
from dragoman.reading.tree import lemma, obliques, subjects, text_of
from dragoman.reading.values import SentenceMentions

#: Verbs whose object or addressee is who was told.
TELLING = frozenset({"tell", "brief", "inform", "assure", "remind"})
#: Verbs that name who was told under "to".
TELLING_TO = frozenset(
    {"say", "speak", "talk", "confirm", "disclose", "reveal", "explain", "write", "announce", "tell"}
)
#: Occasions on which one speaks to an audience that the text may name.
OCCASIONS = frozenset(
    {"briefing", "conference", "address", "speech", "testimony", "remark", "comment", "appearance", "letter", "hearing"}
)
#: What a medium does with another's statement.
CARRYING = frozenset({"carry", "publish", "broadcast", "air", "run", "relay", "quote", "cite", "print"})
#: "Citing" stands at most so many words behind the medium's verb.
CITING = 10
#: Endings of nouns that mostly name people ("researcher", "publicist").
HUMAN = ("er", "or", "ist", "ian", "ant", "man", "men", "woman", "people", "eer", "ee")
#: Words in the names of newspapers and broadcasters.
PRESS = re.compile(
    r"\b(?:Times|Post|News|Journal|Daily|TV|Television|Radio|Herald|Tribune|Gazette|Mail|Today|Telegraph|Guardian|Press|Agency"
    r"|Review|Magazine)\b"
)
#: How many sources back a pronoun may reach.
REACH = 2
ANONYMITY = re.compile(
    r"\b(?:(?:(?:requested|demanded|sought|asked for|insisted on|granted|given|(?:up)?on (?:the )?condition of|under) )?anonymity"
    r"|(?:was|were|is|are) not authori[sz]ed to [\w ]+|(?:who )?(?:declined|refused|asked|wished|preferred) (?:not )?to be (?:named|identified)"
    r"|on background|not to be (?:named|identified)|speaking without attribution)\b"
    r"(?:,? (?:because|as|since|due to|for fear|citing|in order to|so as to|so that|to (?:discuss|speak|talk|describe|share))\b[^.;,\"”]*)?",
    re.I,
)


def source_at(s: Sentence, i: int, mentions: SentenceMentions, text: str) -> Attribution:
    """The source whose head is word ``i``; ``of`` is the party it speaks for where the text tells one."""
    lists = word_lists("attribution")
    mention = mentions.by_head.get(i) or mentions.covering.get(i)
    codes = (mention.codes if mention else ()) or side_of(s, [i], mentions, "source", place=True).codes
    of = codes[0] if codes else None
    word = lemma(s, i)
    outlet = _outlet(s, i, mention, text)
    if outlet is not None and (of is None or _state_of(outlet) is not None):
        return Attribution("media", outlet.short or outlet.name, _state_of(outlet))
    if mention is not None and mention.person:
        return Attribution("named_person", mention.person, of)
    name = _named(s, i, text)
    if name or (s.tokens[i].name.endswith("PER") and not of):
        return Attribution("named_person", name or _described(s, i, text), of)
    if word in lists["office_heads"]:
        return Attribution("named_person", _described(s, i, text), of)
    for kind in ("anonymous", "document", "media", "institution"):
        if word in lists[f"{kind}_heads"]:
            if kind == "media" and not _state_owned(s, i):
                of = None
            return Attribution(kind, _described(s, i, text), of)
    if of:
        return Attribution("institution", mention.text if mention else _described(s, i, text), of)
    if s.tokens[i].upos == "PROPN":
        kind = "institution" if s.tokens[i].name.endswith(("ORG", "LOC")) else "named_person"
        return Attribution(kind, _described(s, i, text), None)
    kind = "anonymous" if s.tokens[i].upos in {"PRON", "NUM", "DET"} or word.endswith(HUMAN) else "document"
    return Attribution(kind, _described(s, i, text), None)


def _outlet(s: Sentence, i: int, mention: Mention | None, text: str) -> Outlet | None:
    """The outlet that the words name."""
    if s.tokens[i].upos not in {"PROPN", "NOUN"} or (mention is not None and mention.person):
        return None
    name = _described(s, i, text)
    if name == name.lower():
        return None  # "a diplomat" is no magazine
    book = OutletBook.load()
    return book.named(name) or book.named(
        re.sub(r"(?: news)? (?:agency|newspaper|daily|television|tv)$", "", name, flags=re.I)
    )


def _state_of(outlet: Outlet) -> str | None:
    """The party for which an outlet of a state speaks; none for an independent one."""
    names = {outlet.name.lower(), (outlet.short or "").lower()}
    return outlet.country if names & word_lists("attribution")["state_media"] else None


def _state_owned(s: Sentence, i: int) -> bool:
    """Whether the words call the medium a state's own ("state media", "state-run news agency")."""
    return any(lemma(s, c) in {"state", "official", "government", "own", "run"} for c in s.subtree(i))


def _named(s: Sentence, i: int, text: str) -> str | None:
    """The name beside a description ("the mayor, Dee Margo"), or the name that the word itself begins; a paper has none."""
    if lemma(s, i) in word_lists("attribution")["document_heads"]:
        return None
    for c in s.children[i]:
        token = s.tokens[c]
        if token.name.endswith("PER") and (token.relation in {"appos", "flat"} or token.deprel == "nmod:desc"):
            places = [c]
            while places[-1] + 1 < len(s.tokens) and s.tokens[places[-1] + 1].name == "I-PER":
                places.append(places[-1] + 1)
            return text_of(s, places, text)
    return None


def _described(s: Sentence, i: int, text: str) -> str:
    """The source's description without determiners and clauses ("senior administration official"): words that touch its head."""
    first = last = i
    while first > 0 and _describes(s, first - 1, i):
        first -= 1
    while last + 1 < len(s.tokens) and s.tokens[last + 1].relation == "flat" and s.tokens[last + 1].head == i:
        last += 1
    while first < i and s.tokens[first].upos in {"DET", "PUNCT", "ADV"}:
        first += 1
    return text_of(s, [first, last], text)


def _describes(s: Sentence, p: int, i: int) -> bool:
    token = s.tokens[p]
    if token.head < 0 or token.relation not in {"amod", "compound", "flat", "nmod", "nummod", "det", "punct", "case"}:
        return False
    above = p
    while 0 <= above <= i and above != i:
        above = s.tokens[above].head
    return (
        above == i
        and (token.relation != "punct" or token.form in {"-", "–"})
        and (token.relation != "case" or token.upos == "PART")
    )


def resolved(s: Sentence, i: int, found: Attribution, earlier: Sequence[Attribution]) -> Attribution:
    """The source with a pronoun or a short description ("the official") put back to the fuller one told before it.

    ``earlier`` holds the sources before, the latest first. Whom they spoke to stays theirs: it is the same conversation going on.
    """
    if s.tokens[i].upos == "PRON" and found.kind != "named_person":
        word = lemma(s, i)
        for one in earlier[:REACH]:
            person = one.kind in {"named_person", "anonymous"}
            if (
                (person or word not in {"he", "she"})
                and (not person or word != "it")
                and (found.of is None or one.of in {None, found.of})
            ):
                return replace(one, cue=None)
        return found
    definite = any(lemma(s, c) in {"the", "this", "that"} for c in s.dependants(i, "det"))
    if definite and found.source:
        words = found.source.lower().split()
        for one in earlier:
            before = (one.source or "").lower().split()
            shared = set(words[:-1]) & set(before[:-1])
            fits = one.kind == found.kind and before[-1:] == words[-1:] and found.of in {None, one.of}
            if fits and len(before) > 1 and (shared or len(words) == 1):
                return replace(one, cue=None)
    return found


def told_of(s: Sentence, i: int, mentions: SentenceMentions, text: str) -> str | None:
    """Whom the source of verb ``i`` spoke to, as the text names it."""
    if lemma(s, i) in TELLING:
        for c in s.dependants(i, "obj", "iobj"):
            if _hears(s, c, mentions, text):
                return _name(s, c, text)
            employer = next((x for x in s.dependants(c, "nmod:poss") if _is_outlet(s, x, text)), None)
            if employer is not None:  # "told the BBC's Anna Smith"
                return _name(s, employer, text)
    for p, w in obliques(s, i):
        if p == "to" and lemma(s, i) in TELLING_TO and _hears(s, w, mentions, text):
            return _name(s, w, text)
        if p in {"in", "during"} and lemma(s, w) == "interview":
            hosts = [x for q, x in obliques(s, w) + obliques(s, i) if q in {"with", "to", "by", "on"} and x != w]
            own = [c for c in s.children[w] if s.tokens[c].relation == "compound" or s.tokens[c].deprel == "nmod:poss"]
            named = [x for x in (*hosts, *own) if s.tokens[x].upos == "PROPN"]
            if named:
                return _name(s, named[0], text)
        if p in {"by", "on"} and _is_outlet(s, w, text) and lemma(s, i) not in {"report"}:
            return _name(s, w, text)
        if p in {"in", "during", "at"} and lemma(s, w) in OCCASIONS:
            heard = [x for q, x in obliques(s, w) if q in {"to", "with", "for", "before"}]
            named_here = [x for x in heard if _hears(s, x, mentions, text)]
            if named_here:
                return _name(s, named_here[0], text)
        carrier = carried_by(s, w, text)
        if carrier is not None:
            return _name(s, carrier, text)
    return None


def carried_by(s: Sentence, w: int, text: str) -> int | None:
    """The medium that carries the words or paper at ``w`` ("in a statement carried by KCNA"), or ``None``."""
    for c in s.dependants(w, "acl"):
        if lemma(s, c) in CARRYING:
            for p, x in obliques(s, c):
                if p in {"by", "in", "on"} and (_is_outlet(s, x, text) or _is_medium(s, x)):
                    return x
    return None


def cited_by(s: Sentence, i: int) -> int | None:
    """Whom the medium that reports at verb ``i`` names as its own source ("reported, citing a diplomat"), or ``None``."""
    for c in range(i + 1, min(i + CITING, len(s.tokens))):  # the tree hangs the participle on any verb before it
        if s.tokens[c].form.lower() in {"citing", "quoting"} and not s.dependants(c, "nsubj"):
            return next(iter(s.dependants(c, "obj")), None)
    return None


def _is_medium(s: Sentence, i: int) -> bool:
    return lemma(s, i) in word_lists("attribution")["media_heads"]


def audience_of(s: Sentence, mentions: SentenceMentions, text: str) -> tuple[int, str] | None:
    """(the speaker's word, the audience) where the sentence tells of someone speaking to reporters or an outlet at large."""
    for i, token in enumerate(s.tokens):
        if token.upos == "VERB" and lemma(s, i) in {"speak", "talk", "brief", "address"}:
            told = told_of(s, i, mentions, text)
            if told is None and lemma(s, i) in {"brief", "address"}:
                told = next((_name(s, c, text) for c in s.dependants(i, "obj") if _hears(s, c, mentions, text)), None)
            found = subjects(s, i)
            if told and found:
                return found[0], told
    return None


def _hears(s: Sentence, c: int, mentions: SentenceMentions, text: str) -> bool:
    """Whether the noun names an audience: a public one, or an outlet by name."""
    if lemma(s, c) in word_lists("attribution")["audience"]:
        return True
    mention = mentions.covering.get(c)
    if s.tokens[c].upos != "PROPN" or (mention is not None and mention.codes) or s.tokens[c].name.endswith("PER"):
        return False
    name = _name(s, c, text)
    return (
        OutletBook.load().named(name) is not None or PRESS.search(name) is not None or s.tokens[c].name.endswith("ORG")
    )


def _is_outlet(s: Sentence, i: int, text: str) -> bool:
    return s.tokens[i].upos == "PROPN" and OutletBook.load().named(_name(s, i, text)) is not None


def _name(s: Sentence, c: int, text: str) -> str:
    places = [
        p for p in s.subtree(c)
        if p == c or (s.tokens[p].relation in {"flat", "compound", "amod"} and (s.tokens[p].head == c or p < c))
    ]  # fmt: skip
    return text_of(s, places, text)


def reason_of(s: Sentence, text: str) -> Span | None:
    """Where the sentence says that, and why, a source is not named."""
    match = ANONYMITY.search(text[s.start : s.end])
    return Span(s.start + match.start(), s.start + match.end(), "attribution:anonymity") if match else None
