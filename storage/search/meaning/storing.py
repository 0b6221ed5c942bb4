"""The SQL of vectors: which posts have none yet, and what is stored of those that do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from storage.database import columns
from storage.database.columns import json_ids

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from storage.models import Span

AT_ONCE = 10_000  # rows in memory as Python objects

MODEL: Final = "meaning_model"  # of the notes about the archive

DROP_ALL = ("DELETE FROM meaning_vectors", "DELETE FROM meaning_parts")
ALL_PENDING = "INSERT OR IGNORE INTO meaning_pending SELECT id FROM posts"
NEW_PENDING = "INSERT OR IGNORE INTO meaning_pending SELECT value FROM json_each(?)"
# The newest first: they are asked for most, and a post that has just come is one of them.
PENDING = """
SELECT posts.id, searched FROM meaning_pending CROSS JOIN posts ON posts.id = post_id
ORDER BY post_id DESC LIMIT ?
"""
LEFT = "SELECT count(*) FROM meaning_pending"
IS_PENDING = """
SELECT 1 FROM meaning_pending JOIN posts ON posts.id = post_id WHERE post_id = ? AND searched = ?
"""
DROP = "DELETE FROM meaning_parts WHERE post_id = ?"
ADD_PART = """
INSERT INTO meaning_parts (post_id, first, last, korean, bits) VALUES (?, ?, ?, ?, ?)
"""
ADD_VECTOR = "INSERT INTO meaning_vectors (part_id, vector) VALUES (?, ?)"
DONE = "DELETE FROM meaning_pending WHERE post_id = ?"
BITS = "SELECT id, bits FROM meaning_parts WHERE id > ? ORDER BY id"
# An edited post says something else now, until its new parts are there.
PARTS = """
SELECT post_id, first, last, korean, vector FROM json_each(?)
CROSS JOIN meaning_parts ON meaning_parts.id = value
CROSS JOIN meaning_vectors ON part_id = value
WHERE post_id NOT IN (SELECT post_id FROM meaning_pending)
"""
OF_POSTS = """
SELECT post_id, first, last, korean, vector FROM json_each(?)
CROSS JOIN meaning_parts ON post_id = value
CROSS JOIN meaning_vectors ON part_id = meaning_parts.id
WHERE post_id NOT IN (SELECT post_id FROM meaning_pending)
"""


class NewPart(NamedTuple):
    """A part of a post with its vector, packed both ways."""

    span: Span
    korean: bool
    bits: bytes
    vector: bytes


NewParts: TypeAlias = "tuple[int, str, Sequence[NewPart]]"
"""A post, by its id, the text that was read of it, and its parts."""


class Part(NamedTuple):
    """A part as it is stored; `first` and `last` are offsets into what is searched of its post."""

    post_id: int
    first: int
    last: int
    korean: bool
    vector: bytes


def prepare(connection: sqlite3.Connection, model: str) -> None:
    """Let vectors be of this model: if there are some of another, all are to be made anew."""
    if columns.get_note(connection, MODEL) == model:
        return
    for statement in DROP_ALL:
        connection.execute(statement)
    connection.execute(ALL_PENDING)
    columns.put_note(connection, MODEL, model)


def expect(connection: sqlite3.Connection, post_ids: Iterable[int]) -> None:
    """Note that vectors of new posts are to be made; of edited ones, a trigger does so."""
    connection.execute(NEW_PENDING, (json_ids(post_ids),))


def left(connection: sqlite3.Connection) -> int:
    """Return how many posts have no vectors yet."""
    return int(connection.execute(LEFT).fetchone()[0])


def pending(connection: sqlite3.Connection, count: int) -> list[tuple[int, str]]:
    """Return some posts that have no vectors yet, with their texts, the newest first."""
    return connection.execute(PENDING, (count,)).fetchall()


def store(connection: sqlite3.Connection, posts: Iterable[NewParts]) -> None:
    """Store the parts of posts, unless a post was changed or removed since its text was read."""
    for post_id, text, parts in posts:
        if connection.execute(IS_PENDING, (post_id, text)).fetchone():
            _store(connection, post_id, parts)


def _store(connection: sqlite3.Connection, post_id: int, parts: Sequence[NewPart]) -> None:
    connection.execute(DROP, (post_id,))
    for part in parts:
        values = (post_id, part.span.start, part.span.end, part.korean, part.bits)
        part_id = connection.execute(ADD_PART, values).lastrowid
        connection.execute(ADD_VECTOR, (part_id, part.vector))
    connection.execute(DONE, (post_id,))


def bits_after(connection: sqlite3.Connection, part_id: int) -> Iterator[list[tuple[int, bytes]]]:
    """Yield the parts that were added after one, with their bits, many at a time."""
    cursor = connection.execute(BITS, (part_id,))
    while rows := cursor.fetchmany(AT_ONCE):
        yield rows


def parts(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Part]:
    """Return parts by their ids; those gone or edited are left out."""
    return [*map(Part._make, connection.execute(PARTS, (json_ids(ids),)))]


def parts_of_posts(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Part]:
    """Return all parts of some posts, but for those that were edited."""
    return [*map(Part._make, connection.execute(OF_POSTS, (json_ids(ids),)))]
