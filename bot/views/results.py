"""Lists of posts: what a search found, the posts of tags, similar posts, saved posts.

Each post is an entry: a title that opens it, two lines of what it says, and its date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from telegram.constants import KeyboardButtonStyle
from telegram.helpers import create_deep_linked_url

from bot.callbacks import OpenPost, Results, SavedList, Similar, TagList
from bot.views.body import place_of_title
from bot.views.formatting import (
    ELLIPSIS,
    TRAILING,
    FormattedText,
    columns,
    fitting,
    for_quotes,
    shorten,
)
from bot.views.markup import PARAGRAPH, bold, formatted, html, italic, join, link, moment
from bot.views.notices import count, notices, some_lack_words
from bot.views.tags import choice, in_language, name_of, nothing_tagged
from bot.views.view import View, button, keyboard, page_count, pager, ways_on
from storage import Entity, EntityKind, Order, Snippet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.texts import Texts
    from bot.views.markup import Html
    from bot.views.view import Row
    from storage import Hit, Page, Post, Tag

# Entries.

# A line of a phone has about 42 columns.
TITLE_COLUMNS: Final = 68
TEXT_COLUMNS: Final = 84
SOURCE_COLUMNS: Final = 26
BEFORE_MATCH: Final = 28  # columns of a text that are shown before its first match
OPENING: Final = 600  # characters of a post, of which there are two lines to show
BY_MEANING: Final = "meaning"  # why a post is there that holds none of the words
LIST_MARK: Final = re.compile(r"(?:\(?\d{1,3}[.)]|[-*•·▪■●▶→]+)\s+")
# What tells a reader nothing of what the post says.
NOISE: Final = re.compile(
    r"\[\d{1,3}\]\(\S*|(?<=\])\(https?://\S*"  # of links in Markdown
    r"|(?:https?://|www\.)\S+|\b(?:[\w-]+\.)+[a-z]{2,6}/\S+"  # addresses
    r"|(?:(?<=\s)|\A)[-_=*~]{3,}(?=\s|\Z)"  # lines drawn between paragraphs
    r"|\*\*|~~|(?:(?<=\s)|\A)#{1,6}(?=\s)",  # of bold and struck text, and headings
)
HASHTAGS: Final = re.compile(r"(?:(?<=\s)|\A)[#＃]\w+(?:\s+[#＃]\w+)+|(?:(?<=\s)[#＃]\w+\s*)+\Z")
HASHTAG: Final = re.compile(r"[#＃]\w+")
LABEL: Final = re.compile(r"\[(?P<text>[^\[\]]{1,300})\](?=\(https?://)")
BULLETS: Final = re.compile(r"(?:(?<=\s)|\A)[-*•·](?=\s+(?:[-*•·](?:\s|\Z)|\Z)|\Z)")
BLANKS: Final = re.compile(r"(?<=\s)\s+|\A\s+|\s+\Z")


@dataclass(frozen=True, slots=True)
class Around:
    """What entries depend on besides their posts: the bot's name, and whether sources differ."""

    username: str
    several_sources: bool = False


class Entry(NamedTuple):
    """A post in a list: its title, and a part of its text that does not say the title again.

    `why` says in words why it is there, where that is not plain.
    """

    post: Post
    title: FormattedText
    text: FormattedText
    why: str = ""


def entry_of_hit(hit: Hit) -> Entry:
    """Return a hit with two lines around its best match, or of its beginning.

    It is the beginning where only an address matches, which would tell a reader nothing.
    """
    entry = _entry(hit.post, hit.snippet)
    if hit.snippet.spans and not (entry.title.entities or entry.text.entities):
        return entry_of_post(hit.post)
    return entry


def entry_of_found(texts: Texts, hit: Hit) -> Entry:
    """Return a hit of a search; one that holds none of its words says why it is there."""
    return entry_of_hit(hit)._replace(why=texts("search.close") if BY_MEANING in hit.why else "")


def entry_of_post(post: Post) -> Entry:
    """Return the entry of a post that no query found: its title, and how the text goes on."""
    words = " ".join(post.text[:OPENING].split())
    return _entry(post, Snippet(text=words, cut_after=len(post.text) > OPENING))


def block(texts: Texts, number: int, entry: Entry, around: Around) -> Html:
    """Return an entry in a list."""
    url = create_deep_linked_url(around.username, f"post-{entry.post.id}")
    return join(
        (
            join((f"{number}.", link(bold(formatted(entry.title)), url)), " "),
            formatted(entry.text),
            _about(texts, entry, around),
        )
    )


def source_and_date(texts: Texts, post: Post, around: Around) -> Html:
    """Return where a post comes from, if that is not plain, and when, if that is known."""
    source = _short(post.source) if around.several_sources else ""
    return join((source, moment(texts.date(post.date), post.date) if post.date else ""), " · ")


def _short(source: str) -> str:
    if columns(source) <= SOURCE_COLUMNS:
        return source
    return source[: fitting(source, SOURCE_COLUMNS)].rstrip(TRAILING) + ELLIPSIS


def _about(texts: Texts, entry: Entry, around: Around) -> Html:
    original = link(texts("button.original"), entry.post.url) if entry.post.url else ""
    said = (source_and_date(texts, entry.post, around), entry.why, original)
    about = join(said, " · ")
    return italic(about) if about else about


def _entry(post: Post, snippet: Snippet) -> Entry:
    whole = _marked(snippet)
    words = post.title.removesuffix(ELLIPSIS)
    place = None if snippet.cut_before else place_of_title(whole.text, post.title)
    title, rest = FormattedText(words), whole
    if place is not None:
        rest = whole.part(place[1], len(whole.text))
        title = whole.part(*place) if whole.text[slice(*place)] == words else title
    shown, left = _title(title, is_cut=words != post.title)
    # What the title leaves out stands before the rest only where they are neighbours.
    said = _cleaned(left + rest if place else rest, with_matches=not title.entities)
    lines = _two_lines(said, cut_before=snippet.cut_before, cut_after=snippet.cut_after)
    return Entry(post, _underlined(shown), lines)


def _title(title: FormattedText, *, is_cut: bool) -> tuple[FormattedText, FormattedText]:
    """Return what is shown of a title, and what is left of it for the text."""
    mark = LIST_MARK.match(title.text)
    cleaned = _cleaned(title.part(mark.end() if mark else 0, len(title.text)), with_matches=True)
    whole = cleaned if cleaned.text else title
    if columns(whole.text) <= TITLE_COLUMNS:
        return (_with_ellipsis(whole) if is_cut else whole), FormattedText("")
    end = fitting(whole.text, TITLE_COLUMNS)
    return _with_ellipsis(whole.part(0, end)), whole.part(end, len(whole.text))


def _two_lines(text: FormattedText, *, cut_before: bool, cut_after: bool) -> FormattedText:
    """Return two lines of a text, around its first match if that comes later."""
    first = min((entity.offset for entity in text.entities), default=0)
    start = _beginning(text.text, first)
    end = start + fitting(text.text[start:], TEXT_COLUMNS)
    shown = text.part(start, end)
    if cut_before or start > 0:
        shown = _behind_ellipsis(shown)
    return _with_ellipsis(shown) if shown.text and (cut_after or end < len(text.text)) else shown


def _beginning(text: str, first: int) -> int:
    """Return where to begin so that a match is seen: at the beginning, or little before it."""
    if columns(text) <= TEXT_COLUMNS or columns(text[:first]) <= BEFORE_MATCH:
        return 0
    backwards = text[:first][::-1]
    return first - len(backwards[: fitting(backwards, BEFORE_MATCH)].rstrip())


def _marked(snippet: Snippet) -> FormattedText:
    entities = tuple(
        Entity(kind=EntityKind.BOLD, offset=span.start, length=span.end - span.start)
        for span in snippet.spans
    )
    # One line, as long as it was, so that everything stays in its place.
    return FormattedText(re.sub(r"\s", " ", snippet.text), entities)


def _cleaned(text: FormattedText, *, with_matches: bool) -> FormattedText:
    """Return a text without addresses, signs and runs of hashtags, which tell a reader nothing.

    With `with_matches`, hashtags that match stay if otherwise no match would be left to see.
    """
    hashtags = list(_run_hashtags(text.text))
    noise = list(_noise(text.text))
    spoken = text.without((*noise, *hashtags))
    if with_matches and text.entities and not spoken.entities:
        idle = (place for place in hashtags if not _holds_match(text, *place))
        spoken = text.without((*noise, *idle))
    for blank in (BULLETS, BLANKS):
        spoken = spoken.without(match.span() for match in blank.finditer(spoken.text))
    return spoken


def _holds_match(text: FormattedText, start: int, end: int) -> bool:
    return any(match.offset < end and start < match.end for match in text.entities)


def _noise(text: str) -> Iterator[tuple[int, int]]:
    for label in LABEL.finditer(text):
        yield label.start(), label.start("text")
        yield label.end("text"), label.end()
    for match in NOISE.finditer(text):
        yield match.span()


def _run_hashtags(text: str) -> Iterator[tuple[int, int]]:
    """Yield the hashtags that stand one after another."""
    for run in HASHTAGS.finditer(text):
        for hashtag in HASHTAG.finditer(text, *run.span()):
            yield hashtag.span()


def _with_ellipsis(text: FormattedText) -> FormattedText:
    return text.part(0, len(text.text.rstrip(TRAILING))) + FormattedText(ELLIPSIS)


def _behind_ellipsis(text: FormattedText) -> FormattedText:
    start = len(text.text) - len(text.text.lstrip(TRAILING))
    return FormattedText(ELLIPSIS) + text.part(start, len(text.text))


def _underlined(title: FormattedText) -> FormattedText:
    """Return a title with its matches underlined, as all of it is bold."""
    kinds = (replace(entity, kind=EntityKind.UNDERLINE) for entity in title.entities)
    return FormattedText(title.text, tuple(kinds))


# Lists.

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
            bold(texts("search.heading", query=for_quotes(query, QUERY_UNITS))),
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
    nothing = bold(texts("search.nothing", query=for_quotes(query, QUERY_UNITS)))
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
