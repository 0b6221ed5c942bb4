"""What a private chat brings that the bot has no use for: one sentence shows the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handlers.sending import reply
from bot.views.start import sentence

if TYPE_CHECKING:
    from telegram import Message

    from bot.context import Context

ALBUM = "album"


async def nothing(_message: Message, _context: Context) -> None:
    """Let it stand."""


async def unknown_command(message: Message, context: Context) -> None:
    """Name the way to the commands there are."""
    await reply(message, sentence(context.texts("unexpected.command")))


async def not_words(message: Message, context: Context) -> None:
    """Say that words are wanted: once for an album, whose pictures come as messages each."""
    album = message.media_group_id
    if album is not None and context.chat_data is not None:
        if context.chat_data.get(ALBUM) == album:
            return
        context.chat_data[ALBUM] = album
    await reply(message, sentence(context.texts("unexpected.content")))
