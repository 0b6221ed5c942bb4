"""Asks the archive's list of terms: which are known, and which are like a given one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.search.pieces import agreeing, probes, sound_piece, whole_piece
from storage.text.hangul import initials
from storage.text.keys import HANGUL_MARK, is_hangul, keys_of, term_of
from storage.text.particles import PARTICLES, stems
from storage.text.sounds import roughly, skeleton, skeletons_near, sounds_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

MOST = 250
"""How many terms, the most frequent, may stand for one word."""

MOST_CONTAINING = 1000
MOST_SOUNDING = 1000
LONG_SKELETON = 3  # consonants from which on one may differ
LEAST_ALIKE = 0.7  # how much of two sounds is the same
GRAM = 3  # keys
AFTER_ALL = "\U0010ffff"  # sorts after every character of a term

KNOWN = "SELECT term, posts FROM terms WHERE term IN (SELECT value FROM json_each(?))"
BEGINNING = """
SELECT term, posts FROM terms WHERE term > ?1 AND term < ?1 || ?2 ORDER BY posts DESC LIMIT ?3
"""
CONTAINING = """
SELECT term, posts FROM term_grams JOIN terms ON terms.id = term_grams.rowid
WHERE term_grams MATCH ?1 AND instr(term, ?2) AND (substr(term, 1, 1) = ?3) = ?4
ORDER BY posts DESC LIMIT ?5
"""
WITH_INITIALS = """
SELECT term, posts FROM terms
WHERE id IN (SELECT doc FROM term_piece_places WHERE term_piece_places.term = ?)
ORDER BY posts DESC LIMIT ?
"""
BEGINNING_WITH_INITIALS = """
SELECT term, posts FROM terms
WHERE id IN (
    SELECT doc FROM term_piece_places
    WHERE term_piece_places.term >= ?1 AND term_piece_places.term < ?1 || ?2)
ORDER BY posts DESC LIMIT ?3
"""
# A piece begins with the length of what it was cut from: a term, or one without its particle.
SHARING_PIECES = """
SELECT term, posts, length FROM (
    SELECT doc, CAST(term AS INTEGER) AS length FROM term_piece_places
    WHERE term IN (SELECT value FROM json_each(?))
    GROUP BY doc, length HAVING count(*) >= ?)
JOIN terms ON terms.id = doc
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


@dataclass(frozen=True, slots=True)
class Slip:
    """A term a slip or two away: what of its keys was meant (not its particle), how far."""

    term: str
    form: str
    slips: int
    posts: int


@dataclass(frozen=True, slots=True)
class Alike:
    """A term of the other script: what of its keys sounds alike (not its particle), how much."""

    term: str
    form: str
    likeness: float
    posts: int


class Dictionary(Protocol):
    """A list of terms that can be asked which of them are like a given one."""

    def known(self, terms: Iterable[str]) -> Frequencies:
        """Return those of the terms that it holds."""

    def beginning(self, term: str) -> Frequencies:
        """Return the terms that begin with this one and go on."""

    def containing(self, keys: str, *, hangul: bool) -> Frequencies:
        """Return the terms of one kind of script with these keys (at least three) in a row."""

    def with_initials(self, initials: str) -> Frequencies:
        """Return the Hangul terms whose first syllables begin with these consonants."""

    def near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms that are, with or without a particle, at most so many slips away."""

    def begun_near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms whose beginning is at most so many slips away."""

    def sounding(self, keys: str, *, hangul: bool) -> list[Alike]:
        """Return the terms of the other kind of script that sound like a word of this one."""


class WholeArchive:
    """The terms of all posts; of many that answer, the most frequent."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def known(self, terms: Iterable[str]) -> Frequencies:
        """Return those of the terms that are held."""
        return self._ask(KNOWN, json.dumps(list(terms)))

    def beginning(self, term: str) -> Frequencies:
        """Return the longer terms that begin with this one."""
        return self._ask(BEGINNING, term, AFTER_ALL, MOST)

    def containing(self, keys: str, *, hangul: bool) -> Frequencies:
        """Return the terms with these keys in a row."""
        starts = {*range(0, len(keys) - GRAM + 1, GRAM), len(keys) - GRAM}
        grams = {keys[start : start + GRAM] for start in starts}
        match = " AND ".join(f'"{gram}"' for gram in sorted(grams))
        return self._ask(CONTAINING, match, keys, HANGUL_MARK, hangul, MOST_CONTAINING)

    def with_initials(self, initials: str) -> Frequencies:
        """Return the Hangul terms whose initials begin so."""
        piece = whole_piece(initials)
        same = self._ask(WITH_INITIALS, piece, MOST)
        return same | self._ask(BEGINNING_WITH_INITIALS, piece, AFTER_ALL, MOST)

    def near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms so many slips away."""
        values = (json.dumps(list(probes(keys, slips))), agreeing(slips))
        rows = self._connection.execute(SHARING_PIECES, values).fetchall()
        forms = [keys_of(term)[:length] for term, _, length in rows]
        return [
            Slip(rows[place][0], form, distance, posts=rows[place][1])
            for form, distance, place in within(keys, forms, slips)
        ]

    def begun_near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms whose beginning is so many slips away, in one half of the keys."""
        half = len(keys) // 2
        if half < GRAM:
            return []
        found: Frequencies = {}
        for hangul in (True, False):
            found |= self.beginning(term_of(keys[:half], hangul=hangul))
            found |= self.containing(keys[half:], hangul=hangul)
        return SomePosts(found).begun_near(keys, slips)

    def sounding(self, keys: str, *, hangul: bool) -> list[Alike]:
        """Return the terms of the other script that sound like the word."""
        sounds = sounds_of(keys, hangul=hangul)
        exact = set(filter(None, map(skeleton, sounds)))
        near = {
            other for one in exact if len(one) >= LONG_SKELETON for other in skeletons_near(one)
        }
        found: Frequencies = {}
        for skeletons in (exact, near):
            probes_ = [sound_piece(one, hangul=not hangul) for one in skeletons]
            found |= self._ask(WITH_SOUND, json.dumps(probes_), MOST_SOUNDING)
        return alike(sounds, found)

    def _ask(self, sql: str, *values: object) -> Frequencies:
        return dict(self._connection.execute(sql, values).fetchall())


class SomePosts:
    """The terms of a few hundred posts at most, few enough to look at each."""

    def __init__(self, frequencies: Frequencies) -> None:
        self._frequencies = frequencies
        self._terms = [(keys_of(term), term) for term in frequencies]

    def known(self, terms: Iterable[str]) -> Frequencies:
        """Return those of the terms that are held."""
        return {term: self._frequencies[term] for term in terms if term in self._frequencies}

    def beginning(self, term: str) -> Frequencies:
        """Return the longer terms that begin with this one."""
        return self._those(lambda other: other.startswith(term) and other != term)

    def containing(self, keys: str, *, hangul: bool) -> Frequencies:
        """Return the terms with these keys in a row."""
        return self._those(lambda other: keys in other and is_hangul(other) == hangul)

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
            long = [one for one in self._terms if len(one[0]) >= length]
            forms = [form[:length] for form, _ in long]
            for form, distance, place in within(keys, forms, slips):
                term = long[place][1]
                one = Slip(term, form, distance, self._frequencies[term])
                found[term] = min(one, found.get(term, one), key=_slips)
        return list(found.values())

    def sounding(self, keys: str, *, hangul: bool) -> list[Alike]:
        """Return the terms of the other script that sound like the word."""
        others = self._those(lambda other: is_hangul(other) != hangul)
        return alike(sounds_of(keys, hangul=hangul), others)

    def _those(self, fits: Callable[[str], bool]) -> Frequencies:
        return {term: posts for term, posts in self._frequencies.items() if fits(term)}


def within(keys: str, forms: Sequence[str], slips: int) -> list[tuple[str, int, int]]:
    """Return those of the forms at most so many slips away: form, how many, its place."""
    return process.extract(keys, forms, scorer=OSA.distance, score_cutoff=slips, limit=None)


def alike(sounds: Sequence[str], terms: Frequencies) -> list[Alike]:
    """Return those of the terms that sound like one of these."""
    forms = [
        (term, form, sound)
        for term in terms
        for form in (keys_of(term), *(stems(keys_of(term)) if is_hangul(term) else ()))
        for sound in sounds_of(form, hangul=is_hangul(term))
    ]
    found: dict[str, Alike] = {}
    for one in sounds:
        for term, form, sound in forms:
            likeness = _likeness(one, sound)
            if likeness >= LEAST_ALIKE and (term not in found or found[term].likeness < likeness):
                found[term] = Alike(term, form, likeness, terms[term])
    return list(found.values())


def _likeness(one: str, other: str) -> float:
    """Return how much two sounds are the same, 0 to 1: as they are, roughly, by consonants."""
    ways = ((one, other), (roughly(one), roughly(other)), (skeleton(one), skeleton(other)))
    return sum(OSA.normalized_similarity(*way) for way in ways) / len(ways)


def _is_particle(term: str, rest: str) -> bool:
    return not rest or (is_hangul(term) and rest in PARTICLES)


def _slips(slip: Slip) -> tuple[int, int]:
    return slip.slips, -len(slip.form)
