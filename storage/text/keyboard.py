"""Which keys lie side by side, and so which slips are those of a finger."""

from __future__ import annotations

from itertools import pairwise

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> frozenset[str]:
    """Return all pairs of keys that touch; each row stands half a key right of the one above."""
    sideways = (row[at : at + 2] for row in ROWS for at in range(len(row) - 1))
    down = (
        upper[at] + lower[beside]
        for upper, lower in pairwise(ROWS)
        for at in range(len(upper))
        for beside in (at - 1, at)
        if 0 <= beside < len(lower)
    )
    pairs = {*sideways, *down}
    return frozenset(pairs | {pair[::-1] for pair in pairs})


NEIGHBOURS = _neighbours()


MISSED, SWAPPED, BESIDE, ADDED, OTHER = 1.0, 1.0, 0.75, 0.5, 0.0
"""How easily one slip happens: one key can be missed or swapped, but several are beside it."""


def ease(typed: str, meant: str) -> float:
    """Return how easily a finger makes one word of the other by one slip, from 0 to 1."""
    same = zip(typed, meant, strict=False)
    at = next((place for place, (a, b) in enumerate(same) if a != b), min(len(typed), len(meant)))
    if typed[at:] == meant[at + 1 :]:
        return MISSED
    if typed[at + 1 :] == meant[at + 1 :] and typed[at:] and meant[at:]:
        return BESIDE if typed[at] + meant[at] in NEIGHBOURS else OTHER
    if typed[at + 1 :] == meant[at:]:
        around = typed[max(at - 1, 0) : at] + meant[at : at + 1]
        beside = (typed[at] == key or typed[at] + key in NEIGHBOURS for key in around)
        return ADDED if any(beside) else OTHER
    swapped = typed[at + 1 : at + 2] + typed[at : at + 1] + typed[at + 2 :]
    return SWAPPED if swapped == meant[at:] else OTHER
