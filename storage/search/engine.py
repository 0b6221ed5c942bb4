"""Answers a query: collects its hits, and cuts snippets of those on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from storage.models import Mistake, Order
from storage.search.candidates import Candidates, Search
from storage.search.deadline import SECONDS, TimeUp, deadline
from storage.search.dictionary import WholeArchive
from storage.search.explanation import explained
from storage.search.filters import ASKED, read, tagged
from storage.search.highlight import Spot, snippet
from storage.search.matching import Mark, spans
from storage.search.pages import most_relevant, newest
from storage.search.plans import Plan, Rule
from storage.search.query import as_written, parse, unquoted
from storage.search.ranking import MOST
from storage.search.readings import exactly
from storage.search.shifts import Typed
from storage.search.suggestions import suggestions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from storage.models import Snippet, Span, Way
    from storage.search.filters import Filter
    from storage.search.pages import Ranked
    from storage.search.query import Query, Tag

NOT_OBVIOUS = {Rule.LAYOUT, Rule.TYPO, Rule.CHOSEONG, Rule.SOUND}

ANY = "SELECT 1 FROM posts WHERE {} LIMIT 1"


@dataclass(frozen=True, slots=True)
class Match:
    """A post that answers a query: how well (1 to 100), by which rules, and where."""

    post_id: int
    score: int
    why: tuple[str, ...]
    snippet: Snippet
    lost: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A page of matches, how many there are in all, and what `Hits` tells of them."""

    matches: tuple[Match, ...]
    total: int
    complete: bool = True
    in_time: bool = True
    read_as: str | None = None
    as_written: str | None = None
    mistakes: tuple[Mistake, ...] = ()
    suggestions: tuple[str, ...] = ()


def find(
    connection: sqlite3.Connection,
    query: str,
    *,
    limit: int,
    offset: int,
    order: Order = Order.RELEVANCE,
    seconds: float = SECONDS,
) -> Found:
    """Return a page of the posts that answer a query. Raises InvalidQuery if it asks nothing.

    After so many seconds no more posts are looked for.
    """
    asked, filters, mistakes = _demanded(connection, parse(query))
    found, in_time = _collect(connection, asked, filters, seconds)
    page = (connection, found.ids, found.plans, limit, offset)
    ranked = newest(*page) if order is Order.NEWEST else most_relevant(*page, Typed(query))
    read_as = _read_as(ranked[0]) if ranked else None
    return Found(
        tuple(map(_match, ranked)),
        len(found.ids),
        complete=found.complete and in_time,
        in_time=in_time,
        read_as=read_as,
        as_written=as_written(query) if read_as and asked.words else None,
        mistakes=mistakes,
        suggestions=() if found.found else _instead(connection, query, asked, seconds),
    )


def explain(connection: sqlite3.Connection, query: str) -> tuple[Way, ...]:
    """Return the ways in which a query finds its hits. Raises InvalidQuery if it asks nothing."""
    asked, filters, _ = _demanded(connection, parse(query))
    found, _ = _collect(connection, asked, filters, SECONDS)
    return explained(found.plans)


def _collect(
    connection: sqlite3.Connection, query: Query, filters: Sequence[Filter], seconds: float
) -> tuple[Candidates, bool]:
    """Find the hits of a query, or those found when the time is up; whether it was not."""
    search = Search(connection, query, filters)
    in_time = True
    try:
        with deadline(connection, seconds):
            search.run()
    except TimeUp:
        in_time = False
    found = search.candidates
    if query.tags:
        found.plans = _with_tags(connection, found.plans, query.tags)
    return found, in_time


def _demanded(
    connection: sqlite3.Connection, query: Query
) -> tuple[Query, list[Filter], tuple[Mistake, ...]]:
    """Turn tags and demands into filters; those that no post can fulfil are left out.

    A tag that the archive does not have is taken for the words of its name.
    """
    tags = {tag: tagged(tag.name) for tag in query.tags}
    known = {tag: one for tag, one in tags.items() if _fits_any(connection, one)}
    filters = [*known.values()]
    mistakes = []
    for demand in query.demands:
        one = read(demand)
        if one and (demand.negated or demand.operator not in ASKED or _fits_any(connection, one)):
            filters.append(one)
        else:
            mistakes.append(Mistake(operator=demand.operator, value=demand.value))
    return _without_unknown(query, [*known]), filters, tuple(mistakes)


def _instead(
    connection: sqlite3.Connection, text: str, query: Query, seconds: float
) -> tuple[str, ...]:
    """Return other queries for one that found nothing, if they can be found in time."""
    if query.phrases and _finds_any(connection, plain := unquoted(text), seconds):
        return (plain,)
    try:
        with deadline(connection, seconds):
            return suggestions(connection, WholeArchive(connection), query.words)
    except TimeUp:
        return ()


def _finds_any(connection: sqlite3.Connection, text: str, seconds: float) -> bool:
    query, filters, _ = _demanded(connection, parse(text))
    found, _ = _collect(connection, query, filters, seconds)
    return bool(found.found)


def _read_as(hit: Ranked) -> str | None:
    """Return what the words were taken for, if that is not obvious, as the best hit has it."""
    best: dict[int, tuple[Mark, Span]] = {}
    for mark, span in zip(hit.marks, spans(hit.text, hit.marks), strict=True):
        if mark.slot not in best or mark.answer.cost < best[mark.slot][0].answer.cost:
            best[mark.slot] = (mark, span)
    rules = {rule for mark, _ in best.values() for rule in mark.answer.rules}
    if not rules & NOT_OBVIOUS:
        return None
    return " ".join(hit.text[span.start : span.end] for _, (_, span) in sorted(best.items()))


def _fits_any(connection: sqlite3.Connection, one: Filter) -> bool:
    return connection.execute(ANY.format(one.sql), one.values).fetchone() is not None


def _with_tags(
    connection: sqlite3.Connection, plans: Sequence[Plan], tags: Sequence[Tag]
) -> list[Plan]:
    """Let every hit tell that it carries the tags; without words it shows their names."""
    if not plans:
        terms = WholeArchive(connection)
        return [Plan(tuple(exactly(terms, tag.terms) for tag in tags), (Rule.TAG,))]
    return [replace(plan, rules=(*plan.rules, Rule.TAG)) for plan in plans]


def _without_unknown(query: Query, known: Sequence[Tag]) -> Query:
    """Take a tag that the archive does not have for the words of its name."""
    names = chain.from_iterable(tag.terms for tag in query.tags if tag not in known)
    words = dict.fromkeys([*query.words, *names])
    return replace(query, words=tuple(words), tags=tuple(known))


def _match(hit: Ranked) -> Match:
    spots = [
        Spot(span, mark.slot, MOST - mark.answer.cost)
        for mark, span in zip(hit.marks, spans(hit.text, hit.marks), strict=True)
    ]
    why = tuple(rule.value for rule in hit.verdict.why)
    return Match(hit.post_id, hit.verdict.score, why, snippet(hit.text, spots), hit.verdict.lost)
