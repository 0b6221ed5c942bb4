"""A small real archive file for tests of the search core alone."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage import posts
from storage.database.migrate import migrations
from storage.models import Order
from storage.search import engine, index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from storage.models import Hits

POST = """
INSERT INTO posts (source_id, fingerprint, text, ordinal, reactions)
VALUES (1, randomblob(8), ?, ?, 0)
"""


@contextmanager
def searchable(path: Path, texts: Iterable[str] = ()) -> Iterator[sqlite3.Connection]:
    """Open a new archive file that holds these texts, oldest first."""
    connection = sqlite3.connect(path)
    try:
        for script in migrations():
            connection.executescript(script)
        connection.execute("INSERT INTO sources (title, kind) VALUES ('Channel', 'channel')")
        index.rebuild(connection)
        for ordinal, text in enumerate(texts):
            add(connection, text, ordinal)
        connection.commit()
        yield connection
    finally:
        connection.close()


def add(connection: sqlite3.Connection, text: str, ordinal: int = 0) -> int:
    """Store and index a post; returns its id."""
    post_id = connection.execute(POST, (text, ordinal)).lastrowid
    assert post_id is not None
    index.add_post(connection, post_id, text)
    return post_id


def find(
    connection: sqlite3.Connection,
    query: str,
    *,
    limit: int = 9,
    offset: int = 0,
    order: Order = Order.RELEVANCE,
) -> Hits:
    """Search as the archive does."""
    return engine.find(connection, query, posts.get_all, limit=limit, offset=offset, order=order)
