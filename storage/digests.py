"""Digests: the posts of some days under headings, each where it tells most."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from storage import posts
from storage.database import json_ids
from storage.dates import seconds_of
from storage.models import Digest, Digested, Tag

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

DAY = timedelta(days=1)

OF_TAG = "(:tag IS NULL OR id IN (SELECT post_id FROM tagged_posts WHERE tag_id = :tag))"
NEWEST = f"SELECT max(date) FROM posts WHERE {OF_TAG}"  # noqa: S608 - no values
UNDATED = f"SELECT count(*) FROM posts WHERE date IS NULL AND {OF_TAG}"  # noqa: S608
# What readers thought worth a reaction comes first, then what most have seen.
WITHIN = f"""
SELECT id FROM posts WHERE date >= :first AND date < :end AND {OF_TAG}
ORDER BY reactions DESC, coalesce(views, 0) DESC, date DESC, id DESC
"""  # noqa: S608
# Topics last: one takes the place of the hashtag of its name, whose posts it has as well.
TAGS = """
SELECT tp.post_id, t.id, trim(t.key), t.name, t.english
FROM tagged_posts tp JOIN tags t ON t.id = tp.tag_id
WHERE tp.post_id IN (SELECT value FROM json_each(?))
ORDER BY t.english IS NOT NULL, t.id
"""
TOTALS = """
SELECT tag_id, count(*) FROM tagged_posts
WHERE tag_id IN (SELECT value FROM json_each(?)) GROUP BY tag_id
"""
KEY = "SELECT trim(key) FROM tags WHERE id = ?"

Themes = dict[int, list[int]]
"""The ids of the tags that each post carries."""


class _Days(NamedTuple):
    """Days in UTC, both included."""

    first: date
    last: date


def digest(
    connection: sqlite3.Connection,
    days: int,
    until: date,
    tag_id: int | None,
    limit: int | None,
    offset: int,
) -> Digest:
    """Return some of what was posted in the days up to `until`, else in those of the last post."""
    shown = _Days(until - (days - 1) * DAY, until)
    ids = _within(connection, shown, tag_id)
    if not ids and (newest := _newest(connection, tag_id)) is not None:
        shown = _Days(newest - (days - 1) * DAY, newest)
        ids = _within(connection, shown, tag_id)
    arranged = _arranged(connection, ids, tag_id)
    part = arranged[offset : None if limit is None else offset + limit]
    found = posts.get_all(connection, [post_id for post_id, _ in part])
    return Digest(
        items=tuple(
            Digested(post=post, tag=tag) for post, (_, tag) in zip(found, part, strict=True)
        ),
        total=len(ids),
        offset=offset,
        first=shown.first,
        last=shown.last,
        until=until,
        undated=connection.execute(UNDATED, {"tag": tag_id}).fetchone()[0],
    )


def _within(connection: sqlite3.Connection, days: _Days, tag_id: int | None) -> list[int]:
    """Return the posts of these days, those that met with most response first."""
    first, end = (seconds_of(_midnight(day)) for day in (days.first, days.last + DAY))
    values = {"tag": tag_id, "first": first, "end": end}
    return [post_id for (post_id,) in connection.execute(WITHIN, values)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _newest(connection: sqlite3.Connection, tag_id: int | None) -> date | None:
    (seconds,) = connection.execute(NEWEST, {"tag": tag_id}).fetchone()
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).date()


def _arranged(
    connection: sqlite3.Connection, post_ids: Sequence[int], tag_id: int | None
) -> list[tuple[int, Tag | None]]:
    """Return posts with their headings, that over most posts first and none at the end."""
    rows = connection.execute(TAGS, (json_ids(post_ids),)).fetchall()
    (asked,) = connection.execute(KEY, (tag_id,)).fetchone() or (None,)
    tags, themes = _themes(row for row in rows if row[2] != asked)
    totals = dict(connection.execute(TOTALS, (json.dumps(list(tags)),)).fetchall())
    chosen = headings(themes, totals)
    sizes = Counter(chosen.values())

    def rank(post_id: int) -> tuple[bool, int, str, int]:
        heading = chosen.get(post_id)
        if heading is None:
            return True, 0, "", 0
        return False, -sizes[heading], tags[heading].name, heading

    return [
        (id_, replace(tags[heading], posts=sizes[heading]) if heading is not None else None)
        for id_ in sorted(post_ids, key=rank)
        for heading in [chosen.get(id_)]
    ]


def _themes(rows: Iterable[Sequence[Any]]) -> tuple[dict[int, Tag], Themes]:
    """Return the tags of posts, one for each name, and which post carries which."""
    by_key: dict[str, Tag] = {}
    keys: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for post_id, id_, key, name, english in rows:
        by_key[key] = Tag(id=id_, name=name, posts=0, english=english)
        keys[post_id][key] = None
    tags = {tag.id: tag for tag in by_key.values()}
    return tags, {post_id: [by_key[key].id for key in found] for post_id, found in keys.items()}


def headings(themes: Mapping[int, Sequence[int]], totals: Mapping[int, int]) -> dict[int, int]:
    """Return the one tag of each post that tells most: of many posts here, of few otherwise.

    A heading above a single post tells little, so a post that would stand alone joins others where
    it can. `totals` are how many posts of the archive carry each tag.
    """
    here = Counter(tag for tags in themes.values() for tag in tags)

    def best(tags: Sequence[int], sizes: Mapping[int, int]) -> int:
        return max(tags, key=lambda tag: (sizes[tag] > 1, here[tag] / math.sqrt(totals[tag]), -tag))

    first = {post: best(tags, here) for post, tags in themes.items()}
    sizes = Counter(first.values())
    return {
        post: first[post] if sizes[first[post]] > 1 else best(tags, sizes)
        for post, tags in themes.items()
    }
