"""A post as the row of its table, and back."""

from __future__ import annotations

import json
from contextlib import contextmanager
from itertools import chain
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final

from storage.database.columns import date_of, seconds_of
from storage.errors import ArchiveCorrupt
from storage.models import Card, Entity, EntityKind, Media, MediaKind, NewPost, Origin, Reaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from storage.database.columns import Row

COLUMNS: Final = """text, message_id, date, edited, ordinal, forwarded_from, reply_to,
reply_snippet, reactions, views, entities, hidden_urls, cards, media_kind, media_names,
original_text, document, first_line, last_line, reacted, thumbnail"""
_NAMES: Final = COLUMNS.replace("\n", " ").split(", ")
STORED = f"SELECT id, {COLUMNS} FROM posts"  # noqa: S608 - the names of columns
TEXT, MESSAGE_ID, ORDINAL, ORIGINAL_TEXT = map(
    _NAMES.index, ("text", "message_id", "ordinal", "original_text")
)
"""The places of these columns in a row."""

_ORIGIN: Final = ("document", "first_line", "last_line")
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@contextmanager
def sensible_rows() -> Iterator[None]:
    """Raise ArchiveCorrupt if the block meets a row with values that no post has."""
    try:
        yield
    except (TypeError, ValueError) as error:
        raise ArchiveCorrupt from error


def row_of(post: NewPost) -> Row:
    """Return the row of a post; the ordinal of one with a date is that date."""
    origin, date = post.origin, seconds_of(post.date)
    return (
        post.text,
        post.message_id,
        date,
        seconds_of(post.edited),
        post.ordinal if date is None else date,
        post.forwarded_from,
        post.reply_to,
        post.reply_snippet,
        post.reactions,
        post.views,
        entities_json(post.entities),
        _json_list(post.hidden_urls),
        _json_list([_card_row(card) for card in post.cards]),
        str(post.media.kind) if post.media else None,
        _json_list(post.media.names) if post.media else None,
        post.original_text,
        *((origin.document, origin.first_line, origin.last_line) if origin else (None,) * 3),
        reacted_json(post.reacted),
        post.thumbnail,
    )


def post_of(row: Row, messages: Iterable[int]) -> NewPost:
    """Return the post that a row holds; `messages` are those of its album.

    Raises ArchiveCorrupt for a row that is no post's.
    """
    with sensible_rows():
        return _post_of(row, messages)


def _post_of(row: Row, messages: Iterable[int]) -> NewPost:
    fields = dict(zip(_NAMES, row, strict=True))
    origin = [fields.pop(name) for name in _ORIGIN]
    kind, names = fields.pop("media_kind"), fields.pop("media_names")
    fields["date"] = date_of(fields["date"])
    fields["edited"] = date_of(fields["edited"])
    fields["entities"] = entities_of(fields["entities"])
    fields["hidden_urls"] = _tuple(fields["hidden_urls"])
    fields["cards"] = cards_of(fields["cards"])
    fields["reacted"] = reacted_of(fields["reacted"])
    return NewPost(
        **fields,
        album=tuple(id_ for id_ in messages if id_ != fields["message_id"]),
        media=media_of(kind, names),
        origin=origin_of(origin),
    )


def stored(connection: sqlite3.Connection) -> Iterator[tuple[int, NewPost]]:
    """Yield every post by its id, without the messages of its album."""
    for id_, *row in connection.execute(STORED):
        yield id_, post_of(tuple(row), ())


def media_of(kind: str | None, names: str | None) -> Media | None:
    """Return the media that two columns hold."""
    return None if kind is None else Media(kind=MediaKind(kind), names=_tuple(names))


def entities_json(entities: Sequence[Entity]) -> str | None:
    """Return the column of a text's entities."""
    return _json_list([_entity_row(entity) for entity in entities])


def _entity_row(entity: Entity) -> list[str | int]:
    """Return an entity as [kind, offset, length], with the URL or the language where it has one."""
    value = entity.url or entity.language
    return [entity.kind, entity.offset, entity.length, *([value] if value else ())]


def entities_of(column: str | None) -> tuple[Entity, ...]:
    """Return the entities that a column holds."""
    return tuple(_entity(*row) for row in _tuple(column))


def _entity(name: str, offset: int, length: int, value: str | None = None) -> Entity:
    kind = EntityKind(name)
    url, language = (value, None) if kind is EntityKind.TEXT_LINK else (None, value)
    return Entity(kind=kind, offset=offset, length=length, url=url, language=language)


def _card_row(card: Card) -> list[str]:
    """Return a preview as [url, title, description], a button as [url, label]."""
    said = [card.url, card.title]
    return said if card.button else [*said, card.description]


def cards_of(column: str | None) -> tuple[Card, ...]:
    """Return the cards that a column holds."""
    return tuple(_card(*row) for row in _tuple(column))


def _card(url: str, title: str, description: str | None = None) -> Card:
    button = description is None
    return Card(url=url, title=title, description=description or "", button=button)


def reacted_json(reacted: Sequence[Reaction]) -> str | None:
    """Return the column of a post's reactions by emoji."""
    if not reacted:
        return None
    # Most posts have some: an encoder for any list would take four times as long.
    pairs = [f"[{encode_basestring(one.emoji)},{one.count}]" for one in reacted]
    return f"[{','.join(pairs)}]"


def reacted_of(column: str | None) -> tuple[Reaction, ...]:
    """Return the reactions by emoji that a column holds."""
    return tuple(Reaction(emoji=emoji, count=count) for emoji, count in _tuple(column))


def details_of(post: NewPost) -> str | None:
    """Return what readers see of a post besides its text, a line each; None if that is nothing."""
    names = post.media.names if post.media else ()
    if not (names or post.cards):
        return None
    cards = chain.from_iterable((card.title, card.description) for card in post.cards)
    lines = (line for line in (*names, *cards) if line and line not in post.text)
    return "\n".join(dict.fromkeys(lines)) or None


def searched(text: str, details: str | None) -> str:
    """Return the text that is indexed, as the generated column `searched` has it."""
    return text if details is None else f"{text}\n\n{details}"


def origin_of(row: Sequence[Any]) -> Origin | None:
    """Return the origin that a row's columns hold."""
    document, first_line, last_line = row
    if document is None:
        return None
    return Origin(document=document, first_line=first_line, last_line=last_line)


def whole(row: Sequence[Any]) -> Row:
    """Return a row kept by an older version, filled up with the columns added since."""
    return (*row, *(None,) * (len(_NAMES) - len(row)))


def _json_list(values: Sequence[Any]) -> str | None:
    return _ENCODER.encode(values) if values else None


def _tuple(values: str | None) -> tuple[Any, ...]:
    return () if values is None else tuple(json.loads(values))
