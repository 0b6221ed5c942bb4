"""Tells which standing queries a new post answers: by the words themselves, nothing corrected.

A word is matched as a search matches it, but against the terms of this one post, indexed in memory:
thousands of queries are answered without a look at the whole archive.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import lru_cache
from typing import TYPE_CHECKING

from storage.database.migrate import migrations
from storage.language.hangul import syllable_starts
from storage.language.keys import is_hangul, keys_of
from storage.search import index
from storage.search.expand import as_itself
from storage.search.expand.dictionary import Dictionary
from storage.search.index.writer import character_of
from storage.search.parse import parse
from storage.search.parse.operators import read, tagged
from storage.search.rank.weights import SURELY, Reason
from storage.search.retrieve.phrases import literal, pattern, terms_of, unwanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.search.parse import Query
    from storage.search.parse.operators import Filter
    from storage.search.retrieve.phrases import PhraseTerms

LONGEST_WHOLE = 3
"""Letters of a foreign word up to which longer words that begin with it are others: AI and air."""

PARTS = frozenset({Reason.PREFIX, Reason.INSIDE})

TEXT = "SELECT searched FROM posts WHERE id = ?"
SEQUENCE = "SELECT terms FROM post_sequences"
FULFILS = "SELECT 1 FROM posts WHERE id = ? AND {}"


def answered_by(
    connection: sqlite3.Connection, post_id: int, queries: Iterable[str]
) -> frozenset[str]:
    """Return those of the queries that a post answers: all words, phrases, tags and operators."""
    (text,) = connection.execute(TEXT, (post_id,)).fetchone()
    with closing(sqlite3.connect(":memory:")) as alone:
        for script in migrations():
            alone.executescript(script)
        index.add_post(alone, post_id, text)
        post = _Post(connection, alone, post_id)
        return frozenset(query for query in queries if post.answers(_parsed(query)))


# The same queries are asked of each new post.
_parsed = lru_cache(10_000)(parse)


class _Post:
    """A post and an index of it alone."""

    def __init__(
        self, archive: sqlite3.Connection, alone: sqlite3.Connection, post_id: int
    ) -> None:
        self._archive = archive
        self._dictionary = Dictionary(alone)
        self._sequence = alone.execute(SEQUENCE).fetchone()[0]
        self._id = post_id
        self._held: dict[str, bool] = {}

    def answers(self, query: Query) -> bool:
        """Whether the post holds all that a query asks for, and nothing that it excludes."""
        filters = [tagged(tag.name) for tag in query.tags]
        filters += filter(None, map(read, query.demands))
        return (
            all(self._knows(word.term) for word in query.words)
            and all(self._holds(literal(self._dictionary, one)) for one in query.phrases)
            and not any(self._holds(unwanted(self._dictionary, one)) for one in query.without)
            and all(map(self._fulfils, filters))
        )

    def _knows(self, term: str) -> bool:
        """Whether the post holds a word, which many watches may ask for."""
        if term not in self._held:
            self._held[term] = self._holds_word(term)
        return self._held[term]

    def _holds_word(self, term: str) -> bool:
        found = as_itself(self._dictionary, term).values()
        allowed = SURELY if _is_short(term) else SURELY | PARTS
        return any(allowed.issuperset(one.reasons) for one in found)

    def _holds(self, phrase: PhraseTerms) -> bool:
        entries = self._dictionary.entries(terms_of([phrase]))
        characters = {term: character_of(id_) for term, (id_, _) in entries.items()}
        return pattern(phrase, characters).search(self._sequence) is not None

    def _fulfils(self, one: Filter) -> bool:
        found = self._archive.execute(FULFILS.format(one.sql), (self._id, *one.values))
        return found.fetchone() is not None


def _is_short(term: str) -> bool:
    """Whether a word is too short for longer words that hold it to be about it."""
    keys = keys_of(term)
    return len(syllable_starts(keys)) == 1 if is_hangul(term) else len(keys) <= LONGEST_WHOLE
