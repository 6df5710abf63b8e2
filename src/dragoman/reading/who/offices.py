"""Whether two titles may be one office: "the secretary" for "secretary of state", "the minister" for "foreign minister"."""

from __future__ import annotations

from dragoman.codebook.actors import ActorBook

#: Words that make another office of the one they stand before.
_OTHER = frozenset(
    {"vice", "deputy", "assistant", "prime", "press", "shadow", "under", "permanent", "state", "first", "opposition"}
)


def is_foreign_minister(book: ActorBook, office: str) -> bool:
    """Whether the office is the foreign minister's under one of its names."""
    return office in book.words("foreign_minister")


def offices_agree(book: ActorBook, known: str, said: str) -> bool:
    """Whether a title that is said may mean the office that is known."""
    known, said = known.lower().replace("-", " "), said.lower().replace("-", " ")
    if not known or not said:
        return False
    if known == said:
        return True
    if (
        "secretary of state" not in {known, said}
        and is_foreign_minister(book, known)
        and (is_foreign_minister(book, said) or said == "minister")
    ):
        return True
    if said == "leader":
        office = book.office(known)
        return office is not None and office.level == 1
    known_core, known_of = _parts(known)
    said_core, said_of = _parts(said)
    if known_of and said_of and known_of != said_of:
        return False
    return _shortens(known_core, said_core) or _shortens(said_core, known_core)


def _parts(office: str) -> tuple[str, str]:
    for link in (" of ", " for ", " to "):
        core, found, rest = office.partition(link)
        if found:
            return core, rest
    return office, ""


def _shortens(long: str, short: str) -> bool:
    """Whether the short title is the long one less words that do not change the office."""
    if long == short:
        return True
    if not long.endswith(" " + short):
        return False
    return not _OTHER & set(long[: -len(short)].split())
