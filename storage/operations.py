"""What the archive does beyond a single table, each operation as one function of a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage import adding, coverage, links, posts, sources, tags, upkeep
from storage import search as engine
from storage.errors import PostNotFound
from storage.models import Page, Stats

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from random import Random

    from storage.models import Hit, Hits, Order, Post, Reaction, Source, Tag


def search(
    connection: sqlite3.Connection, query: str, limit: int, offset: int, order: Order
) -> Hits:
    """Return some hits of a query. Raises InvalidQuery."""
    return engine.find(connection, query, posts.get_all, limit=limit, offset=offset, order=order)


def similar(connection: sqlite3.Connection, post_id: int, limit: int) -> tuple[Hit, ...]:
    """Return the posts most like one. Raises PostNotFound."""
    return engine.similar(connection, post_id, posts.get_all, limit=limit)


def newest_posts(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Post]:
    """Return some of all posts, newest first."""
    items = posts.newest(connection, limit, offset)
    return Page(items=items, total=posts.count(connection), offset=offset)


def random_post(
    connection: sqlite3.Connection, rng: Random, tag_ids: Sequence[int], other_than: int | None
) -> Post | None:
    """Return a post drawn by chance, with all of the tags if given; None if there is none."""
    total = tags.count_tagged(connection, tag_ids) if tag_ids else posts.count(connection)

    def draw() -> int:
        place = rng.randrange(total)
        if not tag_ids:
            return posts.nth(connection, place)
        return tags.tagged(connection, tag_ids, 1, place)[0]

    drawn = draw() if total else None
    while drawn is not None and drawn == other_than and total > 1:
        drawn = draw()
    return None if drawn is None else posts.get(connection, drawn)


def all_tags(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Tag]:
    """Return some of all tags."""
    items = tags.listed(connection, limit, offset)
    return Page(items=items, total=tags.count_all(connection), offset=offset)


def tagged_posts(
    connection: sqlite3.Connection, tag_ids: Sequence[int], limit: int, offset: int
) -> Page[Post]:
    """Return some of the posts that carry every one of the tags."""
    items = posts.get_all(connection, tags.tagged(connection, tag_ids, limit, offset))
    return Page(items=items, total=tags.count_tagged(connection, tag_ids), offset=offset)


def stats(connection: sqlite3.Connection) -> Stats:
    """Return sizes and coverage."""
    return Stats(
        posts=posts.count(connection),
        links=links.count(connection),
        tags=tags.count(connection),
        bytes=upkeep.size(connection),
        sources=coverage.of_sources(connection),
    )


def count_reactions(
    connection: sqlite3.Connection,
    source: Source,
    message_id: int,
    reactions: int,
    reacted: Sequence[Reaction],
) -> None:
    """Store how many reactions a channel's post has got, and by which emoji, if it is known."""
    source_id = sources.of_channel(connection, source.channel_id, source.username)
    if source_id is not None:
        adding.count_reactions(connection, source_id, message_id, reactions, reacted)


def find_post(
    connection: sqlite3.Connection, message_id: int, channel_id: int | None, username: str | None
) -> Post:
    """Return the post that a channel's message is, or is a part of. Raises PostNotFound."""
    source_id = sources.of_channel(connection, channel_id, username)
    post_id = (
        None if source_id is None else adding.post_of_message(connection, source_id, message_id)
    )
    if post_id is None:
        raise PostNotFound(message_id)
    return posts.get(connection, post_id)
