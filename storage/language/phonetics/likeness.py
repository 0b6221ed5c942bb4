"""How well a Hangul spelling transcribes an English word: 깃허브 is github, and 가히브 is not.

The jamo of the one and the letters of the other are aligned from left to right, at the least cost.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from storage.language.phonetics.transcription import LAST_E, steps, substance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.language.phonetics.transcription import Step

SILENT = {"h": 0.3, "w": 0.3, "u": 0.4, "e": 0.4, "o": 0.45, "i": 0.45, "a": 0.45}
"""What letters cost that nobody hears; any other costs `HEARD`."""

HEARD = 0.9
TWICE = 0.0  # a letter doubled
SILENT_HERE = 0.1  # an e at the end, an r after a vowel and before none
LEFT_OUT = 0.4  # a plural's s

LONGEST_GROUP = 4  # letters
OFF = 3
"""How many jamo and letters the two spellings may be out of step."""

# What other letters after them make of c and t.
_SOFT = (
    (re.compile("cc(?=[eiy])"), "cs"),
    (re.compile("[ct]i(?=on|a|en|ou)"), "si"),
    (re.compile("c(?=[eiy])"), "s"),
)
_SILENT_HERE = re.compile("e(?=s?$)|(?<=[aeiouy])r(?![aeiouy])|r(?=e$)")
_LAST_E = re.compile("[^aeiouy]e$")
_PLURAL = re.compile("(?<=...)s$")

_Places = list[tuple[float, list[tuple[int, str]]]]


def likeness(keys: str, english: str, least: float = 0.0) -> float:
    """Return how well a Hangul word, given by its keys, transcribes an English one: 0 to 1.

    What is not more than `least` is not looked into further, and is 0.
    """
    much = substance(keys)
    if much <= 0:
        return 0.0
    far = (1 - least) * much
    cost = _cost(steps(keys), _places(english), far)
    return 1 - cost / much if cost < far else 0.0


@lru_cache(maxsize=1 << 12)
def _places(english: str) -> _Places:
    """Return for each place in a word the cost of its letter unheard, and what begins there."""
    word = english
    for soft, letters in _SOFT:
        word = soft.sub(letters, word)
    size = len(word)
    alone = LAST_E if _LAST_E.search(word) else word[-1:]
    return [
        (
            _unheard(word, at) if at < size else 0.0,
            [
                (end, word[at:end] if at < size - 1 else alone[: end - at])
                for end in range(at, min(at + LONGEST_GROUP, size) + 1)
            ],
        )
        for at in range(size + 1)
    ]


def _unheard(word: str, at: int) -> float:
    if at and word[at] == word[at - 1]:
        return TWICE
    if _PLURAL.match(word, at):
        return LEFT_OUT
    return SILENT_HERE if _SILENT_HERE.match(word, at) else SILENT.get(word[at], HEARD)


def _cost(jamo: Sequence[Sequence[Step]], places: _Places, far: float) -> float:
    """Return the least cost of taking all jamo for all letters, but no more than `far`."""
    count, size = len(jamo), len(places) - 1
    best = [[far] * (size + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for number, row in enumerate(best):
        if min(row) >= far:  # nothing of this word gets here
            continue
        middle = number * size // count
        near = range(max(0, middle - OFF), min(size, middle + OFF) + 1)
        for at in near[:-1]:
            row[at + 1] = min(row[at + 1], row[at] + places[at][0])
        for at in near if number < count else ():
            if row[at] < far:
                _go_on(best, jamo[number], row[at], places[at][1])
    return best[count][size]


def _go_on(
    best: list[list[float]], onward: Sequence[Step], cost: float, groups: list[tuple[int, str]]
) -> None:
    """Take the next jamo for each group of letters that they may stand for."""
    for number, costs in onward:
        row = best[number]
        for end, group in groups:
            more = costs.get(group)
            if more is not None and cost + more < row[end]:
                row[end] = cost + more
