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
    STOPPED = "stopped"
    """What read it was ended from outside, for want of memory perhaps."""
    TOO_LARGE = "too_large"
    """It is larger than any text document may be."""
    EMPTY = "empty"
    """It holds nothing but blank space."""
    BINARY = "binary"
    """It is not text."""
    WRONG_ENCODING = "wrong_encoding"
    """It is text in an encoding that cannot be told."""
    UNKNOWN_FORMAT = "unknown_format"
    """It is in no format that can be read."""
    CUT_OFF = "cut_off"
    """Its end is missing; what came before is not."""
    BROKEN = "broken"
    """So much of it is damaged that the rest was not read."""
    NOT_A_CHANNEL = "not_a_channel"
    """It is a private chat or a group, or cannot be told to be a channel."""
    NO_PREVIEW = "no_preview"
    """It is the page that invites to a channel, not the one with its posts."""
    UNREACHABLE = "unreachable"
    """Its server did not answer, or refused."""
    OTHER_SITE = "other_site"
    """It is on another server than Telegram's, or leads there."""
    TOO_MUCH = "too_much"
    """It is longer than what one import takes; the next goes on from there."""
    NO_POSTS = "no_posts"
    """The format is known, but no post follows."""
    BAD_VOCABULARY = "bad_vocabulary"
    """It is no list of tags with their names and aliases."""


class DocumentError(Exception):
    """A document that cannot become posts: its name, the line (from 1) where known, and why."""

    def __init__(self, document: str, line: int | None, problem: Problem) -> None:
        super().__init__(document, line, problem)
        self.document = document
        self.line = line
        self.problem = problem
