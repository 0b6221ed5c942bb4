"""/tag: the list of tags, and the posts that carry some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.callbacks import Results, TagList, TagPosts, filled
from bot.handlers.sending import reply
from bot.views import results, tags
from storage import Search, SearchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Message

    from bot.context import Context
    from bot.views.view import View
    from storage import Tag

MOST_NAMES = 5


async def command(message: Message, context: Context) -> None:
    """/tag [NAME…]."""
    asked = " ".join(context.args or ())
    names = names_in(asked)
    view = await _named(context, asked, names) if names else await tag_list(context, TagList())
    await reply(message, view)


async def tag_list(context: Context, place: TagList) -> View:
    """Return a page of the list of tags."""
    page = await context.archive.tags(limit=tags.PER_PAGE, offset=place.page * tags.PER_PAGE)
    return tags.tag_list(context.texts, filled(page), place)


async def tag_posts(context: Context, place: TagPosts) -> View:
    """Return the first posts that have all of some tags. Raises TagNotFound."""
    return await first_page(context, [await context.archive.tag(id_) for id_ in place.tag_ids])


async def first_page(context: Context, chosen: Sequence[Tag]) -> View:
    """Return the first posts that carry all the tags."""
    place = Results(await remember(context, chosen))
    return await _page(context, chosen, place)


async def page(context: Context, search: Search, place: Results) -> View:
    """Return a page of the posts of a stored search's tags. Raises TagNotFound."""
    return await _page(context, [await context.archive.tag(id_) for id_ in search.tag_ids], place)


async def remember(context: Context, chosen: Sequence[Tag]) -> str:
    """Store the search for posts with all the tags; returns its id."""
    return await context.searches.remember(search_for(chosen))


def search_for(chosen: Sequence[Tag]) -> Search:
    """Return the search for posts with all the tags."""
    return Search(kind=SearchKind.TAG, tag_ids=tuple(tag.id for tag in chosen))


def names_in(text: str) -> list[str]:
    """Return the names of tags in a text, with or without `#`, with blanks or commas between.

    At most `MOST_NAMES`: more tags have hardly a post in common, and each costs a look-up.
    """
    return text.replace("#", " ").replace(",", " ").split()[:MOST_NAMES]


async def _named(context: Context, asked: str, names: Sequence[str]) -> View:
    # "machine learning" is one name, where "투자 primer" is two.
    whole = await context.archive.find_tags(asked, exactly=True)
    if whole:
        return await first_page(context, whole)
    candidates = [await context.archive.find_tags(name) for name in names]
    for name, found in zip(names, candidates, strict=True):
        if not found:
            return tags.no_such_tag(context.texts, name)
    if len(names) == 1 and len(candidates[0]) > 1:
        return tags.which_tag(context.texts, names[0], candidates[0])
    return await first_page(context, [found[0] for found in candidates])


async def _page(context: Context, chosen: Sequence[Tag], place: Results) -> View:
    posts = await context.archive.tagged(
        [tag.id for tag in chosen],
        limit=results.PER_PAGE,
        offset=place.page * results.PER_PAGE,
    )
    shown = tags.in_language(context.texts, chosen)
    view = results.tagged(context.texts, shown, filled(posts), place, await context.around())
    related = await context.archive.related_tags([tag.id for tag in chosen])
    return tags.with_related(context.texts, view, chosen, related) if posts.total else view
