"""/links: the hosts, and the links that lead to one or that words find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.callbacks import HostList, Results
from bot.handlers.paging import filled
from bot.handlers.search import LONGEST_QUERY
from bot.handlers.sending import reply
from bot.views import links
from storage import Search, SearchKind

if TYPE_CHECKING:
    from telegram import Message

    from bot.context import Context
    from bot.views.view import View


async def command(message: Message, context: Context) -> None:
    """/links [HOST or WORDS]."""
    query = " ".join(context.args or ())
    view = await first_page(context, query) if query else await host_list(context, HostList())
    await reply(message, view)


async def host_list(context: Context, place: HostList) -> View:
    """Return a page of the list of hosts."""
    size = links.HOSTS_PER_PAGE
    page = await context.archive.hosts(limit=size, offset=place.page * size)
    return links.host_list(context.texts, filled(page), place)


async def first_page(context: Context, query: str) -> View:
    """Return the first links of a host, or that words find."""
    query = query[:LONGEST_QUERY]
    search = Search(kind=SearchKind.LINKS, query=query)
    return await page(context, query, Results(await context.archive.remember(search)))


async def page(context: Context, query: str, place: Results) -> View:
    """Return a page of the links of a stored search."""
    size = links.LINKS_PER_PAGE
    found = await context.archive.links(query, limit=size, offset=place.page * size)
    return links.link_page(context.texts, query, filled(found), place)
