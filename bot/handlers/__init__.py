"""What the bot does, one module per intent; `build` is the table of it all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.handlers import (
    access,
    archive,
    buttons,
    digest,
    inline,
    links,
    posts,
    search,
    start,
    tags,
    unexpected,
    watches,
)
from bot.texts import typed_words

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Sequence

    from telegram import CallbackQuery, InlineQuery, Message
    from telegram.ext import BaseHandler

    from bot.context import Context

    UpdateCallback: TypeAlias = Callable[[Update, Context], Coroutine[Any, Any, None]]

FIRST = -1
THEN = 0
T = TypeVar("T")

# An edited message was answered when it was new.
NEW = filters.UpdateType.MESSAGE


async def private_words(message: Message, context: Context) -> None:
    """Search for what was written, or below a picture; who asks for help in words gets it."""
    unexpected.of_answered_album(message, context)
    if (message.text or "").strip(" .!").casefold() in typed_words("typed.help"):
        await start.help_command(message, context)
    else:
        await search.words(message, context)


COMMANDS: Final = {
    "start": start.start_command,
    "help": start.help_command,
    "search": search.command,
    "tag": tags.command,
    "random": posts.random_command,
    "links": links.command,
    "digest": digest.command,
    "saved": posts.saved_command,
    "watch": watches.watch_command,
    "watches": watches.list_command,
    "stats": archive.stats_command,
    "lang": access.language_command,
}
# What people type as well, in groups too, where other bots may have commands nearly like ours.
ALIASES: Final = {"search": ("find",), "tag": ("tags",), "links": ("link",)}


def build() -> dict[int, list[BaseHandler[Any, Context, Any]]]:
    """Return the handlers by group, for `Application.add_handlers`.

    What channels say does not come here: the receiver has it stored (`live.keep`).
    Order matters: of each group, the first that wants an update has it.
    """
    nearly = partial(unexpected.unknown_command, commands=COMMANDS)
    return {
        FIRST: [
            # Everything passes here: who is answered at all, and in which language.
            TypeHandler(Update, access.admit),
        ],
        THEN: [
            # Commands, in private chats and in groups. Admins remove posts and import documents.
            *(
                on_command([name, *ALIASES.get(name, ())], callback)
                for name, callback in COMMANDS.items()
            ),
            on_command("forget", posts.forget_command),
            on_private(filters.Document.ALL, archive.received),
            # What people reply when the bot has asked for words to search or to watch for.
            on_answer(search.is_question, search.words),
            on_answer(watches.is_question, watches.words),
            # Buttons below the bot's messages, and its name typed in any chat.
            on_button(buttons.press),
            on_inline(inline.suggest),
            # Its name in a message, in chats where it is a guest.
            on_guest(inline.answer_guest),
            # What users insert inline in the chat with the bot is its own answer, no question.
            on_private(filters.VIA_BOT, unexpected.nothing),
            # A command that came this far is none of ours, but perhaps nearly one.
            on_addressed_command(nearly),
            on_private(filters.COMMAND, nearly),
            # In private chats all words are searched for.
            on_private(filters.TEXT | filters.CAPTION, private_words),
            # Pictures, stickers, voices; not what Telegram itself reports, such as a pinning.
            on_private(~filters.StatusUpdate.ALL, unexpected.not_words),
        ],
    }


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
