"""Which documents, and which of their lines, were read wrongly as Thai.

Thai letters alone prove nothing: a document may be Thai. But by chance they seldom spell UTF-8,
and real Thai is full of letters that, were they bytes, could not stand where they stand.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from unicodedata import category

from seeds.mojibake.candidates import possible_characters
from seeds.mojibake.damage import count_cells, decoded, find_cells

if TYPE_CHECKING:
    from seeds.mojibake.damage import Cell

ENOUGH_CELLS = 20
"""Cells without gaps in a damaged document; fewer are a quotation or an accident."""

LEAST_COVERED = 0.5
"""Share of a damaged document's characters beyond ASCII that its cells account for."""

TOLERATED = 0.15
"""Share of the cells of a document, or of a line, that may make no sense."""


def damaged_cells(text: str) -> list[Cell]:
    """Return the cells to repair, in order; none if the document is not damaged in this way."""
    if text.isascii() or not _is_damaged(text):
        return []
    lines: dict[int, list[Cell]] = defaultdict(list)
    line = end = 0
    for cell in find_cells(text):
        line += text.count("\n", end, cell.start)
        end = cell.end
        lines[line].append(cell)
    return [cell for cells in lines.values() for cell in _sound_cells(cells)]


def _is_damaged(text: str) -> bool:
    counts = count_cells(text)
    whole = sum(count for raw, count in counts.items() if decoded(raw))
    covered = sum(count * len(raw) for raw, count in counts.items())
    return (
        whole >= ENOUGH_CELLS
        and _agrees(counts)
        and covered >= LEAST_COVERED * sum(char > "\x7f" for char in text)
    )


def _sound_cells(line: list[Cell]) -> list[Cell]:
    agrees = _agrees(Counter(cell.raw for cell in line))
    return [cell for cell in line if _is_sound(cell.raw)] if agrees else []


def _agrees(counts: Counter[bytes]) -> bool:
    senseless = sum(count for raw, count in counts.items() if not _is_sound(raw))
    return senseless <= TOLERATED * counts.total()


def _is_sound(raw: bytes) -> bool:
    """Tell whether a text may have held what left these bytes."""
    char = decoded(raw)
    return category(char) != "Cc" if char else bool(possible_characters(raw))
