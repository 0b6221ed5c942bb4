"""Thirds of words: what finds a term from a word that is one or two slips away from it.

A word is cut into three pieces at places that follow from its length. One slip damages one piece,
so two others agree; two slips leave at least one. Only swapping the two keys at a cut damages
two pieces with one slip; so the word with those two keys swapped back is looked up as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORTEST, LONGEST = 3, 32
"""How many keys a word must have to be found by its pieces."""

ONE_SLIP_FROM, TWO_SLIPS_FROM = 4, 7
"""From how many keys on a query's word may hold that many slips."""


def allowed_slips(keys: str) -> int:
    """Return how many slips a word of a query may hold; none where a digit would change."""
    if len(keys) < ONE_SLIP_FROM or len(keys) > LONGEST or not keys.isalpha():
        return 0
    return 2 if len(keys) >= TWO_SLIPS_FROM else 1


def pieces(keys: str) -> tuple[str, ...]:
    """Return the pieces by which a word is found; none for a word too short or too long."""
    if not SHORTEST <= len(keys) <= LONGEST or not keys.isalpha():
        return ()
    return tuple(
        _piece(len(keys), place, keys[start:end])
        for place, (start, end) in enumerate(_thirds(len(keys)))
    )


def whole_piece(consonants: str) -> str:
    """Return the piece by which a Hangul term is found from its 초성."""
    return f"0{consonants}"


def sound_piece(skeleton: str, *, hangul: bool) -> str:
    """Return the piece by which a term of one kind of script is found from its sound."""
    return f"{1 if hangul else 2}{skeleton}"


def agreeing(slips: int) -> int:
    """Return how many pieces at least a word within so many slips has in common with another."""
    return 3 - slips


def probes(keys: str, slips: int) -> set[str]:
    """Return the pieces that words within so many slips of these keys can have."""
    found = set(_shifted(keys, slips))
    for start, _ in _thirds(len(keys))[1:]:
        swapped = keys[: start - 1] + keys[start] + keys[start - 1] + keys[start + 1 :]
        found.update(_shifted(swapped, slips - 1))
    return found


def _shifted(keys: str, slips: int) -> Iterator[str]:
    """Yield the pieces of words of every length, each moved as far as the slips before it can."""
    size = len(keys)
    for length in range(max(SHORTEST, size - slips), min(LONGEST, size + slips) + 1):
        for place, (start, end) in enumerate(_thirds(length)):
            for shift in range(-slips, slips + 1):
                possible = abs(shift) + abs(size - length - shift) <= slips
                if possible and start + shift >= 0 and end + shift <= size:
                    yield _piece(length, place, keys[start + shift : end + shift])


def _thirds(length: int) -> list[tuple[int, int]]:
    first, second = length // 3, length * 2 // 3
    return [(0, first), (first, second), (second, length)]


def _piece(length: int, place: int, keys: str) -> str:
    return f"{length}{'abc'[place]}{keys}"
