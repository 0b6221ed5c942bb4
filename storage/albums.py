"""Albums: the messages that are one post, and which post it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

BETWEEN_CAPTIONS = "\n\n"

POST = """
SELECT post_id FROM album_messages
WHERE source_id = ? AND message_id IN (SELECT value FROM json_each(?)) AND post_id IS NOT NULL
LIMIT 1
"""
OF_POST = "SELECT message_id FROM album_messages WHERE post_id = ? ORDER BY message_id"
ADD = """
INSERT INTO album_messages (source_id, message_id, post_id) VALUES (?, ?, ?)
ON CONFLICT (source_id, message_id) DO UPDATE SET post_id = excluded.post_id
"""
ADD_TO_GROUP = """
INSERT INTO album_messages (source_id, message_id, media_group, caption) VALUES (?, ?, ?, ?)
ON CONFLICT (source_id, message_id) DO UPDATE SET
    media_group = excluded.media_group, caption = excluded.caption
"""
GROUP = """
SELECT message_id, caption FROM album_messages
WHERE source_id = ? AND media_group = ? ORDER BY message_id
"""


def post_of(
    connection: sqlite3.Connection, source_id: int, message_ids: Iterable[int]
) -> int | None:
    """Return the id of the post that one of the messages belongs to."""
    key = (source_id, json.dumps(list(message_ids)))
    row = connection.execute(POST, key).fetchone()
    return None if row is None else int(row[0])


def of_post(connection: sqlite3.Connection, post_id: int) -> tuple[int, ...]:
    """Return the messages that a post is an album of."""
    return tuple(message_id for (message_id,) in connection.execute(OF_POST, (post_id,)))


def keep(
    connection: sqlite3.Connection, source_id: int, post_id: int, message_ids: Sequence[int]
) -> None:
    """Note that the messages are one post."""
    connection.executemany(ADD, ((source_id, message_id, post_id) for message_id in message_ids))


def join(
    connection: sqlite3.Connection, source_id: int, media_group: str, message_id: int, caption: str
) -> tuple[tuple[int, ...], str]:
    """Note a message of a group; returns the group's messages so far, and all their captions."""
    connection.execute(ADD_TO_GROUP, (source_id, message_id, media_group, caption))
    rows = connection.execute(GROUP, (source_id, media_group)).fetchall()
    captions = (said for _, said in rows if said.strip())
    return tuple(id_ for id_, _ in rows), BETWEEN_CAPTIONS.join(captions)
