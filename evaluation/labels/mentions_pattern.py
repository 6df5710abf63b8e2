"""The patterns by which mentions are drawn: runs of capitalised words and closed lists of descriptions, nothing of the reading room.

Written before any sentence of the sample was seen. :func:`mentions_of` gives every mention of a sentence by stratum; the strata of persons are
``titled``, ``named``, ``office`` and ``referred``, those of other parties ``common`` (a well-known party's name), ``place`` (after a preposition
of place), ``other`` (any other capitalised run) and ``definite``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from evaluation.labels.events_pattern import PARTIES

_CAP = r"(?:(?:[A-Z]\.){2,}|[A-Z]\.(?=\s[A-Z])|[A-Z][\w’'\-]*[\w]|[A-Z](?![\w.]))"
_LINK = r"(?:of|of the|for|for the|de|del|al|bin|von|van|da|du|la|el|ibn|to the)"
RUN = re.compile(rf"(?<![\w.@/#-]){_CAP}(?:[ \-](?:{_LINK} )?{_CAP}){{0,7}}")
_PLAIN = (
    "the a an this that these those it its he she they we i you his her their our my your in on at by for from of to with "
    "as and or but if when while after before since until although though because however there here what who where why how "
    "all some many most one two three four five six more no not also yes well so then today yesterday tomorrow now last next "
    "first second both each every other another thank thanks question answer monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december mon tue wed thu fri sat sun "
    "jan feb mar apr jun jul aug sep sept oct nov dec covid-19 gmt utc est am pm mr mrs ms dr please let"
)
#: Words that begin sentences or stand in every release, and those of the calendar: no mentions of anybody.
STOP = frozenset(_PLAIN.split())
_RANK = (
    "(?:(?:Vice|Deputy|Prime|Foreign|Defen[cs]e|Interior|Finance|Health|Justice|Trade|Under|Assistant|Special|Presidential|"
    "Acting|Former|Attorney|Chief|Press|First|Crown|Permanent|State|Home|External|Affairs|High|Supreme|National|Security|"
    "Federal|Senior|Police) )*"
)
_TITLE = _RANK + (
    "(?:President|Minister|Premier|Chancellor|Secretary(?: of State| of Defense| General|-General)?|Ambassador|Envoy|"
    "Representative|Spokes(?:man|woman|person)|Senator|Governor|Mayor|King|Queen|Prince|Princess|Emir|Sultan|Pope|General|"
    "Admiral|Colonel|Commissioner|Director|Chairman|Chair|Leader|Speaker|Advis[eo]r|Coordinator|Counselor|Chargé|Justice|Judge|"
    "Sheikh|MR|MS|MRS|Mr|Ms|Mrs|Dr|DR|SECRETARY|AMBASSADOR|MINISTER|PRESIDENT)"
)
TITLED = re.compile(
    rf"(?<![\w.])(?:[A-Z][\w.’']* (?:[A-Z][\w’']* )?)??{_TITLE}\.? (?:of (?:the )?{_CAP} |for {_CAP}(?: {_CAP})* )?"
    rf"{_CAP}(?:[ \-]{_CAP}){{0,3}}"
)
_GIVEN = (
    "James John Robert Michael William David Richard Joseph Thomas Charles Mark Paul Steven Andrew Kevin Brian George Peter "
    "Daniel Matthew Anthony Antony Donald Mary Patricia Jennifer Linda Elizabeth Susan Jessica Sarah Karen Nancy Lisa Anna "
    "Maria Emma Laura Jake Ned Jalina Wendy Joe Barack Hillary Mike Boris Theresa Justin Emmanuel Angela Vladimir Sergei Sergey "
    "Dmitry Xi Wang Li Zhang Kim Park Moon Lee Mohammed Mohammad Muhammad Ahmed Ali Abdullah Hassan Ibrahim Omar Abdel Recep "
    "Benjamin Yair Narendra Imran Ashraf Hamid Juan Jose José Carlos Luis Nicolás Nicolas Jair Pedro Alejandro Antonio Francisco "
    "Giuseppe Jean Pierre François Hans Olaf Josep Jens Ursula Anders Erik Scott Simon Jeremy Chris Alex Alexander Alexei Ivan "
    "Yuri Igor Andrei Tony Tim Tom Jim Bill Bob Sam Ben Adam Eric Ryan Nick Greg Jason Aaron Rachel Kate Jane Julia Sophie Amy "
    "Angelina Christine Martin Stephen Philip Edward Henry Patrick"
)
_SAID = r"(?=,? (?:said|says|told|tweeted|added|wrote|announced|stated|, who)\b)"
NAMED = re.compile(
    rf"(?<![\w.])(?:(?:{'|'.join(_GIVEN.split())})(?: {_CAP}){{1,3}}|{_CAP} {_CAP}(?: {_CAP})?{_SAID}|"
    r"(?<=said )[A-Z][\w’'\-]+ [A-Z][\w’'\-]+|(?<=by )[A-Z][\w’'\-]+ [A-Z][\w’'\-]+(?= ))"
)
_OFFICE = (
    "(?:president|prime minister|minister|foreign minister|secretary of state|secretary|secretary[- ]general|ambassadors?|envoys?|"
    "special envoy|representatives?|spokes(?:man|woman|person|people)|officials?|diplomats?|leaders?|governor|mayor|senators?|"
    "chancellor|king|queen|commissioner|director|general|commander|adviser|advisor|negotiators?|lawmakers?|legislators?|"
    "police chief|head of state|heads? of state|attorney general|speaker|chairman|delegat(?:ion|es)|"
    "President|Prime Minister|Foreign Minister|Minister|Secretary of State|Secretary|Secretary[- ]General|Ambassadors?|"
    "Special Envoy|Spokesperson|Foreign Secretary|High Representative|Special Representative|Under Secretary|Deputy Secretary|"
    "Assistant Secretary|Chargé d[’']Affaires)"
)
_BEFORE = (
    "(?:(?:former|senior|top|deputy|vice|acting|new|then|foreign|defense|defence|interior|health|finance|government|police|"
    r"military|U\.S\.|US|UN|EU|[A-Z][a-z]+(?:[’']s)?) )"
)
OFFICE = re.compile(
    rf"(?<![\w.])(?:(?:[Tt]he|[Aa]n?) {_BEFORE}{{0,3}}{_OFFICE}\b(?! (?:{_CAP}|of [a-z]))"
    rf"(?: (?:of|for|to) (?:the )?{_CAP}(?:[ \-](?:of )?{_CAP}){{0,4}})?|"
    rf"(?:[A-Z][a-z]+|U\.S\.|US|UN|EU) {_BEFORE}{{0,2}}(?:officials?|diplomats?|leaders?|lawmakers?|negotiators?|"
    r"spokes(?:man|woman|person))\b(?! [A-Z]))"
)
REFERRED = re.compile(
    r"(?<![\w.])(?:(?:[Hh]is|[Hh]er|[Tt]heir|its) (?:[A-Z][a-z]+ )?(?:counterparts?|predecessor|successor|colleagues?)|"
    "(?:[Tt]he|[Tt]his) (?:former president|official|minister|leader|president|pair|two leaders|two ministers|"
    "spokes(?:man|woman|person)|ambassador|envoy|diplomat|senator|governor|mayor|general|premier|politician|suspect|player|actor|"
    "author|Secretary|President|Prime Minister|Foreign Minister|Minister|Ambassador)"
    r"(?! (?:of|for|to|[A-Z])|-)\b|[Bb]oth (?:leaders|ministers|presidents|men|officials|Secretaries|Ministers))"
)
COMMON = re.compile(rf"(?<![\w.])(?:{PARTIES})(?![\w’']*-[a-z])(?=$|\W)")
PLACE = re.compile(
    r"(?:(?<=\b[Ii]n )|(?<=\b[Aa]t )|(?<=[Nn]ear )|(?<=\bto )|(?<=\bfrom ))"
    rf"(?:the )?{_CAP}(?: {_CAP}){{0,3}}"
)
DEFINITE = re.compile(
    "(?<![\\w.])(?:[Tt]he (?:North|South|West|department|Department|government|Government|ministry|Ministry|regime|administration|"
    "Administration|military|army|police|council|Council|Union|alliance|Alliance|group|Group|bloc|organization|organisation|"
    "Organization|agency|Agency|commission|Commission|company|team|country|kingdom|republic|Republic|city|parliament|Parliament|"
    "court|Court|Congress|Senate|parties|rebels|authorities|embassy|Embassy|mission|Mission|international community|"
    "two (?:sides|countries|nations|parties|governments|teams)|ruling party|opposition|capital|island|state|nation)"
    r"(?!-| [A-Z]| of\b)\b|[Bb]oth (?:countries|sides|nations|parties|governments|states|teams)\b)"
)


def mentions_of(sentence: str, lowered: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """(stratum, start, end) of each mention; ``lowered`` are the words that occur in lower case, which begin no name at a sentence's head."""
    taken: list[tuple[int, int]] = []
    for stratum, pattern in (("titled", TITLED), ("office", OFFICE), ("referred", REFERRED), ("named", NAMED)):
        for m in pattern.finditer(sentence):
            start, end = m.start(), m.start() + len(_bare(m[0]))
            stops = stratum == "named" and {w.casefold() for w in m[0].split()} & STOP
            if not stops and not _meets(start, end, taken) and _whole(sentence, start, end):
                taken.append((start, end))
                yield stratum, start, end
    found: list[tuple[int, int]] = []
    for stratum, pattern in (("definite", DEFINITE), ("place", PLACE), ("common", COMMON), ("other", RUN)):
        for m in pattern.finditer(sentence):
            start, end = m.span()
            if stratum != "definite":
                run = next(
                    (
                        r.span()
                        for r in RUN.finditer(sentence)
                        if r.start() <= start + m[0].startswith("the ") * 4 < r.end()
                    ),
                    (start, start),
                )
                start, end = _trimmed(sentence, *run, lowered)
            if end - start > 1 and not _meets(start, end, taken + found) and _whole(sentence, start, end):
                found.append((start, end))
                yield stratum, start, end


def _meets(start: int, end: int, others: list[tuple[int, int]]) -> bool:
    return any(start < b and a < end for a, b in others)


def _bare(words: str) -> str:
    """The words without a possessive at their end."""
    return re.sub(r"[’']s?$", "", words)


def _whole(sentence: str, start: int, end: int) -> bool:
    """Whether the mention is no piece cut out of a longer run of capitalised words."""
    left = re.search(r"([A-Z]\S*|&) $", sentence[:start])
    cut = left is not None and left[1].casefold() not in STOP and left[1][-1] not in ",.:;?!"
    return not cut and re.match(r"(?:[’']s)? (?:[A-Z]|& )|-\w|\w", sentence[end:]) is None


def _trimmed(sentence: str, start: int, end: int, lowered: Collection[str]) -> tuple[int, int]:
    """The run without the words that only begin the sentence, an article, a final possessive; empty where nothing is left."""
    while start < end:
        word = sentence[start:end].split()[0]
        plain = re.split(r"[’']|\W+$", word)[0].casefold()
        heads = re.search(r"(?:^|[^\w\s,][\"”’)]*\s*)$", sentence[:start]) is not None
        if plain not in STOP and not (heads and plain.split("-")[0] in lowered and " " not in sentence[start:end]):
            break
        start += len(word)
        start += len(sentence[start:end]) - len(sentence[start:end].lstrip())
    left = _bare(sentence[start:end])
    return (
        (start, start + len(left)) if left and not all(w.casefold() in STOP for w in left.split()) else (start, start)
    )
