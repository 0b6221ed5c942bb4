"""Posts on their way in: each stored once, whichever way and however often it comes.

Replies are linked to the posts they answer: by message, or where only a snippet is known, by that.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, TypeAlias

from storage import links, tags
from storage.database.columns import json_ids
from storage.models import Added
from storage.posts import identity, sources
from storage.posts.copies import TOGETHER, begins_with, merge, opening_key
from storage.posts.forgotten import Forgotten
from storage.posts.identity import Known, find, post_of_message
from storage.posts.prepare import prepare, ready
from storage.posts.rows import COLUMNS, details_of, reacted_json, searched
from storage.search import index
from storage.search.meaning import storing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from storage.database.columns import Row
    from storage.models import NewPost, Reaction, Source
    from storage.posts.identity import Stored
    from storage.posts.prepare import Ready, ReadyPost

# AUTOINCREMENT keeps count, so that no id is given twice.
LAST_ID = "SELECT seq FROM sqlite_sequence WHERE name = 'posts'"
INSERT = "INSERT INTO posts ({}) VALUES ({})".format
INSERTED = f"id, source_id, fingerprint, opening, details, {COLUMNS}".split(",")
UPDATE = f"""
UPDATE posts SET fingerprint = ?, opening = ?, details = ?, {" = ?, ".join(COLUMNS.split(","))} = ?
WHERE id = ?
"""  # noqa: S608
REMOVE = "DELETE FROM posts WHERE id = ?"
SEARCHED = "SELECT searched FROM posts WHERE id = ?"
SET_REACTIONS = "UPDATE posts SET reactions = ?, reacted = ? WHERE id = ?"


Outcome: TypeAlias = Literal["new", "updated", "unchanged", "forgotten"]
"""What became of a post: a field of Added."""
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
MESSAGES_OF_POSTS = """
SELECT message_id FROM posts
WHERE id IN (SELECT value FROM json_each(:posts)) AND message_id IS NOT NULL
UNION SELECT message_id FROM album_messages WHERE post_id IN (SELECT value FROM json_each(:posts))
"""
# The posts that reply to others, and other posts that reply to them.
LINK_BY_MESSAGE = f"""
UPDATE posts SET reply_post_id = coalesce(
    (SELECT id FROM posts a WHERE a.source_id = posts.source_id AND a.message_id = posts.reply_to),
    (SELECT post_id FROM album_messages m
        WHERE m.source_id = posts.source_id AND m.message_id = posts.reply_to))
WHERE id IN (
    SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(:posts))
        AND reply_to IS NOT NULL AND reply_post_id IS NULL
    UNION SELECT id FROM posts WHERE source_id = :source AND reply_to IN ({MESSAGES_OF_POSTS})
        AND reply_to IS NOT NULL AND reply_post_id IS NULL)
"""  # noqa: S608 - no values


class Adding:
    """Posts of one source being added within one transaction.

    New posts, and what is derived from them (hashtags, topics, links, index), are stored together,
    which is several times faster than one by one. Forgotten posts stay out unless `restore` is set.
    """

    def __init__(
        self, connection: sqlite3.Connection, source_id: int, *, restore: bool = False
    ) -> None:
        self._connection = connection
        self._source_id = source_id
        self.vocabulary = tags.vocabulary_note(connection)
        self._known = Known(connection, source_id)
        self._forgotten = Forgotten(connection, source_id)
        self._restore = restore
        self._last_id = int((connection.execute(LAST_ID).fetchone() or (0,))[0])
        self._new: dict[int, Row] = {}
        # Posts whose tags, links and terms are still to be stored; those of them that are not new.
        self._changed: dict[int, ReadyPost] = {}
        self._replaced: set[int] = set()
        self._unindexed: dict[int, str] = {}

    def add_all(self, posts: Ready) -> Added:
        """Store some posts; those made ready for another vocabulary are made ready again."""
        made = posts.posts
        if posts.vocabulary != self.vocabulary:
            made = [ready(post.post, self.vocabulary) for post in made]
        outcomes: Counter[str] = Counter()
        for start in range(0, len(made), TOGETHER):
            some = made[start : start + TOGETHER]
            self.expect(some)
            outcomes.update(self.add(post)[1] for post in some)
        return Added(**outcomes)

    def expect(self, posts: Sequence[ReadyPost]) -> None:
        """Read which of some posts, at most `TOGETHER`, may be stored already."""
        self._known.expect(posts)

    def add(self, post: ReadyPost) -> tuple[int | None, Outcome]:
        """Store an expected post, new or changed; returns its id unless it is forgotten."""
        return self.put(post, self._find(post) if self._known.may_hold(post) else None)

    def put(self, post: ReadyPost, known: Stored | None) -> tuple[int | None, Outcome]:
        """Store a post, `known` being its stored form; returns its id unless it is forgotten."""
        former = None
        if known is None and self._forgotten.may_hold(post):
            if not self._restore and self.is_kept_out(post.post):
                return None, "forgotten"
            former = self._forgotten.recall(post.post) if self._restore else None
        self._known.note(post)
        if known is None:
            return self._insert(post, former), "new"
        merged = merge(known.post, post.post)
        if merged == known.post:
            return known.id, "unchanged"
        self._update(known, ready(merged, self.vocabulary))
        return known.id, "updated"

    def finish(self) -> None:
        """Store what is derived from the posts added, and link replies to the posts they answer."""
        self._insert_new()
        tags.clear(self._connection, self._replaced)
        links.clear(self._connection, self._replaced)
        changed = [(id_, post.ordinal, post) for id_, post in self._changed.items()]
        hashtags = [(id_, ordinal, post.tags) for id_, ordinal, post in changed]
        tags.store_hashtags(self._connection, hashtags)
        topics = [(id_, ordinal, post.topics) for id_, ordinal, post in changed]
        tags.store_topics(self._connection, topics)
        found = [(id_, ordinal, post.links) for id_, ordinal, post in changed]
        links.store(self._connection, found)
        index.add_contents(self._connection, self._unindexed.items())
        link_replies(self._connection, self._source_id, self._changed)

    def _find(self, post: ReadyPost) -> Stored | None:
        self._insert_new()
        return find(self._connection, self._source_id, post.post)

    def is_kept_out(self, post: NewPost) -> bool:
        """Tell whether a post was forgotten."""
        return self._forgotten.keeps_out(post)

    def _insert(self, post: ReadyPost, former: int | None) -> int:
        """Store a new post; one that was forgotten gets the id that it had."""
        id_ = former or self._last_id + 1
        self._last_id = max(self._last_id, id_)
        keys = (post.fingerprint, post.opening, post.details)
        self._new[id_] = (id_, self._source_id, *keys, *post.row)
        self._changed[id_] = post
        self._unindexed[id_] = post.terms
        return id_

    def _insert_new(self) -> None:
        if not self._new:
            return
        # Columns that no post fills are left out: of all values, NULL takes longest to be bound.
        columns = zip(INSERTED, zip(*self._new.values(), strict=True), strict=True)
        filled = {name: values for name, values in columns if values.count(None) < len(values)}
        statement = INSERT(", ".join(filled), ", ".join("?" * len(filled)))
        self._connection.executemany(statement, zip(*filled.values(), strict=True))
        storing.expect(self._connection, self._new)
        for id_ in self._new:
            self._keep_album(id_, self._changed[id_])
        self._new.clear()

    def _update(self, known: Stored, post: ReadyPost) -> None:
        keys = (post.fingerprint, post.opening, post.details)
        self._connection.execute(UPDATE, (*keys, *post.row, known.id))
        self._keep_album(known.id, post)
        if known.id not in self._changed:
            self._replaced.add(known.id)
        self._changed[known.id] = post
        before = searched(known.post.text, details_of(known.post))
        if post.searched != before:
            if known.id not in self._unindexed:
                index.remove_post(self._connection, known.id, before)
            self._unindexed[known.id] = post.terms

    def _keep_album(self, post_id: int, post: ReadyPost) -> None:
        if post.album:
            identity.keep_album(self._connection, self._source_id, post_id, post.messages)


def add(
    connection: sqlite3.Connection,
    source: Source,
    posts: Iterable[NewPost],
    *,
    restore: bool = False,
) -> Added:
    """Store the posts of a source: new ones, and changes of stored ones."""
    made = prepare(posts, tags.vocabulary_note(connection))
    return add_ready(connection, source, [made], restore=restore)


def add_ready(
    connection: sqlite3.Connection,
    source: Source,
    parts: Iterable[Ready],
    *,
    restore: bool = False,
) -> Added:
    """Store posts of a source that `prepare` made ready."""
    adding = Adding(connection, sources.add(connection, source), restore=restore)
    added = sum((adding.add_all(part) for part in parts), Added())
    if added.new or added.updated:
        adding.finish()
    return added


def remove(connection: sqlite3.Connection, post_id: int) -> None:
    """Remove a post with its hashtags, topics, links and index entries."""
    row = connection.execute(SEARCHED, (post_id,)).fetchone()
    if row is not None:
        index.remove_post(connection, post_id, row[0])
        connection.execute(REMOVE, (post_id,))


def count_reactions(
    connection: sqlite3.Connection,
    source: Source,
    message_id: int,
    reactions: int,
    reacted: Sequence[Reaction],
) -> None:
    """Store how many reactions a channel's post has got, and by which emoji, if it is known."""
    source_id = sources.of_channel(connection, source.channel_id, source.username)
    if source_id is not None:
        post_id = post_of_message(connection, source_id, message_id)
        connection.execute(SET_REACTIONS, (reactions, reacted_json(reacted), post_id))


def link_replies(connection: sqlite3.Connection, source_id: int, post_ids: Iterable[int]) -> None:
    """Link added posts to the posts they answer, and older replies to added posts.

    If several posts begin with a reply's snippet, the last one before the reply is taken.
    """
    connection.execute(LINK_BY_MESSAGE, {"source": source_id, "posts": json_ids(post_ids)})
    unanswered = connection.execute(UNANSWERED, (source_id, MOST_UNANSWERED)).fetchall()
    for post_id, ordinal, snippet in unanswered:
        rows = connection.execute(ANSWERED, (source_id, opening_key(snippet), ordinal, post_id))
        answered = next((id_ for id_, text in rows if begins_with(text, snippet)), None)
        if answered is not None:
            connection.execute(SET_REPLY, (answered, post_id))
