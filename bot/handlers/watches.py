"""/watch and /watches: what a chat wants to be told of, and the alerts that tell it.

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
from bot.handlers.sending import deliver, reply
from bot.texts import in_all_languages, texts_for
from bot.views.notices import told_of
from bot.views.view import sentence
from bot.views.watches import alert_view, language_of, watch_added, watch_list, what_to_watch
from storage import (
    UNWRITABLE,
    InvalidOperator,
    InvalidQuery,
    Mistake,
    PostNotFound,
    TooManyWatches,
)

if TYPE_CHECKING:
    from telegram import Message

    from bot.callbacks import StopWatch
    from bot.context import Context
    from bot.views.view import View
    from storage import Alert

logger = logging.getLogger(__name__)


async def watch_command(message: Message, context: Context) -> None:
    """/watch QUERY."""
    await _watch(message, context, " ".join(context.args or ()))


async def words(message: Message, context: Context) -> None:
    """Watch for what was written when the bot had asked."""
    await _watch(message, context, " ".join((message.text or "").split()))


def is_question(text: str | None) -> bool:
    """Return whether a text is the question what to watch for, in any language."""
    return text in in_all_languages("watch.how")


async def _watch(message: Message, context: Context, query: str) -> None:
    try:
        added = await context.archive.watch(message.chat_id, query, context.texts.language)
        channels = context.settings.channels
        view = watch_added(context.texts, added, has_channels=bool(channels))
    except InvalidOperator as error:
        mistake = Mistake(operator=error.operator, value=error.value)
        view = sentence(told_of(context.texts, mistake))
    except InvalidQuery:
        view = what_to_watch(context.texts)
    except TooManyWatches as error:
        view = sentence(context.texts.failure(error))
    await reply(message, view)


async def list_command(message: Message, context: Context) -> None:
    """/watches."""
    await reply(message, watch_list(context.texts, await context.archive.watches(message.chat_id)))


async def stop(context: Context, chat_id: int, place: StopWatch) -> View:
    """Stop a watch; returns the list of the others. Raises WatchNotFound."""
    await context.archive.unwatch(chat_id, place.watch_id)
    return watch_list(context.texts, await context.archive.watches(chat_id), stopped=True)


async def tell_watchers(context: Context) -> None:
    """Send all stored alerts; those that do not get through stay stored for the next time."""
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
    """Send an alert, unless it was sent before; returns whether it is sent and no longer stored."""
    told = context.bot_data.told
    key = (alert.post_id, alert.chat_id)
    if key not in told and not await _tell(context, alert):
        return False
    told.add(key)
    with suppress(*UNWRITABLE):
        await context.archive.set_told(alert)
        told.discard(key)
        return True
    return False  # sent, which only `bot_data.told` knows until it can be stored


async def _tell(context: Context, alert: Alert) -> bool:
    """Send an alert, if the chat may be written to; returns False if it did not get through."""
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
