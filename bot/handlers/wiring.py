"""From Telegram's updates, most of whose fields may be missing, to what handlers take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from telegram.ext import (
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    MessageReactionHandler,
    filters,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

    from telegram import (
        CallbackQuery,
        ChatMemberUpdated,
        InlineQuery,
        Message,
        MessageReactionCountUpdated,
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


def on_channel(
    kind: filters.BaseFilter, callback: Callable[[Message, Context], Awaitable[None]]
) -> MessageHandler[Context, None]:
    """Handle what channels post or edit, but not what Telegram reports there, as a pinning."""
    handle = _taking(lambda update: update.effective_message, callback)
    return MessageHandler(kind & ~filters.StatusUpdate.ALL, handle)


def on_reaction_count(
    callback: Callable[[MessageReactionCountUpdated, Context], Awaitable[None]],
) -> MessageReactionHandler[Context, None]:
    """Handle the counts of reactions to what channels have posted."""
    return MessageReactionHandler(
        _taking(lambda update: update.message_reaction_count, callback),
        message_reaction_types=MessageReactionHandler.MESSAGE_REACTION_COUNT_UPDATED,
    )


def on_membership(
    callback: Callable[[ChatMemberUpdated, Context], Awaitable[None]],
) -> ChatMemberHandler[Context, None]:
    """Handle the bot being let into a chat, or out of it."""
    return ChatMemberHandler(
        _taking(lambda update: update.my_chat_member, callback), ChatMemberHandler.MY_CHAT_MEMBER
    )


def _taking(
    take: Callable[[Update], T | None], callback: Callable[[T, Context], Awaitable[None]]
) -> UpdateCallback:
    async def handle(update: Update, context: Context) -> None:
        taken = take(update)
        if taken is not None:
            await callback(taken, context)

    return handle
