"""The pattern of the sentences made likelier to tell an event (``draw.py --pattern``): a word of political action and two names of parties.

    python evaluation/labels/events_pattern.py

prints it. The words are the commonest ones of each of PLOVER's types, the names common states, demonyms, capitals and organisations;
written before any sentence of the sample was seen.
"""

from __future__ import annotations

#: Beginnings of words, a few for each type of PLOVER.
ACTION = (
    "agree pledg promis offer meet met talk discuss negotiat consult visit host spoke speak call welcom support prais "
    "congratulat thank sign recogni cooperat trade partner provid aid assist donat help withdr releas return ceasefire "
    "urg demand request ask accus condemn critici denounc charg investigat reject refus deny denied oppos veto threat "
    "warn protest boycott sever expel recall suspend cancel sanction tariff embargo deploy mobili exercise missile "
    "detain arrest deport seiz ban attack strike struck bomb inva kill shot shell fight war"
)
PARTIES = (
    "United States|U\\.?S\\.?|American|Washington|White House|Biden|Trump|Blinken|Pompeo|Russian?|Moscow|Kremlin|Putin|"
    "Chin(?:a|ese)|Beijing|Ukrain(?:e|ian)|Kyiv|Iran(?:ian)?|Tehran|Iraqi?|Syrian?|Israeli?|Palestin(?:e|ian)s?|Turk(?:ey|ish)|"
    "Saudi|Yemen|Houthis?|Egypt(?:ian)?|Qatar|Libyan?|Ethiopian?|Sudan(?:ese)?|Nigerian?|Kenyan?|Somali[a]?|Mali|"
    "United Kingdom|UK|Brit(?:ain|ish)|France|French|German[y]?|Ital(?:y|ian)|Spa(?:in|nish)|Pol(?:and|ish)|Hungar(?:y|ian)|"
    "Belarus(?:ian)?|Japan(?:ese)?|Korean?|Pyongyang|Seoul|Indian?|Pakistani?|Afghan(?:istan)?|Taliban|Myanmar|Burm(?:a|ese)|"
    "Taiwan(?:ese)?|Hong Kong|Australian?|Canad(?:a|ian)|Mexic(?:o|an)|Brazil(?:ian)?|Venezuelan?|Cuban?|Colombian?|"
    "European Union|EU|NATO|United Nations|UN|African Union|ASEAN|G7"
)


def pattern() -> str:
    """A regular expression over one sentence: an action word, and two names that are not the same."""
    words = "|".join(f"[{w[0].upper()}{w[0]}]{w[1:]}" for w in ACTION.split())
    return rf"(?s)^(?=.*\b(?:{words}))(?=.*\b({PARTIES})\b.*\b(?!\1\b)(?:{PARTIES})\b)"


if __name__ == "__main__":
    print(pattern())
