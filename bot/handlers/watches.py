"""/watch and /watches: what a chat wants to be told of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handlers.sending import reply
from bot.texts import LANGUAGES, texts_for
from bot.views.view import sentence
from bot.views.watches import watch_added, watch_list, what_to_watch
from storage import InvalidQuery, TooManyWatches

if TYPE_CHECKING:
    from telegram import Message

    from bot.callbacks import StopWatch
    from bot.context import Context
    from bot.views.view import View


async def watch_command(message: Message, context: Context) -> None:
    """/watch QUERY."""
    await _watch(message, context, " ".join(context.args or ()))


async def words(message: Message, context: Context) -> None:
    """Watch for what was written when the bot had asked."""
    await _watch(message, context, " ".join((message.text or "").split()))


def is_question(text: str | None) -> bool:
    """Return whether a text is the question what to watch for, in any language."""
    return text in {texts_for(language)("watch.how") for language in LANGUAGES}


async def _watch(message: Message, context: Context, query: str) -> None:
    try:
        added = await context.archive.watch(message.chat_id, query, context.texts.language)
        channels = context.settings.channels
        view = watch_added(context.texts, added, has_channels=bool(channels))
    except InvalidQuery:
        view = what_to_watch(context.texts)
    except TooManyWatches as error:
        view = sentence(context.texts.failure(error))
    await reply(message, view)


async def list_command(message: Message, context: Context) -> None:
    """/watches."""
    await reply(message, watch_list(context.texts, await context.archive.watches(message.chat_id)))


async def stop(context: Context, chat_id: int, place: StopWatch) -> View:
    """Stop a watch; returns what is left. Raises WatchNotFound."""
    await context.archive.unwatch(chat_id, place.watch_id)
    return watch_list(context.texts, await context.archive.watches(chat_id), stopped=True)
