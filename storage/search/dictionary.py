"""Asks the archive's list of terms: which are known, and which are like a given one."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import cached_property
from itertools import islice, takewhile
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple, Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.search.pieces import inside, sought, sound_piece, whole_piece
from storage.search.sounding import alike
from storage.text.hangul import initials
from storage.text.keys import is_hangul, keys_of, term_of
from storage.text.particles import PARTICLES
from storage.text.sounds import skeletons_heard, skeletons_near

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from storage.search.sounding import Alike

MOST, MOST_BESIDE = 400, 120
"""How many terms, the most frequent, may stand for a word: by itself, or beside others, where all
of them together take long and the rarest find hardly a post."""

MOST_INITIALS = 250  # terms with the same initials, beside other words as well
MOST_BEGUN = 1000
MOST_SOUNDING = 1000
LONG_SKELETON = 3  # consonants from which on one may differ
FEWEST_BEGUN = 4  # keys
AFTER_ALL = "\U0010ffff"  # sorts after every character of a term

KNOWN = "SELECT term, posts FROM json_each(?) CROSS JOIN terms ON term = value"
BEGINNING = """
SELECT term, posts FROM terms WHERE term > ?1 AND term < ?1 || ?2 ORDER BY posts DESC LIMIT ?3
"""
CONTAINING = """
SELECT term, posts FROM term_pieces JOIN terms ON terms.id = term_pieces.rowid
WHERE term_pieces MATCH ? AND instr(term, ?) ORDER BY posts DESC LIMIT ?
"""
WITH_INITIALS = """
SELECT term, posts FROM term_pieces JOIN terms ON terms.id = term_pieces.rowid
WHERE term_pieces MATCH ? ORDER BY posts DESC LIMIT ?
"""
BEGUN = """
SELECT term, posts FROM json_each(?1)
CROSS JOIN terms ON term >= value AND term < value || ?2
ORDER BY posts DESC LIMIT ?3
"""
# What is of one length: a term, or one without its particle.
WITH_PIECES = """
SELECT term, posts, {:d} FROM term_pieces JOIN terms ON terms.id = term_pieces.rowid
WHERE term_pieces MATCH ?
"""
WITH_SOUND = """
SELECT term, posts FROM terms
WHERE id IN (
    SELECT doc FROM term_piece_places
    WHERE term_piece_places.term IN (SELECT value FROM json_each(?)))
ORDER BY posts DESC LIMIT ?
"""

Frequencies = dict[str, int]
"""Terms and how many posts hold each."""


class Slip(NamedTuple):
    """A term a slip or two away: what of its keys was meant (not its particle), how far."""

    term: str
    form: str
    slips: int
    posts: int


class Dictionary(Protocol):
    """A list of terms that can be asked which of them are like a given one."""

    def known(self, terms: Iterable[str]) -> Frequencies:
        """Return those of the terms that it holds."""

    def beginning(self, term: str) -> Frequencies:
        """Return the terms that begin with this one and go on."""

    def containing(self, keys: str, *, hangul: bool) -> Frequencies:
        """Return the terms of one kind of script with these keys in a row.

        They are at least two whole syllables, or four letters.
        """

    def with_initials(self, initials: str) -> Frequencies:
        """Return the Hangul terms whose first syllables begin with these consonants."""

    def near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms that are, with or without a particle, at most so many slips away."""

    def begun_near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms whose beginning is at most so many slips away."""

    def sounding(self, keys: str, *, hangul: bool, roughly: bool = False) -> list[Alike]:
        """Return the terms of the other kind of script that sound like a word of this one.

        `roughly` asks for those besides whose consonants are not quite the same.
        """


class WholeArchive:
    """The terms of all posts; of many that answer, the `most` frequent."""

    def __init__(self, connection: sqlite3.Connection, most: int = MOST) -> None:
        self._connection = connection
        self._most = most

    def known(self, terms: Iterable[str]) -> Frequencies:
        """Return those of the terms that are held."""
        # No term holds a quote or a backslash; json.dumps would look whether one does.
        found = self._ask(KNOWN, '["{}"]'.format('","'.join(terms)))
        return dict(sorted(found.items()))

    def beginning(self, term: str) -> Frequencies:
        """Return the longer terms that begin with this one."""
        return self._ask(BEGINNING, term, AFTER_ALL, self._most)

    def containing(self, keys: str, *, hangul: bool) -> Frequencies:
        """Return the terms with these keys in a row."""
        match = inside(keys, hangul=hangul)
        return self._ask(CONTAINING, match, keys, self._most)

    def with_initials(self, initials: str) -> Frequencies:
        """Return the Hangul terms whose initials begin so."""
        piece = whole_piece(initials)
        same = self._ask(WITH_INITIALS, f'"{piece}"', MOST_INITIALS)
        return same | self._ask(WITH_INITIALS, f'"{piece}"*', MOST_INITIALS)

    def near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms so many slips away."""
        wanted = sought(keys, slips)
        sql = "UNION ALL".join(map(WITH_PIECES.format, wanted))
        rows = self._connection.execute(sql, [*wanted.values()]).fetchall() if wanted else []
        forms = [keys_of(term)[:length] for term, _, length in rows]
        return [
            Slip(rows[place][0], form, distance, posts=rows[place][1])
            for form, distance, place in within(keys, forms, slips)
        ]

    def begun_near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms of either script whose beginning is so many slips away, one at most."""
        openings = [
            term_of(opening, hangul=hangul)
            for opening in sorted(one_slip_away(keys))
            if len(opening) >= FEWEST_BEGUN
            for hangul in (True, False)
        ]
        return SomePosts(self._ask(BEGUN, json.dumps(openings), AFTER_ALL, MOST_BEGUN)).begun_near(
            keys, slips
        )

    def sounding(self, keys: str, *, hangul: bool, roughly: bool = False) -> list[Alike]:
        """Return the terms of the other script that have the word's consonants, or nearly."""
        skeletons = skeletons_heard(keys, hangul=hangul)
        if roughly:
            long = (one for one in skeletons if len(one) >= LONG_SKELETON)
            skeletons = {other for one in long for other in skeletons_near(one)} - skeletons
        wanted = [sound_piece(one, hangul=not hangul) for one in skeletons if one]
        found = self._ask(WITH_SOUND, json.dumps(wanted), MOST_SOUNDING)
        return alike(keys, found, hangul=hangul)

    def _ask(self, sql: str, *values: object) -> Frequencies:
        return dict(self._connection.execute(sql, values).fetchall())


class SomePosts:
    """The terms of a few hundred posts at most, few enough to look at each."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._terms = sorted(frequencies)

    @cached_property
    def _keys(self) -> list[str]:
        return list(map(keys_of, self._terms))

    @cached_property
    def _lines(self) -> str:
        """All terms as one text, which is searched faster than each by itself."""
        return "\n".join(["", *self._terms, ""])

    def known(self, terms: Iterable[str]) -> Frequencies:
        """Return those of the terms that are held."""
        return {term: self._frequencies[term] for term in terms if term in self._frequencies}

    def beginning(self, term: str) -> Frequencies:
        """Return the longer terms that begin with this one."""
        longer = islice(self._terms, bisect_right(self._terms, term), None)
        return self._with_frequencies(takewhile(lambda other: other.startswith(term), longer))

    def containing(self, keys: str, *, hangul: bool) -> Frequencies:
        """Return the terms with these keys in a row."""
        found = (term for term in self._holding(keys) if is_hangul(term) == hangul)
        return self._with_frequencies(found)

    def with_initials(self, consonants: str) -> Frequencies:
        """Return the Hangul terms whose initials begin so."""
        return self._those(
            lambda other: is_hangul(other) and initials(keys_of(other)).startswith(consonants)
        )

    def near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms so many slips away."""
        return [
            slip
            for slip in self.begun_near(keys, slips)
            if _is_particle(slip.term, keys_of(slip.term)[len(slip.form) :])
        ]

    def begun_near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms whose beginning is so many slips away."""
        found: dict[str, Slip] = {}
        for length in range(max(len(keys) - slips, 1), len(keys) + slips + 1):
            forms = [form[:length] for form in self._keys]
            for form, distance, place in within(keys, forms, slips):
                term = self._terms[place]
                one = Slip(term, form, distance, self._frequencies[term])
                found[term] = min(one, found.get(term, one), key=_slips)
        return list(found.values())

    def sounding(self, keys: str, *, hangul: bool, roughly: bool = False) -> list[Alike]:
        """Return the terms of the other script that sound like the word: all, nearly or not."""
        if roughly:
            return []
        others = self._those(lambda other: is_hangul(other) != hangul)
        return alike(keys, others, hangul=hangul)

    def _holding(self, keys: str) -> Iterator[str]:
        """Yield the terms with these keys in a row."""
        at = self._lines.find(keys)
        while at >= 0:
            end = self._lines.index("\n", at)
            yield self._lines[self._lines.rindex("\n", 0, at) + 1 : end]
            at = self._lines.find(keys, end)

    def _those(self, fits: Callable[[str], bool]) -> Frequencies:
        return self._with_frequencies(filter(fits, self._terms))

    def _with_frequencies(self, terms: Iterable[str]) -> Frequencies:
        return {term: self._frequencies[term] for term in terms}


def one_slip_away(keys: str) -> set[str]:
    """Return the keys that are one slip away: one key more, less or another, or two swapped."""
    cuts = [(keys[:at], keys[at:]) for at in range(len(keys) + 1)]
    return {
        *(left + right[1:] for left, right in cuts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
        *(left + key + right[1:] for left, right in cuts if right for key in ascii_lowercase),
        *(left + key + right for left, right in cuts for key in ascii_lowercase),
    }


def within(keys: str, forms: Sequence[str], slips: int) -> list[tuple[str, int, int]]:
    """Return those of the forms at most so many slips away: form, how many, its place."""
    return process.extract(keys, forms, scorer=OSA.distance, score_cutoff=slips, limit=None)


def _is_particle(term: str, rest: str) -> bool:
    return not rest or (is_hangul(term) and rest in PARTICLES)


def _slips(slip: Slip) -> tuple[int, int]:
    return slip.slips, -len(slip.form)
