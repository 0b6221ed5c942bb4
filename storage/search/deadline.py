"""Stops a search that takes too long."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 1.0
"""How long a search may look for hits; a reader would not wait longer for a better answer."""

STEPS = 5_000
"""SQLite's instructions between two looks at the clock: a few microseconds each hundred."""


class TimeUp(Exception):
    """The time for a search is up."""


@contextmanager
def deadline(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Raise TimeUp out of the first statement that runs past so many seconds from now."""
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        raise TimeUp from error
    finally:
        connection.set_progress_handler(None, 0)
