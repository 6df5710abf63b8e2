"""On whose word: for every word of a document the source that tells it, with its kind, its party and whom it spoke to.

The relations of one sentence (source, cue, content, PARC's words) are read in ``speech/relations.py``; this file carries them over sentences
and into :class:`dragoman.model.Attribution`. :func:`attributed_words` gives the plain cues and contents, also of sources without a party.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from dragoman.codebook.outlets import OutletBook
from dragoman.codebook.words import word_lists
from dragoman.model import Article, Attribution, Document, Sentence, Span
from dragoman.reading.speech.cues import Relation
from dragoman.reading.speech.quotations import attributed_words as attributed_words
from dragoman.reading.speech.quotations import mostly_quoted, runs_on
from dragoman.reading.speech.relations import relations_of
from dragoman.reading.speech.sources import audience_of, carried_by, cited_by, reason_of, resolved, source_at, told_of
from dragoman.reading.speech.turns import ATTRIBUTABLE, HOSTING, TURN, credited, issuer, speaker
from dragoman.reading.tree import is_passive, lemma, obliques, offsets, tells_time, text_of
from dragoman.reading.values import SentenceMentions

#: The content of a turn or a readout: the whole sentence, whatever its length.
WHOLE = 10**6
HEARSAY = frozenset({"say", "report", "believe", "think", "allege", "claim", "rumor", "rumour", "understand", "know"})
OURS = frozenset({"we", "us", "our", "ours"})
#: A source after a headline's colon has at most so many words.
HEADLINE_SOURCE = 4
READOUT = "attribution:readout"
#: Who vouches for a public act of another that he tells; a medium only passes on whoever acted.
VOUCHING = frozenset({"named_person", "anonymous", "institution", "document"})
ALLEGING = frozenset({"claim", "allege", "accuse", "purport"})


@dataclass(frozen=True)
class Said:
    """Content (word places, first to last) that a source is told to have said, in one sentence.

    ``reason`` is where the text says why the source is not named. ``source_told`` is false for bare hearsay ("reportedly"), which
    stands ``apart`` where it is not itself part of what another says. ``own`` marks a cue that is itself a public act of its source ("proposed").
    """

    first: int
    last: int
    attribution: Attribution
    hedge: str
    span: Span
    cue: int = -1
    reason: Span | None = None
    source_told: bool = True
    apart: bool = False
    own: bool = False
    content: tuple[int, ...] = ()

    def covers(self, word: int) -> bool:
        """Whether the word stands in the content."""
        return word in self.content if self.content else self.first <= word <= self.last

    @property
    def breadth(self) -> int:
        """How many words the content has."""
        return len(self.content) or self.last - self.first + 1


@dataclass(frozen=True)
class Attributions:
    """All attributions of a document: by sentence, and what stands where a sentence has none."""

    said: tuple[tuple[Said, ...], ...]
    standing: tuple[Said | None, ...]
    default: Attribution
    hands: tuple[str, ...] = ()
    """Through whose hands the report itself came, the outlet that prints it last; nobody's where it is the party's own release."""
    issued_by: str | None = None
    """The party whose own release or briefing this is: what it tells of its own people's words stands on the word of whoever speaks."""

    def chain(self, sentence: int, word: int) -> tuple[Said, ...]:
        """Who relays what the word tells, nearest to it first: the official, the agency that quotes him, who stands above both."""
        covering = sorted((x for x in self.said[sentence] if x.covers(word)), key=lambda x: x.breadth)
        standing = self.standing[sentence]
        return (*covering, standing) if standing is not None else tuple(covering)

    def of(self, sentence: int, word: int) -> tuple[Attribution, str, Span | None]:
        """(attribution, hedge, where it was read) of what the word tells."""
        attribution, hedge, span = self._told_by(sentence, word)
        return replace(attribution, relayed=self._relayed(attribution, self.relays(sentence, word))), hedge, span

    def relays(self, sentence: int, word: int) -> tuple[Said, ...]:
        """The media in the text that pass on what its source told, nearest to it first."""
        links = [x for x in self.chain(sentence, word) if x.source_told]
        return tuple(x for x in links[1:] if x.attribution.kind == "media" and x.cue >= 0)

    def reason(self, sentence: int, word: int) -> Span | None:
        """Where the text says why the source of what the word tells is not named."""
        return next((x.reason for x in self.chain(sentence, word) if x.source_told and x.reason is not None), None)

    def _relayed(self, attribution: Attribution, relays: tuple[Said, ...]) -> tuple[str, ...]:
        heard = [attribution.told] if attribution.told and OutletBook.load().named(attribution.told) else []
        names = [*heard, *(x.attribution.source for x in relays), *self.hands]
        known = {(attribution.source or "").lower()}
        found: list[str] = []
        for name in names:
            if name and name.lower() not in known:
                known.add(name.lower())
                found.append(name)
        return tuple(found)

    def _told_by(self, sentence: int, word: int) -> tuple[Attribution, str, Span | None]:
        links = self.chain(sentence, word)
        hedges = [x.hedge for x in links if x.hedge != "asserted"]
        sources = [x for x in links if x.source_told and not self._retold(x, sentence)]
        if not sources or links[0].apart:
            return self.default, hedges[0] if hedges else "asserted", links[0].span if links else None
        while (
            len(sources) > 1 and sources[0].own and sources[0].cue == word and sources[1].attribution.kind in VOUCHING
        ):
            sources = sources[1:]  # "Oslo proposed talks, an official said": the official tells of the proposal
        first = sources[0]
        attribution, hedge = first.attribution, first.hedge
        if not first.source_told or links[0] is not first:
            hedge = hedges[0] if hedges else hedge
        if attribution.told is None and attribution.kind not in {"media", "outlet"}:
            relays = [x.attribution for x in sources[1:] if x.attribution.kind == "media" and x.cue >= 0]
            if relays:
                attribution = replace(attribution, told=relays[0].source)
        return attribution, hedge, first.span

    def _retold(self, said: Said, sentence: int) -> bool:
        """Whether a release or briefing retells the words: all of them in a readout, its own people's where someone holds the floor."""
        standing = self.standing[sentence]
        if said.cue < 0:
            return False
        if standing is not None and standing.span.rule == READOUT:
            return True
        return self.issued_by is not None and (standing is None or said.attribution.of == self.issued_by)


def read_attributions(
    document: Document,
    mentions: tuple[SentenceMentions, ...],
    outlet_of: str | None = None,
    *,
    speaker_known: bool = False,
) -> Attributions:
    """Who says what in the document; ``outlet_of`` is the party to which its outlet belongs, where it is a government's,
    and ``speaker_known`` says that its byline names an official of it."""
    ours = outlet_of or _ours(document, mentions)
    rows: list[tuple[Said, ...]] = []
    standing: list[Said | None] = []
    turn: Said | None = None
    readout: Said | None = None
    alive: Said | None = None
    earlier: list[Attribution] = []
    before: Sentence | None = None
    for n, s in enumerate(document.sentences):
        text = document.article.text_of(s.where)
        if before is None or before.where != s.where:
            alive = None
        earlier = _spoken_to(s, mentions[n], text) + earlier
        found = tuple(_in_sentence(s, mentions[n], text, earlier))
        rows.append(found)
        if s.where == "body":
            turn = _turn(s, mentions[n], ours) or turn
            readout = _attributable(s, mentions[n], text) or readout
            carried = _quoted_on(s, before, found, alive)
            alive = carried
            standing.append(carried or turn or readout)
        elif s.where == "caption":
            standing.append(_caption(document, s))
        else:
            standing.append(None)
        spoken = [x for x in found if x.source_told and x.attribution.source]
        alive = spoken[-1] if spoken else alive
        earlier = [x.attribution for x in reversed(spoken)] + earlier
        before = s
    _hosts_announce(standing)
    _headline(document, mentions, standing)
    rows = _with_reasons(document, rows)
    over = _carried_back(document, rows, standing)
    default = issuer(document.article, outlet_of, speaker_known=speaker_known)
    issued = ours if turn is not None or default.kind != "outlet" else None
    return Attributions(
        tuple(rows), over, default, _hands(document.article) if default.kind == "outlet" else (), issued
    )


def _hands(article: Article) -> tuple[str, ...]:
    """Who passed the report on before it was printed, and who prints it."""
    names = (*reversed(article.relayed), article.agency, article.outlet)
    return tuple(dict.fromkeys(x for x in names if x))


def _span(s: Sentence, words: list[int], rule: str) -> Span:
    start, end = offsets(s, words)
    return Span(start, end, f"attribution:{rule}")


# ------------------------------------------------------------------------------------------------ over sentences


def _with_reasons(document: Document, rows: list[tuple[Said, ...]]) -> list[tuple[Said, ...]]:
    """The rows with the reason why a source is not named wherever he speaks, once the text has told it of him ("the official, who …")."""
    known: dict[tuple[str | None, str | None], Said] = {}
    for s, row in zip(document.sentences, rows, strict=True):
        for said in row:
            if said.reason is not None and _spoken_of_before(s, said):
                known.setdefault((said.attribution.source, said.attribution.of), said)

    def filled(said: Said) -> Said:
        told = known.get((said.attribution.source, said.attribution.of))
        if told is None or said.reason is not None or said.attribution.kind != "anonymous":
            return said
        return replace(said, reason=told.reason, attribution=replace(said.attribution, reason=told.attribution.reason))

    return [tuple(filled(x) for x in row) for row in rows]


def _spoken_of_before(s: Sentence, said: Said) -> bool:
    """Whether the source's words take up one of whom the text has told ("the official", "he"), rather than bring in another."""
    at = next((i for i, t in enumerate(s.tokens) if t.start == said.span.start), -1)
    if at < 0:
        return False
    return s.tokens[at].upos == "PRON" or any(lemma(s, c) in {"the", "this"} for c in s.dependants(at, "det"))


def _ours(document: Document, mentions: tuple[SentenceMentions, ...]) -> str | None:
    """The party that "we" stands for in most of the body: whose briefing a transcript without an outlet is."""
    counts: Counter[str] = Counter()
    for s, found in zip(document.sentences, mentions, strict=True):
        if s.where == "body":
            counts.update(m.codes[0] for m in found.mentions if m.codes and m.text.lower() in OURS)
    return counts.most_common(1)[0][0] if counts else None


def _hosts_announce(standing: list[Said | None]) -> None:
    """Whoever hosts a briefing speaks for the speaker whom he presents: his words stand on the first speaker's."""
    first = next((x for x in standing if x is not None and x.attribution.kind in {"named_person", "anonymous"}), None)
    for n, x in enumerate(standing):
        if first is not None and x is not None and x.attribution.source in {h.lower() for h in HOSTING}:
            standing[n] = replace(x, attribution=replace(first.attribution, told=None))


def _headline(document: Document, mentions: tuple[SentenceMentions, ...], standing: list[Said | None]) -> None:
    """A headline's source after its last colon ("…: State", "…: officials")."""
    places = [n for n, s in enumerate(document.sentences) if s.where == "headline"]
    if not places:
        return
    n = places[-1]
    s = document.sentences[n]
    colon = max((i for i, t in enumerate(s.tokens) if t.form == ":"), default=-1)
    split = colon < 0 and len(places) > 1 and document.sentences[places[-2]].text.rstrip().endswith(":")
    named = [i for i in range(colon + 1, len(s.tokens)) if s.tokens[i].upos in {"NOUN", "PROPN"}]
    if not (split or colon > 2) or len(s.tokens) - colon - 1 > HEADLINE_SOURCE or not named:
        return
    if any(s.tokens[i].upos in {"VERB", "AUX"} for i in range(colon + 1, len(s.tokens))):
        return
    attribution = source_at(s, named[-1], mentions[n], document.article.text_of("headline"))
    said = Said(0, WHOLE, attribution, "asserted", _span(s, named, "headline"))
    for place in places:
        standing[place] = said


def _turn(s: Sentence, mentions: SentenceMentions, outlet_of: str | None) -> Said | None:
    found = speaker(s, mentions, outlet_of)
    if found is None:
        return None
    attribution, words = found
    return Said(0, WHOLE, attribution, "asserted", _span(s, list(range(max(words, 1))), "turn"))


def _attributable(s: Sentence, mentions: SentenceMentions, text: str) -> Said | None:
    """A readout's head: "The following is attributable to Spokesperson …"."""
    if not ATTRIBUTABLE.search(s.text):
        return None
    for i, token in enumerate(s.tokens):
        if token.lemma.lower() in {"attributable", "attribute"}:
            for p, w in obliques(s, i):
                if p == "to":
                    return Said(
                        0, WHOLE, source_at(s, w, mentions, text), "asserted", _span(s, s.subtree(w), "readout")
                    )
    return None


def _caption(document: Document, s: Sentence) -> Said | None:
    attribution = credited(document.article, s)
    return (
        Said(0, WHOLE, attribution, "asserted", _span(s, list(range(len(s.tokens))), "credit")) if attribution else None
    )


def _quoted_on(s: Sentence, before: Sentence | None, found: tuple[Said, ...], last: Said | None) -> Said | None:
    """The last speaker, where the sentence goes on with the quotation or stands in quotation marks without a cue of its own."""
    if last is None or before is None or not mostly_quoted(s):
        return None
    if any(x.cue >= 0 and not s.is_quoted(x.cue) for x in found):
        return None
    near = s.paragraph == before.paragraph or (s.paragraph - before.paragraph == 1 and bool(before.quoted))
    return replace(last, first=0, last=WHOLE, content=()) if near else None


def _carried_back(
    document: Document, rows: list[tuple[Said, ...]], standing: list[Said | None]
) -> tuple[Said | None, ...]:
    """A quotation over several sentences belongs to the cue at its end ("… . … ," he said)."""
    for n in range(len(rows) - 2, -1, -1):
        s, after = document.sentences[n], document.sentences[n + 1]
        if s.where != "body" or after.where != "body" or not mostly_quoted(s) or not runs_on(s):
            continue
        own = [x for x in rows[n] if x.cue >= 0 and not s.is_quoted(x.cue)]
        spoken = [
            x
            for x in rows[n + 1]
            if x.cue >= 0 and not after.is_quoted(x.cue) and after.quoted and x.covers(after.quoted[0][0])
        ]
        if not own and (spoken or (standing[n + 1] is not None and not rows[n + 1] and mostly_quoted(after))):
            link = spoken[0] if spoken else standing[n + 1]
            standing[n] = replace(link, first=0, last=WHOLE, content=()) if link else None
    return tuple(standing)


# --------------------------------------------------------------------------------------------------- one sentence


def _spoken_to(s: Sentence, mentions: SentenceMentions, text: str) -> list[Attribution]:
    """Whoever the sentence tells to be speaking to an audience, without saying what."""
    found = audience_of(s, mentions, text)
    return [replace(source_at(s, found[0], mentions, text), told=found[1])] if found else []


def _in_sentence(s: Sentence, mentions: SentenceMentions, text: str, earlier: list[Attribution]) -> list[Said]:
    found: list[Said] = []
    labelled = s.where == "body" and TURN.match(s.text) is not None
    for relation in relations_of(s):
        if labelled and relation.shape == "colon":
            continue  # the label of a transcript's turn, which goes on beyond the sentence
        said = _said(s, relation, mentions, text, earlier)
        if said is not None:
            found.append(said)
            earlier = [said.attribution, *earlier]
    lists = word_lists("attribution")
    for i, token in enumerate(s.tokens):
        word = token.lemma.lower()
        if word in lists["hearsay"]:
            clause = s.subtree(token.head) if token.head >= 0 else list(range(len(s.tokens)))
            hedge = "alleged" if word == "allegedly" else "reported"
            found.append(_bare(s, i, clause, hedge, "hedge"))
        elif token.upos == "VERB" and _is_hearsay(s, i):
            hedge = "alleged" if word in ALLEGING else "reported"
            found.append(_bare(s, i, s.subtree(i), hedge, "passive cue", apart=token.relation == "conj"))
    return found


def _is_hearsay(s: Sentence, i: int) -> bool:
    """Whether the verb is a passive of saying without an agent, with what is said ("is said to have")."""
    if lemma(s, i) not in HEARSAY or not is_passive(s, i) or s.dependants(i, "obl:agent"):
        return False
    return bool(s.dependants(i, "xcomp", "ccomp", "csubj"))


def _bare(s: Sentence, i: int, words: list[int], hedge: str, rule: str, *, apart: bool = False) -> Said:
    """Hearsay of which no source is told."""
    return Said(
        min(words),
        max(words),
        Attribution("outlet", None),
        hedge,
        _span(s, [i], rule),
        i,
        source_told=False,
        apart=apart,
    )


def _said(s: Sentence, r: Relation, mentions: SentenceMentions, text: str, earlier: list[Attribution]) -> Said | None:
    if r.source < 0 or tells_time(s, r.source) or not _vouches(s, r):
        return None
    if any(lemma(s, c) in word_lists("attribution")["hearsay"] for c in s.children[r.head]):
        return None  # "they reportedly said": the outlet vouches for it, no better than by hearsay
    if s.tokens[r.source].feats.get("Person") in {"1", "2"}:
        return None  # "we have said": whoever speaks here is told by the turn or the quotation around it
    mention = mentions.by_head.get(r.source) or mentions.covering.get(r.source)
    if r.shape not in {"preposition", "colon"} and (
        (mention and len(mention.codes) > 1) or lemma(s, r.source) in {"side", "both", "party", "two"}
    ):
        return None  # what both sides say or pledge together is their act, not one's word on it
    attribution = source_at(s, r.source, mentions, text)
    attribution = resolved(s, r.source, attribution, earlier)
    lists = word_lists("attribution")
    if (
        r.shape == "preposition"
        and attribution.kind == "anonymous"
        and lemma(s, r.source) not in lists["anonymous_heads"]
    ):
        attribution = replace(attribution, kind="document")  # "according to the footage"
    word = lemma(s, r.head)
    cited = cited_by(s, r.head) if attribution.kind == "media" else None
    medium = attribution.source if cited is not None else None
    if cited is not None:
        attribution = resolved(s, cited, source_at(s, cited, mentions, text), earlier)
    if word in lists["showing"] and attribution.kind not in {"document", "media"}:
        return None  # "the visit showed that …" tells nothing of a speaker
    told = told_of(s, r.head, mentions, text) if r.shape not in {"preposition", "colon"} else None
    if told is None and (carrier := carried_by(s, r.source, text)) is not None:
        told = text_of(s, [carrier], text)  # "a statement carried by KCNA said"
    told = medium or told or attribution.told or _told_before(attribution, earlier)
    attribution = replace(attribution, told=told, cue=" ".join(s.tokens[i].form for i in r.cue))
    hedge = "alleged" if word in ALLEGING else "reported" if attribution.kind == "media" else "asserted"
    span = _span(s, [r.source], f"cue:{word}")
    content = tuple(sorted({*r.content, *_subject_matter(s, r), *((r.head,) if word in lists["public"] else ())}))
    reason = reason_of(s, text) if attribution.kind == "anonymous" else None
    if reason is not None:
        attribution = replace(attribution, reason=" ".join(text[reason.start : reason.end].split()))
    if s.tokens[r.head].upos not in {"VERB", "AUX"} and r.shape == "clause":
        content = tuple(sorted({*content, *r.cue}))  # "made clear that": the act may hang on the verb
    first, last = (content[0], content[-1]) if content else (0, -1)
    return Said(first, last, attribution, hedge, span, r.head, reason, own=word in lists["public"], content=content)


def _calls_upon(s: Sentence, r: Relation) -> bool:
    """Whether "call" asks ("called for talks", "called on them to …") rather than telephones or names."""
    return any(p in {"for", "on", "upon"} and c > r.head for p, c in obliques(s, r.head))


def _told_before(source: Attribution, earlier: list[Attribution]) -> str | None:
    """Whom the same named person was just told to be speaking to."""
    if not earlier or source.kind != "named_person" or not source.source or earlier[0].kind != "named_person":
        return None
    same = (earlier[0].source or "").split()[-1:] == source.source.split()[-1:]
    return earlier[0].told if same else None


def _subject_matter(s: Sentence, r: Relation) -> list[int]:
    """What the words are said of ("…, the ministry said of the call")."""
    if r.shape not in {"clause", "quote", "parenthesis"}:
        return []
    return [w for p, c in obliques(s, r.head) if p in {"of", "about"} for w in s.subtree(c)]


def _vouches(s: Sentence, r: Relation) -> bool:
    """Whether the relation makes its source the one on whose word the content is known: saying does, minding and doing do not."""
    lists = word_lists("attribution")
    word = lemma(s, r.head)
    if r.shape in {"preposition", "colon", "parenthesis", "bare", "account"}:
        return True
    if s.tokens[r.head].upos not in {"VERB", "AUX"}:
        return r.shape == "clause"  # "made clear that"
    if word in lists["mind"] or (word == "call" and not _calls_upon(s, r)):
        return False
    if r.shape in {"clause", "quote"}:
        return word in lists["say"] or s.tokens[r.head].cue
    return word in lists["public"] or word in lists["telling_of"]
