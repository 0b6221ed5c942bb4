"""Keeps the index true to the posts, inside the transaction that changes them."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from storage.search.pieces import pieces
from storage.text.hangul import initials
from storage.text.keys import NORMAL_FORM, is_hangul, keys_of, terms
from storage.text.particles import stems

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

ADD_POST = "INSERT INTO post_terms (rowid, terms) VALUES (?, ?)"
REMOVE_POST = "INSERT INTO post_terms (post_terms, rowid, terms) VALUES ('delete', ?, ?)"
COUNT_UP = """
UPDATE terms SET posts = posts + 1 WHERE term IN (SELECT value FROM json_each(?)) RETURNING term
"""
COUNT_DOWN = """
UPDATE terms SET posts = posts - 1 WHERE term IN (SELECT value FROM json_each(?))
RETURNING id, term, posts
"""
ADD_TERM = "INSERT INTO terms (term, posts, initials) VALUES (?, ?, ?)"
REMOVE_TERM = "DELETE FROM terms WHERE id = ?"
ADD_GRAMS = "INSERT INTO term_grams (rowid, keys) VALUES (?, ?)"
REMOVE_GRAMS = "INSERT INTO term_grams (term_grams, rowid, keys) VALUES ('delete', ?, ?)"
ADD_PIECE = "INSERT INTO term_pieces (piece, term_id) VALUES (?, ?)"
REMOVE_PIECE = "DELETE FROM term_pieces WHERE piece = ? AND term_id = ?"
EMPTY = (
    "INSERT INTO post_terms (post_terms) VALUES ('delete-all')",
    "INSERT INTO term_grams (term_grams) VALUES ('delete-all')",
    "DELETE FROM term_pieces",
    "DELETE FROM terms",
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
    found = terms(text)
    connection.execute(ADD_POST, (post_id, _content(found)))
    known = {term for (term,) in connection.execute(COUNT_UP, (json.dumps(list(found)),))}
    for term in sorted(found - known):
        _add_term(connection, term, 1)


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
    counts: Counter[str] = Counter()
    for post_id, text in connection.execute(TEXTS):
        found = terms(text)
        counts.update(found)
        connection.execute(ADD_POST, (post_id, _content(found)))
    for term in sorted(counts):
        _add_term(connection, term, counts[term])
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


def _content(found: Iterable[str]) -> str:
    return " ".join(sorted(found))


def _add_term(connection: sqlite3.Connection, term: str, posts: int) -> None:
    term_id = connection.execute(ADD_TERM, (term, posts, _initials(term))).lastrowid
    connection.execute(ADD_GRAMS, (term_id, keys_of(term)))
    connection.executemany(ADD_PIECE, ((piece, term_id) for piece in _pieces(term)))


def _remove_term(connection: sqlite3.Connection, term_id: int, term: str) -> None:
    connection.executemany(REMOVE_PIECE, [(piece, term_id) for piece in _pieces(term)])
    connection.execute(REMOVE_GRAMS, (term_id, keys_of(term)))
    connection.execute(REMOVE_TERM, (term_id,))


def _initials(term: str) -> str | None:
    """Return the 초성 of a Hangul term; None where it would be a single key."""
    found = initials(keys_of(term)) if is_hangul(term) else ""
    return found if len(found) > 1 else None


def _pieces(term: str) -> set[str]:
    """Return the pieces of a term and of what a particle may follow in it."""
    forms = [keys_of(term), *(stems(keys_of(term)) if is_hangul(term) else ())]
    return {piece for form in forms for piece in pieces(form)}
