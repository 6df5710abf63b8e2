"""Whether a text is English: by its script and its function words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

from dragoman.pages.layout import STOP_WORDS

__all__ = ["language_of"]

#: Function words of languages in Latin script that English lacks (closed classes, from their grammars).
_OTHERS = {
    "de": "der die und das ist nicht ein eine mit auf für von dem den sich auch als wird zu im",
    "fr": "le les des et est une dans que pour qui sur pas au avec du par plus cette sont ce",
    "es": "el los las y que en del una por con para su se como más al lo pero este ha",
    "pt": "os que em uma para com não por mais dos como foi ao das sua seu pela são também um",
    "it": "il di che per una sono con gli della nel alla anche più dei del è si da ha le",
    "nl": "het een van en dat niet met voor zijn op aan ook door naar bij uit wordt deze heeft de",
    "sv": "och att det som är för inte med av den till har på ett om var från kan vid de",
    "pl": "nie się na jest że do jak od przez dla po ale czy oraz jego tym są być za i",
    "tr": "bir ve bu için ile olarak da de daha olan çok gibi sonra kadar ancak en ya her mi ise",
    "id": "yang dan di dengan untuk dari pada ini itu tidak akan dalam oleh juga telah kata bahwa karena ada sebagai",
    "ro": "și în la cu pe din care este pentru că nu sunt mai fost ca acest lui dar prin după",
    "vi": "và của là các có được cho trong không với một người những này đã khi từ đến về cũng",
}
_ASCII = re.compile(r"[A-Za-z]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_FOREIGN = re.compile(r"[^\W\d_A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
#: How many characters are looked at.
_SAMPLE = 4_000
#: English prose has .35 to .55 function words of this list; lists of names and tables fall to .15.
_LEAST_STOP_SHARE = 0.15
#: From this share on no other language is asked for.
_CLEARLY = 0.33


def _script(text: str) -> Counter[str]:
    """How many letters stand in which script, by the first word of their Unicode names."""
    foreign = [] if text.isascii() else _FOREIGN.findall("".join(_NOT_ASCII.findall(text)))
    if not foreign:
        return Counter({"LATIN": 1} if _ASCII.search(text) else {})
    letters = Counter(foreign)
    scripts: Counter[str] = Counter({"LATIN": sum(map(len, _ASCII.findall(text)))})
    for letter, n in letters.items():
        scripts[unicodedata.name(letter, "UNKNOWN").split(" ", 1)[0].split("-", 1)[0]] += n
    return scripts


#: Scripts that one language writes, or nearly so; the others are told by their script alone.
_BY_SCRIPT = {"HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "ARABIC": "ar", "CYRILLIC": "ru", "HEBREW": "he", "GREEK": "el",
              "DEVANAGARI": "hi", "THAI": "th", "BENGALI": "bn", "TAMIL": "ta", "GEORGIAN": "ka", "ARMENIAN": "hy"}  # fmt: skip


@cache
def _other_words() -> dict[str, frozenset[str]]:
    """The lists above as sets, without what English has too."""
    return {language: frozenset(forms.split()) - STOP_WORDS for language, forms in _OTHERS.items()}


def language_of(text: str) -> tuple[str, float]:
    """The language (ISO 639-1, ``und`` where it cannot be told) and how sure, 0 to 1."""
    sample = text[:_SAMPLE]
    scripts = _script(sample)
    total = sum(scripts.values())
    if not total:
        return "und", 0.0
    if scripts["LATIN"] < 0.5 * total:
        if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.05 * total:
            return "ja", 0.9
        script = max(scripts, key=lambda s: scripts[s])
        return _BY_SCRIPT.get(script, "und"), scripts[script] / total
    words = _WORD.findall(sample.lower())
    if not words:
        return "und", 0.0
    english = sum(map(STOP_WORDS.__contains__, words)) / len(words)
    best, share = "en", english
    if english >= _CLEARLY:
        return best, min(1.0, english * 2)
    for language, forms in _other_words().items():
        here = sum(map(forms.__contains__, words)) / len(words)
        # The lists here are a seventh as long as the English one and still hold half of a text's function words.
        if here * 1.6 > share:
            best, share = language, here * 1.6
    if best == "en" and english < _LEAST_STOP_SHARE:
        return "und", english
    return best, min(1.0, share * 2)
