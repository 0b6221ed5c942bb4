"""From a message of a channel, as Telegram sends it, to a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import (
    Audio,
    Document,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    ReactionTypeEmoji,
    ReactionTypePaid,
    Video,
)

from bot.handlers.message_text import said_by
from seeds.formats.composing import audio_name
from seeds.formats.reactions import PAID
from seeds.formats.rich_text import storable
from storage import Media, MediaKind, NewPost, Source

if TYPE_CHECKING:
    from telegram import Chat, Message, MessageOrigin, ReactionType

    from bot.channels import Channels

CHANNELS_START: Final = -1_000_000_000_000
"""The Bot API puts -100 before a channel's bare id, which exports have."""

_KINDS: Final = (
    ("animation", MediaKind.ANIMATION),  # before the document that it is as well
    ("audio", MediaKind.AUDIO),
    ("document", MediaKind.DOCUMENT),
    ("photo", MediaKind.PHOTO),
    ("poll", MediaKind.POLL),
    ("sticker", MediaKind.STICKER),
    ("video", MediaKind.VIDEO),
    ("video_note", MediaKind.ROUND_VIDEO),
    ("voice", MediaKind.VOICE),
)


def bare_id(chat_id: int) -> int:
    """Return a channel's id as everything but the Bot API has it."""
    return CHANNELS_START - chat_id


async def is_ours(chat: Chat, channels: Channels) -> bool:
    """Tell whether the settings name a channel: by its @name, or its id in either form."""
    return await channels.are_ours(chat.id, bare_id(chat.id), chat.username)


def source_of(chat: Chat) -> Source:
    """Return the source that a channel is."""
    return Source(
        title=chat.title or chat.username or str(chat.id),
        channel_id=bare_id(chat.id),
        username=chat.username,
    )


def post_of(message: Message) -> NewPost:
    """Return the post that a channel's message is; its text may be empty."""
    answered = message.reply_to_message
    said = said_by(message)
    return NewPost(
        text=said.text,
        message_id=message.message_id,
        date=message.date,
        edited=message.edit_date,
        ordinal=int(message.date.timestamp()),
        forwarded_from=_name_of(message.forward_origin),
        reply_to=answered.message_id if answered else None,
        entities=said.entities,
        cards=said.cards,
        media=_media(message),
        media_group=message.media_group_id,
    )


def emoji_of(reaction: ReactionType) -> str:
    """Return the emoji of a reaction; none for a custom one, which only Telegram can show."""
    match reaction:
        case ReactionTypeEmoji(emoji=emoji):
            return emoji
        case ReactionTypePaid():
            return PAID
        case _:
            return ""


def _name_of(origin: MessageOrigin | None) -> str | None:
    match origin:
        case MessageOriginChannel(chat=chat):
            return chat.title
        case MessageOriginChat(sender_chat=chat):
            return chat.title
        case MessageOriginUser(sender_user=user):
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case _:
            return None


def _media(message: Message) -> Media | None:
    for attribute, kind in _KINDS:
        content = getattr(message, attribute)
        if content:
            name = storable(_file_name(content))
            return Media(kind=kind, names=(name,) if name else ())
    return None


def _file_name(content: object) -> str:
    """Return what a file is called where people called it something."""
    match content:
        case Audio(performer=performer, title=title, file_name=name):
            return audio_name(performer, title, name)
        case Document(file_name=name) | Video(file_name=name):
            return (name or "").strip()
        case _:
            return ""
