r"""Learns from pairs of words how English letters are written in Hangul, for `transcription`.

    python -m storage.language.learning korean-go.txt wiktionary.txt

The pairs, an English and a Korean word a line with a tab between, are the examples that the
National Institute of Korean Language gives of its rules for loanwords, and Wiktionary's loanwords,
as https://github.com/muik/transliteration has them in data/source. Letters are aligned with what is
written for them by expectation maximisation, as in letter-to-sound conversion (Jiampojamarn,
Kondrak, Sherif, 2007); windows of letters around each tell what is written there.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from storage.language.keys import key_form
from storage.language.lexicon import known
from storage.language.lexicon.wordlists import LETTERS, pack_costs
from storage.language.transcription import sounds_of_syllables, windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE = Path(__file__).parent / "lexicon" / LETTERS
ENGLISH, KOREAN = re.compile("[A-Za-z]{2,15}"), re.compile("[가-힣]{1,9}")
ABBREVIATION = re.compile("[A-Z]{2,4}")

LONGEST = 4
"""Sounds that one letter may be written as: the x of 엑스."""

ASTRAY = 4
"""How many sounds a letter may be from where it would be if all took as many."""

FIRST = (0.0125, 0.025, 5e-4, 5e-6, 6e-8)
"""How likely a letter is written as so many sounds, before anything is learnt."""

ROUNDS, LEAST_LIKELY, UNSEEN = 8, 2e-4, 1e-4

RARE_WORD = 0.3
"""What a pair counts whose word no English dictionary has: many are names of other languages."""

FEWEST, LEAST_GAIN, LEAST_SHARE = 3, 4.0, 2e-3
"""How often a window must be met, how many nats of its letters it must save, and how much of it
must be written so."""

Written = dict[str, float]
"""What may be written for a letter: each with its probability, or what it costs."""


class Pair(NamedTuple):
    """An English word and the sounds of the Korean one."""

    english: str
    sounds: str


class Step(NamedTuple):
    """A letter, by its place, that is written as the sounds from `start` to `end`."""

    at: int
    start: int
    end: int


def main(*paths: str) -> None:
    """Learn from the pairs of some files, and write the costs into the lexicon."""
    lines = [line for path in paths for line in Path(path).read_text("utf-8").splitlines()]
    packed = pack_costs(learn(lines))
    FILE.write_bytes(packed)
    print(f"{len(lines):,} lines, {len(packed):,} bytes")  # noqa: T201 — a command


def learn(lines: Iterable[str]) -> dict[str, Written]:
    """Return, for windows of letters, what each letter may be written as, with its cost in nats."""
    pairs = sorted({pair for line in lines for pair in _pairs(line)})
    return _costs(_counted(pairs, _learnt(pairs)))


def _pairs(line: str) -> Iterator[Pair]:
    """Yield the pair of a line, or of each word of a phrase with as many in both languages."""
    english, _, korean = line.partition("\t")
    words = re.split("[ -]", english), korean.split(" ")
    for one, other in zip(*words, strict=False) if len(words[0]) == len(words[1]) else ():
        is_word = ENGLISH.fullmatch(one) and not ABBREVIATION.fullmatch(one)
        if is_word and KOREAN.fullmatch(other):
            yield Pair(one.lower(), sounds_of_syllables(key_form(other)))


def _steps(pair: Pair) -> list[Step]:
    """Return the steps that an alignment may take, in their order."""
    each = len(pair.sounds) / len(pair.english)
    return [
        Step(at, start, end)
        for at in range(len(pair.english))
        for start in range(len(pair.sounds) + 1)
        for end in range(start, min(start + LONGEST, len(pair.sounds)) + 1)
        if abs(start - at * each) <= ASTRAY and abs(end - (at + 1) * each) <= ASTRAY + 1
    ]


def _learnt(pairs: Iterable[Pair]) -> dict[str, Written]:
    """Return how likely each letter is written so, wherever it stands."""
    likely: dict[str, Written] = {}
    for _ in range(ROUNDS):
        counts: defaultdict[str, defaultdict[str, float]] = defaultdict(_none)
        for pair in pairs:
            for (at, start, end), share in _shares(pair, likely).items():
                counts[pair.english[at]][pair.sounds[start:end]] += share
        likely = {letter: _likely(counted) for letter, counted in counts.items()}
    return likely


def _none() -> defaultdict[str, float]:
    return defaultdict(float)


def _likely(counts: Written) -> Written:
    total = sum(counts.values())
    return {one: n / total for one, n in counts.items() if n / total > LEAST_LIKELY}


def _probability(pair: Pair, step: Step, likely: dict[str, Written]) -> float:
    if not likely:
        return FIRST[step.end - step.start]
    written = pair.sounds[step.start : step.end]
    return likely.get(pair.english[step.at], {}).get(written, UNSEEN)


def _shares(pair: Pair, likely: dict[str, Written]) -> dict[Step, float]:
    """Return how likely each step is a part of the alignment (the forward-backward algorithm)."""
    steps = _steps(pair)
    chances = [_probability(pair, step, likely) for step in steps]
    ends = (0, 0), (len(pair.english), len(pair.sounds))
    before, after = defaultdict(float, {ends[0]: 1.0}), defaultdict(float, {ends[1]: 1.0})
    for (at, start, end), chance in zip(steps, chances, strict=True):
        before[at + 1, end] += before[at, start] * chance
    for (at, start, end), chance in zip(reversed(steps), reversed(chances), strict=True):
        after[at, start] += after[at + 1, end] * chance
    total = before[ends[1]] or math.inf
    return {
        step: before[step.at, step.start] * chance * after[step.at + 1, step.end] / total
        for step, chance in zip(steps, chances, strict=True)
    }


def _counted(pairs: Iterable[Pair], likely: dict[str, Written]) -> dict[str, Written]:
    """Count what is written for a letter in each window around it."""
    counts: defaultdict[str, defaultdict[str, float]] = defaultdict(_none)
    for pair in pairs:
        weight = 1.0 if known(pair.english) else RARE_WORD
        for (at, start, end), share in _shares(pair, likely).items():
            for window in windows(pair.english, at) if share > LEAST_SHARE else ():
                counts[window][pair.sounds[start:end]] += weight * share
    return {window: dict(some) for window, some in counts.items()}


def _costs(counts: dict[str, Written]) -> dict[str, Written]:
    """Return what writing costs in the windows that tell more than smaller ones within them.

    The cost is how many nats less likely it is than what is likeliest there. A window's own share
    is smoothed by that of the next smaller one (Witten and Bell, 1991).
    """
    shares: dict[str, Written] = {}
    for window in sorted(counts, key=len):
        counted, smaller = counts[window], _smaller(window, shares)
        met = sum(counted.values())
        own = met / (met + 2 * len(counted))
        mixed = {one: (1 - own) * share for one, share in smaller.items()}
        for one, count in counted.items():
            mixed[one] = mixed.get(one, 0.0) + own * count / met
        gain = sum(
            count * math.log(mixed[one] / smaller.get(one, UNSEEN))
            for one, count in counted.items()
        )
        if not smaller or (met >= FEWEST and gain > LEAST_GAIN):
            shares[window] = {one: share for one, share in mixed.items() if share > LEAST_SHARE}
    return {
        window: {one: math.log(max(some.values()) / share) for one, share in some.items()}
        for window, some in shares.items()
    }


def _smaller(window: str, shares: dict[str, Written]) -> Written:
    """Return what is written in the next smaller window around the same letter that has a share."""
    if len(window) == 1:
        return {}
    inner = window[1:] if len(window) % 2 else window[:-1]
    return shares.get(inner) or _smaller(inner, shares)


if __name__ == "__main__":
    main(*sys.argv[1:])
