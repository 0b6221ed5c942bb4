"""Notes of the archive about itself, by name: the rules it was made by, the seeds it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

GET = "SELECT value FROM meta WHERE name = ?"
SET = """
INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
DROP = "DELETE FROM meta WHERE name = ?"


def get(connection: sqlite3.Connection, name: str) -> str | None:
    """Return a note; None if there is none of that name."""
    row = connection.execute(GET, (name,)).fetchone()
    return None if row is None else str(row[0])


def put(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Leave a note, in place of an older one of that name."""
    connection.execute(SET, (name, value))


def drop(connection: sqlite3.Connection, name: str) -> None:
    """Drop a note, if there is one of that name."""
    connection.execute(DROP, (name,))
