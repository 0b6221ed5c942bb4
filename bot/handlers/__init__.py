"""What the bot does, one module per intent; `build` is the table of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import TypeHandler, filters

from bot.handlers import (
    access,
    buttons,
    digest,
    files,
    forgetting,
    inline,
    language,
    links,
    posts,
    search,
    start,
    stats,
    tags,
    unexpected,
    watches,
)
from bot.handlers.wiring import (
    on_button,
    on_command,
    on_inline,
    on_private,
)

if TYPE_CHECKING:
    from telegram.ext import BaseHandler

    from bot.context import Context

FIRST = -1
THEN = 0


def build() -> dict[int, list[BaseHandler[Any, Context, Any]]]:
    """Return the handlers by group, for `Application.add_handlers`.

    What channels say does not come here: the receiver has it stored (`live.keep`).
    Order matters: of each group, the first that wants an update has it.
    """
    return {
        FIRST: [
            # Everything passes here: who is answered at all, and in which language.
            TypeHandler(Update, access.admit),
        ],
        THEN: [
            # Commands, in private chats and in groups.
            on_command("start", start.start_command),
            on_command("help", start.help_command),
            on_command("search", search.command),
            on_command("tag", tags.command),
            on_command("random", posts.random_command),
            on_command("links", links.command),
            on_command("digest", digest.command),
            on_command("watch", watches.watch_command),
            on_command("watches", watches.list_command),
            on_command("stats", stats.command),
            on_command("lang", language.command),
            # For admins: posts go, and documents come.
            on_command("forget", forgetting.command),
            on_private(filters.Document.ALL, files.received),
            # Buttons below the bot's messages, and its name typed in any chat.
            on_button(buttons.press),
            on_inline(inline.suggest),
            # What users insert inline in the chat with the bot is its own answer, no question.
            on_private(filters.VIA_BOT, unexpected.nothing),
            # Only private chats are all ears. A command that came this far is none of ours.
            on_private(filters.COMMAND, unexpected.unknown_command),
            on_private(filters.TEXT, search.words),
            # Pictures, stickers, voices; not what Telegram itself reports, such as a pinning.
            on_private(~filters.StatusUpdate.ALL, unexpected.not_words),
        ],
    }
