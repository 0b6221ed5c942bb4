"""JSON values that are not quite legal, read as whoever wrote them meant them.

Python's own parser takes what is legal, and far faster; this is for the few values that it refuses:
words without quotes, illegal escapes, missing commas, stray bytes between values.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

DEEPEST: Final = 60
"""Objects and lists inside one another."""
LONGEST_NUMBER: Final = 25
"""Digits; nothing in an export has more, and converting many takes long."""
STRING: Final = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
"""A string with its quotes; a pattern for DOTALL."""

_STRING: Final = re.compile(STRING, re.DOTALL)
_GAP: Final = re.compile(r"[\s,]*+")
_COLON: Final = re.compile(r"\s*+:\s*+")
_BARE: Final = re.compile(r'(?:(?!,\s*+["\n]|[\n"}\]]|,\s*+\Z).)*+')
_JUNK: Final = re.compile(r'[^\s"{}\[\]:,]++')
_ESCAPE: Final = re.compile(
    r'\\(?:(?P<legal>["\\/bfnrt]|u[0-9A-Fa-f]{4})|x(?P<hex>[0-9A-Fa-f]{2})|(?P<other>.))', re.DOTALL
)
_LITERALS: Final = {"true": True, "false": False, "null": None}
_NUMBER: Final = re.compile(r"-?\d+(?P<part>(?:\.\d+)?(?:[eE][+-]?\d+)?)", re.ASCII)


class Unreadable(Exception):
    """A value that cannot be read even so, and where; `is_open` if the text ended before it."""

    def __init__(self, at: int, *, is_open: bool) -> None:
        super().__init__()
        self.at = at
        self.is_open = is_open


def integer(digits: str) -> int | None:
    """Return the number that digits write; None if they are too many for one."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def read_loosely(text: str, at: int, depth: int = 0) -> tuple[Any, int]:
    """Return the value that begins here, and where it ends. Raises Unreadable."""
    if depth > DEEPEST:
        raise Unreadable(at, is_open=False)
    sign = text[at : at + 1]
    if sign == "{":
        return _object(text, at + 1, depth)
    if sign == "[":
        return _list(text, at + 1, depth)
    if sign == '"':
        return _string(text, at)
    found = _BARE.match(text, at)
    word = found[0].strip() if found else ""
    if found is None or found.end() == len(text):
        raise Unreadable(len(text), is_open=True)
    return literal(word), found.end()


def _object(text: str, at: int, depth: int) -> tuple[dict[str, Any], int]:
    found: dict[str, Any] = {}
    while True:
        at = _behind(_GAP, text, at)
        sign = text[at : at + 1]
        if sign == "}":
            return found, at + 1
        if sign == '"':
            name, at = _string(text, at)
            colon = _COLON.match(text, at)
            if colon is None:
                raise Unreadable(at, is_open=_behind(_GAP, text, at) == len(text))
            found[name], at = read_loosely(text, colon.end(), depth + 1)
        else:
            at = _behind_junk(text, at)


def _list(text: str, at: int, depth: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while True:
        at = _behind(_GAP, text, at)
        sign = text[at : at + 1]
        if sign == "]":
            return found, at + 1
        if sign and sign in '"{[':
            value, at = read_loosely(text, at, depth + 1)
            found.append(value)
        else:
            at = _behind_junk(text, at)


def _string(text: str, at: int) -> tuple[str, int]:
    found = _STRING.match(text, at)
    if found is None:
        raise Unreadable(len(text), is_open=True)
    return string_of(found[0]), found.end()


def string_of(quoted: str) -> str:
    r"""Return what a string with its quotes says, its illegal escapes as they were meant.

    Telegram Desktop writes control characters as `\x0B`; of any other, the backslash is meant.
    """
    said: str = json.loads(_ESCAPE.sub(_legal, quoted), strict=False)
    return said


def _legal(escape: re.Match[str]) -> str:
    if escape["legal"]:
        return escape[0]
    return rf"\u00{escape['hex']}" if escape["hex"] else rf"\\{escape['other']}"


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return at if found is None else found.end()


def _behind_junk(text: str, at: int) -> int:
    """Return where what is no value between values ends; brackets and colons are no junk."""
    found = _JUNK.match(text, at)
    if found is None:
        raise Unreadable(at, is_open=at >= len(text))
    return found.end()


def literal(word: str) -> Any:  # noqa: ANN401 - any JSON value
    """Return the number, truth value or null that a bare word is; else the word."""
    if word in _LITERALS:
        return _LITERALS[word]
    number = _NUMBER.fullmatch(word)
    if number is None:
        return word or None
    return float(word) if number["part"] else integer(word)
