"""The repair of a document: what is certain is decoded, the rest is chosen by its context."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from seeds.mojibake.candidates import likeliest
from seeds.mojibake.detection import damaged_cells
from seeds.mojibake.learning import TO_ANOTHER_SUBJECT, Learner
from seeds.mojibake.model import Model
from seeds.mojibake.view import View, cell_symbol, symbols_of
from seeds.mojibake.words import decide
from storage import is_ordinary_word

if TYPE_CHECKING:
    from seeds.mojibake.damage import Cell

REACH = 200
"""Characters in which a bracket opens that closes here, or the other way round."""
_WORD = re.compile("[가-힣]{2,}")


def repair(text: str) -> str | None:
    """Return the document as it was before the damage; None if it is not damaged in this way.

    Whatever is not damaged stays exactly as it is, and the lines stay the same lines. Characters
    that miss bytes are restored to what they most likely were.
    """
    cells = damaged_cells(text)
    return repair_cells(text, cells, own_model(), own_words()) if cells else None


def repair_cells(
    text: str, cells: list[Cell], model: Model, words: frozenset[str] = frozenset()
) -> str:
    """Replace cells of a text by the characters they stand for; some `words` are known to be."""
    chars, gaps = _laid_out(text, cells)
    view = View(_symbols(chars, gaps))
    options = {
        position: found
        for position, cell in gaps.items()
        if (found := model.options(view, position, cell.raw))
    }
    decide(chars, options, lambda word: word in words or is_ordinary_word(word))
    for position in sorted(gaps.keys() - options.keys()):
        chars[position] = _by_neighbours(chars, position, gaps[position]) or chars[position]
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
    before = chars[max(0, position - REACH) : position]
    after = chars[position + 1 : position + 1 + REACH]
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


@cache
def own_words() -> frozenset[str]:
    """Return the words of the archive's own clean documents."""
    return frozenset(_WORD.findall("\n".join(clean_seeds().values())))
