"""Posts one at a time: as their channel sends and edits them, and as admins remove them.

A removed post is kept for a day, so that it can be restored.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from storage import links, posts
from storage.errors import PostNotFound
from storage.models import Received
from storage.posts import forgotten, identity, ingest, sources
from storage.posts.identity import find
from storage.posts.prepare import ready
from storage.posts.rows import COLUMNS, post_of, whole

if TYPE_CHECKING:
    import sqlite3

    from storage.models import NewPost, Source

DAY = 24 * 60 * 60  # seconds

ROW_TO_KEEP = f"SELECT source_id, {COLUMNS} FROM posts WHERE id = ?"  # noqa: S608 - names of columns
KEEP_REMOVED = """
INSERT OR REPLACE INTO removed_posts (id, source_id, removed_at, stored, messages)
VALUES (?, ?, ?, ?, ?)
"""
GET_REMOVED = (
    "SELECT source_id, stored, messages FROM removed_posts WHERE id = ? AND removed_at > ?"
)
DROP_REMOVED = "DELETE FROM removed_posts WHERE id = ?"
DROP_LONG_REMOVED = "DELETE FROM removed_posts WHERE removed_at <= ?"


class Watches(Protocol):
    """What chats watch for, as `storage.readers` has it."""

    def watches_answered(self, connection: sqlite3.Connection, post_id: int) -> frozenset[int]:
        """Return the ids of the watches that a stored post answers."""
        ...

    def note_alerts(
        self, connection: sqlite3.Connection, post_id: int, answered: frozenset[int]
    ) -> None:
        """Store alerts for the watches that a post answers now, but for those `answered` before."""
        ...


def receive(
    connection: sqlite3.Connection,
    source: Source,
    post: NewPost,
    now: int,
    watches: Watches,
) -> Received:
    """Store a post as its channel sends or edits it; one left without any text is removed.

    An alert is stored for each of the `watches` that a new post answers, or an album for the first
    time with a message that joins it.
    """
    source_id = sources.add(connection, source)
    sources.note_live(connection, source_id, source.title, None if post.edited else now)
    adding = ingest.Adding(connection, source_id)
    if adding.is_kept_out(post):
        return Received()
    joins = post.media_group is not None and post.edited is None
    post = _named(_whole_album(connection, source_id, post))
    known = find(connection, source_id, post)
    if known is not None and identity.has_more_messages(known.post, post):
        post = identity.with_edited_message(known.post, post)
    if not post.text.strip():
        if known is not None:
            ingest.remove(connection, known.id)
        return Received()
    answered = watches.watches_answered(connection, known.id) if known and joins else frozenset()
    post_id, outcome = adding.put(ready(post, adding.vocabulary), known)
    adding.finish()
    has_news = post_id is not None and (outcome == "new" or joins)
    if post_id is not None and has_news:
        watches.note_alerts(connection, post_id, answered)
    return Received(post_id=post_id, has_news=has_news)


def _whole_album(connection: sqlite3.Connection, source_id: int, post: NewPost) -> NewPost:
    """Return the album of all messages so far that a live message belongs to, or its own post."""
    if post.media_group is None or post.message_id is None:
        return post
    return identity.join_album(connection, source_id, post)


def _named(post: NewPost) -> NewPost:
    """Return a post; one without text gets the names of its files as its text."""
    if post.text.strip() or post.media is None:
        return post
    return replace(post, text="\n".join(post.media.names))


def remove(connection: sqlite3.Connection, post_id: int, now: int) -> None:
    """Remove a post, so that it stays out, but keep it for a day. Raises PostNotFound."""
    posts.get(connection, post_id)
    source_id, *row = connection.execute(ROW_TO_KEEP, (post_id,)).fetchone()
    messages = identity.album_of(connection, post_id)
    stored = json.dumps(row, ensure_ascii=False)
    connection.execute(KEEP_REMOVED, (post_id, source_id, now, stored, json.dumps(messages)))
    forgotten.remember(connection, post_id)
    ingest.remove(connection, post_id)
    links.drop_unshared(connection)


def restore(connection: sqlite3.Connection, post_id: int, now: int) -> int:
    """Bring a post back that was removed less than a day ago; returns its id.

    Raises PostNotFound.
    """
    kept = connection.execute(GET_REMOVED, (post_id, now - DAY)).fetchone()
    if kept is None:
        raise PostNotFound(post_id)
    source_id, stored, messages = kept
    post = post_of(whole(json.loads(stored)), json.loads(messages))
    ingest.add(connection, sources.get(connection, source_id), [post], restore=True)
    connection.execute(DROP_REMOVED, (post_id,))
    restored = find(connection, source_id, post)
    if restored is None:
        raise PostNotFound(post_id)
    return restored.id


def drop_long_removed(connection: sqlite3.Connection, now: int) -> None:
    """Drop what was removed more than a day ago."""
    connection.execute(DROP_LONG_REMOVED, (now - DAY,))
