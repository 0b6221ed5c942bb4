"""Tags, hashtags and topics alike: counted, and found by names that need not be exact."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from storage.database.columns import json_ids
from storage.errors import TagNotFound
from storage.language.keys import key_form
from storage.models import Page, Tag
from storage.tags.of_posts import CARRIED, TAGGED
from storage.tags.of_posts import vocabulary as vocabulary_in_use
from storage.tags.tagger import hashtag_key, topic_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

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
    called, meant = vocabulary.called(name), vocabulary.meant(name)
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
