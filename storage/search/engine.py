"""Answers a query: collects its hits, ranks those that can be on a page, cuts their snippets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.models import Order
from storage.search.candidates import RANKED, collect
from storage.search.highlight import Spot, snippet
from storage.search.matching import Mark, Matcher, spans
from storage.search.plans import Rule
from storage.search.query import parse
from storage.search.ranking import MOST, Verdict, judge
from storage.text.keys import sequence

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from storage.models import Snippet
    from storage.search.plans import Plan

TEXTS = """
SELECT id, text, ordinal FROM posts WHERE id IN (SELECT value FROM json_each(?))
"""
NEWEST = """
SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?))
ORDER BY ordinal DESC, id DESC LIMIT ? OFFSET ?
"""


@dataclass(frozen=True, slots=True)
class Match:
    """A post that answers a query: how well (1 to 100), by which rules, and where."""

    post_id: int
    score: int
    why: tuple[str, ...]
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class Found:
    """A page of matches, and how many there are in all."""

    matches: tuple[Match, ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Ranked:
    post_id: int
    text: str
    ordinal: int
    verdict: Verdict
    marks: tuple[Mark, ...]

    @property
    def order(self) -> tuple[int, int, int]:
        return self.verdict.score, self.ordinal, self.post_id


def find(
    connection: sqlite3.Connection,
    query: str,
    *,
    limit: int,
    offset: int,
    order: Order = Order.RELEVANCE,
) -> Found:
    """Return a page of the posts that answer a query. Raises InvalidQuery if it asks nothing."""
    candidates = collect(connection, parse(query))
    page = _newest if order is Order.NEWEST else _most_relevant
    ranked = page(connection, candidates.ids, candidates.plans, limit, offset)
    return Found(tuple(map(_match, ranked)), len(candidates.ids))


def _newest(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    plans: Sequence[Plan],
    limit: int,
    offset: int,
) -> list[_Ranked]:
    rows = connection.execute(NEWEST, (json.dumps(ids), limit, offset))
    return _rank(connection, [post_id for (post_id,) in rows], plans)


def _most_relevant(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    plans: Sequence[Plan],
    limit: int,
    offset: int,
) -> list[_Ranked]:
    first: list[_Ranked] = []
    if offset < RANKED:
        first = _rank(connection, ids[:RANKED], plans)
        first.sort(key=lambda hit: hit.order, reverse=True)
    end = offset + limit
    return first[offset:end] + _rank(connection, ids[max(offset, RANKED) : end], plans)


def _rank(
    connection: sqlite3.Connection, ids: Sequence[int], plans: Sequence[Plan]
) -> list[_Ranked]:
    """Judge posts by the plan that each fills best, keeping their order."""
    matchers = [(plan, Matcher(plan)) for plan in plans]
    ranked = {
        post_id: _ranked(post_id, text, ordinal, matchers)
        for post_id, text, ordinal in connection.execute(TEXTS, (json.dumps(ids),))
    }
    return [ranked[post_id] for post_id in ids]


def _ranked(
    post_id: int, text: str, ordinal: int, matchers: Iterable[tuple[Plan, Matcher]]
) -> _Ranked:
    terms = sequence(text)
    title = _title_length(text, terms)
    ways = [
        (judge(plan, marks, title), marks)
        for plan, matcher in matchers
        if (marks := matcher.marks(terms))
    ]
    unmarked: tuple[Verdict, tuple[Mark, ...]] = (Verdict(MOST, (Rule.TAG,)), ())
    verdict, marks = max(ways, key=lambda way: way[0].score, default=unmarked)
    return _Ranked(post_id, text, ordinal, verdict, marks)


def _title_length(text: str, terms: Sequence[str]) -> int:
    """Return how many words the first line has, which serves as a post's title."""
    line, more, _ = text.lstrip().partition("\n")
    return len(sequence(line)) if more else len(terms)


def _match(hit: _Ranked) -> Match:
    spots = [
        Spot(span, mark.slot, MOST - mark.answer.cost)
        for mark, span in zip(hit.marks, spans(hit.text, hit.marks), strict=True)
    ]
    why = tuple(rule.value for rule in hit.verdict.why)
    return Match(hit.post_id, hit.verdict.score, why, snippet(hit.text, spots))
