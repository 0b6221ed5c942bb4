"""A preview page cut at its marks: what lies between two of them is one post or more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from seeds.formats.borders import REACH, log_odds
from seeds.formats.marks import (
    UNCLOSED,
    Closing,
    Opening,
    bare_number,
    emoji_reactions,
    has_text,
    read_opening,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seeds.formats.lines import Line

BARE_NUMBER = 5.0
"""What a number alone on its line adds to the log-odds of a border: few such lines are text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The lines between two marks, from `first` to before `end`.

    The opening is the first post's, the closing the last one's.
    """

    first: int
    end: int
    opening: Opening
    closing: Closing = UNCLOSED


def split_at_marks(lines: Sequence[Line], start: int, title: str) -> Iterator[Section]:
    """Return the sections of a page from a line on; `title` is the channel's."""
    first = at = start
    opening = Opening()
    while at < len(lines):
        found = _opening(lines, first, at, title)
        closing = None if found.lines else _closing(lines, first, at, title)
        if found.lines or closing is not None:
            yield Section(first=first, end=at, opening=opening, closing=closing or UNCLOSED)
            first = at + max(found.lines, 1)
            opening = found
        at = max(at + 1, first)
    yield Section(first=first, end=len(lines), opening=opening)


def _opening(lines: Sequence[Line], first: int, at: int, title: str) -> Opening:
    if at == first or has_text(lines, at - 1):
        return read_opening(lines, at, title)
    return Opening()


def _closing(lines: Sequence[Line], first: int, at: int, title: str) -> Closing | None:
    """Return the reactions that a line closes the section with; None if it is text."""
    ends = at == len(lines) - 1
    tight = at == first or has_text(lines, at - 1)
    if not tight or not (ends or has_text(lines, at + 1)):
        return None
    reactions = emoji_reactions(lines[at])
    if reactions is not None or at == first:
        return reactions
    number = bare_number(lines[at])
    if number is None or bare_number(lines[at - 1]) is not None:
        return None  # several numbers in a row are a countdown or a sum
    if ends or read_opening(lines, at + 1, title).lines:
        return Closing(number)
    return Closing(number) if _parts(lines, first, at) else None


def _parts(lines: Sequence[Line], first: int, at: int) -> bool:
    """Tell whether a number stands between two posts."""
    above, below = lines[max(first, at - REACH) : at], lines[at + 1 : at + 1 + REACH]
    return bare_number(below[0]) is None and BARE_NUMBER + log_odds(above, below) >= 0
