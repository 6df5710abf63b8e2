"""A denial in a sentence of its own ("Sweden denied it", "Kenya disputes the report"): what the sentence before it tells is disputed."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.model import Document, Sentence, Span
from dragoman.reading.drafts import Draft
from dragoman.reading.sides import side_of
from dragoman.reading.tree import lemma, offsets, own_subjects
from dragoman.reading.values import SentenceMentions

DENYING = frozenset({"deny", "dispute"})
#: What stands for all that was just told: a pronoun, or a noun of telling.
TOLD = frozenset(
    {"it", "this", "that", "claim", "report", "account", "allegation", "accusation", "assertion", "statement"}
)
#: An act told as real; what is planned or was never done cannot be denied to have been.
REAL = frozenset({"done", "ongoing", "attempted"})


def dispute(document: Document, mentions: Sequence[SentenceMentions], drafts: Sequence[Draft]) -> None:
    """Mark the drafts that a party to them, other than the one that tells them, denies in the sentence after them."""
    for n, s in enumerate(document.sentences):
        if n == 0 or s.where != "body" or document.sentences[n - 1].where != "body":
            continue
        for i in range(len(s.tokens)):
            deniers = _deniers(s, i, mentions[n])
            for draft in drafts if deniers else ():
                if _told_just_before(draft, n) and set(deniers) & draft.parties and draft.attribution.of not in deniers:
                    draft.status, draft.denied_by = "disputed", deniers
                    draft.sentences.append(n)
                    for name in ("status", "denied_by"):
                        draft.add_span(name, Span(*offsets(s, [i]), "denial"))


def _told_just_before(draft: Draft, n: int) -> bool:
    return draft.where == "body" and max(draft.sentences) == n - 1 and draft.status in REAL


def _deniers(s: Sentence, i: int, mentions: SentenceMentions) -> tuple[str, ...]:
    """The parties that deny at verb ``i`` what was just told; none where it tells itself what is denied, or is itself denied or asked."""
    token = s.tokens[i]
    if token.upos != "VERB" or lemma(s, i) not in DENYING or s.is_quoted(i):
        return ()
    if token.head >= 0 and token.relation not in {"conj", "parataxis"}:
        return ()
    if s.dependants(i, "ccomp", "xcomp") or any(s.tokens[c].feats.get("Polarity") == "Neg" for c in s.children[i]):
        return ()
    objects = s.dependants(i, "obj")
    if not objects or lemma(s, objects[0]) not in TOLD or s.dependants(objects[0], "acl", "nmod"):
        return ()
    return side_of(s, own_subjects(s, i), mentions, "denier").codes
