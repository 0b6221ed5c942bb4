"""/stats: what the archive holds, with a picture where there are dates."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from telegram.constants import MessageLimit

from bot import charts
from bot.handlers.sending import reply, reply_picture
from bot.views.markup import length
from bot.views.stats import MOST_DRAWN, drawn_lists, stats_view

if TYPE_CHECKING:
    from telegram import Message

    from bot.context import Context


async def command(message: Message, context: Context) -> None:
    """/stats."""
    view = stats_view(context.texts, await context.archive.stats())
    picture = await _picture(context)
    if picture is None:
        await reply(message, view)
    elif length(view.text) <= MessageLimit.CAPTION_LENGTH:
        await reply_picture(message, picture, view.text)
    else:
        await reply_picture(message, picture)
        await reply(message, view)


async def _picture(context: Context) -> bytes | None:
    """Return a picture of the archive, drawn in a thread; None if there is nothing to draw."""
    months = await context.archive.months()
    if not charts.can_draw(months):
        return None
    tags = await context.archive.tags(limit=MOST_DRAWN)
    hosts = await context.archive.hosts(limit=MOST_DRAWN)
    lists = drawn_lists(context.texts, tags.items, hosts.items)
    return await asyncio.to_thread(charts.draw, context.texts("stats.by_month"), months, lists)
