"""What fingers do on a Korean keyboard: text to keys, keys to text, and the slips between.

Written apart from the archive's own table of keys, so that a mistake there cannot hide here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

SYLLABLES_AN_INITIAL, FINALS_A_VOWEL = 588, 28
INITIALS = "rRseEfaqQtTdwWczxvg"
VOWELS = [*"koiOjpuPh", "hk", "ho", "hl", *"yn", "nj", "np", "nl", *"bm", "ml", "l"]
FINALS = ["", *"rR", "rt", "s", "sw", "sg", *"ef", "fr", "fa", "fq", "ft", "fx", "fv", "fg"]
FINALS += [*"aq", "qt", *"tTdwczxvg"]
FIRST_SYLLABLE, LAST_SYLLABLE = "가", "힣"
# Jamo that stand alone, by the key that types them.
ALONE = dict(
    zip(
        "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml",
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        strict=True,
    )
)
ALONE |= {"hk": "ㅘ", "ho": "ㅙ", "hl": "ㅚ", "nj": "ㅝ", "np": "ㅞ", "nl": "ㅟ", "ml": "ㅢ"}
KEY_OF = {jamo: key for key, jamo in ALONE.items()}
SHIFTED = "RETQWOP"
SYLLABLE = re.compile(
    r"(?P<initial>[rRseEfaqQtTdwWczxvg])(?P<vowel>hk|ho|hl|nj|np|nl|ml|[koiOjpuPhynbml])"
    r"(?P<final>(?:rt|sw|sg|fr|fa|fq|ft|fx|fv|fg|qt|[rRsefaqtTdwczxvg])(?![koiOjpuPhynbml]))?"
)

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SLIPS = ("neighbour", "drop", "insert", "swap")
SLIP_WEIGHTS = (40, 20, 20, 20)


def keys(text: str) -> str:
    """Return the keys that type a text, a capital for one held with shift."""
    return "".join(map(_keys_of, unicodedata.normalize("NFC", text)))


def initial_jamo(word: str) -> str:
    """Return the 초성 of a Hangul word, as one types it: ㅅㅌㅌㅇ."""
    return "".join(
        ALONE[INITIALS[(ord(char) - ord(FIRST_SYLLABLE)) // SYLLABLES_AN_INITIAL]] for char in word
    )


def compose(pressed: str) -> str:
    """Return what a Korean input method makes of keys."""
    text, at = [], 0
    pressed = "".join(key if key in SHIFTED else key.lower() for key in pressed)
    while at < len(pressed):
        if syllable := SYLLABLE.match(pressed, at):
            text.append(_syllable(syllable))
            at = syllable.end()
        else:
            length = 2 if pressed[at : at + 2] in ALONE else 1
            alone = pressed[at : at + length]
            text.append(ALONE.get(alone, alone))
            at += length
    return "".join(text)


def slip(pressed: str, rng: Random, first: int = 0, last: int | None = None) -> str:
    """Return keys with one slip at a key drawn from first to last: another key, one less, …"""
    at = rng.randint(first, len(pressed) - 1 if last is None else last)
    (kind,) = rng.choices(SLIPS, SLIP_WEIGHTS)
    before, key, after = pressed[:at], pressed[at], pressed[at + 1 :]
    if kind == "drop":
        return before + after
    if kind == "insert":
        return before + key + rng.choice(neighbours(key)) + after
    if kind == "swap" and after and after[0] != key:
        return before + after[0] + key + after[1:]
    return before + rng.choice(neighbours(key)) + after


def neighbours(key: str) -> str:
    """Return the keys beside a key, above and below it included."""
    row = next((number for number, keys in enumerate(ROWS) if key.lower() in keys), None)
    if row is None:
        return "asdf"
    at = ROWS[row].index(key.lower())
    near = [ROWS[r][max(at - 1, 0) : at + 2] for r in range(max(row - 1, 0), min(row + 2, 3))]
    return "".join(near).replace(key.lower(), "")


def _keys_of(char: str) -> str:
    if not FIRST_SYLLABLE <= char <= LAST_SYLLABLE:
        return KEY_OF.get(char, char.lower())
    initial, rest = divmod(ord(char) - ord(FIRST_SYLLABLE), SYLLABLES_AN_INITIAL)
    vowel, final = divmod(rest, FINALS_A_VOWEL)
    return f"{INITIALS[initial]}{VOWELS[vowel]}{FINALS[final]}"


def _syllable(match: re.Match[str]) -> str:
    initial = INITIALS.index(match["initial"])
    vowel = VOWELS.index(match["vowel"])
    final = FINALS.index(match["final"] or "")
    number = initial * SYLLABLES_AN_INITIAL + vowel * FINALS_A_VOWEL + final
    return chr(ord(FIRST_SYLLABLE) + number)
