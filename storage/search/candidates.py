"""Finds the posts that answer a query, round by round from exact to fuzzy.

Each round is asked only while those before it found too little. Its plans are whole conditions
on the index, so every post found is a hit and their number is the true total.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from storage.search.matching import Matcher
from storage.search.plans import Plan, Rule, narrowed
from storage.search.readings import Readings, exactly
from storage.text.hashtags import hashtag_key
from storage.text.keys import keys_of, sequence

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from storage.search.query import Query, Tag

ENOUGH = 10
"""Hits with which words are not taken apart any more."""

FEW = 2
"""Hits of a long single word up to which its neighbours by one slip are shown as well."""

LONG = 6
"""How many keys make a word long, so that its neighbours are rather spellings of it."""

MOST_SLIPS = 2

RANKED = 250
"""How many hits, the first found, are ranked; those after them follow as they were found."""

MOST_CHECKED = 5000
"""Posts, the newest, whose text is looked into for words side by side."""

MATCHING = "SELECT rowid FROM post_terms WHERE post_terms MATCH ? ORDER BY rowid DESC"
TEXT = "SELECT text FROM posts WHERE id = ?"
TAGGED = """
SELECT post_id FROM post_tags JOIN tags ON tags.id = post_tags.tag_id WHERE tags.key = ?
"""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The ids of all hits, the most exact round's first, newest first in it; and the plans."""

    ids: tuple[int, ...]
    plans: tuple[Plan, ...]


def collect(connection: sqlite3.Connection, query: Query) -> Candidates:
    """Find the hits of a query."""
    tagged = {tag: _tagged(connection, tag) for tag in query.tags}
    query = _without_unknown(query, [tag for tag, ids in tagged.items() if not ids])
    never = frozenset(chain.from_iterable(_run_all(connection, query)))
    only = frozenset.intersection(*filter(None, tagged.values())) if query.tags else None
    if not (query.words or query.phrases):
        shown = Plan(tuple(exactly(connection, tag.terms) for tag in query.tags), (Rule.TAG,))
        return Candidates(tuple(sorted((only or frozenset()) - never, reverse=True)), (shown,))
    found = _rounds(
        connection, query, lambda post: post not in never and (only is None or post in only)
    )
    return found if only is None else _with_rule(found, Rule.TAG)


def _with_rule(found: Candidates, rule: Rule) -> Candidates:
    """Let every hit tell one rule more."""
    plans = (replace(plan, rules=(*plan.rules, rule)) for plan in found.plans)
    return replace(found, plans=tuple(plans))


def run(connection: sqlite3.Connection, plan: Plan) -> list[int]:
    """Return the ids of the posts that fill a plan, newest first.

    Where they are more than can be ranked, those that fill it most exactly come before the rest.
    """
    if not plan.is_possible:
        return []
    ids = _matching(connection, plan)
    if len(ids) > RANKED:
        ids = list(dict.fromkeys([*_matching(connection, narrowed(plan)), *ids]))
    if not plan.needs_text:
        return ids
    matcher = Matcher(plan)
    return [post_id for post_id in ids[:MOST_CHECKED] if _holds(connection, matcher, post_id)]


def _matching(connection: sqlite3.Connection, plan: Plan) -> list[int]:
    return [post_id for (post_id,) in connection.execute(MATCHING, (expression(plan),))]


def expression(plan: Plan) -> str:
    """Write a plan for FTS5: terms only, each quoted, and no term holds a quote."""
    return " AND ".join(
        "({})".format(" OR ".join(f'"{term}"' for term in answers))
        for slot in plan.slots
        for answers in slot.chain
    )


def _rounds(
    connection: sqlite3.Connection, query: Query, is_allowed: Callable[[int], bool]
) -> Candidates:
    readings = Readings(connection, query)
    found: dict[int, None] = {}
    plans: list[Plan] = []

    def ask(asked: Iterable[Plan]) -> int:
        for plan in asked:
            ids = [post_id for post_id in run(connection, plan) if is_allowed(post_id)]
            if ids:
                plans.append(plan)
                found.update(dict.fromkeys(ids))
        return len(found)

    if ask(readings.as_written()) < ENOUGH:
        ask(readings.split())
    if not found:
        ask(readings.slipped(MOST_SLIPS))
    elif len(found) <= FEW and _is_one_long_word(query):
        ask(readings.slipped(1))
    if not found:
        ask(readings.fewer())
    return Candidates(tuple(found), tuple(plans))


def _is_one_long_word(query: Query) -> bool:
    return len(query.words) == 1 and not query.phrases and len(keys_of(query.words[0])) >= LONG


def _holds(connection: sqlite3.Connection, matcher: Matcher, post_id: int) -> bool:
    (text,) = connection.execute(TEXT, (post_id,)).fetchone()
    return bool(matcher.marks(sequence(text)))


def _run_all(connection: sqlite3.Connection, query: Query) -> Iterable[list[int]]:
    """Yield the posts of each exclusion."""
    for phrase in query.without:
        yield run(connection, Plan((exactly(connection, phrase),)))


def _tagged(connection: sqlite3.Connection, tag: Tag) -> frozenset[int]:
    rows = connection.execute(TAGGED, (hashtag_key(tag.name),))
    return frozenset(post_id for (post_id,) in rows)


def _without_unknown(query: Query, unknown: Iterable[Tag]) -> Query:
    """Take a tag that the archive does not have for the words of its name."""
    words = dict.fromkeys([*query.words, *chain.from_iterable(tag.terms for tag in unknown)])
    known = tuple(tag for tag in query.tags if tag not in unknown)
    return replace(query, words=tuple(words), tags=known)
