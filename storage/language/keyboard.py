"""Which keys lie side by side, and so which slips are those of a finger."""

from __future__ import annotations

from itertools import pairwise

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _beside() -> frozenset[str]:
    """Return all pairs of keys that touch; each row stands half a key right of the one above."""
    sideways = (row[at : at + 2] for row in ROWS for at in range(len(row) - 1))
    return _both_ways({*sideways, *_below(-1), *_below(0)})


def _below(aside: int) -> set[str]:
    """Return each key with the one in the row below that is so many places aside."""
    return {
        upper[at] + lower[at + aside]
        for upper, lower in pairwise(ROWS)
        for at in range(len(upper))
        if 0 <= at + aside < len(lower)
    }


def _both_ways(pairs: set[str]) -> frozenset[str]:
    return frozenset(pairs | {pair[::-1] for pair in pairs})


NEIGHBOURS = _beside()

VOWELS = "aeiou"
NEAR = _both_ways(_below(1) | {a + b for a in VOWELS for b in VOWELS if a != b}) - NEIGHBOURS
"""Pairs that are not quite neighbours, or vowels, which are misspelt as well: calender."""


MISSED, SWAPPED, BESIDE, NEARBY, ADDED, OTHER = 1.0, 1.0, 0.8, 0.6, 0.4, -0.6
"""How easily one slip happens: one key can be missed or swapped, but several are beside it."""


def ease(typed: str, meant: str) -> float:
    """Return how easily a finger makes one word of the other by one slip, 1 being most easily.

    Four tenths stand for a slip that is four times as rare. Below 0 is what hardly happens.
    """
    same = zip(typed, meant, strict=False)
    at = next((place for place, (a, b) in enumerate(same) if a != b), min(len(typed), len(meant)))
    if typed[at:] == meant[at + 1 :]:
        return MISSED
    if typed[at + 1 :] == meant[at + 1 :] and typed[at:] and meant[at:]:
        return _in_place_of(typed[at] + meant[at])
    if typed[at + 1 :] == meant[at:]:
        around = typed[max(at - 1, 0) : at] + meant[at : at + 1]
        return ADDED if any(_comes_with(typed[at] + key) for key in around) else OTHER
    swapped = typed[at + 1 : at + 2] + typed[at : at + 1] + typed[at + 2 :]
    return SWAPPED if swapped == meant[at:] else OTHER


def _in_place_of(pair: str) -> float:
    """Return how easily one key is hit in place of another."""
    return BESIDE if pair in NEIGHBOURS else NEARBY if pair in NEAR else OTHER


def _comes_with(pair: str) -> bool:
    """Whether one key is easily hit along with another, itself included."""
    return pair[0] == pair[1] or pair in NEIGHBOURS or pair in NEAR
