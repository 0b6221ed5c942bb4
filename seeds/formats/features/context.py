"""How features look at more than the nearest line."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from seeds.formats.lines import Line

NEAR = 3
"""Lines, or pairs of lines, that are near enough to count."""


def said(lines: Iterable[Line], most: int | None = None) -> list[Line]:
    """Return the lines that are not blank, at most `most`."""
    return list(islice((line for line in lines if not line.is_blank), most))


def gaps(lines: Sequence[Line]) -> list[bool]:
    """Tell for the first few pairs of neighbouring texts whether a blank line parts them."""
    places = [at for at, line in enumerate(lines) if not line.is_blank][: NEAR + 1]
    return [second - first > 1 for first, second in pairwise(places)]
