"""/links: what links there are, and those of a kind, a host, a tag, or that words find."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.callbacks import HostLinks, HostList, KindLinks, Results, filled
from bot.handlers.search import LONGEST_QUERY
from bot.handlers.sending import reply
from bot.views import links
from storage import LinkFilter, Search, SearchKind

if TYPE_CHECKING:
    from telegram import Message

    from bot.context import Context
    from bot.views.view import View


async def command(message: Message, context: Context) -> None:
    """/links [KIND, HOST, #TAG or WORDS]."""
    query = " ".join(context.args or ())
    view = await first_page(context, query) if query else await start_page(context, HostList())
    await reply(message, view)


async def view_of(context: Context, place: HostList | HostLinks | KindLinks) -> View:
    """Return what a button about links leads to."""
    match place:
        case HostList():
            return await start_page(context, place)
        case HostLinks(host=host):
            return await first_page(context, LinkFilter(host=host).query)
        case KindLinks(kind=kind):
            return await first_page(context, LinkFilter(kind=kind).query)


async def start_page(context: Context, place: HostList) -> View:
    """Return the kinds of links, and a page of the hosts."""
    size = links.HOSTS_PER_PAGE
    kinds = await context.archive.link_kinds()
    hosts = await context.archive.hosts(limit=size, offset=place.page * size)
    return links.start_page(context.texts, kinds, filled(hosts), place)


async def first_page(context: Context, query: str) -> View:
    """Return the first links that a query finds."""
    query = query[:LONGEST_QUERY]
    return await page(context, search_for(query), Results(await remember(context, query)))


async def page(context: Context, search: Search, place: Results) -> View:
    """Return a page of the links of a stored search."""
    size = links.LINKS_PER_PAGE
    found = await context.archive.links(search.query, limit=size, offset=place.page * size)
    turned = replace(found.asked, most_shared=not found.asked.most_shared)
    otherwise = Results(await remember(context, turned.query))
    return links.link_page(context.texts, filled(found), place, otherwise)


async def remember(context: Context, query: str) -> str:
    """Store the search for links; returns its id."""
    return await context.searches.remember(search_for(query))


def search_for(query: str) -> Search:
    """Return the search for links that a query asks for."""
    return Search(kind=SearchKind.LINKS, query=query)
