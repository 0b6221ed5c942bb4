"""Posts on their way in: each stored once, whichever way and however often it comes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from storage import albums, links, replies, sources, tags, topics, watches
from storage.forgotten import Forgotten
from storage.known import Known
from storage.merging import merge
from storage.models import Added, NewPost, Received, Source
from storage.preparing import prepare, ready
from storage.rows import COLUMNS, details_of, post_of, reacted_json, searched
from storage.search import index
from storage.text.fingerprints import TOGETHER, fingerprint, opening_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from storage.database.columns import Row
    from storage.models import Reaction
    from storage.preparing import Ready, ReadyPost

STORED = f"SELECT id, {COLUMNS} FROM posts WHERE"  # noqa: S608 - the names of columns
BY_ID = f"{STORED} id = ?"
BY_MESSAGE = f"""
{STORED} source_id = ? AND message_id IN (SELECT value FROM json_each(?))
ORDER BY message_id LIMIT 1
"""  # noqa: S608 - the names of columns, no values
BY_FINGERPRINT = f"""
{STORED} source_id = ? AND fingerprint = ? AND (message_id IS NULL OR ? IS NULL)
ORDER BY id LIMIT 1
"""
BY_ORIGINAL = f"{STORED} source_id = ? AND original_text IS NOT NULL AND original_text = ?"
# AUTOINCREMENT keeps count, so that no id is given twice.
LAST_ID = "SELECT seq FROM sqlite_sequence WHERE name = 'posts'"
INSERT = f"""
INSERT INTO posts (id, source_id, fingerprint, opening, details, {COLUMNS})
VALUES (?, ?, ?, ?, ?{", ?" * len(COLUMNS.split(","))})
"""  # noqa: S608
UPDATE = f"""
UPDATE posts SET fingerprint = ?, opening = ?, details = ?, {" = ?, ".join(COLUMNS.split(","))} = ?
WHERE id = ?
"""  # noqa: S608
REMOVE = "DELETE FROM posts WHERE id = ?"
SEARCHED = "SELECT searched FROM posts WHERE id = ?"
SET_REACTIONS = "UPDATE posts SET reactions = ?, reacted = ? WHERE id = ?"


Outcome: TypeAlias = Literal["new", "updated", "unchanged", "forgotten"]
"""What became of a post: a field of Added."""


class Stored(NamedTuple):
    """A post as the table has it: its id, and what was handed in."""

    id: int
    post: NewPost


class Adding:
    """Posts of one source being added within one transaction.

    What is new is stored together with what follows from it, which is several times faster than
    one by one. Posts that were forgotten stay out, unless asked to (`restore`).
    """

    def __init__(
        self, connection: sqlite3.Connection, source_id: int, *, restore: bool = False
    ) -> None:
        self._connection = connection
        self._source_id = source_id
        self._vocabulary = topics.note(connection)
        self._known = Known(connection, source_id)
        self._forgotten = Forgotten(connection, source_id)
        self._restore = restore
        self._last_id = int((connection.execute(LAST_ID).fetchone() or (0,))[0])
        self._new: dict[int, Row] = {}
        # Posts of which it is still to be stored what follows, and those of them that were known.
        self._changed: dict[int, ReadyPost] = {}
        self._replaced: set[int] = set()
        self._unindexed: dict[int, str] = {}

    def add_all(self, posts: Ready) -> Added:
        """Store some posts; what was made ready for another vocabulary is made so again."""
        made = posts.posts
        if posts.vocabulary != self._vocabulary:
            made = [ready(post.post, self._vocabulary) for post in made]
        outcomes: Counter[str] = Counter()
        for start in range(0, len(made), TOGETHER):
            some = made[start : start + TOGETHER]
            self.expect(some)
            outcomes.update(self.add(post)[1] for post in some)
        return Added(**outcomes)

    def expect(self, posts: Sequence[ReadyPost]) -> None:
        """Look up, all at once, which of some posts, `TOGETHER` at most, are known."""
        self._known.expect(posts)

    def add(self, post: ReadyPost) -> tuple[int | None, Outcome]:
        """Store an expected post, or what is new about a known one; returns its id, if let in."""
        known = self._find(post) if self._known.may_hold(post) else None
        if known is None and self._is_kept_out(post):
            return None, "forgotten"
        self._known.meet(post)
        if known is None:
            return self._insert(post), "new"
        merged = merge(known.post, post.post)
        if merged == known.post:
            return known.id, "unchanged"
        self._update(known, ready(merged, self._vocabulary))
        return known.id, "updated"

    def finish(self) -> None:
        """Store what follows, and link the replies, old ones too, whose answered posts are here."""
        self._insert_new()
        for table in (tags, topics, links):
            table.clear(self._connection, self._replaced)
        tags.store(self._connection, {id_: post.tags for id_, post in self._changed.items()})
        topics.store(self._connection, {id_: post.topics for id_, post in self._changed.items()})
        links.store(self._connection, {id_: post.links for id_, post in self._changed.items()})
        index.add_contents(self._connection, self._unindexed.items())
        replies.link(self._connection, self._source_id, self._changed)

    def _find(self, post: ReadyPost) -> Stored | None:
        self._insert_new()
        return find(self._connection, self._source_id, post.post)

    def _is_kept_out(self, post: ReadyPost) -> bool:
        if not self._forgotten:
            return False
        if self._restore:
            self._forgotten.recall(post.post)
        return self._forgotten.keeps_out(post.post)

    def _insert(self, post: ReadyPost) -> int:
        self._last_id += 1
        id_ = self._last_id
        self._new[id_] = (id_, self._source_id, *_keys(post), *post.row)
        self._changed[id_] = post
        self._unindexed[id_] = post.terms
        return id_

    def _insert_new(self) -> None:
        self._connection.executemany(INSERT, self._new.values())
        for id_ in self._new:
            self._keep_album(id_, self._changed[id_])
        self._new.clear()

    def _update(self, known: Stored, post: ReadyPost) -> None:
        values = (*_keys(post), *post.row, known.id)
        self._connection.execute(UPDATE, values)
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
        if len(post.messages) > 1:
            albums.keep(self._connection, self._source_id, post_id, post.messages)


def _keys(post: ReadyPost) -> tuple[bytes, int | None, str | None]:
    """Return what a post is known by where it has no message, by its beginning, and its details."""
    return fingerprint(post.text), opening_key(post.text), post.details


def add(
    connection: sqlite3.Connection,
    source: Source,
    posts: Iterable[NewPost],
    *,
    restore: bool = False,
) -> Added:
    """Store the posts of a source: the new ones, and those known that differ."""
    made = prepare(posts, topics.note(connection))
    return add_ready(connection, source, [made], restore=restore)


def add_ready(
    connection: sqlite3.Connection,
    source: Source,
    parts: Iterable[Ready],
    *,
    restore: bool = False,
) -> Added:
    """Store the posts of a source that were made ready before."""
    adding = Adding(connection, sources.add(connection, source), restore=restore)
    added = sum((adding.add_all(part) for part in parts), Added())
    if added.new or added.updated:
        adding.finish()
    return added


def receive(connection: sqlite3.Connection, source: Source, post: NewPost, now: int) -> Received:
    """Store a post as its channel sends or edits it; one left without any text is removed."""
    source_id = sources.add(connection, source)
    sources.heard(connection, source_id, source.title, None if post.edited else now)
    if Forgotten(connection, source_id).keeps_out(post):
        return Received()
    post = _named(_whole_album(connection, source_id, post))
    known = find(connection, source_id, post)
    if not post.text.strip():
        if known is not None:
            forget(connection, known.id)
        return Received()
    if known is not None:  # what is not told of a post when it is sent
        told = known.post
        post = replace(post, reactions=told.reactions, reacted=told.reacted)
    adding = Adding(connection, source_id)
    made = ready(post, topics.note(connection))
    adding.expect([made])
    post_id, outcome = adding.add(made)
    adding.finish()
    if post_id is not None and outcome == "new":
        watches.note(connection, post_id)
    return Received(post_id=post_id, new=outcome == "new")


def _whole_album(connection: sqlite3.Connection, source_id: int, post: NewPost) -> NewPost:
    """Return the album that a live message belongs to, as far as it has come."""
    if post.media_group is None or post.message_id is None:
        return post
    return albums.join(connection, source_id, post)


def _named(post: NewPost) -> NewPost:
    """Return a post that says something: where there is no text, its files by their names."""
    if post.text.strip() or post.media is None:
        return post
    return replace(post, text="\n".join(post.media.names))


def forget(connection: sqlite3.Connection, post_id: int) -> None:
    """Remove a post and all that follows from it."""
    row = connection.execute(SEARCHED, (post_id,)).fetchone()
    if row is not None:
        index.remove_post(connection, post_id, row[0])
        connection.execute(REMOVE, (post_id,))


def count_reactions(
    connection: sqlite3.Connection,
    source_id: int,
    message_id: int,
    reactions: int,
    reacted: Sequence[Reaction],
) -> None:
    """Store how many reactions a post has got, and by which emoji."""
    post_id = post_of_message(connection, source_id, message_id)
    connection.execute(SET_REACTIONS, (reactions, reacted_json(reacted), post_id))


def post_of_message(connection: sqlite3.Connection, source_id: int, message_id: int) -> int | None:
    """Return the id of the post that a message is, or is a part of."""
    row = connection.execute(BY_MESSAGE, (source_id, json.dumps([message_id]))).fetchone()
    return row[0] if row else albums.post_of(connection, source_id, [message_id])


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
