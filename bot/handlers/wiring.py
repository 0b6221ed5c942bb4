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
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

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
    name: str | Sequence[str], callback: Callable[[Message, Context], Awaitable[None]]
) -> CommandHandler[Context, None]:
    """Handle a command, by any of its names, anywhere unless it names another bot."""
    return CommandHandler(name, _taking(lambda update: update.message, callback), filters=NEW)


def on_private(
    kind: filters.BaseFilter, callback: Callable[[Message, Context], Awaitable[None]]
) -> MessageHandler[Context, None]:
    """Handle some kind of message in private chats."""
    handle = _taking(lambda update: update.message, callback)
    return MessageHandler(filters.ChatType.PRIVATE & NEW & kind, handle)


def on_answer(
    is_question: Callable[[str | None], bool],
    callback: Callable[[Message, Context], Awaitable[None]],
) -> MessageHandler[Context, None]:
    """Handle what people reply to a question of the bot."""
    handle = _taking(lambda update: update.message, callback)
    kind = NEW & filters.TEXT & ~filters.COMMAND
    return MessageHandler(kind & _RepliesTo(is_question), handle)


def on_addressed_command(
    callback: Callable[[Message, Context], Awaitable[None]],
) -> MessageHandler[Context, None]:
    """Handle any command that a group addresses to the bot by its name."""
    handle = _taking(lambda update: update.message, callback)
    return MessageHandler(filters.ChatType.GROUPS & NEW & filters.COMMAND & _ADDRESSED, handle)


def on_guest(
    callback: Callable[[Message, Context], Awaitable[None]],
) -> MessageHandler[Context, None]:
    """Handle every message that calls the bot as a guest."""
    handle = _taking(lambda update: update.guest_message, callback)
    return MessageHandler(filters.UpdateType.GUEST_MESSAGE, handle)


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


class _RepliesTo(filters.MessageFilter):
    """Lets replies to those messages of the bot pass whose text is a question."""

    def __init__(self, is_question: Callable[[str | None], bool]) -> None:
        super().__init__()
        self._is_question = is_question

    def filter(self, message: Message) -> bool:
        replied = message.reply_to_message
        sender = replied.from_user if replied else None
        ours = sender is not None and sender.id == message.get_bot().id
        return ours and replied is not None and self._is_question(replied.text)


class _Addressed(filters.MessageFilter):
    """Lets commands pass that name the bot."""

    def filter(self, message: Message) -> bool:
        command = (message.text or "").split(maxsplit=1)[0]
        return command.partition("@")[2].lower() == message.get_bot().username.lower()


_ADDRESSED = _Addressed()


def _taking(
    take: Callable[[Update], T | None], callback: Callable[[T, Context], Awaitable[None]]
) -> UpdateCallback:
    async def handle(update: Update, context: Context) -> None:
        taken = take(update)
        if taken is not None:
            await callback(taken, context)

    return handle
