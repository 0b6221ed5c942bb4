"""What the archive holds of each month and source, and lacks, so that no gap looks like silence."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime
from heapq import nlargest
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from storage import posts, tags
from storage.database.columns import DAY_SECONDS, date_of, seconds_of
from storage.links import lookup
from storage.models import Coverage, Gap, MonthCount, SourceStats, Stats
from storage.posts import sources
from storage.search.meaning import storing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

GAPS_TOLD = 3
SHORTEST_GAP = 20
"""Messages of a gap; shorter ones are pictures without a caption, polls of the day, pinnings."""

STEP = 32
"""One message in so many is read first; those between two are read where the two lie far apart."""

# Each of these is answered by an index: no post is read.
SOURCES = f"""
SELECT {sources.COLUMNS}, id, live_at,
    (SELECT count(*) FROM posts WHERE source_id = sources.id) AS posts,
    (SELECT count(*) FROM posts WHERE source_id = sources.id AND original_text IS NOT NULL),
    (SELECT min(date) FROM posts WHERE source_id = sources.id),
    (SELECT max(date) FROM posts WHERE source_id = sources.id)
FROM sources ORDER BY posts DESC, title
"""  # noqa: S608 - the names of columns, no values
# Messages from before a group became a supergroup have negative ids, far from the others.
OF_POSTS = "FROM posts WHERE source_id = :source AND message_id > 0"
OF_ALBUMS = "FROM album_messages WHERE source_id = :source AND post_id IS NOT NULL"
EXTENT = f"""
SELECT (SELECT min(message_id) {OF_POSTS}), (SELECT max(message_id) {OF_POSTS}),
    (SELECT count(*) {OF_POSTS}), min(message_id), max(message_id), count(*)
{OF_ALBUMS}
"""
# The first message that is held, and every `STEP`th after it.
MILESTONES = f"""
WITH RECURSIVE stones (id) AS (
    SELECT min(message_id) {OF_POSTS}
    UNION ALL
    SELECT (SELECT message_id {OF_POSTS} AND message_id > stones.id
        ORDER BY message_id LIMIT 1 OFFSET {STEP - 1})
    FROM stones WHERE stones.id IS NOT NULL)
SELECT id FROM stones WHERE id IS NOT NULL
"""  # noqa: S608 - no values
BETWEEN = "AND message_id BETWEEN :first AND :last"
IDS = f"""
SELECT message_id {OF_POSTS} {BETWEEN} UNION SELECT message_id {OF_ALBUMS} {BETWEEN}
ORDER BY message_id
"""
# The first message of an album is that of its post as well.
ALBUMS = f"SELECT count(DISTINCT post_id) {OF_ALBUMS}"
SIZE = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
FIRST_FROM = "SELECT min(date) FROM posts WHERE date >= ?"
WITHIN = "SELECT count(*) FROM posts WHERE date >= ? AND date < ?"


def stats(connection: sqlite3.Connection, *, by_meaning: bool = False) -> Stats:
    """Return how much the archive holds, and of each source the coverage.

    With `by_meaning`, it is told as well how many posts cannot be found by meaning yet.
    """
    (size,) = connection.execute(SIZE).fetchone()
    return Stats(
        posts=posts.count(connection),
        links=lookup.count(connection),
        tags=tags.count(connection),
        bytes=size,
        without_meaning=storing.left(connection) if by_meaning else None,
        sources=_of_sources(connection),
    )


def months(connection: sqlite3.Connection) -> tuple[MonthCount, ...]:
    """Return the months in which posts were made, the oldest first; in UTC."""
    return tuple(_months(connection))


def _months(connection: sqlite3.Connection) -> Iterator[MonthCount]:
    end = seconds_of(datetime.min.replace(tzinfo=UTC))
    while date := date_of(connection.execute(FIRST_FROM, (end,)).fetchone()[0]):
        first = date.date().replace(day=1)
        start = calendar.timegm(first.timetuple())
        end = start + DAY_SECONDS * calendar.monthrange(first.year, first.month)[1]
        (posts,) = connection.execute(WITHIN, (start, end)).fetchone()
        yield MonthCount(first=first, posts=posts)


def _of_sources(connection: sqlite3.Connection) -> tuple[SourceStats, ...]:
    """Return the statistics of each source, those with most posts first."""
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
    asked = {"source": source_id}
    (first, last, held, *albums) = connection.execute(EXTENT, asked).fetchone()
    if not held:
        return None
    (twice,) = connection.execute(ALBUMS, asked).fetchone()
    if albums[-1]:
        first, last, held = min(first, albums[0]), max(last, albums[1]), held + albums[2] - twice
    gaps = nlargest(GAPS_TOLD, _gaps(connection, source_id, first, last), key=_length)
    return Coverage(
        first=first,
        last=last,
        missing=last - first + 1 - held,
        gaps=tuple(sorted(gaps, key=attrgetter("first"))),
    )


def _gaps(connection: sqlite3.Connection, source_id: int, first: int, last: int) -> Iterator[Gap]:
    """Yield the gaps of at least `SHORTEST_GAP` messages."""
    stones = [id_ for (id_,) in connection.execute(MILESTONES, {"source": source_id})]
    for start, end in _sparse([first, *stones, last]):
        ids = connection.execute(IDS, {"source": source_id, "first": start, "last": end})
        for (before,), (after,) in pairwise(ids):
            if after - before > SHORTEST_GAP:
                yield Gap(first=before + 1, last=after - 1)


def _sparse(stones: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the longest stretches of ids in which there may be a gap of `SHORTEST_GAP`.

    `stones` are the first id, every `STEP`th id that the archive holds, and the last one: where two
    of them are hardly more than `STEP` apart, there is no such gap.
    """
    start = None
    for number, (before, after) in enumerate(pairwise(stones)):
        held = STEP - 1 if 0 < number < len(stones) - 2 else 0
        may_be = after - before - held > SHORTEST_GAP
        if may_be and start is None:
            start = before
        if not may_be and start is not None:
            yield start, before
            start = None
    if start is not None:
        yield start, stones[-1]


def _length(gap: Gap) -> int:
    return gap.last - gap.first
