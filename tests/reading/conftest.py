"""What the tests of the reading room share: one network, one reader, and a way to read a few lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dragoman.language import Language
from dragoman.model import Article, Reading
from dragoman.reading import Reader


@pytest.fixture(scope="session")
def language() -> Language:
    return Language.open()


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture(scope="session")
def read(language: Language, reader: Reader) -> Callable[..., Reading]:
    def read_text(body: str, published: str | None = "2024-06-20", **more: object) -> Reading:
        return reader.read(language.document(Article(id="t", body=body, published=published, **more)))  # type: ignore[arg-type]

    return read_text
