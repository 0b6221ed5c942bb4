"""Sources: known again by their id, their name or their title, whichever way posts come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from storage.models import Source, SourceKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

COLUMNS = """title, kind, channel_id, username, about, subscribers, photos, videos, files, links"""
KNOWN = """
SELECT id, title FROM sources WHERE channel_id = :channel_id
UNION ALL
SELECT id, title FROM sources WHERE lower(username) = lower(:username)
    AND (channel_id IS NULL OR :channel_id IS NULL)
UNION ALL
SELECT id, title FROM sources WHERE title = :title
    AND (channel_id IS NULL OR :channel_id IS NULL)
    AND (username IS NULL OR :username IS NULL OR lower(username) = lower(:username))
LIMIT 1
"""
TITLE_TAKEN = "SELECT 1 FROM sources WHERE title = ?"
INSERT = f"INSERT INTO sources ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - names of columns
UPDATE = """
UPDATE sources SET
    channel_id = coalesce(:channel_id, channel_id),
    username = coalesce(:username, username),
    about = coalesce(:about, about),
    subscribers = coalesce(:subscribers, subscribers),
    photos = coalesce(:photos, photos),
    videos = coalesce(:videos, videos),
    files = coalesce(:files, files),
    links = coalesce(:links, links)
WHERE id = :id
"""
GET = f"SELECT {COLUMNS} FROM sources WHERE id = ?"  # noqa: S608 - names of columns
SET_LIVE = "UPDATE sources SET live_at = coalesce(?, live_at) WHERE id = ?"
RENAME = "UPDATE OR IGNORE sources SET title = ? WHERE id = ?"  # titles are unique
COUNT = """
SELECT count(*) FROM sources WHERE EXISTS (SELECT 1 FROM posts WHERE source_id = sources.id)
"""
ID_OF_NAME = """
SELECT channel_id FROM sources WHERE lower(username) = lower(?) AND channel_id IS NOT NULL LIMIT 1
"""
NAMED = f"""
SELECT {COLUMNS} FROM sources WHERE lower(username) = lower(?)
ORDER BY live_at IS NULL, id LIMIT 1
"""  # noqa: S608 - names of columns
OF_CHANNEL = """
SELECT id FROM sources WHERE channel_id = :channel_id OR lower(username) = lower(:username) LIMIT 1
"""


def count(connection: sqlite3.Connection) -> int:
    """Return how many sources the posts come from."""
    return int(connection.execute(COUNT).fetchone()[0])


def add(connection: sqlite3.Connection, source: Source) -> int:
    """Store a source, or what is new about one that is known; returns its id.

    The title stays the first one, because people look for the source by that.
    """
    key = {"channel_id": source.channel_id, "username": source.username, "title": source.title}
    known = connection.execute(KNOWN, key).fetchone()
    if known is not None:
        connection.execute(UPDATE, {**_values(source), "id": known[0]})
        return int(known[0])
    free = replace(source, title=_free_title(connection, source))
    return int(connection.execute(INSERT, tuple(_values(free).values())).lastrowid or 0)


def get(connection: sqlite3.Connection, source_id: int) -> Source:
    """Return a source by its id."""
    return source_of(connection.execute(GET, (source_id,)).fetchone())


def note_live(connection: sqlite3.Connection, source_id: int, title: str, at: int | None) -> None:
    """Store when a channel last posted live, if it did, and its present title."""
    connection.execute(SET_LIVE, (at, source_id))
    connection.execute(RENAME, (title, source_id))


def of_channel(
    connection: sqlite3.Connection, channel_id: int | None, username: str | None
) -> int | None:
    """Return the id of the source that is a channel, given by its bare id or its name."""
    key = {"channel_id": channel_id, "username": username}
    row = connection.execute(OF_CHANNEL, key).fetchone()
    return None if row is None else int(row[0])


def id_of_name(connection: sqlite3.Connection, username: str) -> int | None:
    """Return the bare id of the channel that has a name, if it is known."""
    row = connection.execute(ID_OF_NAME, (username,)).fetchone()
    return None if row is None else int(row[0])


def named(connection: sqlite3.Connection, username: str) -> Source | None:
    """Return the source that has a @name, if one has; before others the one that posts live."""
    row = connection.execute(NAMED, (username,)).fetchone()
    return None if row is None else source_of(row)


def source_of(row: Sequence[Any]) -> Source:
    """Return the source that a row of `COLUMNS` holds."""
    fields = dict(zip(COLUMNS.split(", "), row, strict=True))
    fields["kind"] = SourceKind(fields["kind"])
    return Source(**fields)


def _free_title(connection: sqlite3.Connection, source: Source) -> str:
    """Return the title, with the channel's name or id if another channel has the same."""
    if connection.execute(TITLE_TAKEN, (source.title,)).fetchone() is None:
        return source.title
    return f"{source.title} ({source.username or source.channel_id})"


def _values(source: Source) -> dict[str, object]:
    return {name: getattr(source, name) for name in COLUMNS.split(", ")}
