"""Before any other handler: who is answered, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.ext import ApplicationHandlerStop

from bot.handlers.sending import answer
from bot.texts import texts_for
from storage import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Update

    from bot.context import Context
    from bot.texts import Texts


async def admit(update: Update, context: Context) -> None:
    """Stop updates of chats and users that are not to be answered; find the others' language."""
    if not is_allowed(update, context.settings.allowed_chats):
        if update.callback_query:
            await answer(update.callback_query, None)
        raise ApplicationHandlerStop
    context.texts = await texts_of(update, context)
    context.reader = update.effective_user.id if update.effective_user else 0


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
