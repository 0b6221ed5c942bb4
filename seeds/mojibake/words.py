"""Which reading of a damaged word is a word.

Of a word with gaps the model scores what each gap may have been, by what stands around it. That
tells look-alikes apart in words it has seen; 컴포넌트 among 컴크넌트 and 컴희넌트 it has not, but a
dictionary has. So a reading of the whole word that is a word gets a head start.
"""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from seeds.mojibake.model import Option

HEAD_START = 4.5
"""What it adds to the score of a reading that it is a word."""
BEGINNING = 0.6
"""The share of it for a reading that only begins with a word."""
BEFORE_PARTICLE = 0.4
"""The share of it for one syllable and a particle, which nearly any two syllables could be."""
OUT_OF_REACH = 8.0
"""An option that scores less than the best one by more is none, whatever word it would make."""
MOST_READINGS = 300
"""Of one word; the gaps of a longer one are decided by the model alone."""
SHORTEST = 2
LONGEST_ENDING = 3
"""Syllables; nearly any single one is a word, and what follows a word is not long."""

_PARTICLES = frozenset("의은는이가을를도에로와과만")
_SYLLABLES = ("가", "힣")


class Reading(NamedTuple):
    """What a word may have been: the syllables of its gaps, and the sum of their scores."""

    score: float
    word: str


def decide(
    chars: list[str],
    options: Mapping[int, Sequence[Option]],
    is_word: Callable[[str], bool],
) -> None:
    """Fill in the gaps of a text: at each position that has options, of which the first is best."""
    for position, left in options.items():
        chars[position] = left[0].syllable
    for start, end in _words(chars, options):
        gaps = {at: _in_reach(options[at]) for at in range(start, end) if at in options}
        if any(len(left) > 1 for left in gaps.values()):
            readings = _readings(chars[start:end], {at - start: gaps[at] for at in gaps})
            gaps_end = max(gaps) - start + 1
            best = max(
                readings, key=lambda one: one.score + _head_start(one.word, gaps_end, is_word)
            )
            chars[start:end] = best.word


def _words(chars: Sequence[str], options: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Return where the words lie that have gaps: syllables in a row."""
    end = 0
    for gap in options:
        if gap < end or not _is_syllable(chars[gap]):
            continue
        start, end = gap, gap + 1
        while start and _is_syllable(chars[start - 1]):
            start -= 1
        while end < len(chars) and _is_syllable(chars[end]):
            end += 1
        yield start, end


def _is_syllable(char: str) -> bool:
    first, last = _SYLLABLES
    return first <= char <= last


def _in_reach(options: Sequence[Option]) -> list[Option]:
    return [option for option in options if option.score >= options[0].score - OUT_OF_REACH]


def _readings(word: Sequence[str], gaps: Mapping[int, Sequence[Option]]) -> Iterator[Reading]:
    for chosen in islice(product(*gaps.values()), MOST_READINGS):
        syllables = list(word)
        for at, option in zip(gaps, chosen, strict=True):
            syllables[at] = option.syllable
        yield Reading(sum(option.score for option in chosen), "".join(syllables))


def _head_start(word: str, gaps_end: int, is_word: Callable[[str], bool]) -> float:
    """Return what a reading gains by being a word, or by beginning with one that has all gaps."""
    if len(word) < SHORTEST:
        return 0
    if is_word(word):
        is_doubtful = len(word) == SHORTEST and word[-1] in _PARTICLES
        return HEAD_START * (BEFORE_PARTICLE if is_doubtful else 1)
    shortest = max(SHORTEST, gaps_end, len(word) - LONGEST_ENDING)
    begins = any(is_word(word[:end]) for end in range(len(word) - 1, shortest - 1, -1))
    return HEAD_START * BEGINNING if begins else 0
