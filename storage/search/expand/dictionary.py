"""Asks the archive's list of terms: which are known, and which are like a given one."""

from __future__ import annotations

import json
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.language.hangul import is_shifted
from storage.language.keys import keys_of, term_of, tokens
from storage.language.sounds import (
    skeleton,
    skeletons_heard,
    skeletons_together,
    sounds_of,
    with_or_without_sios,
)
from storage.search.expand.sounds import LEAST_ALIKE, alike, spellings, together
from storage.search.index.pieces import (
    LONGEST,
    inside,
    reading_piece,
    sought,
    sound_piece,
    thirds,
    whole_piece,
)
from storage.search.index.writer import holding_any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from storage.search.expand.sounds import Alike

MOST_HOLDING = 400
"""How many terms, the most frequent, may begin with a word or hold it."""

MOST_AT_ONCE = 120
"""How many terms at most may begin alike so that all of them are taken at once: from so few it is
seen sooner which of a word's forms there are than by looking up each."""

MOST_INITIALS = 150  # terms with the same initials
MOST_BEGUN = 1000
MOST_SOUNDING = 200
FEWEST_BEGUN = 4  # keys

MOST_LOOKED_INTO = 20
"""Posts, the newest, whose texts are read for how they write a word."""

FEWEST_OTHER_SCRIPT = 6
"""From how many keys on a slip may be in a word typed in the wrong layout as well."""

AFTER_ALL = "\U0010ffff"  # sorts after every character of a term

KNOWN = "SELECT term FROM json_each(?) CROSS JOIN terms ON term = value"
ENTRIES = "SELECT term, terms.id, posts FROM json_each(?) CROSS JOIN terms ON term = value"
NEWEST = """
SELECT searched FROM posts WHERE id IN (
    SELECT rowid FROM post_terms WHERE post_terms MATCH ? ORDER BY rowid DESC LIMIT ?)
"""
HOLDING = "SELECT rowid FROM post_terms WHERE post_terms MATCH ?"
FAMILY = """
SELECT term FROM terms WHERE term >= ? AND term < ? ORDER BY term LIMIT ?
"""
BEGINNING = """
SELECT term FROM terms WHERE term > ? AND term < ? ORDER BY posts DESC LIMIT ?
"""
CONTAINING = """
SELECT term FROM term_pieces JOIN terms ON terms.id = term_pieces.rowid
WHERE term_pieces MATCH ? AND instr(term, ?) ORDER BY posts DESC LIMIT ?
"""
WITH_PIECE = """
SELECT term FROM term_pieces JOIN terms ON terms.id = term_pieces.rowid
WHERE term_pieces MATCH ? ORDER BY posts DESC LIMIT ?
"""
BEGUN = """
SELECT DISTINCT term, posts FROM json_each(?)
CROSS JOIN terms ON term >= value AND term < value || ?
ORDER BY posts DESC, term LIMIT ?
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


class Dictionary:
    """The terms of all posts and how many posts hold each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._families: dict[str, list[str] | None] = {}
        self._entries: dict[str, tuple[int, int] | None] = {}

    def known(self, terms: Iterable[str]) -> list[str]:
        """Return those of the terms that are held."""
        return sorted(self._terms(KNOWN, _listed(terms)))

    def posts(self, terms: Iterable[str]) -> Frequencies:
        """Return those of the terms that are held, with their posts."""
        return {term: posts for term, (_, posts) in self.entries(terms).items()}

    def entries(self, terms: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Return the id and the number of posts of those of the terms that are held."""
        asked = [*terms]
        new = [term for term in asked if term not in self._entries]
        self._entries |= dict.fromkeys(new)
        for term, term_id, posts in self._connection.execute(ENTRIES, (_listed(new),)):
            self._entries[term] = (term_id, posts)
        return {term: entry for term in asked if (entry := self._entries[term])}

    def holding(self, terms: Iterable[str]) -> list[int]:
        """Return the posts that hold any of the terms, or all of those side by side in one."""
        rows = self._connection.execute(HOLDING, (holding_any(terms),))
        return [post_id for (post_id,) in rows]

    def writes(self, typed: str, terms: Collection[str]) -> bool:
        """Whether some of the newest posts with any of the terms write them as they were typed.

        The terms fold shift, so that 빵 and 방 are one; only their texts tell.
        """
        rows = self._connection.execute(NEWEST, (holding_any(terms), MOST_LOOKED_INTO))
        return any(
            word.term in terms and not is_shifted(typed, text[word.start : word.end])
            for (text,) in rows
            for word in tokens(text)
        )

    def family(self, prefix: str) -> list[str] | None:
        """Return all terms that begin with a prefix; None if they are too many."""
        if prefix not in self._families:
            found = self._terms(FAMILY, prefix, prefix + AFTER_ALL, MOST_AT_ONCE + 1)
            self._families[prefix] = found if len(found) <= MOST_AT_ONCE else None
        return self._families[prefix]

    def beginning(self, term: str) -> list[str]:
        """Return the longer terms that begin with this one."""
        for prefix, family in self._families.items():
            if family is not None and term.startswith(prefix):
                return [other for other in family if other.startswith(term) and other != term]
        return self._terms(BEGINNING, term, term + AFTER_ALL, MOST_HOLDING)

    def begun(self, term: str) -> list[str]:
        """Return the terms that begin with this one, itself included."""
        return [*self.known([term]), *self.beginning(term)]

    def containing(self, keys: str, *, hangul: bool) -> list[str]:
        """Return the terms with these keys in a row."""
        match = inside(keys, hangul=hangul)
        return self._terms(CONTAINING, match, keys, MOST_HOLDING)

    def with_initials(self, initials: str) -> list[str]:
        """Return the Hangul terms whose first syllables begin with these initials."""
        piece = whole_piece(initials)
        same = self._terms(WITH_PIECE, f'"{piece}"', MOST_INITIALS)
        begun = self._terms(WITH_PIECE, f'"{piece}"*', MOST_INITIALS)
        return [*dict.fromkeys((*same, *begun))]

    def read_as(self, readings: Iterable[str]) -> list[str]:
        """Return the terms of Chinese characters that are read as any of some Hangul words."""
        match = " OR ".join(f'"{reading_piece(keys)}"' for keys in readings)
        return self._terms(WITH_PIECE, match, MOST_HOLDING)

    def near(self, keys: str, slips: int) -> list[Slip]:
        """Return the terms at most `slips` slips away from the keys."""
        wanted = sought(keys, slips)
        sql = "UNION ALL".join(map(WITH_PIECES.format, wanted))
        rows = self._connection.execute(sql, [*wanted.values()]).fetchall() if wanted else []
        forms = [keys_of(term)[:length] for term, _, length in rows]
        found = [
            Slip(rows[place][0], form, distance, posts=rows[place][1])
            for form, distance, place in within(keys, forms, slips)
        ]
        return found if len(keys) + slips <= LONGEST else [*found, *self._near_long(keys, slips)]

    def _near_long(self, keys: str, slips: int) -> Iterator[Slip]:
        """Yield the terms at most `slips` slips away that are too long to have pieces."""
        holding = {
            term: keys_of(term)
            for hangul in (True, False)
            for part in thirds(keys, hangul=hangul)
            for term in self.containing(part, hangul=hangul)
            if len(keys_of(term)) > LONGEST
        }
        posts, terms = self.posts(holding), [*holding]
        for form, distance, place in within(keys, [*holding.values()], slips):
            yield Slip(terms[place], form, distance, posts[terms[place]])

    def begun_near(self, keys: str, slips: int, *, hangul: bool) -> list[Slip]:
        """Return the terms whose beginning is at most `slips` slips away: none or one."""
        wanted = [term_of(one, hangul=hangul) for one in openings(keys)]
        found = self._frequencies(BEGUN, _listed(wanted), AFTER_ALL, MOST_BEGUN)
        return begun_near(keys, slips, found, in_order(found))

    def sounding(self, keys: str, least: float = LEAST_ALIKE, *, hangul: bool) -> list[Alike]:
        """Return the terms of the other script that sound like the word, with `least` likeness."""
        skeletons = skeletons_heard(keys, hangul=hangul)
        wanted = [sound_piece(one, hangul=not hangul) for one in skeletons if one]
        found = self._frequencies(WITH_SOUND, json.dumps(wanted), MOST_SOUNDING)
        return alike(keys, found, least, hangul=hangul)

    def spelled_alike(self, keys: str) -> list[Alike]:
        """Return the Hangul terms that are other spellings of a Hangul word."""
        ways = [keys, *with_or_without_sios(keys)]
        skeletons = {skeleton(sound) for way in ways for sound in sounds_of(way, hangul=True)} - {
            ""
        }
        wanted = [sound_piece(one, hangul=True) for one in skeletons]
        found = self._frequencies(WITH_SOUND, json.dumps(wanted), MOST_SOUNDING)
        return spellings(keys, found)

    def sounding_together(self, korean: str, english: str, *, last: bool) -> list[str]:
        """Return the English terms that sound like a Hangul and an English part together: 챗GPT."""
        skeletons = skeletons_together(korean, english, last=last)
        wanted = [sound_piece(one, hangul=False) for one in skeletons if one]
        found = self._frequencies(WITH_SOUND, json.dumps(wanted), MOST_SOUNDING)
        return together(korean, english, found, last=last)

    def _terms(self, sql: str, *values: object) -> list[str]:
        return [term for (term,) in self._connection.execute(sql, values)]

    def _frequencies(self, sql: str, *values: object) -> Frequencies:
        return dict(self._connection.execute(sql, values).fetchall())


def openings(keys: str) -> list[str]:
    """Return the prefixes that cover every word which begins with these keys but for one slip.

    A slip is a key more, less or another, or two swapped. Words with the slip at the last key have
    the prefix before it; if that is too short to be looked up, it is followed by each key in turn.
    """
    *cuts, (start, _) = [(keys[:at], keys[at:]) for at in range(len(keys))]
    found = [
        *(left + right[1:] for left, right in cuts),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts),
        *(left + key + right[1:] for left, right in cuts for key in ascii_lowercase),
        *(left + key + right for left, right in cuts for key in ascii_lowercase),
        *([start] if len(start) >= FEWEST_BEGUN else [start + key for key in ascii_lowercase]),
    ]
    return [*dict.fromkeys([one for one in found if len(one) >= FEWEST_BEGUN])]


def in_order(terms: Iterable[str]) -> dict[str, str]:
    """Return terms, sorted, and their keys."""
    return {term: keys_of(term) for term in sorted(terms)}


def begun_near(
    keys: str, slips: int, posts: Frequencies, keys_by_term: Mapping[str, str]
) -> list[Slip]:
    """Return those of some terms whose beginning is at most `slips` slips away from the keys."""
    shortest = max(len(keys) - slips, 1)
    long = {term: form for term, form in keys_by_term.items() if len(form) >= shortest}
    terms = [*long]
    found: dict[str, Slip] = {}
    for length in range(shortest, len(keys) + slips + 1):
        forms = [form[:length] for form in long.values()]
        for form, distance, place in within(keys, forms, slips):
            term = terms[place]
            one = Slip(term, form, distance, posts[term])
            found[term] = min(one, found.get(term, one), key=_slips)
    return list(found.values())


def within(keys: str, forms: Sequence[str], slips: int) -> list[tuple[str, int, int]]:
    """Return the forms at most `slips` slips away from the keys: form, number of slips, place."""
    return process.extract(keys, forms, scorer=OSA.distance, score_cutoff=slips, limit=None)


def _slips(slip: Slip) -> tuple[int, int]:
    return slip.slips, -len(slip.form)


def _listed(terms: Iterable[str]) -> str:
    """Write terms as JSON; none holds a quote or a backslash, which json.dumps would look for."""
    return '["{}"]'.format('","'.join(terms))
