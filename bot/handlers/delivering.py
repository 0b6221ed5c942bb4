"""What the bot sends unasked; a chat that does not want it any more is forgotten."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.handlers.sending import send

if TYPE_CHECKING:
    from bot.context import Context
    from bot.views.view import View

logger = logging.getLogger(__name__)

CHAT_GONE = "chat not found"


async def deliver(context: Context, chat_id: int, view: View) -> bool:
    """Send a view to a chat that asked for it some time ago; returns False if the network failed.

    Raises BadRequest if Telegram does not take it.
    """
    try:
        await send(context.bot, chat_id, view)
    except ChatMigrated as moved:
        await context.archive.move_chat(chat_id, moved.new_chat_id)
        return await deliver(context, moved.new_chat_id, view)
    except Forbidden:
        await context.archive.forget_chat(chat_id)
    except BadRequest as error:
        if CHAT_GONE not in error.message.lower():
            raise
        await context.archive.forget_chat(chat_id)
    except TelegramError as error:
        logger.warning("What was asked for did not reach Telegram: %s", type(error).__name__)
        return False
    return True
