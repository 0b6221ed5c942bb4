"""Posts that an admin removed, kept for a day so that it can be undone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.errors import PostNotFound
from storage.posts import forgotten, identity, ingest, read, sources
from storage.posts.rows import COLUMNS, post_of, whole

if TYPE_CHECKING:
    import sqlite3

DAY = 24 * 60 * 60  # seconds

ROW = f"SELECT source_id, {COLUMNS} FROM posts WHERE id = ?"  # noqa: S608 - names of columns
KEEP = """
INSERT OR REPLACE INTO removed_posts (id, source_id, removed_at, stored, messages)
VALUES (?, ?, ?, ?, ?)
"""
GET = "SELECT source_id, stored, messages FROM removed_posts WHERE id = ? AND removed_at > ?"
DROP = "DELETE FROM removed_posts WHERE id = ?"
DROP_OLD = "DELETE FROM removed_posts WHERE removed_at <= ?"
FOUND = "SELECT id FROM posts WHERE source_id = ? ORDER BY id DESC LIMIT 1"


def remove(connection: sqlite3.Connection, post_id: int, now: int) -> None:
    """Remove a post, so that it stays out, but keep it for a day. Raises PostNotFound."""
    read.get(connection, post_id)
    source_id, *row = connection.execute(ROW, (post_id,)).fetchone()
    messages = identity.album_of(connection, post_id)
    stored = json.dumps(row, ensure_ascii=False)
    connection.execute(KEEP, (post_id, source_id, now, stored, json.dumps(messages)))
    forgotten.remember(connection, post_id)
    ingest.remove(connection, post_id)
    forgotten.sweep(connection)


def restore(connection: sqlite3.Connection, post_id: int, now: int) -> int:
    """Bring a post back that was removed less than a day ago; returns its new id.

    Raises PostNotFound.
    """
    kept = connection.execute(GET, (post_id, now - DAY)).fetchone()
    if kept is None:
        raise PostNotFound(post_id)
    source_id, stored, messages = kept
    post = post_of(whole(json.loads(stored)), json.loads(messages))
    ingest.add(connection, sources.get(connection, source_id), [post], restore=True)
    connection.execute(DROP, (post_id,))
    return int(connection.execute(FOUND, (source_id,)).fetchone()[0])


def drop_old(connection: sqlite3.Connection, now: int) -> None:
    """Drop what was removed more than a day ago."""
    connection.execute(DROP_OLD, (now - DAY,))
