"""The language room: an :class:`Article` in, a :class:`Document` out."""

from dragoman.language.document import Language

__all__ = ["Language"]
