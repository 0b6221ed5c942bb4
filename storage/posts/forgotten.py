"""Posts that an admin removed for good: their keys, by which they are kept out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.posts.copies import fingerprint

if TYPE_CHECKING:
    import sqlite3

    from storage.models import NewPost
    from storage.posts.prepare import ReadyPost

OF_SOURCE = """
SELECT message_id, fingerprint, media_group, post_id FROM forgotten WHERE source_id = ?
"""
ADD = "INSERT INTO forgotten (source_id, message_id, fingerprint, post_id) VALUES (?, ?, ?, ?)"
# An album is known by each of its messages; the first that comes is not yet one of an album.
REMEMBER = """
INSERT INTO forgotten (source_id, message_id, fingerprint, media_group, post_id)
SELECT p.source_id, coalesce(m.message_id, p.message_id), p.fingerprint, m.media_group, p.id
FROM posts p LEFT JOIN album_messages m
    ON m.post_id = p.id OR (m.source_id = p.source_id AND m.message_id = p.message_id)
WHERE p.id = ?
"""
REMOVE_FIRST = """
DELETE FROM album_messages
WHERE (source_id, message_id) = (SELECT source_id, message_id FROM posts WHERE id = ?)
"""
DAMAGED = """
SELECT source_id, message_id, original_text FROM posts WHERE id = ? AND original_text IS NOT NULL
"""
UNNUMBERED = "DELETE FROM forgotten WHERE source_id = ? AND message_id IS NULL AND fingerprint = ?"
RECALL_MESSAGES = """
DELETE FROM forgotten WHERE source_id = :source AND fingerprint IN (
    SELECT fingerprint FROM forgotten
    WHERE source_id = :source AND message_id IN (SELECT value FROM json_each(:messages)))
"""
RECALL_POST = "DELETE FROM forgotten WHERE source_id = ? AND post_id = ?"
RECALL_TEXT = """
DELETE FROM forgotten
WHERE source_id = ? AND fingerprint = ? AND (message_id IS NULL OR ?)
"""


def remember(connection: sqlite3.Connection, post_id: int) -> None:
    """Keep the keys of a post that is about to be removed: no text, only a hash of it."""
    connection.execute(REMEMBER, (post_id,))
    for source_id, message_id, text in connection.execute(DAMAGED, (post_id,)).fetchall():
        connection.execute(ADD, (source_id, message_id, fingerprint(text), post_id))
    connection.execute(REMOVE_FIRST, (post_id,))


class Forgotten:
    """The keys of the forgotten posts of a source.

    A post is one of them by the same rules by which it is known when it is added: by any message
    id, else by its text, unless both have message ids. A live message is one of them by its album
    as well.
    """

    def __init__(self, connection: sqlite3.Connection, source_id: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._read()

    def may_hold(self, post: ReadyPost) -> bool:
        """Tell whether a post may be a forgotten one; False is certain, and told at once."""
        if not self._texts:
            return False
        is_known = post.fingerprint in self._texts or post.is_repaired
        return is_known or not self._messages.isdisjoint(post.messages)

    def keeps_out(self, post: NewPost) -> bool:
        """Tell whether a post was forgotten; its message ids, if new, are added to the keys."""
        messages = _messages(post)
        if not self._messages.isdisjoint(messages) or post.media_group in self._groups:
            return True
        held = self._held(post)
        for text in held if messages else ():
            former = self._former_id(frozenset(), frozenset({text}))
            self._connection.execute(UNNUMBERED, (self._source_id, text))
            rows = ((self._source_id, message, text, former) for message in messages)
            self._connection.executemany(ADD, rows)
            self._read()
        return bool(held)

    def recall(self, post: NewPost) -> int | None:
        """Let a post in again; returns the id that it had when it was forgotten, if known."""
        messages, held = _messages(post), self._held(post)
        if self._messages.isdisjoint(messages) and not held:
            return None
        former = self._former_id(messages, held)
        values = {"source": self._source_id, "messages": json.dumps(list(messages))}
        self._connection.execute(RECALL_MESSAGES, values)
        for text in _fingerprints(post):
            self._connection.execute(RECALL_TEXT, (self._source_id, text, not messages))
        self._connection.execute(RECALL_POST, (self._source_id, former))
        self._read()
        return former

    def _held(self, post: NewPost) -> frozenset[bytes]:
        """Return the fingerprints of a post that are among the keys."""
        return (self._unnumbered if _messages(post) else self._texts) & _fingerprints(post)

    def _former_id(self, messages: frozenset[int], held: frozenset[bytes]) -> int | None:
        """Return the id of the forgotten post that has one of these messages, or of these texts."""
        for message, text, _, post_id in self._rows:
            by_text = text in held and (message is None or not messages)
            if post_id is not None and (message in messages or by_text):
                return int(post_id)
        return None

    def _read(self) -> None:
        rows = self._connection.execute(OF_SOURCE, (self._source_id,)).fetchall()
        self._rows = rows
        self._messages = frozenset(message for message, *_ in rows if message is not None)
        self._unnumbered = frozenset(text for message, text, *_ in rows if message is None)
        self._texts = frozenset(text for _, text, *_ in rows)
        self._groups = frozenset(group for _, _, group, _ in rows if group is not None)


def _messages(post: NewPost) -> frozenset[int]:
    return frozenset(post.album if post.message_id is None else (post.message_id, *post.album))


def _fingerprints(post: NewPost) -> frozenset[bytes]:
    return frozenset(map(fingerprint, filter(None, (post.text, post.original_text))))
