"""The damage this package undoes: UTF-8 bytes that were read as Windows-874 (Thai).

Bytes which Windows-874 leaves undefined were read as Windows-1252; the five that are undefined
there too are lost. The lead byte of a character always survives, so a damaged text still falls
into one *cell* for each original character: its lead byte and those continuation bytes that were
not lost. A cell with all its bytes is certain; a cell with gaps stands for a few characters, of
which common ones are likelier.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is left of a text.

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


# Which characters a cell with gaps may have been.

JOINER = "\u200d"
VARIATION = "\ufe0f"
FREQUENT = (
    f"{JOINER}{VARIATION}”【」』●❗❤❌❓⭐⏰⏳⏱☝✍❄❣❎❕❔⏩⏪⏫⏬⏭⏮⏯⏲⏸⏹⏺✝←━═┐‐！／－＝"
    "👍👏😍😁😏😐🙏🎁🏆🔝🔍🔐🔁📍📝📁📏📐💐💝💁🤝🤍🤏🤐🌍🌏🌐🌝🛍🖐🚐🚁🦁🦐🥐🧐🙍🏻🏼🏽🏾🏿"
    "🏃🏄🏊🏋🏠🏡🏢🏥🏦🏫🏅🏁🏖🏙🏷🍀🍎🍓🍕🍔🍟🍜🍺🍻🍷🍴🍽🍿🍞🍩🍪🍫🍭🐶🐱🐭🐰🐻🐼🐨🐯🐮🐷🐸🐔🐧🐦🐤🐝🐛🐢🐍🐙🐠🐳🐘🐕🐈🐾"
    "ÍÁčāсяэАНЁΝกแ"
)
"""Characters the damage leaves gaps in and no model knows, the often met ones first."""

_PICTURES = frozenset(
    char for char in map(chr, range(0x1F300, 0x1FB00)) if category(char) in {"So", "Sk"}
)
"""The blocks of emoji, in nearly all of which the damage leaves gaps."""

_SKIN_TONES = "🏻🏼🏽🏾🏿"
_PEOPLE = re.compile(
    "[☝⛹✊-✍🎅🏂-🏄🏇🏊-🏌👂👃👆-👐👦-👸👼💁-💃💅-💇💪🖐🖕🖖🙅-🙇🙋-🙏🚣🚴-🚶🤌-🤟🤦🤷]"
)
"""Pictures that a skin tone may follow (most of Unicode's Emoji_Modifier_Base)."""

_OPENED_BY = {"」": "「", "』": "『"}
_CLOSED_BY = {"【": "】"}
"""Brackets of which the damage spares the other one."""

_LENGTHS = ((0xF0, 4), (0xE0, 3), (0xC2, 2))
_LEGACY = ("euc_kr", "cp949", "shift_jis", "big5", "gb2312")


def likeliest(raw: bytes, before: str = "", after: str = "") -> str | None:
    """Return the character that left these bytes between two texts, if any is in common use."""
    found = possible_characters(raw)
    fitting = (char for char in found if _fits(char, before, after))
    return next(fitting, None)


@cache
def possible_characters(raw: bytes) -> tuple[str, ...]:
    """Return the characters in common use that leave these bytes, the likeliest first."""
    found = filter(None, map(decoded, _fillings(raw)))
    return tuple(sorted((char for char in set(found) if _is_common(char)), key=_rank))


def _fillings(raw: bytes) -> list[bytes]:
    """Put the lost bytes back, in every way that the length of the character allows."""
    length = next((length for lead, length in _LENGTHS if raw[0] >= lead), 1)
    missing = max(0, length - len(raw))
    return [
        _filled(raw, places, lost)
        for places in combinations(range(1, length), missing)
        for lost in product(LOST, repeat=missing)
    ]


def _filled(raw: bytes, places: tuple[int, ...], lost: tuple[int, ...]) -> bytes:
    filled = bytearray(raw)
    for place, byte in zip(places, lost, strict=True):
        filled.insert(place, byte)
    return bytes(filled)


def _is_common(char: str) -> bool:
    return char in FREQUENT or char in _PICTURES or _popularity(char) > 0


def _rank(char: str) -> tuple[int, int, str]:
    place = FREQUENT.find(char)
    return place if place >= 0 else len(FREQUENT), -_popularity(char), char


def _popularity(char: str) -> int:
    """Count the national character sets of East Asia that have it: they hold what is in use."""
    return sum(_is_in(char, codec) for codec in _LEGACY)


def _is_in(char: str, codec: str) -> bool:
    try:
        return bool(char.encode(codec))
    except UnicodeEncodeError:
        return False


def _fits(char: str, before: str, after: str) -> bool:
    if char in _SKIN_TONES:
        return bool(_PEOPLE.match(before[-1:]))
    if char in _OPENED_BY:
        return _is_open(char, before) or not _any_open(before)
    if char in _CLOSED_BY:
        return _CLOSED_BY[char] in after.partition(char)[0] and not _any_open(before)
    return char != JOINER or (_is_pictorial(before[-1:]) and _is_pictorial(after[:1]))


def _is_open(closing: str, before: str) -> bool:
    return before.rfind(_OPENED_BY[closing]) > before.rfind(closing)


def _any_open(before: str) -> bool:
    return any(_is_open(closing, before) for closing in _OPENED_BY)


def _is_pictorial(char: str) -> bool:
    return char == VARIATION or category(char or " ") in ("So", "Sk")
