"""How views reach a chat, asked for or unasked, and which of Telegram's refusals are no trouble."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Final

from telegram import ForceReply, Message
from telegram.constants import ChatAction, ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.views.view import link_preview

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from telegram import Bot, CallbackQuery, Chat, InlineKeyboardMarkup, MaybeInaccessibleMessage

    from bot.context import Context
    from bot.views.markup import Html
    from bot.views.view import Original, View

logger = logging.getLogger(__name__)

# Telegram says what is wrong in words only.
NOT_MODIFIED: Final = "message is not modified"
CANNOT_EDIT: Final = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
)
TOO_LATE: Final = ("query is too old", "query id is invalid")

PATIENCE: Final = 1.0
"""Seconds that people wait for an answer without a sign of life."""
SHOWN: Final = 4.5
"""Seconds after which a chat action is sent again; Telegram shows each for five."""
CHAT_GONE = "chat not found"


@asynccontextmanager
async def at_work(message: Message) -> AsyncIterator[None]:
    """Let the chat see that the bot is at work, for as long as the block takes, if that is long."""
    showing = asyncio.create_task(_type(message))
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.wait([showing])


async def _type(message: Message) -> None:
    await asyncio.sleep(PATIENCE)
    while True:
        with suppress(TelegramError):  # the answer is what matters
            await message.reply_chat_action(ChatAction.TYPING)
        await asyncio.sleep(SHOWN)


async def reply(message: Message, *views: View) -> None:
    """Answer a message: in its thread, and in groups as a reply to it."""
    for view in views:
        if view.original is not None and await _copied(view, view.original, message):
            continue
        if not view.is_extra:
            await message.reply_text(
                view.text,
                parse_mode=ParseMode.HTML,
                reply_markup=_markup(view, message.chat),
                link_preview_options=link_preview(view.preview),
                # Whoever asked may have removed the question meanwhile.
                allow_sending_without_reply=True,
            )


async def reply_picture(message: Message, picture: bytes, caption: Html | None = None) -> None:
    """Answer with a picture."""
    await message.reply_photo(
        picture, caption=caption, parse_mode=ParseMode.HTML, allow_sending_without_reply=True
    )


async def _copied(view: View, original: Original, message: Message) -> bool:
    """Answer with a copy of an original, unless the bot does not reach it."""
    with suppress(BadRequest, Forbidden):
        await message.reply_copy(
            original.chat,
            original.message_id,
            caption=view.text or None,
            parse_mode=ParseMode.HTML,
            reply_markup=view.keyboard,
            allow_sending_without_reply=True,
        )
        return True
    return False


def _markup(view: View, chat: Chat) -> InlineKeyboardMarkup | ForceReply | None:
    """Return a view's buttons; if it asks, a forced reply, in groups only for who is answered."""
    if view.asks is None:
        return view.keyboard
    is_group = chat.type != ChatType.PRIVATE
    return ForceReply(selective=is_group, input_field_placeholder=view.asks)


async def show(message: MaybeInaccessibleMessage, *views: View, anew: bool = False) -> None:
    """Put a single view in the place of the message with the button, if that can still be done.

    Otherwise, as when asked to (`anew`), it comes as a new message, as several views always do.
    """
    # A message out of reach comes as a Message too, but with no date.
    reachable = message if isinstance(message, Message) and message.is_accessible else None
    if reachable is None:
        for view in views:
            await send(message.get_bot(), message.chat.id, view)
    elif anew or len(views) > 1 or views[0].original or not await _edited(reachable, views[0]):
        await reply(reachable, *views)


async def change_buttons(message: Message, markup: InlineKeyboardMarkup) -> None:
    """Put other buttons below a message, if that can still be done."""
    with suppress(BadRequest):
        await message.edit_reply_markup(markup)


async def send(bot: Bot, chat_id: int, view: View) -> None:
    """Send a view that answers no message."""
    if view.original is not None:
        with suppress(BadRequest, Forbidden):  # what the chat itself refuses is told below
            await bot.copy_message(
                chat_id,
                view.original.chat,
                view.original.message_id,
                caption=view.text or None,
                parse_mode=ParseMode.HTML,
                reply_markup=view.keyboard,
            )
            return
    if not view.is_extra:
        await bot.send_message(
            chat_id,
            view.text,
            parse_mode=ParseMode.HTML,
            reply_markup=view.keyboard,
            link_preview_options=link_preview(view.preview),
        )


async def answer(query: CallbackQuery, notice: str | None) -> None:
    """Answer a pressed button, with a notice or silently; too late is no trouble."""
    try:
        await query.answer(notice)
    except BadRequest as error:
        if not is_too_late(error):
            raise


def is_too_late(error: BadRequest) -> bool:
    """Return whether Telegram no longer waits for the answer to a query."""
    return error.message.lower().startswith(TOO_LATE)


async def _edited(message: Message, view: View) -> bool:
    try:
        await message.edit_text(
            view.text,
            parse_mode=ParseMode.HTML,
            reply_markup=view.keyboard,
            link_preview_options=link_preview(view.preview),
        )
    except BadRequest as error:
        reason = error.message.lower()
        if reason.startswith(CANNOT_EDIT):
            return False
        if NOT_MODIFIED not in reason:
            raise
    return True


async def deliver(context: Context, chat_id: int, view: View) -> bool:
    """Send a view to a chat that asked for it some time ago; returns False if the network failed.

    Raises BadRequest if Telegram does not take it.
    """
    try:
        await send(context.bot, chat_id, view)
    except ChatMigrated as moved:
        await context.archive.move_chat(chat_id, moved.new_chat_id)
        return await deliver(context, moved.new_chat_id, view)
    except Forbidden:
        await context.archive.forget_chat(chat_id)
    except BadRequest as error:
        if CHAT_GONE not in error.message.lower():
            raise
        await context.archive.forget_chat(chat_id)
    except TelegramError as error:
        logger.warning("What was asked for did not reach Telegram: %s", type(error).__name__)
        return False
    return True
