"""The repair of a document: what is certain is decoded, the rest is chosen by its context."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from seeds.mojibake.candidates import likeliest
from seeds.mojibake.detection import damaged_cells
from seeds.mojibake.learning import TO_ANOTHER_SUBJECT, Learner
from seeds.mojibake.model import Model
from seeds.mojibake.view import View, cell_symbol, symbols_of

if TYPE_CHECKING:
    from seeds.mojibake.damage import Cell


def repair(text: str) -> str | None:
    """Return the document as it was before the damage; None if it is not damaged in this way.

    Whatever is not damaged stays exactly as it is, and the lines stay the same lines. Characters
    that miss bytes are restored to what they most likely were.
    """
    cells = damaged_cells(text)
    return repair_cells(text, cells, own_model()) if cells else None


def repair_cells(text: str, cells: list[Cell], model: Model) -> str:
    """Replace cells of a text by the characters they stand for."""
    chars, gaps = _laid_out(text, cells)
    view = View(_symbols(chars, gaps))
    for position, cell in gaps.items():
        syllable = model.choose(view, position, cell.raw)
        chars[position] = syllable or _by_neighbours(chars, position, cell) or chars[position]
    return "".join(chars)


def _laid_out(text: str, cells: list[Cell]) -> tuple[list[str], dict[int, Cell]]:
    """Lay out the original characters, those with gaps by a first guess, and where these are."""
    chars: list[str] = []
    gaps = {}
    end = 0
    for cell in cells:
        chars += text[end : cell.start]
        end = cell.end
        if cell.char is None:
            gaps[len(chars)] = cell
        chars.append(cell.char or likeliest(cell.raw) or text[cell.start : cell.end])
    return chars + list(text[end:]), gaps


def _symbols(chars: list[str], gaps: dict[int, Cell]) -> str:
    symbols = list(symbols_of(chars))
    for position, cell in gaps.items():
        symbols[position] = cell_symbol(cell.raw)
    return "".join(symbols)


def _by_neighbours(chars: list[str], position: int, cell: Cell) -> str | None:
    before, after = chars[position - 1 : position], chars[position + 1 : position + 2]
    return likeliest(cell.raw, "".join(before), "".join(after))


def clean_seeds() -> dict[str, str]:
    """Read the seed documents that are not damaged, by their file names."""
    dumps = sorted(files("seeds").joinpath("dumps").iterdir(), key=lambda dump: dump.name)
    texts = {dump.name: dump.read_text(encoding="utf-8") for dump in dumps}
    return {name: text for name, text in texts.items() if not damaged_cells(text)}


@cache
def own_model() -> Model:
    """Teach the shipped model the words of the archive's own clean documents."""
    model = Model.shipped()
    learner = Learner(model, TO_ANOTHER_SUBJECT)
    for text in clean_seeds().values():
        learner.learn(text)
    return model
