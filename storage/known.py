"""Tells at a glance which posts are new, so that only the others are looked up one by one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from storage.text.fingerprints import TOGETHER, fingerprint

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from storage.preparing import ReadyPost

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


class Known:
    """The keys by which posts of one source are known: those expected, and those met since.

    Posts are the same by any message, else by their text, if not both of them have a message.
    """

    def __init__(self, connection: sqlite3.Connection, source_id: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._messages: set[int] = set()
        # By their fingerprints: whether a post of such a text has no message.
        self._texts: dict[bytes, bool] = {}

    def expect(self, posts: Sequence[ReadyPost]) -> None:
        """Look up the keys of some posts, all at once: `TOGETHER` of them at most."""
        messages = [message for post in posts for message in post.messages]
        wanted = {"source": self._source_id, "messages": json.dumps(messages)}
        found = self._connection.execute(MESSAGES, wanted)
        self._messages.update(message for (message,) in found)
        texts = [fingerprint(post.text) for post in posts]
        values = (self._source_id, *texts, *[None] * (TOGETHER - len(texts)))
        for text, unnumbered in self._connection.execute(TEXTS, values):
            self._add(text, unnumbered=bool(unnumbered))

    def may_hold(self, post: ReadyPost) -> bool:
        """Tell whether an expected post may be known; if not, it surely is new."""
        if post.is_repaired or not self._messages.isdisjoint(post.messages):
            return True
        unnumbered = self._texts.get(fingerprint(post.text))
        return unnumbered is not None and (unnumbered or not post.messages)

    def meet(self, post: ReadyPost) -> None:
        """Add the keys of a post."""
        self._messages.update(post.messages)
        self._add(fingerprint(post.text), unnumbered=not post.messages)

    def _add(self, text: bytes, *, unnumbered: bool) -> None:
        self._texts[text] = unnumbered or self._texts.get(text, False)
