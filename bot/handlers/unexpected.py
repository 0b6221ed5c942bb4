"""What a private chat brings that the bot has no use for: one sentence shows the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.handlers.sending import reply
from bot.views.view import sentence

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from telegram import Message

    from bot.context import Context

Callback: TypeAlias = "Callable[[Message, Context], Awaitable[None]]"

ALBUM = "album"
FEWEST_LETTERS: Final = 3
LEAST: Final = 0.7  # of 1, how alike a command and what was typed for it are: one slip in four


async def nothing(_message: Message, _context: Context) -> None:
    """Let it stand."""


async def unknown_command(
    message: Message, context: Context, commands: Mapping[str, Callback]
) -> None:
    """Do what a command means that is nearly one of these; else name the way to those there are."""
    typed, *words = (message.text or "").split()
    meant = nearest(typed.removeprefix("/").partition("@")[0].lower(), commands)
    if meant is None:
        await reply(message, sentence(context.texts("unexpected.command")))
        return
    context.args = words
    await commands[meant](message, context)


def nearest(typed: str, names: Iterable[str]) -> str | None:
    """Return the name that was most likely meant: one begun or gone on with, or one with a slip."""
    near = sorted(names, key=len)
    begun = [name for name in near if name.startswith(typed) and len(typed) >= FEWEST_LETTERS]
    if len(begun) == 1:
        return begun[0]
    gone_on = [name for name in near if typed.startswith(name) and len(name) >= FEWEST_LETTERS]
    if gone_on:
        return gone_on[-1]
    found = process.extractOne(typed, near, scorer=OSA.normalized_similarity, score_cutoff=LEAST)
    return found[0] if found else None


async def not_words(message: Message, context: Context) -> None:
    """Say that words are wanted: once for an album, whose pictures come as messages each."""
    if not of_answered_album(message, context):
        await reply(message, sentence(context.texts("unexpected.content")))


def of_answered_album(message: Message, context: Context) -> bool:
    """Tell whether a message belongs to the album that was answered last, or is from now on."""
    album = message.media_group_id
    if album is None or context.chat_data is None:
        return False
    before = context.chat_data.get(ALBUM)
    context.chat_data[ALBUM] = album
    return bool(before == album)
