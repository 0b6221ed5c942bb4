"""Who is answered, and in which language: before any other handler, and by /lang."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop

from bot.callbacks import StaleCallback
from bot.handlers.sending import answer, reply
from bot.texts import LANGUAGES, texts_for
from bot.views.start import language_choice, language_chosen
from storage import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Message, Update

    from bot.context import Context
    from bot.texts import Texts
    from bot.views.view import View


async def admit(update: Update, context: Context) -> None:
    """Stop updates of chats and users that are not to be answered; find the others' language."""
    if not is_allowed(update, context.settings.allowed_chats):
        if update.callback_query:
            await answer(update.callback_query, None)
        raise ApplicationHandlerStop
    context.texts = await texts_of(update, context)
    context.reader = update.effective_user.id if update.effective_user else 0
    chat = update.effective_chat
    context.is_private = chat is not None and chat.type == ChatType.PRIVATE


async def texts_of(update: Update, context: Context) -> Texts:
    """Return the texts in the language the user chose, or else has set in Telegram."""
    user = update.effective_user
    if user is None:
        return texts_for(None)
    try:
        chosen = await context.archive.language(user.id)
    except ArchiveError:
        # The answer itself will meet the same error, and the user is told once, then.
        chosen = None
    return texts_for(chosen or user.language_code)


def is_allowed(update: Update, allowed: frozenset[int]) -> bool:
    """Tell whether this chat or user is answered; where none are named, all are.

    Where the bot is a guest, the user counts: the chat may have the id of another one.
    """
    chat = None if update.guest_message else update.effective_chat
    parties = (chat, update.effective_user)
    return are_allowed((party.id for party in parties if party is not None), allowed)


def are_allowed(ids: Iterable[int], allowed: frozenset[int]) -> bool:
    """Tell whether any of the chats and users with these ids may be written to."""
    return not allowed or not allowed.isdisjoint(ids)


async def language_command(message: Message, context: Context) -> None:
    """/lang [ko|en]."""
    wanted = context.args[0].lower() if context.args else ""
    if wanted in LANGUAGES and message.from_user:
        await reply(message, await choose_language(context, message.from_user.id, wanted))
    else:
        await reply(message, language_choice(context.texts))


async def choose_language(context: Context, user_id: int, language: str) -> View:
    """Remember a user's language; it is all that is known of users."""
    if language not in LANGUAGES:
        raise StaleCallback
    await context.archive.set_language(user_id, language)
    context.texts = texts_for(language)
    return language_chosen(context.texts)
