"""On whose word: sources, cues and contents (PARC's words), and to whom they spoke."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.codebook.words import word_lists
from dragoman.model import Article, Attribution, Document, Mention, Sentence, Span
from dragoman.reading.sides import side_of
from dragoman.reading.speech.quotations import attributed_words as attributed_words
from dragoman.reading.tree import lemma, obliques, offsets, own_subjects, preposition, text_of
from dragoman.reading.values import SentenceMentions

#: A turn of a transcript: the speaker in capitals and a colon ("MR PRICE:", "QUESTION:", "SENIOR OFFICIAL ONE:").
TURN = re.compile(r"^\s*((?:[A-Z][A-Z.'’-]+\s?){1,7})(?:\([^)]*\))?\s*:")


@dataclass(frozen=True)
class Said:
    """Content (word places, first to last) that a source is told to have said, in one sentence."""

    first: int
    last: int
    attribution: Attribution
    hedge: str
    span: Span
    cue: int = -1

    def covers(self, word: int) -> bool:
        """Whether the word stands in the content."""
        return self.first <= word <= self.last


@dataclass(frozen=True)
class Attributions:
    """All attributions of a document: by sentence, and what stands where a sentence has none."""

    said: tuple[tuple[Said, ...], ...]
    standing: tuple[Said | None, ...]
    default: Attribution

    def of(self, sentence: int, word: int) -> tuple[Attribution, str, Span | None]:
        """(attribution, hedge, where it was read) of what the word tells."""
        covering = [x for x in self.said[sentence] if x.covers(word)]
        if covering:
            best = min(covering, key=lambda x: x.last - x.first)
            return best.attribution, best.hedge, best.span
        standing = self.standing[sentence]
        if standing is not None:
            return standing.attribution, standing.hedge, standing.span
        return self.default, "asserted", None


def read_attributions(
    document: Document,
    mentions: tuple[SentenceMentions, ...],
    outlet_of: str | None = None,
    *,
    speaker_known: bool = False,
) -> Attributions:
    """Who says what in the document; ``outlet_of`` is the party to which its outlet belongs, where it is a government's,
    and ``speaker_known`` says that its byline names an official of it."""
    rows: list[tuple[Said, ...]] = []
    standing: list[Said | None] = []
    turn: Said | None = None
    whole: Said | None = None
    last: Said | None = None
    for n, s in enumerate(document.sentences):
        text = document.article.text_of(s.where)
        found = tuple(_in_sentence(s, mentions[n], text))
        if s.where == "body":
            turn = _turn(s, mentions, n, turn, outlet_of)
            whole = _attributable(s, mentions[n], text) or whole
        rows.append(found)
        carried = last if s.quoted and s.quoted[0][0] == 0 and not found else None
        standing.append((turn or carried or whole) if s.where == "body" else None)
        last = found[-1] if found else carried
    return Attributions(tuple(rows), tuple(standing), _default(document.article, outlet_of, speaker_known))


def _default(article: Article, outlet_of: str | None, speaker_known: bool) -> Attribution:
    if outlet_of is not None:
        name = (article.byline or "").split(",")[0].strip()
        if name and speaker_known:
            return Attribution("named_person", name, outlet_of)
        return Attribution("institution", name or article.outlet, outlet_of)
    return Attribution("outlet", article.agency or article.outlet)


def _whole_span(s: Sentence, words: list[int], rule: str) -> Span:
    start, end = offsets(s, words)
    return Span(start, end, f"attribution:{rule}")


def _turn(
    s: Sentence, mentions: tuple[SentenceMentions, ...], n: int, before: Said | None, outlet_of: str | None
) -> Said | None:
    """The speaker of a transcript's turn, as long as it lasts."""
    match = TURN.match(s.text)
    if not match:
        return before
    name = " ".join(match.group(1).split())
    words = [i for i, t in enumerate(s.tokens) if t.start < s.start + match.end()]
    span = _whole_span(s, words or [0], "turn")
    plain = re.sub(r"^(MR|MS|MRS|DR|AMBASSADOR|SECRETARY|FOREIGN MINISTER|PRESIDENT|DEPUTY SECRETARY)\.?\s+", "", name)
    if re.search(r"OFFICIAL|SOURCE", name):
        return Said(
            0, 10**6, Attribution("anonymous", name.title(), _codes(mentions[n], words) or outlet_of), "asserted", span
        )
    if name in {"QUESTION", "MODERATOR", "OPERATOR"}:
        return Said(
            0,
            10**6,
            Attribution("media", "reporter's question" if name == "QUESTION" else name.lower()),
            "asserted",
            span,
        )
    return Said(
        0, 10**6, Attribution("named_person", plain.title(), _codes(mentions[n], words) or outlet_of), "asserted", span
    )


def _codes(mentions: SentenceMentions, words: list[int]) -> str | None:
    for i in words:
        mention = mentions.covering.get(i)
        if mention and mention.codes:
            return mention.codes[0]
    return None


def _attributable(s: Sentence, mentions: SentenceMentions, text: str) -> Said | None:
    """A readout's head: "The following is attributable to Spokesperson …"."""
    for i, token in enumerate(s.tokens):
        if token.lemma.lower() in {"attributable", "attribute"}:
            for p, w in obliques(s, i):
                if p == "to":
                    attribution = _source(s, w, mentions, text)
                    return Said(0, 10**6, attribution, "asserted", _whole_span(s, s.subtree(w), "attributable"))
    return None


def _in_sentence(s: Sentence, mentions: SentenceMentions, text: str) -> list[Said]:
    found: list[Said] = []
    lists = word_lists("attribution")
    for i, token in enumerate(s.tokens):
        word = token.lemma.lower()
        if token.upos in {"VERB", "AUX"} and word in lists["say"]:
            said = _verb(s, i, mentions, text)
            if said is not None:
                found.append(said)
        elif token.relation in {"obl", "nmod", "advcl", "parataxis"} and preposition(s, i) in {
            "according to",
            "accord to",
        }:
            attribution = _source(s, i, mentions, text)
            found.append(Said(0, len(s.tokens) - 1, attribution, "asserted", _whole_span(s, [i], "according to"), i))
        elif word == "according" and s.dependants(i, "obl", "nmod"):
            w = s.dependants(i, "obl", "nmod")[0]
            found.append(
                Said(
                    0,
                    len(s.tokens) - 1,
                    _source(s, w, mentions, text),
                    "asserted",
                    _whole_span(s, [w], "according to"),
                    i,
                )
            )
        elif word in {"reportedly", "allegedly", "purportedly", "supposedly"}:
            hedge = "alleged" if word == "allegedly" else "reported"
            clause = s.subtree(token.head) if token.head >= 0 else list(range(len(s.tokens)))
            source = next((x.attribution for x in found if x.covers(i)), None)
            found.append(
                Said(
                    min(clause),
                    max(clause),
                    source or Attribution("outlet", None),
                    hedge,
                    _whole_span(s, [i], "hedge"),
                    i,
                )
            )
    return found


def _verb(s: Sentence, i: int, mentions: SentenceMentions, text: str) -> Said | None:
    contents = _contents(s, i)
    subjects_ = own_subjects(s, i)
    if not contents:
        return None
    passive = bool(s.dependants(i, "nsubj:pass", "aux:pass"))
    if passive and lemma(s, i) in {
        "say",
        "report",
        "believe",
        "think",
        "allege",
        "claim",
        "rumor",
        "rumour",
        "understand",
    }:
        hedge = "alleged" if lemma(s, i) in {"allege", "claim"} else "reported"
        words = s.subtree(i)
        return Said(min(words), max(words), Attribution("outlet", None), hedge, _whole_span(s, [i], "passive cue"), i)
    if not subjects_ or passive:
        return None
    if s.tokens[subjects_[0]].feats.get("Person") in {"1", "2"}:
        return None  # "we have said": whoever speaks here is told by the turn or the quotation around it
    attribution = _source(s, subjects_[0], mentions, text)
    if lemma(s, i) in {"show", "indicate", "suggest", "read", "point"} and attribution.kind not in {
        "document",
        "media",
    }:
        return None  # "the visit showed that …" tells nothing of a speaker
    told = _told(s, i, text)
    if told:
        attribution = Attribution(attribution.kind, attribution.source, attribution.of, told, lemma(s, i))
    hedge = "alleged" if lemma(s, i) in {"claim", "allege"} else "asserted"
    words = sorted(w for c in contents for w in s.subtree(c))
    first, last = (0, len(s.tokens) - 1) if contents == [s.root] else (words[0], words[-1])
    return Said(first, last, attribution, hedge, _whole_span(s, [subjects_[0]], f"cue:{lemma(s, i)}"), i)


def _contents(s: Sentence, i: int) -> list[int]:
    """Heads of what the verb tells: clausal complements, quoted objects, or the clause in which it is parenthetic."""
    found = s.dependants(i, "ccomp") + [c for c in s.dependants(i, "obj", "parataxis") if s.is_quoted(c)]
    found += [c for c in s.dependants(i, "xcomp") if lemma(s, i) in {"claim", "deny", "promise", "pledge", "vow"}]
    if not found and s.tokens[i].relation == "parataxis" and s.tokens[i].head >= 0:
        return [s.tokens[i].head]
    if not found and lemma(s, i) in {"describe", "quote", "praise", "announce", "confirm"}:
        found = s.dependants(i, "obj")
    return found


def _told(s: Sentence, i: int, text: str) -> str | None:
    """Whom the source spoke to, as the text names it."""
    audience = word_lists("attribution")["audience"]
    for c in s.dependants(i, "obj", "iobj") if lemma(s, i) in {"tell", "brief", "inform", "assure"} else []:
        if s.tokens[c].upos == "PROPN" or lemma(s, c) in audience:
            return _name(s, c, text)
    for p, w in obliques(s, i):
        if (
            p == "to"
            and (lemma(s, w) in audience or s.tokens[w].name.endswith("ORG"))
            and lemma(s, i) in {"say", "speak", "confirm", "disclose", "reveal", "explain"}
        ):
            return _name(s, w, text)
        if p in {"in", "during"} and lemma(s, w) == "interview":
            with_ = [x for q, x in obliques(s, w) if q in {"with", "to", "by"}]
            return _name(s, with_[0], text) if with_ else None
    return None


def _name(s: Sentence, c: int, text: str) -> str:
    places = [
        p
        for p in s.subtree(c)
        if p == c or (s.tokens[p].relation in {"flat", "compound", "amod"} and s.tokens[p].head == c)
    ]
    return text_of(s, places, text)


def _source(s: Sentence, i: int, mentions: SentenceMentions, text: str) -> Attribution:
    """The source at word ``i``: its name or description, its kind, and the party it speaks for."""
    lists = word_lists("attribution")
    mention = mentions.by_head.get(i) or mentions.covering.get(i)
    codes = (mention.codes if mention else ()) or side_of(s, [i], mentions, "source", place=True).codes
    of = codes[0] if codes else None
    word = lemma(s, i)
    if mention is not None and mention.person:
        return Attribution("named_person", mention.person, of)
    if word in lists["anonymous_heads"] and not _has_name(s, i):
        return Attribution("anonymous", _described(s, i, text), of)
    if word in lists["document_heads"]:
        return Attribution("document", _described(s, i, text), of)
    if word in lists["media_heads"] or (s.tokens[i].upos == "PROPN" and not of and s.tokens[i].name.endswith("ORG")):
        return Attribution("media", _described(s, i, text), None)
    if _has_name(s, i) or (s.tokens[i].name.endswith("PER") and not (mention and of)):
        return Attribution("named_person", _described(s, i, text), of)
    if of or word in lists["institution_heads"]:
        return Attribution("institution", mention.text if mention else _described(s, i, text), of)
    return Attribution("named_person" if s.tokens[i].upos == "PROPN" else "anonymous", _described(s, i, text), of)


def _has_name(s: Sentence, i: int) -> bool:
    return any(
        s.tokens[c].name.endswith("PER")
        for c in s.children[i]
        if s.tokens[c].relation in {"appos", "flat", "nmod"} or s.tokens[c].deprel == "nmod:desc"
    )


def _described(s: Sentence, i: int, text: str) -> str:
    """The source's description without determiners and clauses ("senior administration official")."""
    keep = [
        p for p in s.subtree(i)
        if p == i or (s.tokens[p].head == i and s.tokens[p].relation in {"amod", "compound", "flat", "nmod"} and (p < i or s.tokens[p].relation == "flat"))
        or (s.tokens[p].head != i and p < i and s.tokens[p].relation in {"compound", "flat", "amod"})
    ]  # fmt: skip
    return text_of(s, [p for p in keep if s.tokens[p].upos != "DET"] or [i], text)


def party_of_outlet(mention: Mention | None) -> str | None:
    """The party for which an outlet that belongs to a government speaks."""
    return mention.codes[0] if mention and mention.codes else None
