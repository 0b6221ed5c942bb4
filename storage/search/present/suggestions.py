"""Asks whether another word was meant by one that the archive does not have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from storage.language.hangul import ease, syllable_starts
from storage.language.keys import is_hangul, key_form, keys_of, offsets, term_of, tokens
from storage.language.korean import PARTICLES_WRITTEN, stems
from storage.language.lexicon import is_inflected, is_noun
from storage.search.expand.alternatives import Standing
from storage.search.expand.dictionary import Dictionary
from storage.search.expand.slips import most_likely
from storage.search.expand.spelling import whole
from storage.search.index.pieces import allowed_slips
from storage.search.index.writer import holding_any
from storage.search.rank.weights import LEAST_EASE, SURELY, Reason

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from storage.search.expand.alternatives import Word
    from storage.search.expand.dictionary import Slip

MOST_ASKED = 3
WORTH = 0.3
"""How many slips a tenfold frequency outweighs (see `expand.slips`)."""

HELD_BY = SURELY | {Reason.PREFIX, Reason.INSIDE}
"""Reasons by which posts have the word, or longer ones that it makes: 물리학 for 물리."""

SHORTEST_PART = 2
"""Syllables of each part of a compound."""

NUMBERED = re.compile(r"([a-zA-Z]{2,})-?\d[\d.]*")
"""A name with the number of a version behind it."""

HOLDING = """
SELECT searched FROM posts
WHERE id = (SELECT max(rowid) FROM (
    SELECT rowid FROM post_terms WHERE post_terms MATCH ? ORDER BY rowid DESC LIMIT 1))
"""


def suggestions(
    connection: sqlite3.Connection, query: str, asked: Sequence[Word]
) -> tuple[str, ...]:
    """Return up to three queries with one word replaced by what may have been meant.

    That is the word that a finger may have missed, or a part of a compound: 채용 of 채용공고. Of
    slips only ordinary words that the archive does not have are asked about: what it has was meant,
    and what nobody knows has been corrected. Forms of Korean verbs are neither asked about nor
    offered: one slip makes most of them of others, 저는 of 버는.
    """
    dictionary = Dictionary(connection)
    found = dict.fromkeys(
        f"{query[: word.asked.start]}{written}{query[word.asked.start + len(word.asked.typed) :]}"
        for word in asked
        if not _is_verb(word.asked.typed)
        for written in (
            *(_likely(connection, dictionary, word.asked.term) if _may_be_slipped(word) else ()),
            *(_parts(dictionary, word.asked.typed) if word.is_absent else ()),
        )
        if not _is_verb(written)
    )
    return tuple(found)[:MOST_ASKED]


def _may_be_slipped(word: Word) -> bool:
    is_held = any(HELD_BY.issuperset(one.reasons) for one in word.alternatives.values())
    return word.standing is Standing.ORDINARY and not is_held


def _likely(connection: sqlite3.Connection, dictionary: Dictionary, term: str) -> Iterator[str]:
    """Yield the words of the archive that one easy slip makes of a term, as they are written."""
    keys, hangul = keys_of(term), is_hangul(term)
    if not allowed_slips(keys, hangul=hangul):
        return
    near = [slip for slip in dictionary.near(keys, 1) if _is_easy(slip, keys, hangul=hangul)]
    forms = dict.fromkeys(slip.form for slip, _ in most_likely(near, keys, WORTH))
    for form in [*forms][:MOST_ASKED]:
        yield from _written(connection, dictionary, term_of(form, hangul=hangul))


def _parts(dictionary: Dictionary, typed: str) -> Iterator[str]:
    """Yield the words of the archive in a word: nouns of a compound, the llama of llama2."""
    if numbered := NUMBERED.fullmatch(typed):
        yield from (numbered[1] for _ in dictionary.known([key_form(numbered[1])]))
    for noun in _with_and_without_particle(typed):
        for at in range(SHORTEST_PART, len(noun) - SHORTEST_PART + 1):
            parts = (noun[:at], noun[at:])
            if all(map(is_noun, parts)) and parts[1] not in PARTICLES_WRITTEN:
                yield from (
                    part for part in parts if whole(dictionary, key_form(part), hangul=True)
                )


def _is_verb(word: str) -> bool:
    """Whether a Korean word is a form of a verb, and no noun with a particle."""
    return is_inflected(word) and not any(map(is_noun, _with_and_without_particle(word)))


def _with_and_without_particle(word: str) -> list[str]:
    return [word, *(word[: len(syllable_starts(stem))] for stem in stems(key_form(word)))]


def _is_easy(slip: Slip, keys: str, *, hangul: bool) -> bool:
    if is_hangul(slip.term) != hangul or slip.slips == 0:
        return False
    return ease(keys, slip.form) >= LEAST_EASE


def _written(connection: sqlite3.Connection, dictionary: Dictionary, term: str) -> Iterator[str]:
    """Yield a word as the newest post that holds it writes it, without a particle."""
    held = whole(dictionary, keys_of(term), hangul=is_hangul(term))
    row = connection.execute(HOLDING, (holding_any(held),)).fetchone() if held else None
    text = row[0] if row else ""
    place = next((word for word in tokens(text) if word.term in held), None)
    if place is not None:
        keys = offsets(text[place.start : place.end])
        end = min(held[place.term].end, len(keys) - 1)
        yield text[place.start : place.start + keys[end]]
