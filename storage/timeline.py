"""How many posts there are of each month."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from storage.models import MonthCount

if TYPE_CHECKING:
    import sqlite3

MONTHS = """
SELECT strftime('%Y-%m', date, 'unixepoch') AS month, count(*) FROM posts
WHERE date IS NOT NULL GROUP BY month ORDER BY month
"""


def months(connection: sqlite3.Connection) -> tuple[MonthCount, ...]:
    """Return the months in which posts were made, the first first; UTC."""
    return tuple(
        MonthCount(first=datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).date(), posts=posts)
        for month, posts in connection.execute(MONTHS)
    )
