"""Posts made ready to be stored: all that follows from their texts, worked out without the archive.

To prepare posts takes most of the time of an import, and can be left to another process. So
prepared posts are plain values, which go between processes several times faster than dataclasses.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
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
from storage.search.index import content_of, pieces_of
from storage.tags.tagger import find_hashtags

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from storage.database.columns import Row
    from storage.links import LinkRow
    from storage.models import NewPost

MOST_HANDED_OVER = 200_000
"""Terms of which it is kept in mind that their pieces were handed over; they take some 20 MB.

With more, the memory is emptied, and their pieces are handed over again.
"""


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
    """Posts ready to be stored in an archive that tags by this vocabulary.

    `pieces` are those of their terms, by which new terms are found (see the index).
    """

    posts: Sequence[ReadyPost]
    vocabulary: str
    pieces: Mapping[str, str]

    def __reduce__(self) -> tuple[Any, ...]:
        """Let posts be pickled as the tuples they are: as objects they would take twice as long."""
        return _unpickled, (list(map(tuple, self.posts)), self.vocabulary, self.pieces)


def _unpickled(
    posts: Iterable[tuple[Any, ...]], vocabulary: str, pieces: Mapping[str, str]
) -> Ready:
    return Ready(list(map(ReadyPost._make, posts)), vocabulary, pieces)


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


def prepare(
    posts: Iterable[NewPost], vocabulary: str, handed_over: set[str] | None = None
) -> Ready:
    """Derive from some posts what is stored with them.

    `handed_over` holds the terms whose pieces were handed over before, and gets those that are now.
    Without it, pieces are worked out where the posts are stored.
    """
    made = [ready(post, vocabulary) for post in posts]
    if handed_over is None:
        return Ready(made, vocabulary, {})
    if len(handed_over) > MOST_HANDED_OVER:
        handed_over.clear()
    new = set(chain.from_iterable(post.terms.split() for post in made)) - handed_over
    handed_over |= new
    return Ready(made, vocabulary, {term: pieces_of(term) for term in new})
