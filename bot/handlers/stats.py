"""/stats: what the archive holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handlers.sending import reply
from bot.views.stats import stats_view

if TYPE_CHECKING:
    from telegram import Message

    from bot.context import Context


async def command(message: Message, context: Context) -> None:
    """/stats."""
    await reply(message, stats_view(context.texts, await context.archive.stats()))
