"""Formatted text: the words, and which of them are bold, links, commands and so on.

Offsets and lengths count UTF-16 code units, as everywhere in Telegram.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.playground.botapi.fields import Json

# Nothing else is recognised or formatted inside these.
OPAQUE = frozenset({"code", "pre", "text_link"})

# What Telegram finds in plain text by itself; the first of two overlapping ones wins.
RECOGNISED = (
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z0-9_]{3,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&/])#(?=\w*[^\W\d])\w{1,256}")),
)
SCHEMES = frozenset({"http", "https", "tg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A formatted part of a text."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        """Where the part ends: the offset of the first unit after it."""
        return self.offset + self.length

    def words_in(self, text: str) -> str:
        """Return the part of the text."""
        return text.encode("utf-16-le")[2 * self.offset : 2 * self.end].decode("utf-16-le")

    def json(self) -> dict[str, Json]:
        """Return Telegram's MessageEntity."""
        entity: dict[str, Json] = {
            "type": self.type,
            "offset": self.offset,
            "length": self.length,
            "url": self.url,
            "language": self.language,
            "custom_emoji_id": self.custom_emoji_id,
            "unix_time": self.unix_time,
            "date_time_format": self.date_time_format,
        }
        return {name: value for name, value in entity.items() if value is not None}


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text with its formatted parts, in order; a longer one before those inside it."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        """The length that Telegram's limits are about."""
        return utf16_length(self.text)


def utf16_length(text: str) -> int:
    """Return how many UTF-16 code units a text has."""
    return len(text) + sum(character > "\uffff" for character in text)


def checked_url(url: str) -> str | None:
    """Return a link's address as Telegram keeps it, or None if it is not one it accepts."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return None
    host = parts.hostname or ""
    local = host == "localhost" or not re.fullmatch(r"[^\s.]+(\.[^\s.]+)+\.?", host)
    if parts.scheme.lower() not in SCHEMES or (local and parts.scheme != "tg"):
        return None
    return parts._replace(path=parts.path or "/").geturl() if parts.scheme != "tg" else url


def finished(formatted: FormattedText) -> FormattedText:
    """Return a text as Telegram stores it: trimmed, its links, tags and commands recognised."""
    trimmed = _trimmed(formatted)
    kept = _without_nested_in_code(trimmed.entities)
    found = _recognised(trimmed.text, [entity for entity in kept if entity.type in OPAQUE])
    return FormattedText(trimmed.text, tuple(sorted((*kept, *found), key=_place)))


def _place(entity: Entity) -> tuple[int, int]:
    return entity.offset, -entity.length


def _trimmed(formatted: FormattedText) -> FormattedText:
    """Drop white space around a text, but in front of it only what no entity covers."""
    text = formatted.text.rstrip()
    first = min((entity.offset for entity in formatted.entities), default=len(text))
    cut = min(len(text) - len(text.lstrip()), first)
    end = utf16_length(text)
    entities = (
        replace(entity, offset=entity.offset - cut, length=min(entity.end, end) - entity.offset)
        for entity in formatted.entities
        if entity.offset < end
    )
    return FormattedText(text[cut:], tuple(entities))


def _without_nested_in_code(entities: Iterable[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    covered = 0
    for entity in sorted(entities, key=_place):
        if entity.offset < covered:
            continue
        kept.append(entity)
        if entity.type in {"code", "pre"}:
            covered = entity.end
    return kept


def _recognised(text: str, taken: list[Entity]) -> Iterator[Entity]:
    busy = list(taken)
    for kind, pattern in RECOGNISED:
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            entity = Entity(type=kind, offset=offset, length=utf16_length(match[0]))
            if all(entity.end <= other.offset or other.end <= offset for other in busy):
                busy.append(entity)
                yield entity
