"""Sources and posts: storing them without doubles, reading them back whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from storage import links, tags
from storage.errors import PostNotFound
from storage.models import Added, NewPost, Origin, Post, ReplyTo, Source, SourceKind, SourceStats
from storage.search import index
from storage.text.fingerprints import fingerprint, opening
from storage.text.titles import title_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

SHORTEST_SNIPPET = 12  # characters; a shorter one is the opening of too many posts
ELLIPSES = ("…", "...")  # a snippet that ends so was cut
HIGHEST_CHARACTER = "\U0010ffff"

SOURCE_COLUMNS = "title, kind, username, about, subscribers, photos, videos, files, links"
ADD_SOURCE = f"""
INSERT INTO sources ({SOURCE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (title) DO UPDATE SET
    username = coalesce(excluded.username, username),
    about = coalesce(excluded.about, about),
    subscribers = coalesce(excluded.subscribers, subscribers),
    photos = coalesce(excluded.photos, photos),
    videos = coalesce(excluded.videos, videos),
    files = coalesce(excluded.files, files),
    links = coalesce(excluded.links, links)
"""  # noqa: S608 - the names of columns, no values
SOURCE_ID = "SELECT id FROM sources WHERE title = ?"

STORED_COLUMNS = """text, message_id, date, ordinal, forwarded_from, reply_snippet, reactions,
original_text, document, first_line, last_line"""
BY_MESSAGE = f"""
SELECT id, {STORED_COLUMNS} FROM posts WHERE source_id = ? AND message_id = ?
"""  # noqa: S608
BY_FINGERPRINT = f"""
SELECT id, {STORED_COLUMNS} FROM posts
WHERE source_id = ? AND fingerprint = ? AND (message_id IS NULL OR ? IS NULL)
ORDER BY id LIMIT 1
"""  # noqa: S608
BY_ORIGINAL = f"""
SELECT id, {STORED_COLUMNS} FROM posts
WHERE source_id = ? AND original_text IS NOT NULL AND original_text = ?
"""  # noqa: S608
INSERT = f"""
INSERT INTO posts (source_id, fingerprint, opening, {STORED_COLUMNS})
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608
UPDATE = """
UPDATE posts SET fingerprint = ?, opening = ?, text = ?, message_id = ?, date = ?, ordinal = ?,
    forwarded_from = ?, reply_snippet = ?, reactions = ?, original_text = ?, document = ?,
    first_line = ?, last_line = ?
WHERE id = ?
"""

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

POST_COLUMNS = """p.id, s.title, s.username, p.text, p.message_id, p.date, p.forwarded_from,
p.reply_snippet, p.reply_post_id, p.reactions, p.document, p.first_line, p.last_line,
p.original_text"""
GET = f"""
SELECT {POST_COLUMNS} FROM posts p JOIN sources s ON s.id = p.source_id WHERE p.id = ?
"""  # noqa: S608
NEWEST = "SELECT id FROM posts ORDER BY ordinal DESC, id DESC LIMIT ? OFFSET ?"
COUNT = "SELECT count(*) FROM posts"
NTH = "SELECT id FROM posts ORDER BY id LIMIT 1 OFFSET ?"

SOURCE_STATS = f"""
SELECT {", ".join("s." + name for name in SOURCE_COLUMNS.split(", "))},
    count(p.id), count(p.original_text), min(p.date), max(p.date)
FROM sources s LEFT JOIN posts p ON p.source_id = s.id
GROUP BY s.id ORDER BY count(p.id) DESC, s.title
"""  # noqa: S608


class Stored(NamedTuple):
    """A post as the table has it: its id, and what was handed in."""

    id: int
    post: NewPost


def add(connection: sqlite3.Connection, source: Source, posts: Iterable[NewPost]) -> Added:
    """Store the posts of a source: the new ones, and those known that differ."""
    source_id = _add_source(connection, source)
    added = Added()
    for post in posts:
        added += _add_one(connection, source_id, post)
    if added.new or added.updated:
        _link_replies(connection, source_id)
    return added


def _add_source(connection: sqlite3.Connection, source: Source) -> int:
    connection.execute(
        ADD_SOURCE,
        (
            source.title,
            source.kind,
            source.username,
            source.about,
            source.subscribers,
            source.photos,
            source.videos,
            source.files,
            source.links,
        ),
    )
    return int(connection.execute(SOURCE_ID, (source.title,)).fetchone()[0])


def _add_one(connection: sqlite3.Connection, source_id: int, post: NewPost) -> Added:
    known = _find(connection, source_id, post)
    if known is None:
        _insert(connection, source_id, post)
        return Added(new=1)
    merged = merge(known.post, post)
    if merged == known.post:
        return Added(unchanged=1)
    _update(connection, known, merged)
    return Added(updated=1)


def _find(connection: sqlite3.Connection, source_id: int, post: NewPost) -> Stored | None:
    """Return the stored form of a post: by message id, else by text, else by damaged text."""
    row = None
    if post.message_id is not None:
        row = connection.execute(BY_MESSAGE, (source_id, post.message_id)).fetchone()
    if row is None and post.text.strip():
        key = fingerprint(post.text)
        row = connection.execute(BY_FINGERPRINT, (source_id, key, post.message_id)).fetchone()
    if row is None and post.original_text is not None:
        row = connection.execute(BY_ORIGINAL, (source_id, post.original_text)).fetchone()
    return None if row is None else Stored(row[0], _new_post(row[1:]))


def merge(known: NewPost, post: NewPost) -> NewPost:
    """Return a stored post as it should be after it has been met again.

    What is known is never lost to a poorer copy, and a second document holding the same post
    leaves it where it was: so loading twice, in any order, changes nothing.
    """
    same_text = fingerprint(known.text) == fingerprint(post.text)
    same_place = post.date is not None or _document(post) == _document(known)
    same_message = post.message_id is not None and post.message_id == known.message_id
    return NewPost(
        text=known.text if same_text else post.text,
        message_id=post.message_id if post.message_id is not None else known.message_id,
        date=post.date or known.date,
        ordinal=post.ordinal if same_place else known.ordinal,
        forwarded_from=post.forwarded_from or known.forwarded_from,
        reply_snippet=post.reply_snippet or known.reply_snippet,
        reactions=post.reactions if same_message else max(post.reactions, known.reactions),
        original_text=known.original_text if same_text else post.original_text,
        origin=post.origin if same_place and post.origin else known.origin,
    )


def _document(post: NewPost) -> str | None:
    return post.origin.document if post.origin else None


def _insert(connection: sqlite3.Connection, source_id: int, post: NewPost) -> None:
    keys = (fingerprint(post.text), opening(post.text))
    cursor = connection.execute(INSERT, (source_id, *keys, *_values(post)))
    if cursor.lastrowid is not None:
        _derive(connection, cursor.lastrowid, post.text)


def _update(connection: sqlite3.Connection, known: Stored, post: NewPost) -> None:
    keys = (fingerprint(post.text), opening(post.text))
    connection.execute(UPDATE, (*keys, *_values(post), known.id))
    if post.text != known.post.text:
        index.remove_post(connection, known.id, known.post.text)
        _derive(connection, known.id, post.text)


def _derive(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Store what follows from a text: its tags, its links, its place in the index."""
    tags.replace(connection, post_id, text)
    links.replace(connection, post_id, text)
    index.add_post(connection, post_id, text)


def _values(post: NewPost) -> tuple[object, ...]:
    origin = post.origin
    return (
        post.text,
        post.message_id,
        None if post.date is None else int(post.date.timestamp()),
        post.ordinal,
        post.forwarded_from,
        post.reply_snippet,
        post.reactions,
        post.original_text,
        *((origin.document, origin.first_line, origin.last_line) if origin else (None,) * 3),
    )


def _new_post(row: Sequence[Any]) -> NewPost:
    names = ("text", "message_id", "date", "ordinal", "forwarded_from", "reply_snippet")
    fields = dict(zip((*names, "reactions", "original_text"), row, strict=False))
    fields["date"] = _date(fields["date"])
    return NewPost(**fields, origin=_origin(row[8:]))


def _date(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def _origin(row: Sequence[Any]) -> Origin | None:
    document, first_line, last_line = row
    if document is None:
        return None
    return Origin(document=document, first_line=first_line, last_line=last_line)


def _link_replies(connection: sqlite3.Connection, source_id: int) -> None:
    """Link replies to the posts they answer: the latest earlier one that begins as the snippet."""
    for post_id, ordinal, snippet in connection.execute(UNANSWERED, (source_id,)).fetchall():
        if len(snippet) < SHORTEST_SNIPPET:
            continue
        begun = opening(snippet)
        furthest = begun + HIGHEST_CHARACTER if snippet.endswith(ELLIPSES) else begun
        key = (source_id, begun, furthest, ordinal, post_id)
        answered = connection.execute(ANSWERED, key).fetchone()
        if answered:
            connection.execute(SET_REPLY, (answered[0], post_id))


def get(connection: sqlite3.Connection, post_id: int) -> Post:
    """Return one post. Raises PostNotFound."""
    row = connection.execute(GET, (post_id,)).fetchone()
    if row is None:
        raise PostNotFound(post_id)
    post = _post(row)
    return replace(
        post, tags=tags.of_post(connection, post.id), links=links.of_post(connection, post.id)
    )


def _post(row: Sequence[Any]) -> Post:
    (id_, source, username, text, message_id, date, forwarded, snippet, reply_id, reactions) = row[
        :10
    ]
    return Post(
        id=id_,
        source=source,
        title=title_of(text),
        text=text,
        message_id=message_id,
        date=_date(date),
        forwarded_from=forwarded,
        reply_to=None if snippet is None else ReplyTo(snippet=snippet, post_id=reply_id),
        reactions=reactions,
        url=_permalink(username, message_id),
        origin=_origin(row[10:13]),
        original_text=row[13],
    )


def _permalink(username: object, message_id: object) -> str | None:
    return f"https://t.me/{username}/{message_id}" if username and message_id else None


def newest(connection: sqlite3.Connection, limit: int, offset: int) -> tuple[Post, ...]:
    """Return some posts, newest first."""
    rows = connection.execute(NEWEST, (limit, offset)).fetchall()
    return tuple(get(connection, post_id) for (post_id,) in rows)


def count(connection: sqlite3.Connection) -> int:
    """Return how many posts there are."""
    return int(connection.execute(COUNT).fetchone()[0])


def nth(connection: sqlite3.Connection, position: int) -> Post:
    """Return the post at a position in the order of ids, from 0."""
    return get(connection, connection.execute(NTH, (position,)).fetchone()[0])


def stats(connection: sqlite3.Connection) -> tuple[SourceStats, ...]:
    """Return what is held of each source, the largest first."""
    return tuple(_source_stats(row) for row in connection.execute(SOURCE_STATS))


def _source_stats(row: Sequence[Any]) -> SourceStats:
    fields = dict(zip(SOURCE_COLUMNS.split(", "), row, strict=False))
    fields["kind"] = SourceKind(fields["kind"])
    posts, repaired, first, last = row[-4:]
    return SourceStats(
        source=Source(**fields),
        posts=posts,
        repaired=repaired,
        first_date=_date(first),
        last_date=_date(last),
    )
