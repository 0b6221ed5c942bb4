"""Pages, made harmless before they are parsed: some take a parser for ever, on purpose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST: Final = 2000
"""Elements inside one another; from there on a page is not read."""
MOST_ATTRIBUTES: Final = 200
"""Of one element; the others are dropped."""
SHORT: Final = 4000
"""Characters in which there is no room for too many of either."""

_LONG_TAG: Final = re.compile(rf"<[a-zA-Z][^<>]{{{SHORT},}}+")
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)")
_BEGINNING: Final = re.compile(
    r"[^\w<{\[]{0,16}(?:\s|<\?xml[^>]{0,200}>|<!--.{0,1000}?-->)*+<(?:!doctype|(?:html|head|body)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Stray bytes may stand before it."""
_END: Final = re.compile(r"</html\b", re.IGNORECASE)
_TAIL: Final = 4096
"""Characters before the end among which the page's last tag stands."""
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)


def is_page(opening: str) -> bool:
    """Tell whether a text that begins so is HTML, perhaps after a browser's note of where from."""
    return _BEGINNING.match(opening) is not None


def is_cut_off(source: str) -> bool:
    """Tell whether the end of a page is missing."""
    return _END.search(source, max(0, len(source) - _TAIL)) is None


def parsed(source: str) -> LexborHTMLParser:
    """Return a page as a tree of its elements."""
    if len(source) > SHORT:
        source = _LONG_TAG.sub(_thinned, source)
        source = source[: _end_of_sense(source)]
    return LexborHTMLParser(source)


def _thinned(tag: re.Match[str]) -> str:
    """Return an element's tag with only its first attributes, but with the longest of them whole.

    A parser compares each attribute with all others, which takes for ever where there are many.
    """
    parts = tag[0].split(maxsplit=MOST_ATTRIBUTES)
    return tag[0] if len(parts) <= MOST_ATTRIBUTES else " ".join(parts[:MOST_ATTRIBUTES])


def _end_of_sense(source: str) -> int:
    """Return where elements are so deep inside one another that no program can have meant it."""
    depth = 0
    for end, name, at in _tags(source):
        if name not in _VOID:
            depth += -1 if end else 1
        if depth > DEEPEST:
            return at
    return len(source)


def _tags(source: str) -> Iterator[tuple[str, str, int]]:
    for tag in _TAG.finditer(source):
        yield tag["end"], tag["name"], tag.start()
