"""Tags: hashtags as authors wrote them, and topics by the vocabulary in use.

Which posts carry them, how many do, and which tag a name means that need not be exact. The
vocabulary itself is a note in the archive. So a post that is added at any time, by whichever
process, is tagged by the same words, and a program with another vocabulary sees the difference.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from storage.database import columns
from storage.database.columns import gathered, json_ids
from storage.errors import TagNotFound
from storage.language.keys import NORMAL_FORM, key_form
from storage.models import Page, Tag, Topic, TopicWords
from storage.tags.tagger import TOPIC_RULES, Vocabulary, find_hashtags, hashtag_key, topic_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import TypeAlias

    Found: TypeAlias = Collection[tuple[int, int, Sequence[str]]]
    """The names of tags found in posts, each given by its id and its ordinal."""

# Which posts carry which tags.

NOTE = "vocabulary"
HASHTAGS, TOPICS = "post_tags", "post_topics"
"""The tables that hold which post carries which tag."""

ADD_HASHTAG = "INSERT INTO tags (key, name) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
ADD_TOPIC = """
INSERT INTO tags (key, name, names, is_topic) VALUES (?, ?, ?, 1)
ON CONFLICT (key) DO UPDATE SET name = excluded.name, names = excluded.names
"""
CLEAR = "DELETE FROM {} WHERE post_id = ?".format
CLEAR_TOPICS = "DELETE FROM post_topics"
ADD = """
INSERT INTO {} (post_id, ordinal, position, tag_id)
VALUES (?, ?, ?, (SELECT id FROM tags WHERE key = ?))
""".format
COUNT_UP = "UPDATE tags SET posts = posts + ? WHERE key = ?"
PER_POST = """
SELECT pt.post_id, t.name, t.names FROM {} pt JOIN tags t ON t.id = pt.tag_id
WHERE pt.post_id IN (SELECT value FROM json_each(?)) ORDER BY pt.post_id, pt.position
""".format
TEXTS = "SELECT id, ordinal, text FROM posts"
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


def store_hashtags(connection: sqlite3.Connection, found: Found) -> None:
    """Store the hashtags of posts, which must not have any stored."""
    keys = {name: hashtag_key(name) for name in _names_in(found)}
    connection.executemany(ADD_HASHTAG, ((key, name) for name, key in keys.items()))
    _store(connection, HASHTAGS, found, keys)


def store_topics(connection: sqlite3.Connection, found: Found) -> None:
    """Store the topics of the vocabulary that posts have, which must not have any stored."""
    keys = {name: topic_key(name) for name in _names_in(found)}
    _store(connection, TOPICS, found, keys)


def _names_in(found: Found) -> Iterable[str]:
    """Return each name that was found once, in the order in which they were met."""
    return dict.fromkeys(name for *_, names in found for name in names)


def _store(
    connection: sqlite3.Connection, table: str, found: Found, keys: Mapping[str, str]
) -> None:
    rows = [
        (post_id, ordinal, position, keys[name])
        for post_id, ordinal, names in found
        for position, name in enumerate(names)
    ]
    connection.executemany(ADD(table), rows)
    counts = Counter(key for *_, key in rows)
    connection.executemany(COUNT_UP, ((count, key) for key, count in counts.items()))


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
    for post_id, ordinal, text in connection.execute(TEXTS):
        store_hashtags(connection, [(post_id, ordinal, find_hashtags(text))])


def give_topics_anew(connection: sqlite3.Connection) -> None:
    """Give every post the topics of the vocabulary in use, in place of those it has."""
    for entry in _entries(vocabulary_note(connection)):
        topic = entry.topic
        connection.execute(ADD_TOPIC, (topic_key(topic.name), topic.name, _compact(topic.names)))
    connection.execute(CLEAR_TOPICS)
    found = vocabulary_in_use(connection)
    for post_id, ordinal, text in connection.execute(TEXTS):
        store_topics(connection, [(post_id, ordinal, found.topics_of(text))])


def use_vocabulary(connection: sqlite3.Connection, entries: Sequence[TopicWords]) -> None:
    """Tag by this vocabulary from now on; if it is not the one in use, tag every post anew."""
    wanted = _note_of(entries)
    if wanted == vocabulary_note(connection):
        return
    columns.put_note(connection, NOTE, wanted)
    give_topics_anew(connection)


def vocabulary_in_use(connection: sqlite3.Connection) -> Vocabulary:
    """Return the vocabulary in use; an empty one if there is none."""
    return vocabulary_of(vocabulary_note(connection))


def vocabulary_note(connection: sqlite3.Connection) -> str:
    """Return the archive's note of the vocabulary in use; empty if there is none."""
    return columns.get_note(connection, NOTE) or ""


def _note_of(entries: Iterable[TopicWords]) -> str:
    """Return the note for a vocabulary; it differs whenever posts would get other topics."""
    topics = [asdict(entry) for entry in entries]
    return _compact({"rules": [TOPIC_RULES, NORMAL_FORM], "topics": topics})


def _compact(value: object) -> str:
    """Return JSON as SQLite writes it: a migration that rewrites the note makes the same."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=2)
def vocabulary_of(note: str) -> Vocabulary:
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


# Tags counted, and found by their names.

SIGNS = ("#", "＃")
SAME = 100
MOST_RELATING = 5_000  # posts, the newest, that related tags are taken from
MOST_COMPARED = 10_000  # tags, those in most posts, that a partial name is sought in
MOST_EXAMINED = 100_000  # posts with the rarest of several tags that are looked up for the others
FEW_POSTS = 4  # among so few, a tag that one of them carries is worth telling
LEAST_SIMILARITY = 75  # of 100: 스타트없 for 스타트업 passes, another word does not

TAG = "SELECT id, name, posts, is_topic, names FROM tags"
# Those with most posts first; what an author used only once leads to nothing else.
LISTED = f"""
{TAG} WHERE posts > 0
ORDER BY posts = 1 AND NOT is_topic, posts DESC, name LIMIT ? OFFSET ?
"""
COUNT = "SELECT count(*) FROM tags WHERE posts > 0 AND NOT is_topic"
COUNT_ALL = "SELECT count(*) FROM tags WHERE posts > 0"
POSTS = "SELECT posts FROM tags WHERE id = ?"
RAREST_FIRST = """
SELECT DISTINCT value FROM json_each(?) LEFT JOIN tags ON tags.id = value ORDER BY posts
"""
GET = f"{TAG} WHERE id = ?"
BY_KEY = f"{TAG} WHERE key = ?"
# The posts of one tag are read; whether they carry another is looked up for each.
ALSO = """
AND (EXISTS (SELECT 1 FROM post_tags
        WHERE tag_id = :{0} AND ordinal = one.ordinal AND post_id = one.post_id)
    OR EXISTS (SELECT 1 FROM post_topics
        WHERE tag_id = :{0} AND ordinal = one.ordinal AND post_id = one.post_id))
"""
# Of two tags that as many of the posts carry, the rarer one says more about them.
RELATED = f"""
SELECT t.id, t.name, held, t.is_topic, t.names FROM (
    SELECT tag_id, count(*) AS held FROM ({CARRIED}) GROUP BY tag_id)
JOIN tags t ON t.id = tag_id
WHERE held >= :fewest AND t.id NOT IN (SELECT value FROM json_each(:tags))
ORDER BY held / sqrt(t.posts) DESC, t.name
LIMIT :most
"""  # noqa: S608 - no values


def page(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Tag]:
    """Return some of all tags, those with most posts first; hashtags used only once come last."""
    (total,) = connection.execute(COUNT_ALL).fetchone()
    return Page(items=_listed(connection, limit, offset), total=total, offset=offset)


def _listed(connection: sqlite3.Connection, limit: int, offset: int) -> tuple[Tag, ...]:
    return _tags(connection.execute(LISTED, (limit, offset)).fetchall())


def count(connection: sqlite3.Connection) -> int:
    """Return how many hashtags posts carry."""
    return int(connection.execute(COUNT).fetchone()[0])


def get(connection: sqlite3.Connection, tag_id: int) -> Tag:
    """Return one tag. Raises TagNotFound."""
    row = connection.execute(GET, (tag_id,)).fetchone()
    if row is None:
        raise TagNotFound(tag_id)
    return _tag(row)


def find(connection: sqlite3.Connection, name: str, limit: int) -> tuple[Tag, ...]:
    """Return the tags a name can mean: the very tag, else those it begins, is in, or resembles.

    Where a hashtag and a topic have one name, `#` before it asks for the hashtag; without it the
    topic is meant, which has the hashtag's posts as well.
    """
    key = hashtag_key(name)
    exact = _exactly(connection, name) if key else ()
    if exact or not (key and limit):
        return exact
    tags = sorted(_listed(connection, MOST_COMPARED, 0), key=lambda tag: not tag.is_topic)
    return (_containing(tags, key) or _similar(tags, name))[:limit]


def _exactly(connection: sqlite3.Connection, name: str) -> tuple[Tag, ...]:
    """Return the tag with this name, else the topic that has it as an alias, if on any post."""
    vocabulary = vocabulary_in_use(connection)
    called, meant = vocabulary.topic_named(name), vocabulary.topic_meant(name)
    named = (hashtag_key(name), topic_key(called or ""))
    keys = named if name.startswith(SIGNS) else tuple(reversed(named))
    rows = (
        connection.execute(BY_KEY, (key,)).fetchone() for key in (*keys, topic_key(meant or ""))
    )
    tags = (_tag(row) for row in rows if row is not None)
    return tuple(tag for tag in tags if tag.posts)[:1]


def _containing(tags: Sequence[Tag], key: str) -> tuple[Tag, ...]:
    begun = [tag for tag in tags if any(name.startswith(key) for name in _names(tag))]
    within = [tag for tag in tags if any(key in name for name in _names(tag))]
    return tuple(dict.fromkeys(begun + within))


def _similar(tags: Sequence[Tag], name: str) -> tuple[Tag, ...]:
    """Return tags typed with nearly the same keys: slips, half syllables, wrong layouts."""
    named = [(key_form(key), tag) for tag in tags for key in _names(tag)]
    close = process.extract(
        key_form(hashtag_key(name)),
        [key for key, _ in named],
        scorer=fuzz.ratio,
        score_cutoff=LEAST_SIMILARITY,
        limit=None,
    )
    # Only the keyboard's layout was another one: that is the very tag.
    best = [found for found in close if found[1] == SAME] or close
    return tuple(dict.fromkeys(named[position][1] for _, _, position in best))


def _names(tag: Tag) -> tuple[str, ...]:
    return tuple(hashtag_key(name) for name in (tag.name, *tag.names.values()))


def related(connection: sqlite3.Connection, tag_ids: Sequence[int], limit: int) -> tuple[Tag, ...]:
    """Return the tags that the posts with all of these carry besides; `posts` says how many do."""
    post_ids = tagged(connection, tag_ids, MOST_RELATING)
    values = {
        "posts": json_ids(post_ids),
        "tags": json_ids(tag_ids),
        "fewest": 1 if len(post_ids) < FEW_POSTS else 2,
        "most": limit,
    }
    return _tags(connection.execute(RELATED, values).fetchall())


def tagged(
    connection: sqlite3.Connection, tag_ids: Sequence[int], limit: int, offset: int = 0
) -> tuple[int, ...]:
    """Return the ids of some of the posts that carry all of the tags, newest first."""
    carrying, values = _carrying(connection, tag_ids)
    statement = f"SELECT post_id {carrying} LIMIT :most OFFSET :first"
    rows = connection.execute(statement, {**values, "most": limit, "first": offset})
    return tuple(post_id for (post_id,) in rows)


def count_tagged(connection: sqlite3.Connection, tag_ids: Sequence[int]) -> int:
    """Return how many posts carry all of the tags."""
    if len(set(tag_ids)) == 1:
        row = connection.execute(POSTS, tag_ids[:1]).fetchone()
        return 0 if row is None else int(row[0])
    carrying, values = _carrying(connection, tag_ids)
    return int(connection.execute(f"SELECT count(*) {carrying}", values).fetchone()[0])


def _carrying(connection: sqlite3.Connection, tag_ids: Sequence[int]) -> tuple[str, dict[str, int]]:
    """Return SQL for the posts with all of the tags, newest first, and its values."""
    ids = [id_ for (id_,) in connection.execute(RAREST_FIRST, (json_ids(tag_ids),))]
    others = {f"tag{number}": id_ for number, id_ in enumerate(ids[1:])}
    limit = MOST_EXAMINED if others else -1
    sql = f"FROM ({TAGGED.format('')}) AS one WHERE true {''.join(map(ALSO.format, others))}"
    return sql, {"tag": ids[0], **others, "limit": limit, "offset": 0}


def _tags(rows: Iterable[Sequence[Any]]) -> tuple[Tag, ...]:
    return tuple(map(_tag, rows))


def _tag(row: Sequence[Any]) -> Tag:
    id_, name, posts, is_topic, names = row
    return Tag(id=id_, name=name, posts=posts, is_topic=bool(is_topic), names=json.loads(names))
