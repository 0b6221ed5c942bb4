"""Replies and the posts they answer: by message, or where only a snippet is known, by that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.text.fingerprints import begins_with, opening_key

if TYPE_CHECKING:
    import sqlite3

UNANSWERED = """
SELECT id, ordinal, reply_snippet FROM posts
WHERE source_id = ? AND reply_snippet IS NOT NULL AND reply_post_id IS NULL
"""
ANSWERED = """
SELECT id, text FROM posts
WHERE source_id = ? AND opening = ? AND (ordinal, id) < (?, ?)
ORDER BY ordinal DESC, id DESC
"""
SET_REPLY = "UPDATE posts SET reply_post_id = ? WHERE id = ?"
LINK_BY_MESSAGE = """
UPDATE posts SET reply_post_id = coalesce(
    (SELECT id FROM posts a WHERE a.source_id = posts.source_id AND a.message_id = posts.reply_to),
    (SELECT post_id FROM album_messages m
        WHERE m.source_id = posts.source_id AND m.message_id = posts.reply_to))
WHERE source_id = ? AND reply_to IS NOT NULL AND reply_post_id IS NULL
"""


def link(connection: sqlite3.Connection, source_id: int) -> None:
    """Link the replies of a source that are not yet; of posts alike the latest earlier is meant."""
    connection.execute(LINK_BY_MESSAGE, (source_id,))
    for post_id, ordinal, snippet in connection.execute(UNANSWERED, (source_id,)).fetchall():
        rows = connection.execute(ANSWERED, (source_id, opening_key(snippet), ordinal, post_id))
        answered = next((id_ for id_, text in rows if begins_with(text, snippet)), None)
        if answered is not None:
            connection.execute(SET_REPLY, (answered, post_id))
