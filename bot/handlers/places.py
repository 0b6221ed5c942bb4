"""Every place that a button, or a link that starts the bot, can lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.callbacks import (
    HostLinks,
    HostList,
    KindLinks,
    OpenPost,
    Place,
    RandomPost,
    Results,
    SavedList,
    Similar,
    TagList,
    TagPosts,
)
from bot.handlers import digest, links, posts, search, tags
from storage import SearchKind

if TYPE_CHECKING:
    from bot.context import Context
    from bot.views.view import View, Views

PAGES = {
    SearchKind.POSTS: search.page,
    SearchKind.TAG: tags.page,
    SearchKind.LINKS: links.page,
    SearchKind.DIGEST: digest.page,
}


async def views_of(context: Context, place: Place) -> Views:
    """Return what there is to see. Raises PostNotFound, TagNotFound or SearchNotFound."""
    match place:
        case OpenPost():
            return await posts.open_post(context, place)
        case RandomPost():
            return await posts.random_post(context, place)
        case _:
            return (await _view_of(context, place),)


async def _view_of(
    context: Context,
    place: Results | Similar | SavedList | TagList | TagPosts | HostList | HostLinks | KindLinks,
) -> View:
    match place:
        case Results():
            stored = await context.searches.recall(place.search_id)
            return await PAGES[stored.kind](context, stored.query, place)
        case SavedList():
            return await posts.saved_page(context, place)
        case Similar():
            return await posts.similar_posts(context, place)
        case TagList():
            return await tags.tag_list(context, place)
        case TagPosts():
            return await tags.tag_posts(context, place)
        case HostList() | HostLinks() | KindLinks():
            return await links.view_of(context, place)
