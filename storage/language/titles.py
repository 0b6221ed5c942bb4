"""A post has no title of its own: the first line that says something serves."""

from __future__ import annotations

import re

TITLE_LENGTH = 80
_BARE_URL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)
# What names a post among its like, and says nothing of it: "10일차:", "Day 3", "요약:".
_LABEL = re.compile(
    r".{1,20}[:：]|\d{1,3}\s?(?:일차|주차|회차|회|화|편|부|장|강)(?:\s?\(.{1,12}\))?"
    r"|(?:day|week|part|chapter|episode|ep\.)\s?\d{1,3}",
    re.IGNORECASE,
)
_EDGES = " \t#*_=-~|>"


def title_of(text: str) -> str:
    """Return the first line with words in it that is not a lone URL; else the first line at all.

    A line that only numbers or announces what follows is joined by the next. At most 80 characters,
    cut at a word with an ellipsis; empty only for an empty text.
    """
    lines = [line.strip(_EDGES) for line in text.splitlines()]
    spoken = (line for line in lines if _says_something(line) and not _BARE_URL.match(line))
    title = next(spoken, None) or next((line for line in lines if line), text.strip())
    if _LABEL.fullmatch(title):
        title = f"{title} {next(spoken, '')}"
    return _cut(" ".join(title.split()))


def _says_something(line: str) -> bool:
    return any(character.isalpha() for character in line)


def _cut(line: str) -> str:
    if len(line) <= TITLE_LENGTH:
        return line
    head = line[: TITLE_LENGTH - 1]
    words, space, _ = head.rpartition(" ")
    return f"{words if space and len(words) > TITLE_LENGTH // 2 else head}…"
