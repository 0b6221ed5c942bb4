"""How readers get to know the bot: /start and its links, /help, the menus of commands."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NamedTuple

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.callbacks import OpenPost, Results, SavedList, TagPosts
from bot.handlers.buttons import views_of
from bot.handlers.sending import reply
from bot.texts import FALLBACK, LANGUAGES, Texts, texts_for
from bot.views import start
from bot.views.inline import PARAMETER_FOR_HELP
from storage import PostNotFound, SearchNotFound, TagNotFound

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import Bot, Message

    from bot.callbacks import Place
    from bot.context import Context
    from bot.views.view import View, Views

# t.me/<bot>?start=post-42; eighteen digits are the most that surely fit into SQLite's integers.
PARAMETER: Final = re.compile(
    r"post-(?P<post>[0-9]{1,18})|tag-(?P<tag>[0-9]{1,18})|search-(?P<search>[A-Za-z0-9_-]{8})"
)


class Command(NamedTuple):
    """A command, the key of what it does, and to whom menus offer it: in groups, to admins only."""

    name: str
    description: str
    in_groups: bool = True
    for_admins: bool = False


COMMANDS: Final = (
    Command("search", "command.search"),
    Command("tag", "command.tag"),
    Command("links", "command.links"),
    Command("random", "command.random"),
    Command("digest", "command.digest"),
    Command("saved", "command.saved"),
    Command("watch", "command.watch"),
    Command("watches", "command.watches"),
    Command("stats", "command.stats"),
    Command("lang", "command.lang"),
    Command("help", "command.help"),
    Command("start", "command.start", in_groups=False),
    Command("forget", "command.forget", for_admins=True),
)


async def set_admin_menus(bot: Bot, admins: Iterable[int]) -> None:
    """Offer admins their commands too, in the chats that they have with the bot."""
    for admin in admins:
        scope = BotCommandScopeChat(admin)
        with suppress(BadRequest):  # who has never written to the bot has no chat with it
            await bot.set_my_commands(_menu(COMMANDS, texts_for(FALLBACK)), scope=scope)
            for language in LANGUAGES:
                menu = _menu(COMMANDS, texts_for(language))
                await bot.set_my_commands(menu, scope=scope, language_code=language)


async def set_menus(bot: Bot) -> None:
    """Tell Telegram which commands to offer, by kind of chat and by language.

    Telegram looks for the kind of chat before the language, so each kind is given every language,
    and a menu without a language for all others.
    """
    for scope, commands in _scopes():
        await bot.set_my_commands(_menu(commands, texts_for(FALLBACK)), scope=scope)
        for language in LANGUAGES:
            menu = _menu(commands, texts_for(language))
            await bot.set_my_commands(menu, scope=scope, language_code=language)


async def describe(bot: Bot) -> None:
    """Tell Telegram what an empty chat and the bot's profile say of it, where they say nothing.

    What somebody has told @BotFather stays. Telegram bears few changes a day, so that what is there
    already is not sent again.
    """
    # That without a language last: Telegram shows it where another one lacks.
    for language in (*LANGUAGES, ""):
        texts = texts_for(language)
        if not (await bot.get_my_description(language)).description:
            await bot.set_my_description(texts("about.description"), language)
        if not (await bot.get_my_short_description(language)).short_description:
            await bot.set_my_short_description(texts("about.short"), language)


def _scopes() -> tuple[tuple[BotCommandScope, tuple[Command, ...]], ...]:
    offered = tuple(command for command in COMMANDS if not command.for_admins)
    for_groups = tuple(command for command in offered if command.in_groups)
    return (
        (BotCommandScopeDefault(), offered),
        (BotCommandScopeAllPrivateChats(), offered),
        (BotCommandScopeAllGroupChats(), for_groups),
    )


def _menu(commands: tuple[Command, ...], texts: Texts) -> list[BotCommand]:
    return [BotCommand(command.name, texts(command.description)) for command in commands]


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
