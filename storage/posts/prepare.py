"""Posts made ready to be stored: all that follows from their texts, worked out without the archive.

To prepare posts takes most of the time of an import, and can be left to another process. So
prepared posts are plain values, which go between processes several times faster than dataclasses.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from storage import links, tags
from storage.posts.copies import fingerprint, opening_key
from storage.posts.rows import (
    MESSAGE_ID,
    ORDINAL,
    ORIGINAL_TEXT,
    TEXT,
    details_of,
    post_of,
    row_of,
    searched,
)
from storage.search.index import content_of
from storage.tags.tagger import find_hashtags

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storage.database.columns import Row
    from storage.links import LinkRow
    from storage.models import NewPost


class ReadyPost(NamedTuple):
    """A post's row, its album's other messages, and what is derived from them.

    That is the details (what readers see besides the text), hashtags, topics, links, the terms for
    the search index, and the keys by which copies and replies find the post. `date_is_local` and
    `is_partial` are heeded where another copy of the post is known.
    """

    row: Row
    album: tuple[int, ...]
    details: str | None
    tags: tuple[str, ...]
    topics: tuple[str, ...]
    links: tuple[LinkRow, ...]
    terms: str
    fingerprint: bytes
    opening: int | None
    date_is_local: bool
    is_partial: bool

    @property
    def post(self) -> NewPost:
        """The post as it was handed in."""
        post = post_of(self.row, self.album)
        return replace(post, date_is_local=self.date_is_local, is_partial=self.is_partial)

    @property
    def text(self) -> str:
        """Its text."""
        text: str = self.row[TEXT]
        return text

    @property
    def ordinal(self) -> int:
        """Its place in time."""
        ordinal: int = self.row[ORDINAL]
        return ordinal

    @property
    def searched(self) -> str:
        """What a search looks into."""
        return searched(self.text, self.details)

    @property
    def messages(self) -> tuple[int, ...]:
        """The ids of its messages."""
        message = self.row[MESSAGE_ID]
        return () if message is None else (message, *self.album)

    @property
    def is_repaired(self) -> bool:
        """Whether its text was repaired, its document being damaged."""
        return self.row[ORIGINAL_TEXT] is not None


class Ready(NamedTuple):
    """Posts ready to be stored in an archive that tags by this vocabulary."""

    posts: Sequence[ReadyPost]
    vocabulary: str

    def __reduce__(self) -> tuple[Any, ...]:
        """Let posts be pickled as the tuples they are: as objects they would take twice as long."""
        return _unpickled, (list(map(tuple, self.posts)), self.vocabulary)


def _unpickled(posts: Iterable[tuple[Any, ...]], vocabulary: str) -> Ready:
    return Ready(list(map(ReadyPost._make, posts)), vocabulary)


def ready(post: NewPost, vocabulary: str) -> ReadyPost:
    """Derive from a post what is stored with it."""
    text, details = post.text, details_of(post)
    return ReadyPost(
        row=row_of(post),
        album=post.album,
        details=details,
        tags=find_hashtags(text),
        topics=tags.vocabulary_of(vocabulary).topics_of(text),
        links=links.rows_of(post),
        terms=content_of(searched(text, details)),
        fingerprint=fingerprint(text),
        opening=opening_key(text),
        date_is_local=post.date_is_local,
        is_partial=post.is_partial,
    )


def prepare(posts: Iterable[NewPost], vocabulary: str) -> Ready:
    """Derive from some posts what is stored with them."""
    return Ready([ready(post, vocabulary) for post in posts], vocabulary)
