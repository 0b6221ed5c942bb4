"""Hashtags: stored with their posts, counted, and found by names that need not be exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from storage.errors import TagNotFound
from storage.models import Tag
from storage.text.hashtags import find_hashtags, hashtag_key
from storage.text.keys import key_form

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

LEAST_SIMILARITY = 75  # of 100: 스타트없 for 스타트업 passes, another word does not

ADD_TAG = "INSERT INTO tags (key, name) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
CLEAR = "DELETE FROM post_tags WHERE post_id = ?"
ADD = "INSERT INTO post_tags SELECT ?, ?, id FROM tags WHERE key = ?"
OF_POST = """
SELECT t.name FROM post_tags pt JOIN tags t ON t.id = pt.tag_id
WHERE pt.post_id = ? ORDER BY pt.position
"""
COUNTED = """
SELECT t.id, t.name, count(*) AS posts FROM tags t JOIN post_tags pt ON pt.tag_id = t.id
GROUP BY t.id ORDER BY posts DESC, t.name
"""
LISTED = f"{COUNTED} LIMIT ? OFFSET ?"
COUNT = "SELECT count(DISTINCT tag_id) FROM post_tags"
GET = """
SELECT t.id, t.name, count(pt.post_id) FROM tags t LEFT JOIN post_tags pt ON pt.tag_id = t.id
WHERE t.id = ? GROUP BY t.id
"""
TAGGED = """
SELECT p.id FROM post_tags pt JOIN posts p ON p.id = pt.post_id
WHERE pt.tag_id IN (SELECT value FROM json_each(?))
GROUP BY p.id HAVING count(DISTINCT pt.tag_id) = ?
ORDER BY p.ordinal DESC, p.id DESC
"""


def replace(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Store the hashtags of a post's text in place of those it had."""
    connection.execute(CLEAR, (post_id,))
    for position, name in enumerate(find_hashtags(text)):
        connection.execute(ADD_TAG, (hashtag_key(name), name))
        connection.execute(ADD, (post_id, position, hashtag_key(name)))


def of_post(connection: sqlite3.Connection, post_id: int) -> tuple[str, ...]:
    """Return the tags of a post in the order of its text."""
    return tuple(name for (name,) in connection.execute(OF_POST, (post_id,)))


def listed(connection: sqlite3.Connection, limit: int, offset: int) -> tuple[Tag, ...]:
    """Return some tags, those with most posts first."""
    return _tags(connection.execute(LISTED, (limit, offset)).fetchall())


def count(connection: sqlite3.Connection) -> int:
    """Return how many tags posts carry."""
    return int(connection.execute(COUNT).fetchone()[0])


def get(connection: sqlite3.Connection, tag_id: int) -> Tag:
    """Return one tag. Raises TagNotFound."""
    row = connection.execute(GET, (tag_id,)).fetchone()
    if row is None:
        raise TagNotFound(tag_id)
    return Tag(id=row[0], name=row[1], posts=row[2])


def find(connection: sqlite3.Connection, name: str, limit: int) -> tuple[Tag, ...]:
    """Return the tags a name can mean: the very tag, else those it begins, is in, or resembles."""
    tags = _tags(connection.execute(COUNTED).fetchall())
    key = hashtag_key(name)
    if not key:
        return ()
    same = tuple(tag for tag in tags if hashtag_key(tag.name) == key)
    return same or (_containing(tags, key) or _similar(tags, name))[:limit]


def _containing(tags: Sequence[Tag], key: str) -> tuple[Tag, ...]:
    begun = [tag for tag in tags if hashtag_key(tag.name).startswith(key)]
    within = [tag for tag in tags if key in hashtag_key(tag.name)]
    return tuple(dict.fromkeys(begun + within))


def _similar(tags: Sequence[Tag], name: str) -> tuple[Tag, ...]:
    """Compare as typed on keys, so that a slip, a half syllable or the wrong layout is small."""
    keys = [key_form(hashtag_key(tag.name)) for tag in tags]
    query = key_form(hashtag_key(name))
    close = process.extract(query, keys, scorer=fuzz.ratio, score_cutoff=LEAST_SIMILARITY)
    return tuple(tags[position] for _, _, position in close)


def tagged(connection: sqlite3.Connection, tag_ids: Sequence[int]) -> tuple[int, ...]:
    """Return the ids of the posts that carry all of the tags, newest first."""
    wanted = set(tag_ids)
    rows = connection.execute(TAGGED, (str(sorted(wanted)), len(wanted)))
    return tuple(post_id for (post_id,) in rows)


def _tags(rows: Sequence[tuple[int, str, int]]) -> tuple[Tag, ...]:
    return tuple(Tag(id=id_, name=name, posts=posts) for id_, name, posts in rows)
