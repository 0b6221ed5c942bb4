"""What becomes of an error that no handler expected: a record, and a sentence where one helps."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.handlers.access import texts_of
from storage import UNWRITABLE, ArchiveError

if TYPE_CHECKING:
    from bot.context import Context

logger = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """Record the error, without what anybody wrote, and tell the chat unless it is the network.

    What Telegram or the archive refuses is a line; only a mistake of ours is a traceback.
    """
    error = context.error
    match error:
        case Forbidden():
            logger.debug("A chat no longer wants to hear from the bot")
        case ChatMigrated(new_chat_id=new_id):
            await _move(update, context, new_id)
        case InvalidToken():
            logger.error("Telegram does not accept the bot's token any more")
        case BadRequest(message=reason):
            logger.error("%s: Telegram refused the answer: %s", _subject(update), reason)
            await _apologise(update, context)
        case TelegramError():
            logger.warning("An answer did not reach Telegram: %s", type(error).__name__)
        case ArchiveError():
            logger.error("%s failed: %s", _subject(update), type(error).__name__)
            await _apologise(update, context)
        case _:
            logger.error("%s failed", _subject(update), exc_info=error)
            await _apologise(update, context)


async def _move(update: object, context: Context, new_id: int) -> None:
    """Keep what a group has set, which has another id from now on."""
    chat = update.effective_chat if isinstance(update, Update) else None
    logger.info("A group has become a supergroup")
    if chat is not None:
        with suppress(*UNWRITABLE):
            await context.archive.move_chat(chat.id, new_id)


def _subject(update: object) -> str:
    return f"Update {update.update_id}" if isinstance(update, Update) else "Background work"


async def _apologise(update: object, context: Context) -> None:
    # A pressed button has its answer already, and an inline query has no chat to tell.
    if not isinstance(update, Update) or update.message is None:
        return
    texts = await texts_of(update, context)
    try:
        await update.message.reply_text(texts("error.other"), allow_sending_without_reply=True)
    except TelegramError as second:
        logger.debug("The apology did not arrive: %s", type(second).__name__)
