"""The hits of a page: read, judged and sorted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from storage.database import json_ids
from storage.search.index import sequence_of
from storage.search.lookup import RANKED
from storage.search.matching import Matcher
from storage.search.plans import Rule
from storage.search.ranking import MOST, OTHER_SHIFT, Bonus, Verdict, judge, losing, varied
from storage.text.keys import sequence

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from storage.search.matching import Mark
    from storage.search.plans import Plan
    from storage.search.shifts import Typed

TEXTS = """
SELECT posts.id, searched, ordinal, terms FROM json_each(?)
CROSS JOIN posts ON posts.id = value CROSS JOIN post_sequences ON post_id = value
"""
NEWEST = """
SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?))
ORDER BY ordinal DESC, id DESC LIMIT ? OFFSET ?
"""

MOST_RANKED = 100_000
"""Characters of posts after which no more are ranked: reading them is what takes the time."""

MOST_LOOKED_INTO = 20_000
"""Characters of posts after which no more are looked into for how they write what was typed."""

TOGETHER = 20
"""Posts that are ranked before their length is looked at."""

CARRIES_TAG = Bonus(Rule.TAG.value, 0, (Rule.TAG,))
FULFILS_FILTER = Bonus(Rule.FILTER.value, 0, (Rule.FILTER,))

_Matchers: TypeAlias = "Sequence[tuple[Plan, Matcher]]"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit as it was judged, and where it has what was asked for."""

    post_id: int
    text: str
    ordinal: int
    verdict: Verdict
    marks: tuple[Mark, ...]

    @property
    def order(self) -> tuple[float, int, int]:
        """The greater, the sooner it comes."""
        return self.verdict.points, self.ordinal, self.post_id


def newest(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    plans: Sequence[Plan],
    limit: int,
    offset: int,
) -> list[Ranked]:
    """Return a page of the hits, the newest first."""
    rows = connection.execute(NEWEST, (json_ids(ids), limit, offset))
    return _rank(connection, [post_id for (post_id,) in rows], _matchers(plans))


def most_relevant(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    plans: Sequence[Plan],
    limit: int,
    offset: int,
    typed: Typed,
) -> list[Ranked]:
    """Return a page of the hits, the first of which are ranked, the others as they were found."""
    first: list[Ranked] = []
    if offset < RANKED:
        first = _rank_first(connection, ids[:RANKED], plans, typed)
    end = offset + limit
    page = first[offset:end]
    if rest := ids[max(offset, len(first)) : max(end, len(first))]:
        page += _rank(connection, rest, _matchers(plans))
    return page


def _rank_first(
    connection: sqlite3.Connection, ids: Sequence[int], plans: Sequence[Plan], typed: Typed
) -> list[Ranked]:
    """Sort the first posts, as many as are not too long in all; those after them stay as found."""
    first: list[Ranked] = []
    characters = 0
    matchers = _matchers(plans)
    for start in range(0, len(ids), TOGETHER):
        first += _rank(connection, ids[start : start + TOGETHER], matchers)
        characters += sum(len(hit.text) for hit in first[start:])
        if characters > MOST_RANKED:
            break
    best = _best_first(_shifted(_best_first(first), typed))
    verdicts = varied(hit.verdict for hit in best)
    return _best_first(map(_judged, best, verdicts))


def _shifted(hits: Iterable[Ranked], typed: Typed) -> Iterator[Ranked]:
    """Judge hits, the best first, by how they write their words as well.

    Those are looked into that are not too long in all: it is the first pages that matter.
    """
    room = MOST_LOOKED_INTO
    for hit in hits:
        plan = hit.verdict.plan
        if plan is None or room < 0 or typed.stand_in(hit.text):
            yield hit
            continue
        room -= len(hit.text)
        agree = typed.agree(hit.text, plan, hit.marks)
        yield hit if agree else replace(hit, verdict=losing(hit.verdict, OTHER_SHIFT))


def _best_first(hits: Iterable[Ranked]) -> list[Ranked]:
    return sorted(hits, key=lambda hit: hit.order, reverse=True)


def _judged(hit: Ranked, verdict: Verdict) -> Ranked:
    return hit if verdict is hit.verdict else replace(hit, verdict=verdict)


def _matchers(plans: Sequence[Plan]) -> _Matchers:
    return [(plan, Matcher(plan)) for plan in plans]


def _rank(connection: sqlite3.Connection, ids: Sequence[int], matchers: _Matchers) -> list[Ranked]:
    """Judge posts by the plan that each fills best, keeping their order."""
    ranked = {
        post_id: _ranked(post_id, text, ordinal, sequence_of(content), matchers)
        for post_id, text, ordinal, content in connection.execute(TEXTS, (json_ids(ids),))
    }
    return [ranked[post_id] for post_id in ids]


def _ranked(
    post_id: int, text: str, ordinal: int, terms: Sequence[str], matchers: _Matchers
) -> Ranked:
    title = _title_length(text, terms)
    ways = [
        (judge(plan, marks, title), marks)
        for plan, matcher in matchers
        if (marks := matcher.marks(terms))
    ]
    unmarked: tuple[Verdict, tuple[Mark, ...]] = (
        Verdict(MOST, (CARRIES_TAG if matchers else FULFILS_FILTER,)),
        (),
    )
    verdict, marks = max(ways, key=lambda way: way[0].points, default=unmarked)
    return Ranked(post_id, text, ordinal, verdict, marks)


def _title_length(text: str, terms: Sequence[str]) -> int:
    """Return how many words the first line has, which serves as a post's title."""
    line, more, _ = text.lstrip().partition("\n")
    return len(sequence(line)) if more else len(terms)
