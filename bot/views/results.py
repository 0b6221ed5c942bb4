"""Lists of posts: what a search found, the posts of tags, similar posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.callbacks import HostList, OpenPost, RandomPost, Results, Similar, TagList
from bot.views.body import PARAGRAPH
from bot.views.keyboards import button, keyboard, page_count, pager
from bot.views.markup import bold, highlight, html, italic, join, underline
from bot.views.notices import count, notices
from bot.views.post import byline
from bot.views.splitting import ELLIPSIS, shorten
from bot.views.tags import name_of
from bot.views.view import View
from storage import Order, Snippet, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.texts import Texts
    from bot.views.keyboards import Row
    from bot.views.markup import Html
    from storage import Hit, Page, Post, Tag

PER_PAGE: Final = 5
QUERY_UNITS: Final = 80
OPENING_UNITS: Final = 140
# The rules by which a post holds the query's own words, and those that say where.
AS_WRITTEN: Final = frozenset(
    {"exact", "particle", "prefix", "inside", "joined", "split", "tag", "filter"}
    | {"phrase", "near", "title", "often"}
)
FEWER: Final = "fewer"  # a word of the query is missing
IN_COMMON: Final = {
    "link": "similar.link",
    "tag": "similar.tag",
    "shared": "similar.words",
}
ORDER_LABELS: Final = {
    Order.RELEVANCE: "button.by_relevance",
    Order.NEWEST: "button.by_newest",
}


class Entry(NamedTuple):
    """A post in a list: its title, and a part of the text that does not say the title again.

    `why` says in words why it is there, where that is not plain.
    """

    post: Post
    title: Snippet
    snippet: Snippet
    why: str = ""


def found(
    texts: Texts,
    query: str,
    hits: Page[Hit],
    place: Results,
    others: Sequence[tuple[str, Results]] = (),
) -> View:
    """Return a page of what a search found; that it found nothing, if so.

    `others` are searches to offer instead, by their queries.
    """
    told = notices(texts, query, hits)
    offers = [[button(shorten(text, QUERY_UNITS), other)] for text, other in others]
    if not hits.total:
        return nothing_found(texts, query, told, offers)
    heading = join(
        (
            bold(texts("search.heading", query=shorten(query, QUERY_UNITS))),
            count(texts, hits),
            *(told or [_caveat(texts, hits.items)]),
        )
    )
    controls = [_pager(texts, hits, place), _orders(texts, hits, place), *offers]
    return _listing(texts, heading, map(entry_of_hit, hits.items), place, controls)


def nothing_found(
    texts: Texts, query: str, told: Sequence[str] = (), offers: Sequence[Row] = ()
) -> View:
    """Return that nothing was found, and what to try."""
    nothing = bold(texts("search.nothing", query=shorten(query, QUERY_UNITS)))
    text = join((nothing, *(told or [texts("search.try")])))
    return View(text, keyboard([*offers, ways_on(texts)]))


def tagged(texts: Texts, tags: Sequence[Tag], posts: Page[Post], place: Results) -> View:
    """Return a page of the posts that carry every one of the tags."""
    names = " ".join(map(name_of, tags))
    if not posts.total:
        return View(bold(texts("tag.nothing", names=names)), keyboard([ways_on(texts)]))
    heading = join((bold(names), texts.plural("results.count", posts.total)))
    entries = map(entry_of_post, posts.items)
    controls = [_pager(texts, posts, place), [button(texts("button.tags"), TagList())]]
    return _listing(texts, heading, entries, place, controls)


def similar(texts: Texts, hits: Sequence[Hit], place: Similar) -> View:
    """Return the posts most like one, and the way back to it."""
    back = [button(texts("button.back_to_post"), OpenPost(place.post_id, place.back))]
    if not hits:
        return View(html(texts("similar.nothing")), keyboard([back]))
    heading = bold(texts("similar.heading"))
    entries = (entry_of_hit(hit)._replace(why=_common(texts, hit)) for hit in hits)
    return _listing(texts, heading, entries, place, [back])


def ways_on(texts: Texts) -> Row:
    """Return buttons for whoever has come to an end: the tags, the links, a random post."""
    return [
        button(texts("button.tags"), TagList()),
        button(texts("button.links"), HostList()),
        button(texts("button.random"), RandomPost()),
    ]


def entry_of_hit(hit: Hit) -> Entry:
    """Return a hit with what its snippet says of the title moved there."""
    title, snippet = hit.post.title, hit.snippet
    length = len(title.removesuffix(ELLIPSIS))
    if snippet.cut_before or snippet.text[:length] != title[:length]:
        return Entry(hit.post, Snippet(text=title), snippet)
    spans = tuple(span for span in snippet.spans if span.start < length)
    clipped = tuple(Span(span.start, min(span.end, length)) for span in spans)
    return Entry(hit.post, Snippet(text=title, spans=clipped), _after(snippet, length))


def entry_of_post(post: Post) -> Entry:
    """Return a post with how it goes on after its title."""
    _, title, rest = post.text.partition(post.title.removesuffix(ELLIPSIS) or ELLIPSIS)
    opening = Snippet(text=shorten(rest if title else post.text, OPENING_UNITS))
    return Entry(post, Snippet(text=post.title), opening)


def _common(texts: Texts, hit: Hit) -> str:
    """Return what a similar post has in common with the one it is similar to."""
    return " · ".join(texts(IN_COMMON[rule]) for rule in hit.why if rule in IN_COMMON)


def _caveat(texts: Texts, hits: Iterable[Hit]) -> str:
    """Return in which respect none of the hits is quite what was asked for, if in any."""
    reasons = [set(hit.why) - AS_WRITTEN for hit in hits]
    if not all(reasons):
        return ""
    fewer = all(reason == {FEWER} for reason in reasons)
    return texts("search.fewer_words" if fewer else "search.similar_words")


def _after(snippet: Snippet, start: int) -> Snippet:
    text = snippet.text[start:].lstrip()
    start = len(snippet.text) - len(text)
    spans = (Span(max(span.start - start, 0), span.end - start) for span in snippet.spans)
    return replace(snippet, text=text, spans=tuple(span for span in spans if span.end > 0))


def _listing(
    texts: Texts,
    heading: Html,
    entries: Iterable[Entry],
    place: Results | Similar,
    controls: Iterable[Row],
) -> View:
    numbered = list(enumerate(entries, start=1))
    openers = [button(str(n), OpenPost(entry.post.id, place)) for n, entry in numbered]
    blocks = (_block(texts, n, entry) for n, entry in numbered)
    return View(join((heading, *blocks), PARAGRAPH), keyboard([openers, *controls]))


def _block(texts: Texts, number: int, entry: Entry) -> Html:
    return join(
        (
            join((f"{number}.", bold(highlight(entry.title, underline))), " "),
            highlight(entry.snippet) if entry.snippet.text else "",
            italic(" · ".join(filter(None, (byline(texts, entry.post), entry.why)))),
        )
    )


def _pager(texts: Texts, page: Page[Hit] | Page[Post], place: Results) -> Row:
    pages = page_count(page.total, PER_PAGE)
    return pager(texts, place.page, pages, lambda number: replace(place, page=number))


def _orders(texts: Texts, hits: Page[Hit], place: Results) -> Row:
    if hits.total == 1:
        return []
    other = Order.NEWEST if place.order is Order.RELEVANCE else Order.RELEVANCE
    return [button(texts(ORDER_LABELS[other]), Results(place.search_id, order=other))]
