"""Searches that watch: a chat is told when a new post answers one.

Nothing is kept of a chat but its id and what it asked for.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from storage import topics
from storage.errors import TooManyWatches, WatchNotFound
from storage.models import Alert, Watch
from storage.search.query import parse
from storage.text.hangul import find_aligned, syllable_starts
from storage.text.hashtags import find_hashtags, hashtag_key
from storage.text.keys import is_hangul, keys_of, sequence
from storage.text.particles import endings_for, stems

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from storage.search.query import Phrase, Query

MOST_PER_CHAT = 50
LONGEST_WHOLE = 3
"""Keys of a word up to which longer words that begin with it are others: AI and air."""

ADD = "INSERT INTO watches (chat_id, query) VALUES (?, ?) ON CONFLICT DO NOTHING"
ID = "SELECT id FROM watches WHERE chat_id = ? AND query = ?"
COUNT = "SELECT count(*) FROM watches WHERE chat_id = ?"
LISTED = "SELECT id, query FROM watches WHERE chat_id = ? ORDER BY id"
REMOVE = "DELETE FROM watches WHERE chat_id = ? AND id = ?"
FORGET = "DELETE FROM watches WHERE chat_id = ?"
MOVE = "UPDATE OR IGNORE watches SET chat_id = ? WHERE chat_id = ?"
ALL = "SELECT id, query FROM watches"
NOTE = "INSERT INTO alerts (post_id, watch_id) VALUES (?, ?)"
UNTOLD = """
SELECT post_id, chat_id, watches.id, query FROM alerts JOIN watches ON watches.id = watch_id
WHERE (post_id, chat_id) IN (
    SELECT DISTINCT post_id, chat_id FROM alerts JOIN watches ON watches.id = watch_id
    ORDER BY post_id, chat_id LIMIT ?)
ORDER BY post_id, chat_id, watches.id
"""
TOLD = "DELETE FROM alerts WHERE post_id = ? AND watch_id = ?"


def add(connection: sqlite3.Connection, chat_id: int, query: str) -> Watch:
    """Let a chat watch for a query. Raises InvalidQuery or TooManyWatches."""
    parse(query)
    query = " ".join(query.split())
    connection.execute(ADD, (chat_id, query))
    if connection.execute(COUNT, (chat_id,)).fetchone()[0] > MOST_PER_CHAT:
        raise TooManyWatches(MOST_PER_CHAT)
    (id_,) = connection.execute(ID, (chat_id, query)).fetchone()
    return Watch(id=id_, query=query)


def listed(connection: sqlite3.Connection, chat_id: int) -> tuple[Watch, ...]:
    """Return what a chat watches for, oldest first."""
    return tuple(
        Watch(id=id_, query=query) for id_, query in connection.execute(LISTED, (chat_id,))
    )


def remove(connection: sqlite3.Connection, chat_id: int, watch_id: int) -> None:
    """Stop one watch of a chat. Raises WatchNotFound."""
    if not connection.execute(REMOVE, (chat_id, watch_id)).rowcount:
        raise WatchNotFound(watch_id)


def forget(connection: sqlite3.Connection, chat_id: int) -> None:
    """Stop all watches of a chat."""
    connection.execute(FORGET, (chat_id,))


def move(connection: sqlite3.Connection, chat_id: int, new_id: int) -> None:
    """Keep the watches of a group that has got another id."""
    connection.execute(MOVE, (new_id, chat_id))
    forget(connection, chat_id)


def note(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Note whom to tell of a new post: all who watch for something that its text answers."""
    rows = connection.execute(ALL).fetchall()
    if not rows:
        return
    terms = sequence(text)
    topics_found = topics.vocabulary(connection).topics_of(text)
    tags = frozenset(map(hashtag_key, (*find_hashtags(text), *topics_found)))
    answered = [id_ for id_, query in rows if answers(parse(query), terms, tags)]
    connection.executemany(NOTE, ((post_id, id_) for id_ in answered))


def untold(connection: sqlite3.Connection, limit: int) -> tuple[Alert, ...]:
    """Return some alerts that are still to be told, the oldest posts first."""
    rows = connection.execute(UNTOLD, (limit,)).fetchall()
    return tuple(
        Alert(
            post_id=post_id,
            chat_id=chat_id,
            watches=tuple(Watch(id=id_, query=query) for _, _, id_, query in group),
        )
        for (post_id, chat_id), group in groupby(rows, itemgetter(0, 1))
    )


def told(connection: sqlite3.Connection, alert: Alert) -> None:
    """Note that a chat was told of a post."""
    connection.executemany(TOLD, ((alert.post_id, watch.id) for watch in alert.watches))


def answers(query: Query, terms: Sequence[str], tags: frozenset[str]) -> bool:
    """Tell whether a text answers a query to the letter, as a search does before it is lenient.

    The text is given by its terms in order and the keys of its hashtags and topics.
    """
    return (
        all(any(_is_answer(word, term) for term in terms) for word in query.words)
        and all(_holds(phrase, terms) for phrase in query.phrases)
        and not any(_holds(phrase, terms) for phrase in query.without)
        and all(hashtag_key(tag.name) in tags for tag in query.tags)
    )


def _is_answer(word: str, term: str) -> bool:
    """Tell whether a term is the word, begins with it, or is a Korean compound with it inside.

    A single syllable is inside of too many words: it may only have a particle.
    """
    if word == term or is_hangul(word) != is_hangul(term):
        return word == term
    keys, found = keys_of(word), keys_of(term)
    if is_hangul(word) and len(syllable_starts(keys)) == 1:
        return found.startswith(keys) and found[len(keys) :] in endings_for(keys)
    if is_hangul(word):
        return any(find_aligned(found, form) >= 0 for form in (keys, *stems(keys)))
    return len(keys) > LONGEST_WHOLE and found.startswith(keys)


def _holds(phrase: Phrase, terms: Sequence[str]) -> bool:
    """Tell whether the words stand in the text one after another."""
    places = range(len(terms) - len(phrase) + 1)
    return any(all(map(_is_answer, phrase, terms[place : place + len(phrase)])) for place in places)
