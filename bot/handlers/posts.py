"""One post: whole, at random, what is similar; saved to read later, or removed by an admin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from telegram import Message, MessageOriginChannel
from telegram.constants import ChatType

from bot.callbacks import (
    Anew,
    Forget,
    KeepPost,
    OpenPost,
    RandomPost,
    Restore,
    SavedList,
    Similar,
    StaleCallback,
    unpack,
)
from bot.handlers.live import bare_id
from bot.handlers.sending import change_buttons, reply
from bot.handlers.tags import names_in
from bot.views import results, tags
from bot.views.post import confirmation, removed, whole_post, with_saved
from bot.views.start import saved_elsewhere
from bot.views.view import page_count, sentence
from storage import PostNotFound, TooManySaved

if TYPE_CHECKING:
    from telegram import MaybeInaccessibleMessage

    from bot.callbacks import Action, Results, ToggleSaved
    from bot.context import Context
    from bot.views.view import View, Views
    from storage import Post, Tag

ADDRESS: Final = re.compile(
    r"(?:https?://)?t\.me/(?:c/(?P<id>\d+)|(?:s/)?(?P<name>\w+))/(?P<message>\d+)/?(?:\?\S*)?",
    re.ASCII,
)


async def random_command(message: Message, context: Context) -> None:
    """/random [#TAG…]."""
    chosen: list[Tag] = []
    for name in names_in(" ".join(context.args or ())):
        found = await context.archive.find_tags(name, limit=1)
        if not found:
            await reply(message, tags.no_such_tag(context.texts, name))
            return
        chosen += found
    place = RandomPost(tuple(dict.fromkeys(tag.id for tag in chosen)))
    await reply(message, *await random_post(context, place))


async def random_post(context: Context, place: RandomPost) -> Views:
    """Return a post drawn at random."""
    post = await context.archive.random(context.rng, tag_ids=place.tag_ids, other_than=place.shown)
    if post is None:
        return (await _none(context, place),)
    # Where there is no other one, its button goes.
    another = None if post.id == place.shown else RandomPost(place.tag_ids, post.id)
    return await _shown_whole(context, post, another=another)


async def _none(context: Context, place: RandomPost) -> View:
    if not place.tag_ids:
        return sentence(context.texts("archive.empty"))
    chosen = [await context.archive.tag(tag_id) for tag_id in place.tag_ids]
    return tags.nothing_tagged(context.texts, tags.in_language(context.texts, chosen))


async def open_post(context: Context, place: OpenPost) -> Views:
    """Return a whole post. Raises PostNotFound."""
    post = await context.archive.post(place.post_id)
    return await _shown_whole(context, post, back=place.back)


async def _shown_whole(
    context: Context,
    post: Post,
    *,
    back: Results | Similar | SavedList | None = None,
    another: RandomPost | None = None,
) -> Views:
    # In a group, the same button is everybody's.
    is_saved = context.is_private and await context.archive.is_saved(context.reader, post.id)
    return whole_post(
        context.texts,
        post,
        back=back,
        another=another,
        can_share=context.can_share,
        is_saved=is_saved,
    )


async def similar_posts(context: Context, place: Similar) -> View:
    """Return the posts most like one. Raises PostNotFound."""
    hits = await context.archive.similar(place.post_id, limit=results.PER_PAGE)
    return results.similar(context.texts, hits, place, await context.around())


async def saved_command(message: Message, context: Context) -> None:
    """Answer /saved; in a group, where everybody would see it, with the way to the own chat."""
    if message.chat.type == ChatType.PRIVATE:
        await reply(message, await saved_page(context, SavedList()))
    else:
        await reply(message, saved_elsewhere(context.texts, context.bot.username))


async def saved_page(context: Context, place: SavedList) -> View:
    """Return a page of what the reader has saved: the last, if this one has become empty."""
    size = results.PER_PAGE
    posts = await context.archive.saved(context.reader, limit=size, offset=place.page * size)
    if posts.total and not posts.items:
        return await saved_page(context, SavedList(page_count(posts.total, size) - 1))
    return results.saved(context.texts, posts, place, await context.around())


async def toggle_saved(
    context: Context, message: MaybeInaccessibleMessage, place: ToggleSaved
) -> str:
    """Save a post for the reader, or no longer; returns what to tell. Raises PostNotFound.

    Where only the reader sees it, the button tells it too.
    """
    try:
        is_saved = await context.archive.toggle_saved(context.reader, place.post_id)
    except TooManySaved as error:
        return context.texts.failure(error)
    if context.is_private and isinstance(message, Message) and message.reply_markup:
        changed = with_saved(context.texts, message.reply_markup, place, is_saved=is_saved)
        await change_buttons(message, changed)
    return context.texts("saved.added" if is_saved else "saved.taken")


class NotAnAdmin(Exception):
    """Somebody else has pressed an admin's button."""


async def forget_command(message: Message, context: Context) -> None:
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
        await reply(message, sentence(texts("post.unknown")))
        return
    if post is None:
        await reply(message, sentence(texts("forget.how")))
        return
    await reply(message, confirmation(texts, post))


async def decided(context: Context, place: Forget | KeepPost | Restore) -> Views:
    """Do what an admin's button says. Raises NotAnAdmin, PostNotFound or StaleCallback."""
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
            return await _restored(context, post_id)


async def _restored(context: Context, post_id: int) -> Views:
    """Return a post that is brought back. Raises StaleCallback if it is too late for that."""
    try:
        restored = await context.archive.restore(post_id)
    except PostNotFound:
        raise StaleCallback from None
    return await _shown_whole(context, await context.archive.post(restored))


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


async def linked(context: Context, text: str) -> Views:
    """Return the post whose address a text is; no views if it is none, or of no post here."""
    found = ADDRESS.fullmatch(text)
    if found is None:
        return ()
    try:
        return await _shown_whole(context, await _by_address(found, context))
    except PostNotFound:
        return ()


async def _by_address(found: re.Match[str], context: Context) -> Post:
    channel_id = int(found["id"]) if found["id"] else None
    return await context.archive.find_post(
        int(found["message"]), channel_id=channel_id, username=found["name"]
    )


def _shown(message: Message) -> int | None:
    """Return the id of the post that a message of the bot shows, as its buttons tell."""
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
