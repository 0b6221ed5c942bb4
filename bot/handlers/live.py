"""Channels as they speak: new posts come into the archive, edited ones are brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from telegram import ChatMember
from telegram.ext import filters

from bot.handlers.telegram_posts import emoji_of, is_ours, post_of, source_of
from bot.handlers.watches import tell_watchers
from seeds.formats.reactions import reacted

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from telegram import ChatMemberUpdated, Message, MessageReactionCountUpdated, Update

    from bot.context import Context


def is_kept(update: Update) -> bool:
    """Tell whether an update brings something for the archive, and nobody waits for an answer."""
    return bool(
        update.channel_post
        or update.edited_channel_post
        or update.message_reaction_count
        or update.my_chat_member
    )


async def keep(update: Update, context: Context) -> Coroutine[Any, Any, None] | None:
    """Store what an update brings; returns what is left to do then, if anything.

    What Telegram itself reports in a channel, such as a pinning, is left out.
    """
    if update.message_reaction_count is not None:
        await reactions(update.message_reaction_count, context)
    elif update.my_chat_member is not None:
        await membership(update.my_chat_member, context)
    elif filters.StatusUpdate.ALL.check_update(update):
        return None
    elif update.channel_post is not None:
        return await new_post(update.channel_post, context)
    elif update.edited_channel_post is not None:
        await edited_post(update.edited_channel_post, context)
    return None


async def new_post(message: Message, context: Context) -> Coroutine[Any, Any, None] | None:
    """Store what a channel of ours has posted; what is left is to tell those who watch for it."""
    if not await is_ours(message.chat, context.channels):
        return None
    received = await context.archive.receive(source_of(message.chat), post_of(message))
    return tell_watchers(context) if received.new else None


async def edited_post(message: Message, context: Context) -> None:
    """Store what a channel of ours has changed."""
    if await is_ours(message.chat, context.channels):
        await context.archive.receive(source_of(message.chat), post_of(message))


async def reactions(update: MessageReactionCountUpdated, context: Context) -> None:
    """Store how many reactions a post has got, and by which emoji."""
    if await is_ours(update.chat, context.channels):
        counts = [(emoji_of(one.type), one.total_count) for one in update.reactions]
        await context.archive.count_reactions(
            source_of(update.chat),
            update.message_id,
            sum(count for _, count in counts),
            reacted(counts),
        )


async def membership(update: ChatMemberUpdated, context: Context) -> None:
    """Forget what a chat watches for once it has blocked or removed the bot."""
    if update.new_chat_member.status in {ChatMember.LEFT, ChatMember.BANNED}:
        await context.archive.forget_chat(update.chat.id)
