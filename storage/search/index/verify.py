"""Whether the search index is what it should be: all of the posts, and whole in itself."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from storage.search.index import writer
from storage.search.index.pieces import pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = ("post_terms", "term_pieces", "link_words")
# Rank 1: with what is indexed, too, where the table knows that.
WHOLE = {
    table: f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - names of tables
    for table in TABLES
}
UNLISTED = """
SELECT term FROM terms WHERE id NOT IN (SELECT DISTINCT doc FROM term_piece_places)
"""


def problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what is wrong with the index, a line each.

    The connection must be one that writes, outside a transaction: SQLite's integrity check leaves
    out full-text tables, and the check of such a table is a statement that counts as writing.
    """
    damaged = tuple(_damaged(connection))
    if damaged:
        return damaged
    connection.execute("BEGIN")  # what another process stores meanwhile is no disagreement
    try:
        return (*writer.problems(connection), *_unlisted(connection))
    finally:
        connection.execute("ROLLBACK")


def _damaged(connection: sqlite3.Connection) -> Iterator[str]:
    for table, statement in WHOLE.items():
        try:
            connection.execute(statement)
        except sqlite3.DatabaseError as error:
            yield f"index {table}: {error}"


def _unlisted(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield how many terms of the dictionary are not found by their pieces."""
    # Some terms have none, as a short number.
    count = sum(bool(pieces_of(term)) for (term,) in connection.execute(UNLISTED))
    if count:
        yield f"index term_pieces: {count} terms are missing"
