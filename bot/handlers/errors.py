"""What becomes of an error that no handler expected: a record, and a sentence where one helps."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.handlers.access import texts_of

if TYPE_CHECKING:
    from bot.context import Context

logger = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """Record the error, without what anybody wrote, and tell the chat unless it is the network."""
    error = context.error
    if isinstance(error, Forbidden):
        logger.debug("A chat no longer wants to hear from the bot")
    elif isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest):
        logger.warning("An answer did not reach Telegram: %s", type(error).__name__)
    else:
        logger.error("%s failed", _subject(update), exc_info=error)
        await _apologise(update, context)


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
