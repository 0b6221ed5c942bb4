"""Posts on their way in: each stored once, whichever way and however often it comes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from storage import albums, links, sources, tags, topics
from storage.dates import date_of, seconds_of
from storage.merging import merge
from storage.models import Added, Media, MediaKind, NewPost, Origin, Received, Source
from storage.search import index
from storage.text.fingerprints import fingerprint, opening

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

SHORTEST_SNIPPET = 12  # characters; a shorter one is the opening of too many posts
ELLIPSES = ("…", "...")  # a snippet that ends so was cut
HIGHEST_CHARACTER = "\U0010ffff"

COLUMNS = """text, message_id, date, edited, ordinal, forwarded_from, reply_to, reply_snippet,
reactions, views, hidden_urls, media_kind, media_names, original_text, document, first_line,
last_line"""
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
INSERT = f"""
INSERT INTO posts (source_id, fingerprint, opening, {COLUMNS})
VALUES (?, ?, ?{", ?" * len(COLUMNS.split(","))})
"""  # noqa: S608
UPDATE = f"""
UPDATE posts SET fingerprint = ?, opening = ?, {" = ?, ".join(COLUMNS.split(","))} = ?
WHERE id = ?
"""  # noqa: S608
REMOVE = "DELETE FROM posts WHERE id = ?"
TEXT = "SELECT text FROM posts WHERE id = ?"
SET_REACTIONS = "UPDATE posts SET reactions = ? WHERE id = ?"

UNANSWERED = """
SELECT id, ordinal, reply_snippet FROM posts
WHERE source_id = ? AND reply_snippet IS NOT NULL AND reply_post_id IS NULL
"""
ANSWERED = """
SELECT id FROM posts
WHERE source_id = ? AND opening BETWEEN ? AND ? AND (ordinal, id) < (?, ?)
ORDER BY ordinal DESC, id DESC LIMIT 1
"""
SET_REPLY = "UPDATE posts SET reply_post_id = ? WHERE id = ?"
LINK_BY_MESSAGE = """
UPDATE posts SET reply_post_id = coalesce(
    (SELECT id FROM posts a WHERE a.source_id = posts.source_id AND a.message_id = posts.reply_to),
    (SELECT post_id FROM album_messages m
        WHERE m.source_id = posts.source_id AND m.message_id = posts.reply_to))
WHERE source_id = ? AND reply_to IS NOT NULL AND reply_post_id IS NULL
"""


class Stored(NamedTuple):
    """A post as the table has it: its id, and what was handed in."""

    id: int
    post: NewPost


class Adding:
    """Posts of one source being added within one transaction.

    The new ones are indexed together at the end, which is several times faster.
    """

    def __init__(self, connection: sqlite3.Connection, source_id: int) -> None:
        self._connection = connection
        self._source_id = source_id
        self._unindexed: dict[int, str] = {}

    def add(self, post: NewPost) -> tuple[int, Added]:
        """Store a post, or what is new about a known one; returns its id."""
        known = find(self._connection, self._source_id, post)
        if known is None:
            return self._insert(post), Added(new=1)
        merged = merge(known.post, post)
        if merged == known.post:
            return known.id, Added(unchanged=1)
        self._update(known, merged)
        return known.id, Added(updated=1)

    def finish(self) -> None:
        """Index what is new and link the replies, old ones too, whose answered posts are here."""
        index.add_posts(self._connection, self._unindexed.items())
        self._unindexed.clear()
        _link_replies(self._connection, self._source_id)

    def _insert(self, post: NewPost) -> int:
        keys = (fingerprint(post.text), opening(post.text))
        cursor = self._connection.execute(INSERT, (self._source_id, *keys, *_values(post)))
        post_id = int(cursor.lastrowid or 0)
        self._derive(post_id, post)
        self._unindexed[post_id] = post.text
        return post_id

    def _update(self, known: Stored, post: NewPost) -> None:
        keys = (fingerprint(post.text), opening(post.text))
        self._connection.execute(UPDATE, (*keys, *_values(post), known.id))
        self._derive(known.id, post)
        if post.text != known.post.text:
            if known.id not in self._unindexed:
                index.remove_post(self._connection, known.id, known.post.text)
            self._unindexed[known.id] = post.text

    def _derive(self, post_id: int, post: NewPost) -> None:
        """Store what follows from a post: its tags, topics and links, the messages of an album."""
        tags.replace(self._connection, post_id, post.text)
        topics.replace(self._connection, post_id, post.text)
        links.replace(self._connection, post_id, post.text, post.hidden_urls)
        if post.album and post.message_id is not None:
            messages = (post.message_id, *post.album)
            albums.keep(self._connection, self._source_id, post_id, messages)


def add(connection: sqlite3.Connection, source: Source, posts: Iterable[NewPost]) -> Added:
    """Store the posts of a source: the new ones, and those known that differ."""
    adding = Adding(connection, sources.add(connection, source))
    added = Added()
    for post in posts:
        added += adding.add(post)[1]
    if added.new or added.updated:
        adding.finish()
    return added


def receive(connection: sqlite3.Connection, source: Source, post: NewPost, now: int) -> Received:
    """Store a post as its channel sends or edits it; one left without any text is removed."""
    source_id = sources.add(connection, source)
    sources.heard(connection, source_id, source.title, None if post.edited else now)
    post = _whole_album(connection, source_id, post)
    known = find(connection, source_id, post)
    if not post.text.strip():
        if known is not None:
            forget(connection, known.id)
        return Received()
    if known is not None:  # what is not told of a post when it is sent
        post = replace(post, reactions=known.post.reactions)
    adding = Adding(connection, source_id)
    post_id, added = adding.add(post)
    adding.finish()
    return Received(post_id=post_id, new=bool(added.new))


def _whole_album(connection: sqlite3.Connection, source_id: int, post: NewPost) -> NewPost:
    """Return the album that a live message belongs to, as far as it has come."""
    if post.media_group is None or post.message_id is None:
        return post
    ids, captions = albums.join(connection, source_id, post.media_group, post.message_id, post.text)
    return replace(post, message_id=ids[0], album=ids[1:], text=captions, media_group=None)


def forget(connection: sqlite3.Connection, post_id: int) -> None:
    """Remove a post and all that follows from it."""
    row = connection.execute(TEXT, (post_id,)).fetchone()
    if row is not None:
        index.remove_post(connection, post_id, row[0])
        connection.execute(REMOVE, (post_id,))


def count_reactions(
    connection: sqlite3.Connection, source_id: int, message_id: int, reactions: int
) -> None:
    """Store how many reactions a post has got."""
    post_id = post_of_message(connection, source_id, message_id)
    connection.execute(SET_REACTIONS, (reactions, post_id))


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
    return Stored(row[0], _new_post(row[1:], albums.of_post(connection, row[0])))


def _by_message(
    connection: sqlite3.Connection, source_id: int, post: NewPost
) -> Sequence[Any] | None:
    if post.message_id is None:
        return None
    ids = (post.message_id, *post.album)
    row: Sequence[Any] | None
    row = connection.execute(BY_MESSAGE, (source_id, json.dumps(ids))).fetchone()
    if row is not None:
        return row
    post_id = albums.post_of(connection, source_id, ids)
    row = connection.execute(BY_ID, (post_id,)).fetchone()
    return row


def _values(post: NewPost) -> tuple[object, ...]:
    origin = post.origin
    return (
        post.text,
        post.message_id,
        seconds_of(post.date),
        seconds_of(post.edited),
        post.ordinal,
        post.forwarded_from,
        post.reply_to,
        post.reply_snippet,
        post.reactions,
        post.views,
        _json_list(post.hidden_urls),
        post.media.kind if post.media else None,
        _json_list(post.media.names) if post.media else None,
        post.original_text,
        *((origin.document, origin.first_line, origin.last_line) if origin else (None,) * 3),
    )


def _new_post(row: Sequence[Any], messages: Sequence[int]) -> NewPost:
    fields = dict(zip(COLUMNS.replace("\n", " ").split(", "), row, strict=True))
    origin = [fields.pop(name) for name in ("document", "first_line", "last_line")]
    kind, names = fields.pop("media_kind"), fields.pop("media_names")
    fields["date"] = date_of(fields["date"])
    fields["edited"] = date_of(fields["edited"])
    fields["hidden_urls"] = _tuple(fields["hidden_urls"])
    return NewPost(
        **fields,
        album=tuple(id_ for id_ in messages if id_ != fields["message_id"]),
        media=media_of(kind, names),
        origin=origin_of(origin),
    )


def media_of(kind: str | None, names: str | None) -> Media | None:
    """Return the media whose columns these are."""
    return None if kind is None else Media(kind=MediaKind(kind), names=_tuple(names))


def origin_of(row: Sequence[Any]) -> Origin | None:
    """Return the origin whose columns these are."""
    document, first_line, last_line = row
    if document is None:
        return None
    return Origin(document=document, first_line=first_line, last_line=last_line)


def _json_list(values: Sequence[str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _tuple(values: str | None) -> tuple[str, ...]:
    return () if values is None else tuple(json.loads(values))


def _link_replies(connection: sqlite3.Connection, source_id: int) -> None:
    """Link replies to the posts they answer: by message, or by a snippet of the latest earlier."""
    connection.execute(LINK_BY_MESSAGE, (source_id,))
    for post_id, ordinal, snippet in connection.execute(UNANSWERED, (source_id,)).fetchall():
        if len(snippet) < SHORTEST_SNIPPET:
            continue
        begun = opening(snippet)
        furthest = begun + HIGHEST_CHARACTER if snippet.endswith(ELLIPSES) else begun
        key = (source_id, begun, furthest, ordinal, post_id)
        answered = connection.execute(ANSWERED, key).fetchone()
        if answered:
            connection.execute(SET_REPLY, (answered[0], post_id))
