"""The tags of posts: hashtags as their authors wrote them, topics by the vocabulary in use.

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
from storage.tags.tagger import TOPIC_RULES, Vocabulary, find_hashtags, hashtag_key, topic_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

NOTE = "vocabulary"
HASHTAGS, TOPICS = "post_tags", "post_topics"
"""The tables of which tags posts carry."""

ADD_HASHTAG = "INSERT INTO tags (key, name) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
ADD_TOPIC = """
INSERT INTO tags (key, name, names, is_topic) VALUES (?, ?, ?, 1)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, names = excluded.names
"""
CLEAR = "DELETE FROM {} WHERE post_id = ?".format
CLEAR_TOPICS = "DELETE FROM post_topics"
ADD = """
INSERT INTO {} (post_id, position, tag_id, ordinal)
SELECT p.id, :position, t.id, p.ordinal FROM posts p, tags t WHERE p.id = :post AND t.key = :key
""".format
PER_POST = """
SELECT pt.post_id, t.name, t.names FROM {} pt JOIN tags t ON t.id = pt.tag_id
WHERE pt.post_id IN (SELECT value FROM json_each(?)) ORDER BY pt.post_id, pt.position
""".format
TEXTS = "SELECT id, text FROM posts"
CARRIED = """
SELECT post_id, tag_id FROM json_each(:posts) CROSS JOIN post_tags ON post_id = value
UNION ALL
SELECT post_id, tag_id FROM json_each(:posts) CROSS JOIN post_topics ON post_id = value
"""
"""The hashtags and topics that some posts carry, read by these posts' ids."""

TAGGED = """
SELECT post_id, ordinal FROM post_tags WHERE tag_id = :tag {0}
UNION ALL
SELECT post_id, ordinal FROM post_topics WHERE tag_id = :tag {0}
ORDER BY ordinal DESC, post_id DESC LIMIT :limit OFFSET :offset
"""
"""The posts with a tag, newest first.

Indexes have them in this order, so that no more are read than are asked for. In place of {0} come
further conditions, each of which begins with AND.
"""


def clear(connection: sqlite3.Connection, post_ids: Collection[int]) -> None:
    """Remove the tags of some posts."""
    for table in (HASHTAGS, TOPICS):
        connection.executemany(CLEAR(table), ((post_id,) for post_id in post_ids))


def store_hashtags(connection: sqlite3.Connection, found: Mapping[int, Sequence[str]]) -> None:
    """Store hashtags by the ids of their posts, which must not have any stored."""
    names = {name: hashtag_key(name) for of_post in found.values() for name in of_post}
    connection.executemany(ADD_HASHTAG, ((key, name) for name, key in names.items()))
    _store(connection, HASHTAGS, found, names.__getitem__)


def store_topics(connection: sqlite3.Connection, found: Mapping[int, Sequence[str]]) -> None:
    """Store topics of the vocabulary by the ids of their posts, which must not have any stored."""
    _store(connection, TOPICS, found, topic_key)


def _store(
    connection: sqlite3.Connection,
    table: str,
    found: Mapping[int, Sequence[str]],
    key_of: Callable[[str], str],
) -> None:
    rows = (
        {"post": post_id, "position": position, "key": key_of(name)}
        for post_id, names in found.items()
        for position, name in enumerate(names)
    )
    connection.executemany(ADD(table), rows)


def hashtags_of(
    connection: sqlite3.Connection, post_ids: Sequence[int]
) -> dict[int, tuple[str, ...]]:
    """Return the hashtags of some posts, by the posts' ids, in the order of their texts."""
    found = gathered(connection.execute(PER_POST(HASHTAGS), (json_ids(post_ids),)))
    return {post_id: tuple(name for name, _ in found[post_id]) for post_id in post_ids}


def topics_of(
    connection: sqlite3.Connection, post_ids: Sequence[int]
) -> dict[int, tuple[Topic, ...]]:
    """Return the topics of some posts, by the posts' ids, the most mentioned first."""
    found = gathered(connection.execute(PER_POST(TOPICS), (json_ids(post_ids),)))
    return {
        post_id: tuple(Topic(name=name, names=json.loads(names)) for name, names in found[post_id])
        for post_id in post_ids
    }


def find_hashtags_anew(connection: sqlite3.Connection) -> None:
    """Find the hashtags of every post; none may be stored before."""
    for post_id, text in connection.execute(TEXTS):
        store_hashtags(connection, {post_id: find_hashtags(text)})


def give_topics_anew(connection: sqlite3.Connection) -> None:
    """Give every post the topics of the vocabulary in use, in place of those it has."""
    for entry in _entries(note(connection)):
        topic = entry.topic
        connection.execute(ADD_TOPIC, (topic_key(topic.name), topic.name, _compact(topic.names)))
    connection.execute(CLEAR_TOPICS)
    found = vocabulary(connection)
    for post_id, text in connection.execute(TEXTS):
        store_topics(connection, {post_id: found.topics_of(text)})


def use(connection: sqlite3.Connection, entries: Sequence[TopicWords]) -> None:
    """Tag by this vocabulary from now on; if it is not the one in use, tag every post anew."""
    wanted = _note(entries)
    if wanted == note(connection):
        return
    columns.put_note(connection, NOTE, wanted)
    give_topics_anew(connection)


def vocabulary(connection: sqlite3.Connection) -> Vocabulary:
    """Return the vocabulary in use; an empty one if there is none."""
    return read(note(connection))


def note(connection: sqlite3.Connection) -> str:
    """Return the archive's note of the vocabulary in use; empty if there is none."""
    return columns.get_note(connection, NOTE) or ""


def _note(entries: Iterable[TopicWords]) -> str:
    """Return the note for a vocabulary; it differs whenever posts would get other topics."""
    topics = [asdict(entry) for entry in entries]
    return _compact({"rules": [TOPIC_RULES, NORMAL_FORM], "topics": topics})


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
