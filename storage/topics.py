"""Topics: the tags that a vocabulary gives to posts, kept apart from their authors' hashtags.

The vocabulary itself is a note in the archive. So a post that is added at any time, by whichever
process, is tagged by the same words, and a program that brings other words can tell.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING

from storage.models import Topic, TopicWords
from storage.text.hashtags import topic_key
from storage.text.keys import NORMAL_FORM
from storage.text.vocabulary import RULES, Vocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


NOTE = "SELECT value FROM meta WHERE name = 'vocabulary'"
SET_NOTE = """
INSERT INTO meta (name, value) VALUES ('vocabulary', ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
ADD_TAG = """
INSERT INTO tags (key, name, english) VALUES (?, ?, ?)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, english = excluded.english
"""
CLEAR = "DELETE FROM post_topics WHERE post_id = ?"
CLEAR_ALL = "DELETE FROM post_topics"
ADD = "INSERT INTO post_topics SELECT ?, ?, id FROM tags WHERE key = ?"
OF_POST = """
SELECT t.name, t.english FROM post_topics pt JOIN tags t ON t.id = pt.tag_id
WHERE pt.post_id = ? ORDER BY pt.position
"""
TEXTS = "SELECT id, text FROM posts"


def use(connection: sqlite3.Connection, entries: Sequence[TopicWords]) -> None:
    """Tag by this vocabulary from now on; if it is not the one in use, tag every post anew."""
    note = _note(entries)
    if note == _read_note(connection):
        return
    connection.execute(SET_NOTE, (note,))
    for entry in entries:
        topic = entry.topic
        connection.execute(ADD_TAG, (topic_key(topic.name), topic.name, topic.english))
    connection.execute(CLEAR_ALL)
    found = vocabulary(connection)
    for post_id, text in connection.execute(TEXTS).fetchall():
        _add(connection, post_id, found.topics_of(text))


def replace(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Store the topics of a post's text in place of those it had."""
    connection.execute(CLEAR, (post_id,))
    _add(connection, post_id, vocabulary(connection).topics_of(text))


def of_post(connection: sqlite3.Connection, post_id: int) -> tuple[Topic, ...]:
    """Return the topics of a post, the most mentioned first."""
    rows = connection.execute(OF_POST, (post_id,))
    return tuple(Topic(name=name, english=english) for name, english in rows)


def vocabulary(connection: sqlite3.Connection) -> Vocabulary:
    """Return the vocabulary in use; an empty one if there is none."""
    return _vocabulary(_read_note(connection))


def _add(connection: sqlite3.Connection, post_id: int, names: Sequence[str]) -> None:
    for position, name in enumerate(names):
        connection.execute(ADD, (post_id, position, topic_key(name)))


def _read_note(connection: sqlite3.Connection) -> str:
    row = connection.execute(NOTE).fetchone()
    return "" if row is None else str(row[0])


def _note(entries: Sequence[TopicWords]) -> str:
    """Return what changes whenever the same posts would be tagged otherwise."""
    topics = [asdict(entry) for entry in entries]
    rules = [RULES, NORMAL_FORM]
    return json.dumps({"rules": rules, "topics": topics}, ensure_ascii=False)


@lru_cache(maxsize=2)
def _vocabulary(note: str) -> Vocabulary:
    entries = json.loads(note)["topics"] if note else ()
    return Vocabulary(
        TopicWords(
            topic=Topic(**entry["topic"]),
            aliases=tuple(entry["aliases"]),
            exceptions=tuple(entry["exceptions"]),
        )
        for entry in entries
    )
