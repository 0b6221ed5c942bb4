"""Pressed buttons, each answered exactly once, and every place that one can lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.callbacks import (
    Anew,
    AskForWords,
    ChooseLanguage,
    Forget,
    HostLinks,
    HostList,
    KeepPost,
    KindLinks,
    OpenPost,
    PageNumber,
    Place,
    RandomPost,
    Restore,
    Results,
    SavedList,
    Similar,
    StaleCallback,
    StopDigest,
    StopWatch,
    TagList,
    TagPosts,
    ToggleSaved,
    unpack,
)
from bot.handlers import digest, links, posts, search, tags
from bot.handlers.access import choose_language
from bot.handlers.posts import NotAnAdmin
from bot.handlers.search import how_to_search
from bot.handlers.sending import answer, show
from bot.handlers.watches import stop
from storage import PostNotFound, SearchKind, SearchNotFound, TagNotFound, WatchNotFound

if TYPE_CHECKING:
    from telegram import CallbackQuery, MaybeInaccessibleMessage, User

    from bot.callbacks import CallbackData
    from bot.context import Context
    from bot.views.view import View, Views

PAGES = {
    SearchKind.POSTS: search.page,
    SearchKind.TAG: tags.page,
    SearchKind.LINKS: links.page,
    SearchKind.DIGEST: digest.page,
}


async def press(query: CallbackQuery, context: Context) -> None:
    """Do what a pressed button says; answer a stale button with a notice that it is old."""
    notice = None
    try:
        message, data = _message_of(query), unpack(query.data or "")
        notice = await _act(message, query.from_user, data, context)
    except NotAnAdmin:
        notice = context.texts("admin.only")
    except PostNotFound:
        notice = context.texts("post.unknown")
    except (StaleCallback, SearchNotFound, TagNotFound, WatchNotFound):
        notice = context.texts("button.stale")
    except Exception:
        notice = context.texts("error.other")
        raise
    finally:
        await answer(query, notice)


def _message_of(query: CallbackQuery) -> MaybeInaccessibleMessage:
    # Below what is inserted inline there are none of our buttons, only addresses.
    if query.message is None:
        raise StaleCallback
    return query.message


async def _act(
    message: MaybeInaccessibleMessage, user: User, data: CallbackData, context: Context
) -> str | None:
    """Do what a button says; returns what to tell on the button itself, if anything."""
    match data:
        case PageNumber():
            return None
        case ToggleSaved():
            return await posts.toggle_saved(context, message, data)
        case AskForWords():
            await show(message, how_to_search(context), anew=True)
        case ChooseLanguage():
            await show(message, await choose_language(context, user.id, data.language))
        case StopWatch():
            await show(message, await stop(context, message.chat.id, data))
        case StopDigest():
            await show(message, await digest.stop_schedule(context, message.chat.id))
        case Forget() | KeepPost() | Restore():
            await show(message, *await posts.decided(context, data))
        case Anew():
            await show(message, *await views_of(context, data.action), anew=True)
        case _:
            await show(message, *await views_of(context, data))
    return None


async def views_of(context: Context, place: Place) -> Views:
    """Return the views of a place. Raises PostNotFound, TagNotFound or SearchNotFound."""
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
            return await PAGES[stored.kind](context, stored, place)
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
