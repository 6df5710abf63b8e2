"""Every mention in a report and the party that it speaks for (GUIDE.md, ``from`` and ``to``)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlsplit

from dragoman.codebook.actors import ActorBook
from dragoman.model import Article, Document, Mention, Sentence
from dragoman.reading.who.abbreviations import with_abbreviations
from dragoman.reading.who.compose import Composer
from dragoman.reading.who.decide import Deciders
from dragoman.reading.who.memory import Memory
from dragoman.reading.who.offices import offices_agree
from dragoman.reading.who.people import People
from dragoman.reading.who.pieces import PieceFinder
from dragoman.reading.who.places import mark_places
from dragoman.reading.who.reference import Referrer
from dragoman.reading.who.speech import ASKERS, Speaker, covering, label_of, speaking_words
from dragoman.reading.who.values import Draft, head_of

__all__ = ["read_mentions"]


def read_mentions(document: Document, book: ActorBook) -> tuple[tuple[Mention, ...], ...]:
    """The mentions of each sentence of the document, in its order, from left to right.

    Offsets point into the text of the sentence's ``where``. ``codes`` is empty where neither the report nor the book settles the party; a word that
    may stand for several parties and is not decided by the report has them in ``ambiguous``.
    """
    return _Reader(document, book).read()


def _own_party(article: Article, book: ActorBook) -> tuple[str, ...]:
    """The party whose outlet published the report, if a government's (or an organisation's) own."""
    names = [article.outlet or "", article.agency or "", article.byline or ""]
    if article.url:
        host = urlsplit(article.url).hostname or ""
        parts = host.split(".")
        names += [".".join(parts[i:]) for i in range(len(parts) - 1)]
    code = next((c for n in names if n and (c := book.outlet(n))), None)
    return (code,) if code else ()


#: Between two holders of office of one party.
_LINKS = (["and"], [",", "and"], ["&"])
#: Forms of address by which transcripts label those without a title of their own; they are staff (level 4).
_ADDRESSED = frozenset({"MR", "MS", "MRS", "MR.", "MS.", "MRS."})
_STAFF = 4


class _Reader:
    def __init__(self, document: Document, book: ActorBook) -> None:
        self._document, self._book = document, book
        self._sentences: Sequence[Sentence] = document.sentences
        self._day = document.article.published_day
        self._own = _own_party(document.article, book)
        self._memory = Memory(book)
        self._turn: Speaker | None = None
        self._last_said: tuple[int, Speaker] | None = None

    def read(self) -> tuple[tuple[Mention, ...], ...]:
        finder = PieceFinder(self._book)
        pieces = [finder.pieces(s) for s in self._sentences]
        pieces = with_abbreviations(self._book, self._sentences, finder.with_surnames(self._sentences, pieces))
        text = " ".join(s.text for s in self._sentences)
        headlines = {n for n, s in enumerate(self._sentences) if s.where == "headline"}
        deciders = Deciders(self._book, pieces, text, headlines=headlines)
        rows = [
            Composer(self._book, deciders, n, s).compose(p)
            for n, (s, p) in enumerate(zip(self._sentences, pieces, strict=True))
        ]
        people = People(self._book, self._day, deciders.named)
        for sentence, drafts in zip(self._sentences, rows, strict=True):
            for draft in drafts:
                if draft.name is not None:
                    people.learn(sentence, draft)
        people.finish(self._own)
        self._leaders(rows, people)
        home = () if self._own else deciders.home()
        referrer = Referrer(self._book, self._memory, own=self._own, home=home, day=self._day)
        return tuple(self._sentence(n, drafts, people, referrer) for n, drafts in enumerate(rows))

    def _leaders(self, rows: list[list[Draft]], people: People) -> None:
        """Give "Maduro's communications minister" the leader's party, and teach it to the holder named with it."""
        for sentence, drafts in zip(self._sentences, rows, strict=True):
            for draft in drafts:
                if draft.whose is None or draft.codes:
                    continue
                leader = people.resolve(
                    sentence, Draft(draft.sentence, *draft.whose, "person", "person", (), "name", name=draft.whose)
                )
                name = people.text(
                    sentence, Draft(draft.sentence, *draft.whose, "person", "person", (), "name", name=draft.whose)
                )
                draft.codes = leader.codes if leader and leader.codes else people.leader(name)
                if draft.name is not None and draft.codes:
                    people.learn(sentence, draft)

    def _sentence(self, number: int, drafts: list[Draft], people: People, referrer: Referrer) -> tuple[Mention, ...]:
        sentence = self._sentences[number]
        before = self._sentences[number - 1] if number else None
        if before is not None and (before.where != sentence.where):
            self._turn = None
        for draft in drafts:
            self._name(sentence, draft, people)
        self._companions(sentence, drafts)
        opens = number == 0 or (before is not None and before.where != sentence.where) or sentence.paragraph <= 1
        mark_places(self._book, sentence, drafts, opens_text=opens)
        self._label(number, sentence, drafts)
        for draft in sorted(drafts, key=lambda d: d.first):
            settled = bool(draft.codes)
            referrer.complete(sentence, draft, None)
            if draft.name is not None and draft.codes and not settled:
                people.settle(sentence, draft)
            self._memory.add(sentence, draft)
        speakers = self._speakers(number, sentence, drafts, referrer)
        for draft in drafts:
            if draft.possessor is not None:
                referrer.complete(sentence, draft, speakers.get(draft.possessor, Speaker(self._own)))
        drafts += referrer.found(number, sentence, drafts, speakers)
        drafts.sort(key=lambda d: (d.first, -d.last))
        return tuple(self._mention(sentence, d) for d in drafts)

    def _companions(self, sentence: Sentence, drafts: list[Draft]) -> None:
        """Give "President N and Vice Minister S" one party, where nothing else tells the second one's."""
        for first, second in pairwise(drafts):
            between = [t.form for t in sentence.tokens[first.last + 1 : second.first]]
            if first.name is None and first.office and first.definite and not first.codes and between == [","]:
                # "the leader of the faithful, Pope N"
                first.codes = second.codes if second.name is not None and second.office else ()
            guest = first.name is not None and first.office and first.codes and first.codes != self._own
            # Words of the second one's title may stand before what the book knows of it: "and Senior Policy Adviser S".
            while between and between[-1][:1].isupper():
                between.pop()
            if guest and second.name is not None and second.office and not second.codes and between in _LINKS:
                second.codes, second.rule = first.codes, second.rule + "+companion"

    def _name(self, sentence: Sentence, draft: Draft, people: People) -> None:
        """Give a named draft its person; the title's party wins over what is known of the name."""
        if draft.name is None:
            return
        person = people.resolve(sentence, draft)
        if person is None:
            draft.person = people.text(sentence, draft)
            draft.codes = draft.codes or draft.hint or people.default(draft.office)
            return
        draft.person = person.name
        draft.gender = person.gender
        if not draft.codes:
            draft.codes = person.codes or draft.hint or people.default(draft.office)
            draft.rule += "+report" if person.told else "+book"
        if not draft.office or (person.office and draft.office in self._book.words("honours")):
            draft.office, draft.level, draft.former = person.office, person.level, person.former
        elif draft.level == 0:
            draft.level = person.level
        elif person.former and offices_agree(self._book, person.office, draft.office):
            draft.former = True

    # -------------------------------------------------------------------------------------------------- speech

    def _label(self, number: int, sentence: Sentence, drafts: list[Draft]) -> None:
        label = label_of(sentence)
        if label is None or sentence.where != "body":
            return
        colon, words = label
        self._memory.barrier = number
        if words.split()[0] in ASKERS:
            self._turn = Speaker((), "asks")
            return
        speaker = covering(drafts, colon - 1)
        if speaker is not None and speaker.codes and not speaker.place_only:
            self._turn = Speaker(speaker.codes, speaker.person, speaker)
        else:
            self._turn = Speaker(self._own, None) if self._own else self._held_by(words)
            if words.split()[0] in _ADDRESSED and self._own:
                self._labelled(number, colon, drafts, self._held_by(words).person)

    def _labelled(self, number: int, colon: int, drafts: list[Draft], person: str | None) -> None:
        """Make the label "MS QUILL" of a government's own transcript one of its people."""
        draft = covering(drafts, colon - 1)
        if draft is None:
            draft = Draft(number, 0, colon - 1, "person", "person", (), "label", name=(1, colon - 1))
            drafts.insert(0, draft)
        if draft.kind == "person" and not draft.codes:
            draft.codes, draft.level, draft.person = self._own, draft.level or _STAFF, draft.person or person

    def _held_by(self, label: str) -> Speaker:
        """Who a label of capitals names ("MR PRICE"), where one office holder of that day alone bears the surname."""
        rows = [r for r in self._book.by_surname(label.split()[-1].title()) if self._day and r.held_on(self._day)]
        if len({r.person for r in rows}) != 1:
            return Speaker()
        return Speaker((rows[0].position.code,), rows[0].person)

    def _speakers(self, number: int, sentence: Sentence, drafts: list[Draft], referrer: Referrer) -> dict[int, Speaker]:
        """Who speaks each word that stands in a quotation or in a turn of a transcript."""
        found: dict[int, Speaker] = {}
        if self._turn is not None:
            found = dict.fromkeys(range(len(sentence.tokens)), self._turn)
        words = speaking_words(self._book, sentence)
        if not sentence.quoted and not words:
            return found
        named = self._named_speaker(number, sentence, drafts, words, referrer)
        speaker = None
        if words and named is None:
            self._last_said = (number, Speaker())
        elif named is not None:
            speaker = Speaker(named.codes, named.person, named)
            self._last_said = (number, speaker)
        elif self._last_said is not None and self._same_voice(self._last_said[0], number):
            speaker = self._last_said[1]
            self._last_said = (number, speaker)
        for i in range(len(sentence.tokens)):
            if sentence.is_quoted(i):
                found[i] = speaker or Speaker()
        return found

    def _named_speaker(
        self, number: int, sentence: Sentence, drafts: list[Draft], words: list[int], referrer: Referrer
    ) -> Draft | None:
        for word in words:
            draft = covering(drafts, word) or referrer.pronoun(number, sentence, word)
            if draft is not None:
                return draft
        return None

    def _same_voice(self, said: int, number: int) -> bool:
        """Whether a quotation without a speaker goes on with the last one: the next sentence of the same paragraph."""
        a, b = self._sentences[said], self._sentences[number]
        return number - said <= 2 and a.where == b.where and a.paragraph == b.paragraph

    # ------------------------------------------------------------------------------------------------- mention

    def _mention(self, sentence: Sentence, draft: Draft) -> Mention:
        start, end = sentence.tokens[draft.first].start, sentence.tokens[draft.last].end
        return Mention(
            sentence=draft.sentence,
            first=draft.first,
            last=draft.last,
            head=head_of(sentence, draft.first, draft.last),
            start=start,
            end=end,
            text=sentence.text[start - sentence.start : end - sentence.start],
            kind=draft.kind,
            codes=draft.codes,
            rule=draft.rule,
            person=draft.person,
            position=self._position(draft),
            level=5 if draft.former or (draft.relative and not draft.office) else draft.level,
            place_only=draft.place_only,
            ambiguous=draft.ambiguous,
            channel=draft.channel,
            posted=draft.posted,
        )

    def _position(self, draft: Draft) -> str | None:
        if not draft.office or draft.cls == "body":
            return None
        return f"former {draft.office}" if draft.former else draft.office
