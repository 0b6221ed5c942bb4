"""The batches of one source in which posts come, albums joined, in the order of their ids."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from seeds.formats.composing import reacted
from seeds.formats.rich_text import RichText, is_visible
from storage import Media, MediaKind, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Chat(StrEnum):
    """The kind of a chat, as far as an export tells it."""

    CHANNEL = "channel"
    """Public or private: what it holds was written for its readers."""
    PUBLIC_GROUP = "public_group"
    """Anybody can read it."""
    GROUP = "group"
    """A group that is private, or not known to be public."""
    PRIVATE = "private"
    """A chat between two people or with a bot, or somebody's notes."""
    UNKNOWN = "unknown"
    """The export does not tell."""

    @property
    def is_open(self) -> bool:
        """Whether it is known to be a channel or a public group."""
        return self in {Chat.CHANNEL, Chat.PUBLIC_GROUP}

    @property
    def is_group(self) -> bool:
        """Whether many people write in it."""
        return self in {Chat.GROUP, Chat.PUBLIC_GROUP}


JSON_TYPES: Final[Mapping[str, Chat]] = {
    "public_channel": Chat.CHANNEL,
    "private_channel": Chat.CHANNEL,
    "public_supergroup": Chat.PUBLIC_GROUP,
    "private_supergroup": Chat.GROUP,
    "private_group": Chat.GROUP,
    "personal_chat": Chat.PRIVATE,
    "bot_chat": Chat.PRIVATE,
    "saved_messages": Chat.PRIVATE,
    "replies": Chat.PRIVATE,
    "verification_codes": Chat.PRIVATE,
}
"""How result.json calls them."""
HTML_TYPES: Final[Mapping[str, Chat]] = {
    "channel": Chat.CHANNEL,
    "group": Chat.GROUP,
    "private": Chat.PRIVATE,
    "bot": Chat.PRIVATE,
}
"""How lists/chats.html calls them; it does not tell public groups from private ones."""


BATCH_SIZE = 3_000
"""Posts; what is added to the archive at once, all of it or nothing."""
BATCH_TEXT = 600_000
"""Characters of posts that make a batch, however few the posts are.

A batch is stored in a quarter of a second, for which a bot on the same archive may have to wait.
One of half the size takes a fifth longer for each post.
"""

LONGEST_TEXT = 100_000
"""Characters, of which Telegram's longest posts have a third; the rest of a text is left out."""


LAST_MESSAGE: Final = 2**31 - 1
"""The largest id that Telegram gives a message; the smallest is as far below zero."""


def is_message_id(number: int) -> bool:
    """Tell whether a number can be the id of a message."""
    return number != 0 and abs(number) <= LAST_MESSAGE


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
"""Messages that were left out whose places are told, at most."""


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


MOST_MESSAGES: Final = 10
"""Telegram's limit for one album."""

_IN_ALBUMS: Final = {MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.AUDIO, MediaKind.DOCUMENT}


def joined(items: Iterable[Item]) -> Iterator[Item]:
    """Return the items with the messages of each album made one post."""
    album: NewPost | None = None
    for item in items:
        if not isinstance(item, NewPost):
            yield item
        elif album is not None and _continues(album, item):
            album = _join(album, item)
        else:
            if album is not None:
                yield album
            album = item
    if album is not None:
        yield album


def _continues(album: NewPost, post: NewPost) -> bool:
    """Tell whether a post is the next message of an album.

    Exports do not say so. Two posts of one second that both have a text are two.
    """
    if (album.text and post.text) or album.message_id is None or album.date is None:
        return False
    size = 1 + len(album.album)
    return (
        post.message_id == album.message_id + size
        and post.date == album.date
        and size < MOST_MESSAGES
        and _fits_albums(album)
        and _fits_albums(post)
        and post.forwarded_from == album.forwarded_from
    )


def _fits_albums(post: NewPost) -> bool:
    return post.media is not None and post.media.kind in _IN_ALBUMS


def _join(album: NewPost, post: NewPost) -> NewPost:
    ids = () if post.message_id is None else (post.message_id,)
    return replace(
        album,
        text=album.text or post.text,
        entities=album.entities or post.entities,
        cards=album.cards + post.cards,
        album=album.album + ids,
        edited=max(filter(None, (album.edited, post.edited)), default=None),
        reply_to=album.reply_to or post.reply_to,
        reactions=album.reactions + post.reactions,
        reacted=reacted((one.emoji, one.count) for one in album.reacted + post.reacted),
        hidden_urls=album.hidden_urls + post.hidden_urls,
        media=joined_media(album.media, post.media),
    )


def in_order(items: Iterable[Item]) -> Iterator[Item]:
    """Return the items of a document, posts without a date sorted behind the one before them."""
    ordinal = 0
    for item in items:
        if not isinstance(item, NewPost):
            yield item
        elif item.date is None:
            yield replace(item, ordinal=ordinal)
        else:
            ordinal = item.ordinal
            yield item
