"""What keeps an archive up to date and fast.

Additions leave pieces in the full-text indexes, and one is read faster than many. Made one at once,
it would keep all others from writing for as long as a large index takes, seconds for a million
posts; so that is done a little at a time.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeAlias

from storage.links import of_posts as links
from storage.posts import rows
from storage.readers import users
from storage.search import index

if TYPE_CHECKING:
    from collections.abc import Callable

Tell: TypeAlias = "Callable[[int, int], None]"
"""Told how many posts of how many a rebuild of the search index is through with."""

TABLES: Final = ("post_terms", "term_pieces")
PAGES: Final = 500
"""Pages of an index that one step writes, which takes some 50 ms."""
NOTHING: Final = 2  # changes that a step makes where there is nothing left to do: its own row

# https://www.sqlite.org/fts5.html#the_merge_command
MERGE: Final = "INSERT INTO {0} ({0}, rank) VALUES ('merge', ?)"
WRITE_BACK = "PRAGMA wal_checkpoint(PASSIVE)"


def prepare(connection: sqlite3.Connection, tell: Tell | None = None) -> None:
    """Bring a just opened archive up to date with this program."""
    users.prune_searches(connection)
    if not index.is_current(connection):
        index.rebuild(connection, tell)
    if not links.is_current(connection):
        links.rebuild(connection, rows.stored(connection))


def write_back(connection: sqlite3.Connection) -> None:
    """Write what waits in the log into the file, out of which it is read faster.

    SQLite does so by itself after so many pages that imports seldom wait for it. On a full disk all
    stays in the log, where it is safe and can be searched.
    """
    with suppress(sqlite3.OperationalError):
        connection.execute(WRITE_BACK)


def begin_tidying(connection: sqlite3.Connection, table: str) -> bool:
    """Begin to make all pieces of a full-text index one; tells whether more is left to do."""
    return _merge(connection, table, -PAGES)


def go_on_tidying(connection: sqlite3.Connection, table: str) -> bool:
    """Take the next step; tells whether more is left."""
    return _merge(connection, table, PAGES)


def _merge(connection: sqlite3.Connection, table: str, pages: int) -> bool:
    before = connection.total_changes
    connection.execute(MERGE.format(table), (pages,))
    return connection.total_changes - before >= NOTHING
