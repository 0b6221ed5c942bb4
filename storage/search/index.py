"""Keeps the index true to the posts, inside the transaction that changes them."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from storage.search.pieces import pieces, sound_piece, whole_piece
from storage.text.hangul import initials
from storage.text.keys import NORMAL_FORM, is_hangul, keys_of, terms
from storage.text.particles import stems
from storage.text.sounds import skeleton, sounds_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

BATCH = 20_000
"""Posts whose terms are counted together before the dictionary is changed."""

ADD_POST = "INSERT INTO post_terms (rowid, terms) VALUES (?, ?)"
REMOVE_POST = "INSERT INTO post_terms (post_terms, rowid, terms) VALUES ('delete', ?, ?)"
COUNT_UP = """
INSERT INTO terms (term, posts) SELECT key, value FROM json_each(?) WHERE true
ON CONFLICT (term) DO UPDATE SET posts = posts + excluded.posts
RETURNING id, term, posts
"""
COUNT_DOWN = """
UPDATE terms SET posts = posts - 1 WHERE term IN (SELECT value FROM json_each(?))
RETURNING id, term, posts
"""
REMOVE_TERM = "DELETE FROM terms WHERE id = ?"
ADD_GRAMS = "INSERT INTO term_grams (rowid, keys) VALUES (?, ?)"
REMOVE_GRAMS = "INSERT INTO term_grams (term_grams, rowid, keys) VALUES ('delete', ?, ?)"
ADD_PIECES = "INSERT INTO term_pieces (rowid, pieces) VALUES (?, ?)"
REMOVE_PIECES = "INSERT INTO term_pieces (term_pieces, rowid, pieces) VALUES ('delete', ?, ?)"
EMPTY = (
    "INSERT INTO post_terms (post_terms) VALUES ('delete-all')",
    "INSERT INTO term_grams (term_grams) VALUES ('delete-all')",
    "INSERT INTO term_pieces (term_pieces) VALUES ('delete-all')",
    "DELETE FROM terms",
)
TIDY = (
    "INSERT INTO post_terms (post_terms) VALUES ('optimize')",
    "INSERT INTO term_grams (term_grams) VALUES ('optimize')",
    "INSERT INTO term_pieces (term_pieces) VALUES ('optimize')",
)
TEXTS = "SELECT id, text FROM posts ORDER BY id"
FORM = "SELECT value FROM meta WHERE name = 'normal_form'"
SET_FORM = """
INSERT INTO meta (name, value) VALUES ('normal_form', ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
DICTIONARY = "SELECT term, posts FROM terms"
INDEX = "SELECT term, doc FROM post_term_counts"


def add_post(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Index a post that is new, or whose old text has been removed."""
    add_posts(connection, [(post_id, text)])


def add_posts(connection: sqlite3.Connection, posts: Iterable[tuple[int, str]]) -> None:
    """Index many posts, given by id and text: several times faster than one by one."""
    waiting = iter(posts)
    while batch := list(islice(waiting, BATCH)):
        counts: Counter[str] = Counter()
        connection.executemany(ADD_POST, _rows(batch, counts))
        _count_up(connection, counts)


def remove_post(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Take a post out of the index; `text` is the very text it was added with."""
    found = terms(text)
    connection.execute(REMOVE_POST, (post_id, _content(found)))
    counted = connection.execute(COUNT_DOWN, (json.dumps(list(found)),)).fetchall()
    for term_id, term, posts in counted:
        if posts == 0:
            _remove_term(connection, term_id, term)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the posts, in this program's normal form."""
    for statement in EMPTY:
        connection.execute(statement)
    add_posts(connection, connection.execute(TEXTS))
    for statement in TIDY:
        connection.execute(statement)
    connection.execute(SET_FORM, (str(NORMAL_FORM),))


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index is in this program's normal form."""
    row = connection.execute(FORM).fetchone()
    return row is not None and row[0] == str(NORMAL_FORM)


def problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return where posts, index and dictionary disagree, one line a term."""
    held = Counter(term for _, text in connection.execute(TEXTS) for term in terms(text))
    listed = Counter(dict(connection.execute(DICTIONARY)))
    indexed = Counter(dict(connection.execute(INDEX)))
    return tuple(
        f"term {term}: in {held[term]} posts, index {indexed[term]}, dictionary {listed[term]}"
        for term in sorted(held | listed | indexed)
        if not held[term] == listed[term] == indexed[term]
    )


def _rows(posts: Iterable[tuple[int, str]], counts: Counter[str]) -> Iterator[tuple[int, str]]:
    """Yield the index's rows and count their terms on the way."""
    for post_id, text in posts:
        found = terms(text)
        counts.update(found)
        yield post_id, _content(found)


def _content(found: Iterable[str]) -> str:
    return " ".join(found)


def _count_up(connection: sqlite3.Connection, counts: Counter[str]) -> None:
    """Raise the dictionary's counts; a term that comes to no more than its own is a new one."""
    ordered = {term: counts[term] for term in sorted(counts)}
    counted = connection.execute(COUNT_UP, (json.dumps(ordered),)).fetchall()
    new = [(term_id, term) for term_id, term, posts in counted if posts == counts[term]]
    connection.executemany(ADD_GRAMS, ((term_id, keys_of(term)) for term_id, term in new))
    connection.executemany(ADD_PIECES, ((term_id, _pieces(term)) for term_id, term in new))


def _remove_term(connection: sqlite3.Connection, term_id: int, term: str) -> None:
    connection.execute(REMOVE_PIECES, (term_id, _pieces(term)))
    connection.execute(REMOVE_GRAMS, (term_id, keys_of(term)))
    connection.execute(REMOVE_TERM, (term_id,))


def _pieces(term: str) -> str:
    """Return all by which a term is found: its pieces, its 초성, its sound.

    Of a Hangul term these are also the pieces and the sound of what a particle may follow in it.
    """
    keys, hangul = keys_of(term), is_hangul(term)
    forms = (keys, *stems(keys)) if hangul else (keys,)
    found = {piece for form in forms for piece in pieces(form)}
    sounds = {skeleton(sound) for form in forms for sound in sounds_of(form, hangul=hangul)}
    found.update(sound_piece(one, hangul=hangul) for one in sounds if one)
    consonants = initials(keys) if hangul else ""
    if len(consonants) > 1:
        found.add(whole_piece(consonants))
    return " ".join(sorted(found))
