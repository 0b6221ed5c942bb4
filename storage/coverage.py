"""What the archive holds of each source, and what it lacks, so that no gap looks like silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage import sources
from storage.dates import date_of
from storage.models import Coverage, Gap, SourceStats

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

GAPS_TOLD = 3
SHORTEST_GAP = 20
"""Messages; shorter ones are pictures without a caption, polls of the day, pinned posts."""

SOURCES = f"""
SELECT {", ".join("s." + name for name in sources.COLUMNS.split(", "))},
    s.id, s.live_at, count(p.id), count(p.original_text), min(p.date), max(p.date)
FROM sources s LEFT JOIN posts p ON p.source_id = s.id
GROUP BY s.id ORDER BY count(p.id) DESC, s.title
"""  # noqa: S608 - the names of columns, no values
IDS = """
SELECT message_id FROM posts WHERE source_id = :source AND message_id IS NOT NULL
UNION SELECT message_id FROM album_messages WHERE source_id = :source AND post_id IS NOT NULL
"""
EXTENT = f"SELECT min(message_id), max(message_id), count(*) FROM ({IDS})"  # noqa: S608
GAPS = f"""
SELECT before + 1, message_id - 1 FROM (
    SELECT message_id, lag(message_id) OVER (ORDER BY message_id) AS before FROM ({IDS}))
WHERE message_id - before > :shortest
ORDER BY message_id - before DESC LIMIT :told
"""  # noqa: S608


def of_sources(connection: sqlite3.Connection) -> tuple[SourceStats, ...]:
    """Return what is held of each source, the largest first."""
    return tuple(_stats(connection, row) for row in connection.execute(SOURCES).fetchall())


def _stats(connection: sqlite3.Connection, row: Sequence[Any]) -> SourceStats:
    source_id, live_at, posts, repaired, first, last = row[-6:]
    return SourceStats(
        source=sources.source_of(row[:-6]),
        posts=posts,
        repaired=repaired,
        first_date=date_of(first),
        last_date=date_of(last),
        coverage=_coverage(connection, source_id),
        live_at=date_of(live_at),
    )


def _coverage(connection: sqlite3.Connection, source_id: int) -> Coverage | None:
    asked = {"source": source_id, "shortest": SHORTEST_GAP, "told": GAPS_TOLD}
    first, last, held = connection.execute(EXTENT, asked).fetchone()
    if not held:
        return None
    gaps = connection.execute(GAPS, asked).fetchall()
    return Coverage(
        first=first,
        last=last,
        missing=last - first + 1 - held,
        gaps=tuple(Gap(first=start, last=end) for start, end in sorted(gaps)),
    )
