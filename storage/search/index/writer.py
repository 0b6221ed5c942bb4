"""Keeps the index true to the posts, inside the transaction that changes them.

Here is also how a post's terms are written in its two tables, for whoever asks these.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from itertools import chain, islice
from typing import TYPE_CHECKING

from storage.database.columns import get_note, put_note
from storage.language.keys import NORMAL_FORM, sequence, terms
from storage.search.index.pieces import pieces_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping

TOLD_EVERY = 500
"""Posts after which a rebuild tells how far it is."""

BATCH = 20_000
"""Posts whose terms are counted together before the dictionary is changed."""

TERMS_AT_ONCE = 5_000
"""Terms that one statement counts: no step of making it keeps other threads waiting for long."""

BEGINNING = 3  # keys by which terms are sorted first

SHORT_CHARACTERS = 0x7FF
"""The characters that UTF-8 writes in at most two bytes."""

FIRST_SURROGATE, SURROGATES = 0xD800, 0x800
CHARACTERS = 0x110000 - SURROGATES
"""The code points that text can hold (Unicode 16, section 3.9, table 3-6)."""

ADD_POST = "INSERT INTO post_terms (rowid, terms) VALUES (?, ?)"
ADD_SEQUENCE = "INSERT INTO post_sequences (post_id, terms) VALUES (?, ?)"
REMOVE_POST = "INSERT INTO post_terms (post_terms, rowid, terms) VALUES ('delete', ?, ?)"
REMOVE_SEQUENCE = "DELETE FROM post_sequences WHERE post_id = ?"
COUNT_UP = """
INSERT INTO terms (term, posts) SELECT key, value FROM json_each(?) WHERE true
ON CONFLICT (term) DO UPDATE SET posts = posts + excluded.posts
RETURNING id, term
"""
LAST_TERM = "SELECT coalesce(max(id), 0) FROM terms"
COUNT_DOWN = """
UPDATE terms SET posts = posts - 1 WHERE term IN (SELECT value FROM json_each(?))
RETURNING id, term, posts
"""
REMOVE_TERM = "DELETE FROM terms WHERE id = ?"
ADD_PIECES = "INSERT INTO term_pieces (rowid, pieces) VALUES (?, ?)"
REMOVE_PIECES = "INSERT INTO term_pieces (term_pieces, rowid, pieces) VALUES ('delete', ?, ?)"
EMPTY = (
    "INSERT INTO post_terms (post_terms) VALUES ('delete-all')",
    "INSERT INTO term_pieces (term_pieces) VALUES ('delete-all')",
    "DELETE FROM terms",
    "DELETE FROM post_sequences",
)
TIDY = (
    "INSERT INTO post_terms (post_terms) VALUES ('optimize')",
    "INSERT INTO term_pieces (term_pieces) VALUES ('optimize')",
)
TEXTS = "SELECT id, searched FROM posts ORDER BY id"
POSTS = "SELECT count(*) FROM posts"
FORM = "normal_form"  # the name of a note of the archive
SEQUENCES = """
SELECT posts.id, searched, terms FROM posts LEFT JOIN post_sequences ON post_id = posts.id
UNION ALL
SELECT post_id, NULL, terms FROM post_sequences WHERE post_id NOT IN (SELECT id FROM posts)
"""
ALL_TERM_IDS = "SELECT term, id FROM terms"
DICTIONARY = "SELECT term, posts FROM terms"
INDEX = "SELECT term, doc FROM post_term_counts"


def add_post(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Index a post that is new, or whose old text has been removed."""
    add_posts(connection, [(post_id, text)])


def add_posts(connection: sqlite3.Connection, posts: Iterable[tuple[int, str]]) -> None:
    """Index many posts, given by id and text: several times faster than one by one."""
    add_contents(connection, ((post_id, content_of(text)) for post_id, text in posts))


def add_contents(connection: sqlite3.Connection, contents: Iterable[tuple[int, str]]) -> None:
    """Index posts, given by id and content."""
    waiting = iter(contents)
    while batch := list(islice(waiting, BATCH)):
        connection.executemany(ADD_POST, batch)
        counts = Counter(chain.from_iterable(set(content.split()) for _, content in batch))
        ordered = _in_order(counts)
        characters: dict[str, str] = {}
        while some := {term: counts[term] for term in islice(ordered, TERMS_AT_ONCE)}:
            characters |= _count_up(connection, some)
        connection.executemany(
            ADD_SEQUENCE,
            (
                (post_id, "".join(map(characters.__getitem__, content.split())))
                for post_id, content in batch
            ),
        )


def character_of(term_id: int) -> str:
    """Return the character that stands for a term in the sequence of a post.

    It is the character of the term's id, past the surrogates, which no text can hold. More than
    1.1 million terms go round: two of them then share a character, which a search that looks for
    one of them could take for the other only in a post that it found already.
    """
    place = term_id % CHARACTERS
    return chr(place if place < FIRST_SURROGATE else place + SURROGATES)


def content_of(text: str) -> str:
    """Return what the index holds of a text: its terms in order, with blanks between."""
    return " ".join(sequence(text))


def holding_any(terms: Iterable[str]) -> str:
    """Return the condition that any of the terms is held.

    A term may be several, with blanks between, which stand side by side in a post: all of them are
    asked for, as the index knows no positions.
    """
    return "({})".format(" OR ".join(map(_held, terms)))


def _held(term: str) -> str:
    return "({})".format(" AND ".join(f'"{part}"' for part in term.split(" ")))


def remove_post(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Take a post out of the index; `text` is the very text it was added with."""
    content = content_of(text)
    connection.execute(REMOVE_POST, (post_id, content))
    connection.execute(REMOVE_SEQUENCE, (post_id,))
    counted = connection.execute(COUNT_DOWN, (json.dumps([*set(content.split())]),)).fetchall()
    for term_id, term, posts in counted:
        if posts == 0:
            _remove_term(connection, term_id, term)


def rebuild(connection: sqlite3.Connection, tell: Callable[[int, int], None] | None = None) -> None:
    """Make the index anew from the posts, in this program's normal form.

    `tell` is told now and then how many posts of how many are done.
    """
    for statement in EMPTY:
        connection.execute(statement)
    texts = connection.execute(TEXTS)
    add_posts(connection, texts if tell is None else _telling(connection, texts, tell))
    tidy(connection)
    put_note(connection, FORM, str(NORMAL_FORM))


def tidy(connection: sqlite3.Connection) -> None:
    """Make one piece of the index, which is read faster than the pieces that additions leave."""
    for statement in TIDY:
        connection.execute(statement)


def _telling(
    connection: sqlite3.Connection,
    texts: Iterable[tuple[int, str]],
    tell: Callable[[int, int], None],
) -> Iterator[tuple[int, str]]:
    (total,) = connection.execute(POSTS).fetchone()
    for done, row in enumerate(texts):
        if done % TOLD_EVERY == 0:
            tell(done, total)
        yield row
    if total:
        tell(total, total)


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the index is in this program's normal form."""
    return get_note(connection, FORM) == str(NORMAL_FORM)


def problems(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return where posts, index and dictionary disagree, one line a term or post."""
    held = Counter(term for _, text in connection.execute(TEXTS) for term in terms(text))
    listed = Counter(dict(connection.execute(DICTIONARY)))
    indexed = Counter(dict(connection.execute(INDEX)))
    terms_wrong = (
        f"term {term}: in {held[term]} posts, index {indexed[term]}, dictionary {listed[term]}"
        for term in sorted(held | listed | indexed)
        if not held[term] == listed[term] == indexed[term]
    )
    return (*terms_wrong, *_wrong_sequences(connection))


def _wrong_sequences(connection: sqlite3.Connection) -> Iterator[str]:
    characters = {term: character_of(term_id) for term, term_id in connection.execute(ALL_TERM_IDS)}
    for post_id, text, stored in connection.execute(SEQUENCES):
        # A term that the dictionary lacks is written as a surrogate, which no sequence can hold.
        if text is None or stored != "".join(characters.get(t, "\ud800") for t in sequence(text)):
            yield f"terms of post {post_id}: not those of its text"


def _in_order(counts: Counter[str]) -> Iterator[str]:
    """Yield the most frequent terms, then the others as a table takes them fastest, in order.

    The first terms of an archive get the characters that UTF-8 writes in one or two bytes. To sort
    all terms in one step would keep other threads waiting.
    """
    frequent = dict.fromkeys(term for term, _ in counts.most_common(SHORT_CHARACTERS))
    yield from frequent
    beginnings: defaultdict[str, list[str]] = defaultdict(list)
    for term in counts:
        if term not in frequent:
            beginnings[term[:BEGINNING]].append(term)
    for beginning in sorted(beginnings):
        yield from sorted(beginnings[beginning])


def _count_up(connection: sqlite3.Connection, counts: Mapping[str, int]) -> dict[str, str]:
    """Raise the dictionary's counts, and make new terms findable by what they are like.

    Returns the characters that stand for the terms.
    """
    (last,) = connection.execute(LAST_TERM).fetchone()
    counted = connection.execute(COUNT_UP, (json.dumps(counts),)).fetchall()
    new = ((term_id, pieces_of(term)) for term_id, term in counted if term_id > last)
    connection.executemany(ADD_PIECES, new)
    return {term: character_of(term_id) for term_id, term in counted}


def _remove_term(connection: sqlite3.Connection, term_id: int, term: str) -> None:
    connection.execute(REMOVE_PIECES, (term_id, pieces_of(term)))
    connection.execute(REMOVE_TERM, (term_id,))
