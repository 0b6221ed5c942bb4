"""What can be wrong with a document. Data only: the sentences for people are made elsewhere."""

from __future__ import annotations

from enum import StrEnum


class Problem(StrEnum):
    """Why a document cannot become posts."""

    MISSING = "missing"
    """There is no such file."""
    FOLDER = "folder"
    """The path leads to a folder."""
    UNREADABLE = "unreadable"
    """The system refused to read it."""
    TOO_LARGE = "too_large"
    """It is larger than any text document may be."""
    EMPTY = "empty"
    """It holds nothing but blank space."""
    BINARY = "binary"
    """It is not text."""
    WRONG_ENCODING = "wrong_encoding"
    """It is text in an encoding that cannot be told."""
    UNKNOWN_FORMAT = "unknown_format"
    """No format knows it."""
    NO_POSTS = "no_posts"
    """The format is known, but no post follows."""


class DocumentError(Exception):
    """A document that cannot become posts: its name, the line (from 1) where known, and why."""

    def __init__(self, document: str, line: int | None, problem: Problem) -> None:
        super().__init__(document, line, problem)
        self.document = document
        self.line = line
        self.problem = problem
