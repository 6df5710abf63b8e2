"""The order of the stages, and nothing else: page → article → document → reading → ledger.

The only file that knows the order. Every page ends in exactly one outcome, a :class:`~dragoman.model.Reading` or a
:class:`~dragoman.model.Rejection`, in the order in which the pages came, however many processes read them.
"""

from __future__ import annotations

import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from itertools import cycle, islice
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dragoman.errors import DragomanError, PageError
from dragoman.model import Article, Document, Page, Reading, Rejection

if TYPE_CHECKING:
    from dragoman.language import Language
    from dragoman.ledger import Ledger
    from dragoman.reading import Reader

__all__ = ["Outcome", "Pipeline", "read_page", "reader_version"]

Outcome = Reading | Rejection
#: What comes in: a page, or the word that it could not even be opened, which is handed through in its place.
Input = Page | Rejection
#: Gives what is already known of a page, or ``None`` where it is to be read.
Known = Callable[[Input], Outcome | None]
#: Starts reading a batch and gives the call that waits for its outcomes.
Submit = Callable[[Sequence[Input]], Callable[[], list[Outcome]]]

#: Pages that go through the language network together. A report has some 600 words: 16 fill its batches, and a kill loses at most these.
BATCH = 16
#: The rooms whose sources decide what a report is read as.
READING_ROOMS = ("codebook", "pages", "language", "reading")

#: The reason of a rejection that is an error of ours and no property of the page.
FAULT = "fault"

T = TypeVar("T")


@lru_cache(maxsize=1)
def reader_version() -> str:
    """``VERSION+DIGEST`` of this reader; the digest covers every file that decides how a page is read, so a changed rule reads again."""
    import hashlib

    from dragoman import __version__

    home = Path(__file__).parent
    digest = hashlib.sha256()
    for room in READING_ROOMS:
        for path in sorted((home / room).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(home).as_posix().encode())
                digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:8]}"


def read_page(
    source: Page | Path | str | bytes,
    *,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
) -> Reading:
    """What one report says: its contacts, processes and statements, each with its words.

    ``source`` is a file's path, a page's bytes or a :class:`~dragoman.model.Page`; what is told beside it wins over what the page says.
    Raises :class:`~dragoman.errors.PageError` where the page cannot be read.
    """
    if isinstance(source, str | Path):
        path = Path(source)
        page = Page(path.stem, path.read_bytes(), url=url, outlet=outlet, published=published)
    elif isinstance(source, bytes):
        page = Page("page", source, url=url, outlet=outlet, published=published)
    else:
        page = replace(
            source, url=url or source.url, outlet=outlet or source.outlet, published=published or source.published
        )
    outcome = next(_shared_pipeline().read([page]))
    if isinstance(outcome, Rejection):
        raise PageError(outcome.reason, outcome.detail)
    return outcome


@lru_cache(maxsize=1)
def _shared_pipeline() -> Pipeline:
    """One network for all calls of :func:`read_page`: it takes longer to load than a page takes to read."""
    return Pipeline()


class Pipeline:
    """Reads pages, in this process or in several.

    ``language`` is the network to use, by default the one that ships, loaded with the first page. ``workers`` is the number of processes;
    each loads its own network, and only the calling process writes.
    """

    def __init__(self, language: Language | None = None, *, workers: int = 1) -> None:
        if workers < 1:
            raise ValueError("workers must be 1 or more")
        self._language = language
        self.workers = workers

    @property
    def reader(self) -> str:
        """The version under which readings are kept (:func:`reader_version`)."""
        return reader_version()

    @cached_property
    def language(self) -> Language:
        """The network in use."""
        from dragoman.language import Language

        return self._language or Language.open()

    @cached_property
    def _reader(self) -> Reader:
        from dragoman.reading import Reader

        return Reader.load(self.reader)

    def articles(self, pages: Iterable[Input]) -> Iterator[Article | Rejection]:
        """The article of each page, in the order of the pages."""
        return (_article(page) for page in pages)

    def read(self, pages: Iterable[Input]) -> Iterator[Outcome]:
        """What each page says, in the order of the pages; nothing is written."""
        return (outcome for _, outcome, _ in self._outcomes(pages, lambda page: None))

    def documents(self, pages: Iterable[Input]) -> Iterator[Document | Rejection]:
        """The parse of each page, in the order of the pages."""
        for batch in _batches(pages):
            yield from self._documents(batch)

    def read_documents(self, documents: Iterable[Document]) -> Iterator[Outcome]:
        """What each document says that was parsed before."""
        return (self._reading(document) for document in documents)

    def run(self, pages: Iterable[Input], ledger: Ledger) -> Iterator[Outcome]:
        """Read the pages into the ledger; each outcome is handed on once it stands there whole.

        A page that this reader version has read before is not read again: what the ledger keeps of it is handed on. So a run that was
        killed carries on when it is called again.
        """

        def known(page: Input) -> Outcome | None:
            found = ledger.stored(page, self.reader) if isinstance(page, Page) else None
            # A fault may have been the machine's, such as too little memory: it is tried again.
            return None if isinstance(found, Rejection) and found.reason == FAULT else found

        for page, outcome, fresh in self._outcomes(pages, known):
            if fresh:
                self._keep(ledger, outcome, page)
            yield outcome

    def run_documents(self, documents: Iterable[Document], ledger: Ledger) -> Iterator[Outcome]:
        """Read documents that were parsed before into the ledger."""
        for outcome in self.read_documents(documents):
            self._keep(ledger, outcome, None)
            yield outcome

    def reread(self, ledger: Ledger) -> Iterator[tuple[Page, Reading, Outcome]]:
        """Read again each page that another version of the reader read into the ledger: the page, what stands, and what this version makes of it.

        Nothing is written; :meth:`~dragoman.ledger.Ledger.enter` puts a new reading before the old one, which stays.
        """
        before = ledger.read_before(self.reader)
        for (page, old), outcome in zip(before, self.read(page for page, _ in before), strict=True):
            yield page, old, outcome

    def _keep(self, ledger: Ledger, outcome: Outcome, page: Input | None) -> None:
        fetched = page if isinstance(page, Page) else None
        if isinstance(outcome, Reading):
            ledger.enter(outcome, fetched)
        else:
            ledger.reject(outcome, fetched, reader=self.reader)

    def _outcomes(self, pages: Iterable[Input], known: Known) -> Iterator[tuple[Input, Outcome, bool]]:
        """Each page with its outcome and whether it was read now, in order; the processes live as long as the loop over them."""
        if self.workers == 1:
            yield from _joined(pages, known, self._at_once, window=1)
            return
        # Spawned, not forked: a process that already runs the network's threads cannot be forked safely.
        others = set(active_children())
        # A pool for each process: one pool of several starts them while it watches them, and its watch falls over a process
        # that dies while another starts.
        pools = [ProcessPoolExecutor(1, get_context("spawn"), initializer=_start_worker) for _ in range(self.workers)]
        turns = cycle(pools)
        finished = False
        try:
            # Two batches a worker under way keep all of them busy while the writer waits for the oldest.
            yield from _joined(pages, known, lambda batch: _in_pool(next(turns), batch), window=2 * self.workers)
            finished = True
        finally:
            for pool in pools:
                pool.shutdown(wait=finished, cancel_futures=True)
            if not finished:
                # Nobody waits for what they read: without this, Ctrl-C would take as long as their batches.
                for worker in set(active_children()) - others:
                    worker.kill()

    def _at_once(self, batch: Sequence[Input]) -> Callable[[], list[Outcome]]:
        return partial(self.read_batch, batch)

    # ---------------------------------------------------------------------------------------- one batch through

    def read_batch(self, batch: Sequence[Input]) -> list[Outcome]:
        """One outcome a page, in this process."""
        return [x if isinstance(x, Rejection) else self._reading(x) for x in self._documents(batch)]

    def _reading(self, document: Document) -> Outcome:
        return _guarded("reading", document.article.id, lambda: self._reader.read(document))

    def _documents(self, batch: Sequence[Input]) -> list[Document | Rejection]:
        """The network sees the batch at once; where that fails, each page alone, so that none costs another its reading."""
        found = [_article(page) for page in batch]
        articles = [x for x in found if isinstance(x, Article)]
        together = _guarded("language", "batch", lambda: list(self.language.documents(articles)))
        if isinstance(together, Rejection):
            parsed = iter([_guarded("language", a.id, partial(self.language.document, a)) for a in articles])
        else:
            parsed = iter(together)
        return [x if isinstance(x, Rejection) else next(parsed) for x in found]


def _article(page: Input) -> Article | Rejection:
    from dragoman.pages import article_of

    return page if isinstance(page, Rejection) else _guarded("pages", page.id, partial(article_of, page))


def _guarded(stage: str, report: str, work: Callable[[], T]) -> T | Rejection:
    """What the work gives, or the rejection that says why it gave nothing."""
    try:
        return work()
    except DragomanError as error:
        return Rejection(
            report, stage, getattr(error, "reason", type(error).__name__), getattr(error, "detail", str(error))
        )
    except Exception as error:  # noqa: BLE001 - the one place where a fault of ours on one page must not end a run over thousands
        last = traceback.extract_tb(error.__traceback__)[-1]
        return Rejection(
            report, stage, FAULT, f"{type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})"
        )


# --------------------------------------------------------------------------------------------- many batches, in order


def _batches(pages: Iterable[Input]) -> Iterator[list[Input]]:
    rest = iter(pages)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _joined(pages: Iterable[Input], known: Known, submit: Submit, window: int) -> Iterator[tuple[Input, Outcome, bool]]:
    """The outcomes of the batches in order, at most ``window`` batches ahead of what was handed on."""
    under_way: deque[tuple[list[Input], list[Outcome | None], Callable[[], list[Outcome]]]] = deque()

    def oldest() -> Iterator[tuple[Input, Outcome, bool]]:
        batch, kept, wait = under_way.popleft()
        read = iter(wait())
        for page, outcome in zip(batch, kept, strict=True):
            yield (page, next(read), True) if outcome is None else (page, outcome, False)

    for batch in _batches(pages):
        kept = [known(page) for page in batch]
        under_way.append((batch, kept, submit([page for page, x in zip(batch, kept, strict=True) if x is None])))
        if len(under_way) >= window:
            yield from oldest()
    while under_way:
        yield from oldest()


def _in_pool(pool: ProcessPoolExecutor, batch: Sequence[Input]) -> Callable[[], list[Outcome]]:
    died = DragomanError(
        "a reading process was ended from outside, perhaps for want of memory; run it again with fewer workers"
    )
    try:
        under_way = pool.submit(_read_batch, batch)
    except BrokenProcessPool:
        raise died from None

    def wait() -> list[Outcome]:
        try:
            return under_way.result()
        except BrokenProcessPool:
            raise died from None

    return wait


# ------------------------------------------------------------------------------------------------------ in a worker


def _start_worker() -> None:
    """A worker leaves Ctrl-C to the writer and ends with it, also when the writer is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    writer = parent_process()
    if writer is not None:
        threading.Thread(target=_end_with, args=(writer,), daemon=True).start()


def _end_with(writer: BaseProcess) -> None:
    writer.join()
    os._exit(1)


def _read_batch(batch: Sequence[Input]) -> list[Outcome]:
    return _shared_pipeline().read_batch(batch)
