"""The pieces that additions leave in the full-text indexes made one, a little at a time.

One piece is read faster than many. Made at once, it would keep all others from writing for as long
as a large index takes: seconds for a million posts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

TABLES: Final = ("post_terms", "term_pieces")
PAGES: Final = 500
"""Pages of an index that one step writes, which takes some 50 ms."""
NOTHING: Final = 2  # changes that a step makes where there is nothing left to do: its own row

# https://www.sqlite.org/fts5.html#the_merge_command
MERGE: Final = "INSERT INTO {0} ({0}, rank) VALUES ('merge', ?)"


def begin(connection: sqlite3.Connection, table: str) -> bool:
    """Mark all pieces of an index to be made one, with a first step; tells whether more is left."""
    return _merge(connection, table, -PAGES)


def go_on(connection: sqlite3.Connection, table: str) -> bool:
    """Take the next step; tells whether more is left."""
    return _merge(connection, table, PAGES)


def _merge(connection: sqlite3.Connection, table: str, pages: int) -> bool:
    before = connection.total_changes
    connection.execute(MERGE.format(table), (pages,))
    return connection.total_changes - before >= NOTHING
