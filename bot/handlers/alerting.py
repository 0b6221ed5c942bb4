"""Tells those who watch of new posts.

Whom to tell is stored together with the post, and removed when it is told: so a program that was
killed tells the rest when it starts again. One that is killed just after telling tells that once
more, because nobody knows then whether the message arrived.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.handlers.access import are_allowed
from bot.handlers.sending import deliver
from bot.texts import texts_for
from bot.views.watches import alert_view, language_of
from storage import UNWRITABLE, PostNotFound

if TYPE_CHECKING:
    from bot.context import Context
    from storage import Alert

logger = logging.getLogger(__name__)


async def tell_watchers(context: Context) -> None:
    """Tell everybody who is still to be told; what does not get through is left for next time."""
    services = context.bot_data
    async with services.alerting:
        failed: set[tuple[int, int]] = set()
        while alerts := [
            alert
            for alert in await context.archive.alerts(limit=len(failed) + 100)
            if (alert.post_id, alert.chat_id) not in failed
        ]:
            for alert in alerts:
                if not await _told(context, alert):
                    failed.add((alert.post_id, alert.chat_id))


async def _told(context: Context, alert: Alert) -> bool:
    """Tell a chat of a post, if it may be told; returns whether that is done with."""
    told = context.bot_data.told
    key = (alert.post_id, alert.chat_id)
    if key not in told and not await _tell(context, alert):
        return False
    told.add(key)
    with suppress(*UNWRITABLE):
        await context.archive.set_told(alert)
        told.discard(key)
        return True
    return False  # told, but not noted: it is in mind until that can be stored


async def _tell(context: Context, alert: Alert) -> bool:
    """Send an alert to a chat that still may have it; returns False if it did not get through."""
    if not are_allowed([alert.chat_id], context.settings.allowed_chats):
        return True
    try:
        post = await context.archive.post(alert.post_id)
        chosen = await context.archive.language(alert.chat_id)
        texts = texts_for(chosen or language_of(alert))
        return await deliver(context, alert.chat_id, alert_view(texts, alert, post))
    except PostNotFound:
        return True  # forgotten meanwhile
    except BadRequest as error:
        logger.error("An alert was refused: %s", error.message)  # noqa: TRY400
        return True
