"""Posts that were read because they hold a rare word of a query, and the terms in them."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from storage.database import json_ids
from storage.search.dictionary import begun_near, in_order
from storage.search.index import sequence_of
from storage.search.sounding import alike, together
from storage.text.hangul import initials
from storage.text.keys import is_hangul, keys_of
from storage.text.particles import PARTICLES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from storage.search.dictionary import Frequencies, Slip
    from storage.search.sounding import Alike


SEQUENCES = """
SELECT post_id, terms FROM json_each(?) CROSS JOIN post_sequences ON post_id = value
"""

Pool = dict[int, list[str]]
"""Posts, newest first, and their terms in order."""


def pool_of(connection: sqlite3.Connection, ids: list[int], most: int) -> Pool:
    """Return the posts with their terms; none if they are longer in all than so many."""
    pool: Pool = {}
    for post_id, content in connection.execute(SEQUENCES, (json_ids(ids),)):
        most -= len(content)
        if most < 0:
            return {}
        pool[post_id] = sequence_of(content)
    return pool


class SomePosts:
    """The terms of a few hundred posts at most, few enough to look at each: a `Dictionary`."""

    def __init__(self, posts: Collection[Sequence[str]]) -> None:
        self._posts = posts
        self._terms = dict.fromkeys(chain.from_iterable(posts))

    @cached_property
    def _frequencies(self) -> Frequencies:
        return Counter(chain.from_iterable(map(set, self._posts)))

    @cached_property
    def _in_order(self) -> dict[str, str]:
        return in_order(self._terms)

    @cached_property
    def _lines(self) -> str:
        """All terms as one text, which is searched faster than each by itself."""
        return "\n".join(["", *self._terms, ""])

    def known(self, terms: Iterable[str]) -> list[str]:
        """Return those of the terms that are held."""
        return [term for term in terms if term in self._terms]

    def posts(self, terms: Iterable[str]) -> Frequencies:
        """Return those of the terms that are held, with their posts."""
        return {term: self._frequencies[term] for term in self.known(terms)}

    def family(self, prefix: str) -> list[str]:
        """Return all terms that begin so."""
        return [*self._holding(f"\n{prefix}")]

    def beginning(self, term: str) -> list[str]:
        """Return the longer terms that begin with this one."""
        return [other for other in self.family(term) if other != term]

    def containing(self, keys: str, *, hangul: bool) -> list[str]:
        """Return the terms with these keys in a row."""
        return [term for term in self._holding(keys) if is_hangul(term) == hangul]

    def with_initials(self, consonants: str) -> list[str]:
        """Return the Hangul terms whose initials begin so."""
        return [
            term
            for term in self._terms
            if is_hangul(term) and initials(keys_of(term)).startswith(consonants)
        ]

    def near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms so many slips away."""
        return [
            slip
            for slip in self._begun_near(keys, slips)
            if _is_particle(slip.term, keys_of(slip.term)[len(slip.form) :])
        ]

    def begun_near(self, keys: str, slips: int, *, hangul: bool) -> list[Slip]:
        """Return the terms of one kind of script whose beginning is so many slips away."""
        found = self._begun_near(keys, slips)
        return [one for one in found if is_hangul(one.term) == hangul]

    def _begun_near(self, keys: str, slips: int) -> list[Slip]:
        return begun_near(keys, slips, self._frequencies, self._in_order)

    def sounding(self, keys: str, *, hangul: bool, roughly: bool = False) -> list[Alike]:
        """Return the terms of the other script that sound like the word: all, nearly or not."""
        if roughly:
            return []
        others = [term for term in self._terms if is_hangul(term) != hangul]
        return alike(keys, self.posts(others), hangul=hangul)

    def sounding_together(self, korean: str, english: str, *, last: bool) -> list[str]:
        """Return the English terms of such parts."""
        return together(korean, english, self._terms, last=last)

    def _holding(self, keys: str) -> Iterator[str]:
        """Yield the terms with these keys in a row; after a line's end, those that begin so."""
        at = self._lines.find(keys)
        while at >= 0:
            end = self._lines.index("\n", at + 1)
            yield self._lines[self._lines.rindex("\n", 0, at + 1) + 1 : end]
            at = self._lines.find(keys, end)


def _is_particle(term: str, rest: str) -> bool:
    return not rest or (is_hangul(term) and rest in PARTICLES)
