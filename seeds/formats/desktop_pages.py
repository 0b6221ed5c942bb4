"""A page of Telegram Desktop's HTML export, taken apart: its head, and its messages one by one.

Each message is parsed alone, so that what is damaged in one touches no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from seeds.formats.html_text import words
from seeds.formats.pages import is_cut_off, parsed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MESSAGE: Final = "div.message"
DEFAULT: Final = "default"
"""The class of messages that people wrote; others tell of something."""

_PAGE: Final = re.compile(r'class\s*=\s*["\']?page_wrap\b')
_HISTORY: Final = re.compile(r'class\s*=\s*["\']?history\b')
_TITLE: Final = re.compile(r"<title>\s*Exported Data\s*</title>")
_BEGINS: Final = re.compile(r'<div\s(?:[^<>]{0,200}?\s)?class\s*=\s*["\']?message(?=[\s"\'])')
_OPEN_TAG: Final = re.compile(r"<[^<>]*\Z")
_HEADER: Final = "div.page_header div.text.bold"


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The parts of a page; of one that `is_cut_off`, the message that is not whole is left out."""

    head: LexborHTMLParser
    messages: tuple[LexborNode, ...]
    is_cut_off: bool

    @property
    def title(self) -> str:
        """The name of the chat that the page is of."""
        return words(self.head.css_first(_HEADER))


def knows(source: str) -> bool:
    """Tell whether a page is one of such an export, though perhaps cut off."""
    if is_cut_off(source) and _TITLE.search(source):
        return True
    return bool(_PAGE.search(source) and _HISTORY.search(source))


def take_apart(source: str) -> ExportPage:
    """Return the parts of a page."""
    is_cut = is_cut_off(source)
    if is_cut:
        source = _OPEN_TAG.sub("", source)
    starts = [found.start() for found in _BEGINS.finditer(source)]
    parts = [source[start:end] for start, end in pairwise((*starts, len(source)))]
    if is_cut and parts and not _is_whole(parts[-1]):
        parts.pop()
    nodes = (parsed(part).css_first(MESSAGE) for part in parts)
    return ExportPage(
        head=parsed(source[: starts[0]] if starts else source),
        messages=tuple(node for node in nodes if node is not None),
        is_cut_off=is_cut,
    )


def _is_whole(message: str) -> bool:
    return message.count("<div") <= message.count("</div")


def classes_of(node: LexborNode | None) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset() if node is None else frozenset((node.attributes.get("class") or "").split())
