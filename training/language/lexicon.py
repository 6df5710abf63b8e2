"""The lemmas of words seen in training: what a treebank has told of a word and its part of speech needs no guessing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from dragoman.language.lemmas import entry
from training.language import data

#: A word gets into the lexicon where its commonest lemma (for its part of speech) takes at least this share of its uses.
SHARE = 0.9


def lexicon(sentences: Iterable[data.Sentence]) -> list[str]:
    """Lines ``word TAB part of speech TAB lemma``, in order."""
    seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for s in sentences:
        for form, upos, lemma in zip(s.forms, s.upos, s.lemmas, strict=True):
            if lemma != "_":
                seen[entry(form, upos)][lemma] += 1
    lines = []
    for (form, upos), counts in seen.items():
        lemma, uses = counts.most_common(1)[0]
        if uses >= SHARE * counts.total():
            lines.append(f"{form}\t{upos}\t{lemma}")
    return sorted(lines)


def of_treebanks(folder: Path) -> list[str]:
    """The lexicon of the treebanks that the network is trained on, from the folder with ``ud/``."""
    files = ("ewt_train", "ewt_dev", "gum_train_free")
    return lexicon(s for f in files for s in data.treebank(folder / "ud" / f"{f}.conllu.gz"))
