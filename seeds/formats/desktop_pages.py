"""A page of Telegram Desktop's HTML export, taken apart: its head, and its messages one by one.

What is damaged in a message touches no other: each is parsed alone, or together with messages that
are all healthy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from seeds.formats.html_text import words
from seeds.formats.pages import is_cut_off, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

MESSAGE: Final = "div.message"
DEFAULT: Final = "default"
"""The class of messages that people wrote; others tell of something."""

_PAGE: Final = re.compile(r'class\s*=\s*["\']?page_wrap\b')
_HISTORY: Final = re.compile(r'class\s*=\s*["\']?history\b')
_TITLE: Final = re.compile(r"<title>\s*Exported Data\s*</title>")
_BEGINS: Final = re.compile(r'<div\s(?:[^<>]{0,200}?\s)?class\s*=\s*["\']?message(?=[\s"\'>])')
_BARE: Final = re.compile(r"<[^<>]*>\s*")
_OPEN_TAG: Final = re.compile(r"<[^<>]*\Z")
_MESSAGES: Final = "body > div.message"
_MARKING: Final = ("a", "b", "strong", "em", "i", "u", "s", "code", "pre", "span", "div")
"""Elements that go on in what follows them where they are not closed."""
TOGETHER: Final = 50
"""Messages that are parsed at once where all are healthy, which takes a tenth of the time."""
_HEADER: Final = "div.page_header div.text.bold"


@dataclass(frozen=True, slots=True)
class ExportPage:
    """The parts of a page; of one that `is_cut_off`, the message that is not whole is left out."""

    head: LexborHTMLParser
    sources: tuple[str, ...]
    is_cut_off: bool
    lost: int = 0

    @property
    def title(self) -> str:
        """The name of the chat that the page is of."""
        return words(self.head.css_first(_HEADER))

    @property
    def messages(self) -> Iterator[LexborNode]:
        """The messages, each as the element that it is."""
        for start in range(0, len(self.sources), TOGETHER):
            sources = [*map(_closed, self.sources[start : start + TOGETHER])]
            yield from _together(sources) or _apart(sources)


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
    lost = int(is_cut and bool(parts) and not _is_whole(parts[-1]))
    return ExportPage(
        head=parsed(source[: starts[0]] if starts else source),
        sources=tuple(parts[: len(parts) - lost]),
        is_cut_off=is_cut,
        lost=lost,
    )


def _closed(source: str) -> str:
    """Return a message; one that is no more than an opening tag is no reason to parse it alone."""
    return f"{source}</div>" if _BARE.fullmatch(source) else source


def _together(sources: Sequence[str]) -> Sequence[LexborNode]:
    """Return some messages, if they are so healthy that they can be parsed at once."""
    source = "".join(sources)
    if not all(_is_balanced(source, tag) for tag in _MARKING):
        return ()
    nodes = parsed(source).css(_MESSAGES)
    return nodes if len(nodes) == len(sources) else ()


def _apart(sources: Sequence[str]) -> Iterator[LexborNode]:
    for source in sources:
        node = parsed(source).css_first(MESSAGE)
        if node is not None:
            yield node


def _is_balanced(source: str, tag: str) -> bool:
    opened = sum(source.count(f"<{tag}{end}") for end in "> \n")
    return opened == source.count(f"</{tag}>")


def _is_whole(message: str) -> bool:
    return message.count("<div") <= message.count("</div")


def classes_of(node: LexborNode | None) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset() if node is None else frozenset((node.attributes.get("class") or "").split())
