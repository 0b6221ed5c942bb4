"""Posts as they are read: whole, with their tags and links.

The modules of this folder tell how they come in, are told apart, merged and removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import links, tags
from storage.database.columns import date_of, json_ids
from storage.errors import PostNotFound
from storage.models import Page, Post, ReplyTo, title_of
from storage.posts import sources
from storage.posts.identity import post_of_message
from storage.posts.rows import cards_of, entities_of, media_of, origin_of, reacted_of, sensible_rows
from storage.tags import hashtags_of, topics_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from random import Random

    from storage.models import Link, Topic

COLUMNS = """p.id, s.title, p.text, p.message_id, p.date, p.forwarded_from, p.reactions, p.views,
s.username, s.channel_id, p.reply_snippet, p.reply_post_id, a.text, p.media_kind, p.media_names,
p.document, p.first_line, p.last_line, p.original_text, p.entities, p.cards, p.reacted,
p.thumbnail"""
GET = f"""
SELECT {COLUMNS} FROM posts p JOIN sources s ON s.id = p.source_id
LEFT JOIN posts a ON a.id = p.reply_post_id
WHERE p.id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - the names of columns, no values
NEWEST = "SELECT id FROM posts ORDER BY ordinal DESC, id DESC LIMIT ? OFFSET ?"
COUNT = "SELECT count(*) FROM posts"
NTH = "SELECT id FROM posts ORDER BY ordinal, id LIMIT 1 OFFSET ?"


def get(connection: sqlite3.Connection, post_id: int) -> Post:
    """Return one post. Raises PostNotFound."""
    (post,) = get_all(connection, [post_id])
    return post


def get_all(connection: sqlite3.Connection, post_ids: Sequence[int]) -> tuple[Post, ...]:
    """Return posts in the order of these ids. Raises PostNotFound."""
    rows = {row[0]: row for row in connection.execute(GET, (json_ids(post_ids),))}
    for post_id in post_ids:
        if post_id not in rows:
            raise PostNotFound(post_id)
    tagged = hashtags_of(connection, post_ids)
    about = topics_of(connection, post_ids)
    shared = links.per_post(connection, post_ids)
    with sensible_rows():
        return tuple(_post(rows[id_], tagged[id_], about[id_], shared[id_]) for id_ in post_ids)


def _post(
    row: Sequence[Any],
    tagged: tuple[str, ...],
    about: tuple[Topic, ...],
    shared: tuple[Link, ...],
) -> Post:
    (id_, source, text, message_id, date, forwarded_from, reactions, views) = row[:8]
    (username, channel_id, snippet, reply_id, answered, media_kind, media_names) = row[8:15]
    return Post(
        id=id_,
        source=source,
        title=title_of(text),
        text=text,
        message_id=message_id,
        date=date_of(date),
        forwarded_from=forwarded_from,
        reply_to=_reply_to(snippet, reply_id, answered),
        reactions=reactions,
        views=views,
        entities=entities_of(row[19]),
        cards=cards_of(row[20]),
        reacted=reacted_of(row[21]),
        thumbnail=row[22],
        media=media_of(media_kind, media_names),
        url=_permalink(username, channel_id, message_id),
        origin=origin_of(row[15:18]),
        original_text=row[18],
        tags=tagged,
        topics=about,
        links=shared,
    )


def _reply_to(snippet: str | None, post_id: int | None, answered: str | None) -> ReplyTo | None:
    """Return what a post answers, by the snippet that came with it, else by that post's title."""
    if snippet is None and answered is None:
        return None
    return ReplyTo(snippet=snippet or title_of(answered or ""), post_id=post_id)


def _permalink(username: str | None, channel_id: int | None, message_id: int | None) -> str | None:
    """Return a post's address; that of a private channel leads only its subscribers there.

    Messages from before a group became a supergroup have negative ids and no address.
    """
    if message_id is None or message_id <= 0 or not (username or channel_id):
        return None
    return f"https://t.me/{username or f'c/{channel_id}'}/{message_id}"


def newest(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Post]:
    """Return some of all posts, newest first."""
    ids = [post_id for (post_id,) in connection.execute(NEWEST, (limit, offset))]
    return Page(items=get_all(connection, ids), total=count(connection), offset=offset)


def tagged(
    connection: sqlite3.Connection, tag_ids: Sequence[int], limit: int, offset: int
) -> Page[Post]:
    """Return some of the posts that carry every one of the tags, newest first."""
    items = get_all(connection, tags.tagged(connection, tag_ids, limit, offset))
    return Page(items=items, total=tags.count_tagged(connection, tag_ids), offset=offset)


def random_post(
    connection: sqlite3.Connection, rng: Random, tag_ids: Sequence[int], other_than: int | None
) -> Post | None:
    """Return a post drawn by chance, with all of the tags if given; None if there is none."""
    total = tags.count_tagged(connection, tag_ids) if tag_ids else count(connection)

    def draw() -> int:
        place = rng.randrange(total)
        if not tag_ids:
            return nth(connection, place)
        return tags.tagged(connection, tag_ids, 1, place)[0]

    found = draw() if total else None
    while found is not None and found == other_than and total > 1:
        found = draw()
    return None if found is None else get(connection, found)


def of_message(
    connection: sqlite3.Connection, message_id: int, channel_id: int | None, username: str | None
) -> Post:
    """Return the post that a channel's message is, or is a part of. Raises PostNotFound."""
    source_id = sources.of_channel(connection, channel_id, username)
    post_id = None if source_id is None else post_of_message(connection, source_id, message_id)
    if post_id is None:
        raise PostNotFound(message_id)
    return get(connection, post_id)


def count(connection: sqlite3.Connection) -> int:
    """Return how many posts there are."""
    return int(connection.execute(COUNT).fetchone()[0])


def nth(connection: sqlite3.Connection, position: int) -> int:
    """Return the id of the post at a position in time, from 0."""
    return int(connection.execute(NTH, (position,)).fetchone()[0])
