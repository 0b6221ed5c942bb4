"""The posts that fill a plan, as the index has them, so far as a query lets them through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.search.index import sequence_of
from storage.search.matching import Matcher
from storage.search.plans import expression, narrowed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from storage.search.filters import Filter
    from storage.search.plans import Plan

RANKED = 100
"""How many hits, the first found, are ranked; those after them follow as they were found."""

MOST_HITS = 1000
"""Hits after which no more are looked for; nobody pages so far, and counting them takes time."""

MOST_CHECKED = 5000
"""Posts, the newest, whose text is looked into for words side by side."""

HOLDING = "SELECT rowid FROM post_terms WHERE post_terms MATCH ?"
MATCHING = f"{HOLDING} LIMIT ?"
NEWEST_MATCHING = f"{HOLDING} ORDER BY rowid DESC LIMIT ?"
MATCHING_FILTERED = """
SELECT posts.id FROM post_terms CROSS JOIN posts ON posts.id = post_terms.rowid
WHERE post_terms MATCH ? AND {} ORDER BY post_terms.rowid DESC LIMIT ?
"""
FILTERED = "SELECT id FROM posts WHERE {} ORDER BY ordinal DESC, id DESC LIMIT ?"
SEQUENCE = "SELECT terms FROM post_sequences WHERE post_id = ?"


class Lookup:
    """Looks posts up that filters let through and that fill none of the unwanted plans."""

    def __init__(
        self, connection: sqlite3.Connection, filters: Sequence[Filter], unwanted: Sequence[Plan]
    ) -> None:
        self._connection = connection
        self._demand = " AND ".join(one.sql for one in filters)
        self._values = [value for one in filters for value in one.values]
        possible = [plan for plan in unwanted if plan.is_possible]
        self._excluded = [expression(plan) for plan in possible if not plan.needs_text]
        self._unwanted = [Matcher(plan) for plan in possible if plan.needs_text]

    def all_posts(self) -> list[int]:
        """Return the newest posts that the filters let through; none if there are no filters."""
        if not self._demand:
            return []
        sql = FILTERED.format(self._demand)
        for _ in self._excluded:
            sql = sql.replace(" ORDER", f" AND id NOT IN ({HOLDING}) ORDER", 1)
        limit = MOST_CHECKED if self._unwanted else MOST_HITS + 1
        rows = self._connection.execute(sql, (*self._values, *self._excluded, limit))
        return [post_id for (post_id,) in rows if self.lets_through(post_id)]

    def filling(self, plan: Plan) -> tuple[list[int], bool]:
        """Return the posts that fill a plan, newest first, and whether those looked into are all.

        Where they are more than can be ranked, those that fill it most exactly come first.
        """
        looked_into = plan.needs_text or self._unwanted
        limit = MOST_CHECKED if looked_into else MOST_HITS + 1
        ids = self.newest(plan, limit)
        if len(ids) > RANKED:
            ids = list(dict.fromkeys([*self.newest(narrowed(plan), limit), *ids]))
        if not looked_into:
            return ids, True
        wanted = Matcher(plan)
        fitting = [i for i in ids if self._holds(wanted, i) and self.lets_through(i)]
        return fitting, len(ids) < limit

    def newest(self, plan: Plan, limit: int) -> list[int]:
        """Return so many of the posts whose terms fill a plan, in whatever order, newest first.

        The index is read faster from the oldest on, which serves unless there are more than these.
        """
        match = " NOT ".join([expression(plan), *self._excluded])
        if self._demand:
            return self._ids(MATCHING_FILTERED.format(self._demand), match, *self._values, limit)
        ids = self._ids(MATCHING, match, limit)
        return ids[::-1] if len(ids) < limit else self._ids(NEWEST_MATCHING, match, limit)

    def lets_through(self, post_id: int) -> bool:
        """Whether a post fills none of the unwanted plans that the index cannot tell by itself."""
        return not any(self._holds(unwanted, post_id) for unwanted in self._unwanted)

    def terms(self, post_id: int) -> list[str]:
        """Return the terms of a post in order."""
        (content,) = self._connection.execute(SEQUENCE, (post_id,)).fetchone()
        return sequence_of(content)

    def _holds(self, matcher: Matcher, post_id: int) -> bool:
        return bool(matcher.marks(self.terms(post_id)))

    def _ids(self, sql: str, *values: object) -> list[int]:
        return [post_id for (post_id,) in self._connection.execute(sql, values)]
