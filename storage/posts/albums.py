"""Albums: the messages that are one post, and which post it is."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process

from storage.models import Media, MediaKind
from storage.posts.rows import entities_json, entities_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from storage.models import Entity, NewPost

BETWEEN_CAPTIONS = "\n\n"
LEAST_LIKE = 60
"""Of 100: how much an edited caption must have in common with the one in whose place it comes."""

POST = """
SELECT post_id FROM album_messages
WHERE source_id = ? AND message_id IN (SELECT value FROM json_each(?)) AND post_id IS NOT NULL
LIMIT 1
"""
OF_POST = "SELECT message_id FROM album_messages WHERE post_id = ? ORDER BY message_id"
ADD = """
INSERT INTO album_messages (source_id, message_id, post_id) VALUES (?, ?, ?)
ON CONFLICT (source_id, message_id) DO UPDATE SET post_id = excluded.post_id
"""
ADD_TO_GROUP = """
INSERT INTO album_messages
    (source_id, message_id, media_group, caption, entities, media_kind, media_names)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source_id, message_id) DO UPDATE SET
    media_group = excluded.media_group, caption = excluded.caption,
    entities = excluded.entities, media_kind = excluded.media_kind,
    media_names = excluded.media_names
"""
GROUP = """
SELECT message_id, caption, media_kind, media_names, entities FROM album_messages
WHERE source_id = ? AND media_group = ? ORDER BY message_id
"""


def post_of(
    connection: sqlite3.Connection, source_id: int, message_ids: Iterable[int]
) -> int | None:
    """Return the id of the post that one of the messages belongs to."""
    key = (source_id, json.dumps(list(message_ids)))
    row = connection.execute(POST, key).fetchone()
    return None if row is None else int(row[0])


def of_post(connection: sqlite3.Connection, post_id: int) -> tuple[int, ...]:
    """Return the ids of the messages of the album that a post is; none if it is no album."""
    return tuple(message_id for (message_id,) in connection.execute(OF_POST, (post_id,)))


def keep(
    connection: sqlite3.Connection, source_id: int, post_id: int, message_ids: Sequence[int]
) -> None:
    """Store that these messages are one post."""
    connection.executemany(ADD, ((source_id, message_id, post_id) for message_id in message_ids))


def join(connection: sqlite3.Connection, source_id: int, post: NewPost) -> NewPost:
    """Store a message of a media group; returns the album of all its messages so far."""
    kind, names = (post.media.kind, post.media.names) if post.media else (None, ())
    said = (post.text, entities_json(post.entities))
    values = (source_id, post.message_id, post.media_group, *said, kind, json.dumps(names))
    connection.execute(ADD_TO_GROUP, values)
    rows = connection.execute(GROUP, (source_id, post.media_group)).fetchall()
    first, *others = (row[0] for row in rows)
    return replace(
        post,
        message_id=first,
        album=tuple(others),
        text=BETWEEN_CAPTIONS.join(row[1] for row in rows if row[1].strip()),
        entities=tuple(_entities(rows)),
        media=_media(rows),
        media_group=None,
    )


def holds_more(known: NewPost, post: NewPost) -> bool:
    """Tell whether a stored album has messages that a live copy of it lacks.

    That is the case when an imported album is edited: Telegram sends only the edited message.
    """
    messages = {*post.album, post.message_id}
    return bool(known.album) and not {*known.album, known.message_id} <= messages


def with_edit(known: NewPost, part: NewPost) -> NewPost:
    """Return a stored album with one of its messages edited.

    The archive does not keep which caption belongs to which message. So the edited caption replaces
    the part of the album's text that is most similar to it, or all of it if no part is.
    """
    before, behind = _surroundings(known.text, part.text) if part.text.strip() else (known.text, "")
    moved = len(before) + len(part.text) + len(behind) - len(known.text)
    return replace(
        part,
        text=f"{before}{part.text}{behind}",
        entities=(
            *(entity for entity in known.entities if entity.offset < len(before)),
            *(replace(entity, offset=entity.offset + len(before)) for entity in part.entities),
            *(
                replace(entity, offset=entity.offset + moved)
                for entity in known.entities
                if entity.offset >= len(known.text) - len(behind)
            ),
        ),
        media=known.media,
    )


def _surroundings(text: str, caption: str) -> tuple[str, str]:
    """Return what stands before and behind the paragraphs most similar to a caption."""
    parts = text.split(BETWEEN_CAPTIONS)
    runs = [(first, last) for last in range(1, len(parts) + 1) for first in range(last)]
    said = [BETWEEN_CAPTIONS.join(parts[first:last]) for first, last in runs]
    best = process.extractOne(caption, said, scorer=fuzz.ratio, score_cutoff=LEAST_LIKE)
    first, last = runs[best[2]] if best else (0, len(parts))
    before = "".join(f"{part}{BETWEEN_CAPTIONS}" for part in parts[:first])
    return before, "".join(f"{BETWEEN_CAPTIONS}{part}" for part in parts[last:])


def _entities(rows: Iterable[Sequence[Any]]) -> Iterator[Entity]:
    """Return the entities of an album's captions, their offsets counted in the album's text."""
    before = 0
    for _, caption, _, _, entities in rows:
        if caption.strip():
            for entity in entities_of(entities):
                yield replace(entity, offset=before + entity.offset)
            before += len(caption) + len(BETWEEN_CAPTIONS)


def _media(rows: Iterable[Sequence[Any]]) -> Media | None:
    """Return the media of an album, of the kind of its first, with all names in their order."""
    held = [(kind, json.loads(names or "[]")) for _, _, kind, names, _ in rows if kind is not None]
    if not held:
        return None
    names = tuple(name for _, of_message in held for name in of_message)
    return Media(kind=MediaKind(held[0][0]), names=names)
