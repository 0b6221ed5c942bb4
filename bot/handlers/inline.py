"""The bot in chats that are not its own: @bot typed there inline, or sent to call it as a guest.

Typing writes nothing to the archive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from telegram.error import BadRequest

from bot.callbacks import Results
from bot.handlers import links, tags
from bot.handlers.search import LONGEST_QUERY, others_of, search_for, without_name
from bot.handlers.sending import is_too_late
from bot.views import inline
from bot.views.inline import (
    Rows,
    hit_row,
    link_row,
    nothing_here,
    open_in_chat,
    open_links_in_chat,
    post_row,
    talk,
)
from storage import InvalidQuery, PostNotFound, Search, SearchKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineQuery, InlineQueryResultArticle, Message

    from bot.context import Context
    from storage import Page, Post, Tag

PAGE: Final = 20
# Telegram may answer again by itself for so long; the newest posts should be new.
RECENT_SECONDS: Final = 30
SEARCH_SECONDS: Final = 300
POST: Final = re.compile(r"post-([0-9]{1,18})")
# `@bot links arxiv.org`; the command's name serves as well.
LINKS: Final = re.compile(r"/?(?:links?|링크)(?:\s+(.*))?", re.IGNORECASE)
OFFSET: Final = re.compile(r"[0-9]{1,9}")


async def suggest(query: InlineQuery, context: Context) -> None:
    """Answer an inline query."""
    asked = " ".join(query.query.split())
    offset = int(query.offset) if OFFSET.fullmatch(query.offset) else 0
    rows = await _rows(context, asked, offset)
    try:
        await query.answer(
            rows.articles,
            cache_time=SEARCH_SECONDS if asked and rows.articles else RECENT_SECONDS,
            # What stands on the rows' buttons is in the user's language.
            is_personal=True,
            next_offset=rows.next_offset,
            button=rows.button if offset == 0 else None,
        )
    except BadRequest as error:
        if not is_too_late(error):
            raise


async def _rows(context: Context, asked: str, offset: int) -> Rows:
    if not asked:
        return await _recent(context, offset)
    if post := POST.fullmatch(asked):
        return await _one(context, int(post[1]))
    if links_asked := LINKS.fullmatch(asked):
        return await _links(context, links_asked[1] or "", offset)
    if all(word.startswith("#") for word in asked.split()):
        return await _tagged(context, tags.names_in(asked), offset)
    return await _found(context, asked, offset)


async def _recent(context: Context, offset: int) -> Rows:
    page = await context.archive.posts(limit=PAGE, offset=offset)
    return Rows(await _post_rows(context, page.items), talk(context.texts), _next(page))


async def _one(context: Context, post_id: int) -> Rows:
    try:
        post = await context.archive.post(post_id)
    except PostNotFound:
        return Rows((), nothing_here(context.texts))
    return Rows(await _post_rows(context, (post,)), talk(context.texts))


async def _tagged(context: Context, names: Sequence[str], offset: int) -> Rows:
    candidates = [await context.archive.find_tags(name, limit=1) for name in names]
    if not candidates or not all(candidates):
        return Rows((), nothing_here(context.texts))
    chosen = [found[0] for found in candidates]
    page = await context.archive.tagged([tag.id for tag in chosen], limit=PAGE, offset=offset)
    if not page.total:
        return Rows((), nothing_here(context.texts))
    opener = open_in_chat(context.texts, page.total, _parameter(context, chosen))
    return Rows(await _post_rows(context, page.items), opener, _next(page))


async def _found(context: Context, query: str, offset: int) -> Rows:
    try:
        page = await context.archive.search(query, limit=PAGE, offset=offset)
    except InvalidQuery:
        return Rows((), nothing_here(context.texts))
    if not page.total:
        return Rows((), nothing_here(context.texts))
    search = Search(kind=SearchKind.POSTS, query=query)
    opener = open_in_chat(context.texts, page.total, f"search-{context.searches.note(search)}")
    around = await context.around()
    rows = tuple(hit_row(context.texts, hit, around) for hit in page.items)
    return Rows(rows, opener, _next(page))


async def _links(context: Context, query: str, offset: int) -> Rows:
    query = query[:LONGEST_QUERY]
    page = await context.archive.links(query, limit=PAGE, offset=offset)
    if not page.total:
        return Rows((), nothing_here(context.texts))
    parameter = f"search-{context.searches.note(links.search_for(query))}"
    opener = open_links_in_chat(context.texts, page.total, parameter)
    rows = tuple(
        link_row(context.texts, shared, context.bot.username)
        for shared in page.items
        if not shared.truncated
    )
    return Rows(rows, opener, _next(page))


def _parameter(context: Context, chosen: Sequence[Tag]) -> str:
    if len(chosen) == 1:
        return f"tag-{chosen[0].id}"
    return f"search-{context.searches.note(tags.search_for(chosen))}"


async def _post_rows(
    context: Context, posts: Sequence[Post]
) -> tuple[InlineQueryResultArticle, ...]:
    around = await context.around()
    return tuple(post_row(context.texts, post, around) for post in posts)


def _next(page: Page[Any]) -> str:
    end = page.offset + len(page.items)
    return str(end) if page.items and end < page.total else ""


async def answer_guest(message: Message, context: Context) -> None:
    """Answer a message that names the bot, or the message that it replies to."""
    query = asked_by(message, context.bot.username)
    result = await _result(context, query)
    try:
        await context.bot.answer_guest_query(message.guest_query_id or "", result)
    except BadRequest as error:
        if not is_too_late(error):
            raise


def asked_by(message: Message, username: str) -> str:
    """Return the query of a message: its words beside the bot's name, else what it replies to."""
    query = without_name(message.text or message.caption or "", username)
    replied = message.reply_to_message
    if not query and replied is not None:
        query = without_name(replied.text or replied.caption or "", username)
    return query[:LONGEST_QUERY]


async def _result(context: Context, query: str) -> InlineQueryResultArticle:
    if not query:
        return inline.how_to_ask(context.texts, context.bot.username)
    try:
        hits = await context.archive.search(query, limit=inline.GUEST_HITS)
    except InvalidQuery as error:
        return inline.guest_sentence(context.texts, context.texts.failure(error))
    place = Results(await context.searches.remember(search_for(query)))
    others = await others_of(context, hits)
    return inline.guest_answer(context.texts, query, hits, place, await context.around(), others)
