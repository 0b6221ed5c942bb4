"""Telegram's HTML. Nothing else writes a tag, so nothing else can forget to escape.

Every function takes plain text or Html and returns Html: plain text is escaped, Html is not again.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, Final

from bot.views.splitting import ELLIPSIS, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from storage import Snippet, Span

TAG: Final = re.compile(r"<[^>]*>")
BLANK: Final = re.compile(r"\s+")


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


def underline(text: str) -> Html:
    """Return the text underlined, to be told from bold where that is all around."""
    return Html(f"<u>{html(text)}</u>")


def quote(text: str) -> Html:
    """Return the text as a block quotation."""
    return Html(f"<blockquote>{html(text)}</blockquote>")


def link(text: str, url: str) -> Html:
    """Return the text leading to a page."""
    return Html(f'<a href="{escape(url)}">{html(text)}</a>')


def join(parts: Iterable[str], separator: str = "\n") -> Html:
    """Return those parts that are not empty, with the separator between them."""
    return Html(html(separator).join(html(part) for part in parts if part))


def highlight(snippet: Snippet, mark: Callable[[str], Html] = bold) -> Html:
    """Return a snippet in one line, its spans marked, with ellipses where the text goes on."""
    return join(
        (
            ELLIPSIS * snippet.cut_before,
            *_pieces(snippet.text, snippet.spans, mark),
            ELLIPSIS * snippet.cut_after,
        ),
        separator="",
    )


def plain(text: Html) -> str:
    """Return what a reader sees of it."""
    return unescape(TAG.sub("", text))


def length(text: Html) -> int:
    """Return how long Telegram counts it: in UTF-16 units, after parsing."""
    return units(plain(text))


def _pieces(text: str, spans: Iterable[Span], mark: Callable[[str], Html]) -> Iterable[str]:
    position = 0
    for span in sorted(spans):
        start = max(span.start, position)
        yield BLANK.sub(" ", text[position:start])
        if span.end > start:
            yield mark(BLANK.sub(" ", text[start : span.end]))
        position = max(span.end, position)
    yield BLANK.sub(" ", text[position:])
