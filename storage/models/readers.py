"""What is kept for readers: searches behind buttons, searches that watch, digests by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SearchKind(StrEnum):
    """What a stored search lists."""

    POSTS = "posts"
    TAG = "tag"
    LINKS = "links"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A stored search: what was asked, so that a button can ask it again."""

    kind: SearchKind
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A query whose new answers a chat is told of, in the language in which it asked, if known."""

    id: int
    query: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A chat to tell of a new post, and which of its watches the post answers."""

    post_id: int
    chat_id: int
    watches: tuple[Watch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a chat wants a digest, and in which language.

    `weekday` is 0 for Monday, None for every day; `minute` is the minute of the day in the time
    zone, which has a name of the IANA database.
    """

    chat_id: int
    minute: int
    zone: str
    language: str
    weekday: int | None = None

    @property
    def days(self) -> int:
        """How many days such a digest is about."""
        return 1 if self.weekday is None else 7
