"""Which stored post a post is: the same message, else the same text, else the same damaged text.

Posts are the same by any message, else by their text, if not both of them have a message.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from storage.posts import albums
from storage.posts.fingerprints import TOGETHER, fingerprint
from storage.posts.rows import STORED, post_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from storage.database.columns import Row
    from storage.models import NewPost
    from storage.posts.prepare import ReadyPost

BY_ID = f"{STORED} WHERE id = ?"
BY_MESSAGE = f"""
{STORED} WHERE source_id = ? AND message_id IN (SELECT value FROM json_each(?))
ORDER BY message_id LIMIT 1
"""  # noqa: S608 - the names of columns, no values
BY_FINGERPRINT = f"""
{STORED} WHERE source_id = ? AND fingerprint = ? AND (message_id IS NULL OR ? IS NULL)
ORDER BY id LIMIT 1
"""
BY_ORIGINAL = f"{STORED} WHERE source_id = ? AND original_text IS NOT NULL AND original_text = ?"
MESSAGES = """
SELECT message_id FROM posts
WHERE source_id = :source AND message_id IN (SELECT value FROM json_each(:messages))
UNION ALL
SELECT message_id FROM album_messages
WHERE source_id = :source AND message_id IN (SELECT value FROM json_each(:messages))
"""
TEXTS = f"""
SELECT fingerprint, message_id IS NULL FROM posts
WHERE source_id = ? AND fingerprint IN ({", ".join("?" * TOGETHER)})
"""  # noqa: S608 - placeholders


class Stored(NamedTuple):
    """A post as the table has it: its id, and what was handed in."""

    id: int
    post: NewPost


class Known:
    """The keys of stored posts of one source, read for many posts at once.

    They tell which posts are certainly new; only the others have to be looked up one by one.
    """

    def __init__(self, connection: sqlite3.Connection, source_id: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._messages: set[int] = set()
        # By their fingerprints: whether a post of such a text has no message.
        self._texts: dict[bytes, bool] = {}

    def expect(self, posts: Sequence[ReadyPost]) -> None:
        """Read which keys of some posts, at most `TOGETHER`, are stored."""
        messages = [message for post in posts for message in post.messages]
        wanted = {"source": self._source_id, "messages": json.dumps(messages)}
        found = self._connection.execute(MESSAGES, wanted)
        self._messages.update(message for (message,) in found)
        texts = [fingerprint(post.text) for post in posts]
        values = (self._source_id, *texts, *[None] * (TOGETHER - len(texts)))
        for text, unnumbered in self._connection.execute(TEXTS, values):
            self._add(text, unnumbered=bool(unnumbered))

    def may_hold(self, post: ReadyPost) -> bool:
        """Tell whether a post, expected before, may be stored already; False is certain."""
        if post.is_repaired or not self._messages.isdisjoint(post.messages):
            return True
        unnumbered = self._texts.get(fingerprint(post.text))
        return unnumbered is not None and (unnumbered or not post.messages)

    def meet(self, post: ReadyPost) -> None:
        """Add the keys of a post that is being stored."""
        self._messages.update(post.messages)
        self._add(fingerprint(post.text), unnumbered=not post.messages)

    def _add(self, text: bytes, *, unnumbered: bool) -> None:
        self._texts[text] = unnumbered or self._texts.get(text, False)


def find(connection: sqlite3.Connection, source_id: int, post: NewPost) -> Stored | None:
    """Return the stored form of a post: by message, else by text, else by damaged text."""
    row = _by_message(connection, source_id, post)
    if row is None and post.text.strip():
        key = fingerprint(post.text)
        row = connection.execute(BY_FINGERPRINT, (source_id, key, post.message_id)).fetchone()
    if row is None and post.original_text is not None:
        row = connection.execute(BY_ORIGINAL, (source_id, post.original_text)).fetchone()
    if row is None:
        return None
    return Stored(row[0], post_of(row[1:], albums.of_post(connection, row[0])))


def _by_message(connection: sqlite3.Connection, source_id: int, post: NewPost) -> Row | None:
    if post.message_id is None:
        return None
    ids = (post.message_id, *post.album)
    row: Row | None
    row = connection.execute(BY_MESSAGE, (source_id, json.dumps(ids))).fetchone()
    if row is not None:
        return row
    post_id = albums.post_of(connection, source_id, ids)
    row = connection.execute(BY_ID, (post_id,)).fetchone()
    return row


def post_of_message(connection: sqlite3.Connection, source_id: int, message_id: int) -> int | None:
    """Return the id of the post that a message is, or is a part of."""
    row = connection.execute(BY_MESSAGE, (source_id, json.dumps([message_id]))).fetchone()
    return row[0] if row else albums.post_of(connection, source_id, [message_id])
