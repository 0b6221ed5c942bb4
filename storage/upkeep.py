"""What keeps an archive sound: notes about itself, checks, rebuilding."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

from storage import damage, links, searches
from storage.search import index
from storage.search.index import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Tell: TypeAlias = "Callable[[int, int], None]"
"""Told how many posts of how many a rebuild of the search index is through with."""

MARK = "SELECT value FROM meta WHERE name = ?"
SET_MARK = """
INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
SIZE = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
COUNTS = {
    "tags": """
        SELECT count(*) FROM tags
        WHERE posts <> (SELECT count(*) FROM tagged_posts WHERE tag_id = tags.id)
        """,
    "links": """
        SELECT count(*) FROM links
        WHERE shares <> (SELECT count(*) FROM post_links WHERE link_id = links.id)
        """,
}
WRITE_BACK = "PRAGMA wal_checkpoint(PASSIVE)"


def prepare(connection: sqlite3.Connection, tell: Tell | None = None) -> None:
    """Bring a just opened archive up to date with this program."""
    searches.prune(connection)
    if not index.is_current(connection):
        index.rebuild(connection, tell)
    if not links.is_current(connection):
        links.rebuild(connection)


def mark(connection: sqlite3.Connection, name: str) -> str | None:
    """Return a note that the program left."""
    row = connection.execute(MARK, (name,)).fetchone()
    return None if row is None else str(row[0])


def set_mark(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Leave a note, in place of an older one of that name."""
    connection.execute(SET_MARK, (name, value))


def size(connection: sqlite3.Connection) -> int:
    """Return the size of the archive in bytes, what still waits in its log included."""
    return int(connection.execute(SIZE).fetchone()[0])


def check(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what is wrong with the file, its references and its index, one line each."""
    found = damage.found(connection)
    return found or (*_miscounted(connection), *verify.problems(connection))


def _miscounted(connection: sqlite3.Connection) -> Iterator[str]:
    for what, statement in COUNTS.items():
        (wrong,) = connection.execute(statement).fetchone()
        if wrong:
            yield f"{what}: {wrong} are counted wrongly"


def write_back(connection: sqlite3.Connection) -> None:
    """Write what waits in the log into the file, out of which it is read faster.

    SQLite does so by itself after so many pages that imports seldom wait for it. On a full disk all
    stays in the log, where it is safe and can be searched.
    """
    with suppress(sqlite3.OperationalError):
        connection.execute(WRITE_BACK)
