"""Finds the posts that answer a query, round by round from exact to fuzzy.

Each round is asked only while those before it found too little. Its plans are whole conditions
on the index, so every post found is a hit; no more than `MOST_HITS` are looked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.search.dictionary import MOST, MOST_BESIDE, WholeArchive
from storage.search.expansion import BEGUN, SPELLED
from storage.search.lookup import MOST_HITS, RANKED, Lookup
from storage.search.matching import Matcher
from storage.search.plans import Plan
from storage.search.pool import SomePosts, pool_of
from storage.search.readings import LONG, REPEATED, Readings, exactly
from storage.text.keys import keys_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from storage.search.filters import Filter
    from storage.search.plans import Slot
    from storage.search.pool import Pool
    from storage.search.query import Query

ENOUGH = 10
"""Hits with which several words are not looked for inside others, nor taken apart any more."""

FEW = 2
"""Hits of a long single word up to which its neighbours by one slip are shown as well."""

LONELY = 1
"""Hits of a single word up to which words of the other script that sound alike are shown too."""

MOST_READ = 150
"""Posts with the rarest word of several up to which all are read for the other words."""

MOST_READ_MORE = 20
"""The same for the word next in rarity, when something was found beside the rarest."""

MOST_READ_LAST = 2000
"""The same, when nothing else has found anything."""

MANY_TERMS, FEW_TERMS, FEW_POSTS = 25, 20, 80
"""From how many terms on that answer one word it is sooner told from the posts with another, if its
terms are so few, and these posts: the index looks up each term."""

MOST_CHARACTERS = 400
"""How long these posts may be on average; longer ones take too long to read."""


@dataclass(slots=True)
class Candidates:
    """The ids of the hits, the most exact round's first, newest first in it; and the plans.

    `complete` is False if there may be more hits than these.
    """

    found: dict[int, None] = field(default_factory=dict)
    plans: list[Plan] = field(default_factory=list)
    complete: bool = True

    @property
    def ids(self) -> tuple[int, ...]:
        """The hits that are told of."""
        return tuple(self.found)[:MOST_HITS]


class Search:
    """One query on its way through the rounds."""

    def __init__(
        self, connection: sqlite3.Connection, query: Query, filters: Sequence[Filter]
    ) -> None:
        self._connection = connection
        self._query = query
        self._terms = WholeArchive(connection, MOST if len(query.words) == 1 else MOST_BESIDE)
        unwanted = [Plan((exactly(self._terms, phrase),)) for phrase in query.without]
        self._lookup = Lookup(connection, filters, unwanted)
        self._readings = Readings(self._terms, query)
        self._read: dict[frozenset[str], Pool] = {}  # by the forms of the word that they hold
        self.candidates = Candidates()

    def run(self) -> None:
        """Ask round after round; what was found stays if this is interrupted."""
        if not (self._query.words or self._query.phrases):
            self._collect(self._lookup.all_posts())
        elif len(self._query.words) == 1:
            self._one_word()
        else:
            self._several_words()
            self._beside_typed()

    def _one_word(self) -> None:
        """Fill the pages with ever less exact answers, but with far likelier slips first.

        Where few hits have the word, those that write it in the other script are looked for too.
        """
        readings = self._readings
        self._ask(readings.as_typed(RANKED))
        exact = self._ask(readings.as_words())
        alike = 0 if exact else self._ask(readings.surely_sounding())
        if exact < RANKED:
            self._ask(readings.as_parts(BEGUN))
        if self._count < RANKED:
            self._ask(readings.as_parts(SPELLED))
        if self._count < ENOUGH:
            self._ask(readings.split())
        if exact and self._count < ENOUGH:
            self._ask(readings.surely_sounding())
        answered = self._count - alike
        if answered:
            self._ask_first(readings.likelier())
        if 0 < answered <= FEW and self._is_one_long_word():
            self._ask(readings.slipped(1))
        if self._count == alike < ENOUGH:
            self._one_misspelt_word(alike)

    def _one_misspelt_word(self, alike: int) -> None:
        """Look for what may have been meant of a word that at most others of its sound answer."""
        readings = self._readings
        slipped = self._ask(readings.slipped(1)) - alike
        if not alike and slipped <= LONELY:
            self._ask(readings.sounding())
        self._ask_until_found((readings.split(3), readings.typing(slips=1)))
        if not slipped and alike <= FEW:
            self._ask(readings.slipped(2))

    def _several_words(self) -> None:
        """Look for all words in the archive, else for less exact ones beside the rarest word."""
        readings = self._readings
        if readings.all_known:
            self._read_rarest()
        if (exact := self._ask(readings.as_words())) >= ENOUGH:
            return
        read: list[tuple[Pool, Readings]] = []
        for pool in self._pools(0, MOST_READ):
            read.append((pool, self._near(pool)))
            if self._ask(read[-1][1].as_parts(SPELLED), pool) >= ENOUGH:
                break
        if not (read and self._count):
            self._parts()
        elif not exact and self._count < ENOUGH:
            self._ask(readings.rare_begun(MOST_READ))
        for pool, beside in read:
            self._ask_until_found((beside.split(), beside.typing()), pool)
        self._ask_until_found((readings.turned(), readings.split(), readings.typing()))
        if not self._count:
            self._misspelt_words(read)

    def _beside_typed(self) -> None:
        """Look for whatever stands beside a word just as it was typed, if all hits are far."""
        if self._are_far():
            # The rarer a word is that has another inside, the sooner a word as typed tells of it.
            readings = Readings(WholeArchive(self._connection), self._query)
            self._ask(readings.beside_typed())
            self._ask_while_few((readings.beside_typed_slipped(),))

    def _are_far(self) -> bool:
        """Whether no hit is close, of no more than are ranked, though one could be."""
        if not (0 < self._count <= RANKED and self._readings.is_any_held):
            return False
        return not any(map(self._readings.are_close, self._terms_found()))

    def _terms_found(self) -> Iterator[list[str]]:
        """Yield the terms of each hit so far."""
        return map(self._lookup.terms, self.candidates.found)

    def _parts(self) -> None:
        """Look for the words inside others as well, if each is a word, or if else nothing is."""
        readings = self._readings
        if not readings.all_known:
            self._ask(readings.as_parts(BEGUN))
        if readings.all_known or not self._count:
            self._ask(readings.as_parts(SPELLED))

    def _misspelt_words(self, read: Sequence[tuple[Pool, Readings]]) -> None:
        """Look for words that hold slips, then for ever fewer of them."""
        readings = self._readings
        for pool, beside in read:
            if not self._count:
                self._ask_while_few((beside.slipped(1), beside.typing(slips=1)), pool)
        if not self._count or self._are_far():
            self._ask_while_few((readings.corrected(1), readings.typing(slips=1)))
        self._ask_until_found((readings.slipped(1), readings.slipped_if_short()))
        if not self._count:
            self._misspelt_beside()
        for pool, beside in read:
            self._ask_until_found((beside.sounding(), beside.slipped(2)), pool)
        self._ask_until_found((readings.sounding(), readings.slipped(2)))
        if self._count < ENOUGH and all(map(readings.lacks_known, self._terms_found())):
            self._fewer_words()

    def _fewer_words(self) -> None:
        """Leave ever more words out, as long as few hits have the others just so.

        If none has, these may hold slips.
        """
        for missing in range(1, len(self._query.words)):
            self._ask_while_few([self._readings.fewer(missing)])
            self._ask_until_found([self._readings.fewer_slipped(missing)])

    def _misspelt_beside(self) -> None:
        """Read more posts with one of the words."""
        for pool in self._pools(MOST_READ, MOST_READ_LAST):
            near = self._near(pool)
            self._ask_until_found((near.slipped(1), near.typing(slips=1)), pool)

    def _near(self, pool: Pool) -> Readings:
        return Readings(SomePosts(pool.values()), self._query)

    def _pools(self, least: int, most: int) -> Iterator[Pool]:
        """Yield the posts that hold a word, of more posts than `least`, up to `most`."""
        for number, (posts, slot) in enumerate(self._readings.rare(most)):
            limit = MOST_READ_MORE if number and self._count else most
            if posts <= limit * REPEATED and (pool := self._pool(slot, least, limit)):
                yield pool

    def _read_rarest(self) -> None:
        """Read the posts that hold the rarest word, so that the others are looked for there."""
        for posts, slot in self._readings.rare(MOST_READ)[:1]:
            if posts <= MOST_READ:
                self._pool(slot, 0, MOST_READ)

    def _pool(self, slot: Slot, least: int, most: int) -> Pool:
        """Return the posts that hold a word if they are more than `least`, up to `most`."""
        forms = frozenset(slot.chain[0])
        if (known := self._read.get(forms)) is not None:
            return known if len(known) > least else {}
        ids = self._lookup.newest(Plan((slot,)), most + 1)
        if not least < len(ids) <= most:
            return {}
        pool = pool_of(self._connection, ids, most * MOST_CHARACTERS)
        if 0 < len(pool) <= MOST_READ:
            self._read[forms] = pool
        return pool

    def _ask_until_found(self, rounds: Iterable[Iterable[Plan]], pool: Pool | None = None) -> None:
        for plans in rounds:
            if not self._count:
                self._ask(plans, pool)

    def _ask_while_few(self, rounds: Iterable[Iterable[Plan]], pool: Pool | None = None) -> None:
        for plans in rounds:
            if self._count < ENOUGH:
                self._ask(plans, pool)

    def _ask_first(self, plans: Iterable[Plan]) -> None:
        """Let what fills these plans come before all that was found so far."""
        less_likely, self.candidates.found = self.candidates.found, {}
        try:
            self._ask(plans)
        finally:
            self._collect(less_likely)

    @property
    def _count(self) -> int:
        return len(self.candidates.found)

    def _ask(self, plans: Iterable[Plan], pool: Pool | None = None) -> int:
        """Keep what fills these plans, among the posts of the pool alone if there is one."""
        for plan in plans:
            if ids := self._filling(plan) if not pool else self._among(pool, plan):
                self._collect(ids)
                self.candidates.plans.append(plan)
        return self._count

    def _filling(self, plan: Plan) -> list[int]:
        """Return the posts that fill a plan; the index is not asked if all that may were read.

        Save where they are more than are ranked, as it puts those first that fill it most exactly.
        """
        if pool := self._pool_for(plan):
            ids = self._among(pool, plan)
            if len(ids) <= RANKED:
                return ids
        ids, are_all = self._lookup.filling(plan)
        self.candidates.complete &= are_all
        return ids

    def _pool_for(self, plan: Plan) -> Pool:
        """Return posts, read before or now, among which are all that fill a plan; or none."""
        for forms, pool in self._read.items():
            if any(slot.size == 1 and slot.chain[0].keys() <= forms for slot in plan.slots):
                return pool
        slots = sorted(plan.slots, key=_breadth)
        if plan.needs_text or _breadth(slots[-1]) < MANY_TERMS or _breadth(slots[0]) > FEW_TERMS:
            return {}
        posts = self._terms.posts(slots[0].chain[0])
        return self._pool(slots[0], 0, MOST_READ) if sum(posts.values()) <= FEW_POSTS else {}

    def _among(self, pool: Pool, plan: Plan) -> list[int]:
        marks, lets = Matcher(plan).marks, self._lookup.lets_through
        return [post_id for post_id, terms in pool.items() if marks(terms) and lets(post_id)]

    def _collect(self, ids: Iterable[int]) -> None:
        self.candidates.found.update(dict.fromkeys(ids))
        self.candidates.complete &= len(self.candidates.found) <= MOST_HITS

    def _is_one_long_word(self) -> bool:
        query = self._query
        return len(query.words) == 1 and not query.phrases and len(keys_of(query.words[0])) >= LONG


def _breadth(slot: Slot) -> int:
    return len(slot.chain[0])
