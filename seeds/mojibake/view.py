"""A text as the model sees it: as it is damaged, so that nothing it looks at is a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from seeds.mojibake.damage import encoded, surviving_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

WINDOWS = ((-1, 1), (0, 2), (-2, 1), (0, 3), (-3, 1), (0, 4), (-1, 2), (-2, 2), (-1, 3))
"""What is looked at around a cell: slices of the text, counted from the cell."""

_SALTED_WINDOWS = [
    (number * 0x9E3779B1 % 2**32, window) for number, window in enumerate(WINDOWS, 1)
]
_REACH = 3
_PADDING = " " * _REACH
_UNIT = 4
_PRIVATE_USE = 0xF0000
_PLANE = 0x10000


class View:
    """A text in which each character is a symbol; what is damaged alike looks alike."""

    def __init__(self, symbols: str) -> None:
        padded = f"{_PADDING}{symbols}{_PADDING}"
        self._units = padded.encode("utf-32-le", "surrogatepass")

    def windows(self, position: int) -> list[int]:
        """Return for each window around a position a number that stands for its content."""
        units = self._units
        here = (position + _REACH) * _UNIT
        return [
            crc32(units[here + start * _UNIT : here + end * _UNIT], salt)
            for salt, (start, end) in _SALTED_WINDOWS
        ]


def symbols_of(text: Sequence[str]) -> str:
    """Return what the characters of a clean text look like after the damage."""
    looks = {char: _symbol(char) for char in set(text)}
    return "".join(map(looks.__getitem__, text))


def cell_symbol(raw: bytes) -> str:
    """Choose a private-use character for what is left of a character."""
    return chr(_PRIVATE_USE + len(raw) // 3 * _PLANE + int.from_bytes(raw[-2:], "big"))


def _symbol(char: str) -> str:
    if char.isascii():
        return _ascii_symbol(char)
    raw = surviving_bytes(char)
    return char if raw == encoded(char) else cell_symbol(raw)


def _ascii_symbol(char: str) -> str:
    """Latin letters are all alike, so are digits, so is white space."""
    if char.isalpha():
        return "a"
    if char.isdigit():
        return "0"
    return " " if char.isspace() else char
