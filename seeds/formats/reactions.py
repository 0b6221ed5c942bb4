"""Reactions by emoji, as all formats with reactions bring them."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Final

from storage import Reaction

if TYPE_CHECKING:
    from collections.abc import Iterable

PAID: Final = "⭐"
"""The star that stands for reactions paid for."""
LONGEST_EMOJI: Final = 16
"""Characters; a family of four with skin tones has 11."""
MOST_EMOJI: Final = 50
"""Different emoji of one post; Telegram allows 11 of its own, and paid ones."""


def reacted(counts: Iterable[tuple[str, int]]) -> tuple[Reaction, ...]:
    """Return each emoji once with its count; what has no emoji, such as a custom one, is left out.

    The most frequent emoji come first, as in Telegram.
    """
    summed: dict[str, int] = {}
    for emoji, count in counts:
        if emoji and len(emoji) <= LONGEST_EMOJI and count > 0:
            summed[emoji] = summed.get(emoji, 0) + count
    frequent = sorted(summed.items(), key=itemgetter(1), reverse=True)
    return tuple(Reaction(emoji=emoji, count=count) for emoji, count in frequent[:MOST_EMOJI])
