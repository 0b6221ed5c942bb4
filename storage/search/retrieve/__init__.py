"""Finds the candidates of a query: posts that hold any of its words, those that tell most first.

The posts of rare words are read one and all, and what their words tell is summed for each post.
Frequent words tell little and stand in many posts: they are only looked up together with the rare
ones, or with each other. The work is counted in postings, not in time, so that load on the machine
does not change an answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, combinations, permutations
from typing import TYPE_CHECKING

from storage.database.columns import json_ids
from storage.models import Try
from storage.search.expand import MOST_POSTINGS
from storage.search.expand.alternatives import in_bands
from storage.search.index.writer import holding_any
from storage.search.rank.weights import LEAST_TOLD, PERHAPS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from storage.search.expand.alternatives import Word
    from storage.search.parse.operators import Filter

MOST_HITS = 1000
"""Posts after which no more are looked for; nobody pages so far."""

MOST_RANKED, SURELY_RANKED, PROMISING = 150, 15, 0.8
"""How many candidates are ranked at most and at least; and what share of the information that the
last of these tells a further one must tell to be worth it: order and title add no more.
"""

MOST_WORDS = 8
"""Words, the most telling, by which posts are found; further ones only rank."""

FILLED = 10
"""Posts with all words from which on none are looked for in which a slip may have been meant."""

MOST_DOUBTED = 3
"""Words, the most telling, which are doubted in that case."""

ENOUGH = 150
"""Candidates from which on fewer of the frequent words together are not looked up."""

MOST_TRIES = 10
"""Combinations of frequent words that are looked up."""

MOST_LOOKED_UP = 15_000
"""Posts that hold a word, the newest, which are looked up for what filters demand."""

FEW = 100
"""Posts with a tag or of a site up to which words are sought in these alone."""

MOST_READ = 50_000
"""Posts, the newest, which are read for that where no word is asked for."""

HOLDING_OF_FEW = """
SELECT rowid FROM post_terms
WHERE post_terms MATCH ? AND rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid DESC
"""
FIRST = "SELECT * FROM ({}) LIMIT ?"
HOLDING = "SELECT rowid FROM post_terms WHERE post_terms MATCH ? ORDER BY rowid DESC LIMIT ?"
FULFILLING = """
SELECT posts.id FROM json_each(?) CROSS JOIN posts ON posts.id = value WHERE {}
"""
NEWEST = "SELECT id FROM posts WHERE {} ORDER BY ordinal DESC, id DESC LIMIT ?"
NEWEST_FULFILLING = f"""
SELECT posts.id FROM ({NEWEST.format("{}")}) AS near CROSS JOIN posts ON posts.id = near.id
WHERE {{}} LIMIT ?
"""  # noqa: S608 - no values
NOT_HOLDING = "posts.id NOT IN (SELECT rowid FROM post_terms WHERE post_terms MATCH ?)"


@dataclass(frozen=True, slots=True)
class Candidates:
    """The ids of the candidates, those that tell most first, newest first among equals.

    `holding_all` is how many hold every word; `complete` is False if more posts may be hits.
    """

    ids: tuple[int, ...] = ()
    worth_ranking: int = 0
    holding_all: int = 0
    complete: bool = True
    tries: tuple[Try, ...] = ()


class Retrieval:
    """Asks the index for posts that fulfil the conditions of one query."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        filters: Sequence[Filter],
        required: Sequence[str] = (),
        excluded: Sequence[str] = (),
    ) -> None:
        self._connection = connection
        self._filters = filters
        self._demand = " AND ".join(one.sql for one in filters)
        self._values = [value for one in filters for value in one.values]
        self._looked_up: set[int] = set()
        self._fulfilling: set[int] = set()
        self._is_cut = False
        self._few = self._few_that_fulfil()
        self._required = list(required)
        self._excluded = list(excluded)
        self._is_free = not (filters or required or excluded)

    def fulfilling(self, limit: int) -> list[int]:
        """Return the newest posts that fulfil the conditions, whatever words they hold."""
        if self._required:
            return self._holding([], limit)
        cheap = [one for one in self._filters if one.newest or not one.dear]
        dear = [one for one in self._filters if one.dear and not one.newest]
        inner = [f"posts.id IN ({one.newest})" if one.newest else one.sql for one in cheap]
        outer = [*(one.sql for one in dear), *[NOT_HOLDING] * len(self._excluded)]
        sql = NEWEST_FULFILLING.format(" AND ".join(inner) or "true", " AND ".join(outer) or "true")
        values = [value for one in cheap for value in one.values]
        values += [MOST_READ if outer else limit]
        values += [value for one in dear for value in one.values]
        return self._ids(sql, *values, *self._excluded, limit)

    def candidates(self, words: Sequence[Word]) -> Candidates:
        """Return the posts that hold any of the words and tell enough of the query."""
        places = [place for place, word in enumerate(words) if word.alternatives and word.tells]
        telling = sorted(places, key=lambda place: -words[place].information)[:MOST_WORDS]
        told = _Told(words)
        rare = [place for place in telling if words[place].held]
        frequent = [place for place in telling if place not in rare]
        function_words = [
            place for place, word in enumerate(words) if word.alternatives and not word.tells
        ]
        for place in rare:
            if self._is_free:
                told.add_held(place, words[place].held)
            else:
                self._tell(told, place, words[place], [])
        # So few are all ranked, which tells what else they hold.
        is_told = len(told) > MOST_RANKED
        anchors = [holding_any({t for place in rare for t in words[place].alternatives})]
        for place in frequent if rare and is_told else ():
            self._tell(told, place, words[place], anchors)
        for place in function_words if rare and is_told else ():
            for likeness, ids in self._beside(words[place], anchors):
                told.add_to_found(place, ids, likeness)
        self._tell_together(told, words, frequent, [] if rare else function_words)
        all_telling = {place for place, word in enumerate(words) if word.tells}
        if told.holding(all_telling) < FILLED:
            self._tell_perhaps(told, words, telling)
        complete = not self._is_cut and (not frequent or len(all_telling) == 1)
        return told.candidates(all_telling, complete=complete, rank_all=not is_told)

    def _tell(self, told: _Told, place: int, word: Word, anchors: Sequence[str]) -> None:
        """Note which posts hold a word, by the word itself, its other forms, and other terms."""
        limit = MOST_POSTINGS if word.held else MOST_HITS + 1
        for likeness, terms in in_bands(word.alternatives):
            told.add((place,), self._holding([holding_any(terms), *anchors], limit), likeness)

    def _beside(self, word: Word, anchors: Sequence[str]) -> Iterator[tuple[float, Sequence[int]]]:
        """Yield posts that hold a function word and what the anchors ask for, by likeness."""
        if word.held:
            yield from ((likeness, (post_id,)) for post_id, likeness in word.held.items())
            return
        for likeness, terms in in_bands(word.alternatives):
            yield likeness, self._holding([holding_any(terms), *anchors], MOST_HITS + 1)

    def _tell_together(
        self, told: _Told, words: Sequence[Word], frequent: Sequence[int], beside: Sequence[int]
    ) -> None:
        """Note the newest posts that hold several frequent words, or one if that is not enough.

        Those that hold the very words are read first, and those with all words `beside` them.
        """
        subsets = _subsets(words, frequent)
        if frequent and beside:
            subsets = chain([(*frequent, *beside)], subsets)
        for number, places in enumerate(subsets):
            if number >= MOST_TRIES:
                return
            bands = [in_bands(words[place].alternatives) for place in places]
            for level in range(max(map(len, bands))):
                if len(told) >= ENOUGH:
                    return
                some = [
                    holding_any(t for _, terms in band[: level + 1] for t in terms)
                    for band in bands
                ]
                likeness = min(band[min(level, len(band) - 1)][0] for band in bands)
                told.add(places, self._holding(some, MOST_HITS + 1), likeness)

    def _tell_perhaps(self, told: _Told, words: Sequence[Word], telling: Sequence[int]) -> None:
        """Note which posts hold one word, and what a slip may have made another word of."""
        for place, other in permutations(telling[:MOST_DOUBTED], 2):
            if words[place].perhaps:
                some = [holding_any(words[place].perhaps), holding_any(words[other].alternatives)]
                ids = self._holding(some, MOST_HITS + 1)
                told.add((other,), ids, 1.0)
                told.add((place,), ids, PERHAPS)

    def _holding(self, groups: Sequence[str], limit: int) -> list[int]:
        match = " NOT ".join([" AND ".join([*groups, *self._required]), *self._excluded])
        if not self._demand:
            return self._ids(HOLDING, match, limit)
        if self._few is not None:
            held = self._ids(HOLDING_OF_FEW, match, json_ids(self._few))
            return self._fulfilled(held)[:limit]
        held = self._ids(HOLDING, match, MOST_LOOKED_UP)
        self._is_cut = self._is_cut or len(held) == MOST_LOOKED_UP
        return self._fulfilled(held)[:limit]

    def _few_that_fulfil(self) -> list[int] | None:
        """Return all posts that fulfil a filter which has an index, if these are few."""
        for one in self._filters:
            if one.newest:
                found = self._ids(FIRST.format(one.newest), *one.values, FEW + 1)
                if len(found) <= FEW:
                    return found
        return None

    def _fulfilled(self, ids: Sequence[int]) -> list[int]:
        """Return those of some posts that fulfil the filters; each post is looked up once."""
        new = [post_id for post_id in ids if post_id not in self._looked_up]
        sql = FULFILLING.format(self._demand)
        self._fulfilling.update(self._ids(sql, json_ids(new), *self._values))
        self._looked_up.update(new)
        return [post_id for post_id in ids if post_id in self._fulfilling]

    def _ids(self, sql: str, *values: object) -> list[int]:
        return [post_id for (post_id,) in self._connection.execute(sql, values)]


class _Told:
    """How much of a query's information each post tells, as far as it was looked up."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._total = sum(word.information for word in words if word.alternatives) or 1.0
        self._likeness: defaultdict[int, dict[int, float]] = defaultdict(dict)
        """By place in the query, the posts that hold the word, each with the likeness."""
        self._ids: set[int] = set()
        self._tries: list[Try] = []

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, places: tuple[int, ...], ids: Sequence[int], likeness: float) -> None:
        """Note that posts hold the words at these places; the first likeness noted stays."""
        before = len(self)
        for place in places:
            self._likeness[place] = dict.fromkeys(ids, likeness) | self._likeness[place]
        self._ids.update(ids)
        self._note(places, likeness, len(self) - before)

    def add_held(self, place: int, held: Mapping[int, float]) -> None:
        """Note the posts that hold a rare word."""
        before = len(self)
        self._likeness[place] |= held
        self._ids.update(held)
        self._note((place,), 1.0, len(self) - before)

    def add_to_found(self, place: int, ids: Iterable[int], likeness: float) -> None:
        """Note which of the posts that were found hold a word that finds none by itself."""
        found = dict.fromkeys(self._ids.intersection(ids), likeness)
        self._likeness[place] = found | self._likeness[place]

    def _note(self, places: tuple[int, ...], likeness: float, found: int) -> None:
        share = sum(self._words[place].information for place in places) * likeness / self._total
        self._tries.append(Try(words=places, told=share, found=found))

    def holding(self, places: Iterable[int], ids: Iterable[int] | None = None) -> int:
        """Return how many of the posts, or of some of them, hold the words at all these places."""
        some = self._ids if ids is None else {*ids}
        return len(some.intersection(*(self._likeness[place] for place in places)))

    def candidates(self, telling: set[int], *, complete: bool, rank_all: bool) -> Candidates:
        """Return the posts that tell enough, those that tell most first."""
        said = dict.fromkeys(self._ids, 0.0)
        for place, held in self._likeness.items():
            information = self._words[place].information
            for post_id, likeness in held.items():
                said[post_id] += information * likeness
        least = LEAST_TOLD * self._total
        newest = sorted((post_id for post_id in said if said[post_id] >= least), reverse=True)
        ids = sorted(newest, key=said.__getitem__, reverse=True)  # newest first among equals
        kept = tuple(ids[:MOST_HITS])
        last = ids[min(SURELY_RANKED, len(ids)) - 1] if ids else 0
        enough = 0.0 if rank_all or not ids else PROMISING * said[last]
        return Candidates(
            ids=kept,
            worth_ranking=sum(said[post_id] >= enough for post_id in ids[:MOST_RANKED]),
            holding_all=self.holding(telling, kept),
            complete=complete and len(ids) <= MOST_HITS,
            tries=tuple(self._tries),
        )


def _subsets(words: Sequence[Word], places: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Return the combinations of words at some places, those that tell most first."""
    found = [
        tuple(sorted(some))
        for size in range(len(places), 0, -1)
        for some in combinations(places, size)
    ]
    yield from sorted(found, key=lambda some: -sum(words[place].information for place in some))
