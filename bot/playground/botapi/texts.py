"""The texts that a bot sends: their formatting read, their length checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.playground.botapi.entities import Entity, FormattedText, checked_url, finished
from bot.playground.botapi.errors import bad_request
from bot.playground.botapi.fields import Fields, needed, read
from bot.playground.botapi.parse_mode import parse_html

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json, JsonObject

# Bot API, "sendMessage" and "sendDocument": characters after entities parsing; Telegram counts
# UTF-16 code units.
MAX_TEXT = 4096
MAX_CAPTION = 1024


class MessageEntity(Fields):
    """A formatted part of a text."""

    type: str = needed("can't parse MessageEntity: Type is not specified")
    offset: int = needed("can't parse MessageEntity: Can't find field \"offset\"")
    length: int = needed("can't parse MessageEntity: Can't find field \"length\"")
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None


class LinkPreviewOptions(Fields):
    """How the preview of a link looks."""

    is_disabled: bool = False
    url: str = ""
    prefer_small_media: bool = False
    prefer_large_media: bool = False
    show_above_text: bool = False


class ReplyParameters(Fields):
    """Which message is answered."""

    message_id: int = needed("message identifier is not specified")
    allow_sending_without_reply: bool = False
    quote: str = ""
    quote_position: int = 0


def message_text(source: str, parse_mode: str, entities: Json = None) -> FormattedText:
    """Return the text of a message. Raises ApiError if it is empty, too long or ill-formed."""
    if not source:
        raise bad_request("message text is empty")
    formatted = formatted_text(source, parse_mode, entities)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if formatted.length > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def caption(source: str, parse_mode: str, entities: Json = None) -> FormattedText:
    """Return the caption of a document. Raises ApiError if it is too long or ill-formed."""
    formatted = formatted_text(source, parse_mode, entities)
    if formatted.length > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def formatted_text(source: str, parse_mode: str, entities: Json = None) -> FormattedText:
    """Return a text of any length as Telegram stores it; only HTML is known as a parse mode."""
    if parse_mode.lower() == "html":
        return finished(parse_html(source))
    if parse_mode:
        raise bad_request("unsupported parse_mode")
    listed = entities if isinstance(entities, list) else []
    return finished(FormattedText(source, tuple(_entity(entity) for entity in listed)))


def link_preview(options: JsonObject | None) -> JsonObject | None:
    """Return the checked LinkPreviewOptions of a message."""
    if options is None:
        return None
    url = read(LinkPreviewOptions, options).url
    if url and checked_url(url) is None:
        raise bad_request("Wrong HTTP URL specified")
    return options


def _entity(raw: Json) -> Entity:
    return Entity(**read(MessageEntity, raw).model_dump())
