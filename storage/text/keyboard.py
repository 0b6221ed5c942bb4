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


def is_finger_slip(typed: str, meant: str) -> bool:
    """Whether one slip of a finger makes one word of the other: a key beside, twice, or swapped."""
    start = next((at for at, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if start is None:
        start = min(len(typed), len(meant))
    if len(typed) == len(meant) and start < len(typed):
        if typed[start + 1 :] == meant[start + 1 :]:
            return typed[start] + meant[start] in NEIGHBOURS
        swapped = meant[start + 1 : start + 2] + meant[start] + meant[start + 2 :]
        return typed[start:] == swapped
    if len(typed) == len(meant) + 1 and typed[start + 1 :] == meant[start:]:
        beside = typed[max(start - 1, 0) : start] + meant[start : start + 1]
        return any(typed[start] == key or typed[start] + key in NEIGHBOURS for key in beside)
    return False
