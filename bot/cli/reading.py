"""The commands that read the archive: search, posts, links, tags, digest, stats."""

from __future__ import annotations

import asyncio
import shlex
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

import click
from rich.filesize import decimal
from rich.text import Text

from bot.cli import jsonl
from bot.cli.archives import filled_archive
from bot.cli.terminal import make_console, print_table, printable
from bot.texts import texts_for
from bot.views.markup import plain
from bot.views.notices import notices, other_queries

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from storage import (
        Archive,
        Coverage,
        Digest,
        Explanation,
        Hit,
        Hits,
        Page,
        Post,
        SharedLink,
        Snippet,
        SourceStats,
        Stats,
        Tag,
    )

T = TypeVar("T")

BATCH: Final = 1000  # items in memory at once, whatever the size of the archive
MATCH_STYLE: Final = "bold yellow"


class Fetch(Protocol[T]):
    """A method of the archive that returns a part of a list."""

    def __call__(self, *, limit: int, offset: int) -> Awaitable[Page[T]]:
        """Return at most `limit` items from `offset` on."""
        ...


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """How the items of a list are shown, to people and to scripts."""

    of: str
    columns: tuple[str, ...]
    row: Callable[[T], tuple[object, ...]]
    json: Callable[[T], jsonl.Json]


def print_hits(query: str, limit: int, *, as_json: bool) -> None:
    """Print the best hits of a query."""
    page = asyncio.run(_hits(query, limit))
    if as_json:
        for hit in page.items:
            jsonl.print_line(jsonl.hit_json(hit))
        return
    console, texts = make_console(), texts_for(None)
    for notice in notices(texts, page):
        console.print(Text(printable(notice), "italic"))
    for other in other_queries(page):
        console.print(Text(printable(f"  galpi search {shlex.quote(other)}"), "dim"))
    for hit in page.items:
        console.print(_hit_text(hit), end="\n\n")
    more = "" if page.complete else "+"
    console.print(
        f"{len(page.items)} of {page.total}{more} posts" if page.total else "No post found"
    )


def print_stages(query: str, limit: int) -> None:
    """Print the stages of a search: words with their terms, look-ups, and the best hits' scores."""
    explained, page = asyncio.run(_explained(query, limit))
    console = make_console()
    for place, word in enumerate(explained.words):
        about = f"{place}. {word.typed}: {word.standing}, information {word.information:.2f}"
        console.print(Text(printable(about), "bold"))
        for one in word.terms:
            line = f"  {one.term}  {one.likeness:.2f}  {', '.join(one.why)}"
            console.print(Text(printable(line)))
    for look_up in explained.tries:
        places = " and ".join(map(str, look_up.words))
        console.print(
            f"words {places}: {look_up.told:.0%} of the query, {look_up.found} posts more"
        )
    for close in explained.close:
        console.print(f"close in meaning: post {close.post_id}, cosine {close.cosine:.2f}")
    for hit in page.items:
        console.print(Text(f"{hit.rank}. {printable(hit.post.title)}", "bold"))
        parts = "  ".join(f"{name} {points:.2f}" for name, points in hit.parts)
        console.print(Text(f"  score {hit.score}: {parts}; {', '.join(hit.why)}"))


def print_posts(*, as_json: bool) -> None:
    """Print every post, newest first."""
    listing = Listing("post", ("id", "date", "title"), _post_row, jsonl.post_json)
    asyncio.run(_print(listing, lambda archive: archive.posts, as_json=as_json))


def print_links(query: str, *, as_json: bool) -> None:
    """Print the links that a query finds."""
    listing = Listing("link", ("posts", "link", "in"), _link_row, jsonl.link_json)

    def fetching(archive: Archive) -> Fetch[SharedLink]:
        return partial(archive.links, query, all_posts=True)

    asyncio.run(_print(listing, fetching, as_json=as_json))


def print_tags(*, as_json: bool) -> None:
    """Print the tags, those with most posts first."""
    listing = Listing("tag", ("posts", "tag"), _tag_row, jsonl.tag_json)
    asyncio.run(_print(listing, lambda archive: archive.tags, as_json=as_json))


def print_stats(*, as_json: bool) -> None:
    """Print sizes and coverage."""
    stats = asyncio.run(_stats())
    if as_json:
        jsonl.print_line(jsonl.stats_json(stats))
        return
    print_table(("", ""), _sizes(stats))
    for source in stats.sources:
        make_console().print(_source_text(source))


async def _explained(query: str, limit: int) -> tuple[Explanation, Hits]:
    async with filled_archive() as archive:
        return await archive.explain(query), await archive.search(query, limit=limit)


async def _hits(query: str, limit: int) -> Hits:
    async with filled_archive() as archive:
        return await archive.search(query, limit=limit)


async def _stats() -> Stats:
    async with filled_archive() as archive:
        return await archive.stats()


async def _print(
    listing: Listing[T], fetching: Callable[[Archive], Fetch[T]], *, as_json: bool
) -> None:
    async with filled_archive() as archive:
        items = every(fetching(archive))
        if as_json:
            async for item in items:
                jsonl.print_line(listing.json(item))
        else:
            rows = [listing.row(item) async for item in items]
            print_table(listing.columns, rows)
            if not rows:
                make_console().print(f"No {listing.of} found")


async def every(fetch: Fetch[T]) -> AsyncIterator[T]:
    """Yield every item of a list."""
    offset = 0
    while items := (await fetch(limit=BATCH, offset=offset)).items:
        for item in items:
            yield item
        offset += len(items)


def _post_row(post: Post) -> tuple[object, ...]:
    return post.id, post.date.date() if post.date else "", post.title


def _link_row(link: SharedLink) -> tuple[object, ...]:
    return len(link.posts), link.url, link.context


def _tag_row(tag: Tag) -> tuple[object, ...]:
    return tag.posts, tag.name if tag.is_topic else f"#{tag.name}"


def _hit_text(hit: Hit) -> Text:
    """Return rank and title, the snippet with its matches, and where the post is from."""
    post = hit.post
    date = [str(post.date.date())] if post.date else []
    about = [f"post {post.id}", post.source, *date, ", ".join(hit.why)]
    title, snippet = printable(post.title), _snippet_text(hit.snippet)
    # A post of one short line stands there once, with its matches.
    told = [] if snippet.plain == title else [snippet]
    heading = Text(title) if told else snippet
    return Text("\n").join(
        (
            Text.assemble(f"{hit.rank}. ", heading, style="bold"),
            *told,
            Text(printable(" · ".join(about)), "dim"),
        )
    )


def _snippet_text(snippet: Snippet) -> Text:
    text = Text(printable(snippet.text))
    for span in snippet.spans:
        text.stylize(MATCH_STYLE, span.start, span.end)
    before, after = ("…" if cut else "" for cut in (snippet.cut_before, snippet.cut_after))
    return Text.assemble(before, text, after)


def _sizes(stats: Stats) -> list[tuple[object, ...]]:
    return [
        ("posts", stats.posts),
        ("links", stats.links),
        ("hashtags", stats.tags),
        ("size", decimal(stats.bytes)),
        *(
            [("found by meaning", stats.posts - stats.without_meaning)]
            if stats.without_meaning is not None
            else []
        ),
    ]


def _source_text(stats: SourceStats) -> Text:
    """Return a source's title and, below it, what is known of it."""
    source = stats.source
    figures = {
        "posts here": stats.posts,
        "repaired": stats.repaired or None,
        "subscribers": source.subscribers,
        "photos": source.photos,
        "videos": source.videos,
        "files": source.files,
        "links": source.links,
    }
    known = [f"{count} {name}" for name, count in figures.items() if count is not None]
    if stats.first_date and stats.last_date:
        known.append(f"{stats.first_date.date()} to {stats.last_date.date()}")
    if stats.coverage:
        known += _coverage(stats.coverage)
    if stats.live_at:
        known.append(f"last live post {stats.live_at.date()}")
    return Text.assemble((f"\n{printable(source.title)}\n", "bold"), ", ".join(known))


def _coverage(coverage: Coverage) -> list[str]:
    """Say which messages are held and where the longest gaps are."""
    gaps = ", ".join(f"{gap.first}–{gap.last}" for gap in coverage.gaps)
    return [
        f"messages {coverage.first}–{coverage.last}",
        f"{coverage.missing} of them not here",
        *([f"longest gaps {gaps}"] if gaps else []),
    ]


def print_digest(days: int, name: str | None, *, as_json: bool) -> None:
    """Print what was posted in the last days under the headings of its tags."""
    # They import Telegram's client, which nothing else here waits for.
    from bot.views.digest import heading, titled  # noqa: PLC0415
    from bot.views.post import response  # noqa: PLC0415

    tag, digest = asyncio.run(_digest(days, name))
    if as_json:
        for one, posts in _sections(digest):
            jsonl.print_line(jsonl.digest_json(digest, one, posts))
        return
    console, texts = make_console(), texts_for(None)
    console.print(Text(printable(plain(heading(texts, digest, tag)))), end="\n\n")
    for title, items in titled(texts, digest):
        if title:
            console.print(Text(printable(title), "bold"))
        for item in items:
            console.print(_line(item.post, response(texts, item.post)))
        console.print()


async def _digest(days: int, name: str | None) -> tuple[Tag | None, Digest]:
    async with filled_archive() as archive:
        tags = await archive.find_tags(name.lstrip("#＃"), limit=1) if name else ()
        if name and not tags:
            raise click.UsageError(f"There is no tag like “{name}”; galpi tags lists them.")
        tag = tags[0] if tags else None
        return tag, await archive.digest(days, tag_id=tag.id if tag else None)


def _sections(digest: Digest) -> Iterator[tuple[Tag | None, list[Post]]]:
    for tag, items in groupby(digest.items, key=lambda item: item.tag):
        yield tag, [item.post for item in items]


def _line(post: Post, response: str) -> Text:
    day = str(post.date.date()) if post.date else ""
    about = " · ".join(filter(None, (day, f"post {post.id}", response)))
    return Text.assemble(f"  {printable(post.title)}  ", (about, "dim"))
