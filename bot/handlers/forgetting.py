"""/forget: an admin removes a post, because Telegram tells no bot when a channel deletes one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from telegram import MessageOriginChannel

from bot.callbacks import (
    Anew,
    Forget,
    KeepPost,
    OpenPost,
    Restore,
    Similar,
    StaleCallback,
    unpack,
)
from bot.handlers.sending import reply
from bot.handlers.telegram_posts import bare_id
from bot.views.forgetting import confirmation, removed
from bot.views.post import whole_post
from bot.views.view import sentence
from storage import PostNotFound

if TYPE_CHECKING:
    from telegram import Message

    from bot.callbacks import Action
    from bot.context import Context
    from bot.views.view import Views
    from storage import Post

ADDRESS: Final = re.compile(
    r"(?:https?://)?t\.me/(?:c/(?P<id>\d+)|(?:s/)?(?P<name>\w+))/(?P<message>\d+)/?", re.ASCII
)


class NotAnAdmin(Exception):
    """Somebody else has pressed an admin's button."""


async def command(message: Message, context: Context) -> None:
    """/forget [LINK], or in reply to the post."""
    texts = context.texts
    if message.from_user is None or message.from_user.id not in context.settings.admins:
        await reply(message, sentence(texts("admin.only")))
        return
    if message.forward_origin or message.via_bot:  # the words are another's, not the admin's
        await reply(message, sentence(texts("forget.how")))
        return
    try:
        post = await _meant(message, context)
    except PostNotFound:
        await reply(message, sentence(texts("forget.unknown")))
        return
    if post is None:
        await reply(message, sentence(texts("forget.how")))
        return
    await reply(message, confirmation(texts, post))


async def decided(context: Context, place: Forget | KeepPost | Restore) -> Views:
    """Do what an admin's button says. Raises NotAnAdmin or PostNotFound."""
    if context.reader not in context.settings.admins:
        raise NotAnAdmin
    match place:
        case KeepPost():
            return (sentence(context.texts("forget.kept")),)
        case Forget(post_id=post_id):
            post = await context.archive.post(post_id)
            await context.archive.forget(post_id)
            return (removed(context.texts, post),)
        case Restore(post_id=post_id):
            post = await context.archive.post(await context.archive.restore(post_id))
            return whole_post(context.texts, post, can_share=context.can_share)


async def _meant(message: Message, context: Context) -> Post | None:
    """Return the post that the command is about; None if it does not say. Raises PostNotFound."""
    if context.args:
        found = ADDRESS.fullmatch(context.args[0])
        return await _by_address(found, context) if found else None
    answered = message.reply_to_message
    if answered is None:
        return None
    match answered.forward_origin:
        case MessageOriginChannel(chat=chat, message_id=message_id):
            return await context.archive.find_post(
                message_id, channel_id=bare_id(chat.id), username=chat.username
            )
    shown = _shown(answered)
    return None if shown is None else await context.archive.post(shown)


async def _by_address(found: re.Match[str], context: Context) -> Post:
    channel_id = int(found["id"]) if found["id"] else None
    return await context.archive.find_post(
        int(found["message"]), channel_id=channel_id, username=found["name"]
    )


def _shown(message: Message) -> int | None:
    """Return the id of the post that a message of the bot's own shows: its buttons know."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    actions = [_action(one.callback_data) for row in rows for one in row]
    # Only a whole post offers what is similar to it, and only a list several posts to open.
    shown = {action.post_id for action in actions if isinstance(action, Similar)}
    shown = shown or {action.post_id for action in actions if isinstance(action, OpenPost)}
    return shown.pop() if len(shown) == 1 else None


def _action(packed: object) -> Action | None:
    try:
        data = unpack(packed) if isinstance(packed, str) else None
    except StaleCallback:
        return None
    return data.action if isinstance(data, Anew) else data
