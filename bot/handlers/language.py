"""/lang: which language to speak with this user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.callbacks import StaleCallback
from bot.handlers.sending import reply
from bot.texts import LANGUAGES, texts_for
from bot.views.language import language_choice, language_chosen

if TYPE_CHECKING:
    from telegram import Message

    from bot.context import Context
    from bot.views.view import View


async def command(message: Message, context: Context) -> None:
    """/lang [ko|en]."""
    wanted = context.args[0].lower() if context.args else ""
    if wanted in LANGUAGES and message.from_user:
        await reply(message, await choose(context, message.from_user.id, wanted))
    else:
        await reply(message, language_choice(context.texts))


async def choose(context: Context, user_id: int, language: str) -> View:
    """Remember a user's language; it is all that is known of users."""
    if language not in LANGUAGES:
        raise StaleCallback
    await context.archive.set_language(user_id, language)
    context.texts = texts_for(language)
    return language_chosen(context.texts)
