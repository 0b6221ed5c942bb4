"""Values as columns hold them (dates as Unix seconds, ids as JSON), rows by their ids, and notes.

Notes are what the archive says of itself, by name: the rules it was made by, the seeds it holds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

Row: TypeAlias = tuple[Any, ...]

DAY_SECONDS = 86_400
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
GET_NOTE = "SELECT value FROM meta WHERE name = ?"
PUT_NOTE = """
INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
DROP_NOTE = "DELETE FROM meta WHERE name = ?"


def date_of(seconds: object) -> datetime | None:
    """Return the date that a column holds; None for what lies outside the years 1 to 9999."""
    try:
        return EPOCH + timedelta(seconds=seconds) if isinstance(seconds, int) else None
    except OverflowError:
        return None


def seconds_of(date: datetime | None) -> int | None:
    """Return what a column holds for a date."""
    return None if date is None else int(date.timestamp())


def json_ids(ids: Iterable[int]) -> str:
    """Write ids as JSON, for `json_each`: the same as json.dumps, several times faster."""
    return str([*ids])


def json_texts(texts: Iterable[str]) -> str:
    """Write texts as JSON, for `json_each`."""
    return json.dumps(list(texts))


def gathered(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    """Group rows by their first column, an id; an id without rows has an empty list."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for id_, *row in rows:
        found[id_].append(tuple(row))
    return found


def get_note(connection: sqlite3.Connection, name: str) -> str | None:
    """Return a note; None if there is none of that name."""
    row = connection.execute(GET_NOTE, (name,)).fetchone()
    return None if row is None else str(row[0])


def put_note(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Leave a note, in place of an older one of that name."""
    connection.execute(PUT_NOTE, (name, value))


def drop_note(connection: sqlite3.Connection, name: str) -> None:
    """Drop a note, if there is one of that name."""
    connection.execute(DROP_NOTE, (name,))
