"""An update that came faster than its chat's others could be answered: one friendly sentence."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.handlers.access import is_allowed, texts_of
from bot.handlers.sending import answer, reply
from bot.views.view import sentence

if TYPE_CHECKING:
    from telegram import Update

    from bot.context import Context

logger = logging.getLogger(__name__)


async def slow_down(update: Update, context: Context) -> None:
    """Say that not everything will be answered; a pressed button is told on itself."""
    if not is_allowed(update, context.settings.allowed_chats):
        return
    texts = await texts_of(update, context)
    try:
        if update.callback_query is not None:
            await answer(update.callback_query, texts("flood.slowly"))
        elif update.message is not None:
            await reply(update.message, sentence(texts("flood.slowly")))
    except TelegramError as error:
        logger.debug("A chat could not be slowed down: %s", type(error).__name__)
