"""Telegram's HTML as text for a terminal."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Final

from rich.text import Text

from bot.console import printable

# The tags of https://core.telegram.org/bots/api#html-style
STYLES: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strike",
    "strike": "strike",
    "del": "strike",
    "a": "underline",
    "blockquote": "dim",
    "code": "cyan",
    "pre": "cyan",
}


def rendered(html: str) -> Text:
    """Return what a reader would see, with the addresses behind the words after them."""
    renderer = _Renderer()
    renderer.feed(html)
    renderer.close()
    return renderer.text


class _Renderer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = Text()
        self._open: list[tuple[str, str, int]] = []  # tag, address, where it began

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append((tag, dict(attrs).get("href") or "", len(self.text)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        _, address, start = self._open.pop()
        self.text.stylize(STYLES.get(tag, ""), start)
        if address and address != self.text.plain[start:]:
            self.text.append(f" ({printable(address)})", "dim")

    def handle_data(self, data: str) -> None:
        self.text.append(printable(data))
