"""Asks the archive's list of terms: which are known, and which are like a given one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.search.pieces import agreeing, probes
from storage.text.keys import HANGUL_MARK, keys_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

MOST = 250
"""How many terms, the most frequent, may stand for one word."""

MOST_CONTAINING = 1000
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
SELECT term, posts FROM terms WHERE initials >= ?1 AND initials < ?1 || ?2
ORDER BY initials = ?1 DESC, posts DESC LIMIT ?3
"""
# A piece begins with the length of what it was cut from: a term, or one without its particle.
SHARING_PIECES = """
SELECT term, posts, length FROM (
    SELECT term_id, CAST(piece AS INTEGER) AS length FROM term_pieces
    WHERE piece IN (SELECT value FROM json_each(?))
    GROUP BY term_id, length HAVING count(*) >= ?)
JOIN terms ON terms.id = term_id
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


def known(connection: sqlite3.Connection, terms: Iterable[str]) -> Frequencies:
    """Return those of the terms that the archive holds."""
    return dict(connection.execute(KNOWN, (json.dumps(list(terms)),)).fetchall())


def beginning(connection: sqlite3.Connection, term: str) -> Frequencies:
    """Return the terms that begin with this one and go on."""
    return dict(connection.execute(BEGINNING, (term, AFTER_ALL, MOST)).fetchall())


def containing(connection: sqlite3.Connection, keys: str, *, hangul: bool) -> Frequencies:
    """Return the terms, of one kind of script, that have these keys (at least three) in a row."""
    grams = {keys[start : start + GRAM] for start in range(len(keys) - GRAM + 1)}
    match = " AND ".join(f'"{gram}"' for gram in sorted(grams))
    values = (match, keys, HANGUL_MARK, hangul, MOST_CONTAINING)
    return dict(connection.execute(CONTAINING, values).fetchall())


def with_initials(connection: sqlite3.Connection, initials: str) -> Frequencies:
    """Return the Hangul terms whose syllables begin with these consonants, in order."""
    return dict(connection.execute(WITH_INITIALS, (initials, AFTER_ALL, MOST)).fetchall())


def near(connection: sqlite3.Connection, keys: str, slips: int) -> list[Slip]:
    """Return the terms that are, with or without a particle, at most so many slips away."""
    if not slips:
        return []
    values = (json.dumps(list(probes(keys, slips))), agreeing(slips))
    rows = connection.execute(SHARING_PIECES, values).fetchall()
    forms = [keys_of(term)[:length] for term, _, length in rows]
    close = process.extract(keys, forms, scorer=OSA.distance, score_cutoff=slips, limit=None)
    return [
        Slip(rows[place][0], form, distance, posts=rows[place][1])
        for form, distance, place in close
    ]
