"""The kinds of links and the hosts they lead to; pages of links, each with its post."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.callbacks import HostLinks, HostList, KindLinks, OpenPost, Results, fits
from bot.views.formatting import shorten
from bot.views.markup import PARAGRAPH, bold, html, italic, join, link
from bot.views.post import address, target
from bot.views.view import View, button, keyboard, page_count, pager, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardButton

    from bot.texts import Texts
    from bot.views.markup import Html
    from bot.views.view import Row
    from storage import Host, KindCount, LinkFilter, Links, Page, SharedLink

LINKS_PER_PAGE: Final = 5
HOSTS_PER_PAGE: Final = 12
WIDTH: Final = 2
KINDS_WIDTH: Final = 3
HOST_UNITS: Final = 40
QUERY_UNITS: Final = 80
RAW_UNITS: Final = 200


def start_page(
    texts: Texts, kinds: Sequence[KindCount], hosts: Page[Host], place: HostList
) -> View:
    """Return how many links there are, with buttons to each kind and to a page of the hosts."""
    if not hosts.total:
        return View(html(texts("links.none")))
    total = texts.plural("links.count", sum(count.links for count in kinds))
    heading = f"{total} · {texts.plural('hosts.count', hosts.total)}"
    # A longer name has no button, and can be asked for by typing it.
    longer = join(_counted(texts, host) for host in hosts.items if not fits(HostLinks(host.name)))
    parts = (bold(heading), longer, texts("hosts.hint"))
    pages = page_count(hosts.total, HOSTS_PER_PAGE)
    return View(
        join(parts, PARAGRAPH),
        keyboard(
            [
                [button(texts("button.all_links"), KindLinks())],
                *rows_of([_kind_button(texts, count) for count in kinds], KINDS_WIDTH),
                *rows_of(_host_buttons(texts, hosts.items), WIDTH),
                pager(texts, place.page, pages, HostList),
            ]
        ),
    )


def link_page(texts: Texts, links: Links, place: Results, otherwise: Results) -> View:
    """Return a page of links; that there are none, if so. `otherwise` is in the other order."""
    all_links = button(texts("button.links"), HostList())
    if not links.total:
        sentence = texts("links.nothing", asked=asked_for(texts, links.asked))
        return View(html(sentence), keyboard([[all_links]]))
    heading = join(
        (
            bold(texts("links.heading", asked=asked_for(texts, links.asked))),
            texts.plural("links.count", links.total),
        )
    )
    numbered = list(enumerate(links.items, start=1 + place.page * LINKS_PER_PAGE))
    pages = page_count(links.total, LINKS_PER_PAGE)
    openers = [button(str(n), OpenPost(shared.posts[0], place)) for n, shared in numbered]
    return View(
        join((heading, *(_block(texts, n, shared) for n, shared in numbered)), PARAGRAPH),
        keyboard(
            [
                openers,
                pager(texts, place.page, pages, lambda page: replace(place, page=page)),
                [*_turn(texts, links, otherwise), all_links],
            ]
        ),
    )


def asked_for(texts: Texts, asked: LinkFilter) -> str:
    """Return in words which links were asked for."""
    parts = (
        texts(f"kind.{asked.kind}") if asked.kind else "",
        asked.host,
        " ".join(asked.tags),
        asked.words,
    )
    return shorten(" · ".join(filter(None, parts)) or texts("links.all"), QUERY_UNITS)


def kind_and_host(texts: Texts, shared: SharedLink) -> tuple[str, str]:
    """Return a link's kind, and its address, by which links of one title can be told apart."""
    where = _short(shared.host) if shared.truncated else address(shared.url)
    return texts(f"kind.{shared.kind}"), where


def _kind_button(texts: Texts, count: KindCount) -> InlineKeyboardButton:
    label = f"{texts(f'kind.{count.kind}')} {texts.number(count.links)}"
    return button(label, KindLinks(count.kind))


def _host_buttons(texts: Texts, hosts: Sequence[Host]) -> list[InlineKeyboardButton]:
    return [
        button(_counted(texts, host), HostLinks(host.name))
        for host in hosts
        if fits(HostLinks(host.name))
    ]


def _counted(texts: Texts, host: Host) -> str:
    return f"{_short(host.name)} · {texts.number(host.links)}"


def _turn(texts: Texts, links: Links, otherwise: Results) -> Row:
    """Return the button to the other order, where some are shared more than others."""
    if links.total <= 1 or not links.orders_differ:
        return []
    label = "button.by_newest" if links.asked.most_shared else "button.by_shared"
    return [button(texts(label), otherwise)]


def _block(texts: Texts, number: int, shared: SharedLink) -> Html:
    # The address of a link that was cut leads nowhere: it is shown as it was written.
    title = bold(shared.context) if shared.truncated else link(shared.context, target(shared.raw))
    kind, where = kind_and_host(texts, shared)
    others = shared.shares - 1
    about = (where, kind, texts.plural("links.also", others) if others else "")
    return join(
        (
            join((f"{number}.", title), " "),
            shorten(shared.raw, RAW_UNITS) if shared.truncated else "",
            italic(" · ".join(filter(None, about))),
        )
    )


def _short(name: str) -> str:
    return shorten(name, HOST_UNITS)
