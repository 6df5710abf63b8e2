"""The mode of what is asked, refused or threatened: it is its content (PLOVER manual 2.0, 3.8, 3.10 and 3.11)."""

from __future__ import annotations

from dragoman.codebook.plover import Code

#: Content of a request or a refusal by the type of what is asked or refused.
_ASKED = {
    "CONSULT": "meet",
    "AGREE": "assist", "SUPPORT": "assist", "COOPERATE": "assist", "AID": "assist",
    "CONCEDE": "yield", "RETREAT": "yield",
}  # fmt: skip
_THREATENED = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "SANCTION": "relations",
    "PROTEST": "restrict",
    "COERCE": "restrict",
}
#: Modes that narrow a threat.
_NARROWER = {"arrest": "arrest", "expel": "expel"}


def content_mode(kind: str, content: Code) -> str | None:
    """The mode of a REQUEST, REJECT or THREATEN whose content has this code; ``None`` where the manual has no word for it."""
    if kind == "THREATEN":
        return _NARROWER.get(content.mode or "") or _THREATENED.get(content.type)
    if kind in {"REQUEST", "REJECT"}:
        return _ASKED.get(content.type, "change" if content.type in {"COERCE", "SANCTION", "PROTEST"} else None)
    return None
