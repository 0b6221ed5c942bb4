"""Albums: to people one post, in exports several messages in a row, of one moment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from seeds.formats.batches import joined_media
from seeds.formats.reactions import reacted
from storage import MediaKind, NewPost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from seeds.formats.batches import Item

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
