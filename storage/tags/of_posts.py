"""The hashtags of posts, as their authors wrote them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.database.columns import gathered, json_ids
from storage.tags.hashtags import find_hashtags, hashtag_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

ADD_TAG = "INSERT INTO tags (key, name) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
CLEAR = "DELETE FROM post_tags WHERE post_id = ?"
TEXTS = "SELECT id, text FROM posts"
ADD = """
INSERT INTO post_tags (post_id, position, tag_id, ordinal)
SELECT p.id, :position, t.id, p.ordinal FROM posts p, tags t WHERE p.id = :post AND t.key = :key
"""
PER_POST = """
SELECT pt.post_id, t.name FROM post_tags pt JOIN tags t ON t.id = pt.tag_id
WHERE pt.post_id IN (SELECT value FROM json_each(?)) ORDER BY pt.post_id, pt.position
"""


def clear(connection: sqlite3.Connection, post_ids: Iterable[int]) -> None:
    """Remove the hashtags of some posts."""
    connection.executemany(CLEAR, ((post_id,) for post_id in post_ids))


def store(connection: sqlite3.Connection, found: Mapping[int, Sequence[str]]) -> None:
    """Store hashtags by the ids of their posts, which must not have any stored."""
    names = dict.fromkeys(name for found_in_one in found.values() for name in found_in_one)
    keys = {name: hashtag_key(name) for name in names}
    connection.executemany(ADD_TAG, ((key, name) for name, key in keys.items()))
    connection.executemany(
        ADD,
        (
            {"post": post_id, "position": position, "key": keys[name]}
            for post_id, found_in_one in found.items()
            for position, name in enumerate(found_in_one)
        ),
    )


def rebuild(connection: sqlite3.Connection) -> None:
    """Find the hashtags of every post; none may be stored before."""
    for post_id, text in connection.execute(TEXTS):
        store(connection, {post_id: find_hashtags(text)})


def per_post(connection: sqlite3.Connection, post_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the tags of some posts, by the posts' ids, in the order of their texts."""
    found = gathered(connection.execute(PER_POST, (json_ids(post_ids),)))
    return {post_id: tuple(name for (name,) in found[post_id]) for post_id in post_ids}
