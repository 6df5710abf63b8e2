"""A city or country that merely tells where: "in Washington", a dateline, the goal of a journey."""

from __future__ import annotations

from dragoman.codebook.actors import ActorBook
from dragoman.model import Sentence
from dragoman.reading.who.values import Draft

_WHERE = frozenset(
    [
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "around",
        "across",
        "throughout",
        "within",
        "into",
        "through",
        "via",
        "off",
        "over",
        "beyond",
        "onto",
        "along",
    ]
)
#: With these a place is a place only beside a word of travel.
_WHITHER = frozenset({"to", "from", "for"})
#: Words before a town's name.
_TOWNLY = frozenset({"city", "capital", "town", "downtown"})
#: Relations of a name that hangs on its sentence by a comma alone.
_LOOSE = frozenset({"appos", "list", "parataxis", "dep", "nmod", "obl", "flat"})
_LOCATIVE = frozenset({"name", "capital", "seat"})
#: Things at which people speak: "at the State Department" tells where.
_BUILDINGS = frozenset({"body"})


def mark_places(book: ActorBook, sentence: Sentence, drafts: list[Draft], *, opens_text: bool) -> None:
    """Set ``place_only`` on the drafts of one sentence; ``opens_text`` where a dateline may stand."""
    for draft in drafts:
        if draft.cls in _LOCATIVE and draft.kind in {"state", "organisation"}:
            draft.place_only = _is_place(book, sentence, draft, drafts)
        elif draft.cls in _BUILDINGS and draft.kind == "organisation" and not draft.office:
            draft.place_only = _case(sentence, draft) in {"at", "inside", "outside", "near"}
    if opens_text:
        _dateline(sentence, drafts)


def _head(sentence: Sentence, draft: Draft) -> int:
    return next(
        (j for j in range(draft.first, draft.last + 1) if not draft.first <= sentence.tokens[j].head <= draft.last),
        draft.last,
    )


def _case(sentence: Sentence, draft: Draft) -> str:
    head = _head(sentence, draft)
    marks = [sentence.tokens[c].form.lower() for c in sentence.dependants(head, "case") if c < draft.first]
    if marks:
        return marks[-1]
    i = draft.first - 1
    while i >= 0 and sentence.tokens[i].form.lower() in {
        "the",
        "downtown",
        "central",
        "northern",
        "southern",
        "eastern",
        "western",
    }:
        i -= 1
    return sentence.tokens[i].form.lower() if i >= 0 and sentence.tokens[i].upos == "ADP" else ""


def _is_place(book: ActorBook, sentence: Sentence, draft: Draft, drafts: list[Draft]) -> bool:
    tokens = sentence.tokens
    head = _head(sentence, draft)
    token = tokens[head]
    governor = tokens[token.head].lemma.lower() if token.head >= 0 else ""
    following = [t.form.lower() for t in tokens[draft.last + 1 : draft.last + 3]]
    if following[:1] and following[0] in {"'s", "’s"}:
        return False
    if len(following) == 2 and following[0] in {"-", "–"} and following[1] in {"based", "born", "bound", "area"}:
        return True
    if token.relation == "conj" and 0 <= token.head < head:
        first = tokens[token.head]
        cases = [tokens[c].form.lower() for c in sentence.dependants(token.head, "case")]
        above = tokens[first.head].lemma.lower() if first.head >= 0 else ""
        return bool(cases) and _told(book, cases[-1], above) and first.upos == "PROPN" and not _case(sentence, draft)
    if draft.cls == "capital" and _is_scene(book, sentence, draft, head):
        return True
    case = _case(sentence, draft)
    if case == "to" and token.head >= 0 and governor in book.words("convey"):
        return _is_traveller(sentence, token.head, drafts)
    if (
        governor == "come"
        and case == "to"
        and any(tokens[j].form.lower() == "it" for j in sentence.dependants(token.head, "nsubj", "expl"))
    ):
        return False
    if case:
        return _told(book, case, governor)
    if draft.kind == "state" and governor in book.words("visit") and token.relation in {"obj", "dobj"}:
        return True
    # "Doha, Qatar": the country after its city.
    marks = sentence.dependants(token.head, "case") if token.relation == "appos" else []
    return bool(marks) and _told(book, tokens[marks[-1]].form.lower(), "")


def _is_scene(book: ActorBook, sentence: Sentence, draft: Draft, head: int) -> bool:
    """Whether a capital is a point on the map by what stands around it: its country, "city of", a street, an airport."""
    tokens, token = sentence.tokens, sentence.tokens[head]
    before = tokens[draft.first - 1].form.lower() if draft.first else ""
    following = [t.form for t in tokens[draft.last + 1 : draft.last + 3]]
    if before in _TOWNLY or (len(following) == 2 and following[0] == "," and _is_country(book, following[1], draft)):
        return True
    if draft.text.endswith((" dc", "d.c.")):
        return _case(sentence, draft) in _WHERE | _WHITHER
    if token.head < 0:
        return not any(t.upos in {"VERB", "AUX"} for t in tokens)
    governor = tokens[token.head].lemma.lower()
    if token.relation in _LOOSE:
        return before == ","
    return governor in book.words("sites") and (token.relation == "compound" or _case(sentence, draft) == "of")


def _is_country(book: ActorBook, word: str, draft: Draft) -> bool:
    return word in {"D.C.", "DC"} or bool(set(book.party(word)) & set(draft.codes))


def _is_traveller(sentence: Sentence, verb: int, drafts: list[Draft]) -> bool:
    """Whether what is sent can travel: an envoy goes to a place, a message to a party."""
    moved = sentence.dependants(verb, "obj", "nsubj:pass")
    if not moved:
        return sentence.tokens[verb].lemma.lower() in {"fly"}
    if any(sentence.tokens[word].upos == "PRON" for word in moved):
        return True
    return any(
        d.first <= word <= d.last and d.kind in {"person", "group", "organisation"} for word in moved for d in drafts
    )


def _told(book: ActorBook, case: str, governor: str) -> bool:
    if governor in {"border", "frontier", "boundary"}:
        return True
    if case in _WHERE:
        return not (case in {"in", "into"} and governor in book.words("interest"))
    return case in _WHITHER and governor in book.words("travel")


def _dateline(sentence: Sentence, drafts: list[Draft]) -> None:
    """ "OSLO, June 2 (Reuters) --": the place before the dash that opens a report."""
    dash = next(
        (i for i, t in enumerate(sentence.tokens[:14]) if t.form in {"--", "—", "–", "-"} and t.space_after), -1
    )
    if dash < 0 or not drafts or drafts[0].first != 0:
        return
    if any(t.upos in {"VERB", "AUX"} for t in sentence.tokens[:dash]):
        return
    for draft in drafts:
        if draft.last < dash and draft.cls in _LOCATIVE:
            draft.place_only = True
