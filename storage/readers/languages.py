"""The language that a user chose, by the user's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

GET = "SELECT language FROM languages WHERE user_id = ?"
SET = """
INSERT INTO languages (user_id, language) VALUES (?, ?)
ON CONFLICT (user_id) DO UPDATE SET language = excluded.language
"""


def get(connection: sqlite3.Connection, user_id: int) -> str | None:
    """Return the language code that a user chose, if any."""
    row = connection.execute(GET, (user_id,)).fetchone()
    return None if row is None else str(row[0])


def choose(connection: sqlite3.Connection, user_id: int, code: str) -> None:
    """Remember the language code that a user chose."""
    connection.execute(SET, (user_id, code))
