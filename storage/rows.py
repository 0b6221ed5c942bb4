"""A post as the row of its table, and back."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from storage.dates import date_of, seconds_of
from storage.models import Media, MediaKind, NewPost, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Row: TypeAlias = tuple[Any, ...]
"""The values of COLUMNS."""

COLUMNS: Final = """text, message_id, date, edited, ordinal, forwarded_from, reply_to,
reply_snippet, reactions, views, hidden_urls, media_kind, media_names, original_text, document,
first_line, last_line"""
_NAMES: Final = COLUMNS.replace("\n", " ").split(", ")
TEXT, MESSAGE_ID, ORIGINAL_TEXT = map(_NAMES.index, ("text", "message_id", "original_text"))
"""Where in a row these are."""

_ORIGIN: Final = ("document", "first_line", "last_line")


def row_of(post: NewPost) -> Row:
    """Return the row of a post."""
    origin = post.origin
    return (
        post.text,
        post.message_id,
        seconds_of(post.date),
        seconds_of(post.edited),
        post.ordinal,
        post.forwarded_from,
        post.reply_to,
        post.reply_snippet,
        post.reactions,
        post.views,
        _json_list(post.hidden_urls),
        str(post.media.kind) if post.media else None,
        _json_list(post.media.names) if post.media else None,
        post.original_text,
        *((origin.document, origin.first_line, origin.last_line) if origin else (None,) * 3),
    )


def post_of(row: Row, messages: Iterable[int]) -> NewPost:
    """Return the post whose row this is; `messages` are those of its album."""
    fields = dict(zip(_NAMES, row, strict=True))
    origin = [fields.pop(name) for name in _ORIGIN]
    kind, names = fields.pop("media_kind"), fields.pop("media_names")
    fields["date"] = date_of(fields["date"])
    fields["edited"] = date_of(fields["edited"])
    fields["hidden_urls"] = _tuple(fields["hidden_urls"])
    return NewPost(
        **fields,
        album=tuple(id_ for id_ in messages if id_ != fields["message_id"]),
        media=media_of(kind, names),
        origin=origin_of(origin),
    )


def media_of(kind: str | None, names: str | None) -> Media | None:
    """Return the media whose columns these are."""
    return None if kind is None else Media(kind=MediaKind(kind), names=_tuple(names))


def origin_of(row: Sequence[Any]) -> Origin | None:
    """Return the origin whose columns these are."""
    document, first_line, last_line = row
    if document is None:
        return None
    return Origin(document=document, first_line=first_line, last_line=last_line)


def gathered(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    """Gather rows, in their order, by the id that each begins with; nothing for other ids."""
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for id_, *row in rows:
        found[id_].append(tuple(row))
    return found


def _json_list(values: Sequence[str]) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _tuple(values: str | None) -> tuple[str, ...]:
    return () if values is None else tuple(json.loads(values))
