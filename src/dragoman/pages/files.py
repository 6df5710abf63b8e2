"""What stands behind the names on the command line: files, folders and standard input, as pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dragoman.model import Page, Rejection

__all__ = ["STDIN", "files_under", "names_of", "pages_of"]

STDIN = "-"
#: More of a file than this is not loaded: the pages room turns such a page down by its length, and memory stays bounded.
MAX_BYTES = 64 * 2**20
#: Files beside reports that no one means to read: ledgers and what SQLite keeps beside them.
NEVER = (".db", ".db-wal", ".db-shm", ".db-journal", ".sqlite", ".sqlite3")


def pages_of(
    *paths: Path | str,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    first_seen: str | None = None,
) -> Iterator[Page | Rejection]:
    """A page for each file, folders with all that stands in them; each is loaded when its turn comes.

    A page's id is its file's stem; where two files would share it, as much of the path is put before it as tells them apart.
    What is told beside (address, outlet, day) wins over what the pages say. A file that cannot be opened comes as a rejection.
    """
    files = files_under([Path(p) for p in paths])
    for path, name in zip(files, names_of(files), strict=True):
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            yield Rejection(name, "input", "unreadable", f"{path}: {error.strerror}")
        else:
            yield Page(name, data, url=url, outlet=outlet, published=published, first_seen=first_seen)


def files_under(paths: Sequence[Path]) -> list[Path]:
    """The files, each once, in the order named; a folder's in the order of their names, without hidden ones and ledgers."""
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file() and not _hidden(p.relative_to(path)))
            files = [p for p in inside if not p.name.endswith(NEVER)]
        else:
            files = [path]
        for file in files:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _hidden(inside: Path) -> bool:
    return any(part.startswith(".") for part in inside.parts)


def names_of(files: Iterable[Path]) -> list[str]:
    """An id for each file: the stem; the folder prefixed where two stems are equal; the whole name where that does not tell them apart."""
    resolved = [f.resolve() for f in files]
    names = [f.stem for f in resolved]
    depth = 1
    while clashes := {n for n, times in Counter(names).items() if times > 1}:
        names = [_longer(f, depth) if n in clashes else n for f, n in zip(resolved, names, strict=True)]
        depth += 1
    return names


def _longer(file: Path, depth: int) -> str:
    if depth == 1:
        return f"{file.parent.name}/{file.stem}"
    return "/".join(file.parts[-min(depth, len(file.parts)) :])
