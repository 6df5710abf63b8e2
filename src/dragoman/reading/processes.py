"""Standing efforts that a report follows: reviews, rounds, mediation, and the stage they are at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dragoman.codebook.words import word_lists
from dragoman.model import Document, Process, Sentence, Span, TimeExpression
from dragoman.reading.attribution import Attributions
from dragoman.reading.sides import side_of
from dragoman.reading.status import is_question
from dragoman.reading.tree import agents, chain, lemma, negated, obliques, offsets, preposition, subjects, text_of
from dragoman.reading.values import SentenceMentions, Side

#: How many words above the noun may tell its stage.
ABOVE = 4
#: Prepositions that belong to the name of an effort ("talks with Iran on the dam"); others tell something of it.
NAMING = frozenset({"of", "on", "with", "into", "toward", "towards", "for", "over", "about", "between"})
#: The stage told last on this list is the one that a report leaves an effort at.
ORDER = ("expected", "announced", "under_way", "abandoned", "concluded")


def read_processes(
    document: Document,
    mentions: tuple[SentenceMentions, ...],
    times: tuple[tuple[TimeExpression, ...], ...],
    attributions: Attributions,
) -> tuple[Process, ...]:
    """The standing efforts of the document, one for each owner and kind of effort, at the furthest stage told."""
    found: dict[tuple[str | None, str], tuple[tuple[bool, int], Process]] = {}
    for n, s in enumerate(document.sentences):
        if s.where not in {"body", "headline"} or is_question(s):
            continue
        text = document.article.text_of(s.where)
        for word, p in processes_of(s, n, mentions[n], times[n], attributions, text):
            key = (p.owner, word)
            rank = (s.where == "body", ORDER.index(p.stage))
            known = found.get(key)
            if known is None or rank > known[0]:
                found[key] = (rank, _with(p, known[1]) if known else p)
            else:
                found[key] = (known[0], _with(known[1], p))
    return tuple(p for _, p in found.values())


def _with(kept: Process, other: Process) -> Process:
    """The process with what another sentence adds: by when it is expected to end, and who was told of it."""
    taken = {}
    if kept.expected_by is None and other.expected_by is not None:
        taken["expected_by"] = other.spans["expected_by"]
    if not kept.briefed and other.briefed:
        taken["briefed"] = other.spans["briefed"]
    expected = other.expected_by if "expected_by" in taken else kept.expected_by
    return replace(kept, expected_by=expected, briefed=kept.briefed or other.briefed, spans={**kept.spans, **taken})


def processes_of(
    s: Sentence,
    place: int,
    mentions: SentenceMentions,
    times: tuple[TimeExpression, ...],
    attributions: Attributions,
    text: str,
) -> list[tuple[str, Process]]:
    """(kind of effort, process) for each standing effort of the sentence whose stage it tells."""
    found = []
    for i, token in enumerate(s.tokens):
        if token.upos != "NOUN":
            continue
        effort = _Effort(s, i, mentions)
        kind = effort.kind()
        stage, at = effort.stage(kind) if kind else (None, i)
        if stage is None or negated(s, i) is not None:
            continue
        owner = effort.owner(kind)
        if not owner.codes:
            speaker = attributions.of(place, i)[0].of
            told = speaker and s.where == "body" and (kind == "review" or effort.of_speaker())
            owner = Side(codes=(speaker,)) if speaker and told else owner
        if not owner.codes:
            continue
        briefed = effort.briefed().without(owner.codes)
        spans = {
            "name": (Span(*offsets(s, effort.name()), f"process:{kind}"),),
            "stage": (Span(*offsets(s, [at]), f"process:{stage}"),),
            "owner": owner.spans or (Span(*offsets(s, [i]), "process:speaker"),),
        }
        if briefed.codes:
            spans["briefed"] = briefed.spans
        date = times[0] if len(times) == 1 and times[0].type == "DATE" and times[0].interval else None
        expected = effort.expected(times)
        for name, time in (("date", date), ("expected_by", expected)):
            if time is not None:
                spans[name] = (Span(time.start, time.end, f"process:{name}"),)
        process = Process(
            owner=owner.codes[0], name=text_of(s, effort.name(), text), stage=stage, briefed=briefed.codes,
            expected_by=expected.interval if expected else None, date=date.interval if date else None,
            attribution=attributions.of(place, i)[0], spans=spans,
        )  # fmt: skip
        found.append((kind, process))
    return found


@dataclass(frozen=True)
class _Effort:
    """A noun that may name a standing effort, in its sentence."""

    s: Sentence
    i: int
    mentions: SentenceMentions

    def _side(self, words: Iterable[int], rule: str, *, place: bool = False) -> Side:
        return side_of(self.s, words, self.mentions, rule, place=place)

    @property
    def _near(self) -> list[int]:
        return [c for c in self.s.children[self.i] if self.s.tokens[c].relation in {"amod", "compound", "acl"}]

    def kind(self) -> str:
        """``review``, ``talks`` or ``effort``; the empty string where the noun names no standing effort."""
        lists, word = word_lists("processes"), lemma(self.s, self.i)
        modifiers = {lemma(self.s, c) for c in self._near}
        if word in lists["reviews"]:
            looked_at = {lemma(self.s, w) for p, w in obliques(self.s, self.i) if p in {"of", "into", "on"}}
            return "review" if (modifiers | looked_at) & lists["reviewed"] else ""
        if word in lists["talks"]:
            lasting = word != "process" and bool(modifiers & {"ongoing", "continuing", "continued", "current"})
            rounds = self.s.tokens[self.i].relation == "nmod" and lemma(self.s, self.s.tokens[self.i].head) == "round"
            return "talks" if modifiers & lists["purposes"] or lasting or rounds else ""
        if word in lists["efforts"]:
            aims = {lemma(self.s, c) for c in self.s.dependants(self.i, "acl")}
            head = self.s.tokens[self.i].head
            if head >= 0 and lemma(self.s, head) in {"ongoing", "underway", "continue", "be"}:
                aims |= {lemma(self.s, c) for c in self.s.dependants(head, "advcl", "xcomp", "ccomp", "acl")}
            return "effort" if aims & lists["efforts_for"] else ""
        return ""

    def stage(self, kind: str) -> tuple[str | None, int]:
        """The stage told by the words on and above the noun, and the word that tells it."""
        lists = word_lists("processes")
        above = [h for _, h in chain(self.s, self.i)][:ABOVE]
        for c in [*self._near, *above]:
            word = lemma(self.s, c)
            if word in lists["abandoned"] and self._tells(c):
                return "abandoned", c
            if word in lists["concluded"] and kind == "review" and self._tells(c):
                return ("under_way", c) if self._ahead(c) else ("concluded", c)
        for stage in ("announced", "under_way"):
            for c in [*self._near, *above]:
                if lemma(self.s, c) in lists[stage] and self._tells(c):
                    return ("expected", c) if stage == "announced" and self._ahead(c) else (stage, c)
        return (None, self.i) if kind != "talks" else ("under_way", self.i)

    def _tells(self, c: int) -> bool:
        """Whether the word tells of the effort itself: on it, or above it with nothing but its own clause between."""
        if self.s.tokens[c].head == self.i:
            return True
        below = self.i
        while below >= 0 and self.s.tokens[below].head != c:
            below = self.s.tokens[below].head
        relation = self.s.tokens[below].relation if below >= 0 else ""
        return relation in {"nsubj", "obj", "nmod", "obl", "conj", "acl", "xcomp", "ccomp", "compound", "nsubj:pass"}

    def _ahead(self, c: int) -> bool:
        expected = word_lists("processes")["expected"]
        ruled = [c, *(h for _, h in chain(self.s, c))][:3]
        aux = {lemma(self.s, a) for r in ruled for a in self.s.dependants(r, "aux")}
        return bool(aux & {"will", "would", "'ll", "’ll"}) or any(lemma(self.s, r) in expected for r in ruled)

    def owner(self, kind: str) -> Side:
        """Whose effort it is: its possessor, for talks the land they are about or under whose roof, else who does it."""
        own = [w for w in self.s.dependants(self.i, "nmod:poss") if w < self.i]
        side = self._side(own, "owner", place=True)
        if not side.codes:
            side = self._side([w for p, w in obliques(self.s, self.i) if p == "by"], "by")
        if not side.codes and kind == "talks":
            side = self._side([c for c in self._near if c < self.i], "compound", place=True)
            side = Side() if len(side.codes) != 1 else side
            side = side or self._auspices()
        if not side.codes and kind != "talks":
            for _, head in chain(self.s, self.i):
                if self.s.tokens[head].upos in {"VERB", "AUX"}:
                    side = self._side(agents(self.s, head) or subjects(self.s, head), "owner")
                    if side.codes:
                        break
        return side

    def _auspices(self) -> Side:
        for w, token in enumerate(self.s.tokens):
            if token.lemma.lower() in {"auspex", "auspice", "auspices", "leadership", "mediation"} and w != self.i:
                poss = self.s.dependants(w, "nmod:poss")
                of = [x for p, x in obliques(self.s, w) if p == "of"]
                if any(lemma(self.s, p) == "whose" for p in poss):
                    at = [h for _, h in chain(self.s, w) if self.s.tokens[h].upos in {"NOUN", "PROPN"}]
                    of += at
                side = self._side([*poss, *of], "auspices", place=True)
                if side.codes:
                    return side
        return Side()

    def of_speaker(self) -> bool:
        """Whether talks without an owner may be the speaker's own: they are held with somebody, or counted in rounds."""
        head = self.s.tokens[self.i].head
        return any(p == "with" for p, _ in obliques(self.s, self.i)) or (head >= 0 and lemma(self.s, head) == "round")

    def briefed(self) -> Side:
        """To whom it was explained: the party after "to" beneath the verb that tells of it, or the verb's object."""
        lists = word_lists("processes")
        for _, head in list(chain(self.s, self.i))[:ABOVE]:
            if lemma(self.s, head) in lists["briefing"]:
                to = [w for p, w in (*obliques(self.s, head), *obliques(self.s, self.i)) if p == "to"]
                to += [w for p, w in obliques(self.s, head) if p == "with"]
                return self._side([*to, *self.s.dependants(head, "iobj")], "briefed")
        return Side()

    def name(self) -> list[int]:
        """The words that name the effort."""
        keep = [self.i]
        for c in self.s.children[self.i]:
            token = self.s.tokens[c]
            named = token.relation == "nmod" and c > self.i and preposition(self.s, c) in NAMING
            if token.relation in {"amod", "compound"} or named:
                keep += self.s.subtree(c)
        return [p for p in sorted(keep) if p - self.i < 12]

    def expected(self, times: tuple[TimeExpression, ...]) -> TimeExpression | None:
        """By when it is expected to end, where the sentence expects something and tells a time ahead."""
        above = [h for _, h in chain(self.s, self.i)]
        if not any(lemma(self.s, h) in word_lists("processes")["expected"] or self._ahead(h) for h in above):
            return None
        return next((t for t in times if t.rule and t.interval and _is_ahead(t)), None)


def _is_ahead(t: TimeExpression) -> bool:
    # The times' rules name the word that binds an expression: "weeks" after "within" is read by "within:within".
    bound, said = t.rule.split(":"), t.text.lower()
    ahead = "ahead" in t.rule or bool({"within", "in", "by"} & set(bound)) or "within" in said
    return t.latest is not None and (ahead or said.startswith(("in ", "by ")))
