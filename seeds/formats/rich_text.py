"""What a piece of a page says: its text with its lines, and the links behind its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

TEXT: Final = "-text"
"""selectolax's tag of a piece of plain text."""
_BLOCKS: Final = {"blockquote", "pre", "div", "p"}
_ELSEWHERE: Final = ("http://", "https://", "tg://", "ton://")


@dataclass(frozen=True, slots=True)
class RichText:
    """A text, and the URLs that its words lead to without saying so."""

    text: str = ""
    hidden_urls: tuple[str, ...] = ()


def read_rich_text(node: LexborNode | None) -> RichText:
    """Return what an element says."""
    if node is None:
        return RichText()
    hidden = (link.attributes.get("href") or "" for link in node.css("a[href]"))
    text = "".join(_pieces(node)).strip("\n ")
    urls = (url for url in hidden if url.startswith(_ELSEWHERE))
    return RichText(text, tuple(url for url in dict.fromkeys(urls) if url not in text))


def _pieces(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == TEXT:
            yield child.text_content or ""
        elif child.tag == "br":
            yield "\n"
        elif child.tag == "img":  # how older pages have emoji
            yield child.attributes.get("alt") or ""
        elif child.tag in _BLOCKS:
            yield from ("\n", *_pieces(child), "\n")
        else:
            yield from _pieces(child)


def words(node: LexborNode | None) -> str:
    """Return the words of an element on one line; none where it is missing."""
    return " ".join("".join(_pieces(node)).split()) if node is not None else ""
