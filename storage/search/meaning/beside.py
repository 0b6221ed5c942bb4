"""When a search asks for meaning as well, and where its posts stand beside those found by words.

Words come first: in the names and terms of a channel, of which a small model knows little, they
find more. Meaning comes after the posts that tell a good part of the query, or before those that
hold little of it. Every number was chosen on the halves of the question sets that are not held
back; RESULTS.md tells what they give.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Final

from storage.database.columns import json_ids
from storage.search.expand.alternatives import Standing
from storage.search.meaning.cutting import is_korean
from storage.search.meaning.index import CANDIDATES
from storage.search.present.snippets import opening_of
from storage.search.rank.weights import BEST

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from storage.models import Hit
    from storage.search.expand.alternatives import Word
    from storage.search.meaning.index import Close, MeaningIndex
    from storage.search.parse import Query
    from storage.search.parse.operators import Filter

BY_MEANING: Final = "meaning"
"""Why a post is a hit that holds none of the words."""

STRONG: Final = 55
"""The score, of 100, from which on a post found by words stands before all found by meaning."""

FAIR: Final = 40
"""The score from which on the best of the other posts found by words takes the first turn."""

ENOUGH: Final = 10
"""Strong posts beside which meaning is not asked."""

FEWEST_WORDS: Final = 2
"""Words that tell something, which a query must have: one alone is looked for as it stands."""

LEAST_KNOWN: Final = 2 / 3
"""The share of these that the archive or a dictionary must know: slips have no meaning."""

FLOOR: Final = 0.24
"""The cosine of the vectors from which on a post is close in meaning; below, even nonsense has
posts that are as close."""

OTHER_LANGUAGE: Final = 0.06
"""How much closer a post is counted that is in the other language than the query: words had no
chance to find it, and of all that means the same the model puts its own language first."""

MOST_POSTS: Final = 10
"""Posts by meaning."""

WITH_FILTERS: Final = 10 * CANDIDATES
"""Parts that are looked at where not all of their posts fulfil the query's conditions."""

FULFILLING = "SELECT id FROM posts WHERE id IN (SELECT value FROM json_each(?)) AND {}"


@dataclass(frozen=True, slots=True)
class Beside:
    """The hits of a query, best first: those by words, and those close in meaning.

    `close` tells how close those are, `alone` which of them words have not found.
    """

    ids: Sequence[int]
    close: Mapping[int, Close]
    alone: Mapping[int, Close]

    def told(self, hit: Hit, text: str) -> Hit:
        """Return a hit as it is by words with what it is by meaning; `text` is its post's."""
        one = self.close.get(hit.post.id)
        if one is None:
            return hit
        if hit.post.id not in self.alone:
            return replace(hit, parts=(*hit.parts, (BY_MEANING, one.cosine)))
        return replace(
            hit,
            score=round(BEST * one.cosine),
            why=(BY_MEANING,),
            snippet=opening_of(text, one.part),
            parts=((BY_MEANING, one.cosine),),
        )


def beside(
    connection: sqlite3.Connection,
    index: MeaningIndex | None,
    query: Query,
    words: Sequence[Word],
    filters: Sequence[Filter],
    by_words: Mapping[int, int],
) -> Beside:
    """Return the hits that words have found, best first with their scores, and those by meaning."""
    strong = sum(score >= STRONG for score in by_words.values())
    if index is None or strong >= ENOUGH or not _may_be_asked(query, words):
        return Beside([*by_words], {}, {})
    close = _close(connection, index, as_typed(query), filters)
    alone = {post_id: one for post_id, one in close.items() if post_id not in by_words}
    return Beside(in_turn(by_words, close), close, alone)


def in_turn(by_words: Mapping[int, int], close: Iterable[int]) -> list[int]:
    """Return all hits: those strong by words, best first, then by words and by meaning in turn."""
    strong = [post_id for post_id, score in by_words.items() if score >= STRONG]
    others = [post_id for post_id in by_words if by_words[post_id] < STRONG]
    words_first = bool(others) and by_words[others[0]] >= FAIR
    turns = zip_longest(others, close) if words_first else zip_longest(close, others)
    ids = chain(strong, chain.from_iterable(turns))
    return [*dict.fromkeys(post_id for post_id in ids if post_id is not None)]


def as_typed(query: Query) -> str:
    """Return the words of a query as they were typed, without its operators."""
    words = (f"{'' if word.glued else ' '}{word.typed}" for word in query.words)
    return "".join(words).strip()


def _may_be_asked(query: Query, words: Sequence[Word]) -> bool:
    """Whether a query says enough to have a meaning; one that quotes or excludes is literal."""
    telling = [word for word in words if word.tells]
    if query.phrases or query.without or len(telling) < FEWEST_WORDS:
        return False
    known = sum(word.standing is not Standing.UNKNOWN for word in telling)
    return known >= LEAST_KNOWN * len(telling)


def _close(
    connection: sqlite3.Connection, index: MeaningIndex, asked: str, filters: Sequence[Filter]
) -> dict[int, Close]:
    """Return the posts close in meaning that fulfil the conditions, the closest first."""
    found = index.close_to(connection, asked, WITH_FILTERS if filters else CANDIDATES)
    korean = is_korean(asked)
    closeness = {one: one.cosine + OTHER_LANGUAGE * (one.korean is not korean) for one in found}
    closest = sorted(found, key=closeness.__getitem__, reverse=True)
    near = {one.post_id: one for one in closest if closeness[one] >= FLOOR}
    allowed = _fulfilling(connection, near, filters) if filters else near.keys()
    return {id_: near[id_] for id_ in [id_ for id_ in near if id_ in allowed][:MOST_POSTS]}


def _fulfilling(
    connection: sqlite3.Connection, ids: Iterable[int], filters: Sequence[Filter]
) -> set[int]:
    sql = FULFILLING.format(" AND ".join(one.sql for one in filters))
    values = chain.from_iterable(one.values for one in filters)
    return {post_id for (post_id,) in connection.execute(sql, (json_ids(ids), *values))}
