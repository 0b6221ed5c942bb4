"""What the larger formats make of a document: not one list of posts, but batch after batch."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from seeds.formats.chats import Chat
from seeds.formats.rich_text import RichText, is_visible
from storage import Media, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BATCH_SIZE = 1500
"""Posts; what is added to the archive at once, all of it or nothing."""
BATCH_TEXT = 200_000
"""Characters of a batch's posts, from which on it is one: stored in a quarter of a second, for
as long as which a bot on the same archive may have to wait. Smaller ones take longer together."""

LONGEST_TEXT = 100_000
"""Characters, of which Telegram's longest posts have a third; the rest of a text is left out."""


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
    DAMAGED = "damaged"
    """It could not be read: its id, or its place in the document, is lost."""
    FORGOTTEN = "forgotten"
    """It was removed from the archive for good."""


MISSED: Final = frozenset((Skip.DAMAGED, Skip.UNSUPPORTED))
"""Reasons by which a reader of the document would miss something."""
MOST_TOLD: Final = 5
"""Messages of which it is told where they are."""


class Left(NamedTuple):
    """A message that becomes no post, and where that is: its id, or that of the one before."""

    reason: Skip
    near: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some posts of one source, in the document's order, and how many messages are none.

    `left` says where the first of them are that a reader of the document would miss, `cut` how many
    posts were longer than any is.

    `read` is how far into the document the batch reaches, in bytes; `among_others` tells that the
    document, or the export it is of, holds other sources as well.
    """

    source: Source
    posts: tuple[NewPost, ...] = ()
    skipped: Counter[Skip] = field(default_factory=Counter)
    left: tuple[Left, ...] = ()
    cut: int = 0
    read: int = 0
    among_others: bool = False
    chat: Chat = Chat.CHANNEL


Item: TypeAlias = NewPost | Skip | Left


def in_batches(source: Source, items: Iterable[Item], size: int = BATCH_SIZE) -> Iterator[Batch]:
    """Return the posts in batches; those without text take the names of their files, if any."""
    taken: list[Item] = []
    length = 0
    for item in items:
        named = _named(item) if isinstance(item, NewPost) else item
        taken.append(named)
        length += len(named.text) if isinstance(named, NewPost) else 0
        if len(taken) == size or length >= BATCH_TEXT:
            yield _batch(source, taken)
            taken, length = [], 0
    if taken:
        yield _batch(source, taken)


def left_out(source: Source, chat: Chat, messages: int) -> Batch:
    """Return the batch that reports that all messages of a chat stay out."""
    skipped = Counter({Skip.PRIVATE: messages})
    return Batch(source=source, skipped=skipped, among_others=True, chat=chat)


def _batch(source: Source, items: Iterable[Item]) -> Batch:
    left = [Left(item) if isinstance(item, Skip) else item for item in items]
    missed = (item for item in left if isinstance(item, Left) and item.reason in MISSED)
    posts = [item for item in left if isinstance(item, NewPost)]
    return Batch(
        source=source,
        posts=tuple(map(_cut, posts)),
        cut=sum(len(post.text) > LONGEST_TEXT for post in posts),
        skipped=Counter(item.reason for item in left if isinstance(item, Left)),
        left=tuple(islice(missed, MOST_TOLD)),
    )


def _named(post: NewPost) -> Item:
    if is_visible(post.text):
        return post
    if post.media is None or not post.media.names:
        return Skip.EMPTY
    return replace(post, text="\n".join(post.media.names), entities=())


def _cut(post: NewPost) -> NewPost:
    if len(post.text) <= LONGEST_TEXT:
        return post
    kept = RichText(post.text, post.entities).cut(LONGEST_TEXT)
    original = post.original_text and post.original_text[:LONGEST_TEXT]
    return replace(post, text=kept.text, entities=kept.entities, original_text=original)


def joined_media(first: Media | None, second: Media | None) -> Media | None:
    """Return the media of two messages of an album."""
    if first is None or second is None:
        return first or second
    return replace(first, names=first.names + second.names)
