"""/saved: posts to read later, each reader's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from bot.callbacks import SavedList
from bot.handlers.sending import reply
from bot.views import results
from bot.views.keyboards import page_count
from bot.views.start import saved_elsewhere
from storage import TooManySaved

if TYPE_CHECKING:
    from telegram import Message

    from bot.callbacks import TurnSaved
    from bot.context import Context
    from bot.views.view import View


async def command(message: Message, context: Context) -> None:
    """Answer /saved; in a group, where everybody would see it, with the way to the own chat."""
    if message.chat.type == ChatType.PRIVATE:
        await reply(message, await page(context, SavedList()))
    else:
        await reply(message, saved_elsewhere(context.texts, context.bot.username))


async def page(context: Context, place: SavedList) -> View:
    """Return a page of what the reader has saved: the last, if this one has become empty."""
    size = results.PER_PAGE
    posts = await context.archive.saved(context.reader, limit=size, offset=place.page * size)
    if posts.total and not posts.items:
        return await page(context, SavedList(page_count(posts.total, size) - 1))
    return results.saved(context.texts, posts, place, await context.around())


async def turn(context: Context, place: TurnSaved) -> str:
    """Save a post for the reader, or no longer; returns what to tell. Raises PostNotFound."""
    try:
        is_saved = await context.archive.turn_saved(context.reader, place.post_id)
    except TooManySaved as error:
        return context.texts.failure(error)
    return context.texts("saved.added" if is_saved else "saved.taken")
