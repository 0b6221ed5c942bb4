"""The hosts that links lead to, and pages of links, each with its post."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.callbacks import HostLinks, HostList, OpenPost, Results, fits
from bot.views.keyboards import button, keyboard, page_count, pager, rows_of
from bot.views.markup import bold, html, italic, join, link
from bot.views.post import PARAGRAPH, address
from bot.views.splitting import shorten
from bot.views.view import View

if TYPE_CHECKING:
    from bot.texts import Texts
    from bot.views.markup import Html
    from storage import Host, Page, SharedLink

LINKS_PER_PAGE: Final = 5
HOSTS_PER_PAGE: Final = 20
WIDTH: Final = 2
HOST_UNITS: Final = 40
QUERY_UNITS: Final = 80
RAW_UNITS: Final = 200


def host_list(texts: Texts, hosts: Page[Host], place: HostList) -> View:
    """Return a page of the hosts, with how many links lead to each."""
    if not hosts.total:
        return View(html(texts("links.none")))
    heading = bold(texts.plural("hosts.heading", hosts.total))
    listed = join(f"{_short(host.name)} – {texts.number(host.links)}" for host in hosts.items)
    choices = [
        button(f"{_short(host.name)} · {texts.number(host.links)}", HostLinks(host.name))
        for host in hosts.items
        # A longer name is listed, and can be asked for by typing it.
        if fits(HostLinks(host.name))
    ]
    pages = page_count(hosts.total, HOSTS_PER_PAGE)
    return View(
        join((heading, listed, texts("hosts.hint")), PARAGRAPH),
        keyboard([*rows_of(choices, WIDTH), pager(texts, place.page, pages, HostList)]),
    )


def link_page(texts: Texts, query: str, links: Page[SharedLink], place: Results) -> View:
    """Return a page of links; that there are none for the query, if so."""
    if not links.total:
        sentence = texts("links.nothing", query=shorten(query, QUERY_UNITS))
        return View(html(sentence), keyboard([[button(texts("button.links"), HostList())]]))
    heading = join(
        (
            bold(texts("links.heading", query=shorten(query, QUERY_UNITS))),
            texts.plural("links.count", links.total),
        )
    )
    numbered = list(enumerate(links.items, start=1))
    pages = page_count(links.total, LINKS_PER_PAGE)
    openers = [button(str(n), OpenPost(shared.posts[0], place)) for n, shared in numbered]
    return View(
        join((heading, *(_block(texts, n, shared) for n, shared in numbered)), PARAGRAPH),
        keyboard(
            [
                openers,
                pager(texts, place.page, pages, lambda page: replace(place, page=page)),
                [button(texts("button.links"), HostList())],
            ]
        ),
    )


def _block(texts: Texts, number: int, shared: SharedLink) -> Html:
    # The address of a link that was cut leads nowhere: it is shown as it was written.
    title = bold(shared.context) if shared.truncated else link(shared.context, shared.url)
    others = len(shared.posts) - 1
    about = (
        # Links of one post share its title: the address tells them apart.
        _short(shared.host) if shared.truncated else address(shared.url),
        texts(f"kind.{shared.kind}"),
        texts.plural("links.also", others) if others else "",
    )
    return join(
        (
            join((f"{number}.", title), " "),
            shorten(shared.raw, RAW_UNITS) if shared.truncated else "",
            italic(" · ".join(filter(None, about))),
        )
    )


def _short(name: str) -> str:
    return shorten(name, HOST_UNITS)
