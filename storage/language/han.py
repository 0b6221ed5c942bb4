"""How Koreans read Chinese characters: 美中 is 미중, and 女子 is 여자."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from storage.language.hangul import KEYS
from storage.language.lexicon.wordlists import han_readings

FEWEST: Final = 2
"""Characters of a word that is known by its reading: a syllable alone is that of a dozen."""

# 한글 맞춤법, articles 10 to 12: what a word does not begin with, by keys, and what it begins with.
_INITIALS: Final = ((re.compile("[fs](?=[liuyb])|f(?=p)"), "d"), (re.compile("f"), "s"))


@lru_cache(maxsize=256)
def readings_of(word: str) -> tuple[str, ...]:
    """Return the keys that type the reading of a word of Chinese characters; none of any other.

    Where the rule of initials changes the first syllable, both ways are returned: 李 is 리 and 이.
    """
    table = _keys_by_character()
    if len(word) < FEWEST or not all(character in table for character in word):
        return ()
    keys = "".join(table[character] for character in word)
    return tuple(dict.fromkeys((keys, _as_beginning(keys))))


def _as_beginning(keys: str) -> str:
    for initial, other in _INITIALS:
        if initial.match(keys):
            return initial.sub(other, keys, count=1)
    return keys


@cache
def _keys_by_character() -> dict[str, str]:
    return {
        character: syllable.translate(KEYS)
        for syllable, characters in han_readings()
        for character in characters
    }
