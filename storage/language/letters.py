"""Latin letters by their Korean names: 지피티 is GPT, and 에이아이 AI."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import Final

from storage.language.hangul import KEYS, syllable_starts

# 한글 맞춤법, loanwords; where several names are common, the most common first.
_NAMES: Final = {
    "a": "에이", "b": "비", "c": "씨", "d": "디", "e": "이", "f": "에프", "g": "지",
    "h": "에이치 에치", "i": "아이", "j": "제이", "k": "케이", "l": "엘", "m": "엠", "n": "엔",
    "o": "오", "p": "피", "q": "큐", "r": "알 아르", "s": "에스", "t": "티", "u": "유",
    "v": "브이", "w": "더블유 더블류", "x": "엑스", "y": "와이", "z": "제트",
}  # fmt: skip
_LETTERS: Final = {
    name.translate(KEYS): letter for letter, names in _NAMES.items() for name in names.split()
}
_NAME: Final = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_SPELLED: Final = re.compile(f"(?:{_NAME.pattern})+")

FEWEST, LONGEST = 2, 5
"""Letters of an abbreviation."""

FEWEST_SYLLABLES: Final = 3
"""Of their names: 이유 is a reason, and no EU."""

MOST_NAMES: Final = 4
"""Ways to write the names of one abbreviation."""


@lru_cache(maxsize=256)
def letters_of(keys: str, fewest: int = FEWEST_SYLLABLES) -> str | None:
    """Return the abbreviation that a Hangul word, given by its keys, spells; None if it is none.

    The names of its letters have so many syllables at least; as a part of a longer word fewer tell.
    """
    if len(syllable_starts(keys)) < fewest or not _SPELLED.fullmatch(keys):
        return None
    letters = "".join(_LETTERS[name] for name in _NAME.findall(keys))
    return letters if len(letters) <= LONGEST else None


def names_of(letters: str) -> list[str]:
    """Return how an abbreviation in lower case is spelled in Hangul, as keys; nothing if not."""
    if not FEWEST <= len(letters) <= LONGEST or not _NAMES.keys() >= set(letters):
        return []
    names = [_NAMES[letter].split() for letter in letters]
    spelled = ["".join(row).translate(KEYS) for row in islice(product(*names), MOST_NAMES)]
    return [keys for keys in spelled if len(syllable_starts(keys)) >= FEWEST_SYLLABLES]
