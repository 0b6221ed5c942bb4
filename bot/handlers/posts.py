"""A whole post, one at random, and what is similar to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.callbacks import RandomPost
from bot.handlers.sending import reply
from bot.handlers.tags import names_in
from bot.views import results, tags
from bot.views.post import whole_post
from bot.views.view import sentence

if TYPE_CHECKING:
    from telegram import Message

    from bot.callbacks import OpenPost, Similar
    from bot.context import Context
    from bot.views.view import View, Views
    from storage import Tag


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
    return whole_post(context.texts, post, another=another, can_share=context.can_share)


async def _none(context: Context, place: RandomPost) -> View:
    if not place.tag_ids:
        return sentence(context.texts("archive.empty"))
    chosen = [await context.archive.tag(tag_id) for tag_id in place.tag_ids]
    return tags.nothing_tagged(context.texts, tags.in_language(context.texts, chosen))


async def open_post(context: Context, place: OpenPost) -> Views:
    """Return a whole post. Raises PostNotFound."""
    post = await context.archive.post(place.post_id)
    return whole_post(context.texts, post, back=place.back, can_share=context.can_share)


async def similar_posts(context: Context, place: Similar) -> View:
    """Return the posts most like one. Raises PostNotFound."""
    hits = await context.archive.similar(place.post_id, limit=results.PER_PAGE)
    return results.similar(context.texts, hits, place, await context.around())
