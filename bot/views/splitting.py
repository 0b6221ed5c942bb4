"""Cutting long texts where a reader would, measured as Telegram measures: in UTF-16 units."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, takewhile
from typing import Final

ELLIPSIS: Final = "…"
# Best first. A border is where the next part would begin.
BORDERS: Final = (
    re.compile(r"\n\s*\n\s*"),  # between paragraphs
    re.compile(r"\n\s*"),  # between lines
    re.compile(r"(?:(?<=[.!?…。！？])|(?<=[.!?…。！？][\"'”’)\]]))\s+"),  # between sentences
    re.compile(r"\s+"),  # between words
)
TRAILING: Final = " \t\n.…"  # nothing of which stands before an ellipsis
WIDE: Final = frozenset({"W", "F"})
LEAST_FILLED: Final = 4  # a part holds at least a fourth of what it may, whatever the border
ZERO_WIDTH_JOINER: Final = "\u200d"
SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
JAMO_CONTINUING_A_SYLLABLE: Final = range(0x1160, 0x1200)
LONGEST_CLUSTER: Final = 32  # characters; a longer pile of accents is no writing


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def columns(text: str) -> int:
    """Return how many columns of a screen a text takes; a Korean letter takes two."""
    return sum(map(_columns, text))


def fitting(text: str, limit: int) -> int:
    """Return how many of a text's characters fit into so many columns, whole words if it can be."""
    taken = accumulate(map(_columns, text))
    end = sum(1 for _ in takewhile(limit.__ge__, taken))
    if end == len(text):
        return end
    space = text.rfind(" ", end // 2, end + 1)
    return space if space > 0 else _whole_cluster(text, end)


def split(text: str, limit: int) -> tuple[str, ...]:
    """Cut a text into parts of at most `limit` units, at the best borders that allow it.

    Only blank space at the borders is lost, as Telegram strips it anyway; a blank text has no
    parts. `limit` must leave room for a character, that is, be at least 2.
    """
    return tuple(text[start:end] for start, end in places(text, limit))


def places(text: str, limit: int) -> tuple[tuple[int, int], ...]:
    """Return where the parts of a text begin and end that `split` cuts it into."""
    found = []
    start, end = _stripped(text, 0, len(text))
    while units(text[start:end]) > limit:
        cut = start + _cut(text[start:end], limit)
        found.append(_stripped(text, start, cut))
        start, _ = _stripped(text, cut, end)
    return (*found, (start, end)) if end > start else tuple(found)


def shorten(text: str, limit: int) -> str:
    """Return the text, or as much of it as fits into `limit` units with an ellipsis."""
    text = text.strip()
    if units(text) <= limit:
        return text
    return text[: cut_for(text, limit)] + ELLIPSIS


def cut_for(text: str, limit: int) -> int:
    """Return how much of a text that is too long fits into `limit` units with an ellipsis."""
    return len(text[: _cut(text, limit - len(ELLIPSIS))].rstrip(TRAILING))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a part begins and ends without the blank space around it."""
    part = text[start:end]
    begin = start + len(part) - len(part.lstrip())
    return begin, begin + len(part.strip())


def _cut(text: str, limit: int) -> int:
    """Return where the next part begins; at least one character, at most `limit` units, on."""
    window = _fitting(text, limit)
    for border in BORDERS:
        starts = (match.start() for match in border.finditer(text))
        last = max(takewhile(window.__ge__, starts), default=0)
        if last >= max(window // LEAST_FILLED, 1):
            return last
    return _whole_cluster(text, window)


def _fitting(text: str, limit: int) -> int:
    """Return how many characters fit into `limit` units."""
    head = text[:limit].encode("utf-16-le")[: 2 * limit]
    return len(head.decode("utf-16-le", errors="ignore"))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1


def _whole_cluster(text: str, cut: int) -> int:
    """Move a cut back to where it separates what is read as two characters."""
    for earlier in range(cut, max(cut - LONGEST_CLUSTER, 0), -1):
        if not _continues(text[earlier]) and text[earlier - 1] != ZERO_WIDTH_JOINER:
            return earlier
    return cut


def _continues(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or character == ZERO_WIDTH_JOINER
        or ord(character) in SKIN_TONES
        or ord(character) in JAMO_CONTINUING_A_SYLLABLE
    )
