"""/search, and in a private chat any words at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from telegram.constants import InlineQueryLimit

from bot.callbacks import Results, filled
from bot.handlers.posts import linked
from bot.handlers.sending import at_work, reply
from bot.texts import in_all_languages
from bot.views.markup import html
from bot.views.notices import other_queries
from bot.views.results import PER_PAGE, Ways, found
from bot.views.view import View, sentence
from storage import InvalidQuery, Search, SearchKind

if TYPE_CHECKING:
    from telegram import Message

    from bot.context import Context
    from storage import Hit, Page

# What Telegram allows an inline query is plenty for any.
LONGEST_QUERY = InlineQueryLimit.MAX_QUERY_LENGTH


async def command(message: Message, context: Context) -> None:
    """/search QUERY."""
    if context.args:
        await _answer(message, context, " ".join(context.args))
    else:
        await reply(message, how_to_search(context))


async def words(message: Message, context: Context) -> None:
    """Search for what was written."""
    said = message.text or message.caption or ""
    await _answer(message, context, without_name(said, context.bot.username))


def without_name(text: str, username: str) -> str:
    """Return a text without the bot's @name, its words one blank apart."""
    name = rf"@{re.escape(username)}\b"
    return " ".join(re.sub(name, " ", text, flags=re.IGNORECASE).split())


def is_question(text: str | None) -> bool:
    """Return whether a text is the bot's question what to search for, in any language."""
    return text in in_all_languages("search.how")


async def _answer(message: Message, context: Context, query: str) -> None:
    async with at_work(message):
        # A pasted link to a post opens it; posts may mention one that is not here.
        views = await linked(context, query) or (await first_page(context, query),)
    await reply(message, *views)


async def first_page(context: Context, query: str) -> View:
    """Return the first results of a new search."""
    query = query[:LONGEST_QUERY]
    search = search_for(query)
    view = await page(context, search, Results(context.searches.note(search)))
    if view.keyboard:
        await context.searches.remember(search)
    return view


async def page(context: Context, search: Search, place: Results) -> View:
    """Return a page of a search's results."""
    query = search.query
    try:
        hits = await context.archive.search(
            query, limit=PER_PAGE, offset=place.page * PER_PAGE, order=place.order
        )
    except InvalidQuery as error:
        return sentence(context.texts.failure(error))
    others = await others_of(context, hits)
    tags = () if query.startswith("-") else await context.archive.find_tags(query, exactly=True)
    return found(
        context.texts, query, filled(hits), place, await context.around(), Ways(others, tags)
    )


async def others_of(context: Context, hits: Page[Hit]) -> list[tuple[str, Results]]:
    """Return the queries that may have been meant instead, each stored for the button to it."""
    return [
        (other, Results(await context.searches.remember(search_for(other))))
        for other in other_queries(hits)
    ]


def search_for(query: str) -> Search:
    """Return the search for posts that a query asks for."""
    return Search(kind=SearchKind.POSTS, query=query)


def how_to_search(context: Context) -> View:
    """Ask what to search for; whoever answers in a group does so by a reply."""
    texts = context.texts
    return View(html(texts("search.how")), asks=texts("search.placeholder"))
