"""The head of a channel's preview page: its title, its figures, what it says about itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from storage import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 40
"""Lines; a page's head that has not ended by then is none."""
END = "Download Telegram"
TITLE_SUFFIX = " – Telegram"
"""The page's own title, which repeats the channel's, ends so."""

_SUBSCRIBERS = ("subscriber", "member")
_COUNTED = ("photo", "video", "file", "link")
_FIGURE = re.compile(
    r"(?P<count>\d[\d ,\u00a0]{0,14}(?:\.\d{1,3})?)(?P<unit>[KM]?) "
    rf"(?P<what>{'|'.join(_SUBSCRIBERS + _COUNTED)})s?"
)
_USERNAME = re.compile(r"@(\w{4,32})")
_UNITS = {"": 1, "K": 1_000, "M": 1_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The channel, and how many lines its head takes."""

    source: Source
    lines: int


def read_header(lines: Sequence[str]) -> Header | None:
    """Return the head of a preview page; None if the lines do not begin with one.

    A title, the number of subscribers and "Download Telegram" make a head; the rest may lack.
    """
    head = [line.strip() for line in islice(lines, LONGEST)]
    if END not in head:
        return None
    size = head.index(END)
    title, rest = _title([line for line in head[:size] if line])
    source = _source(title, rest)
    if not title or source.subscribers is None:
        return None
    return Header(source=source, lines=size + 1)


def _title(head: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the channel's title and the lines after it."""
    if len(head) > 1 and head[0].removesuffix(TITLE_SUFFIX) == head[1]:
        return head[1], head[2:]
    return (head[0].removesuffix(TITLE_SUFFIX), head[1:]) if head else ("", ())


def _source(title: str, head: Sequence[str]) -> Source:
    figures: dict[str, int] = {}
    username = None
    about: list[str] = []
    for line in head:
        if not about and (figure := _FIGURE.fullmatch(line)):
            figures.setdefault(figure["what"], count(figure["count"], figure["unit"]))
        elif not about and not figures and (name := _USERNAME.fullmatch(line)):
            username = name[1]
        else:
            about.append(line)
    return Source(
        title=title,
        username=username,
        about="\n".join(about) or None,
        subscribers=next((figures[word] for word in _SUBSCRIBERS if word in figures), None),
        photos=figures.get("photo"),
        videos=figures.get("video"),
        files=figures.get("file"),
        links=figures.get("link"),
    )


def count(figure: str, unit: str = "") -> int:
    """Return the number that a page writes as `513`, `12 345` or, rounded, as `2.4K`."""
    whole, _, part = re.sub(r"[ ,\u00a0]", "", figure).partition(".")
    return round(float(f"{whole}.{part}0") * _UNITS[unit])
