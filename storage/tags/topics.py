"""Topics: the tags that a vocabulary gives to posts, kept apart from their authors' hashtags.

The vocabulary itself is a note in the archive. So a post that is added at any time, by whichever
process, is tagged by the same words, and a program with another vocabulary sees the difference.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING

from storage.database import columns
from storage.database.columns import gathered, json_ids
from storage.language.keys import NORMAL_FORM
from storage.models import Topic, TopicWords
from storage.tags.hashtags import topic_key
from storage.tags.vocabulary import RULES, Vocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence


NOTE = "vocabulary"
ADD_TAG = """
INSERT INTO tags (key, name, names, is_topic) VALUES (?, ?, ?, 1)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, names = excluded.names
"""
CLEAR = "DELETE FROM post_topics WHERE post_id = ?"
CLEAR_ALL = "DELETE FROM post_topics"
ADD = """
INSERT INTO post_topics (post_id, position, tag_id, ordinal)
SELECT p.id, :position, t.id, p.ordinal FROM posts p, tags t WHERE p.id = :post AND t.key = :key
"""
PER_POST = """
SELECT pt.post_id, t.name, t.names FROM post_topics pt JOIN tags t ON t.id = pt.tag_id
WHERE pt.post_id IN (SELECT value FROM json_each(?)) ORDER BY pt.post_id, pt.position
"""
TEXTS = "SELECT id, text FROM posts"
CARRIED = """
SELECT post_id, tag_id FROM json_each(:posts) CROSS JOIN post_tags ON post_id = value
UNION ALL
SELECT post_id, tag_id FROM json_each(:posts) CROSS JOIN post_topics ON post_id = value
"""
"""Which tags, whoever gave them, some posts carry: without a look at all the others."""

TAGGED = """
SELECT post_id, ordinal FROM post_tags WHERE tag_id = :tag {0}
UNION ALL
SELECT post_id, ordinal FROM post_topics WHERE tag_id = :tag {0}
ORDER BY ordinal DESC, post_id DESC LIMIT :limit OFFSET :offset
"""
"""The posts with a tag, newest first: as many are read as are asked for, in the order of indexes.

The place in it is for further conditions, each of which begins with AND.
"""


def use(connection: sqlite3.Connection, entries: Sequence[TopicWords]) -> None:
    """Tag by this vocabulary from now on; if it is not the one in use, tag every post anew."""
    wanted = _note(entries)
    if wanted == note(connection):
        return
    columns.put_note(connection, NOTE, wanted)
    rebuild(connection)


def rebuild(connection: sqlite3.Connection) -> None:
    """Tag every post anew."""
    for entry in _entries(note(connection)):
        topic = entry.topic
        connection.execute(ADD_TAG, (topic_key(topic.name), topic.name, _compact(topic.names)))
    connection.execute(CLEAR_ALL)
    found = vocabulary(connection)
    for post_id, text in connection.execute(TEXTS):
        store(connection, {post_id: found.topics_of(text)})


def clear(connection: sqlite3.Connection, post_ids: Iterable[int]) -> None:
    """Remove the topics of some posts."""
    connection.executemany(CLEAR, ((post_id,) for post_id in post_ids))


def store(connection: sqlite3.Connection, found: Mapping[int, Sequence[str]]) -> None:
    """Store topics by the ids of their posts, which must not have any stored."""
    connection.executemany(
        ADD,
        (
            {"post": post_id, "position": position, "key": topic_key(name)}
            for post_id, names in found.items()
            for position, name in enumerate(names)
        ),
    )


def per_post(
    connection: sqlite3.Connection, post_ids: Sequence[int]
) -> dict[int, tuple[Topic, ...]]:
    """Return the topics of some posts, by the posts' ids, the most mentioned first."""
    found = gathered(connection.execute(PER_POST, (json_ids(post_ids),)))
    return {
        post_id: tuple(Topic(name=name, names=json.loads(names)) for name, names in found[post_id])
        for post_id in post_ids
    }


def vocabulary(connection: sqlite3.Connection) -> Vocabulary:
    """Return the vocabulary in use; an empty one if there is none."""
    return read(note(connection))


def note(connection: sqlite3.Connection) -> str:
    """Return the archive's note of the vocabulary in use; empty if there is none."""
    return columns.get_note(connection, NOTE) or ""


def _note(entries: Sequence[TopicWords]) -> str:
    """Return the note for a vocabulary; it differs whenever posts would get other topics."""
    topics = [asdict(entry) for entry in entries]
    rules = [RULES, NORMAL_FORM]
    return _compact({"rules": rules, "topics": topics})


def _compact(value: object) -> str:
    """Return JSON as SQLite writes it: a migration that rewrites the note makes the same."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=2)
def read(note: str) -> Vocabulary:
    """Return the vocabulary of an archive's note."""
    return Vocabulary(_entries(note))


def _entries(note: str) -> tuple[TopicWords, ...]:
    return tuple(
        TopicWords(
            topic=Topic(**entry["topic"]),
            aliases=tuple(entry["aliases"]),
            exceptions=tuple(entry["exceptions"]),
        )
        for entry in (json.loads(note)["topics"] if note else ())
    )
