"""Digests: the posts of some days under headings, each where it tells most."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from storage.database.columns import DAY_SECONDS, EPOCH, date_of, json_ids
from storage.models import Digest, DigestItem, Tag
from storage.posts import get_all
from storage.tags import CARRIED, TAGGED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

MOST_LISTED = 2_000
"""Posts that a digest lists a part at a time: those that met with most response."""

MOST_RANKED, MOST_RANKED_OF_TAG = 100_000, 20_000
"""Posts of the days, the newest, among which those with most response are sought.

For a tag they are fewer, because each of its posts has to be looked up.
"""

MOST_DATES = 1_000
"""Posts of a tag, the newest, among which the last date is sought."""

MOST_UNDATED = 50_000
"""Posts without a date that are looked at for a tag."""

NEWEST = "SELECT max(date) FROM posts"
NEWEST_OF_TAG = f"SELECT max(date) FROM ({TAGGED.format('')}) JOIN posts ON id = post_id"  # noqa: S608
UNDATED = "SELECT count(*) FROM posts WHERE date IS NULL"
UNDATED_OF_TAG = """
SELECT count(*) FROM (SELECT id, ordinal FROM posts WHERE date IS NULL LIMIT :most) AS undated
WHERE (EXISTS (SELECT 1 FROM post_tags WHERE post_id = undated.id AND +tag_id = :tag)
    OR EXISTS (SELECT 1 FROM post_topics WHERE post_id = undated.id AND +tag_id = :tag))
"""
DATED = "FROM posts WHERE date >= :first AND date < :end"
# The ordinal of a post that has a date is that date.
BETWEEN = "ordinal >= :first AND ordinal < :end"
WITH_TAG = TAGGED.format(f"AND {BETWEEN}")
COUNT = f"SELECT count(*) {DATED}"
COUNT_OF_TAG = f"""
SELECT (SELECT count(*) FROM tagged_posts WHERE tag_id = :tag AND {BETWEEN})
    - ({UNDATED_OF_TAG} AND {BETWEEN})
"""  # noqa: S608 - no values
# What readers thought worth a reaction comes first, then what most have seen.
BEST_FIRST = "reactions DESC, coalesce(views, 0) DESC, date DESC, id DESC LIMIT :most"
WITHIN = f"""
SELECT id FROM (
    SELECT id, date, reactions, views {DATED} ORDER BY date DESC, id DESC LIMIT :limit)
ORDER BY {BEST_FIRST}
"""  # noqa: S608 - no values
WITHIN_OF_TAG = f"""
SELECT id FROM ({WITH_TAG}) CROSS JOIN posts ON id = post_id WHERE date IS NOT NULL
ORDER BY {BEST_FIRST}
"""  # noqa: S608 - no values
# Topics last: one takes the place of the hashtag of its name, whose posts it has as well.
TAGS = f"""
SELECT post_id, t.id, trim(t.key), t.name, t.is_topic, t.names
FROM ({CARRIED}) JOIN tags t ON t.id = tag_id ORDER BY is_topic, t.id
"""  # noqa: S608 - no values
TOTALS = "SELECT id, posts FROM tags WHERE id IN (SELECT value FROM json_each(?))"
KEY = "SELECT trim(key) FROM tags WHERE id = ?"

Themes = dict[int, list[int]]
"""The ids of the tags that each post carries."""


class _Days(NamedTuple):
    """Days in UTC, both included."""

    first: date
    last: date

    @classmethod
    def up_to(cls, last: date, days: int) -> _Days:
        """Return the given number of days up to the last one, none before the year 1."""
        return cls(date.fromordinal(max(last.toordinal() - days + 1, 1)), last)

    def bounds(self) -> dict[str, int]:
        """Return when they begin and end, in Unix seconds."""
        first, last = (int((day - EPOCH.date()).total_seconds()) for day in self)
        return {"first": first, "end": last + DAY_SECONDS}


def digest(
    connection: sqlite3.Connection,
    days: int,
    until: date,
    tag_id: int | None,
    limit: int | None,
    offset: int,
) -> Digest:
    """Return some of what was posted in the days up to `until`, else in those of the last post.

    All of it is listed if no `limit` is given.
    """
    most = -1 if limit is None else MOST_LISTED
    shown = _Days.up_to(until, days)
    ids = _within(connection, shown, tag_id, most)
    if not ids and (newest := _newest(connection, tag_id)) is not None:
        shown = _Days.up_to(newest, days)
        ids = _within(connection, shown, tag_id, most)
    arranged = _arranged(connection, ids, tag_id)
    part = arranged[offset : None if limit is None else offset + limit]
    found = get_all(connection, [post_id for post_id, _ in part])
    return Digest(
        items=tuple(
            DigestItem(post=post, tag=tag) for post, (_, tag) in zip(found, part, strict=True)
        ),
        total=_count(connection, shown, tag_id) if len(ids) == most else len(ids),
        listed=len(ids),
        offset=offset,
        first=shown.first,
        last=shown.last,
        until=until,
        undated=_undated(connection, tag_id),
    )


def _within(
    connection: sqlite3.Connection, days: _Days, tag_id: int | None, most: int
) -> list[int]:
    """Return the ids of the posts of these days, those with most reactions and views first."""
    statement, most_ranked = (
        (WITHIN, MOST_RANKED) if tag_id is None else (WITHIN_OF_TAG, MOST_RANKED_OF_TAG)
    )
    ranked = most if most < 0 else most_ranked
    values = {"tag": tag_id, "most": most, "limit": ranked, "offset": 0, **days.bounds()}
    return [post_id for (post_id,) in connection.execute(statement, values)]


def _count(connection: sqlite3.Connection, days: _Days, tag_id: int | None) -> int:
    statement = COUNT if tag_id is None else COUNT_OF_TAG
    values = {"tag": tag_id, "most": MOST_UNDATED, **days.bounds()}
    return int(connection.execute(statement, values).fetchone()[0])


def _undated(connection: sqlite3.Connection, tag_id: int | None) -> int:
    values = {"tag": tag_id, "most": MOST_UNDATED}
    rows = (
        connection.execute(UNDATED)
        if tag_id is None
        else connection.execute(UNDATED_OF_TAG, values)
    )
    return int(rows.fetchone()[0])


def _newest(connection: sqlite3.Connection, tag_id: int | None) -> date | None:
    statement = NEWEST if tag_id is None else NEWEST_OF_TAG
    values = {"tag": tag_id, "limit": MOST_DATES, "offset": 0}
    newest = date_of(connection.execute(statement, values).fetchone()[0])
    return None if newest is None else newest.date()


def _arranged(
    connection: sqlite3.Connection, post_ids: Sequence[int], tag_id: int | None
) -> list[tuple[int, Tag | None]]:
    """Return posts with their headings: the heading of most posts first, posts without one last."""
    rows = connection.execute(TAGS, {"posts": json_ids(post_ids)}).fetchall()
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
    for post_id, id_, key, name, is_topic, names in rows:
        by_key[key] = Tag(
            id=id_, name=name, posts=0, is_topic=bool(is_topic), names=json.loads(names)
        )
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
