"""Telegram's HTML. Nothing else writes a tag, so nothing else can forget to escape.

Every function takes plain text or Html and returns Html: plain text is escaped, Html is not again.
"""

from __future__ import annotations

import re
from collections import deque
from datetime import time
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from bot.views.formatting import nested, units
from storage import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.views.formatting import FormattedText
    from storage import Entity

TAGS: Final = {
    EntityKind.BOLD: "b",
    EntityKind.ITALIC: "i",
    EntityKind.UNDERLINE: "u",
    EntityKind.STRIKETHROUGH: "s",
    EntityKind.SPOILER: "tg-spoiler",
    EntityKind.CODE: "code",
}
PARAGRAPH: Final = "\n\n"
MIDNIGHT: Final = time()
TAG: Final = re.compile(r"<[^>]*>")


class Html(str):
    """Text that is safe to send with parse_mode HTML."""

    __slots__ = ()


def html(text: str) -> Html:
    """Return plain text escaped, and Html as it is."""
    return text if isinstance(text, Html) else Html(escape(text, quote=False))


def bold(text: str) -> Html:
    """Return the text in bold."""
    return Html(f"<b>{html(text)}</b>")


def italic(text: str) -> Html:
    """Return the text in italics."""
    return Html(f"<i>{html(text)}</i>")


def moment(text: str, date: datetime) -> Html:
    """Return a day that Telegram shows in the reader's own time zone, and older apps as written."""
    if date.time() == MIDNIGHT:  # only the day is known, and it is the same everywhere
        return html(text)
    return Html(f'<tg-time unix="{int(date.timestamp())}" format="D">{html(text)}</tg-time>')


def quote(text: str, *, expandable: bool = False) -> Html:
    """Return the text as a block quotation, perhaps one of which a few lines are shown at first."""
    attribute = " expandable" if expandable else ""
    return Html(f"<blockquote{attribute}>{html(text)}</blockquote>")


def code_block(text: str, language: str | None = None) -> Html:
    """Return the text as a block of code, in a programming language if that is known."""
    if language is None:
        return Html(f"<pre>{html(text)}</pre>")
    return Html(f'<pre><code class="language-{escape(language)}">{html(text)}</code></pre>')


def link(text: str, url: str) -> Html:
    """Return the text leading to a page."""
    return Html(f'<a href="{escape(url)}">{html(text)}</a>')


def join(parts: Iterable[str], separator: str = "\n") -> Html:
    """Return those parts that are not empty, with the separator between them."""
    return Html(html(separator).join(html(part) for part in parts if part))


def formatted(text: FormattedText) -> Html:
    """Return a text as HTML, with its entities as tags."""
    return _inside(text.text, 0, len(text.text), deque(nested(text.entities)))


def plain(text: Html) -> str:
    """Return the text that a reader sees, without tags."""
    return unescape(TAG.sub("", text))


def length(text: Html) -> int:
    """Return the length of a text as Telegram counts it: in UTF-16 units, after parsing."""
    return units(plain(text))


def _inside(text: str, start: int, end: int, entities: deque[Entity]) -> Html:
    """Return a part of a text, taking the entities in it from the front of the queue."""
    parts: list[str] = []
    while entities and entities[0].offset < end:
        entity = entities.popleft()
        parts.append(text[start : entity.offset])
        parts.append(_styled(_inside(text, entity.offset, entity.end, entities), entity))
        start = entity.end
    return join((*parts, text[start:end]), separator="")


def _styled(text: Html, entity: Entity) -> Html:
    match entity.kind:
        case EntityKind.TEXT_LINK:
            return link(text, entity.url or "")
        case EntityKind.PRE:
            return code_block(text, entity.language)
        case EntityKind.BLOCKQUOTE:
            return quote(text)
        case EntityKind.EXPANDABLE_BLOCKQUOTE:
            return quote(text, expandable=True)
        case _:
            tag = TAGS[entity.kind]
            return Html(f"<{tag}>{text}</{tag}>")
