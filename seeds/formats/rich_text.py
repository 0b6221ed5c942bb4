"""Text with entities: what every format makes of the words of a message."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote

from storage import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable

BLANK: Final = " \t\r\n"
"""What may be missing at both ends of a text."""

_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
_ELSEWHERE: Final = ("http://", "https://", "tg://", "ton://")
_MENTION: Final = re.compile(r"https?://[\w.-]+/(\w+)/?", re.ASCII)
_INVISIBLE: Final = str.maketrans(
    dict.fromkeys(
        map(
            chr,
            (
                *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D),
                *(0x180E, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xFFFC, *range(0xFE00, 0xFE10)),
                *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
                *(*range(0x20), *range(0x7F, 0xA0), *range(0xE0000, 0xE01F0)),
            ),
        )
    )
)
"""Characters of no width or no ink, by which blank messages are sent; control characters."""


@dataclass(frozen=True, slots=True)
class RichText:
    """A text and its entities, in the order of their offsets."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any text."""
        return bool(self.text)

    def stripped(self) -> RichText:
        """Return it without white space at its ends."""
        text = self.text.strip(BLANK)
        if text == self.text:
            return self
        before = len(self.text) - len(self.text.lstrip(BLANK))
        moved = (_within(entity, before, before + len(text)) for entity in self.entities)
        return RichText(text, tuple(entity for entity in moved if entity.length > 0))

    def after(self, start: int) -> RichText:
        """Return what is behind its beginning."""
        kept = (_within(entity, start, len(self.text)) for entity in self.entities)
        return RichText(self.text[start:], tuple(entity for entity in kept if entity.length > 0))

    def cut(self, length: int) -> RichText:
        """Return its beginning."""
        if len(self.text) <= length:
            return self
        kept = (_within(entity, 0, length) for entity in self.entities)
        return RichText(self.text[:length], tuple(entity for entity in kept if entity.length > 0))


Words: TypeAlias = RichText | str
"""Text with entities, or plain."""


def _within(entity: Entity, start: int, end: int) -> Entity:
    """Return the part of an entity between two offsets, seen from the first; empty outside."""
    first, last = max(entity.offset, start), min(entity.end, end)
    return replace(entity, offset=first - start, length=last - first)


def storable(text: str) -> str:
    """Return a text with marks in place of zeros and halves of characters."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNSTORABLE.sub("\ufffd", text)


def rich(words: Words) -> RichText:
    """Return words as text with entities."""
    return RichText(words) if isinstance(words, str) else words


def marked(
    words: Words, kind: EntityKind, *, url: str | None = None, language: str | None = None
) -> RichText:
    """Return words with an entity around all of them; nothing where there are none."""
    inner = rich(words)
    if not inner:
        return inner
    outer = Entity(kind=kind, offset=0, length=len(inner.text), url=url, language=language)
    return RichText(inner.text, (outer, *inner.entities))


def marked_link(words: Words, url: str) -> RichText:
    """Return words that lead to an address; as they are where Telegram links them itself.

    That is so with @names; and with an address that was typed, which is a link without more words.
    """
    inner = rich(words)
    address = url.strip()
    mention = _MENTION.fullmatch(address)
    if "." in address and _bare(address) == _bare(inner.text):
        return marked(inner, EntityKind.URL)
    if not address.lower().startswith(_ELSEWHERE):
        return inner
    if mention and inner.text.strip().casefold() == f"@{mention[1]}".casefold():
        return inner
    return marked(inner, EntityKind.TEXT_LINK, url=address)


def _bare(address: str) -> str:
    """Return an address without what a page adds to one that was typed."""
    typed = address.strip()
    return unquote(typed.partition("://")[2] or typed).rstrip("/").casefold()


def _moved(entity: Entity, by: int) -> Entity:
    if not by:
        return entity
    return Entity(
        kind=entity.kind,
        offset=entity.offset + by,
        length=entity.length,
        url=entity.url,
        language=entity.language,
    )


def joined(parts: Iterable[Words], separator: str = "") -> RichText:
    """Return parts one after the other, the empty ones left out, their entities moved along."""
    texts: list[str] = []
    entities: list[Entity] = []
    at = 0
    for part in map(rich, parts):
        if not part.text:
            continue
        at += len(separator) if texts else 0
        entities += (_moved(one, at) for one in part.entities)
        texts.append(part.text)
        at += len(part.text)
    return RichText(separator.join(texts), tuple(entities))


def is_visible(text: str) -> bool:
    """Tell whether a reader sees anything of a text."""
    begun = text[:1]
    if begun.isalnum() and ord(begun) not in _INVISIBLE:
        return True
    return bool(text.translate(_INVISIBLE).strip())
