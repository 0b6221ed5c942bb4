"""What the bot does, one module per intent; `build` is the table of it all."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from telegram import Update
from telegram.ext import TypeHandler, filters

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
from bot.handlers.wiring import (
    on_addressed_command,
    on_answer,
    on_button,
    on_command,
    on_guest,
    on_inline,
    on_private,
)

if TYPE_CHECKING:
    from telegram import Message
    from telegram.ext import BaseHandler

    from bot.context import Context

FIRST = -1
THEN = 0


async def private_words(message: Message, context: Context) -> None:
    """Search for what was written, or below a picture; who asks for help in words gets it."""
    unexpected.of_answered_album(message, context)
    if (message.text or "").strip(" .!").casefold() in FOR_HELP:
        await start.help_command(message, context)
    else:
        await search.words(message, context)


# Of which hardly anybody searches an archive for the word alone.
FOR_HELP: Final = frozenset({"help", "도움말", "도움", "사용법"})
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
            # Commands, in private chats and in groups; for admins, posts go and documents come.
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
            # Only private chats are all ears.
            on_private(filters.TEXT | filters.CAPTION, private_words),
            # Pictures, stickers, voices; not what Telegram itself reports, such as a pinning.
            on_private(~filters.StatusUpdate.ALL, unexpected.not_words),
        ],
    }
