"""Lists of posts: what a search found, the posts of tags, similar posts, saved posts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from telegram.constants import KeyboardButtonStyle

from bot.callbacks import OpenPost, Results, SavedList, Similar, TagList
from bot.views.entries import BY_MEANING, block, entry_of_found, entry_of_hit, entry_of_post
from bot.views.formatting import shorten
from bot.views.markup import PARAGRAPH, bold, html, join
from bot.views.notices import count, notices, some_lack_words
from bot.views.tags import choice, in_language, name_of, nothing_tagged
from bot.views.view import View, button, keyboard, page_count, pager, ways_on
from storage import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.texts import Texts
    from bot.views.entries import Around, Entry
    from bot.views.markup import Html
    from bot.views.view import Row
    from storage import Hit, Page, Post, Tag

PER_PAGE: Final = 5
QUERY_UNITS: Final = 80
# The rules by which a post holds the query's own words, and those that say where.
AS_WRITTEN: Final = frozenset(
    {"exact", "particle", "ending", "form", "spelling", "sound", "prefix", "inside", "joined"}
    | {"split", "tag", "filter", "phrase", "title"}
)
FEWER: Final = "fewer"  # a word of the query is missing
IN_COMMON: Final = {
    "link": "similar.link",
    "tag": "similar.tag",
    "meaning": "search.close",
    "shared": "similar.words",
}
ORDER_LABELS: Final = {
    Order.RELEVANCE: "button.by_relevance",
    Order.NEWEST: "button.by_newest",
    Order.REACTIONS: "button.by_reactions",
}


@dataclass(frozen=True, slots=True)
class Ways:
    """Where to go on from a search: other queries, as stored searches, and tags named like it."""

    others: Sequence[tuple[str, Results]] = ()
    tags: Sequence[Tag] = ()


NOWHERE: Final = Ways()


def found(
    texts: Texts,
    query: str,
    hits: Page[Hit],
    place: Results,
    around: Around,
    ways: Ways = NOWHERE,
) -> View:
    """Return a page of what a search found; that it found nothing, if so."""
    told = notices(texts, hits)
    offers = [[button(shorten(text, QUERY_UNITS), other)] for text, other in ways.others]
    # Nothing leads back from a tag to a search: the hits stay where they are.
    tags = in_language(texts, ways.tags)
    offers += [[choice(texts, tag, anew=hits.total > 0)] for tag in tags]
    if not hits.total:
        return nothing_found(texts, query, told, offers)
    heading = join(
        (
            bold(texts("search.heading", query=shorten(query, QUERY_UNITS))),
            count(texts, hits),
            *(told or [_caveat(texts, hits)]),
        )
    )
    controls = [_pager(texts, hits, place), _orders(texts, hits, place), *offers]
    is_ranked = place.order is Order.RELEVANCE
    entries = (entry_of_found(texts, hit) for hit in hits.items)
    return _listing(texts, heading, entries, place, around, controls, is_ranked=is_ranked)


def nothing_found(
    texts: Texts, query: str, told: Sequence[str] = (), offers: Sequence[Row] = ()
) -> View:
    """Return that nothing was found, and what to try."""
    nothing = bold(texts("search.nothing", query=shorten(query, QUERY_UNITS)))
    text = join((nothing, *(told or [texts("search.try")])))
    return View(text, keyboard([*offers, ways_on(texts)]))


def tagged(
    texts: Texts, tags: Sequence[Tag], posts: Page[Post], place: Results, around: Around
) -> View:
    """Return a page of the posts that carry every one of the tags."""
    names = " ".join(map(name_of, tags))
    if not posts.total:
        return nothing_tagged(texts, tags)
    heading = join((bold(names), texts.plural("results.count", posts.total)))
    entries = map(entry_of_post, posts.items)
    controls = [_pager(texts, posts, place), [button(texts("button.tags"), TagList())]]
    return _listing(texts, heading, entries, place, around, controls)


def saved(texts: Texts, posts: Page[Post], place: SavedList, around: Around) -> View:
    """Return a page of the posts that a reader has saved."""
    if not posts.total:
        return View(html(texts("saved.none")), keyboard([ways_on(texts)]))
    heading = join((bold(texts("saved.title")), texts.plural("saved.count", posts.total)))
    pages = page_count(posts.total, PER_PAGE)
    controls = [pager(texts, place.page, pages, SavedList)]
    return _listing(texts, heading, map(entry_of_post, posts.items), place, around, controls)


def similar(texts: Texts, hits: Sequence[Hit], place: Similar, around: Around) -> View:
    """Return the posts most like one, and the way back to it."""
    back = [button(texts("button.back_to_post"), OpenPost(place.post_id, place.back))]
    if not hits:
        return View(html(texts("similar.nothing")), keyboard([back]))
    heading = bold(texts("similar.heading"))
    entries = (entry_of_hit(hit)._replace(why=_common(texts, hit)) for hit in hits)
    return _listing(texts, heading, entries, place, around, [back])


def _common(texts: Texts, hit: Hit) -> str:
    """Return what a similar post has in common with the one it is similar to."""
    return " · ".join(texts(IN_COMMON[rule]) for rule in hit.why if rule in IN_COMMON)


def _caveat(texts: Texts, hits: Page[Hit]) -> str:
    """Say if no hit holds the query as written: all lack a word, or hold only similar ones."""
    if some_lack_words(hits):  # the count has told it
        return ""
    reasons = [set(hit.why) - AS_WRITTEN for hit in hits.items if BY_MEANING not in hit.why]
    if not reasons or not all(reasons):
        return ""
    fewer = all(reason == {FEWER} for reason in reasons)
    return texts("search.fewer_words" if fewer else "search.similar_words")


def _listing(
    texts: Texts,
    heading: Html,
    entries: Iterable[Entry],
    place: Results | Similar | SavedList,
    around: Around,
    controls: Iterable[Row],
    *,
    is_ranked: bool = False,
) -> View:
    first = 1 + (0 if isinstance(place, Similar) else place.page * PER_PAGE)
    numbered = list(enumerate(entries, start=first))
    best = KeyboardButtonStyle.PRIMARY if is_ranked else None
    openers = [
        button(texts.number(n), OpenPost(entry.post.id, place), best if n == 1 else None)
        for n, entry in numbered
    ]
    blocks = (block(texts, n, entry, around) for n, entry in numbered)
    return View(join((heading, *blocks), PARAGRAPH), keyboard([openers, *controls]))


def _pager(texts: Texts, page: Page[Hit] | Page[Post], place: Results) -> Row:
    pages = page_count(page.total, PER_PAGE)
    return pager(texts, place.page, pages, lambda number: replace(place, page=number))


def _orders(texts: Texts, hits: Page[Hit], place: Results) -> Row:
    if hits.total == 1:
        return []
    differ = len({hit.post.reactions for hit in hits.items}) > 1
    orders = [Order.RELEVANCE, Order.NEWEST, *([Order.REACTIONS] if differ else [])]
    return [
        button(texts(ORDER_LABELS[order]), Results(place.search_id, order=order))
        for order in orders
        if order is not place.order
    ]
