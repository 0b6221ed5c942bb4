"""Posts made ready to be stored: all that follows from their texts, worked out without the archive.

That takes most of the time of an import, and another process can see to it. So what comes out is
made of plain values, which go between processes several times faster than dataclasses do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from storage.links import of_posts as links
from storage.posts.rows import (
    MESSAGE_ID,
    ORIGINAL_TEXT,
    TEXT,
    details_of,
    post_of,
    row_of,
    searched,
)
from storage.search.index import content_of
from storage.tags import topics
from storage.tags.hashtags import find_hashtags

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storage.database.columns import Row
    from storage.links.of_posts import LinkRow
    from storage.models import NewPost


class ReadyPost(NamedTuple):
    """A post's row, its album's other messages, and what is derived from them.

    That is the details (what readers see besides the text), hashtags, topics, links, and the terms
    for the search index. `date_is_local` counts where another copy of the post is known.
    """

    row: Row
    album: tuple[int, ...]
    details: str | None
    tags: tuple[str, ...]
    topics: tuple[str, ...]
    links: tuple[LinkRow, ...]
    terms: str
    date_is_local: bool

    @property
    def post(self) -> NewPost:
        """The post as it was handed in."""
        post = post_of(self.row, self.album)
        return replace(post, date_is_local=True) if self.date_is_local else post

    @property
    def text(self) -> str:
        """Its text."""
        text: str = self.row[TEXT]
        return text

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
        topics=topics.read(vocabulary).topics_of(text),
        links=links.rows_of(post),
        terms=content_of(searched(text, details)),
        date_is_local=post.date_is_local,
    )


def prepare(posts: Iterable[NewPost], vocabulary: str) -> Ready:
    """Derive from some posts what is stored with them."""
    return Ready([ready(post, vocabulary) for post in posts], vocabulary)
