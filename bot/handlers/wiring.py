"""From Telegram's updates, most of whose fields may be missing, to what handlers take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from telegram import (
        CallbackQuery,
        InlineQuery,
        Message,
        Update,
    )

    from bot.context import Context

    UpdateCallback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]

T = TypeVar("T")

# An edited message was answered when it was new.
NEW = filters.UpdateType.MESSAGE


def on_command(
    name: str, callback: Callable[[Message, Context], Awaitable[None]]
) -> CommandHandler[Context, None]:
    """Handle a command anywhere, unless it names another bot."""
    return CommandHandler(name, _taking(lambda update: update.message, callback), filters=NEW)


def on_private(
    kind: filters.BaseFilter, callback: Callable[[Message, Context], Awaitable[None]]
) -> MessageHandler[Context, None]:
    """Handle some kind of message in private chats."""
    handle = _taking(lambda update: update.message, callback)
    return MessageHandler(filters.ChatType.PRIVATE & NEW & kind, handle)


def on_button(
    callback: Callable[[CallbackQuery, Context], Awaitable[None]],
) -> CallbackQueryHandler[Context, None]:
    """Handle every pressed button."""
    return CallbackQueryHandler(_taking(lambda update: update.callback_query, callback))


def on_inline(
    callback: Callable[[InlineQuery, Context], Awaitable[None]],
) -> InlineQueryHandler[Context, None]:
    """Handle every inline query."""
    return InlineQueryHandler(_taking(lambda update: update.inline_query, callback))


def _taking(
    take: Callable[[Update], T | None], callback: Callable[[T, Context], Awaitable[None]]
) -> UpdateCallback:
    async def handle(update: Update, context: Context) -> None:
        taken = take(update)
        if taken is not None:
            await callback(taken, context)

    return handle
