"""Replies and the posts they answer: by message, or where only a snippet is known, by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.database.columns import json_ids
from storage.posts.fingerprints import begins_with, opening_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST_UNANSWERED = 5_000
"""Replies of which only a snippet is known, the newest, that are looked at again for new posts."""

UNANSWERED = """
SELECT id, ordinal, reply_snippet FROM posts
WHERE source_id = ? AND reply_snippet IS NOT NULL AND reply_post_id IS NULL
ORDER BY id DESC LIMIT ?
"""
ANSWERED = """
SELECT id, text FROM posts
WHERE source_id = ? AND opening = ? AND (ordinal, id) < (?, ?)
ORDER BY ordinal DESC, id DESC
"""
SET_REPLY = "UPDATE posts SET reply_post_id = ? WHERE id = ?"
MESSAGES = """
SELECT message_id FROM posts
WHERE id IN (SELECT value FROM json_each(:posts)) AND message_id IS NOT NULL
UNION SELECT message_id FROM album_messages WHERE post_id IN (SELECT value FROM json_each(:posts))
"""
# Replies among the posts, and those that the posts are the answered ones of.
BY_MESSAGE = f"""
UPDATE posts SET reply_post_id = coalesce(
    (SELECT id FROM posts a WHERE a.source_id = posts.source_id AND a.message_id = posts.reply_to),
    (SELECT post_id FROM album_messages m
        WHERE m.source_id = posts.source_id AND m.message_id = posts.reply_to))
WHERE id IN (
    SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(:posts))
        AND reply_to IS NOT NULL AND reply_post_id IS NULL
    UNION SELECT id FROM posts WHERE source_id = :source AND reply_to IN ({MESSAGES})
        AND reply_to IS NOT NULL AND reply_post_id IS NULL)
"""  # noqa: S608 - no values


def link(connection: sqlite3.Connection, source_id: int, post_ids: Iterable[int]) -> None:
    """Link added posts to the posts they answer, and older replies to added posts.

    If several posts begin with a reply's snippet, the last one before the reply is taken.
    """
    connection.execute(BY_MESSAGE, {"source": source_id, "posts": json_ids(post_ids)})
    unanswered = connection.execute(UNANSWERED, (source_id, MOST_UNANSWERED)).fetchall()
    for post_id, ordinal, snippet in unanswered:
        rows = connection.execute(ANSWERED, (source_id, opening_key(snippet), ordinal, post_id))
        answered = next((id_ for id_, text in rows if begins_with(text, snippet)), None)
        if answered is not None:
            connection.execute(SET_REPLY, (answered, post_id))
