"""The damage this package undoes: UTF-8 bytes that were read as Windows-874 (Thai).

Bytes which Windows-874 leaves undefined were read as Windows-1252; the five that are undefined
there too are lost. The lead byte of a character always survives, so a damaged text still falls
into one *cell* for each original character: its lead byte and those continuation bytes that were
not lost. A cell with all its bytes is certain; a cell with gaps stands for a few characters.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LOST = b"\x81\x8d\x8f\x90\x9d"
"""Defined neither in Windows-874 nor in Windows-1252."""

_HIGH_BYTES = range(0x80, 0x100)
_CELL = re.compile(
    "[\xc2-\xdf][\x80-\xbf]?|[\xe0-\xef][\x80-\xbf]{0,2}|[\xf0-\xf4][\x80-\xbf]{0,3}|[\x80-\xff]"
)
_NO_BYTE = "\uffff"

_HALF_CORRECTED = dict.fromkeys(map(ord, "ЁЍЏАН"), "\x8a")
"""Š and a lost byte, after a tool took the two for UTF-8 that was read as Windows-1257."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is left of one character: `text[start:end]` of the damaged text, and its bytes."""

    start: int
    end: int
    raw: bytes
    char: str | None
    """The character, when no byte is missing."""


def damage(text: str) -> str:
    """Return the text as it arrives after the wrong decoding."""
    table = _read_as()
    return "".join(table.get(byte) or chr(byte) for byte in surviving_bytes(text))


def surviving_bytes(text: str) -> bytes:
    """Return what the damage leaves of a text."""
    return encoded(text).translate(None, LOST)


def encoded(text: str) -> bytes:
    """Encode in UTF-8, also the lone surrogates that a string may hold."""
    return text.encode(errors="surrogatepass")


def decoded(raw: bytes) -> str | None:
    """Decode UTF-8; None where it is none."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def find_cells(text: str) -> Iterator[Cell]:
    """Find all cells of a text taken as damaged; a byte that belongs to none counts as one."""
    for match in _matches(text):
        raw = match[0].encode("latin-1")
        yield Cell(match.start(), match.end(), raw, decoded(raw))


def count_cells(text: str) -> Counter[bytes]:
    """Count the cells of a text by what is left in them."""
    counts = Counter(match[0] for match in _matches(text))
    return Counter({raw.encode("latin-1"): count for raw, count in counts.items()})


def _matches(text: str) -> Iterator[re.Match[str]]:
    return _CELL.finditer(text.translate(_bytes_of()))


@cache
def _read_as() -> dict[int, str]:
    """Map each byte of multi-byte characters that is not lost to what it was read as."""
    return {byte: _wrongly_decoded(bytes([byte])) for byte in _HIGH_BYTES if byte not in LOST}


def _wrongly_decoded(raw: bytes) -> str:
    try:
        return raw.decode("cp874")
    except UnicodeDecodeError:
        return raw.decode("cp1252")


@cache
def _bytes_of() -> dict[int, str]:
    """Map the characters of a damaged text to their bytes, written as U+0080 to U+00FF."""
    not_damage = dict.fromkeys(_HIGH_BYTES, _NO_BYTE)
    return (
        not_damage | _HALF_CORRECTED | {ord(char): chr(byte) for byte, char in _read_as().items()}
    )
