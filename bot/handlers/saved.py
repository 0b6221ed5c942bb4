"""/saved: posts to read later, each reader's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.callbacks import SavedList
from bot.handlers.paging import filled
from bot.handlers.sending import reply
from bot.views import results
from storage import TooManySaved

if TYPE_CHECKING:
    from telegram import Message

    from bot.callbacks import TurnSaved
    from bot.context import Context
    from bot.views.view import View


async def command(message: Message, context: Context) -> None:
    """Answer /saved."""
    await reply(message, await page(context, SavedList()))


async def page(context: Context, place: SavedList) -> View:
    """Return a page of what the reader has saved."""
    size = results.PER_PAGE
    posts = await context.archive.saved(context.reader, limit=size, offset=place.page * size)
    return results.saved(context.texts, filled(posts), place, await context.around())


async def turn(context: Context, place: TurnSaved) -> str:
    """Save a post for the reader, or no longer; returns what to tell. Raises PostNotFound."""
    try:
        is_saved = await context.archive.turn_saved(context.reader, place.post_id)
    except TooManySaved as error:
        return context.texts.failure(error)
    return context.texts("saved.added" if is_saved else "saved.taken")
