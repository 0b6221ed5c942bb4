"""What the larger formats make of a document: not one list of posts, but batch after batch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from seeds.formats.chats import Chat
from storage import Media, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BATCH_SIZE = 5000
"""Posts; what is added to the archive at once, all of it or nothing."""
BATCH_TEXT = 600_000
"""Characters of a batch's posts, from which on it is one: it is stored in less than a second."""


class Skip(StrEnum):
    """Why a message of a document becomes no post."""

    SERVICE = "service"
    """Telegram tells of something: a photo changed, a post pinned."""
    UNSUPPORTED = "unsupported"
    """The exporting program did not know this kind of message."""
    EMPTY = "empty"
    """There is nothing to find it by: a photo without a caption, a sticker."""
    PRIVATE = "private"
    """It belongs to a chat that is not known to be a channel or a public group."""
    OTHER_CHANNEL = "other_channel"
    """It belongs to another channel than the one asked for."""
    FORGOTTEN = "forgotten"
    """It was removed from the archive for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some posts of one source, in the document's order, and how many messages are none.

    `read` is how far into the document the batch reaches, in bytes; `among_others` tells that the
    document, or the export it is of, holds other sources as well.
    """

    source: Source
    posts: tuple[NewPost, ...] = ()
    skipped: Counter[Skip] = field(default_factory=Counter)
    read: int = 0
    among_others: bool = False
    chat: Chat = Chat.CHANNEL


Item: TypeAlias = NewPost | Skip


def in_batches(source: Source, items: Iterable[Item], size: int = BATCH_SIZE) -> Iterator[Batch]:
    """Return the posts in batches; those without text take the names of their files, if any."""
    taken: list[Item] = []
    length = 0
    for item in items:
        named = item if isinstance(item, Skip) else _named(item)
        taken.append(named)
        length += 0 if isinstance(named, Skip) else len(named.text)
        if len(taken) == size or length >= BATCH_TEXT:
            yield _batch(source, taken)
            taken, length = [], 0
    if taken:
        yield _batch(source, taken)


def left_out(source: Source, chat: Chat, messages: int) -> Batch:
    """Return what tells that the messages of a chat stay out."""
    skipped = Counter({Skip.PRIVATE: messages})
    return Batch(source=source, skipped=skipped, among_others=True, chat=chat)


def _batch(source: Source, items: Iterable[Item]) -> Batch:
    return Batch(
        source=source,
        posts=tuple(item for item in items if isinstance(item, NewPost)),
        skipped=Counter(item for item in items if isinstance(item, Skip)),
    )


def _named(post: NewPost) -> Item:
    if post.text.strip():
        return post
    if post.media is None or not post.media.names:
        return Skip.EMPTY
    return replace(post, text="\n".join(post.media.names))


def joined_media(first: Media | None, second: Media | None) -> Media | None:
    """Return the media of two messages of an album."""
    if first is None or second is None:
        return first or second
    return replace(first, names=first.names + second.names)
