"""Which stored post a post is: the same message, else the same text, else the same damaged text.

Posts are the same by any message, else by their text, if not both of them have a message. Several
messages are one post where they are an album.
"""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz, process

from storage.database.columns import json_ids
from storage.models import Media, MediaKind
from storage.posts.copies import TOGETHER, fingerprint, opening_key
from storage.posts.rows import STORED, entities_json, entities_of, post_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from storage.database.columns import Row
    from storage.models import Entity, NewPost
    from storage.posts.prepare import ReadyPost

BY_ID = f"{STORED} WHERE id = ?"
BY_MESSAGE = f"""
{STORED} WHERE source_id = ? AND message_id IN (SELECT value FROM json_each(?))
ORDER BY message_id LIMIT 1
"""  # noqa: S608 - the names of columns, no values
BY_TEXT = f"""
{STORED} WHERE source_id = ? AND opening IS ? AND fingerprint = ? ORDER BY id LIMIT 1
"""
UNNUMBERED_BY_TEXT = f"""
{STORED} WHERE source_id = ? AND fingerprint = ? AND message_id IS NULL ORDER BY id LIMIT 1
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
WITH wanted (opening, fingerprint) AS (VALUES {", ".join(["(?, ?)"] * TOGETHER)})
SELECT fingerprint FROM wanted WHERE EXISTS (
    SELECT 1 FROM posts
    WHERE source_id = ? AND opening IS wanted.opening AND fingerprint = wanted.fingerprint)
"""  # noqa: S608 - placeholders
HAS_UNNUMBERED = "SELECT 1 FROM posts WHERE source_id = ? AND message_id IS NULL LIMIT 1"
UNNUMBERED_TEXTS = f"""
SELECT fingerprint FROM posts
WHERE source_id = ? AND message_id IS NULL AND fingerprint IN ({", ".join("?" * TOGETHER)})
"""  # noqa: S608 - placeholders
BETWEEN_CAPTIONS = "\n\n"
LEAST_LIKE = 60
"""Of 100: how much an edited caption must have in common with the one in whose place it comes."""

POST_OF_MESSAGES = """
SELECT post_id FROM album_messages
WHERE source_id = ? AND message_id IN (SELECT value FROM json_each(?)) AND post_id IS NOT NULL
LIMIT 1
"""
ALBUM_OF_POST = "SELECT message_id FROM album_messages WHERE post_id = ? ORDER BY message_id"
ADD_TO_ALBUM = """
INSERT INTO album_messages (source_id, message_id, post_id) VALUES (?, ?, ?)
ON CONFLICT (source_id, message_id) DO UPDATE SET post_id = excluded.post_id
"""
ADD_TO_GROUP = """
INSERT INTO album_messages
    (source_id, message_id, media_group, caption, entities, media_kind, media_names)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source_id, message_id) DO UPDATE SET
    media_group = excluded.media_group, caption = excluded.caption,
    entities = excluded.entities, media_kind = excluded.media_kind,
    media_names = excluded.media_names
"""
MEDIA_GROUP = """
SELECT message_id, caption, media_kind, media_names, entities FROM album_messages
WHERE source_id = ? AND media_group = ? ORDER BY message_id
"""


class Stored(NamedTuple):
    """A stored post: its id, and the post as it was handed in."""

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
        # The fingerprints of all posts, and of those that have no message.
        self._texts: set[bytes] = set()
        self._unnumbered: set[bytes] = set()
        found = connection.execute(HAS_UNNUMBERED, (source_id,))
        self._are_numbered = found.fetchone() is None

    def expect(self, posts: Sequence[ReadyPost]) -> None:
        """Read which keys of some posts, at most `TOGETHER`, are stored."""
        messages = [post.messages for post in posts]
        ids = json_ids(chain.from_iterable(messages))
        wanted = {"source": self._source_id, "messages": ids}
        found = self._connection.execute(MESSAGES, wanted)
        self._messages.update(message for (message,) in found)
        rest = [None] * (TOGETHER - len(posts))
        if not self._are_numbered:
            texts = (self._source_id, *(post.fingerprint for post in posts), *rest)
            unnumbered = self._connection.execute(UNNUMBERED_TEXTS, texts)
            self._unnumbered.update(text for (text,) in unnumbered)
        if not all(messages):
            keys = chain.from_iterable((post.opening, post.fingerprint) for post in posts)
            asked = (*keys, *rest, *rest, self._source_id)
            self._texts.update(text for (text,) in self._connection.execute(TEXTS, asked))

    def may_hold(self, post: ReadyPost) -> bool:
        """Tell whether a post, expected before, may be stored already; False is certain."""
        messages = post.messages
        if post.is_repaired or not self._messages.isdisjoint(messages):
            return True
        return post.fingerprint in (self._unnumbered if messages else self._texts)

    def note(self, post: ReadyPost) -> None:
        """Add the keys of a post that is being stored."""
        messages = post.messages
        self._messages.update(messages)
        self._texts.add(post.fingerprint)
        if not messages:
            self._unnumbered.add(post.fingerprint)


def find(connection: sqlite3.Connection, source_id: int, post: NewPost) -> Stored | None:
    """Return the stored form of a post: by message, else by text, else by damaged text."""
    row = _by_message(connection, source_id, post)
    if row is None and post.text.strip():
        row = _by_text(connection, source_id, post)
    if row is None and post.original_text is not None:
        row = connection.execute(BY_ORIGINAL, (source_id, post.original_text)).fetchone()
    if row is None:
        return None
    return Stored(row[0], post_of(row[1:], album_of(connection, row[0])))


def _by_message(connection: sqlite3.Connection, source_id: int, post: NewPost) -> Row | None:
    if post.message_id is None:
        return None
    ids = (post.message_id, *post.album)
    row: Row | None
    row = connection.execute(BY_MESSAGE, (source_id, json.dumps(ids))).fetchone()
    if row is not None:
        return row
    post_id = post_of_messages(connection, source_id, ids)
    row = connection.execute(BY_ID, (post_id,)).fetchone()
    return row


def _by_text(connection: sqlite3.Connection, source_id: int, post: NewPost) -> Row | None:
    key = fingerprint(post.text)
    row: Row | None
    if post.message_id is None:
        values = (source_id, opening_key(post.text), key)
        row = connection.execute(BY_TEXT, values).fetchone()
    else:
        row = connection.execute(UNNUMBERED_BY_TEXT, (source_id, key)).fetchone()
    return row


def post_of_message(connection: sqlite3.Connection, source_id: int, message_id: int) -> int | None:
    """Return the id of the post that a message is, or is a part of."""
    row = connection.execute(BY_MESSAGE, (source_id, json.dumps([message_id]))).fetchone()
    return row[0] if row else post_of_messages(connection, source_id, [message_id])


def post_of_messages(
    connection: sqlite3.Connection, source_id: int, message_ids: Iterable[int]
) -> int | None:
    """Return the id of the post that one of the messages belongs to."""
    key = (source_id, json.dumps(list(message_ids)))
    row = connection.execute(POST_OF_MESSAGES, key).fetchone()
    return None if row is None else int(row[0])


def album_of(connection: sqlite3.Connection, post_id: int) -> tuple[int, ...]:
    """Return the ids of all messages of a post that is an album; none if it is no album."""
    return tuple(message_id for (message_id,) in connection.execute(ALBUM_OF_POST, (post_id,)))


def keep_album(
    connection: sqlite3.Connection, source_id: int, post_id: int, message_ids: Sequence[int]
) -> None:
    """Store that these messages are one post."""
    connection.executemany(
        ADD_TO_ALBUM, ((source_id, message_id, post_id) for message_id in message_ids)
    )


def join_album(connection: sqlite3.Connection, source_id: int, post: NewPost) -> NewPost:
    """Store a message of a media group; returns the album of all its messages so far."""
    kind, names = (post.media.kind, post.media.names) if post.media else (None, ())
    said = (post.text, entities_json(post.entities))
    values = (source_id, post.message_id, post.media_group, *said, kind, json.dumps(names))
    connection.execute(ADD_TO_GROUP, values)
    rows = connection.execute(MEDIA_GROUP, (source_id, post.media_group)).fetchall()
    first, *others = (row[0] for row in rows)
    return replace(
        post,
        message_id=first,
        album=tuple(others),
        text=BETWEEN_CAPTIONS.join(row[1] for row in rows if row[1].strip()),
        entities=tuple(_entities(rows)),
        media=_media(rows),
        media_group=None,
    )


def has_more_messages(known: NewPost, post: NewPost) -> bool:
    """Tell whether a stored album has messages that a live copy of it lacks.

    That is the case when an imported album is edited: Telegram sends only the edited message.
    """
    messages = {*post.album, post.message_id}
    return bool(known.album) and not {*known.album, known.message_id} <= messages


def with_edited_message(known: NewPost, part: NewPost) -> NewPost:
    """Return a stored album with one of its messages edited.

    The archive does not keep which caption belongs to which message. So the edited caption replaces
    the part of the album's text that is most similar to it, or all of it if no part is.
    """
    before, behind = _surroundings(known.text, part.text) if part.text.strip() else (known.text, "")
    moved = len(before) + len(part.text) + len(behind) - len(known.text)
    return replace(
        part,
        text=f"{before}{part.text}{behind}",
        entities=(
            *(entity for entity in known.entities if entity.offset < len(before)),
            *(replace(entity, offset=entity.offset + len(before)) for entity in part.entities),
            *(
                replace(entity, offset=entity.offset + moved)
                for entity in known.entities
                if entity.offset >= len(known.text) - len(behind)
            ),
        ),
        media=known.media,
    )


def _surroundings(text: str, caption: str) -> tuple[str, str]:
    """Return what stands before and behind the paragraphs most similar to a caption."""
    parts = text.split(BETWEEN_CAPTIONS)
    runs = [(first, last) for last in range(1, len(parts) + 1) for first in range(last)]
    said = [BETWEEN_CAPTIONS.join(parts[first:last]) for first, last in runs]
    best = process.extractOne(caption, said, scorer=fuzz.ratio, score_cutoff=LEAST_LIKE)
    first, last = runs[best[2]] if best else (0, len(parts))
    before = "".join(f"{part}{BETWEEN_CAPTIONS}" for part in parts[:first])
    return before, "".join(f"{BETWEEN_CAPTIONS}{part}" for part in parts[last:])


def _entities(rows: Iterable[Sequence[Any]]) -> Iterator[Entity]:
    """Return the entities of an album's captions, their offsets counted in the album's text."""
    before = 0
    for _, caption, _, _, entities in rows:
        if caption.strip():
            for entity in entities_of(entities):
                yield replace(entity, offset=before + entity.offset)
            before += len(caption) + len(BETWEEN_CAPTIONS)


def _media(rows: Iterable[Sequence[Any]]) -> Media | None:
    """Return the media of an album, of the kind of its first, with all names in their order."""
    held = [(kind, json.loads(names or "[]")) for _, _, kind, names, _ in rows if kind is not None]
    if not held:
        return None
    names = tuple(name for _, of_message in held for name in of_message)
    return Media(kind=MediaKind(held[0][0]), names=names)
