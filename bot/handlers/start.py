"""/start, with the links that lead to a place, and /help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from telegram.constants import ChatType

from bot.callbacks import OpenPost, Results, SavedList, TagPosts
from bot.handlers.menus import COMMANDS
from bot.handlers.places import views_of
from bot.handlers.sending import reply
from bot.views import start
from bot.views.inline import PARAMETER_FOR_HELP
from storage import PostNotFound, SearchNotFound, TagNotFound

if TYPE_CHECKING:
    from telegram import Message

    from bot.callbacks import Place
    from bot.context import Context
    from bot.views.view import View, Views

# t.me/<bot>?start=post-42; eighteen digits are the most that surely fit into SQLite's integers.
PARAMETER: Final = re.compile(
    r"post-(?P<post>[0-9]{1,18})|tag-(?P<tag>[0-9]{1,18})|search-(?P<search>[A-Za-z0-9_-]{8})"
)


async def start_command(message: Message, context: Context) -> None:
    """/start, perhaps with where to go."""
    parameter = context.args[0] if context.args else ""
    if not parameter:
        await reply(message, await _greeting(message, context))
    elif parameter == PARAMETER_FOR_HELP:
        await help_command(message, context)
    else:
        await reply(message, *await _led_to(context, parameter))


async def help_command(message: Message, context: Context) -> None:
    """/help."""
    texts = context.texts
    is_admin = context.reader in context.settings.admins
    commands = (
        (command.name, texts(command.description))
        for command in COMMANDS
        if is_admin or not command.for_admins
    )
    view = start.help_text(texts, commands, context.bot.username, can_share=context.can_share)
    await reply(message, view)


async def _greeting(message: Message, context: Context) -> View:
    stats = await context.archive.stats()
    is_private = message.chat.type == ChatType.PRIVATE
    return start.greeting(
        context.texts,
        stats.posts,
        can_share=context.can_share,
        group_of=None if is_private else context.bot.username,
    )


async def _led_to(context: Context, parameter: str) -> Views:
    place = _place_of(parameter)
    if place is None:
        return (start.lost(context.texts, can_share=context.can_share),)
    try:
        return await views_of(context, place)
    except (PostNotFound, SearchNotFound, TagNotFound):
        return (start.lost(context.texts, can_share=context.can_share),)


def _place_of(parameter: str) -> Place | None:
    if parameter == start.PARAMETER_FOR_SAVED:
        return SavedList()
    match = PARAMETER.fullmatch(parameter)
    if match is None:
        return None
    post, tag, search = match.group("post", "tag", "search")
    if post:
        return OpenPost(int(post))
    return TagPosts((int(tag),)) if tag else Results(search)
