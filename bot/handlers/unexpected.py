"""What no handler is for: useless messages, unknown commands, floods and errors."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA
from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError

from bot.handlers.access import is_allowed, texts_of
from bot.handlers.sending import answer, reply
from bot.views.view import sentence
from storage import UNWRITABLE, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from telegram import Message

    from bot.context import Context

logger = logging.getLogger(__name__)

Callback: TypeAlias = "Callable[[Message, Context], Awaitable[None]]"

ALBUM = "album"
FEWEST_LETTERS: Final = 3
LIKENESS: Final = 0.7  # at least, 1 being the same word: a slip in one letter of four


async def nothing(_message: Message, _context: Context) -> None:
    """Leave a message unanswered."""


async def unknown_command(
    message: Message, context: Context, commands: Mapping[str, Callback]
) -> None:
    """Run the command that a misspelt one most likely means; if there is none, point to /help."""
    typed, *words = (message.text or "").split()
    meant = nearest(typed.removeprefix("/").partition("@")[0].lower(), commands)
    if meant is None:
        await reply(message, sentence(context.texts("unexpected.command")))
        return
    context.args = words
    await commands[meant](message, context)


def nearest(typed: str, names: Iterable[str]) -> str | None:
    """Return the name most likely meant: `typed` begins it, goes on behind it, or has a slip."""
    near = sorted(names, key=len)
    begun = [name for name in near if name.startswith(typed) and len(typed) >= FEWEST_LETTERS]
    if len(begun) == 1:
        return begun[0]
    gone_on = [name for name in near if typed.startswith(name) and len(name) >= FEWEST_LETTERS]
    if gone_on:
        return gone_on[-1]
    found = process.extractOne(typed, near, scorer=OSA.normalized_similarity, score_cutoff=LIKENESS)
    return found[0] if found else None


async def not_words(message: Message, context: Context) -> None:
    """Say that only words are searched for: once for an album, which comes as several messages."""
    if not of_answered_album(message, context):
        await reply(message, sentence(context.texts("unexpected.content")))


def of_answered_album(message: Message, context: Context) -> bool:
    """Tell whether a message's album was answered already; from now on, it counts as answered."""
    album = message.media_group_id
    if album is None or context.chat_data is None:
        return False
    before = context.chat_data.get(ALBUM)
    context.chat_data[ALBUM] = album
    return bool(before == album)


async def slow_down(update: Update, context: Context) -> None:
    """Tell a chat that its updates come too fast to answer all; for a button, in a notice on it."""
    if not is_allowed(update, context.settings.allowed_chats):
        return
    texts = await texts_of(update, context)
    try:
        if update.callback_query is not None:
            await answer(update.callback_query, texts("flood.slowly"))
        elif update.message is not None:
            await reply(update.message, sentence(texts("flood.slowly")))
    except TelegramError as error:
        logger.debug("A chat could not be slowed down: %s", type(error).__name__)


async def on_error(update: object, context: Context) -> None:
    """Record the error, without what anybody wrote, and tell the chat unless it is the network.

    What Telegram or the archive refuses is a line; only a mistake of ours is a traceback.
    """
    error = context.error
    match error:
        case Forbidden():
            logger.debug("A chat no longer wants to hear from the bot")
        case ChatMigrated(new_chat_id=new_id):
            await _move(update, context, new_id)
        case InvalidToken():
            logger.error("Telegram does not accept the bot's token any more")
        case BadRequest(message=reason):
            logger.error("%s: Telegram refused the answer: %s", _subject(update), reason)
            await _apologise(update, context)
        case TelegramError():
            logger.warning("An answer did not reach Telegram: %s", type(error).__name__)
        case ArchiveError():
            logger.error("%s failed: %s", _subject(update), type(error).__name__)
            await _apologise(update, context)
        case _:
            logger.error("%s failed", _subject(update), exc_info=error)
            await _apologise(update, context)


async def _move(update: object, context: Context, new_id: int) -> None:
    """Move a group's watches and schedule to the new id that it has as a supergroup."""
    chat = update.effective_chat if isinstance(update, Update) else None
    logger.info("A group has become a supergroup")
    if chat is not None:
        with suppress(*UNWRITABLE):
            await context.archive.move_chat(chat.id, new_id)


def _subject(update: object) -> str:
    return f"Update {update.update_id}" if isinstance(update, Update) else "Background work"


async def _apologise(update: object, context: Context) -> None:
    # A pressed button has its answer already, and an inline query has no chat to tell.
    if not isinstance(update, Update) or update.message is None:
        return
    texts = await texts_of(update, context)
    try:
        await update.message.reply_text(texts("error.other"), allow_sending_without_reply=True)
    except TelegramError as second:
        logger.debug("The apology did not arrive: %s", type(second).__name__)
