"""Stored searches, so that buttons outlive a restart."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from storage.errors import SearchNotFound
from storage.models import Search, SearchKind

if TYPE_CHECKING:
    import sqlite3

ID_BYTES = 6  # 8 characters; two searches in 16 million share an id, then the newer has it
MOST_KEPT = 100_000

REMEMBER = """
INSERT INTO searches (id, kind, query, used_at) VALUES (?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind, query = excluded.query, used_at = excluded.used_at
"""
RECALL = "SELECT kind, query FROM searches WHERE id = ?"
PRUNE = """
DELETE FROM searches WHERE used_at < (
    SELECT used_at FROM searches ORDER BY used_at DESC LIMIT 1 OFFSET ?)
"""


def search_id(search: Search) -> str:
    """Return the id of a search: a hash, so that asking again makes no new row.

    It also means that nobody can list what others asked by counting up.
    """
    content = f"{search.kind}\0{search.query}".encode()
    return urlsafe_b64encode(hashlib.blake2b(content, digest_size=ID_BYTES).digest()).decode()


def remember(connection: sqlite3.Connection, search: Search, now: int) -> str:
    """Store a search as used at `now` (Unix seconds); returns its id."""
    id_ = search_id(search)
    connection.execute(REMEMBER, (id_, search.kind, search.query, now))
    return id_


def recall(connection: sqlite3.Connection, id_: str) -> Search:
    """Return a stored search. Raises SearchNotFound."""
    row = connection.execute(RECALL, (id_,)).fetchone()
    if row is None:
        raise SearchNotFound(id_)
    return Search(kind=SearchKind(row[0]), query=row[1])


def prune(connection: sqlite3.Connection, most: int = MOST_KEPT) -> None:
    """Drop the searches longest unused beyond the most to keep."""
    connection.execute(PRUNE, (most - 1,))
