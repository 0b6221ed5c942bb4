"""Which character a cell with gaps may have been, judged by how common characters are."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations, product
from unicodedata import category

from seeds.mojibake.damage import LOST, decoded

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
